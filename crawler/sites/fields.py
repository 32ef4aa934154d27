"""The fields of an article on a parsed page: each where the page's layout says, else by the general rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bs4.element import Tag

from crawler.dates import Moment, parse_moment
from crawler.html import BLOCKS, Block, blocks, is_type, page_states, plain, text_of
from crawler.sites import byline, class_words, container, links, published
from crawler.sites.body import Body, captions_in, is_link_list
from crawler.sites.headline import alike, find_title
from crawler.sites.layout import Layout
from crawler.sites.parsed import ParsedPage
from crawler.tree import above, holds, inside, is_in, printed_size_of, tags_after, tags_before, tags_inside

_NO_DATE = frozenset({"a", "ul", "script", "meta", "link", "h1", "body", "html", "head", "title", "img", "br"})
_PARAGRAPH = re.compile(r"\n|<br ?/?>|</p>", re.IGNORECASE)
_SOME_TEXT = 200
_STATED_DATES = ("publishedAt", "published_at", "datePublished", "publishDate", "publish_date", "publishedDate")
_STATED_LEADS = ("sapo", "standfirst", "lead", "description", "excerpt", "summary")
_PARTS = ("content", "children", "blocks", "nodes", "json", "root", "document", "body")
_NO_TEXT = ("image", "video", "ad", "embed", "related", "asset", "gallery", "newsletter", "author", "tag", "categor")
_DEEPEST_NODE = 12
_MOST_OBJECTS = 20_000
"""Objects of a page's state that are looked through."""
_SAME = 0.9
_NEAR = 25
_FAR = 800


def laid_out(parsed: ParsedPage) -> tuple[ParsedPage, list[Tag], tuple[str, ...]]:
    """The page with the layout that fits, the elements that hold its body in reading order, and a flag if none fits.

    A layout whose place for the body is found and all but empty, beside much text elsewhere, is none of this page.
    """
    known = parsed.site is not None and parsed.site.family != "generic"
    if parsed.layout is not None:
        holding = _places_of_body(parsed, parsed.layout)
        if sum(len(text_of(tag)) for tag in holding) >= _SOME_TEXT or any(holds(tag, "img") for tag in holding):
            return parsed, holding, ()
        general = container.find_body(parsed.soup, parsed.elements, parsed.html)
        if sum(len(text_of(tag)) for tag in general) < 2 * _SOME_TEXT:
            return parsed, holding, ()
        return replace(parsed, layout=None), general, ("layout-does-not-fit",)
    flags = ("layout-unknown",) if known else ()
    return parsed, container.find_body(parsed.soup, parsed.elements, parsed.html), flags


def _places_of_body(parsed: ParsedPage, layout: Layout) -> list[Tag]:
    """The elements that a layout names as its body's; none inside or the same as another."""
    chosen: dict[str, Tag] = {}
    for tag in parsed.elements.pick(layout.body):
        if not any(is_in(tag, other) for other in chosen.values()):
            chosen.setdefault(tag.get_text(), tag)
    return list(chosen.values())


def body_in_data(parsed: ParsedPage, body: Body) -> Body | None:
    """The body as JSON-LD tells it, where the page prints next to none; None otherwise."""
    for record in parsed.data:
        text = record.get("articleBody")
        if not isinstance(text, str) or not is_type(record, "Article", "Posting"):
            continue
        lines = [plain(part) for part in _PARAGRAPH.split(text)]
        if sum(map(len, lines)) >= _SOME_TEXT > body.size:
            return Body([Block(line, parsed.soup) for line in lines if line], body.captions)
    return None


def story_in_state(parsed: ParsedPage, headline: str) -> dict[str, object] | None:
    """What the state from which a script (Next.js's, Nuxt's) draws the page says of the article: the object there
    whose title is the headline, the one with the longest text; None where there is none."""
    if not headline:
        return None
    found: list[tuple[int, dict[str, object]]] = []
    queue = list(page_states(parsed.html))
    for _ in range(_MOST_OBJECTS):
        if not queue:
            break
        node = queue.pop()
        if isinstance(node, dict):
            if any(alike(plain(node.get(name)), headline) > _SAME for name in ("title", "headline", "name")):
                found.append((sum(map(len, _state_paragraphs(node))), node))
            queue += node.values()
        elif isinstance(node, list):
            queue += node
    return max(found, key=lambda pair: pair[0])[1] if found else None


def is_unprinted(body: Body) -> bool:
    """Whether next to nothing is printed where the body should stand."""
    return body.size < _SOME_TEXT


def author_in_state(parsed: ParsedPage, story: dict[str, object] | None) -> str | None:
    """The author that a page's state tells."""
    name = text_in_state(story, "author", "authors", "authorName", "byline")
    return byline.as_author(name, parsed.own_names) if name else None


def body_in_state(parsed: ParsedPage, body: Body, story: dict[str, object] | None) -> Body | None:
    """The body that a page's state tells, where the page prints next to none; None otherwise."""
    if story is None or body.size >= _SOME_TEXT or sum(map(len, lines := _state_paragraphs(story))) < _SOME_TEXT:
        return None
    return Body([Block(line, parsed.soup) for line in lines], body.captions)


def _state_paragraphs(story: dict[str, object]) -> list[str]:
    """The paragraphs of an article in a page's state: of its longest text, of its blocks, or of its tree of nodes."""
    texts = [value for value in story.values() if isinstance(value, str)]
    texts += ["\n".join(_lines_of(value, _DEEPEST_NODE)) for value in story.values() if isinstance(value, list | dict)]
    lines = [plain(part) for part in _PARAGRAPH.split(max(texts, key=len, default=""))]
    return [line for line in lines if line]


def _lines_of(node: object, depth: int) -> list[str]:
    """The paragraphs of a block or node, or of a list of them.

    Content systems name a node's kind `type`, `nodeType` or `_type`, and its parts `content`, `children` or `blocks`;
    a paragraph's parts are texts and marks, a document's are paragraphs.
    """
    if isinstance(node, list):
        return [line for part in node for line in _lines_of(part, depth)]
    if not isinstance(node, dict) or not depth:
        return []
    kind = str(next((node[name] for name in ("type", "nodeType", "_type", "__typename") if name in node), "")).lower()
    if kind.startswith(_NO_TEXT):
        return []
    parts = next((node[name] for name in _PARTS if isinstance(node.get(name), list | dict)), None)
    if parts is None:
        texts = (node.get(name) for name in ("text", "html", "content", "value", "paragraph"))
        text = next((text for text in texts if isinstance(text, str)), "")
        return [text] if text else []
    lines = _lines_of(parts, depth - 1)
    inline = isinstance(parts, list) and any(_is_span(part) for part in parts)
    return ["".join(lines)] if inline and lines else lines


def _is_span(part: object) -> bool:
    """Whether a node is a piece of a line: a text with marks."""
    kinds = [str(part.get(name)).lower() for name in ("type", "nodeType", "_type")] if isinstance(part, dict) else []
    return any(kind in ("text", "span", "text-run") for kind in kinds)


def text_in_state(story: dict[str, object] | None, *names: str) -> str | None:
    """The first text of a state's article under these names, or the `name` there."""
    for value in (story.get(name) for name in names) if story else ():
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict):
            inner = first.get("fields") or first.get("attributes")
            first = (inner if isinstance(inner, dict) else first).get("name")
        text = plain(first)
        if text:
            return text
    return None


def title(parsed: ParsedPage, body: Tag | None) -> tuple[str, Tag | None]:
    """The headline as printed, and its element."""
    for tag in parsed.elements.select(parsed.layout.title) if parsed.layout else ():
        if text := text_of(tag):
            return text, tag
    return find_title(parsed.soup, parsed.metas, body)


def region(heading: Tag | None, body: Tag | None) -> list[Tag]:
    """The elements from the headline to a little after the body: lead, byline and date are among them."""
    if heading is not None:
        after = tags_after(heading, _FAR)
        return after if body is None or any(tag is body for tag in after) else after[: _FAR // 6]
    if body is None:
        return []
    return [*reversed(tags_before(body, 2 * _NEAR)), body, *tags_after(body, _FAR // 2)]


def _above(around: Sequence[Tag], body: Tag | None) -> list[Tag]:
    """The elements of a region above the running text, and the first few inside it."""
    start = next((position for position, tag in enumerate(around) if tag is body), None)
    if body is None or start is not None:
        above = list(around[: 2 * _NEAR if start is None else start])
        return above if body is None else [*above, *tags_inside(body, 8)]
    return [tag for tag in around[: 2 * _NEAR] if is_in(tag, body)]


def lead_place(
    parsed: ParsedPage, around: Sequence[Tag], holding: Sequence[Tag], headline: str, heading: Tag | None
) -> Tag | None:
    """The element that prints the sapo, if one does."""
    for tag in parsed.elements.select(parsed.layout.lead) if parsed.layout else ():
        if text_of(tag):
            return tag
    first = holding[0] if holding else None
    named = container.find_lead(_above(around, first), first, headline)
    return named or container.lead_between(around, heading, holding)


def lead(parsed: ParsedPage, place: Tag | None, body: Body) -> str | None:
    """The sapo as printed; taken from the body where it is the body's first line and set apart there."""
    if place is None:
        return container.take_lead(body.lines, parsed.metas.first("og:description", "description"))
    lines = [line for line in blocks(place, _is_box_beside) if line.linked < 0.9 * line.size]
    return " ".join(line.text for line in lines) or text_of(place)


def _is_box_beside(tag: Tag) -> bool:
    """Whether a box stands beside the text; a name or a link in it is none, whatever its class says."""
    return tag.name in BLOCKS and container.is_aside(tag)


def lead_in_state(story: dict[str, object] | None, body: Body) -> str | None:
    """The sapo that a page's state tells beside the body."""
    stated = text_in_state(story, *_STATED_LEADS)
    return stated if stated and stated not in body.paragraphs else None


def author(parsed: ParsedPage, around: Sequence[Tag], holding: Sequence[Tag], body: Body) -> str | None:
    """The byline; bylines and credits leave the body's end.

    What is printed at the article goes before what machines are told, and that before names printed further down.
    """
    names = parsed.own_names
    printed, has_place = byline.author_in_place(parsed.elements, parsed.layout.author if parsed.layout else "", names)
    signed = byline.take_byline(body.lines, names)
    near, after = _near_and_after(around, holding) if printed is None and not has_place else ([], [])
    near = [*_beside_heading(around), *near] if near else near
    return (
        printed
        or byline.authors_by_class(near, names)
        or byline.author_beside_date(near, names)
        or signed
        or (byline.signature_after(holding[-1], names) if holding and not has_place else None)
        or byline.author_in_data(parsed.data, names)
        or byline.author_in_metas(parsed.metas, names)
        or byline.authors_by_class(after, names)
        or byline.author_beside_date(after[:_NEAR], names)
    )


def _near_and_after(around: Sequence[Tag], holding: Sequence[Tag]) -> tuple[list[Tag], list[Tag]]:
    """The elements of a region up to the end of the body, and those after it in the same part of the page."""
    held = {id(tag) for holder in holding for tag in (holder, *tags_inside(holder))}
    end = max((place + 1 for place, tag in enumerate(around) if id(tag) in held), default=0)
    if not holding or not end:
        return list(around[: 2 * _NEAR]), []
    outer = [tag for tag in holding[-1].parents if tag.name not in ("td", "tr", "tbody")]
    after = [tag for tag in around[end:] if any(is_in(tag, part) for part in outer[:2])]
    return list(around[:end]), [tag for tag in after if not _is_beside(tag)]


def _beside_heading(around: Sequence[Tag]) -> list[Tag]:
    """The elements above the headline in the same head of the article: some systems print the author first."""
    heading = around[0]
    head = {id(tag) for tag in islice(heading.parents, 3) if tag.name in ("header", "article", "div", "section")}
    before = [tag for tag in tags_before(heading, _NEAR) if not _is_beside(tag) and above(tag, "header") is None]
    return [tag for tag in before if any(id(parent) in head for parent in islice(tag.parents, 6))][::-1]


def _is_beside(tag: Tag) -> bool:
    """Whether an element stands in a list, a sidebar or a box about other articles."""
    for parent in (tag, *islice(tag.parents, 4)):
        if parent.name in ("aside", "nav", "footer", "li", "article") or parent.name == "body":
            return parent.name not in ("body", "article")
        if class_words.BESIDE.found_in(class_words.names(parent)):
            return True
    return False


def dates(
    parsed: ParsedPage, places: Sequence[Tag], headline: str
) -> tuple[Moment | None, Moment | None, tuple[str, ...]]:
    """When it was published and last edited, and flags for what was doubtful."""
    found = published.stated_dates(parsed.metas, parsed.data, parsed.url, parsed.now)
    published.add_printed(found, places)
    if not found.stated and not found.seen:
        stated = text_in_state(story_in_state(parsed, headline), *_STATED_DATES)
        found.stated = [moment] if stated and (moment := parse_moment(stated)) else []
    return published.agree(found)


def date_places(parsed: ParsedPage, around: Sequence[Tag], holder: Tag | None, heading: Tag | None) -> list[Tag]:
    """The elements that print or carry the date: the layout's, or else those around the headline."""
    chosen = parsed.elements.select(parsed.layout.published)[:4] if parsed.layout else []
    if any(parse_moment(text_of(tag), parsed.now) for tag in chosen):
        return chosen
    return [*chosen, *_date_lines(parsed, around, holder, heading)]


def _date_lines(parsed: ParsedPage, around: Sequence[Tag], holder: Tag | None, heading: Tag | None) -> list[Tag]:
    """Elements around the headline that are called a date, or print little else than one.

    Above the headline stands today's date, too: there a time of day is needed.
    """
    before = tags_before(heading, _NEAR) if heading is not None else []
    masthead = {id(tag) for tag in before}
    places: list[Tag] = []
    marked = _marked_as_published(parsed)
    beside = _siblings_before(heading) if heading is not None else set()
    for tag in (*_above(around, holder)[:120], *before):
        if tag.name in _NO_DATE or above(tag, "nav", "aside", "footer") or _is_blurb(tag, heading):
            continue
        if holds(tag, "h1", "h2", "p", "ul", "form") or _follows_headline(tag):
            continue
        text = text_of(tag)
        moment = parse_moment(text, parsed.now) if len(text) <= 160 else None
        named = tag.name == "time" or class_words.DATE.found_in(class_words.names(tag))
        if moment is not None and published.is_date_line(text, 8 if named else 2):
            today = parsed.now is not None and moment.day == parsed.now.day
            if moment.clock or id(tag) not in masthead or (id(tag) in beside and not today):
                places.append(tag)
        elif (tag.name == "time" and tag.get("datetime")) or _carries_date(tag):
            places.append(tag)
    return places[:3] or marked


def _siblings_before(heading: Tag) -> set[int]:
    """The few elements before a headline, its siblings: they are about the same article."""
    parent = heading.parent
    if parent is None or parent.name == "body":
        return set()
    near = [sibling for sibling in islice(heading.previous_siblings, 8) if isinstance(sibling, Tag)]
    outer = [sibling for sibling in islice(parent.previous_siblings, 4) if isinstance(sibling, Tag)]
    return {id(tag) for tag in (*near, *(tag for tag in outer if class_words.DATE.found_in(class_words.names(tag))))}


def _follows_headline(tag: Tag) -> bool:
    """Whether the headline of another article stands right before an element: then it tells that one's day."""
    before = tag.previous_sibling
    while before is not None and not isinstance(before, Tag) and not str(before).strip():
        before = before.previous_sibling
    return isinstance(before, Tag) and before.name == "a" and printed_size_of(before) >= _NEAR


def _carries_date(tag: Tag) -> bool:
    """Whether RDFa or microdata say that an element's `content` is a date."""
    names = f"{tag.get('property') or ''} {tag.get('itemprop') or ''}".lower()
    return ("date" in names or "created" in names or "published" in names) and bool(tag.get("content"))


def _marked_as_published(parsed: ParsedPage) -> list[Tag]:
    """Elements anywhere that microdata or a content system marks as the time of publication, if all tell one day.

    Blogger prints it below the text, Joomla above the headline.
    """
    marked = [
        tag
        for tag in parsed.elements.select("[itemprop=datePublished], abbr.published, time.published, time.entry-date")
        if tag.name != "meta" and not above(tag, "nav", "aside", "footer", "li")
    ]
    days = {published.moment_of(tag, parsed.now) for tag in marked}
    return marked[:3] if len({moment.day if moment else None for moment in days}) == 1 else []


def _is_blurb(tag: Tag, heading: Tag | None) -> bool:
    """Whether an element belongs to the blurb of another article."""
    item = tag if tag.name in ("li", "article") else above(tag, "li", "article") or tag
    if heading is not None and is_in(heading, item):
        return False
    return any(printed_size_of(link) >= 25 for link in inside(item, "a", most=4))


def captions_above(parsed: ParsedPage, around: Sequence[Tag], holding: Sequence[Tag]) -> list[str]:
    """Captions of pictures between headline and body."""
    if parsed.layout and parsed.layout.captions:
        outer = parsed.elements.select(parsed.layout.captions)
    elif holding and any(tag is holding[0] for tag in around):
        outer = [tag for tag in _above(around, holding[0]) if not above(tag, "li", "article", "a")]
        return captions_in(tag for tag in outer if not is_in(tag, holding[0]))
    else:
        outer = []
    return [text_of(tag) for tag in outer if not any(is_in(tag, held) for held in holding)]


def headlines(parsed: ParsedPage, holding: Sequence[Tag]) -> int:
    """How many links to other articles, as long as headlines, stand in the elements that were taken for the body."""
    hrefs = {
        str(tag["href"])
        for holder in holding
        for tag in inside(holder, "a")
        if tag.get("href") and len(text_of(tag)) >= 25 and not _is_listed(tag)
    }
    return sum(is_other_article(parsed, href) for href in hrefs)


def _is_listed(link: Tag) -> bool:
    """Whether a link stands in a list of nothing but links, which is no part of the text."""
    return (listing := above(link, "ul", "ol")) is not None and is_link_list(listing)


def posts(parsed: ParsedPage, holding: Sequence[Tag]) -> int:
    """How many linked headlines of other articles stand over the text; none where text stands before the first."""
    found = said = 0
    for holder in holding:
        lines = list(blocks(holder))
        for line, after in zip(lines, (*lines[1:], None), strict=True):
            heading = line.tag.name in ("h2", "h3", "h4")
            over_blurb = after is not None and line.size >= _NEAR and container.is_blurb(line, after)
            if line.linked < 0.8 * line.size or not (heading or over_blurb):
                said += line.size if line.size >= 60 else 0
            elif any(is_other_article(parsed, href) for href in line.hrefs):
                if not found and said >= _SOME_TEXT:
                    return 0
                found += 1
    return found


def is_headed(around: Sequence[Tag], holding: Sequence[Tag]) -> bool:
    """Whether the body begins right under the headline, with no headlines of others between, or holds it."""
    if not around or not holding:
        return False
    if is_in(around[0], holding[0]):
        return True
    end = next((place for place, tag in enumerate(around) if tag is holding[0]), None)
    if end is None:
        return False
    return sum(tag.name == "a" and len(text_of(tag)) >= 25 for tag in around[:end]) <= 3


def is_other_article(parsed: ParsedPage, href: str) -> bool:
    """Whether a link leads to an article of the same site."""
    url = links.absolute(href, parsed.url or "https://unknown.invalid/")
    return url is not None and links.same_site(url, parsed.url, parsed.site) and links.is_article_url(url, parsed.site)


def is_own(parsed: ParsedPage, href: str) -> bool:
    """Whether a link stays on the site."""
    url = links.absolute(href, parsed.url or "https://unknown.invalid/")
    return url is not None and links.same_site(url, parsed.url or "https://unknown.invalid/", parsed.site)


def section(parsed: ParsedPage, headline: str) -> str | None:
    """The section the article is filed under: the last step of the breadcrumbs."""
    for record in parsed.data:
        if is_type(record, "BreadcrumbList") and isinstance(steps := record.get("itemListElement"), list):
            names = [_step(step) for step in steps if isinstance(step, dict)]
            if named := [name for name in names if name and name not in (headline, "Trang chủ", "Home")]:
                return named[-1]
    if section := parsed.metas.first("article:section", "articlesection"):
        return section.split(",")[0].strip()
    texts = [text_of(tag) for tag in parsed.elements.pick(parsed.layout.section)] if parsed.layout else []
    return next((text for text in reversed(texts) if text), None)


def _step(step: dict[str, object]) -> str:
    item = step.get("item")
    return plain(item.get("name") if isinstance(item, dict) else None) or plain(step.get("name"))


def tags(parsed: ParsedPage) -> tuple[str, ...]:
    """The tags as printed; else as told to machines."""
    texts = [text_of(tag) for tag in parsed.elements.pick(parsed.layout.tags)] if parsed.layout else []
    if not any(texts):
        texts = [part for value in parsed.metas.all("article:tag") for part in value.split(",")]
    if not any(texts):
        texts = (parsed.metas.first("news_keywords", "keywords") or "").split(",")
    return tuple(dict.fromkeys(text for printed in texts if (text := printed.strip(" #,;"))))

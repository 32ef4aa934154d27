"""Which elements hold the article on a page of which nothing is known, and which text is its lead.

An element is scored by the running text in it: each line of text counts for the elements around it, the nearest most;
text in links counts against, and the names that content systems give to bodies count for. Where the score is doubtful,
trafilatura is asked for a second opinion, and the smallest element that holds what it found is weighed against ours.
Pages print one article in several elements, too (a lead paragraph apart, a box between two halves): whatever running
text stands beside the chosen element, in the same part of the page, is taken in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.dates import parse_moment
from crawler.elements import Elements
from crawler.html import BESIDE_IN_AMP, BLOCKS, Block, blocks, is_hidden, printed, text_of
from crawler.sites import class_words
from crawler.sites.cards import card_groups, comments
from crawler.sites.headline import alike
from crawler.sites.published import is_date_line
from crawler.tree import above, holds, inside, is_in, printed_size_of, size_of

_ASIDE = frozenset(
    {"nav", "aside", "footer", "header", "figure", "figcaption", "button", "label", "h1", "dialog", *BESIDE_IN_AMP}
)
_WHOLE = frozenset({"article", "main", "body", "html", "[document]"})
_ENOUGH = 600
_SENTENCE_END = re.compile(r"[.!?…:;\"”»。！？]\)?$")
_CLEARLY_MORE = 1.2
"""How many times the running text of our element a second opinion must hold to be taken."""
_LEVELS = 5
"""How many elements further out text beside the chosen element is looked for, a table's rows not counted."""
_SCAFFOLD = frozenset({"tr", "tbody", "table", "center"})
_DEEPEST = 60
_TEXT_NAMES = ("p", "div", "h2", "h3", "h4", "span")
_SHORTEST_LEAD, _LONGEST_LEAD = 60, 400
_LEAST_NOTICE, _LEAST_TEXT = 60, 150
"""Characters of running text under the headline that are a notice beside cards, an article beside other posts."""
_LONGEST_BLURB = 400
_LITTLE, _MUCH = 80, 300
"""Characters of running text that an element near by, and one further out, must hold to be taken in."""


def find_body(soup: BeautifulSoup, elements: Elements, html: str) -> list[Tag]:
    """The elements that hold the article's paragraphs, in reading order; none when the page has no running text."""
    root = soup.body or soup
    most = 0.5 * printed_size_of(root)
    beside = list(blocks(root, lambda tag: (is_aside(tag) or is_hidden(tag)) and not _holds_most(tag, most)))
    lines = _without_comments(root, beside)
    marked = [tag for tag in elements.select("[itemprop=articleBody]") if len(text_of(tag)) >= 200]
    if len(marked) == 1:
        return _widened(marked[0], lines)
    best, score = _best([line for line in lines if line.size >= 20])
    if best is None or score < _ENOUGH or not class_words.BODY.found_in(class_words.names(best)):
        enough = _CLEARLY_MORE * (_running(best) if best is not None else 0)
        every = list(blocks(root))
        if sum(line.size - line.linked for line in every) > enough:
            second = _second_opinion(every, html)
            if second is not None and (best is None or second.name != "body") and _running(second) > enough:
                best = second
    return _widened(best, lines) if best is not None else []


def _without_comments(root: Tag, lines: list[Block]) -> list[Block]:
    """The lines that stand in no reader's comment, where they are a text; a forum's are comments all of them."""
    said = {id(tag) for tag in comments(root)}
    if not said:
        return lines
    others = [line for line in lines if not any(id(tag) in said for tag in _path(line.tag))]
    return others if sum(line.size for line in others if _is_prose(None, line)) >= _LEAST_TEXT else lines


def _widened(best: Tag, lines: Sequence[Block]) -> list[Tag]:
    """The chosen element, and those beside it and around it that hold running text of the same article."""
    prose = [line for before, line in zip((None, *lines), lines, strict=False) if _is_prose(before, line)]
    paths = {id(line): _path(line.tag) for line in prose}
    held = [line for line in prose if any(tag is best for tag in paths[id(line)])]
    inside = sum(line.size for line in held)
    chosen, top = {id(best): best}, best
    level = 0
    while level < _LEVELS:
        around = top.parent
        if around is None or top.name in _WHOLE or around.name in ("html", "[document]"):
            break
        beside: dict[int, tuple[Tag, list[Block]]] = {}
        for line in prose:
            path = paths[id(line)]
            place = next((place for place, tag in enumerate(path) if tag is around), None)
            if place is not None and (place == 0 or path[place - 1] is not top):
                child = path[place - 1] if place else around
                beside.setdefault(id(child), (child, []))[1].append(line)
        for child, texts in beside.values():
            size = sum(line.size for line in texts)
            if child is around:
                if size >= max(_LITTLE, 0.3 * inside):
                    return [around]
                continue
            alike = _alike(child, top)
            least = _LITTLE if alike or level < 2 else max(_MUCH, 0.25 * inside)
            if size >= least and _is_text(child, texts, alike=alike):
                chosen[id(child)] = child
                inside += size
        top = around
        level += around.name not in _SCAFFOLD
    order = {id(tag): place for place, line in enumerate(lines) for tag in _path(line.tag) if id(tag) in chosen}
    return sorted(chosen.values(), key=lambda tag: order.get(id(tag), 0))


def under_headline(heading: Tag | None, holding: list[Tag], is_own: Callable[[str], bool]) -> list[Tag]:
    """The chosen elements, or the text right under the headline where they hold only what others wrote: a short
    notice is outweighed by the cards beside it, a post by its comments, an article by those printed below it."""
    if heading is None or not holding:
        return holding
    outer = {id(tag) for holder in holding for tag in _path(holder)}
    for around in islice(heading.parents, _LEVELS):
        if id(around) in outer or around.name in ("body", "html"):
            return holding
        said = [line for line in blocks(around, is_aside) if line.tag is not heading and _is_prose(None, line)]
        size = sum(line.size for line in said)
        if size >= _LEAST_NOTICE:
            article = above(heading, "article")
            alone = article is not None and id(article) not in outer and size >= _LEAST_TEXT
            said_by_others = {id(tag) for tag in _of_others(holding, is_own)}
            if any(id(tag) in said_by_others for tag in _path(heading)):
                return holding
            return [around] if alone or said_by_others else holding
    return holding


def is_of_others(holding: Sequence[Tag], is_own: Callable[[str], bool]) -> bool:
    """Whether most of what these elements say stands in cards of other articles or in comments."""
    return bool(_of_others(holding, is_own))


def _of_others(holding: Sequence[Tag], is_own: Callable[[str], bool]) -> list[Tag]:
    """The cards and comments in these elements, where they hold most of what is said there; else none."""
    said = others = 0
    boxes: list[Tag] = []
    for holder in holding:
        found = [tag for group in (*card_groups(holder, is_own), comments(holder)) for tag in group]
        said += size_of(holder)
        others += sum(map(size_of, found))
        boxes += found
    return boxes if 2 * others > said else []


def _path(tag: Tag) -> list[Tag]:
    """An element and what is around it, the nearest first."""
    return [tag, *islice(tag.parents, _DEEPEST)]


def _is_prose(before: Block | None, line: Block) -> bool:
    """Whether a line is running text, not a label, a list of links or a blurb."""
    if line.size < 40 or line.linked > 0.35 * line.size or is_blurb(before, line):
        return False
    return line.size >= 120 or _SENTENCE_END.search(line.text) is not None


def _alike(tag: Tag, other: Tag) -> bool:
    return tag.name == other.name and bool(tag.get("class")) and tag.get("class") == other.get("class")


def _is_text(tag: Tag, prose: Sequence[Block], *, alike: bool) -> bool:
    """Whether an element beside the article is mostly running text, and no lead, picture or list of blurbs."""
    names = class_words.names(tag)
    if class_words.LEAD.found_in(names) or class_words.NOISE.found_in(names) or holds(tag, "h1"):
        return False
    if not alike and len(prose) < 3 and (holds(tag, "img") or class_words.PICTURE.found_in(names)):
        return False
    size = sum(line.size for line in prose)
    links = [len(text) for link in inside(tag, "a", most=60) if (text := text_of(link))]
    headlines = sum(length >= 25 for length in links)
    return sum(links) < 0.35 * size and 2 * headlines < len(prose) + 1 and printed_size_of(tag) < 3 * size + 200


def _holds_most(tag: Tag, most: float) -> bool:
    """Whether an element whose name says that it stands beside the article holds the article all the same."""
    return tag.name not in _ASIDE and (holds(tag, "h1") or printed_size_of(tag) > most)


def is_aside(tag: Tag) -> bool:
    """Whether an element stands beside the article: navigation, pictures, boxes."""
    if tag.name in _ASIDE:
        return True
    names = class_words.names(tag)
    return bool(names) and class_words.NOISE.found_in(names) and not class_words.BODY.found_in(names)


def _best(lines: Sequence[Block]) -> tuple[Tag | None, float]:
    scores: defaultdict[int, float] = defaultdict(float)
    tags: dict[int, Tag] = {}
    for before, line in zip((None, *lines), lines, strict=False):
        worth = 0.0 if is_blurb(before, line) else line.size - 2.0 * line.linked
        if line.tag.name in ("h2", "h3", "h4") or worth < 20:
            worth = min(worth, 20.0)
        tag = line.tag if line.tag.name not in ("p", "h2", "h3", "h4", "li", "blockquote", "span") else line.tag.parent
        for share in (1.0, 0.7, 0.35, 0.2):
            if tag is None or tag.name in ("[document]", "html"):
                break
            if tag.name not in ("ul", "ol", "tr", "tbody"):
                scores[id(tag)] += share * worth
                tags[id(tag)] = tag
            tag = tag.parent
    if not scores:
        return None, 0.0
    for key, tag in tags.items():
        names = class_words.names(tag)
        scores[key] *= 1.25 if names and class_words.BODY.found_in(names) else 1.0
        scores[key] *= 0.5 if tag.name == "body" else 1.0
    key = max(scores, key=lambda number: scores[number])
    return tags[key], scores[key]


def is_blurb(before: Block | None, line: Block) -> bool:
    """Whether a line stands under a linked headline, in one item of a list."""
    if before is None or before.linked < 0.8 * before.size or line.size > _LONGEST_BLURB:
        return False
    item = line.tag.parent
    if item is None or item.name == "body":
        return False
    return before.tag is item or is_in(before.tag, item)


def _running(tag: Tag | None) -> int:
    """Characters of running text in an element."""
    lines = list(blocks(tag, is_aside)) if tag is not None else []
    pairs = zip((None, *lines), lines, strict=False)
    return sum(line.size - line.linked for before, line in pairs if not is_blurb(before, line))


def _second_opinion(every: Sequence[Block], html: str) -> Tag | None:
    """The smallest element around most of what trafilatura takes for the article."""
    from trafilatura import extract

    text = extract(html, include_comments=False, include_tables=False, favor_precision=True, fast=True) or ""
    wanted = {printed(line.strip("- "))[:80] for line in text.splitlines() if len(line) >= 40}
    if not wanted:
        return None
    votes: defaultdict[int, int] = defaultdict(int)
    tags: dict[int, Tag] = {}
    for line in every:
        if line.text[:80] not in wanted:
            continue
        for tag in (line.tag, *line.tag.parents):
            if isinstance(tag, Tag):
                votes[id(tag)] += 1
                tags[id(tag)] = tag
    most = max(votes.values(), default=0)
    holding = [tags[key] for key, count in votes.items() if count >= 0.8 * most and tags[key].name != "p"]
    return max(holding, key=lambda tag: len(list(tag.parents))) if holding else None  # they stand in one another


def find_lead(region: Sequence[Tag], body: Tag | None, title: str) -> Tag | None:
    """The element of the sapo printed between title and body: an element that is called so, or itemprop=description."""
    for tag in region:
        names = class_words.names(tag)
        if tag.get("itemprop") != "description" and not (names and class_words.LEAD.found_in(names)):
            continue
        if class_words.CAPTION.found_in(names) or tag.name == "figcaption" or above(tag, "figure") is not None:
            continue
        if (
            tag.name in ("meta", "a", "img", "ul", "table", "td")
            or holds(tag, "img")
            or (body is not None and _holds(tag, body))
        ):
            continue
        text = text_of(tag)
        if not 30 <= len(text) <= 1500 or text == title or _is_linked(tag, text):
            continue
        if not class_words.is_photo_credit(text) and not (
            len(text) <= 60 and is_date_line(text, 3) and parse_moment(text)
        ):
            return tag
    return None


def lead_between(region: Sequence[Tag], heading: Tag | None, holding: Sequence[Tag]) -> Tag | None:
    """The sentence or two printed between a headline and a body that begins further on, whatever they are called."""
    end = next((place for place, tag in enumerate(region) if holding and tag is holding[0]), 0)
    held = {id(tag) for tag in holding}
    outer = {id(tag) for tag in _path(holding[0])} if holding else set()
    if heading is None or not end or id(heading) in outer:
        return None
    found: Tag | None = None
    for tag in region[:end]:
        if tag.name not in _TEXT_NAMES or id(tag) in outer or _holds(tag, heading) or holds(tag, *BLOCKS, "img"):
            continue
        if any(id(holder) in held for holder in _path(tag)):
            continue
        text = printed(tag.get_text())
        if len(text) < _SHORTEST_LEAD or _is_linked(tag, text) or class_words.is_photo_credit(text):
            continue
        between = [layer for layer in _path(tag) if id(layer) not in outer]
        if any((is_aside(layer) and layer.name != "header") or is_hidden(layer) for layer in between):
            continue
        if any(
            class_words.CAPTION.found_in(class_words.names(layer)) or layer.name in ("li", "a") for layer in between
        ):
            continue
        if len(text) > _LONGEST_LEAD or found is not None or not _SENTENCE_END.search(text):
            return None
        found = tag
    return found


def _holds(tag: Tag, body: Tag) -> bool:
    return body is tag or is_in(body, tag)


def _is_linked(tag: Tag, text: str) -> bool:
    return above(tag, "a") is not None or sum(len(text_of(link)) for link in inside(tag, "a")) > 0.6 * len(text)


def take_lead(lines: list[Block], description: str | None) -> str | None:
    """Where no lead stands above the body: its first line, if it alone is bold, or bold and the page's summary."""
    if len(lines) < 3:
        return None
    first, second = lines[0], lines[1]
    if not 60 <= len(first.text) <= 900 or first.tag.name in ("h2", "h3"):
        return None
    if max(first.bold, first.italic) < 0.9 * first.size:
        return None
    if second.bold >= 0.9 * second.size and not (description and alike(first.text[:120], description[:120]) > 0.8):
        return None
    return lines.pop(0).text

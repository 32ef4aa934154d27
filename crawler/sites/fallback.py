"""Reading a page of which nothing is known: which element holds the article, which text is its title and its lead.

An element is scored by the running text in it: each line of text counts for the elements around it, the nearest most;
text in links counts against, and the names that Vietnamese content systems give to bodies count for. Where the score
is doubtful, trafilatura is asked for a second opinion, and the smallest element that holds what it found is weighed
against ours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.html import Block, Metas, blocks, printed, tags_before, text_of
from crawler.sites import generic

_ASIDE = frozenset({"nav", "aside", "footer", "header", "figure", "figcaption", "button", "label", "h1"})
_ENOUGH = 600
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}$")


def find_body(soup: BeautifulSoup, html: str) -> Tag | None:
    """The element that holds the article's paragraphs, or None when the page has no running text."""
    marked = [tag for tag in soup.select("[itemprop=articleBody]") if len(text_of(tag)) >= 200]
    if len(marked) == 1:
        return marked[0]
    root = soup.body or soup
    lines = [line for line in blocks(root, _skips) if line.size >= 20]
    best, score = _best(lines)
    if best is None or score < _ENOUGH or not generic.BODY.search(generic.names(best)):
        second = _second_opinion(root, html)
        if second is not None and _running(second) > 1.2 * (_running(best) if best is not None else 0):
            best = second
    return best


def _skips(tag: Tag) -> bool:
    if tag.name in _ASIDE:
        return True
    names = generic.names(tag)
    return bool(names) and bool(generic.NOISE.search(names)) and not generic.BODY.search(names)


def _best(lines: Sequence[Block]) -> tuple[Tag | None, float]:
    scores: defaultdict[int, float] = defaultdict(float)
    tags: dict[int, Tag] = {}
    for line in lines:
        worth = line.size - 2.0 * line.linked
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
        names = generic.names(tag)
        scores[key] *= 1.25 if names and generic.BODY.search(names) else 1.0
        scores[key] *= 0.5 if tag.name == "body" else 1.0
    key = max(scores, key=lambda one: scores[one])
    return tags[key], scores[key]


def _running(tag: Tag | None) -> int:
    return sum(line.size - line.linked for line in blocks(tag, _skips)) if tag is not None else 0


def _second_opinion(root: Tag, html: str) -> Tag | None:
    """The smallest element around most of what trafilatura takes for the article."""
    from trafilatura import extract

    text = extract(html, include_comments=False, include_tables=False, favor_precision=True, fast=True) or ""
    wanted = {printed(line.strip("- "))[:80] for line in text.splitlines() if len(line) >= 40}
    if not wanted:
        return None
    votes: defaultdict[int, int] = defaultdict(int)
    tags: dict[int, Tag] = {}
    for line in blocks(root):
        if line.text[:80] not in wanted:
            continue
        for tag in (line.tag, *line.tag.parents):
            if isinstance(tag, Tag):
                votes[id(tag)] += 1
                tags[id(tag)] = tag
    most = max(votes.values(), default=0)
    holding = [tags[key] for key, count in votes.items() if count >= 0.8 * most and tags[key].name != "p"]
    return min(holding, key=lambda tag: len(tag.get_text())) if holding else None


def find_title(soup: BeautifulSoup, metas: Metas, body: Tag | None) -> tuple[str, Tag | None]:
    """The headline as printed, and where; the metas' own where the page prints none."""
    told = [text for text in (metas.first("og:title", "twitter:title"), _window_title(soup)) if text]
    heads = [(tag, text) for tag in soup.find_all("h1") if len(text := text_of(tag)) >= 8 and len(text) <= 400]
    if heads:
        tag, text = max(heads, key=lambda one: max([_alike(one[1], title) for title in told], default=0.0))
        if len(heads) == 1 or not told or max(_alike(text, title) for title in told) > 0.5:
            site = metas.first("og:site_name") or ""
            if len(text.split()) >= 3 and not (told and _alike(text, site) > 0.8):
                return text, tag
    for title in told:
        for tag in soup.find_all(("h2", "h3", "h4", "div", "p", "span", "td", "strong")):
            if len(title) >= 8 and tag.find(("p", "div", "table", "ul")) is None and _same(text_of(tag), title):
                return text_of(tag), tag
    tag = _heading_before(body)
    if tag is not None and (
        not told or max(_alike(text_of(tag), title) for title in told) > 0.5 or len(told[0].split()) < 6
    ):
        return text_of(tag), tag
    return (told[0] if told else ""), None


def _heading_before(body: Tag | None) -> Tag | None:
    """The nearest heading above the running text, or at its start."""
    if body is None:
        return None
    inside = [tag for tag in body.find_all(("h2", "h3", "h4"), limit=1) if isinstance(tag, Tag)]
    for tag in (*tags_before(body, 60), *inside):
        named = tag.name in ("h1", "h2", "h3", "h4") or generic.TITLE.search(generic.names(tag))
        if not named or tag.find(("p", "ul", "table", "form", "a")) or tag.find_parent(("nav", "ul", "a", "aside")):
            continue
        if 20 <= len(text_of(tag)) <= 300:
            return tag
    return None


def _window_title(soup: BeautifulSoup) -> str:
    text = printed(soup.title.get_text()) if soup.title else ""
    return _SITE_SUFFIX.sub("", text) if len(_SITE_SUFFIX.sub("", text)) >= 15 else text


def _alike(one: str, other: str) -> float:
    one, other = one.casefold(), other.casefold()
    if not one or not other:
        return 0.0
    if one in other or other in one:
        return min(len(one), len(other)) / max(len(one), len(other)) * 0.3 + 0.7
    return SequenceMatcher(None, one, other, autojunk=False).quick_ratio() if len(one) + len(other) < 1000 else 0.0


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def find_lead(region: Sequence[Tag], body: Tag | None, title: str) -> Tag | None:
    """The element of the sapo printed between title and body: an element that is called so, or itemprop=description."""
    inside = {id(tag) for tag in body.find_all(True)} if body is not None else set()
    for tag in region:
        names = generic.names(tag)
        if tag.get("itemprop") != "description" and not (names and generic.LEAD.search(names)):
            continue
        if generic.CAPTION.search(names) or tag.name == "figcaption" or tag.find_parent("figure") is not None:
            continue
        if tag.name in ("meta", "a", "img", "ul") or (body is not None and _holds(tag, body)):
            continue
        if id(tag) in inside and tag.find(("p", "div")) and len(text_of(tag)) > 1500:
            continue
        text = text_of(tag)
        if 30 <= len(text) <= 1500 and text != title and not _is_linked(tag, text):
            return tag
    return None


def _holds(tag: Tag, body: Tag) -> bool:
    return body is tag or any(parent is tag for parent in body.parents)


def _is_linked(tag: Tag, text: str) -> bool:
    return tag.find_parent("a") is not None or sum(len(text_of(link)) for link in tag.find_all("a")) > 0.6 * len(text)


def take_lead(lines: list[Block], description: str | None) -> str | None:
    """Where no lead stands above the body: its first line, if it alone is bold, or bold and the page's summary."""
    if len(lines) < 3:
        return None
    first, second = lines[0], lines[1]
    if (
        not 60 <= len(first.text) <= 900
        or max(first.bold, first.italic) < 0.9 * first.size
        or first.tag.name in ("h2", "h3")
    ):
        return None
    if second.bold >= 0.9 * second.size and not (description and _alike(first.text[:120], description[:120]) > 0.85):
        return None
    return lines.pop(0).text

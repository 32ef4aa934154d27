"""Reading a page of which nothing is known: which element holds the article, which text is its lead.

An element is scored by the running text in it: each line of text counts for the elements around it, the nearest most;
text in links counts against, and the names that Vietnamese content systems give to bodies count for. Where the score
is doubtful, trafilatura is asked for a second opinion, and the smallest element that holds what it found is weighed
against ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.html import Block, blocks, printed, text_of
from crawler.sites import class_words
from crawler.sites.headline import alike

_ASIDE = frozenset({"nav", "aside", "footer", "header", "figure", "figcaption", "button", "label", "h1"})
_ENOUGH = 600


def find_body(soup: BeautifulSoup, html: str) -> Tag | None:
    """The element that holds the article's paragraphs, or None when the page has no running text."""
    marked = [tag for tag in soup.select("[itemprop=articleBody]") if len(text_of(tag)) >= 200]
    if len(marked) == 1:
        return marked[0]
    root = soup.body or soup
    lines = [line for line in blocks(root, is_aside) if line.size >= 20]
    best, score = _best(lines)
    if best is None or score < _ENOUGH or not class_words.BODY.search(class_words.names(best)):
        second = _second_opinion(root, html)
        if second is not None and _running(second) > 1.2 * (_running(best) if best is not None else 0):
            best = second
    return best


def is_aside(tag: Tag) -> bool:
    """Whether an element stands beside the article: navigation, pictures, boxes."""
    if tag.name in _ASIDE:
        return True
    names = class_words.names(tag)
    return bool(names) and bool(class_words.NOISE.search(names)) and not class_words.BODY.search(names)


def _best(lines: Sequence[Block]) -> tuple[Tag | None, float]:
    scores: defaultdict[int, float] = defaultdict(float)
    tags: dict[int, Tag] = {}
    for before, line in zip((None, *lines), lines, strict=False):
        worth = 0.0 if _is_blurb(before, line) else line.size - 2.0 * line.linked
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
        scores[key] *= 1.25 if names and class_words.BODY.search(names) else 1.0
        scores[key] *= 0.5 if tag.name == "body" else 1.0
    key = max(scores, key=lambda one: scores[one])
    return tags[key], scores[key]


def _is_blurb(before: Block | None, line: Block) -> bool:
    """Whether a line stands under a linked headline, in one item of a list."""
    if before is None or before.linked < 0.8 * before.size:
        return False
    item = line.tag.parent
    return item is not None and item.name != "body" and any(parent is item for parent in before.tag.parents)


def _running(tag: Tag | None) -> int:
    """Characters of running text in an element."""
    lines = list(blocks(tag, is_aside)) if tag is not None else []
    pairs = zip((None, *lines), lines, strict=False)
    return sum(line.size - line.linked for before, line in pairs if not _is_blurb(before, line))


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


def find_lead(region: Sequence[Tag], body: Tag | None, title: str) -> Tag | None:
    """The element of the sapo printed between title and body: an element that is called so, or itemprop=description."""
    for tag in region:
        names = class_words.names(tag)
        if tag.get("itemprop") != "description" and not (names and class_words.LEAD.search(names)):
            continue
        if class_words.CAPTION.search(names) or tag.name == "figcaption" or tag.find_parent("figure") is not None:
            continue
        if tag.name in ("meta", "a", "img", "ul") or (body is not None and _holds(tag, body)):
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
    if not 60 <= len(first.text) <= 900 or first.tag.name in ("h2", "h3"):
        return None
    if max(first.bold, first.italic) < 0.9 * first.size:
        return None
    if second.bold >= 0.9 * second.size and not (description and alike(first.text[:120], description[:120]) > 0.8):
        return None
    return lines.pop(0).text

"""The headline of a page of which nothing is known."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.dates import parse_moment
from crawler.html import Metas, blocks, printed, text_of
from crawler.sites import class_words
from crawler.sites.published import is_date_line
from crawler.tree import above, holds, inside, size_of, tags_before, tags_inside

_SITE_SUFFIX = re.compile(r"\s[|–—-]\s[^|–—]{2,60}$")
_SEPARATOR = re.compile(r"\s[|:»·–—-]\s|：|｜|_")
_STATED = ("og:title", "twitter:title", "articletitle", "dcterms.title", "dc.title")
_PLACES = ("h1", "h2", "h3", "h4", "div", "p", "span", "td", "strong", "font", "b")
_ALIKE = 0.6


def find_title(soup: BeautifulSoup, metas: Metas, body: Tag | None) -> tuple[str, Tag | None]:
    """The headline as printed, and where; the metas' own where the page prints none.

    An h1 that the metas or the window's title confirm; else the element that prints what they say; else an h1 that is
    no link or logo, or the heading nearest above the running text. Print goes before metas.
    """
    stated = metas.first(*_STATED)
    titles = [text for text in (stated, _window_title(soup)) if text]
    heads = [(tag, text) for tag in inside(soup, "h1") if 8 <= len(text := text_of(tag)) <= 400]
    heads.sort(key=lambda head: -max([alike(head[1], title) for title in titles], default=0.0))
    if heads and stated and alike(heads[0][1], stated) < _ALIKE and (tag := _that_prints(soup, stated)) is not None:
        return text_of(tag), tag
    if heads and any(alike(heads[0][1], title) >= _ALIKE for title in titles):
        return _headed(_without_kicker(heads[0], titles), metas, body)
    for title in titles:
        if (tag := _that_prints(soup, title)) is not None:
            return text_of(tag), tag
    for part in _parts(soup):
        if (tag := _that_prints(soup, part)) is not None:
            return text_of(tag), tag
    own = [(tag, text) for tag, text in heads if not holds(tag, "a") and not _is_logo(tag) and len(text.split()) >= 3]
    if own:
        return own[0][1], own[0][0]
    near = _heading_above(body)
    sure = metas.first(*_STATED)
    if near is not None and (sure is None or alike(text_of(near), sure) >= _ALIKE):
        return text_of(near), near
    over = _line_over_date(body)
    return (text_of(over), over) if over is not None else ((titles[0] if titles else ""), None)


def _line_over_date(body: Tag | None) -> Tag | None:
    """The element of the first line of the text, where the second is its date: old pages set a headline so."""
    lines = [line.text for line in islice(blocks(body), 2)] if body is not None else []
    if body is None or len(lines) < 2 or not 20 <= len(lines[0]) <= 250 or lines[0].endswith((".", ":", ";")):
        return None
    if len(lines[1]) > 80 or not is_date_line(lines[1], 3) or parse_moment(lines[1]) is None:
        return None
    return next((tag for tag in tags_inside(body, 12) if text_of(tag) == lines[0]), None)


def _without_kicker(head: tuple[Tag, str], titles: list[str]) -> tuple[Tag, str]:
    """The part of an h1 that the metas or the window's title give word for word, where a kicker stands before it."""
    tag, text = head
    said = {title.casefold() for title in titles}
    if text.casefold() in said:
        return head
    parts = [text_of(part) for part in inside(tag, *_PLACES, "a", most=8)]
    return tag, next((part for part in parts if part.casefold() in said), text)


def _headed(head: tuple[Tag, str], metas: Metas, body: Tag | None) -> tuple[str, Tag | None]:
    """An h1 that the window's title says, too; where both are the name of the site, the heading over the text."""
    tag, text = head
    if metas.first(*_STATED) is None and _is_logo(tag) and body is not None:
        near = _heading_above(body, but=tag)
        if near is not None:
            return text_of(near), near
    return text, tag


def alike(title: str, other: str) -> float:
    """How much two texts have in common: the mean of the shares of either's words that the other has, too."""
    first, second = ({*re.findall(r"\w+", text.casefold())} for text in (title, other))
    shared = len(first & second)
    return (shared / len(first) + shared / len(second)) / 2 if shared else 0.0


def _window_title(soup: BeautifulSoup) -> str:
    text = printed(soup.title.get_text()) if soup.title else ""
    short = _SITE_SUFFIX.sub("", text)
    return short if len(short) >= 15 else text


def _parts(soup: BeautifulSoup) -> list[str]:
    """What the window's title says beside the name of the site, the longest first."""
    text = printed(soup.title.get_text()) if soup.title else ""
    parts = [part.strip() for part in _SEPARATOR.split(text)]
    return sorted((part for part in parts if len(part) >= 15 and part != text), key=len, reverse=True)


def _that_prints(soup: BeautifulSoup, title: str) -> Tag | None:
    if len(title) < 8:
        return None
    for tag in inside(soup, *_PLACES):
        if size_of(tag) > 2 * len(title) + 40 or above(tag, "ul", "nav") is not None:
            continue
        if text_of(tag).casefold() == title.casefold():
            inner = inside(tag, *_PLACES, most=1)
            return inner[0] if inner and text_of(inner[0]) == text_of(tag) else tag
    return None


def _heading_above(body: Tag | None, but: Tag | None = None) -> Tag | None:
    """The nearest heading above the running text, or at its start; another one than `but`."""
    if body is None:
        return None
    for tag in (*tags_before(body, 60), *inside(body, "h2", "h3", "h4", most=1), *_titles_in(body)):
        named = tag.name in ("h1", "h2", "h3", "h4") or class_words.TITLE.found_in(class_words.names(tag))
        if (
            tag is but
            or not named
            or holds(tag, "p", "ul", "table", "form", "a")
            or above(tag, "nav", "ul", "a", "aside")
        ):
            continue
        if 20 <= len(text_of(tag)) <= 300:
            return tag
    return None


def _titles_in(body: Tag) -> list[Tag]:
    """The elements at the start of the text that are called a title."""
    return [tag for tag in tags_inside(body, 12) if class_words.TITLE.found_in(class_words.names(tag))][:1]


def _is_logo(tag: Tag) -> bool:
    """Whether a heading is the site's name: it stands in the head of the page, not in that of an article."""
    around = above(tag, "header", "nav")
    return "logo" in class_words.names(tag) or (around is not None and above(around, "article", "main") is None)

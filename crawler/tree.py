"""The parsed tree of a page: every element knows its place in the document, so what stands inside it is looked up.

A reader of pages asks some thousand times which links, pictures or headings an element holds, how much text stands in
it, and what opens before and after it. The tree is never changed once it is parsed; what all this needs is counted
once, after parsing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import islice
from typing import cast

from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder  # type: ignore[attr-defined]  # its stubs leave it out
from bs4.element import CData, NavigableString, Tag

_OPENING = re.compile(r"<!--|<(script|style|svg|noscript)\b", re.IGNORECASE)
_JSON_LD = re.compile(r"<script[^>]{0,200}ld\+json", re.IGNORECASE)
_CLOSING = {
    name: re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE)
    for name in ("", "script", "style", "svg", "noscript")
}
PRINTED = frozenset({NavigableString, CData})
"""The kinds of strings that are text; others are comments, scripts, styles, templates and ruby."""


class Order:
    """The elements of one page in document order, and under each name the places of those that bear it."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.texts: dict[int, str] = {}
        """The printed text of an element, by its place, once somebody asked."""


class _Placed:
    """What an element and the document itself know of their place."""

    order: Order
    place: int = -1
    """How many elements open before it; -1 for the document."""
    end: int = 0
    """The place of the first element that opens after this one has ended."""
    size: int = 0
    """Characters of all strings in it."""
    printed_size: int = 0
    """Characters of text in it, white space as it was sent."""


class Element(_Placed, Tag):
    """An element of a parsed page."""


class Document(_Placed, BeautifulSoup):
    """A parsed page."""


def parse(text: str) -> Document:
    """The parsed page, without comments, styles and scripts other than JSON-LD (they are most of a page's weight).

    Every attribute is a string as it was sent, classes too.
    """
    builder = _Builder(multi_valued_attributes=None, attribute_dict_class=dict)
    document = Document(_without_scripts(text), builder=builder, element_classes={Tag: Element})
    _lay_out(document, builder.opened)
    return document


class _Builder(LXMLTreeBuilder):  # type: ignore[misc]
    """HTML has no namespaces, and looking for them at every element takes as long as making it."""

    opened: list[Element]

    def feed(self, markup: str | bytes) -> None:
        """Parse all of it; a second attempt begins anew."""
        self.opened = []
        super().feed(markup)

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes], nsmap: object = None) -> None:
        """An element opens."""
        self.opened.append(self.soup.handle_starttag(tag, None, None, attrib))

    def end(self, tag: str | bytes) -> None:
        """An element ends."""
        self.soup.handle_endtag(tag)


def _lay_out(document: Document, opened: list[Element]) -> None:
    document.order = order = Order()
    order.elements = opened
    for place, element in enumerate(opened):
        element.order, element.place, element.end = order, place, place + 1
        order.places[element.name].append(place)
    for holder in (document, *opened):
        for string in holder.contents:
            if isinstance(string, NavigableString):
                holder.size += len(string)
                if type(string) in PRINTED:
                    holder.printed_size += len(string)
    for element in reversed(opened):
        around = cast(_Placed, element.parent)
        around.end = max(around.end, element.end)
        around.size += element.size
        around.printed_size += element.printed_size


def _without_scripts(text: str) -> str:
    pieces: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for opening in _OPENING.finditer(text):
        if opening.start() < position:
            continue
        name = (opening.group(1) or "").lower()
        if name in unclosed or (name == "script" and _JSON_LD.match(text, opening.start())):
            continue
        closing = _CLOSING[name].search(text, opening.end())
        if closing is None:
            unclosed.add(name)
            continue
        pieces.append(text[position : opening.start()])
        position = closing.end()
    pieces.append(text[position:])
    return "".join(pieces)


def _placed(tag: Tag) -> _Placed:
    return cast(_Placed, tag)


def tags_after(tag: Tag, most: int) -> list[Tag]:
    """The elements that open after this one opened, its own included, in document order; at most so many."""
    start = _placed(tag).place + 1
    return [*_placed(tag).order.elements[start : start + most]]


def tags_inside(tag: Tag, most: int | None = None) -> list[Tag]:
    """The first elements inside this one; at most so many."""
    start, end = _placed(tag).place + 1, _placed(tag).end
    return [*_placed(tag).order.elements[start : end if most is None else min(end, start + most)]]


def tags_before(tag: Tag, most: int) -> list[Tag]:
    """The elements that opened before this one, the nearest first; at most so many."""
    place = _placed(tag).place
    return [*reversed(_placed(tag).order.elements[max(0, place - most) : max(0, place)])]


def above(tag: Tag, *names: str) -> Tag | None:
    """The nearest element of one of these names around another. (Ten times as fast as asking the library.)"""
    around = tag.parent
    while around is not None and around.name not in names:
        around = around.parent
    return around


def inside(tag: Tag, *names: str, most: int | None = None) -> list[Tag]:
    """The elements of these names in another, in document order; at most so many."""
    elements = _placed(tag).order.elements
    found = [place for name in names for place in _places(tag, name, most)]
    if len(names) > 1:
        found.sort()
    return [elements[place] for place in islice(found, most)]


def _places(tag: Tag, name: str, most: int | None) -> list[int]:
    """The places of the first elements of a name in another."""
    places = _placed(tag).order.places.get(name)
    if not places:
        return []
    first = bisect_left(places, _placed(tag).place + 1)
    end = bisect_left(places, _placed(tag).end, first)
    return places[first : end if most is None else min(end, first + most)]


def holds(tag: Tag, *names: str) -> bool:
    """Whether an element of one of these names is in another."""
    return any(_places(tag, name, 1) for name in names)


def size_of(tag: Tag) -> int:
    """How many characters stand in an element, those of scripts and comments too."""
    return _placed(tag).size


def printed_size_of(tag: Tag) -> int:
    """How many characters of text stand in an element, white space as it was sent."""
    return _placed(tag).printed_size


def known_text(tag: Tag) -> str | None:
    """The printed text of an element, where it was kept."""
    return _placed(tag).order.texts.get(_placed(tag).place)


def keep_text(tag: Tag, text: str) -> str:
    """Keep the printed text of an element: it is asked for again, and the tree does not change."""
    _placed(tag).order.texts[_placed(tag).place] = text
    return text

"""The parsed tree of a page: every element knows its place in the document, so what stands inside it is looked up.

A reader of pages asks some thousand times which links, pictures or headings an element holds, how much text stands in
it, and what opens before and after it. The tree is never changed once it is parsed; what all this needs is counted
once, after parsing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import cast

from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder  # type: ignore[attr-defined]  # its stubs leave it out
from bs4.element import CData, NavigableString, PageElement, Tag

_OPENING = re.compile(r"<(?:!--|(?i:(script|style|svg|noscript))\b)")
_JSON_LD = re.compile(r"<(?i:script[^>]{0,200}ld\+json)")
_CLOSING = {
    name: re.compile(rf"</(?i:{name})\s*>" if name else "-->") for name in ("", "script", "style", "svg", "noscript")
}
PRINTED = {NavigableString, CData}
"""The kinds of strings that are text; others are comments, scripts, styles, templates and ruby."""


_SPACES = " \t\n\f\r"


class Order:
    """The elements of one page in document order, and under each name the places of those that bear it."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.texts: dict[int, str] = {}
        """The printed text of an element, by its place, once somebody asked."""


class _InOrder:
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


class Element(_InOrder, Tag):
    """An element of a parsed page: it is read, and never changed or copied.

    What all elements of HTML have in common stands in the class, so that one is made in a third of the time.
    """

    namespace = prefix = parser_class = sourceline = sourcepos = None
    known_xml = hidden = can_be_empty_element = False
    cdata_list_attributes = preserve_whitespace_tags = None
    interesting_string_types = PRINTED
    next_element = next_sibling = previous_sibling = None

    def __init__(self, name: str, attributes: dict[str, str], order: Order, place: int) -> None:
        self.name = name
        self.attrs = attributes
        self.order, self.place = order, place
        self.contents = []


class PageTree(_InOrder, BeautifulSoup):
    """A parsed page."""


def parse(text: str) -> PageTree:
    """The parsed page, without comments, styles and scripts other than JSON-LD (they are most of a page's weight).

    Every attribute is a string as it was sent, classes too.
    """
    return PageTree(_without_scripts(text), builder=_Builder(multi_valued_attributes=None))


class _Builder(LXMLTreeBuilder):  # type: ignore[misc]
    """Builds the tree of an HTML page from what lxml finds in it.

    The library's own builder goes through a dozen calls for an element, for XML's namespaces and trees that change.
    """

    def feed(self, markup: str | bytes) -> None:
        """Parse all of it; a second attempt begins anew."""
        self._document = self._around = self._last = self.soup
        self._document.order = self._order = Order()
        self._open: list[_InOrder] = []
        self._strings: list[str] = []
        self._kinds: list[type[NavigableString]] = [NavigableString]
        self._preserving = 0
        super().feed(markup)
        while self._open:
            self.end(self._around.name)
        self._add_string()
        self._document.end = len(self._order.elements)

    def start(self, tag: str, attrib: Mapping[str, str], nsmap: object = None) -> None:
        """An element opens."""
        self._add_string()
        order = self._order
        element = Element(tag, dict(attrib), order, len(order.elements))
        order.places[tag].append(element.place)
        order.elements.append(element)
        self._append(element)
        self._open.append(self._around)
        self._around = element
        self._preserving += tag in self.preserve_whitespace_tags
        if tag in self.string_containers:
            self._kinds.append(self.string_containers[tag])
            element.interesting_string_types = {self._kinds[-1]}

    def end(self, tag: str) -> None:
        """An element ends."""
        self._add_string()
        element, around = self._around, self._open.pop()
        element.end = len(self._order.elements)
        around.size += element.size
        around.printed_size += element.printed_size
        self._around = around
        self._preserving -= tag in self.preserve_whitespace_tags
        if tag in self.string_containers:
            self._kinds.pop()

    def data(self, data: str) -> None:
        """A piece of text."""
        self._strings.append(data)

    def comment(self, text: str) -> None:
        """What is left of comments says nothing."""

    def pi(self, target: str, data: str) -> None:
        """Nor do instructions to programs."""

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Nor does the kind of HTML."""

    def _add_string(self) -> None:
        """The text since the last border, as one string; white space alone is one sign of it."""
        if not self._strings:
            return
        text = "".join(self._strings)
        self._strings.clear()
        if not self._preserving and not text.strip(_SPACES):
            text = "\n" if "\n" in text else " "
        string = self._kinds[-1](text)
        self._append(string)
        self._around.size += len(text)
        if type(string) in PRINTED:
            self._around.printed_size += len(text)

    def _append(self, node: PageElement) -> None:
        around, last = self._around, self._last
        node.parent = around
        node.previous_element = last
        last.next_element = node
        if around.contents:
            before = around.contents[-1]
            node.previous_sibling = before
            before.next_sibling = node
        around.contents.append(node)
        self._last = node


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


def _ordered(tag: Tag) -> _InOrder:
    return cast(_InOrder, tag)


def tags_after(tag: Tag, most: int) -> list[Tag]:
    """The elements that open after this one opened, its own included, in document order; at most so many."""
    start = _ordered(tag).place + 1
    return [*_ordered(tag).order.elements[start : start + most]]


def tags_inside(tag: Tag, most: int | None = None) -> list[Tag]:
    """The first elements inside this one; at most so many."""
    start, end = _ordered(tag).place + 1, _ordered(tag).end
    return [*_ordered(tag).order.elements[start : end if most is None else min(end, start + most)]]


def tags_before(tag: Tag, most: int) -> list[Tag]:
    """The elements that opened before this one, the nearest first; at most so many."""
    place = _ordered(tag).place
    return [*reversed(_ordered(tag).order.elements[max(0, place - most) : max(0, place)])]


def above(tag: Tag, *names: str) -> Tag | None:
    """The nearest element of one of these names around another. (Ten times as fast as asking the library.)"""
    around = tag.parent
    while around is not None and around.name not in names:
        around = around.parent
    return around


def inside(tag: Tag, *names: str, most: int | None = None) -> list[Tag]:
    """The elements of these names in another, in document order; at most so many."""
    elements = _ordered(tag).order.elements
    found = [place for name in names for place in _places(tag, name, most)]
    if len(names) > 1:
        found.sort()
    return [elements[place] for place in islice(found, most)]


def _places(tag: Tag, name: str, most: int | None) -> list[int]:
    """The places of the first elements of a name in another."""
    places = _ordered(tag).order.places.get(name)
    if not places:
        return []
    first = bisect_left(places, _ordered(tag).place + 1)
    end = bisect_left(places, _ordered(tag).end, first)
    return places[first : end if most is None else min(end, first + most)]


def holds(tag: Tag, *names: str) -> bool:
    """Whether an element of one of these names is in another."""
    return any(_places(tag, name, 1) for name in names)


def size_of(tag: Tag) -> int:
    """How many characters stand in an element, those of scripts and comments too."""
    return _ordered(tag).size


def printed_size_of(tag: Tag) -> int:
    """How many characters of text stand in an element, white space as it was sent."""
    return _ordered(tag).printed_size


def known_text(tag: Tag) -> str | None:
    """The printed text of an element, where it was kept."""
    return _ordered(tag).order.texts.get(_ordered(tag).place)


def keep_text(tag: Tag, text: str) -> str:
    """Keep the printed text of an element: it is asked for again, and the tree does not change."""
    _ordered(tag).order.texts[_ordered(tag).place] = text
    return text


def is_in(tag: Tag, around: Tag) -> bool:
    """Whether an element stands in another, at any depth."""
    return _ordered(around).place < _ordered(tag).place < _ordered(around).end

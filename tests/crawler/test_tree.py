"""The tree of a page is the one that Beautiful Soup builds, and what it looks up is what a walk through it finds."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, Tag
from hypothesis import given
from hypothesis import strategies as st

from crawler.tree import (
    PageTree,
    above,
    holds,
    inside,
    is_in,
    parse,
    printed_size_of,
    size_of,
    tags_after,
    tags_before,
    tags_inside,
)

_NAMES = ("p", "div", "a", "b", "table", "tr", "td", "ul", "li", "pre", "br", "template", "ruby", "rt", "textarea")
_PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in _NAMES] + [f"</{name}>" for name in _NAMES]),
    st.sampled_from(
        ["<a href='/x' class='mot  hai'>", "<div id=x hidden>", "<p", "&amp;", "&nbsp;", "<script>", " ", "\n"]
    ),
    st.sampled_from(["<script type='application/ld+json'>{}</script>", "<![CDATA[x]]>", "<td colspan=2>"]),
    st.text(alphabet="aạ 1\n\t.", min_size=1, max_size=6),
)
_PAGES = st.lists(_PIECES, max_size=40).map("".join)


def laid(node: Tag) -> list[object]:
    """An element as its name, its attributes and what stands in it."""
    inner: list[object] = []
    for child in node.contents:
        if isinstance(child, Tag):
            inner.append(laid(child))
        elif isinstance(child, NavigableString):
            inner.append((type(child).__name__, str(child)))
    return [node.name, dict(node.attrs), inner]


def tags(document: PageTree) -> list[Tag]:
    return [document, *document.find_all(True)]


@given(_PAGES)
def test_a_page_without_scripts_and_comments_is_the_tree_that_the_library_builds(text: str) -> None:
    text = text.replace("<script>", "").replace("<![CDATA[x]]>", "")  # no script is kept, and no comment
    assert laid(parse(text)) == laid(BeautifulSoup(text, "lxml", multi_valued_attributes=None))


@given(_PAGES)
def test_what_stands_in_an_element_is_what_a_search_finds(text: str) -> None:
    document = parse(text)
    for tag in tags(document):
        every = tag.find_all(True)
        assert tags_inside(tag) == every
        assert tags_inside(tag, 2) == every[:2]
        assert inside(tag, "a", "p") == tag.find_all(["a", "p"])
        assert inside(tag, "a", "p", most=1) == tag.find_all(["a", "p"], limit=1)
        assert holds(tag, "b", "td") == bool(tag.find(["b", "td"]))
        assert [other for other in tags(document) if is_in(other, tag)] == every
        assert above(tag, "div", "td") is tag.find_parent(["div", "td"])


@given(_PAGES)
def test_what_opens_before_and_after_an_element_is_in_the_order_of_the_page(text: str) -> None:
    document = parse(text)
    for tag in document.find_all(True):
        assert tags_after(tag, 5) == tag.find_all_next(True)[:5]
        assert tags_before(tag, 5) == [other for other in tag.find_all_previous(True) if other is not document][:5]


@given(_PAGES)
def test_sizes_are_those_of_the_strings_in_an_element(text: str) -> None:
    for tag in tags(parse(text)):
        strings = [part for part in tag.descendants if isinstance(part, NavigableString)]
        assert size_of(tag) == sum(map(len, strings))
        assert printed_size_of(tag) == sum(len(part) for part in strings if type(part) in (NavigableString, CData))
        if tag.name not in ("script", "template", "rt"):
            assert printed_size_of(tag) == len(tag.get_text())

"""Shared readers of HTML: printed text, blocks, metas, JSON-LD, elements by CSS."""

from __future__ import annotations

import unicodedata

import pytest
from bs4.element import Tag
from hypothesis import given
from hypothesis import strategies as st

from crawler.elements import Elements
from crawler.html import Metas, blocks, linked_data, plain, printed, text_of
from crawler.tree import parse

ARTICLE = """
<div id="a" class="post big"><p>Một <b>hai</b>&nbsp;&nbsp;ba</p>bốn<br>năm <i>sáu</i>
<ul><li><a href="/x">bảy</a></li></ul><script>mất</script><!-- mất --><style>mất</style><p></p>
<img src="a.jpg"><p>tám</p></div>
"""


def root() -> Tag:
    found = parse(ARTICLE).find(id="a")
    assert isinstance(found, Tag)
    return found


def test_blocks_are_the_lines_a_reader_sees() -> None:
    assert [block.text for block in blocks(root())] == ["Một hai ba", "bốn", "năm sáu", "bảy", "tám"]


def test_blocks_know_how_they_are_set() -> None:
    found = {block.text: block for block in blocks(root())}
    assert found["Một hai ba"].bold == 3
    assert found["năm sáu"].italic == 3
    assert found["bảy"].linked == 3
    assert found["bảy"].hrefs == ("/x",)
    assert found["tám"].after_image
    assert not found["bảy"].after_image


def test_blocks_leave_out_what_is_refused() -> None:
    assert [block.text for block in blocks(root(), lambda tag: tag.name == "ul")] == [
        "Một hai ba",
        "bốn",
        "năm sáu",
        "tám",
    ]


def test_printed_text_is_collapsed_and_composed_and_nothing_else() -> None:
    assert printed("  Hà\u200b \xa0\n Tĩnh\ufeff ") == "Hà Tĩnh"
    assert printed(unicodedata.normalize("NFD", "Uỷ ban hoà giải")) == "Uỷ ban hoà giải"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60))
def test_what_is_written_as_text_is_printed_as_text(text: str) -> None:
    shown = text.replace("&", "&amp;").replace("<", "&lt;")
    assert text_of(parse(f"<p id='x'>{shown}</p>").find(id="x")) == printed(text)  # type: ignore[arg-type]


def test_scripts_without_an_end_do_not_hang_or_hide_the_page() -> None:
    assert "còn lại" in parse("<p>còn lại</p>" + "<!--" * 200_000).get_text()
    assert "còn lại" in parse("<p>còn lại</p>" + "<script>" * 20_000).get_text()


def test_metas_resolve_entities_and_keep_their_order() -> None:
    metas = Metas(
        parse('<meta property="og:title" content="A &amp;quot;B&amp;quot;"><meta name="OG:Title" content="C">')
    )
    assert metas.all("og:title") == ('A "B"', "C")
    assert metas.first("none", "og:title") == 'A "B"'
    assert metas.first("none") is None


def test_json_ld_is_read_from_lists_and_graphs_and_damage_is_passed_over() -> None:
    page = parse(
        '<script type="application/ld+json">[{"@type":"A"},{"@graph":[{"@type":"B"}]}]</script>'
        '<script type="application/ld+json">{"@type": </script>'
    )
    assert [thing.get("@type") for thing in linked_data(page)] == ["A", None, "B"]


def test_json_ld_text_is_unescaped_even_twice() -> None:
    assert plain("Ch&amp;#237;nh <b>s&#225;ch</b>") == "Chính sách"
    assert plain(None) == ""


@pytest.mark.parametrize(
    "css",
    ["p", "p.post", "div.big#a", ".post", "#a", "div.big > p", "[href]", "a[href='/x'], .none", "div#a.post li a"],
)
def test_elements_are_found_as_css_finds_them(css: str) -> None:
    page = parse(ARTICLE)
    assert Elements(page).select(css) == page.select(css)


def test_the_first_part_of_a_selector_that_finds_something_is_picked() -> None:
    elements = Elements(parse(ARTICLE))
    assert [tag.name for tag in elements.pick(".none, li, p")] == ["li"]
    assert elements.pick("") == []

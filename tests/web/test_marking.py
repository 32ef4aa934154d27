"""Hits and mentions of officials in printed text: every tag nests, and the text stays as printed."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from web.marking import HitMarker, OfficialLink, mark

_TEXT = st.text(alphabet="aâđ\u0301 <>&\"'\n🙂", max_size=40)


@st.composite
def stretches(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """Stretches of a text in order, none empty, none overlapping."""
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=10)))
    return [pair for pair in zip(edges[::2], edges[1::2], strict=False) if draw(st.booleans())]


class _Nesting(HTMLParser):
    """Fails where a tag is closed that is not the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in self.open
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(st.data())
def test_tags_nest_and_without_them_the_text_is_as_printed(data: Any) -> None:
    text = data.draw(_TEXT)
    spans = tuple(data.draw(stretches(len(text))))
    linked = data.draw(stretches(len(text)))
    named = [OfficialLink(start, end, f"/official/{start}", '"Sao" & <Mai>', first=True) for start, end in linked]
    walk = HitMarker()
    html = str(walk.mark(text, spans, named))
    assert unescape(re.sub(r"<[^>]*>", "", html.replace('title="&#34;Sao&#34; &amp; &lt;Mai&gt;"', ""))) == text
    nesting = _Nesting()
    nesting.feed(html)
    nesting.close()
    assert not nesting.open
    page = BeautifulSoup(f"<pre>{html}</pre>", "html.parser")  # elsewhere it reads two spaces as one
    assert [link.text for link in page.select("a")] == [text[start:end] for start, end in linked]
    assert "".join(hit.text for hit in page.select("mark")) == "".join(text[start:end] for start, end in spans)
    assert [hit["id"] for hit in page.select("mark[id]")] == [f"hit-{number + 1}" for number in range(len(spans))]
    assert walk.count == len(spans)


@given(st.data())
def test_marks_alone_leave_the_text_as_printed(data: Any) -> None:
    text = data.draw(_TEXT)
    html = str(mark(text, tuple(data.draw(stretches(len(text))))))
    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == text


def test_an_official_named_in_the_text_leads_to_his_page_and_says_his_office(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/article/baomau-3?q=sao dự").text, "html.parser")
    link = page.select_one(".lead a.named")
    assert (link.text, link["href"]) == ("Lê Văn Sao", "/official/le-van-sao")
    assert link["title"] == "Lê Văn Sao – Bộ trưởng Bộ Xây dựng"
    assert [hit.text for hit in link.select("mark")] == ["Sao"]
    assert [other.text for other in page.select("p:not(.lead) > a.named")] == ["Trần Thị Mai"]


def test_the_tab_key_stops_once_an_official(client: FlaskClient) -> None:
    page = BeautifulSoup(client.get("/article/baomau-3").text, "html.parser")
    stops = [link["href"] for link in page.select("a.named:not([tabindex])")]
    assert len(stops) == len(set(stops))
    assert {link["href"] for link in page.select("a.named")} == set(stops)


def test_a_server_of_snippets_numbers_only_the_hits_that_it_shows(make: Any) -> None:
    page = BeautifulSoup(make(snippets_only=True).test_client().get("/article/baomau-3?q=cầu bến").text, "html.parser")
    assert [link["href"].removeprefix("#") for link in page.select(".walk a")] == [
        hit["id"] for hit in page.select("mark")
    ]

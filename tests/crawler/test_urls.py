"""One spelling for one page, and nothing that is the page's identity lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import UrlError
from crawler.urls import canonical, looks_endless


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("HTTPS://SuoiMo.Example:443/A/b.html#top", "https://suoimo.example/A/b.html"),
        ("http://suoimo.example", "http://suoimo.example/"),
        ("http://suoimo.example:8080/x", "http://suoimo.example:8080/x"),
        ("https://a.example/x?utm_source=z&ItemID=99&fbclid=1", "https://a.example/x?ItemID=99"),
        ("https://a.example/?pageid=27160&docid=217876", "https://a.example/?pageid=27160&docid=217876"),
        ("https://a.example/x?zarsrc=30&gidzl=q", "https://a.example/x"),
        ("https://\ufeffa.example/\u200bx ", "https://a.example/x"),
        ("https://a.example/đ ường", "https://a.example/%C4%91%20%C6%B0%E1%BB%9Dng"),
        ("https://a.example/%c4%91%7e%41", "https://a.example/%C4%91~A"),
        ("https://a.example/a/./b/../c", "https://a.example/a/c"),
        ("https://a.example/../../x", "https://a.example/x"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://báo.example/", "https://xn--bo-mia.example/"),
        ("https://a.example./x", "https://a.example/x"),
    ],
)
def test_each_page_has_one_spelling(given: str, wanted: str) -> None:
    assert canonical(given) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "x", "/x", "mailto:a@b", "ftp://a/", "file:///x", "http://", "http://u:p@a/", "http://a b/", "http://[::1/",
     "http://a:99999/", "http://a..b/", "http://-/", f"http://a/{'x' * 3000}", "data:text/html,x", "http://a\\b/"],
)  # fmt: skip
def test_what_cannot_be_fetched_is_no_url(text: str) -> None:
    with pytest.raises(UrlError):
        canonical(text)


@given(st.text(max_size=80))
def test_any_text_gives_a_stable_url_or_an_error(text: str) -> None:
    for url in (text, f"http://a.example/{text}", f"http://a.example/?{text}"):
        try:
            once = canonical(url)
        except UrlError:
            continue
        assert canonical(once) == once
        assert once.isascii()


def test_links_are_resolved_against_their_page() -> None:
    assert canonical("../b.html", "https://a.example/x/y/z.html") == "https://a.example/x/b.html"
    assert canonical("//b.example/x", "https://a.example/") == "https://b.example/x"


@pytest.mark.parametrize("path", ["/a/b/a/b/a/b/a/b", "/" + "/".join("abcdefghijklmn")])
def test_paths_that_repeat_themselves_look_endless(path: str) -> None:
    assert looks_endless(f"http://a.example{path}")
    assert not looks_endless("http://a.example/chinh-tri/2026/03/bai-viet-post12.html")


_WEB = st.text(alphabet="abcZ09-_.~/%:?#@&= đ", max_size=30)


@given(host=st.sampled_from(["a.example", "b-c.d.vn", "-a.example", "a..b", "127.0.0.1", "A.example", "x"]), rest=_WEB)
def test_plain_links_are_spelled_as_all_others(host: str, rest: str) -> None:
    """A fragment is no part of the spelling, and no plain link has one: with it the long way is gone."""
    for url, base in ((f"https://{host}{rest}", None), (rest, "https://A.example:443/x/y.html"), (rest, "http://b.vn")):
        if "#" not in url and url == url.strip():
            assert _said(url, base) == _said(f"{url}#there", base)


def _said(url: str, base: str | None) -> str:
    try:
        return canonical(url, base)
    except UrlError:
        return "refused"

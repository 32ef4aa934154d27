"""What a robots.txt allows: a table after RFC 9309 and Google's documentation of its parser, a line an assertion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.robots_txt import LONGEST_LINE, parse_robots

HOST = "https://suoimo.example"
OURS = "User-agent: TraTin\n"
ALL = "User-agent: *\n"
LONG = "/x/" + "a" * (LONGEST_LINE - len("disallow: ") - 4)

TABLE: dict[str, tuple[str, str, str]] = {
    # claim: (robots.txt, what may be fetched, what may not); paths apart by spaces
    "an empty file allows all": ("", "/ /a /a?b=1", ""),
    "a comment is no rule": ("# Disallow: /\n", "/ /a", ""),
    "rules before any group count for nobody": (f"Disallow: /a\n{OURS}Disallow: /b\n", "/ /a", "/b"),
    "an unknown key is no rule": (f"{OURS}Foo: /\nNoindex: /a\n", "/ /a", ""),
    "a prefix": (f"{OURS}Disallow: /tin\n", "/ /Tin /x/tin /ti", "/tin /tin/ /tin/a /tinh /tin.html /tin?x=1"),
    "a folder": (f"{OURS}Disallow: /tin/\n", "/tin /tin.html /tinh/", "/tin/ /tin/a /tin/?a=1"),
    "nothing disallowed": (f"{OURS}Disallow:\n", "/ /a", ""),
    "everything disallowed": (f"{OURS}Disallow: /\n", "", "/ /a /a/b?c=d"),
    "case counts in paths": (f"{OURS}Disallow: /Tin\n", "/tin /TIN", "/Tin /Tin/a"),
    # keys
    "keys in capitals": ("USER-AGENT: TraTin\nDISALLOW: /a\nALLOW: /a/b\n", "/ /a/b", "/a /a/c"),
    "keys in any case": ("uSeR-aGeNt: TraTin\ndIsAlLoW: /a\n", "/", "/a"),
    "space around keys and values": ("  User-agent  :  TraTin  \n\tDisallow\t:\t/a\t\n", "/", "/a"),
    "a missing colon": ("User-agent TraTin\nDisallow /a\n", "/", "/a"),
    "a missing colon with more words is nothing": (f"{OURS}Disallow /a b\n", "/ /a", ""),
    "user agent misspelt": ("Useragent: TraTin\nDisallow: /a\n", "/", "/a"),
    "user agent as two words": ("User agent: TraTin\nDisallow: /a\n", "/", "/a"),
    "disallow misspelt": (f"{OURS}Dissallow: /a\nDissalow: /b\nDisalow: /c\nDiasllow: /d\n", "/", "/a /b /c /d"),
    "a comment after a rule": (f"{OURS}Disallow: /a # and more\nDisallow: /b#c\n", "/", "/a /b"),
    # lines
    "lines end with CR LF": ("User-agent: TraTin\r\nDisallow: /a\r\n", "/", "/a"),
    "lines end with CR": ("User-agent: TraTin\rDisallow: /a\r", "/", "/a"),
    "lines end in all ways": ("User-agent: TraTin\r\nDisallow: /a\rDisallow: /b\nDisallow: /c", "/", "/a /b /c"),
    "blank lines part nothing": (f"{OURS}\n\nDisallow: /a\n\n\nDisallow: /b\n", "/", "/a /b"),
    "a byte-order mark at the start": (f"\ufeff{OURS}Disallow: /a\n", "/", "/a"),
    "a mark inside spoils its own line only": (f"{OURS}\ufeffDisallow: /a\nDisallow: /b\n", "/ /a", "/b"),
    "a long line is cut": (f"{OURS}disallow: {LONG}/qux\n", "/ /x/a", f"{LONG}/qux {LONG}/other"),
    # groups
    "another's group is not ours": ("User-agent: Other\nDisallow: /\n", "/ /a", ""),
    "everybody's group is ours": (f"{ALL}Disallow: /a\n", "/", "/a"),
    "our own group goes before everybody's": (f"{ALL}Disallow: /\n{OURS}Disallow: /a\n", "/ /b", "/a"),
    "wherever it stands": (f"{OURS}Disallow: /a\n{ALL}Disallow: /\n", "/ /b", "/a"),
    "an empty group of our own frees us": (f"{ALL}Disallow: /\n{OURS}", "/ /a", ""),
    "several agents share a group": (f"User-agent: Other\n{OURS}Disallow: /a\n", "/", "/a"),
    "we share with everybody": (f"{ALL}{OURS}Disallow: /a\n", "/", "/a"),
    "our groups are one": (f"{OURS}Disallow: /a\nUser-agent: Other\nDisallow: /b\n{OURS}Disallow: /c\n", "/b", "/a /c"),
    "everybody's groups are one": (
        f"{ALL}Disallow: /a\nUser-agent: X\nDisallow: /b\n{ALL}Disallow: /c\n",
        "/b",
        "/a /c",
    ),
    "a rule closes the list of agents": (f"User-agent: X\nDisallow: /x\n{OURS}Disallow: /a\n", "/x", "/a"),
    "an allow closes it too": (f"User-agent: X\nAllow: /x\n{OURS}Disallow: /a\n", "/x", "/a"),
    "a sitemap does not close it": (f"User-agent: X\nSitemap: /s.xml\n{OURS}Disallow: /a\n", "/", "/a"),
    "and what follows is both's": (f"{OURS}Sitemap: /s.xml\nUser-agent: X\nDisallow: /a\n", "/", "/a"),
    "an unknown line does not close it": (f"{OURS}Foo: bar\nUser-agent: X\nDisallow: /a\n", "/", "/a"),
    "nor does a delay": (f"{OURS}Crawl-delay: 5\nUser-agent: X\nDisallow: /a\n", "/", "/a"),
    "an unknown line splits no rules": (f"{OURS}Disallow: /a\nFoo: bar\nDisallow: /b\n", "/", "/a /b"),
    # names
    "case does not count in names": ("User-agent: TRATIN\nDisallow: /a\n", "/", "/a"),
    "a version after the name": ("User-agent: TraTin/0.1\nDisallow: /a\n", "/", "/a"),
    "anything after the name": ("User-agent: TraTin Bot\nDisallow: /a\n", "/", "/a"),
    "a bracket after the name": ("User-agent: TraTin(+https://x)\nDisallow: /a\n", "/", "/a"),
    "a star after the name": ("User-agent: TraTin*\nDisallow: /a\n", "/", "/a"),
    "a longer name is another's": ("User-agent: TraTinh\nDisallow: /a\n", "/ /a", ""),
    "a name with a hyphen is another's": ("User-agent: TraTin-News\nDisallow: /a\n", "/ /a", ""),
    "a shorter name is another's": ("User-agent: Tra\nDisallow: /a\n", "/ /a", ""),
    "our version names us first": (
        f"{ALL}Disallow: /\nUser-agent: TraTin/0.1\nDisallow: /a\n",
        "/ /b",
        "/a",
    ),
    "a star with words is everybody": ("User-agent: * all robots\nDisallow: /a\n", "/", "/a"),
    "a star glued to a word is nobody": ("User-agent: *Bot\nDisallow: /a\n", "/ /a", ""),
    # precedence
    "the longer rule wins": (f"{OURS}Disallow: /a/trang.html\nAllow: /a/\n", "/a/ /a/b", "/a/trang.html"),
    "whichever it is": (f"{OURS}Allow: /a/trang.html\nDisallow: /a/\n", "/a/trang.html", "/a/ /a/b"),
    "of one length the allow": (f"{OURS}Disallow: /a\nAllow: /a\n", "/a /a/b", ""),
    "of one length the allow, first too": (f"{OURS}Allow: /a\nDisallow: /a\n", "/a /a/b", ""),
    "nothing against nothing": (f"{OURS}Disallow:\nAllow:\n", "/ /a", ""),
    "the root allowed only": (f"{OURS}Allow: /$\nDisallow: /\n", "/", "/a /index.html"),
    "a letter against all": (f"{OURS}Allow: /t\nDisallow: /\n", "/tin /t", "/ /a"),
    "a wildcard weighs its length": (f"{OURS}Allow: /tran\nDisallow: /*.htm\n", "/tran", "/trang.htm /b.html"),
    "a longer allow against a wildcard": (f"{OURS}Allow: /a/trang.\nDisallow: /*.html\n", "/a/trang.html", "/a/y.html"),
    "the order of lines is nothing": (f"{OURS}Disallow: /\nAllow: /tin/\nDisallow: /tin/x\n", "/tin/a", "/ /a /tin/x"),
    # patterns
    "a star at the end is nothing": (f"{OURS}Disallow: /tin*\n", "/ /xtin", "/tin /tinh /tin/a"),
    "a star is any text": (f"{OURS}Disallow: /a/*/c\n", "/a/c /a/b/d /x/a/b/c", "/a/b/c /a/b/d/c /a//c /a/b/cd"),
    "a star at the start": (f"{OURS}Disallow: *.php\n", "/ /php", "/a.php /b/a.php?x"),
    "an ending anywhere": (
        f"{OURS}Disallow: /*.php\n",
        "/a /php/ /a?php /a.PHP",
        "/a.php /b/a.php /a.php5 /a?f=b.php",
    ),
    "an ending at the end": (f"{OURS}Disallow: /*.php$\n", "/a.php?x=1 /a.php5 /a.php/ /php", "/a.php /b/a.php"),
    "a dollar is the end": (f"{OURS}Disallow: /a$\n", "/a/ /ab /a?b", "/a"),
    "a dollar inside is a sign": (f"{OURS}Disallow: /a$b\n", "/a /ab", "/a$b /a$bc"),
    "stars beside each other": (f"{OURS}Disallow: /a**b\n", "/a /b", "/ab /axb"),
    "stars and an end": (f"{OURS}Disallow: /*a*b$\n", "/ab/ /b /xa", "/ab /xayb /a/b"),
    "the end may not overlap": (f"{OURS}Disallow: /ab*ba$\n", "/aba", "/abba /abxba"),
    "a query": (f"{OURS}Disallow: /*?trang=\n", "/a /a?x=1 /?x&trang=1", "/a?trang=2 /?trang="),
    "a query with an address in it": (
        f"{OURS}Disallow: /a?u=http://b.vn?c&d\n",
        "/a?u=http://b.vn",
        "/a?u=http://b.vn?c&d&e",
    ),
    "an index is its folder": (
        f"{OURS}Disallow: /\nAllow: /a/index.html\n",
        "/a/ /a/index.html",
        "/a /a/b /a/index.htm",
    ),
    "and not when disallowed": (f"{OURS}Disallow: /a/index.html\n", "/a/ /a/index.htm", "/a/index.html"),
    # octets
    "letters beyond ASCII": (f"{OURS}Disallow: /tỉnh\n", "/tinh", "/t%E1%BB%89nh /t%E1%BB%89nh/a"),
    "escapes in small letters": (f"{OURS}Disallow: /t%e1%bb%89nh\n", "/tinh", "/t%E1%BB%89nh"),
    "an escaped sign that needs none": (f"{OURS}Disallow: /%74in\n", "/in", "/tin /%74in"),
    "an escaped slash is no slash": (f"{OURS}Disallow: /a%2Fb\n", "/a/b", "/a%2Fb"),
}


def assertions() -> Iterator[tuple[str, str, bool]]:
    for claim, (_, open_to_us, closed) in TABLE.items():
        for paths, allowed in ((open_to_us, True), (closed, False)):
            yield from ((claim, path, allowed) for path in paths.split())


@pytest.mark.parametrize(("claim", "path", "allowed"), list(assertions()), ids=lambda value: str(value)[:40])
def test_a_path_is_open_or_closed(claim: str, path: str, allowed: bool) -> None:
    assert parse_robots(TABLE[claim][0]).allows(f"{HOST}{path}", "TraTin") is allowed


def test_the_table_is_long() -> None:
    assert len(list(assertions())) >= 140


@pytest.mark.parametrize(
    ("url", "path"),
    {
        "": "/",
        "https://a.example": "/",
        "https://a.example/": "/",
        "https://a.example/b/c?d=https://e.example/": "/b/c?d=https://e.example/",
        "https://a.example/b?c#d": "/b?c",
        "https://a.example?b": "/?b",
        "//a.example/b": "/b",
        "a.example/b;c#d": "/b;c",
        "/b": "/b",
        "a": "/",
    }.items(),
)
def test_of_a_url_path_and_query_count(url: str, path: str) -> None:
    closed = parse_robots(f"{OURS}Disallow: {path}$\n")
    assert not closed.allows(url, "TraTin")
    assert closed.allows(f"{HOST}{path}x", "TraTin")


@pytest.mark.parametrize(
    ("written", "seconds"),
    {
        "5": 5,
        "1.5": 1.5,
        "1,5": 1.5,
        "0": 0,
        " 7 ": 7,
        "-1": None,
        "x": None,
        "": None,
        "1:30": None,
        "5 # s": 5,
    }.items(),
)
def test_a_delay_is_a_number_with_a_point_or_a_comma(written: str, seconds: float | None) -> None:
    assert parse_robots(f"{OURS}Crawl-delay: {written}\nDisallow: /a").delay("TraTin") == seconds


def test_the_delay_of_our_own_group_goes_before_everybodys() -> None:
    text = f"{ALL}Crawl-delay: 9\nDisallow: /a\n{OURS}Crawl-delay: 2\nDisallow: /b\n"
    assert parse_robots(text).delay("TraTin") == 2
    assert parse_robots(text).delay("Other") == 9


def test_sitemaps_stand_anywhere_and_may_be_relative() -> None:
    text = f"Sitemap: /a.xml\n{OURS}Disallow: /x\nsitemap: https://b.example/b.xml\nSite-map: c.xml\n"
    text += "Sitemap: javascript:1\n"
    assert parse_robots(text).sitemaps_at(HOST) == (f"{HOST}/a.xml", "https://b.example/b.xml", f"{HOST}/c.xml")


@given(st.text(alphabet="ab/*$%", max_size=12), st.text(alphabet="ab/", max_size=12))
def test_a_pattern_matches_as_its_regular_expression_does(pattern: str, path: str) -> None:
    import re

    end = "$" if pattern.endswith("$") else ""
    form = "".join(".*" if sign == "*" else re.escape(sign) for sign in pattern.removesuffix("$")) + end
    wanted = bool(pattern) and re.match(form.replace("$", r"\Z"), f"/{path}") is not None
    if "%" not in pattern:
        assert parse_robots(f"{OURS}Disallow: {pattern}").allows(f"{HOST}/{path}", "TraTin") is not wanted

"""robots.txt, and what servers send in its place."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from crawler.errors import Disallowed, FetchError, Unreachable
from crawler.exchange import Exchange
from crawler.robots import MAX_ROBOTS, Robots, Rules, read_rules

URL = "https://a.example/secret/x"
RULES = "User-agent: *\nDisallow: /secret/\nCrawl-delay: 7\nSitemap: https://a.example/s.xml\n"


def answer(body: bytes | str, status: int = 200) -> Exchange:
    raw = body.encode() if isinstance(body, str) else body
    return Exchange("https://a.example/robots.txt", (), status, "", (), raw, "2026-10-05T08:00:00+07:00")


def allowed(body: bytes | str, status: int = 200, url: str = URL) -> bool:
    try:
        Robots(lambda _url: answer(body, status)).check(url)
    except Disallowed:
        return False
    return True


@pytest.mark.parametrize(
    "body",
    [
        RULES,
        "\ufeff" + RULES,
        b"\xef\xbb\xbf\xef\xbb\xbf" + RULES.encode(),
        ("\ufeff" + RULES).encode("utf-16-le"),
        RULES.replace("\n", "\r\n"),
        RULES.replace("\n", "\r"),
        "User-agent: tratin\nDisallow: /secret/",
        "user-agent : TRATIN\ndisallow : /secret/",
        "User-agent: *\nDisallow: /\nAllow: /public/",
        "User-agent: *\nDisallow: /*/x$",
    ],
)
def test_a_rule_is_obeyed_however_it_is_written(body: bytes | str) -> None:
    assert not allowed(body)


@pytest.mark.parametrize(
    "body", ["", "#", "User-agent: Other\nDisallow: /", "User-agent: *\nDisallow:", b"\xff\x00\xfe"]
)
def test_what_forbids_nothing_allows_all(body: bytes | str) -> None:
    assert allowed(body)


def test_our_own_group_goes_before_everybodys() -> None:
    assert allowed("User-agent: *\nDisallow: /\n\nUser-agent: TraTin\nDisallow: /other/")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_robots_txt_means_no_rules(status: int) -> None:
    assert allowed(RULES, status)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_rules_that_cannot_be_known_forbid_all(status: int) -> None:
    assert not allowed("", status)


def test_an_unreachable_robots_txt_forbids_all() -> None:
    def unreachable(_url: str) -> Exchange:
        raise Unreachable("no connection")

    with pytest.raises(Disallowed, match="no connection"):
        Robots(unreachable).check(URL)


@pytest.mark.parametrize(
    "page", ["<!doctype html><html>", "\n  <html><script>document.cookie='x'</script>", "\ufeff<HTML>"]
)
def test_a_web_page_in_the_place_of_rules_is_not_read_as_leave(page: str) -> None:
    assert not allowed(page)


def test_only_the_first_500_kib_count() -> None:
    filler = "# x\n" * (MAX_ROBOTS // 4)
    assert allowed(filler + RULES)
    assert not allowed(RULES + filler * 3)


def test_the_delay_and_the_sitemaps_are_told() -> None:
    robots = Robots(lambda _url: answer(RULES))
    assert robots.delay(URL) == 7
    assert robots.sitemaps(URL) == ("https://a.example/s.xml",)


@pytest.mark.parametrize("delay", ["-1", "x", "", "1e400", "999999"])
def test_a_crawl_delay_that_makes_no_sense_does_not_stop_the_crawl(delay: str) -> None:
    robots = Robots(lambda _url: answer(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /secret/"))
    assert 0 <= robots.delay(URL) <= 600


class Memory:
    """Keeps rules in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, Rules] = {}
        self.recall_rules: Callable[[str], Rules | None] = self.kept.get
        self.keep_rules: Callable[[str, Rules], None] = self.kept.__setitem__


def test_rules_are_asked_for_once_a_day_over_all_runs() -> None:
    asked = []
    memory = Memory()

    def ask(url: str) -> Exchange:
        asked.append(url)
        return answer(RULES)

    for _ in range(3):
        robots = Robots(ask)
        robots.remember_in(memory)
        for _ in range(3):
            robots.delay(URL)
    assert asked == ["https://a.example/robots.txt"]
    memory.kept["https://a.example"] = Rules("rules", time.time() - 90_000, RULES)
    robots = Robots(ask)
    robots.remember_in(memory)
    robots.delay(URL)
    assert len(asked) == 2


def test_a_bomb_in_the_place_of_rules_is_an_error_not_a_crash() -> None:
    import gzip

    body = gzip.compress(b"\0" * 10**8)
    bomb = Exchange(URL, (), 200, "", (("Content-Encoding", "gzip"),), body, "2026-10-05T08:00:00+07:00")
    with pytest.raises(FetchError):
        read_rules(bomb, 0)
    with pytest.raises(Disallowed):
        Robots(lambda _url: bomb).check(URL)

"""A crawl in trouble: forbidden, challenged, failing, hanging, endless; the rest goes on and the report tells."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from crawler.frontier import Frontier
from crawler.report import CrawlReport, SiteReport
from crawler.sites.site import Site
from crawler.store.reading import StoreReader
from tests.crawler.conftest import HOST, QUICK, counts, lay_out, site
from tests.crawler.loopback import Answer, Paper, address, article_page, feed

Run = Callable[..., CrawlReport]
RunOne = Callable[..., SiteReport]


def test_robots_txt_is_obeyed_and_told(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(3))
    paper.pages["/robots.txt"] = f"User-agent: *\nDisallow: {address(1)}\n"
    report = run_one()
    assert counts(report) == {"new": 2, "blocked": 1}
    assert address(1) not in paper.asked
    assert report.reasons == {"robots.txt forbids it": 1}
    assert not report.needs


def test_a_site_that_forbids_all_needs_attention(paper: Paper, run: Run) -> None:
    lay_out(paper, range(3))
    paper.pages["/robots.txt"] = "User-agent: *\nDisallow: /\n"
    report = run()
    assert report.needs_attention
    assert counts(report.sites[0]) == {"blocked": 1}
    assert paper.asked == ["/robots.txt"]


def test_a_challenge_is_reported_and_never_kept(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    lay_out(paper, range(2))
    script = (
        "<html><body><script>document.cookie='D1N=abc'+';path=/';window.location.reload(true);</script></body></html>"
    )
    paper.pages[address(1)] = script
    report = run_one()
    assert counts(report) == {"new": 1, "blocked": 1}
    assert report.needs
    with StoreReader(tmp_path / "store.sqlite") as store:
        assert store.count() == 1


def test_a_page_that_fails_for_a_while_is_tried_again(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(2))
    tries = []

    def shaky(_handler: BaseHTTPRequestHandler) -> Answer:
        tries.append(1)
        return Answer(article_page(1).encode()) if len(tries) > 2 else Answer(b"busy", 503)

    paper.pages[address(1)] = shaky
    report = run_one(patience=QUICK)
    assert counts(report) == {"new": 2}
    assert len(tries) == 3


def test_a_page_that_never_works_is_given_up_with_its_reason(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(3))
    paper.pages[address(1)] = Answer(b"", 500)
    report = run_one()
    assert counts(report) == {"new": 2, "failed": 1}
    assert report.reasons == {"answers 500": 1}
    assert paper.asked.count(address(1)) == QUICK.tries


def test_retry_after_lets_the_whole_site_rest(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(3))
    asked: list[float] = []

    def busy(_handler: BaseHTTPRequestHandler) -> Answer:
        asked.append(time.monotonic())
        return Answer(article_page(1).encode()) if len(asked) > 1 else Answer(b"", 429, {"Retry-After": "1"})

    paper.pages[address(1)] = busy
    assert counts(run_one()) == {"new": 3}
    assert asked[1] - asked[0] >= 1


def test_a_site_that_wants_a_long_rest_gets_it(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(5))
    paper.pages |= {address(n): Answer(b"", 503, {"Retry-After": "3600"}) for n in range(5)}
    report = run_one()
    assert any("3600 seconds" in need for need in report.needs)
    assert len(paper.asked) == 3


def test_one_site_that_hangs_does_not_hold_up_the_others(paper: Paper, run: Run) -> None:
    lay_out(paper, range(3))
    slow = Paper({"*": lambda _handler: time.sleep(5)})
    hung = Site("hung.example", "Báo Treo", feeds=("http://hung.example/rss",))
    report = run(hung, site(), hosts={"hung.example": slow.address})
    assert counts(report.sites[1]) == {"new": 3}
    assert report.sites[0].needs
    slow.close()


def test_an_infinite_calendar_is_left(paper: Paper, run_one: RunOne) -> None:
    def calendar(_handler: BaseHTTPRequestHandler) -> Answer:
        number = len(paper.asked) * 10
        links = "".join(f'<li><a href="/lich-post{900000 + number + n}.html">Ngày {n}</a></li>' for n in range(10))
        return Answer(f"<html><head><title>Lịch</title></head><body><ul>{links}</ul></body></html>".encode())

    paper.pages = {"/robots.txt": "", "*": calendar}
    report = run_one(site(feeds=(), lists=(f"http://{HOST}/",)))
    assert report.needs
    assert len(paper.asked) <= 150


def test_articles_that_lead_to_articles_without_end_are_followed_a_few_steps(paper: Paper, run_one: RunOne) -> None:
    def endless(_handler: BaseHTTPRequestHandler) -> Answer:
        number = len(paper.asked) * 2
        links = "".join(f'<a href="{address(number + n)}">Bài {n}</a>' for n in range(2))
        return Answer(article_page(number, links=links).encode())

    paper.pages = {"/robots.txt": "", "*": endless}
    assert run_one(site(feeds=(), lists=(f"http://{HOST}/",))).counts["new"] == 2 + 4 + 8 + 16


def test_every_feed_sitemap_and_list_that_fails_is_named(paper: Paper, run_one: RunOne) -> None:
    paper.pages |= {"/rss": "<html>no feed</html>", "/map.xml": "<html>no map</html>", "/": "<p>trống</p>"}
    report = run_one(site(sitemaps=(f"http://{HOST}/map.xml",), lists=(f"http://{HOST}/", f"http://{HOST}/gone")))
    assert all(any(path in need for need in report.needs) for path in ("/rss:", "/map.xml:", "/gone:", "/ links to"))


def test_links_to_other_hosts_are_not_followed(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(1))
    paper.pages["/rss"] = Answer(feed("other.example", range(3)).body + b"", kind="application/rss+xml")
    run_one()
    assert set(paper.asked) == {"/robots.txt", "/rss"}


def test_not_modified_in_answer_to_a_plain_request_is_a_failure(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(2))
    paper.pages[address(1)] = Answer(b"", 304)
    assert counts(run_one()) == {"new": 1, "failed": 1}


def test_a_page_that_ends_the_crawl_each_time_is_left_alone(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    lay_out(paper, range(2))
    run_one(limit=1)
    for _ in range(QUICK.tries):
        with Frontier(tmp_path / "frontier.sqlite") as frontier:
            frontier.take(HOST, "2100-01-01T00:00:00+07:00")
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        for _ in range(QUICK.tries + 1):
            frontier.interrupted(HOST)
    report = run_one()
    assert any("ended each time" in reason for reason in report.reasons)
    assert report.needs


@pytest.mark.parametrize("word", ["", "http://", "javascript:void(0)"])
def test_a_site_whose_entry_is_wrong_is_reported(run_one: RunOne, word: str) -> None:
    report = run_one(site(feeds=(word,)))
    assert report.needs

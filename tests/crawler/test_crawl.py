"""The walk: what a newspaper does between two runs, and what the crawl makes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawler.captures import Captures
from crawler.frontier import Frontier
from crawler.ground import clock
from crawler.report import CrawlReport, SiteReport
from crawler.store.reading import StoreReader
from tests.crawler.conftest import HOST, counts, lay_out, site
from tests.crawler.loopback import Answer, Paper, address, article_page, feed

Run = Callable[..., CrawlReport]
RunOne = Callable[..., SiteReport]


def later(folder: Path) -> None:
    """Make every known article due now, as if time had passed."""
    with Frontier(folder / "frontier.sqlite") as frontier, frontier._writing() as db:
        db.execute("UPDATE page SET due = '2000-01-01T00:00:00+07:00' WHERE state IN ('done', 'blocked', 'failed')")


def test_articles_come_into_the_store_with_their_captures(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    lay_out(paper, range(3))
    report = run_one()
    assert counts(report) == {"new": 3}
    assert report.last_success
    assert not report.needs
    with StoreReader(tmp_path / "store.sqlite") as store, Captures(tmp_path / "warc") as captures:
        article = store.get(f"{HOST}-100001")
        assert article is not None
        assert article.title == "Xã Suối Mơ khởi công cây cầu số 1"
        assert article.published == "2026-10-05T08:30:00+07:00"
        assert article.source == HOST
        capture = captures.find(store.aliases(article.id), article.fetched)
        assert capture is not None
        assert "cây cầu số 1" in captures.read(capture).content.decode()


def test_a_second_run_fetches_nothing_that_is_not_due(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(3))
    run_one()
    before = len(paper.asked)
    assert counts(run_one()) == {}
    assert paper.asked[before:] == ["/rss"]


def test_an_edited_article_keeps_its_earlier_text(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    lay_out(paper, range(3))
    run_one()
    paper.pages[address(1)] = article_page(1, title="Xã Suối Mơ khởi công hai cây cầu")
    later(tmp_path)
    time.sleep(1.1)
    assert counts(run_one()) == {"changed": 1, "unchanged": 2}
    with StoreReader(tmp_path / "store.sqlite") as store:
        titles = [note.title for note in store.versions(f"{HOST}-100001")]
    assert titles == ["Xã Suối Mơ khởi công cây cầu số 1", "Xã Suối Mơ khởi công hai cây cầu"]


def test_known_articles_are_asked_for_conditionally(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    lay_out(paper, range(1))
    paper.pages[address(0)] = Answer(article_page(0).encode(), headers={"ETag": '"v1"'})
    run_one()
    later(tmp_path)
    assert counts(run_one()) == {"unchanged": 1}
    assert paper.headers[-1]["if-none-match"] == '"v1"'
    with Captures(tmp_path / "warc") as captures:
        found = captures.of([f"http://{HOST}{address(0)}"])
        assert [one.status for one in found] == [200, 304]
        assert captures.read(found[1]).content == captures.read(found[0]).content


def test_an_article_that_is_gone_is_marked_and_one_that_is_back_is_not(
    paper: Paper, run_one: RunOne, tmp_path: Path
) -> None:
    lay_out(paper, range(2))
    run_one()
    page = paper.pages.pop(address(1))
    later(tmp_path)
    assert counts(run_one()) == {"unchanged": 1, "removed": 1}
    with StoreReader(tmp_path / "store.sqlite") as store:
        assert store.state(f"{HOST}-100001") == "removed"
        assert store.get(f"{HOST}-100001") is not None
    paper.pages[address(1)] = page
    later(tmp_path)
    time.sleep(1.1)
    run_one()
    with StoreReader(tmp_path / "store.sqlite") as store:
        assert store.state(f"{HOST}-100001") == "live"


def test_a_moved_article_stays_one_article(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    lay_out(paper, range(1))
    run_one()
    moved = f"/tin/bai-viet-post{100000}.html"
    paper.pages |= {moved: paper.pages[address(0)], address(0): Answer(b"", 301, {"Location": moved})}
    later(tmp_path)
    run_one()
    with StoreReader(tmp_path / "store.sqlite") as store:
        assert store.count() == 1
        for path in (moved, address(0)):
            assert store.resolve(f"http://{HOST}{path}") == f"{HOST}-100000"


def test_links_lead_from_lists_and_articles_to_articles(paper: Paper, run_one: RunOne) -> None:
    paper.pages["/"] = "".join(f'<h3><a href="{address(n)}">Bài {n}</a></h3>' for n in range(3))
    for n in range(3):
        paper.pages[address(n)] = article_page(n, links=f'<a href="{address(n + 10)}">Bài liên quan</a>')
        paper.pages[address(n + 10)] = article_page(n + 10)
    assert counts(run_one(site(feeds=(), lists=(f"http://{HOST}/",)))) == {"new": 6}


def test_a_sitemap_index_leads_to_articles(paper: Paper, run_one: RunOne) -> None:
    paper.pages |= {address(n): article_page(n) for n in range(3)}
    urls = "".join(f"<url><loc>http://{HOST}{address(n)}</loc></url>" for n in range(3))
    paper.pages["/map.xml"] = f"<sitemapindex><sitemap><loc>http://{HOST}/m.xml</loc></sitemap></sitemapindex>"
    paper.pages["/m.xml"] = f"<urlset>{urls}<url><loc>http://{HOST}/gioi-thieu</loc></url></urlset>"
    assert counts(run_one(site(feeds=(), sitemaps=(f"http://{HOST}/map.xml",)))) == {"new": 3}


def test_since_leaves_older_articles_until_they_are_asked_for(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    paper.pages["/rss"] = feed(HOST, range(2), day="05 Oct 2026")
    paper.pages["/old"] = feed(HOST, range(2, 4), day="05 Oct 2025")
    paper.pages |= {address(n): article_page(n, day="2026-10-05" if n < 2 else "2025-10-05") for n in range(4)}
    both = site(feeds=(f"http://{HOST}/rss", f"http://{HOST}/old"))
    assert counts(run_one(both, since=date(2026, 1, 1))) == {"new": 2}
    assert address(2) not in paper.asked
    assert counts(run_one(both)) == {"new": 2}


def test_an_article_whose_age_shows_on_its_page_only_is_skipped_too(paper: Paper, run_one: RunOne) -> None:
    paper.pages["/"] = f'<a href="{address(0)}">Một bài</a>'
    paper.pages[address(0)] = article_page(0, day="2025-10-05")
    lists = site(feeds=(), lists=(f"http://{HOST}/",))
    assert counts(run_one(lists, since=date(2026, 1, 1))) == {"skipped": 1}
    assert counts(run_one(lists)) == {"new": 1}


def test_a_limit_is_kept_and_the_rest_waits_for_the_next_run(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(5))
    assert counts(run_one(limit=2)) == {"new": 2}
    assert counts(run_one(limit=2)) == {"new": 2}
    assert counts(run_one()) == {"new": 1}


def test_a_dry_run_fetches_no_article_and_keeps_nothing(paper: Paper, run_one: RunOne, tmp_path: Path) -> None:
    lay_out(paper, range(5))
    report = run_one(dry_run=True)
    assert counts(report) == {}
    assert sorted(report.would_fetch) == [f"http://{HOST}{address(n)}" for n in range(5)]
    assert sorted(paper.asked) == ["/robots.txt", "/rss"]
    assert not list((tmp_path / "warc").glob("*.warc.gz"))
    assert counts(run_one()) == {"new": 5}


def test_coverage_by_month_is_told(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(3))
    assert run_one().months == {"2026-10": 3}


def test_a_crawl_with_the_clock_ten_years_ahead_is_noticed_and_an_edit_after_it_is_shown(
    paper: Paper, run_one: RunOne, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(paper, range(3))
    with monkeypatch.context() as wrong:
        ahead = clock.now() + timedelta(days=3650)
        wrong.setattr(clock, "now", lambda: ahead)
        assert any("3650 days ahead of the server's" in need for need in run_one().needs)
    paper.pages[address(1)] = article_page(1, title="Xã Suối Mơ khởi công hai cây cầu")
    report = run_one()
    assert counts(report) == {}
    assert any("in a future that only a wrong clock knows" in need for need in report.needs)
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        assert frontier.reschedule(clock.stamp(), clock.stamp(clock.now() + timedelta(days=31)), lambda _id: True) == 3
    report = run_one()
    assert counts(report) == {"changed": 1, "unchanged": 2}
    assert not report.needs
    with StoreReader(tmp_path / "store.sqlite") as store:
        article = store.get(f"{HOST}-100001")
    assert article is not None
    assert article.title == "Xã Suối Mơ khởi công hai cây cầu"


def test_the_sitemaps_of_robots_txt_are_followed_relative_ones_too(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(1))
    paper.pages["/robots.txt"] = "Sitemap: /map.xml\nUser-agent: *\nDisallow:\n"
    urls = "".join(f"<url><loc>http://{HOST}{address(n)}</loc></url>" for n in range(1, 4))
    paper.pages["/map.xml"] = f"<urlset>{urls}</urlset>"
    paper.pages |= {address(n): article_page(n) for n in range(1, 4)}
    assert counts(run_one()) == {"new": 4}


def test_a_meta_refresh_is_followed_within_the_site_and_not_out_of_it(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(2))
    paper.pages[address(0)] = f'<html><meta http-equiv="Refresh" content="0; url={address(7)}"><body>…</body></html>'
    paper.pages[address(1)] = (
        '<html><meta http-equiv=refresh content="0;URL=http://127.0.0.1:9/x"><body>…</body></html>'
    )
    paper.pages[address(7)] = article_page(7)
    report = run_one()
    assert counts(report) == {"new": 1, "skipped": 2}
    assert not any("127.0.0.1" in path for path in paper.asked)


def test_a_copy_that_is_no_article_leads_to_its_canonical_page(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(1))
    paper.pages[address(0)] = f'<html><link rel=canonical href="{address(8)}"><body><p>Bản rút gọn</p></body></html>'
    paper.pages[address(8)] = article_page(8)
    assert counts(run_one()) == {"new": 1, "skipped": 1}


def test_a_feed_that_leads_to_another_host_is_said_to_have_moved(paper: Paper, run: Run) -> None:
    paper.pages["/rss"] = Answer(b"", 302, {"Location": "http://moimoi.example/moi"})
    paper.pages["/moi"] = feed(HOST, range(1))
    report = run(hosts={"moimoi.example": paper.address}).sites[0]
    assert any("has the paper moved?" in need for need in report.needs)


def test_a_changed_layout_is_noticed_by_what_the_latest_articles_lack(paper: Paper, run_one: RunOne) -> None:
    lay_out(paper, range(12))
    paper.pages |= {address(n): article_page(n, day="khi nao do") for n in range(12)}
    report = run_one()
    assert report.lately is not None
    assert (report.lately.articles, report.lately.undated, report.lately.without_text) == (12, 12, 0)
    assert any("12 of its 12 latest articles gave no date" in need for need in report.needs)


def test_pages_whose_text_is_for_machines_only_are_counted_and_said_to_be_a_changed_layout(
    paper: Paper, run_one: RunOne
) -> None:
    lay_out(paper, range(12))
    told = '{"@type": "NewsArticle", "headline": "Xã họp", "articleBody": "%s"}' % (
        "Xã Suối Mơ họp dân bàn việc. " * 20
    )
    for n in range(9):
        title = f"<h1>Xã Suối Mơ họp dân lần thứ {n}</h1>"
        paper.pages[address(n)] = f'<html>{title}<script type="application/ld+json">{told}</script></html>'
    report = run_one()
    assert report.pages == 12
    assert report.flags["body-from-json-ld"] == 9
    assert report.as_json()["flags"] == report.flags
    assert any("9 of 12 pages print no text, and tell it to machines only" in need for need in report.needs)

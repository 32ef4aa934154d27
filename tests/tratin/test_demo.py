"""The demo crawls the newsroom through the real fetcher, finds the correction the second time, and mixes nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.article import Article
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.cli.demo import crawl_newsroom, demo, refuse_to_mix, totals, tour
from tratin.errors import DemoRefused
from tratin.newsroom.paper import papers, stories
from tratin.newsroom.press import slug_of
from tratin.settings import Settings

READABLE = [story for story in stories() if not story.traps & {"challenge", "broken", "hidden"}]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    settings = Settings(data=tmp_path_factory.mktemp("demo"))
    return settings, crawl_newsroom(settings), crawl_newsroom(settings)


def test_the_first_run_keeps_every_readable_story_and_reports_the_rest(crawled):
    _, first, _ = crawled
    counts = totals(first)
    assert counts["new"] == len(READABLE)
    assert counts["blocked"] == 2, "the challenge page, and the page that robots.txt forbids"
    assert counts["failed"] + counts["skipped"] == 2, "the dead link, and the page cut off"


def test_the_second_run_takes_in_the_correction_and_nothing_else(crawled):
    settings, _, second = crawled
    counts = totals(second)
    assert counts["changed"] == 1
    assert counts["new"] == 0
    with StoreReader(settings.store_path) as reader:
        ((revised, versions),) = reader.revised(10)
        assert versions == 2
        titles = [note.title for note in reader.versions(revised)]
    assert "38,6 tỷ" in titles[0]
    assert "36,8 tỷ" in titles[-1]


def test_the_old_address_is_known_as_another_name_of_the_new_one(crawled):
    settings, *_ = crawled
    (moved,) = (story for story in stories() if story.old_path)
    (paper,) = (paper for paper in papers() if paper.key == moved.paper)
    with StoreReader(settings.store_path) as reader:
        old = reader.resolve(paper.root + moved.old_path)
        assert old is not None
        assert old == reader.resolve(paper.root + paper.story_path(moved))


def test_what_robots_txt_forbids_is_not_kept(crawled):
    settings, *_ = crawled
    with StoreReader(settings.store_path) as reader:
        assert not [article for article in reader.live() if "/noi-bo/" in (article.url or "")]


def test_the_command_indexes_what_it_crawled_and_tells_what_to_click(crawled):
    settings, *_ = crawled
    ran = CliRunner().invoke(demo, ["--no-serve", "--json"], obj=settings.data, catch_exceptions=False)
    assert ran.exit_code == 0
    told = json.loads(ran.stdout)
    assert told["index"]["documents"] == len(READABLE)
    assert {site["site"] for site in told["sites"]} == {paper.host for paper in papers()}
    assert [stop["path"] for stop in told["tour"]] == [stop.path for stop in tour()]


def test_invented_news_is_not_mixed_into_a_folder_of_real_news(tmp_path: Path):
    settings = Settings(data=tmp_path)
    refuse_to_mix(settings)
    with Store(settings.store_path) as store, store.committing():
        store.keep(Article(id="a-1", title="Tin thật", source="paper.vn", url="https://paper.vn/a-1.html"))
    with pytest.raises(DemoRefused, match="--data"):
        refuse_to_mix(settings)


def test_every_stop_of_the_tour_has_a_story_to_show():
    for stop in tour():
        words = set(slug_of(stop.query).split("-")) - {""}
        shown = [story for story in stories() if words <= set(slug_of(story.text).split("-"))]
        assert [story for story in shown if not stop.topic or stop.topic in story.topics], stop
        assert stop.path.startswith(("/?q=", "/topic/"))

"""One person has one office on one day, wherever one asks: page, list, card, hits, API and command line."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask.testing import FlaskClient

from crawler.article import Article
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from index.officials.directory.directory import Directory
from index.officials.directory.pages import OfficialNote
from index.officials.posts.name_keys import office_name
from tratin.cli.main import cli
from tratin.indexing import reindex
from tratin.newsroom.paper import papers, stories
from tratin.parts import open_searcher
from tratin.settings import Settings
from web.app import create_app
from web.backend import WebSettings

PEOPLE, DAYS = 50, 3
READ = [story for story in stories() if not story.traps & {"challenge", "broken", "hidden"}]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The newsroom's stories, stored and indexed."""
    made = Settings(tmp_path_factory.mktemp("answers"))
    hosts = {paper.key: paper.host for paper in papers()}
    with Store(made.store_path) as store:
        for story in READ:
            store.keep(
                Article(
                    id=story.slug,
                    title=story.title,
                    lead=story.lead,
                    paragraphs=story.paragraphs,
                    captions=story.captions,
                    published=story.published.isoformat(),
                    source=hosts[story.paper],
                )
            )
        store.commit()
    reindex(made, full=True, jobs=1, progress=lambda step, done, total: None)
    return made


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with StoreReader(settings.store_path) as store:
        yield create_app(open_searcher(settings), store, WebSettings(), lambda article, version: None).test_client()


@pytest.fixture(scope="module")
def people(settings: Settings) -> list[OfficialNote]:
    """The most often named, of Viet Nam and not."""
    return list(Directory(settings.registry_path).listed(0, PEOPLE, order="articles"))


def asked(settings: Settings, *words: str) -> dict[str, str | None]:
    """What the command line tells of one official."""
    answer = CliRunner().invoke(cli, ["--data", str(settings.data), "officials", *words, "--json"])
    assert answer.exit_code == 0, answer.output
    (told,) = json.loads(answer.stdout)
    return told  # type: ignore[no-any-return]


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def printed(told: dict[str, str | None]) -> str:
    """The office that a JSON document heads somebody with, as pages print it."""
    return office_name(told["title"] or "", told["organisation"])


def test_the_newest_office_is_the_same_wherever_a_person_is_named(
    settings: Settings, client: FlaskClient, people: list[OfficialNote]
) -> None:
    listed = client.get(f"/api/v1/officials?sort=articles&limit={PEOPLE}").get_json()["officials"]
    assert len(people) == PEOPLE
    assert [(told["id"], printed(told)) for told in listed] == [(one.id, one.office) for one in people]
    for one in people:
        role = soup(client, f"/official/{one.id}").select_one(".role")
        assert (role.text if role else "") == one.office
        row = soup(client, f"/officials?q={one.name}").find("a", href=f"/official/{one.id}").find_parent("tr")
        assert one.office in row.text
        card = soup(client, f"/?q={one.name}").select_one(f'.answer a[href="/official/{one.id}"]')
        assert card is not None
        assert one.office in card.find_parent(class_="answer").text
        assert printed(client.get(f"/api/v1/officials/{one.id}").get_json()) == one.office
        assert printed(asked(settings, one.id)) == one.office


def test_the_office_of_a_day_is_the_same_on_the_page_in_the_api_and_on_the_command_line(
    settings: Settings, client: FlaskClient, people: list[OfficialNote]
) -> None:
    known = 0
    for one in people:
        first, last = one.first, one.last
        assert first is not None
        assert last is not None
        for day in (first, last, last - (last - first) // 2)[:DAYS]:
            told = client.get(f"/api/v1/officials/{one.id}?on={day}").get_json()
            office = printed(told)
            role = soup(client, f"/official/{one.id}?on={day}").select_one(".role").text
            assert role.partition(": ")[2] == (office or "chưa rõ"), (one.id, day)
            line = asked(settings, one.id, "--on", str(day))
            assert (line["title"], line["organisation"]) == (told["title"], told["organisation"])
            known += bool(office)
        (hit,) = client.get(f"/api/v1/search?official={one.id}&limit=1").get_json()["hits"]
        (named,) = (printed(who) for who in hit["officials"] if who["id"] == one.id)
        then = client.get(f"/api/v1/officials/{one.id}?on={hit['published'][:10]}").get_json()
        assert named == printed(then), (one.id, hit["id"])
    assert known > len(people)

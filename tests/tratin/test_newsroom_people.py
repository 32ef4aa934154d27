"""The people of the stories are the people of the registry: one page each, and the namesakes apart."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.article import Article
from index.officials.directory.directory import Directory
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.officials.registry.registry import Registry
from tratin.cli.main import cli
from tratin.newsroom.paper import papers, stories
from tratin.newsroom.story import Story
from tratin.settings import Settings

NAMESAKES = {
    # The head of Lam Khê's department of transport, and the head of Đông Trạch district in Vân Trạch.
    "Lê Quang Hưởng": lambda story: story.paper,
    # Lam Khê's head of education, and a police officer of Đông Duyên.
    "Đinh Trọng Nghị": lambda story: story.slug == "khoi-to-nhom-lam-gia-the-nha-bao",
}
READ = [story for story in stories() if not story.traps & {"challenge", "broken", "hidden"}]
Person = tuple[str, object]


def person(name: str, story: Story) -> Person:
    """Whom the story means by the name."""
    return name, NAMESAKES[name](story) if name in NAMESAKES else None


def article_of(story: Story) -> Article:
    hosts = {paper.key: paper.host for paper in papers()}
    return Article(
        id=f"{story.paper}-{story.slug}",
        title=story.title,
        lead=story.lead,
        paragraphs=story.paragraphs,
        captions=story.captions,
        source=hosts[story.paper],
        published=story.published.isoformat(),
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reindex leaves of the stories."""
    data = tmp_path_factory.mktemp("newsroom")
    with Registry(Settings(data=data).registry_path) as registry:
        for story in READ:
            article = article_of(story)
            registry.record(entry_of(article, recognize(article)))
        registry.resolve_all()
    return data


@pytest.fixture(scope="module")
def pages(data: Path) -> dict[Person, dict[str, list[str]]]:
    """Person → id of a page → the stories on it."""
    db = sqlite3.connect(Settings(data=data).registry_path)
    told = {(article, name): id for article, name, id in db.execute("SELECT article, name, official FROM found")}
    found: dict[Person, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for story in READ:
        for name, _ in story.officials:
            if id := told.get((f"{story.paper}-{story.slug}", name)):
                found[person(name, story)][id].append(story.slug)
    return found


def test_every_person_has_one_page(pages):
    assert len(pages) > 70
    assert {who: dict(ids) for who, ids in pages.items() if len(ids) > 1} == {}


def test_no_page_is_of_two_people(pages):
    people = defaultdict(set)
    for who, ids in pages.items():
        for id in ids:
            people[id].add(who)
    assert {id: whom for id, whom in people.items() if len(whom) > 1} == {}
    assert all(sum(name == one for name, _ in pages) == 2 for one in NAMESAKES)


def test_offices_are_shown_with_their_province(data: Path):
    notes = list(Directory(Settings(data=data).registry_path).names())
    bare = [note for note in notes if note.office.endswith(("tỉnh", "Tỉnh ủy", "huyện", "Huyện ủy"))]
    assert [note.name for note in bare] == ["Đoàn Hữu Chí"], "no story says with `tỉnh` of which province he is"
    shown = {note.name: note.office for note in notes}
    assert shown["Quách Văn Đạt"] == "Bí thư Đảng ủy các cơ quan Đảng tỉnh Lam Khê"
    assert shown["Thái Bá Ngọc"] == "Trưởng Ban Quản lý Khu kinh tế Vân Trạch"


@pytest.mark.parametrize(
    ("office", "day", "holder"),
    [
        ("Chủ tịch UBND tỉnh Lam Khê", "2024-07-01", "Đoàn Khắc Nhượng"),
        ("Chủ tịch UBND tỉnh Lam Khê", "2024-10-01", "Hà Thị Bích Đào"),
        ("Chủ tịch UBND tỉnh Lam Khê", "2025-08-01", "Châu Minh Tường"),
        ("Bí thư Tỉnh ủy Lam Khê", "2024-01-15", "Lò Thanh Phiêu"),
        ("Bí thư Tỉnh ủy Lam Khê", "2024-10-01", "Đoàn Khắc Nhượng"),
        ("Bí thư Tỉnh ủy Vân Trạch", "2024-07-01", "Dương Quốc Thăng"),
        ("Bí thư Tỉnh ủy Đông Duyên", "2025-04-01", "Lâm Thị Ngọc Sương"),
    ],
)
def test_who_held_an_office_on_a_day(data: Path, office: str, day: str, holder: str):
    answer = CliRunner().invoke(cli, ["--data", str(data), "office", office, "--on", day, "--json"])
    assert [told["name"] for told in json.loads(answer.stdout)] == [holder]

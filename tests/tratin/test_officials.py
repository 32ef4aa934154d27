"""`tratin officials` and `tratin office` on a registry of invented people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.article import Article
from index.officials.recognition.recognizer import recognize
from index.officials.registry.entry import entry_of
from index.officials.registry.registry import Registry
from tratin.cli.main import cli


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """What a reindex leaves of three articles."""
    told = [
        ("a-1", "2024-01-10", "Sáng 9/1, Chủ tịch UBND tỉnh Hà Giang Lò Văn Bưởi dự hội nghị."),
        ("a-2", "2024-03-10", "Chủ tịch UBND tỉnh Hà Giang Lò Văn Bưởi tiếp công dân."),
        ("a-3", "2024-03-12", "Giám đốc Sở Y tế Cà Mau Lò Văn Bưởi trả lời phóng viên."),
    ]
    with Registry(tmp_path / "officials.sqlite") as registry:
        for id, day, sentence in told:
            article = Article(id, "Tin trong tỉnh", paragraphs=(sentence,), published=day)
            registry.record(entry_of(article, recognize(article)))
        registry.resolve_all()
    return tmp_path


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), *words])


def test_an_office_on_a_day_is_answered_with_dated_sentences(data: Path) -> None:
    answer = run(data, "office", "Chủ tịch UBND tỉnh Hà Giang", "--on", "2024-02-01", "--json")
    assert answer.exit_code == 0
    (holder,) = json.loads(answer.stdout)
    assert holder["name"] == "Lò Văn Bưởi"
    assert holder["confidence"] > 0.9
    assert [(sentence["article"], sentence["day"]) for sentence in holder["evidence"]] == [
        ("a-1", "2024-01-09"),
        ("a-2", "2024-03-10"),
    ]
    printed = run(data, "office", "chu tich ubnd tinh ha giang", "--on", "1/2/2024").stdout
    assert "Lò Văn Bưởi" in printed
    assert "2024-01-09" in printed


def test_an_office_nobody_is_known_in_exits_with_1_and_prints_an_empty_list(data: Path) -> None:
    for words in (("Bí thư Tỉnh ủy Sơn La",), ("Chủ tịch UBND tỉnh Hà Giang", "--on", "1999-01-01")):
        answer = run(data, "office", *words, "--json")
        assert answer.exit_code == 1
        assert json.loads(answer.stdout) == []


def test_an_official_is_headed_by_the_office_of_the_day_asked_for(data: Path) -> None:
    (first, *_) = json.loads(run(data, "officials", "Lò Văn Bưởi", "--json").stdout)
    told = run(data, "officials", first["id"], "--on", "2024-02-01").stdout.splitlines()[0]
    assert told == f"Lò Văn Bưởi, on 2024-02-01: Chủ tịch UBND tỉnh Hà Giang  ({first['id']})"
    assert ", on 1999-01-01: not known" in run(data, "officials", first["id"], "--on", "1/1/1999").stdout


def test_officials_of_one_name_are_listed_and_one_id_is_shown_whole(data: Path) -> None:
    both = json.loads(run(data, "officials", "lò văn bưởi", "--json").stdout)
    assert {(one["id"], one["organisation"]) for one in both} == {
        ("lo-van-buoi", "UBND tỉnh Hà Giang"),
        ("lo-van-buoi-2", "Sở Y tế Cà Mau"),
    }
    (one,) = json.loads(run(data, "officials", "lo-van-buoi", "--json").stdout)
    assert one["title"] == "Chủ tịch"
    assert one["tenures"][0]["first"] == "2024-01-09"
    assert "Others of this name" in run(data, "officials", "lo-van-buoi").stdout


def test_nobody_found_exits_with_1(data: Path, tmp_path: Path) -> None:
    assert run(data, "officials", "Người Nào Khác", "--json").exit_code == 1
    assert run(tmp_path / "empty", "officials").exit_code == 1

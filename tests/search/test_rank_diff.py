"""What moved between two rankings, and why: compared as data, and by the command on a real index of invented news."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.rank_diff import Placed, Ranking, queries_of, rank_diffs
from tests.search.conftest import article, build
from tratin.cli.main import cli
from tratin.settings import Settings


def ranking(*placed: tuple[str, float], total: int = 9, readings: tuple[str, ...] = ()) -> Ranking:
    articles = tuple(Placed(id, f"Tin {id}", worth, (), (("cầu", worth), ("rest", 0.1))) for id, worth in placed)
    return Ranking("cầu", total, readings, articles)


def test_a_move_tells_both_places_and_the_reasons_that_changed() -> None:
    old, new = ranking(("a", 3.0), ("b", 2.0)), ranking(("b", 5.0), ("a", 3.0))
    (diff,) = rank_diffs([old], [new], 10)
    assert [(move.id, move.old, move.new) for move in diff.moves] == [("b", 2, 1), ("a", 1, 2)]
    assert diff.moves[0].why == ("cầu 2.00 → 5.00",)
    assert diff.moves[1].why == ()  # only passed by another
    assert diff.kept == 2
    assert not diff.is_same


def test_what_left_the_top_is_followed_below_it_or_said_to_be_gone() -> None:
    old, new = ranking(("a", 4.0), ("b", 3.0), ("c", 2.0)), ranking(("c", 9.0), ("x", 8.0), ("b", 3.0))
    (diff,) = rank_diffs([old], [new], 2)
    assert [(move.id, move.old, move.new) for move in diff.moves] == [
        ("c", 3, 1), ("x", None, 2), ("a", 1, None), ("b", 2, 3)
    ]  # fmt: skip
    assert diff.kept == 0


def test_the_same_ranking_is_the_same_and_readings_are_told_where_they_differ() -> None:
    old, new = (
        ranking(("a", 4.0), readings=("place:x → y", "marks:z → w")),
        ranking(("a", 4.0), readings=("place:x → y",)),
    )
    (diff,) = rank_diffs([old], [new], 10)
    assert diff.is_same
    assert (diff.read_before, diff.read_now) == (("marks:z → w",), ())


def test_queries_are_lines_each_once() -> None:
    assert queries_of(" cầu \n\nlũ\ncầu\n") == ("cầu", "lũ")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ranked")
    old = article("old", "Cầu Bến Lội, cầu mới", "Cầu Bến Lội.", day="2014-01-01")
    new = article("new", "Tin về cầu Bến Lội sáng nay", "Bến Lội có cầu.", day="2024-01-01")
    build(Settings(data=folder), [old, new, article("far", "Lũ", "Nước lên.")])
    (folder / "queries.txt").write_text("cầu Bến Lội\nlũ\n", encoding="utf-8")
    return folder


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), "rank-diff", str(data / "queries.txt"), *words])


def test_a_setting_is_tried_before_it_is_served(data: Path) -> None:
    result = run(data, "--freshness", "50", "--json")
    assert result.exit_code == 0, result.output
    bridge, flood = json.loads(result.stdout)["queries"]
    assert [(move["id"], move["old"], move["new"]) for move in bridge["moves"]] == [("new", 2, 1), ("old", 1, 2)]
    assert bridge["moves"][0]["why"][0].startswith("rest ")
    assert [(move["old"], move["new"]) for move in flood["moves"]] == [(1, 1)]
    told = run(data, "--freshness", "50").output
    assert "2 → 1" in told
    assert "\nlũ " not in told
    assert "1 with the same top 10" in told


def test_the_setting_in_the_file_is_what_searches_use(data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    assert run(data, "--save", str(kept)).exit_code == 0
    assert "2 with the same top 10" in run(data, "--run", str(kept)).output
    settings = data / "tratin.toml"
    settings.write_text("freshness = 50\n", encoding="utf-8")
    try:
        assert "1 with the same top 10" in run(data, "--run", str(kept)).output
    finally:
        settings.unlink()


def test_another_folder_is_another_ranking(data: Path, tmp_path: Path) -> None:
    build(Settings(data=tmp_path), [article("only", "Cầu Bến Lội ở kho khác", "")])
    (bridge, _) = json.loads(run(data, "--other", str(tmp_path), "--json").stdout)["queries"]
    assert [(move["id"], move["new"]) for move in bridge["moves"]] == [("only", 1), ("old", None), ("new", None)]


@pytest.mark.parametrize("words", [(), ("--freshness", "1", "--save", "x.json")])
def test_it_must_be_clear_what_is_compared(data: Path, words: tuple[str, ...]) -> None:
    assert "give one of" in str(run(data, *words).exception)


def test_a_file_that_keeps_no_ranking_of_a_query_is_said_to(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"rankings": []}', encoding="utf-8")
    assert "has no ranking of 'cầu Bến Lội'" in str(run(data, "--run", str(other)).exception)
    other.write_text("[1]", encoding="utf-8")
    assert "is no kept ranking" in str(run(data, "--run", str(other)).exception)


def test_a_freshness_out_of_bounds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tratin.toml").write_text("freshness = -1\n", encoding="utf-8")
    (tmp_path / "queries.txt").write_text("cầu\n", encoding="utf-8")
    assert "freshness is -1" in str(run(tmp_path, "--save", str(tmp_path / "x")).exception)

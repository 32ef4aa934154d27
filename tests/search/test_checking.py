"""A list of names or queries is checked: a row each, with the same count that a search gives."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from index.officials.directory.pages import OfficialNote
from search.checking import COLUMNS, CheckedEntry, bearers, check, entries_of, query_of, rows
from search.request import SearchRequest
from search.searcher import Searcher
from tratin.cli.main import cli
from tratin.settings import Settings


def checked(searcher: Searcher, *entries: str) -> list[CheckedEntry]:
    return list(check(entries, searcher.summary, searcher.directory))


def test_a_row_counts_what_a_search_counts_with_first_and_last_day(searcher: Searcher) -> None:
    (bridge,) = checked(searcher, "cầu Bến Lội")
    assert bridge.count == searcher.search(SearchRequest("cầu Bến Lội")).total == 4
    assert (str(bridge.first), str(bridge.last)) == ("2024-08-01", "2025-08-18")  # the undated one is in no day
    assert bridge.best is not None
    assert bridge.best.id == searcher.search(SearchRequest("cầu Bến Lội")).hits[0].id
    assert bridge.officials == ()


def test_a_name_is_asked_for_as_a_phrase_because_its_words_apart_are_not_it(searcher: Searcher) -> None:
    somebody, words = checked(searcher, "Mười Văn Lò", "mười văn lò")
    assert (somebody.query, somebody.status, somebody.count) == ('"Mười Văn Lò"', "none", 0)
    assert (words.query, words.count > 0) == ("mười văn lò", True)
    for entry in ("UBND TP", "cầu Bến Lội", "nguồn:baolamkhe.example Cầu", "Lò", '"Lò Văn" Mười', "35/NQ CP"):
        assert query_of(entry) == entry


def test_what_stands_in_no_article_is_a_row_that_says_so(searcher: Searcher) -> None:
    (nobody,) = checked(searcher, "Xyzzy Qwertyp")
    assert (nobody.status, nobody.count, nobody.first, nobody.best) == ("none", 0, None, None)


def test_a_whole_name_is_somebody_and_a_part_of_one_or_other_marks_nobody(searcher: Searcher) -> None:
    whole, bare, part, other_marks = checked(searcher, "Lò Văn Mười", "lo van muoi", "Văn Mười", "Lò Vắn Mười")
    assert [one.name for one in whole.officials] == ["Lò Văn Mười"]
    assert bare.officials == whole.officials
    assert part.officials == ()
    assert other_marks.officials == ()


def test_namesakes_are_all_named(searcher: Searcher) -> None:
    class Two:
        def named(self, text: str) -> tuple[str, ...]:
            return ("a", "b", "c")

        def note(self, id: str) -> OfficialNote:
            name = "Lò Văn Tư" if id != "c" else "Vi Lò Văn Tư"
            return OfficialNote(id, name, "Bí thư", "Huyện ủy", 3, None, None)

    assert [one.id for one in bearers("Lò Văn Tư", Two())] == ["a", "b"]  # type: ignore[arg-type]


def test_what_does_not_get_its_turn_says_so_and_nothing_is_lost(searcher: Searcher) -> None:
    entries = ["cầu", "lũ", "dân vận"]
    told = list(check(entries, searcher.summary, searcher.directory, seconds=-1))
    assert [(one.entry, one.status) for one in told] == [(entry, "unchecked") for entry in entries]


def test_a_list_is_lines_and_a_table_its_first_column() -> None:
    assert entries_of("\ufeffLò Văn Tư, Bí thư\n\n  Vi Thị  Năm \n") == ["Lò Văn Tư, Bí thư", "Vi Thị Năm"]
    assert entries_of("Lò Văn Tư\tBí thư\nVi Thị Năm\tChủ tịch") == ["Lò Văn Tư", "Vi Thị Năm"]
    assert entries_of('Họ và tên,Chức vụ\n"Lò Văn Tư",Bí thư\n', table=True) == ["Lò Văn Tư"]
    assert entries_of("Lò Văn Tư;Bí thư, Huyện ủy\nVi Thị Năm;x", table=True) == ["Lò Văn Tư", "Vi Thị Năm"]
    assert entries_of("name\ncầu", table=False) == ["name", "cầu"]  # a list has no heading


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), max_size=8))
def test_every_line_is_an_entry(lines: list[str]) -> None:
    assert entries_of("\n".join(lines)) == lines


def test_the_command_reads_a_table_and_writes_one(searcher: Searcher, installation: Settings, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("tên,ghi chú\nLò Văn Mười,x\nKhông Có Ai,y\n", encoding="utf-8")
    told = CliRunner().invoke(cli, ["--data", str(installation.data), "check", str(path)])
    assert told.exit_code == 0, told.output
    table = list(csv.DictReader(io.StringIO(told.stdout.removeprefix("\ufeff"))))
    assert tuple(table[0]) == COLUMNS
    assert [(row["entry"], row["count"] != "0") for row in table] == [("Lò Văn Mười", True), ("Không Có Ai", False)]
    asked = ["--data", str(installation.data), "check", "-", "--json"]
    none = CliRunner().invoke(cli, asked, input="Không Có Ai\n")
    assert none.exit_code == 1
    assert json.loads(none.stdout)["entries"][0]["status"] == "none"
    assert CliRunner().invoke(cli, asked, input=" \n").exit_code == 1


def test_a_row_has_a_cell_for_every_column(searcher: Searcher) -> None:
    for row in rows(checked(searcher, "cầu", "Lò Văn Mười", "zzz")):
        assert len(row) == len(COLUMNS)

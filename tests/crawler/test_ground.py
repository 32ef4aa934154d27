"""The ground floor: one clock, one lock, one way of opening SQLite."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crawler.errors import StoreError, StoreLocked
from crawler.ground import clock, disk
from crawler.ground.database import copy_whole, lay_out, open_reading, open_writing, version_of
from crawler.ground.lock import hold


def test_days_count_from_1970_and_back() -> None:
    assert clock.day_number(date(1970, 1, 2)) == 1
    assert clock.day_at(clock.day_number(date(2025, 3, 1))) == date(2025, 3, 1)


def test_a_time_without_an_offset_is_vietnams_and_any_other_is_told_on_its_clock() -> None:
    assert clock.stamp(clock.in_vietnam("2025-03-01T08:00")) == "2025-03-01T08:00:00+07:00"
    assert clock.stamp(clock.in_vietnam("2025-03-01T20:00:00Z")) == "2025-03-02T03:00:00+07:00"


def test_the_second_to_ask_for_a_lock_is_told_who_holds_it(tmp_path: Path) -> None:
    told = rf"tratin import \(process {os.getpid()}, since .*a\.sqlite"
    with hold(tmp_path / "a.lock", StoreLocked, over=tmp_path / "a.sqlite", command="tratin import"):  # noqa: SIM117
        with pytest.raises(StoreLocked, match=told):
            hold(tmp_path / "a.lock", StoreLocked, over=tmp_path / "a.sqlite")
    hold(tmp_path / "a.lock", StoreLocked, over=tmp_path / "a.sqlite").close()


def test_a_lock_where_nothing_can_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="choose another folder with --data"):
        hold(tmp_path / "file" / "a.lock", StoreLocked, over=tmp_path)


def test_a_reader_sees_what_a_living_writer_has_committed_and_can_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(open_writing(path, synchronous="FULL")) as db:
        lay_out(db, "CREATE TABLE t (n INTEGER);", 7)
        db.execute("INSERT INTO t VALUES (1)")
        with closing(open_reading(path)) as reader:
            assert version_of(reader) == 7
            assert reader.execute("SELECT n FROM t").fetchall() == [(1,)]
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                reader.execute("DELETE FROM t")
        copy_whole(path, tmp_path / "copy.sqlite")
    with closing(open_reading(tmp_path / "copy.sqlite")) as copy:
        assert copy.execute("SELECT n FROM t").fetchall() == [(1,)]


def test_a_file_is_put_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    disk.make_folder(tmp_path / "a" / "b")
    disk.put(tmp_path / "a" / "b" / "c", b"first")
    disk.put(tmp_path / "a" / "b" / "c", b"second")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c"]
    assert (tmp_path / "a" / "b" / "c").read_bytes() == b"second"

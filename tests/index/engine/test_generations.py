"""Generations: swapped in whole, swept when nobody needs them, locked while one is written."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.engine import RETIRED_SECONDS
from index.engine.embedded import generations
from index.engine.embedded.flat.segment import segment_file
from index.engine.embedded.snapshot import Snapshot
from index.engine.embedded.stamp import FILE, read_stamp
from index.engine.embedded.writer import GenerationWriter, write_segment
from index.errors import IndexDamaged, IndexLocked, IndexMismatch, NoIndex
from tests.invented import articles, build, laid_out


def folders(index: Path) -> set[str]:
    return {path.name for path in index.iterdir() if path.is_dir()}


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.unlink()  # not the inode that another generation links to
    path.write_bytes(content)


def test_before_anything_was_indexed_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="run `tratin reindex` first"):
        Snapshot.open(tmp_path)


def test_unchanged_segments_are_hard_links(tmp_path: Path) -> None:
    first = build(tmp_path, [articles(20)])
    second = build(tmp_path, [articles(5, first=50)], base=first)
    name = segment_file(first.segments[0].id)
    assert (tmp_path / first.generation / name).samefile(tmp_path / second.generation / name)


def test_a_reader_keeps_its_generation_while_another_is_swapped_in(tmp_path: Path) -> None:
    first = build(tmp_path, [articles(20)])
    reader = Snapshot.open(tmp_path)
    second = build(tmp_path, [articles(5, first=50)])
    assert (reader.generation, reader.documents) == (first.generation, 20)
    assert [reader.stored(doc).id for doc in range(3)] == ["a-00000", "a-00001", "a-00002"]
    assert (Snapshot.open(tmp_path).generation, Snapshot.open(tmp_path).documents) == (second.generation, 5)


def test_a_replaced_generation_is_kept_for_a_quarter_of_an_hour(tmp_path: Path) -> None:
    first, second = build(tmp_path, [articles(3)]), build(tmp_path, [articles(4)])
    third = build(tmp_path, [articles(5)])
    assert folders(tmp_path) == {first.generation, second.generation, third.generation}
    past = time.time() - RETIRED_SECONDS - 1
    os.utime(tmp_path / first.generation / "retired", (past, past))
    with generations.writing(tmp_path, "test"):
        assert folders(tmp_path) == {second.generation, third.generation}


def test_what_a_crash_leaves_is_removed_by_the_next_writer(tmp_path: Path) -> None:
    done = build(tmp_path, [articles(3)])
    abandoned = GenerationWriter(tmp_path, done)
    abandoned.take(write_segment(abandoned.folder, map(laid_out, articles(2))))
    (tmp_path / "CURRENT.new").write_text("half")
    assert Snapshot.open(tmp_path).documents == 3
    with generations.writing(tmp_path, "test"):
        assert folders(tmp_path) == {done.generation}
        assert not (tmp_path / "CURRENT.new").exists()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from index.engine.embedded import generations
from index.errors import IndexLocked
try:
    with generations.writing(Path({str(tmp_path)!r}), "tratin reindex"): print("in")
except IndexLocked as error: print(error)
"""
    with generations.writing(tmp_path, "tratin reindex"):
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert f"tratin reindex (process {os.getpid()}, since " in second.stdout
        assert "wait until it is done" in second.stdout
        with pytest.raises(IndexLocked), generations.writing(tmp_path, "again"):
            pass
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "in\n"


def test_files_folder_and_index_are_synced_before_the_swap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def noting_fsync(descriptor: int) -> None:
        happened.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    def noting_rename(path: Path, target: Path) -> Path:
        happened.append(f"{path.name} becomes {target.name}")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(Path, "replace", noting_rename)
    (tmp_path / "index").mkdir()
    stamp = build(tmp_path / "index", [articles(3), articles(3, first=5)])
    segments = [segment_file(entry.id) for entry in stamp.segments]
    swap = ["CURRENT.new", "CURRENT.new becomes CURRENT", "index"]
    assert happened == [*segments, "_MAIN_1.toc", FILE, stamp.generation, "index", *swap]


def test_another_analyzer_is_one_clear_sentence(tmp_path: Path) -> None:
    with generations.writing(tmp_path, "test"):
        GenerationWriter(tmp_path, None).commit({"analyzer": "1", "taxonomy": "5"}, 0)
    Snapshot.open(tmp_path, {"analyzer": "1", "taxonomy": "6"})
    with pytest.raises(IndexMismatch, match="written with analyzer 1, this Tra Tin has 2: run `tratin reindex --full`"):
        Snapshot.open(tmp_path, {"analyzer": "2"})


@pytest.mark.parametrize("file", [FILE, "segment", "missing"])
def test_a_damaged_generation_gives_way_to_the_one_before(tmp_path: Path, file: str) -> None:
    first = build(tmp_path, [articles(20)])
    second = build(tmp_path, [articles(5, first=50)], base=first)
    own = tmp_path / second.generation / segment_file(second.segments[1].id)
    if file == "missing":
        own.unlink()
    else:
        flip(own if file == "segment" else tmp_path / second.generation / FILE, -20)
    opened = Snapshot.open(tmp_path)
    assert (opened.generation, opened.documents) == (first.generation, 20)


def test_damage_without_a_generation_before_is_an_error_and_not_an_empty_answer(tmp_path: Path) -> None:
    stamp = build(tmp_path, [articles(20)])
    file = tmp_path / stamp.generation / segment_file(stamp.segments[0].id)
    flip(file, 100)
    snapshot = Snapshot.open(tmp_path)
    with pytest.raises(IndexDamaged, match=r"checksum of body\.blob is wrong"):
        snapshot.postings("body", "dân")
    flip(file, -5)
    with pytest.raises(IndexDamaged):
        Snapshot.open(tmp_path)


def test_the_stamp_comes_back_as_written(tmp_path: Path) -> None:
    stamp = build(tmp_path, [articles(4), articles(2, first=9)])
    assert read_stamp(tmp_path / stamp.generation) == stamp
    assert stamp.documents == 6

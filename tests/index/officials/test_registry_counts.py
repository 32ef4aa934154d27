"""The registry kept up by what changed is, row by row, the one counted from everything. All people are invented."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.article import Article
from index.officials.directory.directory import Directory
from index.officials.recognition.found_officials import FoundOfficial, Mention, Position
from index.officials.registry import counts
from index.officials.registry.corrections import Corrections
from index.officials.registry.counts import Tallies
from index.officials.registry.entry import entry_of
from index.officials.registry.look_up_tables import Pages
from index.officials.registry.registry import Registry

_OFFICES = {
    "Lò Văn Bưởi": (("Chủ tịch", "UBND tỉnh Hà Giang"), ("Bí thư", "Tỉnh ủy Hà Giang")),
    "Mạc Thị Thịnh": (("Giám đốc", "Sở Y tế Cà Mau"), ("Giám đốc", "Sở Tài chính Cà Mau")),
    "Đặng Quýt": (("Bộ trưởng", "Bộ Y tế"),),
    "Hồ Thị Mận": (),
}
_said = st.builds(
    lambda name, at, former, mode, rank, capitals: (name, at, former, mode, rank, capitals),
    *(st.sampled_from(sorted(_OFFICES)), st.lists(st.integers(0, 1), max_size=2), st.booleans()),
    *(st.sampled_from(("", "", "acting", "new")), st.sampled_from((None, "Thiếu tướng")), st.booleans()),
)
_texts = st.tuples(st.lists(_said, max_size=3), st.sampled_from((None, *(f"2024-01-0{day}" for day in range(1, 8)))))
_batches = st.lists(
    st.dictionaries(st.sampled_from([f"a-{n}" for n in range(8)]), st.none() | _texts, min_size=1, max_size=5),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(_batches)
def test_changes_count_like_everything_counted_anew(batches: list[Mapping[str, Any]]) -> None:
    with _folder() as folder:
        path = folder / "officials.sqlite"
        for version, batch in enumerate(batches, 1):
            _change(path, version, batch)
            kept = _rows(path)
            with closing(sqlite3.connect(path)) as db, db:
                tallies = Tallies(db)
                tallies.recount()
                tallies.close()
                Pages(db, Corrections()).rewrite(tallies, {}, redirects={}, everything=True)
            assert kept == _rows(path)


def test_who_is_named_in_the_same_articles_is_told_with_how_many(tmp_path: Path) -> None:
    path = tmp_path / "officials.sqlite"
    one, two, three = (_said_of(name) for name in ("Lò Văn Bưởi", "Mạc Thị Thịnh", "Đặng Quýt"))
    _change(path, 1, {"a-1": ([one, two], None), "a-2": ([one, two, three], None), "a-3": ([one], None)})
    assert [(note.name, n) for note, n in Directory(path).together("lo-van-buoi")] == [
        ("Mạc Thị Thịnh", 2),
        ("Đặng Quýt", 1),
    ]
    _change(path, 2, {"a-1": None, "a-2": ([one, two], None)})
    assert [(note.name, n) for note, n in Directory(path).together("lo-van-buoi")] == [("Mạc Thị Thịnh", 1)]


def test_of_an_article_that_names_many_the_first_are_named_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "_TOGETHER", counts._TOGETHER.replace(f"+ {counts._PAIRED} ", "+ 2 "))
    path = tmp_path / "officials.sqlite"
    one, two, three = (_said_of(name) for name in ("Lò Văn Bưởi", "Mạc Thị Thịnh", "Đặng Quýt"))
    _change(path, 1, {"a-1": ([one, two, three], None), "a-2": ([three, one], None)})
    assert [(note.name, n) for note, n in Directory(path).together("lo-van-buoi")] == [
        ("Mạc Thị Thịnh", 1),
        ("Đặng Quýt", 1),
    ]
    assert [note.name for note, _ in Directory(path).together("dang-quyt")] == ["Lò Văn Bưởi"]
    _change(path, 2, {"a-1": None})
    assert [note.name for note, _ in Directory(path).together("lo-van-buoi")] == ["Đặng Quýt"]


@settings(max_examples=30, deadline=None)
@given(_batches)
def test_changes_that_were_not_resolved_are_not_counted(batches: list[Mapping[str, Any]]) -> None:
    with _folder() as folder:
        path = folder / "officials.sqlite"
        _change(path, 1, batches[0])
        before = _rows(path)
        with Registry(path) as registry:
            for id in batches[0]:
                registry.forget(id)
        assert _rows(path) == before


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _said_of(name: str) -> tuple[Any, ...]:
    return name, [0], False, "", None, False


def _change(path: Path, version: int, batch: Mapping[str, Any]) -> None:
    """Record or forget articles, and decide who is who."""
    with Registry(path) as registry:
        for id, told in batch.items():
            if told is None:
                registry.forget(id)
            else:
                _record(registry, id, version, *told)
        registry.resolve_all()


def _record(registry: Registry, id: str, version: int, said: list[tuple[Any, ...]], day: str | None) -> None:
    text = Article(id, "Tin", paragraphs=(" ".join(one[0] for one in said),), published=day, version=version)
    people = []
    for name, which, former, mode, rank, capitals in {one[0]: one for one in said}.values():
        at = text.text.index(name)
        shown = name.upper() if capitals else name
        offices = [_OFFICES[name][k] for k in dict.fromkeys(which) if k < len(_OFFICES[name])]
        positions = tuple(Position(title, body, former, mode) for title, body in offices)
        people.append(FoundOfficial(shown, (Mention(at, at + len(name), shown),), positions, rank=rank))
    registry.record(entry_of(text, tuple(people)))


def _rows(path: Path) -> dict[str, list[str]]:
    """The rows of every table, in order."""
    with closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}

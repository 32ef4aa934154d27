"""The registry kept up by what changed is, row by row, the registry made of everything. All people are invented."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.article import Article
from index.officials.entry import entry_of
from index.officials.found import FoundOfficial, Mention, Position
from index.officials.registry import Registry

# Every name has offices of its own, so who is who does not depend on the order in which articles come.
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


@settings(max_examples=40, deadline=None)
@given(_batches)
def test_changes_count_like_everything_anew(batches: list[Mapping[str, Any]]) -> None:
    with _folder() as folder:
        path, anew = folder / "officials.sqlite", folder / "anew.sqlite"
        for version, batch in enumerate(batches, 1):
            with Registry(path) as registry:
                for id, told in batch.items():
                    if told is None:
                        registry.forget(id)
                    else:
                        _record(registry, id, version, *told)
                registry.resolve_all()
            with closing(sqlite3.connect(path)) as db:
                db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(path, anew)
            with Registry(anew) as registry:
                registry.resolve_all(full=True)
            _forget_reasons(path, anew)
            assert _rows(path) == _rows(anew)


@settings(max_examples=30, deadline=None)
@given(_batches)
def test_changes_that_were_not_resolved_are_not_counted(batches: list[Mapping[str, Any]]) -> None:
    with _folder() as folder:
        path = folder / "officials.sqlite"
        with Registry(path) as registry:
            for id, told in batches[0].items():
                if told is not None:
                    _record(registry, id, 1, *told)
            registry.resolve_all()
        before = _rows(path)
        with Registry(path) as registry:
            for id in batches[0]:
                registry.forget(id)
        assert _rows(path) == before


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(folder)


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


def _forget_reasons(*paths: Path) -> None:
    """Why a mention is someone's may be said otherwise, when it is looked at alone or with all others of the name."""
    for path in paths:
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE found SET reason = 'any'")


def _rows(path: Path) -> dict[str, list[str]]:
    """The rows of every table, in order."""
    with closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(map(repr, db.execute(f"SELECT * FROM {table}"))) for table in tables}

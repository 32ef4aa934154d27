"""Who may read what Tra Tin writes: the umask decides, except for what holds passwords, keys, or who follows what."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.damage import made
from tratin.backup import backup, restore
from tratin.settings import load

_OWNERS_ALONE = ("alerts.sqlite", "alerts.sqlite-wal", "alerts.sqlite-shm", "alerts", "b.tar.gz")
"""Files, and the folder of feeds, that are their owner's whatever the umask."""


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077], ids=lambda mask: f"{mask:03o}")
def test_the_umask_decides_who_reads_and_what_is_secret_is_its_owners(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        wrong: list[str] = []
        settings = made(tmp_path / "home" / "var", wrong)
        backup(settings, tmp_path / "home" / "b.tar.gz")
        restore(load(tmp_path / "home" / "back"), tmp_path / "home" / "b.tar.gz")
    assert wrong == []
    restored = {f"back/{name}.toml" for name in ("tratin", "officials", "topics", "sites", "alerts")}
    seen = {}
    for path in (tmp_path / "home").rglob("*"):
        name = str(path.relative_to(tmp_path / "home"))
        mode = stat.S_IMODE(path.stat().st_mode)
        secret = path.name in _OWNERS_ALONE or name in restored
        widest = 0o777 if path.is_dir() else 0o666
        assert (name, oct(mode)) == (name, oct(widest & ~(0o077 if secret else mask)))
        seen[path.name] = mode
    assert {"alerts.sqlite", "alerts", "b.tar.gz", "store.sqlite", "stamp.json", "CURRENT"} <= seen.keys()

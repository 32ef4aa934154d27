"""Others' files lie in the data folder: nothing falls over them, and nothing of theirs is taken or removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.damage import made
from crawler.ground import disk
from tratin.backup import backup, restore
from tratin.indexing import reindex
from tratin.repairing import repair
from tratin.settings import Settings, load
from tratin.verifying import verify

_FILES = (
    "index/rác",
    "warc/tiếng việt.warc.gz",
    "warc/a\nb.warc.gz",
    "alerts/a\nb.atom",
    "alerts/Cầu.txt",
    "store.sqlite.bak",
)
_BYTES = b"warc/\xff\xfe.warc.gz"
_FOLDERS = ("warc/tratin-1.warc.gz", "alerts/feed.atom", "index/ghi chép", "index/2024-bao")
_LINKS = {"index/000009-beef": "..", "warc/tratin-0.warc.gz": "/nowhere/at/all", "alerts/away.atom": "/nowhere/at/all"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    wrong: list[str] = []
    settings = made(tmp_path_factory.mktemp("strangers") / "var", wrong)
    assert wrong == []
    for name in _FILES:
        (settings.data / name).write_bytes(b"")
    Path(os.fsdecode(os.fsencode(settings.data) + b"/" + _BYTES)).write_bytes(b"")
    for name in _FOLDERS:
        (settings.data / name).mkdir()
        (settings.data / name / "ours").touch()
    for name, target in _LINKS.items():
        (settings.data / name).symlink_to(target)
    return settings


def strangers(settings: Settings) -> int:
    here = [(settings.data / name) for name in (*_FILES, *(f"{folder}/ours" for folder in _FOLDERS))]
    return sum(path.is_file() for path in here) + sum((settings.data / name).is_symlink() for name in _LINKS)


def test_verify_repair_and_reindex_pass_by_them(settings: Settings) -> None:
    found = verify(settings)
    assert [fault for fault in found.faults if "index" not in fault.where] == []
    list(repair(settings, found, lambda: reindex(settings, full=True, jobs=1, progress=lambda *_: None)))
    reindex(settings, full=True, jobs=1, progress=lambda *_: None)
    assert verify(settings).sound
    assert strangers(settings) == len(_FILES) + len(_FOLDERS) + len(_LINKS)
    assert disk.size(settings.data) > 0


def test_a_backup_takes_none_of_them_says_so_and_can_be_restored(settings: Settings, tmp_path: Path) -> None:
    report = backup(settings, tmp_path / "b.tar.gz")
    assert "alerts/a\\nb.atom" in report.left_out
    assert "warc/a\\nb.warc.gz" in report.left_out
    assert all(name.isascii() and name.isprintable() for name in report.left_out)
    again = load(tmp_path / "again")
    assert restore(again, tmp_path / "b.tar.gz").files == report.files
    reindex(load(again.data), full=True, jobs=1, progress=lambda *_: None)
    assert verify(load(again.data)).sound

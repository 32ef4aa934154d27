"""A backup comes back whole, or not at all."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import os
import re
import signal
import tarfile
import tempfile
import time
from pathlib import Path

import pytest

from crawler.article import Article
from crawler.ground.seal import check
from crawler.store.reading import StoreReader
from crawler.store.verifying import verify_store
from crawler.store.writing import Store
from tratin.backup import backup, restore
from tratin.errors import BackupError
from tratin.settings import Settings


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "var")
    with Store(settings.store_path) as store:
        store.keep(Article(id="a-1", title="Cầu Vạn Đồn thông xe", paragraphs=("Một.", "Hai.")))
        store.commit()
    settings.warc_dir.mkdir()
    (settings.warc_dir / "one.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\n" * 500))
    (settings.data / "officials.toml").write_text("# sửa tay\n", encoding="utf-8")
    return settings


def test_a_backup_comes_back_as_it_was(kept: Settings, tmp_path: Path) -> None:
    backup(kept, tmp_path / "b.tar.gz")
    back = Settings(data=tmp_path / "again")
    assert restore(back, tmp_path / "b.tar.gz").files == 3
    with StoreReader(back.store_path) as store:
        article = store.get("a-1")
    assert article is not None
    assert article.paragraphs == ("Một.", "Hai.")
    assert (back.warc_dir / "one.warc.gz").read_bytes() == (kept.warc_dir / "one.warc.gz").read_bytes()
    assert (back.data / "officials.toml").read_text(encoding="utf-8") == "# sửa tay\n"


def test_a_backup_is_taken_while_another_command_writes(kept: Settings, tmp_path: Path) -> None:
    with Store(kept.store_path) as store:
        store.keep(Article(id="a-2", title="Chưa xong"))
        backup(kept, tmp_path / "b.tar.gz")
    back = Settings(data=tmp_path / "again")
    restore(back, tmp_path / "b.tar.gz")
    with StoreReader(back.store_path) as read:
        assert read.count() == 1


@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_a_backup_cut_short_is_refused_and_leaves_nothing(kept: Settings, tmp_path: Path, share: float) -> None:
    backup(kept, tmp_path / "b.tar.gz")
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: int(len(whole) * share)])
    back = Settings(data=tmp_path / "again")
    with pytest.raises(BackupError):
        restore(back, tmp_path / "cut.tar.gz")
    assert not back.data.exists()
    assert not list(tmp_path.glob(".*"))


def test_neither_a_backup_nor_a_full_folder_is_overwritten(kept: Settings, tmp_path: Path) -> None:
    backup(kept, tmp_path / "b.tar.gz")
    with pytest.raises(BackupError, match="never overwrites"):
        backup(kept, tmp_path / "b.tar.gz")
    with pytest.raises(BackupError, match="not empty"):
        restore(kept, tmp_path / "b.tar.gz")


def test_a_restored_folder_is_sound_and_equals_its_source(kept: Settings, tmp_path: Path) -> None:
    backup(kept, tmp_path / "b.tar.gz")
    back = Settings(data=tmp_path / "again")
    restore(back, tmp_path / "b.tar.gz")
    assert list(verify_store(back.store_path)) == []
    assert check(back.store_path).state == "whole"
    with StoreReader(kept.store_path) as ours, StoreReader(back.store_path) as theirs:
        assert list(ours.live()) == list(theirs.live())
        assert ours.last_change() == theirs.last_change()


def packed(path: Path, members: dict[str, bytes], **kinds: bytes) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members.items():
            head = tarfile.TarInfo(name)
            head.size, head.type = len(content), kinds.get("type", tarfile.REGTYPE)
            tar.addfile(head, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"null", b'"x"', b"7", b"{}", b'{"format": 1}', b'{"format": 1, "sha256": []}', b"[" * 100_000,
     b'{"format": 1, "sha256": {"store.sqlite": 5}}', b'{"format": {}, "sha256": {}}', b"\xff\xfe",
     b'{"format": 1, "sh'],
)  # fmt: skip
def test_a_manifest_of_any_shape_gives_a_sentence_and_leaves_nothing(tmp_path: Path, manifest: bytes) -> None:
    file = packed(tmp_path / "b.tar.gz", {"store.sqlite": b"x", "manifest.json": manifest})
    with pytest.raises(BackupError, match=r"b\.tar\.gz"):
        restore(Settings(data=tmp_path / "new"), file)
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar.gz"]


@pytest.mark.parametrize(
    "name",
    ["../x.toml", "/etc/x.toml", "warc/../../x.warc.gz", "index/CURRENT", "warc/a/b.warc.gz", "store.sqlite-wal",
     "x.py", "warc/.warc.gz/../x.warc.gz", "manifest.json/x", "tratin.toml\n", "warc/index.sqlite-shm"],
)  # fmt: skip
def test_only_what_tra_tin_keeps_comes_in(tmp_path: Path, name: str) -> None:
    given = json.dumps({"format": 1, "sha256": {name: hashlib.sha256(b"x").hexdigest()}}).encode()
    file = packed(tmp_path / "b.tar.gz", {name: b"x", "manifest.json": given})
    with pytest.raises(BackupError, match="no Tra Tin backup"):
        restore(Settings(data=tmp_path / "new"), file)
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar.gz"]


def test_links_are_no_files(tmp_path: Path) -> None:
    file = packed(tmp_path / "b.tar.gz", {"tratin.toml": b""}, type=tarfile.SYMTYPE)
    with pytest.raises(BackupError, match="no plain file"):
        restore(Settings(data=tmp_path / "new"), file)


def test_backup_and_restore_sync_every_file_and_every_folder(
    kept: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[str] = set()
    fsync = os.fsync

    def noting(descriptor: int) -> None:
        synced.add(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    backup(kept, tmp_path / "out" / "b.tar.gz")
    assert {str(tmp_path), str(tmp_path / "out")} <= synced
    assert [name for name in synced if re.fullmatch(r".*/out/\.tratin-scratch-\w+/half", name)]
    synced.clear()
    restore(Settings(data=tmp_path / "again"), tmp_path / "out" / "b.tar.gz")
    names = {name.rpartition("/.tratin-scratch-")[2].partition("/")[2] for name in synced if "-scratch-" in name}
    assert {"", "store.sqlite", "officials.toml", "warc", "warc/one.warc.gz"} <= names
    assert str(tmp_path) in synced


def test_what_a_killed_command_left_behind_goes_with_the_next_but_not_what_another_is_using(
    kept: Settings, tmp_path: Path
) -> None:
    left, used = (tmp_path / f".tratin-scratch-{name}" for name in ("left", "used"))
    for folder in (left, used):
        folder.mkdir()
        (folder / "half").write_bytes(b"half a backup")
        os.utime(folder, (time.time() - 3600,) * 2)
    young = tmp_path / ".tratin-scratch-young"
    young.mkdir()
    holding = os.open(used, os.O_RDONLY)
    try:
        fcntl.flock(holding, fcntl.LOCK_EX)
        backup(kept, tmp_path / "b.tar.gz")
    finally:
        os.close(holding)
    assert {path.name for path in tmp_path.glob(".*")} == {used.name, young.name}
    restore(Settings(data=tmp_path / "again"), tmp_path / "b.tar.gz")
    assert {path.name for path in tmp_path.glob(".*")} == {young.name}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write here")
@pytest.mark.parametrize("log", ["taken in", "left by a kill", "left by a kill, without -shm"])
def test_a_backup_is_taken_from_a_folder_that_cannot_be_written(log: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        source, out = Settings(data=Path(place) / "var"), Path(place) / "out"
        with Store(source.store_path) as store:
            store.keep(Article(id="a-1", title="Cầu Vạn Đồn thông xe"))
            store.commit()
        if "kill" in log and not os.fork():
            store = Store(source.store_path)
            store.keep(Article(id="a-2", title="Cầu Vạn Đồn đóng lại"))
            store.commit()
            os.kill(os.getpid(), signal.SIGKILL)
        if "kill" in log:
            os.wait()
        if "without" in log:
            (source.data / "store.sqlite-shm").unlink()
        out.mkdir()
        out.chmod(0o777)
        tarfile.open(out / "gzip.tar.gz", "w:gz").close()  # what it imports is not everybody's to read
        if not os.fork():
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            try:
                backup(source, out / "b.tar.gz")
            finally:
                os._exit(0)
        os.wait()
        back = Settings(data=out / "again")
        restore(back, out / "b.tar.gz")
        with StoreReader(back.store_path) as read:
            assert read.count() == (2 if "kill" in log else 1)

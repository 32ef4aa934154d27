"""Backups: one tar.gz with a consistent copy of store, registry, frontier, WARC files and settings, and a manifest.

The index is not in it: it is rebuilt from the store, so nothing pickled is ever read from a backup.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from crawler.ground.database import copy_whole
from tratin.errors import BackupError
from tratin.settings import Settings

MANIFEST = "manifest.json"
FORMAT = 1
_TOML = ("tratin.toml", "officials.toml", "topics.toml", "sites.toml")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds or a restore brought back."""

    files: int
    bytes: int
    path: str


def backup(settings: Settings, target: Path, step: Callable[[str], None] = lambda name: None) -> BackupReport:
    """Write `target` (a .tar.gz) whole or not at all; other commands may go on meanwhile.

    Raises:
        BackupError: nothing to back up, or the file cannot be written.
    """
    if not settings.store_path.is_file():
        raise BackupError(f"no article store in {settings.data}: nothing to back up; is --data right?")
    if target.exists():
        raise BackupError(f"{target} exists: choose another name, a backup never overwrites one")
    half = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            members = list(_members(settings, Path(scratch)))
            size = _write(half, members, step)
        half.replace(target)
    except (OSError, sqlite3.Error, tarfile.TarError) as error:
        half.unlink(missing_ok=True)
        raise BackupError(f"{target} could not be written: {error}") from error
    return BackupReport(len(members), size, str(target))


def _members(settings: Settings, scratch: Path) -> Iterator[tuple[str, Path]]:
    for database in (settings.store_path, settings.registry_path, settings.frontier_path):
        if database.is_file():
            copy = scratch / database.name
            copy_whole(database, copy)
            yield database.name, copy
    for name in _TOML:
        if (settings.data / name).is_file():
            yield name, settings.data / name
    if settings.warc_dir.is_dir():
        for path in sorted(settings.warc_dir.rglob("*")):
            if path.is_file():
                yield f"warc/{path.relative_to(settings.warc_dir).as_posix()}", path


def _write(half: Path, members: list[tuple[str, Path]], step: Callable[[str], None]) -> int:
    sums: dict[str, str] = {}
    size = 0
    with tarfile.open(half, "w:gz", compresslevel=6) as tar:
        for name, path in members:
            step(name)
            # A WARC file may still grow: what stands there now is copied, and summed as copied.
            with path.open("rb") as source:
                length = os.fstat(source.fileno()).st_size
                head = tarfile.TarInfo(name)
                head.size = length
                summed = _Summed(source, length)
                tar.addfile(head, summed)
            sums[name] = summed.digest()
            size += length
        manifest = json.dumps({"format": FORMAT, "sha256": sums}, indent=1).encode()
        head = tarfile.TarInfo(MANIFEST)
        head.size = len(manifest)
        tar.addfile(head, io.BytesIO(manifest))
    with half.open("rb") as written:
        os.fsync(written.fileno())
    return size


class _Summed(io.RawIOBase):
    """A file read up to `length` bytes, hashed on the way."""

    def __init__(self, source: io.BufferedReader, length: int) -> None:
        self._source, self._left, self._hash = source, length, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(chunk)
        self._hash.update(chunk)
        return chunk

    def digest(self) -> str:
        return self._hash.hexdigest()


def restore(settings: Settings, source: Path, step: Callable[[str], None] = lambda name: None) -> BackupReport:
    """Unpack a backup into an empty data folder after checking every file's checksum.

    Raises:
        BackupError: the folder is not empty, or the backup is damaged or not ours; the folder is left as it was.
    """
    if settings.data.exists() and any(settings.data.iterdir()):
        raise BackupError(f"{settings.data} is not empty: restore into a new folder, --data NEW")
    settings.data.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=settings.data.parent, prefix=".restore-"))
    try:
        sums, manifest = _unpack(source, scratch, step)
        if manifest is None:
            raise BackupError(f"{source} has no {MANIFEST}: it was cut short or is no Tra Tin backup")
        _check(source, sums, manifest)
        size = sum(path.stat().st_size for path in scratch.rglob("*") if path.is_file())
        if settings.data.exists():
            settings.data.rmdir()
        scratch.replace(settings.data)
    except (OSError, EOFError, tarfile.TarError, ValueError) as error:
        raise BackupError(f"{source} cannot be restored: {error}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return BackupReport(len(sums), size, str(settings.data))


def _unpack(source: Path, scratch: Path, step: Callable[[str], None]) -> tuple[dict[str, str], dict[str, str] | None]:
    sums: dict[str, str] = {}
    manifest: dict[str, str] | None = None
    with tarfile.open(source, "r:gz") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is None:
                raise BackupError(f"{source}: {member.name!r} is no plain file; this is no Tra Tin backup")
            if member.name == MANIFEST:
                given = json.loads(content.read())
                if given.get("format") != FORMAT:
                    raise BackupError(f"{source} has backup format {given.get('format')}, this Tra Tin reads {FORMAT}")
                manifest = given["sha256"]
                continue
            step(member.name)
            sums[member.name] = _put(content, scratch / _safe(source, member.name))
    return sums, manifest


def _safe(source: Path, name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or (len(path.parts) > 1 and path.parts[0] != "warc"):
        raise BackupError(f"{source}: {name!r} would be written outside the data folder; this is no Tra Tin backup")
    return path


def _put(content: IO[bytes], path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as into:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            into.write(chunk)
        into.flush()
        os.fsync(into.fileno())
    return digest.hexdigest()


def _check(source: Path, sums: dict[str, str], manifest: dict[str, str]) -> None:
    missing = sorted(set(manifest) - set(sums))
    if missing:
        raise BackupError(f"{source} lacks {missing[0]}: the backup is not whole")
    damaged = sorted(name for name, digest in sums.items() if manifest.get(name) != digest)
    if damaged:
        raise BackupError(f"{source}: {damaged[0]} does not have the checksum it was written with")

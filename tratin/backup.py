"""Backups: one tar.gz with a consistent copy of store, registry, frontier, ledger, WARC files, feeds and settings.

The index is not in it: it is rebuilt from the store, so nothing pickled is ever read from a backup. Settings may hold
passwords and the ledger the keys of alerts: a backup, and these when they come back, are their owner's alone.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from crawler.captures import INDEX
from crawler.ground import disk
from crawler.ground.database import copy_whole
from crawler.ground.scratch import scratch
from crawler.ground.seal import seal_anew
from tratin.errors import BackupError
from tratin.settings import Settings

MANIFEST = "manifest.json"
FORMAT = 1
_TOML = ("tratin.toml", "officials.toml", "topics.toml", "sites.toml", "alerts.toml")
_HALF = "half"
"""What a backup is called until it is whole."""
_CHUNK = 1 << 20
_KNOWN = re.compile(
    r"(?:store|officials|frontier|alerts)\.sqlite|(?:tratin|officials|topics|sites|alerts)\.toml"
    r"|warc/[\w.-]+\.warc\.gz|warc/index\.sqlite|alerts/[\w-]+\.atom"
)
_PRIVATE = re.compile(r"alerts\.sqlite|[a-z]+\.toml")
_LONGEST_MANIFEST = 16 * 2**20
_DAMAGED = (OSError, EOFError, ValueError, OverflowError, RecursionError, sqlite3.Error, tarfile.TarError, zlib.error)
"""What reading a damaged or hostile file may raise."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds or a restore brought back."""

    files: int
    bytes: int
    path: str
    left_out: tuple[str, ...] = ()
    """Files that lie among Tra Tin's and are not named as its own are: no backup takes them."""


def backup(settings: Settings, target: Path, step: Callable[[str], None] = lambda name: None) -> BackupReport:
    """Write `target` (a .tar.gz) whole or not at all; other commands may go on meanwhile.

    Raises:
        BackupError: nothing to back up, or the file cannot be written.
    """
    if not settings.store_path.is_file():
        raise BackupError(f"no article store in {settings.data}: nothing to back up; is --data right?")
    if target.exists():
        raise BackupError(f"{target} exists: choose another name, a backup never overwrites one")
    try:
        with scratch(target.resolve().parent) as aside:
            found = list(_members(settings, aside))
            members = [(name, path) for name, path in found if _KNOWN.fullmatch(name)]  # a restore takes no others
            size = _write(aside / _HALF, members, step)
            (aside / _HALF).chmod(0o600)
            (aside / _HALF).replace(target)
            disk.sync(target.resolve().parent)
    except (OSError, sqlite3.Error, tarfile.TarError) as error:
        raise BackupError(f"{target} could not be written: {error}") from error
    left_out = tuple(ascii(name)[1:-1] for name, _ in found if not _KNOWN.fullmatch(name))
    return BackupReport(len(members), size, str(target), left_out)


def _members(settings: Settings, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Name in the backup and the file to copy, what a crawl writes last first.

    A crawl writes into the WARC files, then into the store, then into the frontier: copied the other way round, none
    of them speaks of what the next one lacks.
    """
    databases = {
        "alerts.sqlite": settings.ledger_path,
        "frontier.sqlite": settings.frontier_path,
        "officials.sqlite": settings.registry_path,
        "store.sqlite": settings.store_path,
        f"warc/{INDEX}": settings.warc_dir / INDEX,
    }
    for name, path in databases.items():
        if path.is_file():
            copy = scratch / name.replace("/", "-")
            copy_whole(path, copy)
            yield name, copy
    for name in _TOML:
        if (settings.data / name).is_file():
            yield name, settings.data / name
    for folder, kind in ((settings.feeds_dir, "*.atom"), (settings.warc_dir, "*.warc.gz")):
        for path in sorted(path for path in folder.glob(kind) if path.is_file()):
            yield f"{folder.name}/{path.name}", path


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
    """Unpack a backup into an empty data folder after checking every file's checksum; durable when it returns.

    Raises:
        BackupError: the folder is not empty, or the backup is damaged or not ours; the folder is left as it was.
    """
    if settings.data.exists() and any(settings.data.iterdir()):
        raise BackupError(f"{settings.data} is not empty: restore into a new folder, --data NEW")
    try:
        with scratch(settings.data.resolve().parent) as aside:
            sums, manifest = _unpack(source, aside, step)
            if manifest is None:
                raise BackupError(f"{source} has no {MANIFEST}: it was cut short or is no Tra Tin backup")
            _check(source, sums, manifest)
            size = sum(path.stat().st_size for path in aside.rglob("*") if path.is_file())
            for name in filter(_PRIVATE.fullmatch, sums):
                (aside / name).chmod(0o600)
            if (feeds := aside / settings.feeds_dir.name).is_dir():
                feeds.chmod(0o700)
            for database in aside.rglob("*.sqlite"):
                seal_anew(database)
            for folder in (*(path for path in aside.rglob("*") if path.is_dir()), aside):
                disk.sync(folder)
            if settings.data.exists():
                settings.data.rmdir()
            aside.chmod(0o777 & ~_umask())
            aside.replace(settings.data)
            disk.sync(settings.data.resolve().parent)
    except _DAMAGED as error:
        raise BackupError(
            f"{source} cannot be restored: {' '.join(str(error).split()) or type(error).__name__}"
        ) from error
    return BackupReport(len(sums), size, str(settings.data))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _unpack(source: Path, scratch: Path, step: Callable[[str], None]) -> tuple[dict[str, str], dict[str, str] | None]:
    sums: dict[str, str] = {}
    manifest: dict[str, str] | None = None
    with tarfile.open(source, "r:gz") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is None:
                raise BackupError(f"{source}: {member.name!r} is no plain file; this is no Tra Tin backup")
            if member.name == MANIFEST:
                manifest = _manifest(source, member, content)
                continue
            if not _KNOWN.fullmatch(member.name):
                raise BackupError(f"{source}: {member.name!r} is nothing that Tra Tin keeps; this is no Tra Tin backup")
            if member.name in sums:
                raise BackupError(f"{source} holds {member.name} twice; this is no Tra Tin backup")
            if member.size > shutil.disk_usage(scratch).free:
                raise BackupError(
                    f"{source}: {member.name} has {member.size:,} bytes, more than there is room for here"
                )
            step(member.name)
            sums[member.name] = _put(content, scratch / member.name)
    return sums, manifest


def _manifest(source: Path, member: tarfile.TarInfo, content: IO[bytes]) -> dict[str, str]:
    if member.size > _LONGEST_MANIFEST:
        raise BackupError(f"{source}: its {MANIFEST} has {member.size:,} bytes; this is no Tra Tin backup")
    given = json.loads(content.read())
    if not isinstance(given, dict):
        raise BackupError(f"{source}: its {MANIFEST} is no object; this is no Tra Tin backup")
    if given.get("format") != FORMAT:
        raise BackupError(f"{source} has backup format {str(given.get('format'))[:40]}, this Tra Tin reads {FORMAT}")
    sums = given.get("sha256")
    if not isinstance(sums, dict) or not all(isinstance(digest, str) for digest in sums.values()):
        raise BackupError(f"{source}: its {MANIFEST} lists no checksums; this is no Tra Tin backup")
    return sums


def _put(content: IO[bytes], path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("xb") as into:
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

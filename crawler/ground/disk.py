"""What it takes until a file is on the disk: its bytes, and its name in its folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

ASIDE = ".new"
"""What the name of a file ends with that `put` has not put in its place yet; a kill may leave one."""


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Create a folder, of that mode less the umask, and those above it, each durable in the one that holds it."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode, exist_ok=True)
        sync(folder.parent)


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, durably: aside, synced, renamed over, its folder synced."""
    aside = path.with_name(f"{path.name}{ASIDE}")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync(path.parent)


def size(path: Path) -> int:
    """Bytes that a file with SQLite's files beside it, or a folder, takes; a file of several names counts once."""
    if path.is_file():
        beside = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
        return path.stat().st_size + sum(file.stat().st_size for file in beside if file.exists())
    found = {}
    for file in path.rglob("*"):
        with suppress(OSError):  # a link that leads nowhere, or a file that goes just now
            if file.is_file():
                stat = file.stat()
                found[stat.st_dev, stat.st_ino] = stat.st_size
    return sum(found.values())

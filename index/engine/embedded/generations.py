"""Generations: complete indexes in folders of their own, swapped in whole. See docs/decisions/generations.md.

`<index>/CURRENT` names the folder that answers. A new generation is written beside it, unchanged segment files as hard
links, and becomes durable in this order: segment files, table of contents, stamp, the generation's folder, the index's
folder, and only then CURRENT (written aside, fsynced, renamed over, folder fsynced). Whatever a crash leaves is a
folder that CURRENT never named: the next writer removes it.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.ground.disk import ASIDE, make_folder, put, sync
from crawler.ground.lock import hold
from index.engine import RETIRED_SECONDS
from index.errors import IndexDamaged, IndexLocked, NoIndex

_CURRENT = "CURRENT"
_RETIRED = "retired"
"""A file in a generation that was, or is about to be, replaced: its time of change is when."""
_NAMED = re.compile(r"\d{6,}-[0-9a-f]{4}")
"""What the folders of generations are called."""


def current(index: Path) -> str:
    """The generation that answers.

    Raises:
        NoIndex: nothing was indexed yet.
        IndexDamaged: CURRENT cannot be read.
    """
    path = index / _CURRENT
    try:
        written = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise NoIndex(f"no index at {index}: run `tratin reindex` first") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}): run `tratin reindex --full`") from error
    name = written.removesuffix("\n")
    if not name or "/" in name or name.startswith(".") or written != f"{name}\n":
        raise IndexDamaged(f"{path} names no generation: run `tratin reindex --full`")
    return name


def earlier(index: Path, than: str | None) -> list[str]:
    """Complete generations that were replaced and are still there, the newest first."""
    retired = [path.parent.name for path in index.glob(f"*/{_RETIRED}")]
    return sorted((name for name in retired if than is None or name < than), reverse=True)


@contextmanager
def writing(index: Path, what: str) -> Iterator[None]:
    """Hold the index's writer lock, and begin by removing what earlier writers left behind.

    Raises:
        IndexLocked: another command holds the lock; the message says which.
    """
    make_folder(index)
    with hold(index / "LOCK", IndexLocked, over=index, command=what):
        sweep(index)
        yield


def sweep(index: Path) -> None:
    """Remove generations that were replaced long enough ago, and those that no CURRENT ever named.

    For the holder of the writer lock only. What is not named as generations are, or is a link, is somebody else's.
    """
    try:
        running = current(index)
    except (NoIndex, IndexDamaged):
        running = None
    for folder in [path for path in _folders(index) if path.name != running]:
        retired = folder / _RETIRED
        if running is None and retired.exists():
            continue
        if not retired.exists() or retired.stat().st_mtime < time.time() - RETIRED_SECONDS:
            retired.unlink(missing_ok=True)
            shutil.rmtree(folder)
    (index / f"{_CURRENT}{ASIDE}").unlink(missing_ok=True)


def _folders(index: Path) -> list[Path]:
    """The folders of generations, finished or not."""
    return [path for path in index.iterdir() if _NAMED.fullmatch(path.name) and path.is_dir() and not path.is_symlink()]


def begin(index: Path) -> Path:
    """Create the folder of a new generation; names sort by age."""
    numbers = [int(path.name.partition("-")[0]) for path in _folders(index)]
    folder = index / f"{max(numbers, default=0) + 1:06d}-{secrets.token_hex(2)}"
    folder.mkdir()
    return folder


def adopt(file: Path, folder: Path) -> Path:
    """Take an unchanged segment file of another generation: a hard link, or a copy where there are none."""
    target = folder / file.name
    try:
        os.link(file, target)
    except OSError:
        shutil.copy2(file, target)
        sync(target)
    return target


def swap(index: Path, generation: Path) -> None:
    """Make a complete generation the one that answers, durably. Its files are already fsynced."""
    sync(generation)
    sync(index)
    try:
        replaced = index / current(index) / _RETIRED
        replaced.touch()
    except (NoIndex, IndexDamaged, FileNotFoundError):
        pass  # nothing answers yet: nothing to keep for its readers
    put(index / _CURRENT, f"{generation.name}\n".encode())

"""What it takes until a file is on the disk: its bytes, and its name in its folder."""

from __future__ import annotations

import os
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


def make_folder(folder: Path) -> None:
    """Create a folder and those above it, each durable in the one that holds it."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
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

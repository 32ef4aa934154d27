"""A folder for what is not yet whole, beside its place; what a killed command left in one goes with the next."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crawler.ground.disk import make_folder

_PREFIX = ".tratin-scratch-"
_YOUNG = 60.0
"""Seconds for which a folder is let alone even if nobody holds it: it may have been made just now."""


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """A new folder in `beside`, readable by this user only, removed at the end; held by a lock as long as it is used.

    Raises:
        OSError: it cannot be made.
    """
    make_folder(beside)
    for left in beside.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone already
            if time.time() - left.stat().st_mtime > _YOUNG:
                _remove_unless_held(left)
    folder = Path(tempfile.mkdtemp(dir=beside, prefix=_PREFIX))
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield folder
    finally:
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


def _remove_unless_held(folder: Path) -> None:
    held = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
    finally:
        os.close(held)

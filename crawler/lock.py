"""One writer at a time: an advisory lock on a file, let go by the kernel even after `kill -9`."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from crawler.errors import CrawlerError, StoreError


def hold(path: Path, taken: type[CrawlerError]) -> IO[str]:
    """Take the lock at `path`; closing what is returned lets it go.

    Raises:
        CrawlerError: of the type `taken`, naming the process that holds it.
        StoreError: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+", encoding="ascii")
    except OSError as error:
        raise StoreError(
            f"{path.parent} cannot be written ({error.strerror}): choose another folder with --data"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        what = path.with_suffix("").name
        raise taken(
            f"another command is writing to {path.parent / what} (process {holder}): wait until it is done"
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock

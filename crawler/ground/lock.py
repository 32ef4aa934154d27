"""One writer at a time: an advisory lock on a file, let go by the kernel even after `kill -9`."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from crawler.errors import StoreError
from crawler.ground.clock import stamp
from crawler.ground.disk import make_folder


def hold(path: Path, refusal: type[Exception], *, over: Path, command: str = "another command") -> IO[str]:
    """Take the lock at `path` over what is written at `over`; closing what is returned lets it go.

    `command` is what the next one is told of us, with this process's number.

    Raises:
        Exception: of the type `refusal`, naming who holds it.
        StoreError: the folder cannot be written.
    """
    try:
        make_folder(path.parent)
        lock = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{path.parent} cannot be written ({error.strerror}): choose another folder with --data"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().strip() or "another command"
        lock.close()
        raise refusal(f"{holder} is writing to {over}: wait until it is done") from None
    lock.truncate(0)
    lock.write(f"{command} (process {os.getpid()}, since {stamp()})")
    lock.flush()
    return lock

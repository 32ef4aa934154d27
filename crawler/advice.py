"""What to do when SQLite fails."""

from __future__ import annotations

import sqlite3


def advice(error: sqlite3.Error, damaged: str) -> str:
    """The next step for the person who reads the error; `damaged` is what helps if the file is."""
    message = str(error)
    if "full" in message or "disk I/O" in message:
        return "free some space, check the disk, and run the command again: what was committed is safe"
    if "locked" in message:
        return "another program holds it: try again when that is done"
    return f"if it is damaged, {damaged}"

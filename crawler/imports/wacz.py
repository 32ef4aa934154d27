"""WACZ: a zip of WARC files (webrecorder's format). Nothing is unpacked to disk, and a hostile zip is refused."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from crawler.imports.result import Rejected, Skipped
from crawler.imports.warc_pages import WarcSource

MOST_FILES = 100_000
_WARC = (".warc", ".warc.gz", ".warc.zst")
DAMAGES = (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError)
"""What reading raises where a zip is damaged, encrypted or packed in a way that is not known."""


def warcs_in(path: Path) -> Iterator[WarcSource | Rejected | Skipped]:
    """The WARC files of a zip.

    Raises:
        OSError: the file cannot be read.
    """
    size = path.stat().st_size
    if _files_named(path, size) > MOST_FILES:
        yield Rejected(str(path), f"more than {MOST_FILES} files are in this zip: it is not read")
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except DAMAGES as error:
        yield Rejected(str(path), f"no zip, or a damaged one ({str(error)[:120]})")
        return
    if sum(entry.compress_size for entry in entries) > size:
        yield Rejected(str(path), "files overlap in this zip: it is made to harm and not read")
        return
    found = False
    for entry in entries:
        if entry.is_dir():
            continue
        if entry.filename.lower().endswith(_WARC):
            found = True
            yield WarcSource(f"{path}!{entry.filename}", _Opener(path, entry.filename), entry.file_size)
        else:
            yield Skipped("other files in a WACZ")
    if not found:
        yield Rejected(str(path), "no WARC file is in this zip")


class _Opener:
    """Opens one file of a zip, by itself: what it gives outlives the loop over the zip's files."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name

    def __call__(self) -> IO[bytes]:
        archive = zipfile.ZipFile(self._path)
        try:
            return archive.open(self._name)
        finally:
            archive.close()  # the file stays open until what `open` gave is closed


def _files_named(path: Path, size: int) -> int:
    """How many files the end of a zip says that there are, before any of them is looked at."""
    with path.open("rb") as stream:
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 12:
        return 0
    count = int(struct.unpack_from("<H", tail, at + 10)[0])
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and len(tail) >= wide + 40:
        count = max(count, int(struct.unpack_from("<Q", tail, wide + 32)[0]))
    return count

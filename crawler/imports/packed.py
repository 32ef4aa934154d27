"""Text files that may be packed: told by their first bytes, not by their names."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib

from crawler.imports.unpacked import ZSTD, Damaged, Unpacked

DAMAGES = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, Damaged)
"""What reading raises where a packed file is damaged or cut short."""


class _Zstd(io.RawIOBase):
    def __init__(self, raw: io.BufferedReader) -> None:
        self._unpacked = Unpacked(raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        part = self._unpacked.read(len(view))
        view[: len(part)] = part
        return len(part)


def unpacked(raw: io.BufferedReader) -> io.BufferedIOBase:
    """The stream that a gzip, xz, bzip2 or zstd file holds; any other file as it is."""
    start = raw.read(6)
    raw.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=raw)
    if start == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(raw)
    if start.startswith(b"BZh"):
        return bz2.BZ2File(raw)
    if start.startswith(ZSTD):
        return io.BufferedReader(_Zstd(raw), 2**16)
    return raw

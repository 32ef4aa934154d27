"""A file of named arrays: mapped, not read; every array aligned and with a checksum of its own.

Layout: a 64-byte header (magic, format number), the arrays little-endian at multiples of 64, a JSON directory
`{"arrays": {name: [offset, dtype, count, crc32]}, "about": {…}}`, and a 28-byte trailer that finds the directory.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from index.errors import IndexDamaged, IndexMismatch

Array = npt.NDArray[Any]

MAGIC = b"TraTin\x00\x1a"
FORMAT = 2
"""Counts up with every change that an older reader would misread."""
_HEADER = struct.Struct("<8sI52x")
_TRAILER = struct.Struct("<QQI8s")
_ALIGNMENT = 64
_SELF_CHECKING = frozenset({"stored"})
"""Arrays whose parts carry checksums of their own (zlib); `verify` checks them, first use does not."""


class ArrayFileWriter:
    """Writes one file of arrays, in the order given; `close` makes it durable."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._file.write(_HEADER.pack(MAGIC, FORMAT))
        self._arrays: dict[str, tuple[int, str, int, int]] = {}

    def add(self, name: str, array: Array) -> None:
        """Append an array under a name not used yet."""
        self.add_parts(name, array.dtype, [array])

    def add_parts(self, name: str, dtype: npt.DTypeLike, parts: Iterable[Array]) -> None:
        """Append one array given in consecutive parts."""
        kind = np.dtype(dtype).newbyteorder("<")
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNMENT))
        offset, count, crc = self._file.tell(), 0, 0
        for part in parts:
            content = np.ascontiguousarray(part, dtype=kind).data.cast("B") if part.size else b""
            crc = zlib.crc32(content, crc)
            self._file.write(content)
            count += part.size
        self._arrays[name] = (offset, kind.str, count, crc)

    def close(self, about: dict[str, Any]) -> None:
        """Write the directory and fsync; `about` is whatever the reader should know besides the arrays."""
        directory = json.dumps({"arrays": self._arrays, "about": about}, ensure_ascii=False).encode()
        offset = self._file.tell()
        self._file.write(directory)
        self._file.write(_TRAILER.pack(offset, len(directory), zlib.crc32(directory), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class ArrayFile:
    """Reads a file of arrays by mapping it. An array's checksum is verified when it is first asked for.

    Raises:
        IndexDamaged: the file is missing, cut short, or a checksum is wrong.
        IndexMismatch: another format number.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise IndexDamaged(f"{path} cannot be read ({error}): run `tratin reindex --full`") from error
        directory = self._directory()
        self._arrays: dict[str, tuple[int, str, int, int]] = directory["arrays"]
        self.about: dict[str, Any] = directory["about"]
        self._ready: dict[str, Array] = {}

    def _directory(self) -> dict[str, Any]:
        if len(self._map) < _HEADER.size + _TRAILER.size:
            raise self._damaged("it is cut short")
        magic, found = _HEADER.unpack_from(self._map, 0)
        if magic != MAGIC:
            raise self._damaged("it does not begin as an index file does")
        if found != FORMAT:
            raise IndexMismatch(
                f"{self.path} has index format {found}, this Tra Tin reads {FORMAT}: run `tratin reindex --full`"
            )
        offset, length, crc, magic = _TRAILER.unpack_from(self._map, len(self._map) - _TRAILER.size)
        if magic != MAGIC or offset + length + _TRAILER.size != len(self._map):
            raise self._damaged("it is cut short")
        content = self._map[offset : offset + length]
        if zlib.crc32(content) != crc:
            raise self._damaged("the checksum of its directory is wrong")
        directory: dict[str, Any] = json.loads(content)
        return directory

    def _damaged(self, why: str) -> IndexDamaged:
        return IndexDamaged(f"{self.path} is damaged ({why}): run `tratin reindex --full`")

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self._map)

    def count(self, name: str) -> int:
        """Elements of an array, without touching it; 0 when there is none."""
        return self._arrays[name][2] if name in self._arrays else 0

    def array(self, name: str) -> Array:
        """The array, read-only and mapped; checked on first use."""
        ready = self._ready.get(name)
        if ready is None:
            ready = self._open(name, check=name not in _SELF_CHECKING)
            self._ready[name] = ready
        return ready

    def _open(self, name: str, *, check: bool) -> Array:
        offset, kind, count, crc = self._arrays[name]
        dtype = np.dtype(kind)
        if check and zlib.crc32(memoryview(self._map)[offset : offset + count * dtype.itemsize]) != crc:
            raise self._damaged(f"the checksum of {name} is wrong")
        return np.frombuffer(self._map, dtype, count, offset)

    def verify(self) -> None:
        """Check every array, used or not, and that nothing but zeros stands between them: every byte of the file.

        Raises:
            IndexDamaged: naming the file and the array.
        """
        place = len(MAGIC) + 4
        for name, (offset, kind, count, _) in self._arrays.items():
            if any(self._map[place:offset]):
                raise self._damaged(f"something stands before {name}")
            self._open(name, check=True)
            place = offset + count * np.dtype(kind).itemsize
        directory = _TRAILER.unpack_from(self._map, len(self._map) - _TRAILER.size)[0]
        if any(self._map[place:directory]):
            raise self._damaged("something stands before its directory")

"""A file's bytes with its packing undone, told by the first bytes: plain, gzip (in one or many members) or zstd.

Damage is raised where it stands, after everything before it was given; `resume` goes on at the next member.
"""

from __future__ import annotations

import struct
import zlib
from typing import IO, Protocol

import zstandard

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Opens a `.warc.zst` that brings its dictionary along (a skippable frame; IIPC's draft of 2021)."""
_CHUNK = 2**16
_MOST_OUT = 2**20
_LITTLE = 2**10
"""Bytes of zstd that are unpacked at once; a block of 128 KiB may be packed in four."""
_LARGEST_WINDOW = 128 * 2**20
_LARGEST_DICTIONARY = 16 * 2**20


class Damaged(Exception):
    """The packed file is damaged or cut short here."""


class _PackedMember(Protocol):
    """Undoes one gzip member or zstd frame."""

    @property
    def eof(self) -> bool: ...
    def give(self, packed: bytes) -> tuple[bytes, bytes]:
        """Some of what comes out, and what of `packed` is not used yet."""
        ...


class Unpacked:
    """A packed stream, read forward; it must be able to seek if damage in gzip is to be passed over."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._raw = stream
        self._buffer = b""
        self._at = 0
        """Where the buffer begins to be unread."""
        self._before = 0
        """Unpacked bytes before the buffer."""
        self._packed = self._raw.read(_CHUNK)
        self._read = len(self._packed)
        """Bytes of the file that were read."""
        self._member: _PackedMember | None = None
        self._member_start = (0, 0)
        """Of the member that was begun last: packed and unpacked."""
        self.kind = "gzip" if self._packed.startswith(GZIP) else "plain"
        self.within_member = False
        """While True, the end of the member that was begun last is the end."""
        self._zstd: zstandard.ZstdDecompressor | None = None
        if self._packed.startswith((ZSTD, _DICTIONARY)):
            self.kind = "zstd"
            self._zstd = self._unpacker()

    @property
    def consumed(self) -> int:
        """Bytes of the file that were read so far."""
        return self._read

    @property
    def position(self) -> int:
        """Unpacked bytes that were given so far."""
        return self._before + self._at

    @property
    def begins_member(self) -> bool:
        """Whether the next byte is the first of a gzip member or zstd frame."""
        return self.kind != "plain" and self._peek() and self._member_start[1] == self.position

    @property
    def member_place(self) -> int:
        """Where the gzip member or zstd frame that was begun last stands in the file."""
        return self._member_start[0]

    @property
    def place(self) -> int:
        """Where the next byte stands in the file: its member's offset if it begins one, else counted unpacked."""
        return self._member_start[0] if self.begins_member else self.position

    def read(self, size: int) -> bytes:
        """So many bytes; fewer only at the end.

        Raises:
            Damaged
        """
        parts: list[bytes] = []
        while size and self._peek():
            part = self._buffer[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Pass over so many bytes; gives how many there were.

        Raises:
            Damaged
        """
        left = size
        while left and self._peek():
            step = min(left, len(self._buffer) - self._at)
            self._at += step
            left -= step
        return size - left

    def readline(self, limit: int = _CHUNK) -> bytes:
        """Up to and with the next newline, at most `limit` bytes; empty at the end.

        Raises:
            Damaged
        """
        parts: list[bytes] = []
        while limit > 0 and self._peek():
            newline = self._buffer.find(b"\n", self._at, self._at + limit)
            end = newline + 1 if newline >= 0 else min(len(self._buffer), self._at + limit)
            parts.append(self._buffer[self._at : end])
            limit -= end - self._at
            self._at = end
            if newline >= 0:
                break
        return b"".join(parts)

    def at_end(self) -> bool:
        """Whether nothing follows.

        Raises:
            Damaged
        """
        return not self._peek()

    def resume(self) -> bool:
        """After damage: go to the next gzip member; False when there is none."""
        self._drop()
        if self.kind != "gzip":
            return False
        self._raw.seek(self._member_start[0] + 1)
        self._read, self._packed, self._member = self._member_start[0] + 1, b"", None
        while True:
            found = self._packed.find(GZIP)
            if found >= 0:
                self._packed = self._packed[found:]
                return True
            more = self._raw.read(_CHUNK)
            if not more:
                self._packed = b""
                return False
            self._read += len(more)
            self._packed = self._packed[-2:] + more

    def _drop(self) -> None:
        self._before += len(self._buffer)
        self._buffer, self._at = b"", 0

    def _peek(self) -> bool:
        """Whether a byte is at hand, unpacking more if need be."""
        while self._at >= len(self._buffer):
            self._drop()
            if self.within_member and self._member is None and self.kind != "plain":
                return False
            if not self._packed:
                self._packed = self._raw.read(_CHUNK)
                self._read += len(self._packed)
            if not self._packed and self._member is None:
                return False
            if self.kind == "plain":
                self._buffer, self._packed = self._packed, b""
            else:
                self._buffer = self._unpack()
        return True

    def _unpack(self) -> bytes:
        if self._member is None:
            if self._packed.strip(b"\x00") == b"":  # padding
                self._packed = b""
                return b""
            self._begin()
        member = self._member
        assert member is not None
        ended = not self._packed
        try:
            out, self._packed = member.give(self._packed)
        except (zlib.error, zstandard.ZstdError) as error:
            raise Damaged(f"the packed file is damaged here ({error})") from None
        if member.eof:
            self._member = None
        elif ended and not out:
            raise Damaged("the file is cut short here")
        return out

    def _begin(self) -> None:
        self._member_start = (self._read - len(self._packed), self._before)
        if len(self._packed) < len(ZSTD):
            more = self._raw.read(_CHUNK)
            self._read += len(more)
            self._packed += more
        if self._zstd is not None:
            self._member = _ZstdFrame(self._zstd)
        elif self._packed.startswith(GZIP):
            self._member = _GzipMember()
        else:
            raise Damaged("what follows here is not packed as what came before")

    def _unpacker(self) -> zstandard.ZstdDecompressor:
        """The unpacker of all frames, with the dictionary that the first frame may hold."""
        if not self._packed.startswith(_DICTIONARY):
            return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
        (length,) = struct.unpack("<I", self._packed[4:8].ljust(4, b"\x00"))
        if length <= _LARGEST_DICTIONARY:
            more = self._raw.read(max(0, length + 8 - len(self._packed)))
            self._read += len(more)
            self._packed += more
        dictionary, self._packed = self._packed[8 : 8 + length], self._packed[8 + length :]
        try:
            if dictionary.startswith(ZSTD):
                dictionary = zstandard.ZstdDecompressor().decompress(dictionary, max_output_size=_LARGEST_DICTIONARY)
            return zstandard.ZstdDecompressor(
                dict_data=zstandard.ZstdCompressionDict(dictionary), max_window_size=_LARGEST_WINDOW
            )
        except (zstandard.ZstdError, MemoryError):
            return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)


class _GzipMember:
    def __init__(self) -> None:
        self._unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def eof(self) -> bool:
        return self._unpacking.eof

    def give(self, packed: bytes) -> tuple[bytes, bytes]:
        out = self._unpacking.decompress(packed, _MOST_OUT)
        return out, self._unpacking.unused_data if self._unpacking.eof else self._unpacking.unconsumed_tail


class _ZstdFrame:
    def __init__(self, unpacker: zstandard.ZstdDecompressor) -> None:
        self._unpacking = unpacker.decompressobj()

    @property
    def eof(self) -> bool:
        return self._unpacking.eof

    def give(self, packed: bytes) -> tuple[bytes, bytes]:
        # This class has no limit on what comes out of one call, so little is put in.
        out = self._unpacking.decompress(packed[:_LITTLE])
        return out, self._unpacking.unused_data + packed[_LITTLE:]

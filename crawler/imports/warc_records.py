"""Records of anybody's WARC file, however it is packed; what is damaged is told, and the next record is sought.

warcio parses the headers. It ends at the first damage and gives a record that is cut short as if it were whole, so
finding records, and the ends of them, is done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from crawler.imports.unpacked import Damaged, Unpacked
from crawler.warc import PAGE_LIMIT

MAX_BLOCK = PAGE_LIMIT + 2**20
"""Bytes of a record's block that are read: the largest page and its HTTP headers."""
_MAX_HEADERS = 2**20
_MAX_LENGTH = 10**13
_MOST_DAMAGES = 1000
"""Damages of one file after which the rest of it is given up."""
_OPENING = re.compile(rb"WARC/\d\.\d{1,3}\r?\n\Z")
_WARC = StatusAndHeadersParser(["WARC/"])
_HTTP = StatusAndHeadersParser(["HTTP/"])


@dataclass(frozen=True, slots=True)
class Record:
    """One record."""

    number: int
    """In its file, from 0, damaged ones not counted."""
    headers: Mapping[str, str]
    """Lower-case names."""
    block: bytes
    """Empty where it was not asked for."""
    length: int
    """Of the whole block, in bytes."""

    @property
    def type(self) -> str:
        """response, resource, revisit, request, …"""
        return self.headers.get("warc-type", "").strip().lower()

    @property
    def url(self) -> str:
        """WARC-Target-URI, without the angle brackets that some writers put around it."""
        return self.headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a WARC file that cannot be read, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """The HTTP message in a record's block, its body as archived."""

    status: int
    headers: Mapping[str, str]
    """Lower-case names; of several the first."""
    body: bytes


def http_message(block: bytes) -> HttpMessage | None:
    """The HTTP answer that a block holds; None when it is none."""
    stream = BytesIO(block)
    try:
        head = _HTTP.parse(stream)
    except (StatusAndHeadersParserException, EOFError):
        return None
    words = head.statusline.split()  # `1.1 200 OK`: the parser takes only `HTTP/` for the protocol
    code = words[1] if len(words) > 1 else ""
    headers = {name.lower(): value.strip() for name, value in reversed(head.headers)}
    return HttpMessage(int(code) if code.isdigit() and len(code) == 3 else 0, headers, stream.read())


def read_records(
    stream: Unpacked, size: int | None, wanted: Callable[[Mapping[str, str], int], bool]
) -> Iterator[tuple[int, Record | Damage]]:
    """Every record with its place, and every damage with its.

    A record is given when its end was seen, too: the blank lines after its block, and the checksum of its gzip member.

    Args:
        stream: the file.
        size: bytes of the file, where that is known.
        wanted: given a record's headers and its number, whether to read its block (at most MAX_BLOCK bytes of it).
    """
    reader = _RecordReader(stream, size, wanted)
    damages = 0
    sound = True
    while damages < _MOST_DAMAGES:
        try:
            found = reader.next()
        except Damaged as error:
            if sound or reader.began:
                yield reader.place if reader.began else stream.member_place, Damage(str(error))
            damages += 1
            sound = False
            if not reader.resume():
                return
            continue
        if found is None:
            return
        if isinstance(found, Damage):
            damages += 1
            if sound or reader.began:
                yield reader.place, found
            sound = False
        else:
            sound = True
            yield reader.place, found
    yield reader.place, Damage(f"more than {_MOST_DAMAGES} damages: the rest of the file is not read")


class _RecordReader:
    def __init__(self, stream: Unpacked, size: int | None, wanted: Callable[[Mapping[str, str], int], bool]) -> None:
        self._stream, self._size, self._wanted = stream, size, wanted
        self._number = 0
        self._line: bytes | None = None
        """A line that opens a record and was read already; its place, and whether a member begins with it."""
        self._line_place, self._line_alone = 0, False
        self._last = b""
        """The line that was read last."""
        self._strange: int | None = None
        """Where something stands after a record that is none."""
        self.place = 0
        self.began = False
        """Whether a record's headers were read where the last damage stands."""

    def resume(self) -> bool:
        self._line = None
        self._stream.within_member = False
        return self._stream.resume()

    def next(self) -> Record | Damage | None:
        """The next record or damage; None at the end of the file.

        Raises:
            Damaged: the packing cannot be undone.
        """
        stream = self._stream
        stream.within_member = False
        self.began = False
        if (self._line is None or self._strange is not None) and (stray := self._seek()) is not None:
            return stray
        if self._line is None:
            return None
        opening, self._line = self._line, None
        self.place, self.began = self._line_place, True
        stream.within_member = self._line_alone
        headers = self._headers(opening)
        if isinstance(headers, Damage):
            return headers
        length = _length(headers)
        if length is None:
            given = headers.get("content-length", "none")
            return Damage(f"a record's Content-Length is {given[:30]!r}: the record is passed over")
        if stream.kind == "plain" and self._size is not None and length > self._size - stream.position:
            missing = length - (self._size - stream.position)
            return Damage(f"a record is cut short, or its Content-Length is wrong: {missing} of {length} bytes missing")
        return self._block(headers, length)

    def _block(self, headers: Mapping[str, str], length: int) -> Record | Damage:
        stream = self._stream
        keep = min(length, MAX_BLOCK) if self._wanted(headers, self._number) else 0
        block = stream.read(keep)
        got = len(block) + stream.skip(length - len(block))
        if got < length:
            return Damage(f"a record is cut short: {length - got} of {length} bytes missing")
        if not self._ends():
            return Damage("a record does not end where its Content-Length says: it is passed over")
        self._number += 1
        return Record(self._number - 1, headers, block, length)

    def _seek(self) -> Damage | None:
        """Read on to a line that opens a record; tells of what stood before it and is none."""
        stream = self._stream
        strange, self._strange = self._strange, None
        while self._line is None and not stream.at_end():
            place = stream.place
            if not self._opens() and self._last.strip():
                strange = place if strange is None else strange
                if self._last.startswith(b"filedesc:"):
                    self.place = place
                    stream.skip(2**63)
                    return Damage("this is an ARC file: convert it with `warcio recompress` and import that")
            elif self._line is not None and len(self._line) < len(self._last):
                strange = place if strange is None else strange
        if strange is None:
            return None
        self.place = strange
        return Damage("what stands here is no WARC record")

    def _opens(self) -> bool:
        """Read a line; whether it opens a record, be it after bytes that are none."""
        place, alone = self._stream.place, self._stream.begins_member
        line = self._last = self._stream.readline()
        found = _OPENING.search(line) if b"WARC/" in line else None
        if found is None:
            return False
        self._line, self._line_alone = found.group(), alone and not found.start()
        self._line_place = place + found.start()
        return True

    def _headers(self, opening: bytes) -> dict[str, str] | Damage:
        lines, size = [opening], len(opening)
        while line := self._stream.readline():
            lines.append(line)
            size += len(line)
            if line in (b"\r\n", b"\n"):
                break
            if size > _MAX_HEADERS:
                return Damage("a record's headers do not end")
        else:
            return Damage("the file is cut short within a record's headers")
        try:
            head = _WARC.parse(BytesIO(b"".join(lines)))
        except (StatusAndHeadersParserException, EOFError):
            return Damage("a record's headers cannot be read")
        return {name.lower(): value.strip() for name, value in reversed(head.headers)}

    def _ends(self) -> bool:
        """Whether a record may end here: nothing follows, or blank lines, or another record."""
        stream = self._stream
        blank = 0
        while not stream.at_end():
            place = stream.place
            if self._opens():
                if self._line == self._last:
                    return True
                self._strange = place
                return blank > 0
            if self._last.strip():
                if blank >= 2:
                    self._strange = place
                return blank >= 2
            blank += 1
        return True


def _length(headers: Mapping[str, str]) -> int | None:
    given = headers.get("content-length", "").strip()
    if not given.isascii() or not given.isdigit() or len(given) > 14:
        return None
    length = int(given)
    return length if length <= _MAX_LENGTH else None

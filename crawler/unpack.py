"""Undoing what a body was sent in: chunks (Transfer-Encoding) and packing (Content-Encoding), never past a limit."""

from __future__ import annotations

import io
import re
import zlib

import brotli
import zstandard

from crawler.errors import DamagedBody, TooBig

ENCODINGS = "gzip, deflate"
"""What we say we accept; `br` and `zstd` are read where a server sends them all the same, or an archive holds them."""
GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_LARGEST_WINDOW = 128 * 2**20
"""Bytes of memory that unpacking zstd may take; RFC 9659 allows the web 8 MiB."""
_CHUNK_SIZE = re.compile(rb"[ \t]{0,99}([0-9A-Fa-f]{1,8})[ \t]{0,99}(?:;[^\r\n]{0,1000})?\r\n")


def decoded(body: bytes, content_encoding: str, limit: int) -> bytes:
    """Undo the codings named in a Content-Encoding header, outermost first; one that is undone already is passed over.

    Raises:
        TooBig: more than `limit` bytes would come out.
        DamagedBody: the body is not what the header says, or the coding is unknown.
    """
    for coding in reversed([name.strip().lower() for name in content_encoding.split(",")]):
        if coding in ("", "identity"):
            continue
        if coding in ("gzip", "x-gzip"):
            body = gunzipped(body, limit)
        elif coding == "deflate":
            body = _inflated(body, limit)
        elif coding == "br":
            body = _unbrotlied(body, limit)
        elif coding == "zstd":
            body = _unzstd(body, limit)
        else:
            raise DamagedBody(f"Content-Encoding {coding[:20]!r} is unknown and cannot be read")
    if len(body) > limit:
        raise TooBig(f"more than {limit} bytes")
    return body


def gunzipped(body: bytes, limit: int) -> bytes:
    """All members of a gzip file. A body that says gzip but is not compressed is given back as it is.

    Raises:
        TooBig, DamagedBody
    """
    if not body.startswith(GZIP):
        return body
    parts, left = [], limit
    while body.startswith(GZIP):
        part, body = _member(body, zlib.MAX_WBITS | 16, left)
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def unchunked(body: bytes) -> tuple[bytes, bool]:
    """A body without its chunk sizes (RFC 9112, 7.1), and whether it is whole; one that has none as it is.

    Archives hold bodies both as sent and with the chunks undone, under the same `Transfer-Encoding: chunked`.
    """
    size = _CHUNK_SIZE.match(body)
    parts: list[bytes] = []
    while size is not None:
        length, begin = int(size[1], 16), size.end()
        if length == 0:
            return b"".join(parts), True
        end = begin + length
        parts.append(body[begin:end])
        if not body.startswith(b"\r\n", end):
            return (b"".join(parts), False) if end >= len(body) or len(parts) > 1 else (body, True)
        size = _CHUNK_SIZE.match(body, end + 2)
    return (b"".join(parts), False) if parts else (body, True)


def _inflated(body: bytes, limit: int) -> bytes:
    """Deflate as RFC 9110 means it (a zlib stream) or as some servers send it (raw)."""
    if not body or _is_markup(body):
        return body
    try:
        return _member(body, zlib.MAX_WBITS, limit)[0]
    except DamagedBody:
        return _member(body, -zlib.MAX_WBITS, limit)[0]


def _member(body: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    unpacking = zlib.decompressobj(window)
    try:
        part = unpacking.decompress(body, limit + 1)
    except zlib.error as error:
        raise DamagedBody(f"the compressed body is damaged ({error})") from None
    if len(part) > limit:
        raise TooBig(f"unpacks to more than {limit} bytes")
    if not unpacking.eof:
        raise DamagedBody("the compressed body is cut short")
    return part, unpacking.unused_data


def _unbrotlied(body: bytes, limit: int) -> bytes:
    if not body or _is_markup(body):
        return body
    unpacking = brotli.Decompressor()
    parts: list[bytes] = []
    size, given = 0, body
    try:
        while not unpacking.is_finished():
            part = unpacking.process(given, output_buffer_limit=2**20)
            given = b""
            if not part and unpacking.can_accept_more_data():
                raise DamagedBody("the compressed body is cut short")
            size += len(part)
            if size > limit:
                raise TooBig(f"unpacks to more than {limit} bytes")
            parts.append(part)
    except brotli.error as error:
        raise DamagedBody(f"the compressed body is damaged ({error})") from None
    return b"".join(parts)


def _unzstd(body: bytes, limit: int) -> bytes:
    """All frames of a zstd body; RFC 8878."""
    if not body.startswith(_ZSTD):
        return body
    parts: list[bytes] = []
    size = 0
    try:
        while body.startswith(_ZSTD):
            unpacking = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()
            with io.BytesIO(body) as stream:
                while not unpacking.eof:
                    # Packed data is given in small parts, since one part may unpack to many times its size at once.
                    given = stream.read(1024)
                    if not given:
                        raise DamagedBody("the compressed body is cut short")
                    part = unpacking.decompress(given)
                    size += len(part)
                    if size > limit:
                        raise TooBig(f"unpacks to more than {limit} bytes")
                    parts.append(part)
                body = unpacking.unused_data + stream.read()
    except zstandard.ZstdError as error:
        raise DamagedBody(f"the compressed body is damaged ({error})") from None
    return b"".join(parts)


def _is_markup(body: bytes) -> bool:
    """Whether the body is a page already: packed data begins with `<` too seldom to matter, and then has no tag."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and re.search(rb"<(?:!doctype|!--|\?xml|html|head|body)", start, re.I) is not None

"""Unpacking what came compressed, never to more than a limit."""

from __future__ import annotations

import zlib

from crawler.errors import DamagedBody, TooBig

ENCODINGS = "gzip, deflate"
"""What we say we accept; every other coding is refused, since none may grow without a limit."""
GZIP = b"\x1f\x8b"


def decoded(body: bytes, content_encoding: str, limit: int) -> bytes:
    """Undo the codings named in a Content-Encoding header, outermost first.

    Raises:
        TooBig: more than `limit` bytes would come out.
        DamagedBody: the body is not what the header says, or the coding was never asked for.
    """
    for coding in reversed([one.strip().lower() for one in content_encoding.split(",")]):
        if coding in ("", "identity"):
            continue
        if coding in ("gzip", "x-gzip"):
            body = gunzipped(body, limit)
        elif coding == "deflate":
            body = _inflated(body, limit)
        else:
            raise DamagedBody(f"Content-Encoding {coding[:20]!r} was never asked for and cannot be read")
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


def _inflated(body: bytes, limit: int) -> bytes:
    """Deflate as RFC 9110 means it (a zlib stream) or as some servers send it (raw)."""
    if not body:
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

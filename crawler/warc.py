"""WARC records, written and read. Each record is a gzip member of its own, so a file cut anywhere reads up to there."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.exchange import Exchange
from crawler.ground.clock import stamp
from crawler.page import Page

PAGE_LIMIT = 32 * 2**20
"""Bytes that a kept page may unpack to when it is read again."""
ASKED = "WARC-Asked-URI"
"""Our own field: the URL that was asked for, where a redirect led elsewhere."""
_CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class Original:
    """An earlier capture whose body a revisit record points to instead of repeating it."""

    url: str
    fetched: str
    digest: str


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member of a WARC file: a record. `length` is packed; `start` is unpacked, at most 64 KiB of it."""

    offset: int
    length: int
    start: bytes


def info_record(filename: str, software: str, operator: str) -> bytes:
    """The record that opens a file: who wrote it, and with what."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    fields = {
        "software": software,
        "operator": operator,
        "robots": "obeyed",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    writer.write_record(writer.create_warcinfo_record(filename, fields))
    return out.getvalue()


def exchange_records(exchange: Exchange, asked: str, original: Original | None) -> tuple[bytes, bytes]:
    """A response (or revisit) record and the request record that belongs to it, each packed."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    answer = _answer(writer, exchange, original)
    if asked != exchange.url:
        answer.rec_headers.add_header(ASKED, asked)
    request = writer.create_warc_record(exchange.url, "request", http_headers=_request_head(exchange))
    request.rec_headers.replace_header("WARC-Date", to_warc_date(exchange.fetched))
    request.rec_headers.add_header("WARC-Concurrent-To", answer.rec_headers.get_header("WARC-Record-ID"))
    writer.write_record(answer)
    cut = out.tell()
    writer.write_record(request)
    both = out.getvalue()
    return both[:cut], both[cut:]


def _answer(writer: Any, exchange: Exchange, original: Original | None) -> Any:
    # A body that is no longer chunked must not say that it is, or replay tools wait for chunks.
    headers = [(name, value) for name, value in exchange.headers if name.lower() != "transfer-encoding"]
    head = StatusAndHeaders(f"{exchange.status} {exchange.reason}".strip(), headers, protocol="HTTP/1.1")
    dated = {"WARC-Date": to_warc_date(exchange.fetched)}
    if original is None:
        body = BytesIO(exchange.body)
        return writer.create_warc_record(
            exchange.url, "response", body, len(exchange.body), http_headers=head, warc_headers_dict=dated
        )
    record = writer.create_revisit_record(
        exchange.url,
        original.digest,
        original.url,
        to_warc_date(original.fetched),
        http_headers=head,
        warc_headers_dict=dated,
    )
    if exchange.status == 304:
        profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
        record.rec_headers.replace_header("WARC-Profile", profile)
    return record


def _request_head(exchange: Exchange) -> StatusAndHeaders:
    parts = urlsplit(exchange.url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return StatusAndHeaders(f"GET {target} HTTP/1.1", list(exchange.sent), is_http_request=True)


def members(stream: IO[bytes], offset: int = 0) -> Iterator[Member]:
    """Every whole gzip member from an offset on; ends quietly where the file ends or is cut short."""
    stream.seek(offset)
    pending = b""
    while True:
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        start, length = b"", 0
        while not unpacking.eof:
            chunk = pending or stream.read(_CHUNK)
            pending = b""
            if not chunk:
                return
            try:
                out = unpacking.decompress(chunk, _CHUNK)
                while unpacking.unconsumed_tail:
                    start += out[: _CHUNK - len(start)]
                    out = unpacking.decompress(unpacking.unconsumed_tail, _CHUNK)
            except zlib.error:
                return
            start += out[: _CHUNK - len(start)]
            length += len(chunk)
        pending = unpacking.unused_data
        length -= len(pending)
        yield Member(offset, length, start)
        offset += length


def record_in(data: bytes) -> Any:
    """The record that a member (packed) or its start (unpacked) holds.

    Raises:
        ArchiveLoadFailed: it is no WARC record.
    """
    return next(iter(ArchiveIterator(BytesIO(data))))


def page_in(record: Any, asked: str | None = None) -> Page:
    """The page in a response record, decoded.

    Raises:
        FetchError: its body is damaged or too large.
    """
    http = record.http_headers
    status, _, reason = http.statusline.partition(" ") if http else ("200", "", "")
    exchange = Exchange(
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        sent=(),
        status=int(status) if status.isdigit() else 0,
        reason=reason,
        headers=tuple(http.headers) if http else (),
        body=record.raw_stream.read(),
        fetched=to_local(record.rec_headers.get_header("WARC-Date")),
    )
    return exchange.page(asked or exchange.url, PAGE_LIMIT)


def to_local(warc_date: str) -> str:
    """A WARC-Date on Vietnam's clock."""
    return stamp(datetime.fromisoformat(warc_date))


def to_warc_date(local: str) -> str:
    """An ISO 8601 time as WARC prints it: UTC, to the second."""
    return datetime.fromisoformat(local).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""Pages out of WARC files. A revisit is resolved last, when every capture that it may point to was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from crawler.captures import Captures
from crawler.errors import ArchiveError, DamagedBody, FetchError
from crawler.ground.database import open_scratch
from crawler.imports.result import Rejected, Skipped
from crawler.imports.unpacked import Unpacked
from crawler.imports.warc_records import MAX_BLOCK, Damage, HttpMessage, Record, http_message, read_records
from crawler.page import Page
from crawler.unpack import decoded, unchunked
from crawler.warc import PAGE_LIMIT, to_local

Watch = Callable[[int, int], None]
"""Told, now and then, how many bytes of how many are read."""
_HTML = ("text/html", "application/xhtml+xml")
_PAGES = ("response", "resource", "revisit")
_SCHEMA = """
CREATE TABLE capture (file INTEGER, number INTEGER, url TEXT, dated TEXT, digest TEXT, record TEXT, html INTEGER);
CREATE TABLE revisit (place TEXT, url TEXT, dated TEXT, digest TEXT, of_url TEXT, of_date TEXT, of_record TEXT,
                      same INTEGER);
"""
_INDEXES = """
CREATE INDEX capture_url ON capture (url, dated);
CREATE INDEX capture_digest ON capture (digest);
CREATE INDEX capture_record ON capture (record);
"""


@dataclass(frozen=True, slots=True)
class WarcSource:
    """A WARC file, wherever it lies: its name for reports, how it is opened (again), and its size if known."""

    name: str
    open: Callable[[], IO[bytes]]
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """A page, and the place of its record."""

    page: Page
    where: str


class WarcPages:
    """Reads any number of WARC files, then the revisits in them; memory does not grow with either."""

    def __init__(self, archive: Captures | None) -> None:
        self._archive = archive
        self._sources: list[WarcSource] = []
        self._db = open_scratch()
        self._db.executescript(f"{_SCHEMA} BEGIN;")

    def close(self) -> None:
        """Forget what was noted."""
        self._db.close()

    def read(self, source: WarcSource, watch: Watch) -> Iterator[Captured | Rejected | Skipped]:
        """Every page of a file but those of revisits.

        Raises:
            OSError: it cannot be read.
        """
        file = len(self._sources)
        self._sources.append(source)
        with source.open() as raw:
            stream = Unpacked(raw)
            for place, found in read_records(stream, source.size, _may_be_page):
                where = f"{source.name}@{place}"
                if isinstance(found, Damage):
                    yield Rejected(where, found.reason)
                elif found.type == "revisit":
                    yield from self._note_revisit(found, where)
                else:
                    result = _page(found, where)
                    if found.type in _PAGES:
                        self._note_capture(file, found, isinstance(result, Captured))
                    yield result
                watch(stream.consumed, source.size or stream.consumed)
            watch(stream.consumed, stream.consumed)

    def _note_capture(self, file: int, record: Record, html: bool) -> None:
        head = record.headers.get
        digest, identity = head("warc-payload-digest"), head("warc-record-id")
        values = (file, record.number, record.url, _moment(head("warc-date")), digest, identity, html)
        self._db.execute("INSERT INTO capture VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def _note_revisit(self, record: Record, where: str) -> Iterator[Skipped]:
        head = record.headers.get
        answer = http_message(record.block)
        kind = _kind(answer.headers.get("content-type")) if answer else ""
        if kind and kind not in _HTML:
            yield Skipped(f"revisit of {kind}")
            return
        same = "not-modified" in head("warc-profile", "")
        values = (
            *(where, record.url, _moment(head("warc-date")), head("warc-payload-digest")),
            *(head("warc-refers-to-target-uri", "").strip("<>"), _moment(head("warc-refers-to-date"))),
            *(head("warc-refers-to"), same),
        )
        self._db.execute("INSERT INTO revisit VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def revisits(self) -> Iterator[Captured | Rejected | Skipped]:
        """The pages of all revisits, with the bodies of the captures that they point to.

        Raises:
            OSError: a file cannot be read again.
        """
        self._db.executescript(_INDEXES)
        self._db.execute("CREATE TABLE wanted (file INTEGER, number INTEGER, place TEXT, url TEXT, dated TEXT)")
        for revisit in self._db.execute("SELECT * FROM revisit ORDER BY rowid"):
            where, url, dated = revisit[:3]
            found = self._original(revisit)
            if found is None:
                try:
                    yield self._from_archive(revisit)
                except ArchiveError as error:
                    yield Rejected(where, f"a revisit: {error}")
            elif not found[2]:
                yield Skipped("revisit of what is no page")
            else:
                self._db.execute("INSERT INTO wanted VALUES (?, ?, ?, ?, ?)", (*found[:2], where, url, dated))
        self._db.execute("CREATE INDEX wanted_number ON wanted (file, number)")
        for (file,) in self._db.execute("SELECT DISTINCT file FROM wanted ORDER BY file").fetchall():
            yield from self._read_again(file)

    def _original(self, revisit: tuple[str, ...]) -> tuple[int, int, int] | None:
        """The capture that a revisit points to, as (file, number, whether it is a page)."""
        _, url, dated, digest, of_url, of_date, of_record, same = revisit
        select = "SELECT file, number, html FROM capture WHERE"
        asked: list[tuple[str, tuple[object, ...]]] = []
        if of_record:
            asked.append(("record = ?", (of_record,)))
        if of_date:
            asked.append(("url = ? AND dated = ?", (of_url or url, of_date)))
        if digest:
            asked.append(("digest = ? ORDER BY html DESC", (digest,)))
        if same and dated:
            asked.append(("url = ? AND dated < ? ORDER BY dated DESC", (of_url or url, dated)))
        for condition, values in asked:
            row = self._db.execute(f"{select} {condition} LIMIT 1", values).fetchone()
            if row is not None:
                return row[0], row[1], row[2]
        return None

    def _from_archive(self, revisit: tuple[str, ...]) -> Captured | Rejected | Skipped:
        where, url, dated, digest, of_url, of_date, *_ = revisit
        named = of_url or url
        if self._archive is not None:
            held = [
                capture for capture in self._archive.of([named]) if capture.status == 200 and capture.original is None
            ]
            pointed = [capture for capture in held if of_date and capture.fetched == of_date]
            pointed += [capture for capture in held if digest and capture.digest == digest]
            pointed += self._archive.with_digest(digest) if digest and not pointed else []
            if pointed:
                page = self._archive.read(pointed[0])
                return Captured(Page(url, url, page.content, 200, page.headers, dated), where)
        said = f", captured {of_date}" if of_date else ""
        return Rejected(
            where,
            f"a revisit of {named[:200]}{said}: the capture that holds its text is neither in this import nor in the "
            "archive; import the file that has it together with this one",
        )

    def _read_again(self, file: int) -> Iterator[Captured | Rejected | Skipped]:
        source = self._sources[file]
        sql = "SELECT place, url, dated FROM wanted WHERE file = ? AND number = ?"

        def pointed_at(_headers: Mapping[str, str], number: int) -> bool:
            return self._db.execute(sql, (file, number)).fetchone() is not None

        with source.open() as raw:
            for _, found in read_records(Unpacked(raw), source.size, pointed_at):
                if isinstance(found, Record):
                    for where, url, dated in self._db.execute(sql, (file, found.number)).fetchall():
                        yield _page(found, where, url=url, fetched=dated)


def _may_be_page(headers: Mapping[str, str], _number: int) -> bool:
    return headers.get("warc-type", "").strip().lower() in _PAGES


def _page(
    record: Record, where: str, *, url: str | None = None, fetched: str | None = None
) -> Captured | Rejected | Skipped:
    """The page that a record holds (of a revisit, with its own URL and time), or why there is none."""
    if record.type not in _PAGES:
        return Skipped(f"{record.type or 'untyped'} records")
    named = url if url is not None else record.url
    where = f"{where} {named[:200]}" if named else where
    answer = _answer(record)
    if answer is None:
        return Skipped("answers that are not HTTP")
    if answer.status != 200:
        return Skipped(f"answers with status {answer.status}")
    kind = _kind(answer.headers.get("content-type"))
    if kind and kind not in _HTML:
        return Skipped(kind)
    if "warc-segment-number" in record.headers:
        return Rejected(where, "a record in several segments: they are not put together")
    if record.length > MAX_BLOCK:
        return Rejected(where, f"{record.length} bytes: more than {PAGE_LIMIT >> 20} MB are no page")
    try:
        content, whole = _content(answer)
    except FetchError as error:
        return Rejected(where, str(error))
    if not kind and b"<html" not in content[:2048].lower():
        return Skipped("answers without a Content-Type")
    truncated = record.headers.get("warc-truncated")
    if (truncated or not whole) and b"</html" not in content[-4096:].lower():
        why = f"its WARC-Truncated is {truncated[:20]}" if truncated else "fewer bytes came than the server announced"
        return Rejected(where, f"the page was cut short when it was captured ({why}): half an article is none")
    dated = fetched if fetched is not None else _moment(record.headers.get("warc-date"))
    address = named if named.startswith(("http://", "https://")) else ""
    return Captured(Page(address, address, content, 200, answer.headers, dated), where)


def _answer(record: Record) -> HttpMessage | None:
    """What a record says was answered; a resource is its content alone."""
    if record.type == "resource":
        return HttpMessage(200, {"content-type": record.headers.get("content-type", "")}, record.block)
    return http_message(record.block)


def _content(answer: HttpMessage) -> tuple[bytes, bool]:
    """A body with chunks and packing undone where they are not undone yet, and whether it is whole."""
    body, whole = answer.body, True
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        body, whole = unchunked(body)
    else:
        announced = answer.headers.get("content-length", "")
        whole = not (announced.isascii() and announced.isdigit()) or len(body) >= int(announced[:15])
    try:
        return decoded(body, answer.headers.get("content-encoding", ""), PAGE_LIMIT), whole
    except DamagedBody:
        if whole:
            raise
        raise DamagedBody("the page was cut short when it was captured: half an article is none") from None


def _kind(content_type: str | None) -> str:
    """The media type without parameters, such as `text/html`; empty when none is told."""
    return (content_type or "").split(";")[0].strip().lower()[:60]


def _moment(warc_date: str | None) -> str | None:
    """A WARC-Date on Vietnam's clock; None when it is missing, is none, or tells less than a time of day."""
    try:
        given = datetime.fromisoformat((warc_date or "").strip())
        if len((warc_date or "").strip()) < len("2025-01-01T00:00"):
            return None
        return to_local((given if given.tzinfo else given.replace(tzinfo=UTC)).isoformat())
    except (ValueError, OverflowError):
        return None

"""Verifying what a crawl keeps beside the articles: the frontier, and every byte of the WARC files."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from crawler.captures import INDEX
from crawler.ground.clock import now, stamp
from crawler.ground.database import open_reading
from crawler.ground.fault import REPAIR, RESTORE, Fault
from crawler.ground.verifying import check_database, seal_faults

_CHUNK = 1 << 20
_NAMED = 5
"""URLs that one fault names; the others are counted."""
_SLACK = timedelta(days=1)


def verify_frontier(path: Path, is_kept: Callable[[str], bool], revisit_days: int) -> Iterator[Fault]:
    """What is wrong with the frontier: its bytes, articles that the store does not keep, times that cannot be."""
    found = check_database(path)
    yield from seal_faults(path, found.seal)
    if found.damage:
        yield Fault(str(path), found.damage, "when each page is due; a crawl finds the pages again", REPAIR)
        return
    if not path.is_file():
        return
    try:
        with closing(open_reading(path)) as db:
            if found.seal.state == "broken" and not db.execute("PRAGMA table_info(page)").fetchone():
                return  # a power cut or kill came before anything was noted: the next crawl begins it
            sql = "SELECT article FROM page WHERE article IS NOT NULL"
            unknown = [id for (id,) in db.execute(sql).fetchall() if not is_kept(id)]
            yield from _impossible_times(path, db, revisit_days)
    except sqlite3.Error as error:
        yield Fault(str(path), str(error), "when each page is due; a crawl finds the pages again", REPAIR)
        return
    if unknown:
        what = f"{len(unknown)} pages are noted as kept, and the store lacks their articles"
        yield Fault(str(path), what, _listed(unknown), REPAIR)


def _impossible_times(path: Path, db: sqlite3.Connection, revisit_days: int) -> Iterator[Fault]:
    """Times that only a wrong clock can have written: no page was fetched after now, or is due `revisit_days` later."""
    latest = stamp(now() + timedelta(days=revisit_days) + _SLACK)
    soon = stamp(now() + _SLACK)
    (late,) = db.execute("SELECT count(*) FROM page WHERE fetched > ? OR due > ?", (soon, latest)).fetchone()
    if late:
        what = f"{late} pages were fetched after now or are due after {latest[:10]}: a crawl ran with its clock ahead"
        yield Fault(str(path), what, "nothing yet: edits of these pages would be missed", REPAIR)
    sql = "SELECT max(coalesce(last_run, '')) FROM site"
    (last,) = db.execute(sql).fetchone()
    if last and last > soon:
        what = f"a crawl is noted at {last}, and this machine's clock says {stamp()}: one of the two was wrong"
        yield Fault(str(path), what, "nothing", REPAIR)


def verify_archive(folder: Path) -> Iterator[Fault]:
    """What is wrong with the WARC files and their index: every listed byte is read."""
    index = folder / INDEX
    found = check_database(index)
    yield from seal_faults(index, found.seal)
    if found.damage:
        yield Fault(str(index), found.damage, "nothing: it is read again from the WARC files", REPAIR)
        return
    if not index.is_file():
        return
    try:
        with closing(open_reading(index)) as db:
            columns = [name for _, name, *_ in db.execute("PRAGMA table_info(file)")]
            if not columns and found.seal.state == "broken":
                return  # a power cut or kill came before anything was listed: the next crawl lists it
            crc = "crc" if "crc" in columns else "NULL"
            for name, size, wanted in db.execute(f"SELECT name, size, {crc} FROM file ORDER BY name"):
                if what := _difference(folder / name, size, wanted):
                    lost = _unreadable(folder / name, db, name)
                    yield Fault(str(folder / name), what, f"{len(lost)} answers: {_listed(lost)}" if lost else
                                "nothing: every answer in it can be read", RESTORE if lost else REPAIR)  # fmt: skip
    except sqlite3.Error as error:
        yield Fault(str(index), str(error), "nothing: it is read again from the WARC files", REPAIR)


def _difference(path: Path, size: int, wanted: int | None) -> str | None:
    """How a WARC file differs from what was written into it; later records that nobody listed yet are no difference."""
    try:
        with path.open("rb") as stream:
            left, crc = size, 0
            while left and (chunk := stream.read(min(_CHUNK, left))):
                crc = zlib.crc32(chunk, crc)
                left -= len(chunk)
    except FileNotFoundError:
        return "it is gone"
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    if left:
        return f"it is cut short: {left:,} of {size:,} bytes are missing"
    return "its bytes are not as they were written" if wanted is not None and crc != wanted else None


def _unreadable(path: Path, db: sqlite3.Connection, name: str) -> list[str]:
    """URLs whose answers in a damaged file cannot be read any more; each record has a checksum of its own."""
    lost = []
    for url, offset, length in db.execute("SELECT url, offset, length FROM capture WHERE file = ?", (name,)):
        try:
            with path.open("rb") as stream:
                stream.seek(offset)
                zlib.decompress(stream.read(length), zlib.MAX_WBITS | 16)
        except (OSError, zlib.error):
            lost.append(url)
    return lost


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more

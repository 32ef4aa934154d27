"""Verifying what alerts keep: the ledger against its seal, each feed against the checksum at its end."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress

from crawler.ground.database import open_reading
from crawler.ground.fault import RESTORE, Fault
from crawler.ground.verifying import check_database, seal_faults
from tratin.alerts.definitions import read
from tratin.errors import AlertError
from tratin.settings import Settings

ALERT = "tratin alert"
_SUM = b"<!-- crc-32 %08x -->\n"
_LENGTH = len(_SUM % 0)


def summed(feed: bytes) -> bytes:
    """A feed as it is kept: behind it a comment with its checksum."""
    return feed + _SUM % zlib.crc32(feed)


def verify_alerts(settings: Settings) -> Iterator[Fault]:
    """What is wrong with the ledger and the feeds; nothing where no alert was ever begun."""
    path = settings.ledger_path
    found = check_database(path)
    yield from seal_faults(path, found.seal)
    if found.damage:
        whole = found.seal.state == "damaged" and not found.malformed
        lost = "which articles each alert told, and what waits to be sent"
        yield Fault(str(path), found.damage, f"{'perhaps ' if whole else ''}{lost}", RESTORE)
    written = sorted(path for path in settings.feeds_dir.glob("*.atom") if path.stem.isalnum() and path.is_file())
    for feed in written:
        content = feed.read_bytes()
        if content != summed(content[:-_LENGTH]):
            what = "it is not as it was written"
            yield Fault(str(feed), what, "nothing: it is written again from the ledger", ALERT)
    if not found.damage and found.seal.state == "whole":
        for name in sorted(_expected(settings) - {feed.stem for feed in written}):
            missing = settings.feeds_dir / f"{name}.atom"
            yield Fault(str(missing), "it is gone", "nothing: it is written again from the ledger", ALERT)


def _expected(settings: Settings) -> set[str]:
    """The feeds that the last run wrote: of the alerts that it began, are on, and ask for one."""
    with suppress(AlertError, sqlite3.Error):
        asked = {alert.name for alert in read(settings.alerts_path) if alert.feed}
        with closing(open_reading(settings.ledger_path)) as db:
            rows = db.execute("SELECT name, feed FROM alert WHERE off IS NULL").fetchall()
        return {feed for name, feed in rows if name in asked}
    return set()

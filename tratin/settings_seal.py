"""The settings' seal: which hand-written files the last crawl or reindex read, so that a change is told from a loss."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from crawler.errors import CrawlerError
from crawler.ground import disk
from crawler.ground.clock import stamp
from crawler.ground.fault import REPAIR, RESTORE, Fault
from crawler.ground.seal import SUFFIX
from crawler.sites import catalog
from index.errors import IndexRoomError
from index.officials.registry import corrections
from index.topics import taxonomy
from tratin.alerts import definitions
from tratin.errors import AlertError, SettingsError
from tratin.settings import load

FILES: Final = ("tratin.toml", "sites.toml", "officials.toml", "topics.toml")
"""What a crawl or reindex takes in."""
ALERTS: Final = "alerts.toml"
"""What `tratin alert` takes in."""
SEAL: Final = f"settings{SUFFIX}"


def seal_settings(data: Path, names: Sequence[str] = FILES) -> None:
    """Note these settings as they stand: a command has just taken them in. Written only where they changed."""
    noted = _noted(data)
    others = {name: digest for name, digest in (noted or {}).items() if name not in names}
    found = {**others, **{name: digest for name, digest in _digests(data).items() if name in names}}
    if noted != found:
        content = json.dumps({"read": stamp(), "sha256": found})
        disk.put(data / SEAL, f"{content}\n{zlib.crc32(content.encode())}\n".encode())


def verify_settings(data: Path, *, expected: bool) -> Iterator[Fault]:
    """Settings that cannot be read, or that are gone though they were there.

    `expected` says that a reindex has run, so that there must be a seal.
    """
    for name, error in _unreadable(data):
        yield Fault(str(data / name), error, "what it said", RESTORE)
    noted = _noted(data)
    if noted is None and (expected or (data / SEAL).exists()):
        what = "it is damaged" if (data / SEAL).exists() else "it is gone"
        yield Fault(str(data / SEAL), what, "nothing: it holds checksums", REPAIR)
    for name in sorted((noted or {}).keys() - _digests(data).keys()):
        what = f"it is gone; if you deleted it, `{_command_for(name)}` goes on without it"
        yield Fault(str(data / name), what, "what it said", RESTORE)


def changed_settings(data: Path) -> Iterator[str]:
    """Files that are new or others than the last crawl or reindex read, in words."""
    noted = _noted(data)
    for name, digest in _digests(data).items():
        if noted is not None and noted.get(name) != digest:
            command = _command_for(name)
            yield f"{data / name} was changed since a command last read it: `{command}` takes it in"


def _command_for(name: str) -> str:
    return "tratin alert" if name == ALERTS else "tratin reindex"


def _digests(data: Path) -> dict[str, str]:
    there = [name for name in (*FILES, ALERTS) if (data / name).is_file()]
    return {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in there}


def _noted(data: Path) -> dict[str, str] | None:
    """File → digest as last noted; None where nothing was, or it cannot be read."""
    try:
        written = (data / SEAL).read_bytes()
        content = written.partition(b"\n")[0]
        if written != b"%s\n%d\n" % (content, zlib.crc32(content)):
            return None
        noted: dict[str, str] = json.loads(content)["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return noted


def _unreadable(data: Path) -> Iterator[tuple[str, str]]:
    """Settings that no command could take in, and why."""
    for name, read in (
        ("tratin.toml", lambda: load(data)),
        ("sites.toml", lambda: catalog.load(data)),
        ("officials.toml", lambda: corrections.load(data / "officials.toml")),
        ("topics.toml", lambda: taxonomy.load(data)),
        *(((ALERTS, lambda: definitions.read(data / ALERTS)),) if (data / ALERTS).exists() else ()),
    ):
        try:
            read()
        except (SettingsError, CrawlerError, IndexRoomError, AlertError) as error:
            yield name, str(error)

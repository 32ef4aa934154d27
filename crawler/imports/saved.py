"""Pages that a browser or a program saved: one HTML file (with its folder beside it), SingleFile's HTML, MHTML."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from crawler.errors import UrlError
from crawler.ground.clock import stamp
from crawler.imports.result import Rejected
from crawler.page import Page
from crawler.urls import canonical

MAX_SAVED = 20 * 2**20
MAX_MHTML = 64 * 2**20
"""Bytes of the largest MHTML file: it holds the page's pictures, too."""
_HTML = (".html", ".htm", ".xhtml")
_FOLDERS = ("_files", ".files", "_fichiers", "-Dateien", "_archivos", "-filer", "_bestanden", "_arquivos")
"""What browsers add to a page's name for the folder of its parts, in several languages."""
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{1,6}\)(\S{1,2000})\s*-->")
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S{1,2000})\s+saved date:\s*([^\r\n]{1,120})")
_MIRRORED = re.compile(rb"<!-- Mirrored from (\S{1,2000}) by HTTrack [^\r\n]{1,80}, ([A-Z][a-z]{2}, [^\r\n]{1,40}) -->")
_JAVASCRIPT_DATE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) ([\d:]{8}) GMT([+-]\d{4})")


def is_part_of_page(path: Path, beside: Collection[Path]) -> bool:
    """Whether a file lies in the folder of parts of a saved page that is among `beside`."""
    for folder in path.parents:
        for ending in _FOLDERS:
            if folder.name.endswith(ending):
                stem = folder.name.removesuffix(ending)
                if any(folder.with_name(f"{stem}{kind}") in beside for kind in _HTML):
                    return True
    return False


def read_saved(path: Path) -> Page | Rejected:
    """The page in an HTML file, with the URL and time that the program which saved it wrote into it.

    Raises:
        OSError: the file cannot be read.
    """
    if (size := path.stat().st_size) > MAX_SAVED:
        return Rejected(str(path), f"{size} bytes are too many for a page: at most {MAX_SAVED >> 20} MB are read")
    content = path.read_bytes()
    start = content[:8192]
    url, fetched = "", None
    if found := _SINGLE_FILE.search(start):
        url, fetched = _decoded(found[1]), _javascript_date(_decoded(found[2]))
    elif found := _SAVED_FROM.search(start):
        url = _decoded(found[1])
    elif found := _MIRRORED.search(content):
        url, fetched = f"http://{_decoded(found[1])}", _mail_date(_decoded(found[2]))
    url = _address([url])
    return Page(url, url, content, fetched=fetched)


def read_mhtml(path: Path) -> Page | Rejected:
    """The page in an MHTML file (RFC 2557), as Chrome, Edge and Internet Explorer save it.

    Raises:
        OSError: the file cannot be read.
    """
    if (size := path.stat().st_size) > MAX_MHTML:
        return Rejected(str(path), f"{size} bytes are too many: at most {MAX_MHTML >> 20} MB of MHTML are read")
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        if not parts:
            return Rejected(str(path), "no page is in this MHTML file")
        start = str(message.get_param("start") or "")
        root = next((part for part in parts if start and str(part.get("Content-ID")) == start), parts[0])
        content = root.get_payload(decode=True)
        charset = root.get_content_charset()
        urls = [str(message.get("Snapshot-Content-Location") or ""), str(root.get("Content-Location") or "")]
        fetched = _mail_date(str(message.get("Date") or ""))
    except (RecursionError, ValueError, LookupError, UnicodeError, TypeError) as error:
        return Rejected(str(path), f"this MHTML file cannot be read ({type(error).__name__})")
    if not isinstance(content, bytes) or len(content) > MAX_SAVED:
        return Rejected(str(path), f"no page of at most {MAX_SAVED >> 20} MB is in this MHTML file")
    url = _address(urls)
    headers = {"content-type": f"text/html; charset={charset}"} if charset else {}
    return Page(url, url, content, headers=headers, fetched=fetched)


def _address(urls: Iterable[str]) -> str:
    """The first of the URLs that is one; empty when none is."""
    for url in urls:
        try:
            return canonical("".join(url.split()))
        except UrlError:
            continue
    return ""


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _mail_date(text: str) -> str | None:
    try:
        given = parsedate_to_datetime(text)
        return _local(given if given.tzinfo else given.replace(tzinfo=UTC))  # `-0000` is UTC of a place not told
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _javascript_date(text: str) -> str | None:
    """`Fri Mar 07 2025 08:47:00 GMT+0700 (Indochina Time)`."""
    found = _JAVASCRIPT_DATE.match(text)
    try:
        return _local(datetime.strptime(" ".join(found.groups()), "%b %d %Y %H:%M:%S %z")) if found else None
    except (ValueError, OverflowError):
        return None


def _local(moment: datetime) -> str | None:
    return stamp(moment) if moment.tzinfo else None

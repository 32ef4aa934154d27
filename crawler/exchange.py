"""Exchange: one request and its answer as they went over the wire, before any decoding. What the archive keeps."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from crawler.page import Page
from crawler.unpack import decoded


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer."""

    url: str
    sent: tuple[tuple[str, str], ...]
    """The request's headers."""
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    """The answer's headers, as sent."""
    body: bytes
    """Transfer-decoded, but still content-encoded: what a WARC record holds."""
    fetched: str
    """ISO 8601 with +07:00."""

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for given, value in self.headers if given.lower() == wanted), None)

    @property
    def digest(self) -> str:
        """SHA-1 of the body in base32, as WARC writers print it."""
        return "sha1:" + base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode("ascii")

    def page(self, asked: str, limit: int) -> Page:
        """The answer to what was asked (before redirects), decoded.

        Raises:
            TooBig: it unpacks to more than `limit` bytes.
            DamagedBody: it is not coded as its headers say.
        """
        content = decoded(self.body, self.header("content-encoding") or "", limit)
        headers = {name.lower(): value for name, value in reversed(self.headers)}
        return Page(asked, self.url, content, self.status, headers, self.fetched)

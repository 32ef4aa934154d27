"""`health`: whether a reader would be served, found out by asking a real question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.request import SearchRequest
from web.api.operation import Reply, operation
from web.backend import backend


@dataclass(frozen=True, slots=True)
class Health:
    """Whether search works, and over what."""

    status: Literal["ok", "empty", "failing"]
    documents: int
    generation: str
    took_ms: float


@operation("/health", Health)
def health() -> Reply:
    """Whether search works.

    Asks for the words of the newest article's title: 200 when that article is found (or nothing is held yet), else 503.
    """
    searcher = backend().searcher
    newest = searcher.search(SearchRequest(sort="newest", limit=1)).hits
    found = searcher.search(SearchRequest(text=" ".join(newest[0].title.split()[:3]), limit=1)) if newest else None
    failing = bool(newest or backend().articles.count()) and not (found and found.total)
    status: Literal["ok", "empty", "failing"] = "failing" if failing else "ok" if newest else "empty"
    body = Health(status, searcher.documents, searcher.generation, found.took_ms if found else 0.0)
    return Reply(body, 503 if failing else 200, {"Cache-Control": "no-store"})

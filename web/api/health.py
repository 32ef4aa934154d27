"""`health`: whether a reader would be served, found out by asking a real question."""

from __future__ import annotations

from search.request import SearchRequest
from web.api.operation import Answer, Json, operation
from web.parts import parts

_HEALTH: Json = {
    "type": "object",
    "properties": {
        "status": {"type": "string", "enum": ["ok", "empty", "failing"]},
        "documents": {"type": "integer"},
        "generation": {"type": "string"},
        "took_ms": {"type": "number"},
    },
    "required": ["status", "documents", "generation", "took_ms"],
}


@operation("/health", _HEALTH)
def health() -> Answer:
    """Whether search works.

    Asks for the words of the newest article's title: 200 when that article is found (or nothing is held yet), else 503.
    """
    searcher = parts().searcher
    newest = searcher.search(SearchRequest(sort="newest", limit=1)).hits
    found = searcher.search(SearchRequest(text=" ".join(newest[0].title.split()[:3]), limit=1)) if newest else None
    status = "ok" if found and found.total else "failing" if newest or parts().store.count() else "empty"
    body = {
        "status": status,
        "documents": searcher.documents,
        "generation": searcher.generation,
        "took_ms": found.took_ms if found else 0.0,
    }
    return Answer(body, 503 if status == "failing" else 200, {"Cache-Control": "no-store"})

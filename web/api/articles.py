"""`articles/<id>` and its versions."""

from __future__ import annotations

from dataclasses import asdict

from flask import request

from crawler.article import Article
from search.request import SearchRequest
from web.api.operation import Json, operation
from web.api.schemas import listing, ref
from web.pages.article import shown
from web.params import Parameter, whole
from web.parts import parts

_ID = Parameter("id", "Article id.", {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,80}$"})
_VERSION = Parameter(
    "version", "A kept version; the latest without it.", {"type": "integer", "minimum": 1, "maximum": 999999}, 1
)
_ANSWER: Json = {
    "allOf": [
        ref("Article"),
        {
            "type": "object",
            "properties": {
                "topics": {"type": "array", "items": ref("TopicNamed")},
                "officials": {"type": "array", "items": ref("OfficialNamed")},
                "text_withheld": {"type": "boolean", "description": "True on a server that shows snippets only."},
            },
            "required": ["topics", "officials", "text_withheld"],
        },
    ]
}


@operation("/articles/<id>", _ANSWER, parameters=(_VERSION,), problems=(404, 410), id=_ID)
def article(id: str) -> Json:
    """One article with its officials and topics.

    A withdrawn article answers 410. Topics and officials are those of the indexed version.
    """
    version = whole(request.args, "version", 1, 1, 999999) if "version" in request.args else None
    kept = shown(id, version)
    marked = parts().searcher.marked(id, SearchRequest())
    return {
        **printed(kept),
        "topics": [{"slug": topic.slug, "name": topic.name} for topic in marked.topics] if marked else [],
        "officials": [
            {"id": one.id, "name": one.name, "title": one.title, "organisation": one.organisation}
            for one in (marked.officials if marked else ())
        ],
        "text_withheld": parts().settings.snippets_only,
    }


@operation("/articles/<id>/versions", listing("versions", ref("VersionNote")), problems=(404, 410), id=_ID)
def versions(id: str) -> Json:
    """Every kept version of one article, oldest first."""
    shown(id)
    return {"versions": [asdict(note) for note in parts().store.versions(id)]}


def printed(kept: Article) -> Json:
    """The article as JSON, without its paragraphs where this server shows snippets only."""
    content = kept.as_json()
    if parts().settings.snippets_only:
        content |= {"paragraphs": [], "captions": []}
    return content

"""`search` and `suggest`."""

from __future__ import annotations

from flask import request

from web.api.operation import Answer, Json, operation
from web.api.schemas import listing, ref
from web.links import here
from web.params import LIMIT, MAX_QUERY, QUERY, SEARCH, Parameter, search_request, text, whole
from web.parts import parts

_SUGGESTION: Json = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": ["official", "topic", "phrase"]},
        "text": {"type": "string"},
        "detail": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "id": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
    "required": ["kind", "text", "detail", "id"],
}
_FEW = Parameter("limit", "Suggestions at most.", {**LIMIT.schema, "maximum": 20, "default": 10}, 5)


@operation("/search", ref("ResultPage"), parameters=SEARCH, problems=(404, 410))
def search() -> Answer:
    """One page of results.

    The same ResultPage as `tratin search --json`. `next` is the cursor of the next page, also sent as a Link header;
    a cursor that was never handed out answers 404, an expired one 410, both with a link to start again. Without a
    query it lists the newest articles.
    """
    found = parts().searcher.search(search_request(request.args))
    more = {"Link": f'<{here().set("cursor", found.next)}>; rel="next"'} if found.next else {}
    return Answer(found.as_json(), headers=more)


@operation("/suggest", listing("suggestions", _SUGGESTION), parameters=(QUERY, _FEW))
def suggest() -> Json:
    """Officials, topics and phrases that begin as `q` does."""
    typed = text(request.args, "q", MAX_QUERY)
    most = whole(request.args, "limit", 10, 1, 20)
    found = parts().searcher.suggest(typed, most) if typed else ()
    return {"suggestions": [{"kind": one.kind, "text": one.text, "detail": one.detail, "id": one.id} for one in found]}

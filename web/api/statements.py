"""`statements`."""

from __future__ import annotations

from flask import request

from search.statements import StatementPage
from web.api.operation import operation
from web.backend import backend
from web.links import beside_cursor, here
from web.pages.statements import ORDERS, wanted_statements
from web.params import CURSOR, FILTERS, LANG, LIMIT, Parameter

_OFFICIAL = Parameter(
    "official", "Official id: what this one says.", {"type": "string", "minLength": 1, "maxLength": 120}
)
_BY_NAME = {parameter.name: parameter for parameter in FILTERS}
_PARAMETERS = (
    _OFFICIAL,
    *(_BY_NAME[name] for name in ("topic", "q", "from", "to")),
    Parameter(
        "sort", "Order of their articles.", {"type": "string", "enum": list(ORDERS), "default": ORDERS[0]}, "oldest"
    ),
    Parameter("limit", "Statements on one page.", LIMIT.schema, 5),
    CURSOR,
    LANG,
)


@operation("/statements", StatementPage, parameters=_PARAMETERS, problems=(404, 410))
def statements() -> StatementPage:
    """Who said what: sentences with their speaker, of the newest articles first, or in the order asked for.

    With `official` what one official says; `topic`, `from` and `to` are those of the articles; with `q` every word of
    it stands in the statement. `total` is null where too many articles would have to be read to count;
    `speakers` are those who say something in the articles found, whoever is asked for, with the number of articles.
    `next` is the cursor of the next page, also sent as a Link header, as is the page before.
    """
    wanted = wanted_statements(request.args)
    found = backend().searcher.statements(wanted, counted=True)
    beside_cursor(here(), wanted, found.next)
    return found

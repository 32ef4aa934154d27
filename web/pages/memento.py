"""`/timemap/<id>` and `/timegate/<id>`: archived copies of an article through time, as RFC 7089 (Memento) has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, redirect, request
from werkzeug.http import http_date, parse_date
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as WerkzeugResponse

from web.backend import backend
from web.i18n import t
from web.links import absolute, link
from web.pages.article import readable
from web.problems import BadParameter, Missing, Withheld

pages = Blueprint("memento", __name__)


@dataclass(frozen=True, slots=True)
class Memento:
    """One archived copy."""

    address: str
    fetched: datetime
    original: str


@pages.get("/timemap/<id>")
def timemap(id: str) -> Response:
    """Every archived copy as application/link-format, the earliest first."""
    copies = mementos(id)
    span = f'from="{http_date(copies[0].fetched)}"; until="{http_date(copies[-1].fetched)}"'
    lines = [
        f'<{copies[-1].original}>; rel="original"',
        f'<{_address("timemap", id)}>; rel="self"; type="application/link-format"; {span}',
        f'<{_address("timegate", id)}>; rel="timegate"',
    ]
    for place, copy in enumerate(copies):
        ends = [name for name, end in (("first", 0), ("last", len(copies) - 1)) if place == end]
        lines.append(f'<{copy.address}>; rel="{" ".join([*ends, "memento"])}"; datetime="{http_date(copy.fetched)}"')
    return Response(",\n".join(lines) + "\n", content_type="application/link-format; charset=utf-8")


@pages.get("/timegate/<id>")
def timegate(id: str) -> WerkzeugResponse:
    """Leads to the copy nearest to Accept-Datetime; to the latest without it."""
    copies = mementos(id)
    chosen = copies[-1]
    if typed := request.headers.get("Accept-Datetime"):
        wanted = parse_date(typed)
        if wanted is None:
            raise BadParameter("Accept-Datetime", t("problem.accept-datetime", value=typed[:60]))
        chosen = min(copies, key=lambda copy: abs(copy.fetched - wanted))
    answer = redirect(chosen.address)
    answer.vary.add("Accept-Datetime")
    answer.headers["Link"] = (
        f'<{chosen.original}>; rel="original", '
        f'<{_address("timemap", id)}>; rel="timemap"; type="application/link-format"'
    )
    return answer


def mementos(id: str) -> list[Memento]:
    """The archived copies of an article, the earliest first.

    Raises:
        Missing: there is no such article, or no copy of it.
    """
    readable(id)
    if backend().settings.snippets_only:
        raise Withheld(t("article.snippets-only"))
    copies = sorted(_copies(id), key=lambda copy: copy.fetched)
    if not copies:
        raise Missing(t("problem.no-archive"))
    return copies


def _copies(id: str) -> Iterator[Memento]:
    seen: set[str] = set()
    for note in backend().articles.versions(id):
        copy = backend().archived(id, note.version)
        if copy and copy.fetched not in seen:
            seen.add(copy.fetched)
            address = absolute(link("article.archived", id=id, version=note.version))
            yield Memento(address, datetime.fromisoformat(copy.fetched), iri_to_uri(copy.url))


def _address(view: str, id: str) -> str:
    return absolute(link(f"memento.{view}", id=id))

"""What every template may ask for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import request

from index.officials.directory.pages import OfficialNote
from search.results import Reason, ResultPage
from web.backend import backend
from web.headers import nonce
from web.i18n import language, t
from web.links import Address, here, leads_out, link, linking
from web.view_links import ViewLinks

ListedName = tuple[str, str, str, int]
"""Address, label, detail, count."""
_LONGEST_CARRIED = 400


def context() -> dict[str, Any]:
    """Names that templates share."""
    address = here()
    return {
        "here": address,
        "section": f"{request.blueprint}.page",
        "nonce": nonce(),
        "link": linking(),
        "documents": lambda: backend().searcher.documents,
        "kept_pairs": lambda: _box_address(address).pairs,
        "carried": lambda: _carried(address),
        "original": _original,
        "leads_out": leads_out,
        "reasoned": _reasoned,
        "topic_rows": topic_rows,
        "official_rows": official_rows,
        "note_rows": note_rows,
        "source_rows": source_rows,
        "within_source": _within_source,
    }


def _box_address(address: Address) -> Address:
    """What the search box keeps when a new query is typed: filters and order on the search page, else the language."""
    return address.drop("q").drop("off") if request.endpoint == "search.page" else address.only("lang")


def _carried(address: Address) -> Address:
    """What a link to an article takes along: the query whose hits it is to show, unless that is so long that it would
    make the page heavy.
    """
    short = request.endpoint == "search.page" and len(str(address)) <= _LONGEST_CARRIED
    return address.drop("cursor") if short else address.only("lang")


def _original(id: str, url: str) -> str:
    """Where the newspaper's page is; hosts under `.example` answer nowhere, so there it is the archived copy."""
    invented = ".example" in url and (urlsplit(url).hostname or "").endswith(".example")
    return link("article.archived", id=id) if invented else url


def _reasoned(reason: Reason) -> str:
    """A reason in the reader's language."""
    if reason.kind != "part":
        return f"{t(f'why.{reason.kind}')} ({reason.worth:+.2f})"
    where = ", ".join(f"{t(f'why.{zone}')} ×{count}" for zone, count in reason.zones)
    return f"“{reason.part}”: {where or t('why.nowhere')} ({reason.worth:+.2f})"


def _within_source(source: str | None) -> ViewLinks:
    """The ways on from the articles of one newspaper."""
    pairs = (("source", source),) if source else ()
    return ViewLinks(Address("/", (*pairs, ("lang", "en")) if language() == "en" else pairs))


def topic_rows(found: ResultPage, address: Address) -> list[ListedName]:
    """Topics of a collection, each a search within it."""
    return [(str(address.add("topic", topic.slug)), topic.name, "", topic.count) for topic in found.facets.topics]


def official_rows(found: ResultPage, besides: str = "") -> list[ListedName]:
    """Officials of a collection, each a link to their page."""
    named = [official for official in found.facets.officials if official.id != besides]
    return [
        (link("officials.official", id=official.id), official.name, official.title or "", official.count)
        for official in named
    ]


def note_rows(counted: tuple[tuple[OfficialNote, int], ...]) -> list[ListedName]:
    """Officials of the directory with a number each, as links to their pages."""
    return [(link("officials.official", id=note.id), note.name, note.office, count) for note, count in counted]


def source_rows(found: ResultPage, address: Address) -> list[ListedName]:
    """Newspapers of a collection, each a search within it."""
    return [(str(address.add("source", row.source)), row.source, "", row.count) for row in found.facets.sources]

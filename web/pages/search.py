"""`/`: the search box and the results."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as WerkzeugResponse

from search.cursor import decode
from search.parser.units import words_of
from search.request import SearchRequest
from search.results import ResultPage
from web.backend import backend
from web.charts import histogram
from web.feeds import pace
from web.i18n import t
from web.links import Address, beside_cursor, here
from web.pages.answer_card import answer_card
from web.pages.chips import FilterChip, filter_chips, followed, readings, switched_off
from web.pages.facets import facets
from web.pages.home import home
from web.params import search_request, text
from web.rendering import render
from web.view_links import ViewLinks, changed

pages = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class Loosened:
    """The same search with one filter or word less, and how many it would find."""

    name: str
    count: int
    href: Address


@pages.get("/")
def page() -> Response:
    """The results of a search, or the front page where nothing is asked; with an order alone, all articles."""
    if not request.args.keys() - {"lang"}:
        return Response(home(), content_type="text/html; charset=utf-8")
    wanted = search_request(request.args)
    found = backend().searcher.search(wanted)
    address = here()
    chips = filter_chips(wanted, address)
    chart = histogram(found.facets.months, found.facets.days, backend().collected())
    views = ViewLinks.within(address, 100, chart.width if chart else 0)
    nothing = not (found.total or found.partial or wanted.cursor)
    back, onward = beside_cursor(address, wanted, found.next)
    content = render(
        "search.html",
        wanted=wanted,
        found=found,
        address=address,
        pace=pace(found) if chips or wanted.text else None,
        facets=facets(found.facets, wanted, views, request.args.get("more", "")),
        chart=chart,
        views=views,
        timeline=address.drop("cursor").drop("sort").to("/compare.csv"),
        chips=chips,
        answer=answer_card(wanted, found),
        followed_name=followed(wanted),
        readings=readings(found.query.understood, address),
        off=switched_off(wanted.off, address),
        loosened=_loosened(wanted, chips) if nothing else (),
        order="newest" if wanted.sort == "relevance" and not wanted.text else wanted.sort,
        alone=_alone(wanted, found, address) if nothing else (),
        asked=bool(wanted.text or chips),
        nothing=nothing,
        previous=back,
        next=onward,
        places=_places(wanted, found),
        twin=address.drop("more").to("/api/v1/search"),
    )
    return Response(content, content_type="text/html; charset=utf-8")


def _places(wanted: SearchRequest, found: ResultPage) -> tuple[int, int] | None:
    """Which of the matches this page shows, copies under their hits counted too; None where it shows none of them."""
    here = decode(wanted)
    first = here.offset + 1 if here else 1
    following = decode(replace(wanted, cursor=found.next)) if found.next else None
    last = min(following.offset if following else found.total, found.total)
    return (first, last) if first <= last else None


@pages.get("/step")
def step() -> WerkzeugResponse:
    """Leads on from a view whose address is too long to stand in every link of its page."""
    address = here().drop("step").to("/")
    return redirect(str(changed(address, request.args.get("step", ""))))


@pages.get("/advanced")
def advanced() -> WerkzeugResponse:
    """Joins the fields of the advanced form into one query and searches for it."""
    address = here()
    query = " ".join(clause for name, write in _ADVANCED.items() if (clause := write(_typed(name))))
    others = tuple(pair for pair in address.pairs if pair[0] not in _ADVANCED)
    return redirect(str(Address("/", (("q", query), *others) if query else others)))


def _typed(name: str) -> str:
    return " ".join(text(request.args, name, 200).replace('"', " ").split())


def _things(typed: str) -> list[str]:
    """What a field lists: between commas, or word by word as the dictionary has words; several syllables in quotes."""
    listed = [part.strip() for part in re.split("[,;]", typed)] if re.search("[,;]", typed) else words_of(typed)
    return [f'"{word}"' if " " in word else word for word in listed if word]


def _any(typed: str) -> str:
    things = _things(typed)
    return f"({' OR '.join(things)})" if len(things) > 1 else "".join(things)


_ADVANCED: dict[str, Callable[[str], str]] = {
    "all": str,
    "phrase": lambda typed: typed and f'"{typed}"',
    "any": _any,
    "none": lambda typed: " ".join(f"-{word}" for word in _things(typed)),
    "title": lambda typed: typed and f'title:"{typed}"',
    "near": lambda typed: typed and f'"{typed}"~10',
}
"""Field of the form → its words as a clause of the query language."""


def _loosened(wanted: SearchRequest, chips: list[FilterChip]) -> list[Loosened]:
    """What each filter, left out alone, would let through; at most eight counts."""
    ways = [(t("search.without", name=chip.name), _read(chip.without), chip.without) for chip in chips[:7]]
    if wanted.text and chips:
        bare = here().only("q", "lang")
        ways.append((t("search.without-filters"), _read(bare), bare))
    counted = ((name, backend().searcher.count(request_), href) for name, request_, href in ways)
    return sorted((Loosened(*way) for way in counted if way[1]), key=lambda way: -way.count)


def _alone(wanted: SearchRequest, found: ResultPage, address: Address) -> list[Loosened]:
    """What each clause alone would find; the clauses are those that the close articles below miss."""
    clauses = dict.fromkeys(clause for hit in found.hits for clause in hit.missing)
    counted = []
    for clause in list(clauses)[:8]:
        count = backend().searcher.count(replace(wanted, text=clause))
        counted.append(Loosened(clause, count, address.set("q", clause)))
    return sorted(counted, key=lambda way: way.count)


def _read(address: Address) -> SearchRequest:
    return search_request(MultiDict(address.pairs))

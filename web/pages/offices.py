"""`/offices` and `/office/<id>`: who held an office, and who held it on a day."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request

from index.officials.directory.directory import OFFICE_ORDERS, TIERS
from index.officials.directory.pages import OfficePage
from search.request import SearchRequest
from web.backend import backend
from web.i18n import t
from web.links import Address, beside_number, here
from web.pages.downloads import feed
from web.params import choice, day, text, whole
from web.problems import Missing
from web.rendering import render

pages = Blueprint("offices", __name__)
ON_A_PAGE = 100
HOLDERS_ON_A_PAGE = 15


@pages.get("/offices")
def page() -> str:
    """Offices, those of Viet Nam that one person holds first, or as asked; with `q`, those that the words mean."""
    asked = text(request.args, "q", 200)
    number = whole(request.args, "page", 1, 1, 100_000)
    directory = backend().directory
    order = choice(request.args, "sort", tuple(OFFICE_ORDERS))
    tier, place = choice(request.args, "tier", ("", *TIERS)), text(request.args, "place", 80)
    total = None
    if asked:
        found = directory.asked(asked, ON_A_PAGE)
        notes, near = found.offices, found.near
    else:
        total = directory.offices_total(tier=tier, place=place)
        begin = (number - 1) * ON_A_PAGE
        notes, near = directory.offices_listed(begin, ON_A_PAGE, tier=tier, place=place, order=order), ()
    count = -(-(total or 0) // ON_A_PAGE)
    beside_number(here(), number, count)
    return render(
        "offices.html",
        asked=asked,
        notes=notes,
        near=near,
        last=directory.last_held((*notes, *near)),
        total=total,
        order=None if asked else order,
        tiers=TIERS,
        tier=tier,
        places=() if asked else directory.places(abroad=tier == "country"),
        place=place,
        number=number,
        pages=count,
        each=ON_A_PAGE,
        address=here(),
    )


@pages.get("/office/<id>")
def office(id: str) -> str:
    """One office: its holders with their evidence; with `on`, who held it that day."""
    on = day(request.args, "on")
    number = whole(request.args, "page", 1, 1, 1000)
    about = known(id, on)
    sure, others = (about.holders, about.others) if on else ((), about.holders)
    begin, end = (number - 1) * HOLDERS_ON_A_PAGE, number * HOLDERS_ON_A_PAGE
    query = quoted(about)
    held_by = len(sure) + len(others)
    count = -(-held_by // HOLDERS_ON_A_PAGE)
    beside_number(here(), number, count)
    return render(
        "office.html",
        about=about,
        body=backend().directory.organisation_of(id),
        on=on,
        then=sure[begin:end],
        rest=others[max(begin - len(sure), 0) : max(end - len(sure), 0)],
        number=number,
        pages=count,
        held_by=held_by,
        each=HOLDERS_ON_A_PAGE,
        turned=here(),
        as_of=backend().directory.as_of(),
        found=backend().searcher.search(SearchRequest(text=query, sort="newest", limit=5)),
        address=Address("/", (("q", query), *here().only("lang").pairs)),
    )


@pages.get("/office/<id>.atom")
def office_feed(id: str) -> Response:
    """The newest articles that name one office."""
    about = known(id)
    return feed(about.office.name, SearchRequest(text=quoted(about)), f"/office/{id}")


def known(id: str, on: date | None = None) -> OfficePage:
    """The office of that id.

    Raises:
        Missing: there is none.
    """
    found = backend().directory.office(id, on)
    if found is None:
        raise Missing(t("problem.no-office", id=id[:80]))
    return found


def quoted(about: OfficePage) -> str:
    """The query that finds articles naming the office."""
    return '"' + about.office.name.replace('"', " ") + '"'

"""`/organisations` and `/organisation/<id>`: the bodies whose office-holders the articles name."""

from __future__ import annotations

from flask import Blueprint, Response, request

from index.officials.directory.directory import TIERS
from search.organisations import ORDERS, OrganisationPage
from search.request import Filter
from web.backend import backend
from web.i18n import t
from web.links import beside_number, here
from web.pages.chips import followed
from web.pages.collection import collection
from web.pages.downloads import feed
from web.params import choice, search_request, text, whole
from web.problems import Missing
from web.rendering import render

pages = Blueprint("organisations", __name__)
ON_A_PAGE = 100
_SHOWN = 12
"""Offices and officials of one organisation, unless the reader asks for all."""


@pages.get("/organisations")
def page() -> str:
    """Organisations, the most often named first, or as asked; with `q`, those called by these words."""
    asked = text(request.args, "q", 200)
    number = whole(request.args, "page", 1, 1, 100_000)
    order = choice(request.args, "sort", ORDERS)
    tier, place = choice(request.args, "tier", ("", *TIERS)), text(request.args, "place", 80)
    found = backend().searcher.organisations(asked, tier=tier, place=place, order=order)
    count = -(-len(found) // ON_A_PAGE)
    beside_number(here(), number, count)
    return render(
        "organisations.html",
        asked=asked,
        listed=found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE],
        total=len(found),
        order=order,
        tiers=TIERS,
        tier=tier,
        places=backend().directory.places(abroad=tier == "country"),
        place=place,
        number=number,
        pages=count,
        each=ON_A_PAGE,
        address=here(),
    )


@pages.get("/organisation/<id>")
def organisation(id: str) -> str:
    """One organisation: its articles over time, its offices and who is known to hold or have held them."""
    about = known(id)
    opened = request.args.get("more", "")
    return render(
        "organisation.html",
        about=about,
        offices=about.offices[: None if opened == "offices" else _SHOWN],
        members=about.officials[: None if opened == "members" else _SHOWN],
        shown=_SHOWN,
        opened=opened,
        **collection(Filter("organisation", id)),
    )


@pages.get("/organisation/<id>.atom")
def organisation_feed(id: str) -> Response:
    """The newest articles that name an office-holder of one organisation."""
    named = " · ".join(filter(None, (known(id).name, followed(search_request(request.args)))))
    return feed(named, search_request(request.args, Filter("organisation", id)), f"/organisation/{id}")


def known(id: str) -> OrganisationPage:
    """The organisation of that id.

    Raises:
        Missing: there is none.
    """
    found = backend().searcher.organisation(id)
    if found is None:
        raise Missing(t("problem.no-organisation", id=id[:80]))
    return found

"""`/officials` and `/official/<id>`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from index.officials.directory.pages import OfficialPage, Tenure
from search.request import Filter, SearchRequest
from search.results import ResultPage
from web.backend import backend
from web.i18n import t
from web.links import absolute, beside_number, here, link
from web.pages.chips import followed
from web.pages.collection import collection
from web.pages.downloads import feed
from web.params import choice, day, search_request, text, whole
from web.problems import Missing
from web.rendering import render

pages = Blueprint("officials", __name__)
ON_A_PAGE = 100
_WIDTH = 1000
_TOPICS = 6
_STATEMENTS = 5


@pages.get("/officials")
def page() -> str:
    """The officials of this country, the most often named first, or as asked; with `q`, those whom the words mean."""
    asked = text(request.args, "q", 200)
    number = whole(request.args, "page", 1, 1, 100_000)
    country = choice(request.args, "foreign", ("" if asked else "0", "0", "1", "any"))
    foreign = {"0": False, "1": True}.get(country)
    order = choice(request.args, "sort", ("articles", "name", "last"))
    directory = backend().directory
    begin = (number - 1) * ON_A_PAGE
    if asked:
        notes, total = directory.find(asked, ON_A_PAGE, begin, foreign=foreign), directory.total(asked, foreign=foreign)
    else:
        notes = directory.listed(begin, ON_A_PAGE, foreign=foreign, order=order)
        total = directory.count(foreign=foreign)
    count = max(1, -(-total // ON_A_PAGE))
    beside_number(here(), number, count)
    return render(
        "officials.html",
        asked=asked,
        notes=notes,
        total=total,
        country=country,
        order=None if asked else order,
        number=number,
        pages=count,
        each=ON_A_PAGE,
        address=here(),
    )


@pages.get("/official/<id>")
def official(id: str) -> str | WerkzeugResponse:
    """One official: offices with their evidence, articles and topics over time, who is named together with them.

    With `on`, headed by the office of that day.
    """
    on = day(request.args, "on")
    about = known(id, on)
    if about.redirected:
        return redirect(link("officials.official", id=about.id, **({"on": on.isoformat()} if on else {})), 301)
    said = (Filter("said", about.id),)
    gathered = collection(Filter("official", id))
    return render(
        "official.html",
        official=about,
        on=on,
        bars=_bars(about.tenures),
        together=backend().directory.together(id),
        heat=_heat(id, gathered["found"]),
        person=_person(about),
        statements=backend().searcher.statements(SearchRequest(filters=said, sort="newest", limit=_STATEMENTS)),
        **gathered,
    )


@pages.get("/official/<id>.atom")
def official_feed(id: str) -> Response:
    """The newest articles that name one official."""
    about = known(id)
    named = " · ".join(filter(None, (about.name, followed(search_request(request.args)))))
    return feed(named, search_request(request.args, Filter("official", about.id)), f"/official/{about.id}")


def known(id: str, on: date | None = None) -> OfficialPage:
    """The official of that id, or of the id that it was merged into; with `on`, headed by the office of that day.

    Raises:
        Missing: nobody has that id.
    """
    found = backend().directory.official(id, on)
    if found is None:
        raise Missing(t("problem.no-official", id=id[:80]))
    return found


@dataclass(frozen=True, slots=True)
class TenureBar:
    """Where a tenure lies on the line from the first day to the last, in thousandths."""

    x: int
    width: int


def _bars(tenures: Sequence[Tenure]) -> list[TenureBar | None]:
    """A bar a tenure, None for one without days; no bars at all where everything was said on one day."""
    days = [day for tenure in tenures for day in (tenure.first, tenure.last) if day]
    if len(set(days)) < 2:
        return [None] * len(tenures)
    first, length = min(days), (max(days) - min(days)).days
    return [_bar(tenure, first, length) for tenure in tenures]


def _bar(tenure: Tenure, first: date, length: int) -> TenureBar | None:
    if not tenure.first or not tenure.last:
        return None
    x = (tenure.first - first).days * _WIDTH // length
    width = (tenure.last - tenure.first).days * _WIDTH // length
    return TenureBar(min(x, _WIDTH - 8), max(width, 8))


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One topic: articles a year, and how warm each cell is (0 to 4)."""

    slug: str
    name: str
    cells: tuple[tuple[str, int, int], ...]
    """Year, articles, warmth."""


def _heat(id: str, found: ResultPage) -> list[HeatRow]:
    """Topics of an official by year: the most frequent topics, every year in which they are named."""
    years = sorted({month.month[:4] for month in found.facets.months})[-12:]
    if len(years) < 2:
        return []
    counted = []
    for topic in found.facets.topics[:_TOPICS]:
        wanted = SearchRequest(filters=(Filter("official", id), Filter("topic", topic.slug)), limit=1)
        months = backend().searcher.search(wanted).facets.months
        counted.append((topic, [sum(m.count for m in months if m.month[:4] == year) for year in years]))
    most = max((count for _, row in counted for count in row), default=0) or 1
    return [
        HeatRow(topic.slug, topic.name, tuple((y, n, -(-n * 4 // most)) for y, n in zip(years, row, strict=True)))
        for topic, row in counted
    ]


def _person(about: OfficialPage) -> dict[str, Any]:
    """schema.org Person."""
    current = [tenure for tenure in about.tenures if tenure.status == "current"]
    person: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": about.name,
        "url": absolute(f"/official/{about.id}"),
    }
    if about.aliases:
        person["alternateName"] = list(about.aliases)
    if current:
        person["jobTitle"] = current[0].office.title
        if current[0].office.organisation:
            person["worksFor"] = {"@type": "GovernmentOrganization", "name": current[0].office.organisation}
    return person

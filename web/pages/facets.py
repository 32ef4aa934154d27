"""Facets beside the results: what the matches are about, each value a step to the search within or without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from index.facets import COUNTED, Facet
from search.request import SearchRequest
from search.results import FacetCount, Facets
from web.i18n import language, spoken
from web.view_links import ViewLinks

_SHOWN = 12
"""Values of a facet, unless the reader asks for all that were counted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet."""

    label: str
    detail: str
    count: int
    on: bool
    """Whether it is chosen; picking it again lets go of it."""
    pick: Markup
    """The opening tag of the step to the search within it."""
    exclude: Markup
    """The same of the search without it; empty for one that is chosen."""


@dataclass(frozen=True, slots=True)
class FacetList:
    """The most frequent values of one facet."""

    heading: str
    choices: list[Choice]
    more: Markup
    """The opening tag of the view with every counted value, or with the first ones again; empty where all stand."""
    hidden: int
    """How many counted values are not shown."""
    other: Markup
    """Where several values are chosen: the opening tag of the view in which any may hold, or all must again."""
    any: bool
    """Whether any may hold now."""


def facets(counted: Facets, wanted: SearchRequest, views: ViewLinks, opened: str = "") -> list[FacetList]:
    """Every facet of the matches; all counted values of the one that the reader `opened`."""
    return [_facet(facet, counted.of(facet), wanted, views, opened=facet.name == opened) for facet in COUNTED]


def _facet(
    facet: Facet, counts: Sequence[FacetCount], wanted: SearchRequest, views: ViewLinks, *, opened: bool
) -> FacetList:
    heading = spoken(language()).t(f"filter.{facet.plural}")
    shown = counts if opened else counts[:_SHOWN]
    more = Markup()
    if len(counts) > _SHOWN:
        target = views.here.drop("more") if opened else views.here.set("more", facet.name)
        more = views.open(target, "more")
    other, of_any = Markup(), facet.name in wanted.any
    if facet.every and (len(wanted.wanted(facet.name)) > 1 or of_any):
        here = views.here
        other = views.open(here.drop("any", facet.name) if of_any else here.add("any", facet.name), "more")
    choices = [*_choices(facet, shown, wanted, views)]
    return FacetList(heading, choices, more, len(counts) - len(shown), other, of_any)


def _choices(facet: Facet, counts: Sequence[FacetCount], wanted: SearchRequest, views: ViewLinks) -> Iterable[Choice]:
    say, name = spoken(language()).t, facet.name
    chosen = wanted.wanted(name)
    for count in counts:
        label = say(f"facet.{facet.name}.{count.value}") if facet.worded else count.label
        if count.value in chosen:
            pick = views.open(views.here.drop(name, count.value), "pick", aria_current="true")
            yield Choice(label, count.detail, count.count, True, pick, Markup())
        else:
            pick = views.add(name, count.value, "pick")
            exclude = views.add(name, f"-{count.value}", "not", aria_label=say("filter.exclude", name=label))
            yield Choice(label, count.detail, count.count, False, pick, exclude)

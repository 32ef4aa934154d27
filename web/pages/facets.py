"""Facets beside the results: what the matches are about, each value a step to the search within or without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from search.request import SearchRequest
from search.results import Facets
from web.i18n import language, spoken
from web.steps import Steps

_SHOWN = 12
Counted = tuple[str, str, str, int]
"""Value of the parameter, label, detail, count."""


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
class Facet:
    """The most frequent values of one parameter."""

    heading: str
    choices: list[Choice]


def facets(counted: Facets, wanted: SearchRequest, steps: Steps) -> list[Facet]:
    """Topics, officials and newspapers of the matches."""
    topics = [(one.slug, one.name, "", one.count or 0) for one in counted.topics[:_SHOWN]]
    officials = [(one.id, one.name, one.title or "", one.count or 0) for one in counted.officials[:_SHOWN]]
    sources = [(one.source, one.source, "", one.count) for one in counted.sources if one.source][:_SHOWN]
    say = spoken(language()).t
    return [
        Facet(say("filter.topics"), [*_choices("topic", topics, wanted.topics, steps)]),
        Facet(say("filter.officials"), [*_choices("official", officials, wanted.officials, steps)]),
        Facet(say("filter.sources"), [*_choices("source", sources, wanted.sources, steps)]),
    ]


def _choices(name: str, rows: list[Counted], chosen: tuple[str, ...], steps: Steps) -> Iterable[Choice]:
    say = spoken(language()).t
    for value, label, detail, count in rows:
        if value in chosen:
            pick = steps.open(steps.here.drop(name, value), "pick", aria_current="true")
            yield Choice(label, detail, count, True, pick, Markup())
        else:
            pick = steps.add(name, value, "pick")
            exclude = steps.add(name, f"-{value}", "not", aria_label=say("filter.exclude", name=label))
            yield Choice(label, detail, count, False, pick, exclude)

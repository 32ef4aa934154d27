"""Who held an office on a day: weighed from dated sentences, nothing beyond them. Days are days since 1970-01-01."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import itemgetter
from typing import NamedTuple

from index.officials.directory.pages import OfficialNote

_FADES_AFTER = 365.0
"""Days after the last mention in which the confidence halves."""
_FADES_BEFORE = 60.0
"""Days before the first mention in which it halves: offices begin more often than one hears of them late."""
_WINDOW = 60
"""Days around the day asked for in which others' mentions count against someone."""
_LEAST = 0.4
"""Confidence below which nobody is said to have held it: not known is an answer."""
_SILENT = 180
"""Days without a mention after which nobody can tell whether an office is still held."""
_SHOWN = 4
_SLIP = 50
"""One of more articles about a person than this that gives an office, which the news does not bear out, is a slip."""


class Attestation(NamedTuple):
    """What one sentence says of one official in one office."""

    day: int | None
    former: int
    """1 when it says that the office is past."""
    mode: str
    article: str
    found: int
    place_in: int
    """Both together: the row of the sentence."""


@dataclass(frozen=True, slots=True)
class OfficeSpan:
    """What the registry holds of one official in one office."""

    official: OfficialNote
    first: int | None
    last: int | None
    times: int
    former_first: int | None
    former_times: int
    stands: bool
    """Whether the news bears it out."""
    since: int | None
    until: int | None
    reason: str
    rival: str
    attestations: Sequence[Attestation]

    def in_force(self, day: int) -> bool:
        """Whether it was this one's that day, as far as predecessors, successors and endings tell."""
        began = self.since is None or self.since <= day
        return self.stands and began and (self.until is None or day < self.until)

    @property
    def worth_showing(self) -> bool:
        """Whether a page should show it: not of a slip beside much that says otherwise."""
        slip = (self.times + self.former_times) * _SLIP < self.official.articles
        return self.stands or not (slip or self.reason == "abroad")

    @property
    def late(self) -> tuple[float, int]:
        """Orders spans by their last day."""
        days = (day for day in (self.last, self.former_first) if day is not None)
        return next(days, float("-inf")), self.times


@dataclass(frozen=True, slots=True)
class Claimant:
    """One official in an office: how sure it is, and which sentences are for and against it."""

    span: OfficeSpan
    status: str
    confidence: float
    evidence: Sequence[Attestation]
    against: Sequence[Attestation] = ()


def status(span: OfficeSpan, as_of: int | None) -> str:
    """current, former, succeeded, unknown or said, as of the registry's last day."""
    if not span.stands:
        return "said"
    if span.until is not None and (as_of is None or span.until <= as_of):
        return "succeeded" if span.reason == "successor" else "former"
    if span.last is None or span.reason == "silent":
        return "unknown"
    return "unknown" if as_of is not None and as_of - span.last > _SILENT else "current"


def holders(spans: Sequence[OfficeSpan], as_of: int | None) -> tuple[list[Claimant], list[Claimant]]:
    """Everyone whom the news bears out in the office, the latest first; and everyone else who is named in it."""
    ordered = sorted(spans, key=lambda span: span.late, reverse=True)
    claimants = [Claimant(span, status(span, as_of), 1.0, shown(span.attestations)) for span in ordered]
    return [c for c in claimants if c.span.stands], [c for c in claimants if not c.span.stands]


def holders_on(
    spans: Sequence[OfficeSpan], exclusive: bool, on: int, as_of: int | None
) -> tuple[Sequence[Claimant], Sequence[Claimant]]:
    """Who held the office on that day, the likeliest first; and everyone else who is named in it."""
    held = [
        sorted(said.day for said in span.attestations if said.day is not None and not said.former) for span in spans
    ]
    everyone = sorted(day for span, days in zip(spans, held, strict=True) if span.in_force(on) for day in days)
    around = _around(spans, on) if exclusive else []
    then: list[Claimant] = []
    others: list[Claimant] = []
    for span, days in zip(spans, held, strict=True):
        own = 0.0
        if span.in_force(on):
            own = _confidence(span, days, on) * (_agreement(days, everyone, on) if exclusive else 1.0)
        claimant = Claimant(
            span, status(span, as_of), round(own, 2), _nearest(span.attestations, on), _against(span, around, on)
        )
        (then if own >= _LEAST else others).append(claimant)
    then.sort(key=lambda c: (-c.confidence, -c.span.times, c.span.official.id))
    if exclusive and then:
        others += then[1:]
        then = then[:1]
    others.sort(key=lambda c: (c.span.stands, *c.span.late), reverse=True)
    return then, others


def _confidence(span: OfficeSpan, held: Sequence[int], on: int) -> float:
    """How sure one may be that this official, named in the office on the days `held`, held it that day."""
    if not held:
        return 0.0
    before, after = bisect_right(held, on), bisect_left(held, on)
    if before and after < len(held):
        return 0.97 if held[after] - held[before - 1] <= _SILENT else 0.85
    if before:
        return float(0.95 * 0.5 ** ((on - held[before - 1]) / _FADES_AFTER))
    began = min((said.day for said in span.attestations if said.mode == "new" and said.day is not None), default=None)
    if began is not None and on < began:
        return 0.0
    return float(0.9 * 0.5 ** ((held[after] - on) / _FADES_BEFORE))


def _agreement(held: Sequence[int], everyone: Sequence[int], on: int) -> float:
    """This one's part of all mentions of the office around that day: between the own ones on either side, if near."""
    before, after = bisect_right(held, on), bisect_left(held, on)
    since = max(held[before - 1] if before else on - _WINDOW, on - _WINDOW)
    until = min(held[after] if after < len(held) else on + _WINDOW, on + _WINDOW)
    mine = max(1, _between(held, on - _WINDOW, on + _WINDOW))
    theirs = _between(everyone, since, until) - _between(held, since, until)
    return mine / (mine + theirs)


def _between(days: Sequence[int], since: int, until: int) -> int:
    """How many of the days, which are in order, lie in a stretch."""
    return max(0, bisect_right(days, until) - bisect_left(days, since))


def _around(spans: Sequence[OfficeSpan], on: int) -> list[tuple[tuple[int, str], str, Attestation]]:
    """Who is named in the office around a day, the nearest first."""
    near = (
        ((abs(said.day - on), said.article), span.official.id, said)
        for span in spans
        for said in span.attestations
        if said.day is not None and not said.former and abs(said.day - on) <= _WINDOW
    )
    return sorted(near, key=lambda row: row[0])


def _against(
    span: OfficeSpan, around: Iterable[tuple[tuple[int, str], str, Attestation]], on: int
) -> Sequence[Attestation]:
    """Sentences that contradict: its own that call it past by then, and other people's of those days."""
    found = [
        ((on - said.day, said.article), said)
        for said in span.attestations
        if said.former and said.day is not None and said.day <= on
    ]
    rivals = 0
    for far, official, said in around:
        if official != span.official.id:
            found.append((far, said))
            rivals += 1
            if rivals == _SHOWN:
                break
    found.sort(key=lambda row: row[0])
    return [said for _, said in found[:_SHOWN]]


def _nearest(attestations: Sequence[Attestation], on: int) -> Sequence[Attestation]:
    """The sentences to print that are nearest to a day, in order."""
    dated = ((said.former, abs(said.day - on), said.article, said) for said in attestations if said.day is not None)
    near = [said for *_, said in nsmallest(_SHOWN, dated, key=itemgetter(0, 1, 2))]
    return sorted(near, key=lambda said: (said.day, said.article)) if near else attestations[:_SHOWN]


def shown(attestations: Sequence[Attestation]) -> Sequence[Attestation]:
    """The sentences to print: the first, the last and the one that first says it is past; see `evidence.shown`."""
    dated = sorted((said for said in attestations if said.day is not None), key=lambda said: (said.day, said.article))
    if not dated:
        return attestations[:_SHOWN]
    held = [said for said in dated if not said.former]
    return list(dict.fromkeys([*held[:2], *held[-2:], *[said for said in dated if said.former][:1]]))

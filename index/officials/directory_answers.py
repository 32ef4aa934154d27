"""Who held an office on a day: weighed from dated sentences, nothing beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.officials.directory_pages import Holder, OfficialNote, Sentence

_FADES_AFTER = 365.0
"""Days after the last mention in which the confidence halves."""
_FADES_BEFORE = 120.0
"""Days before the first mention in which it halves: offices begin more often than one hears of them late."""
_WINDOW = 60
"""Days around the day asked for in which others' mentions count against someone."""
_LEAST = 0.2
_SILENT = 180
"""Days without a mention after which nobody can tell whether an office is still held."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Span:
    """What the registry holds of one official in one office."""

    official: OfficialNote
    first: date | None
    last: date | None
    times: int
    former_first: date | None
    former_times: int
    sentences: tuple[Sentence, ...]

    @property
    def held(self) -> list[date]:
        """Days on which sentences say that it is held, in order."""
        return sorted(s.day for s in self.sentences if s.day and not s.former)


def status(span: Span, exclusive: bool, rivals: Sequence[Span], as_of: date | None) -> str:
    """current, former, succeeded or unknown, as of the registry's last day."""
    if span.last is None:
        return "former" if span.former_times else "unknown"
    if span.former_first and span.former_first >= span.last:
        return "former"
    if exclusive and any(_follows(rival, span) for rival in rivals):
        return "succeeded"
    if as_of and (as_of - span.last).days > _SILENT:
        return "unknown"
    return "current"


def _follows(rival: Span, span: Span) -> bool:
    """Whether a rival is named in the office only later, and not just once in passing."""
    if rival.official.id == span.official.id or not rival.first or not rival.last or not span.last:
        return False
    return rival.first >= span.last and rival.last > span.last and (rival.times > 1 or span.times == 1)


def holders(spans: Sequence[Span], exclusive: bool, as_of: date | None) -> tuple[Holder, ...]:
    """Everyone named in the office, the latest first."""
    ordered = sorted(spans, key=lambda s: (s.last or s.former_first or date.min, s.times), reverse=True)
    return tuple(
        Holder(
            s.official, s.first, s.last, s.times, s.former_first, status(s, exclusive, spans, as_of), 1.0,
            shown(s, None),
        )
        for s in ordered
    )  # fmt: skip


def answer(
    spans: Sequence[Span], exclusive: bool, on: date, as_of: date | None
) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
    """Who held the office on that day, the likeliest first; and everyone else who is named in it."""
    then: list[Holder] = []
    others: list[Holder] = []
    for span in spans:
        own = _confidence(span, on) * (_agreement(span, spans, on) if exclusive else 1.0)
        against = _against(span, spans, exclusive, on)
        held = Holder(
            span.official, span.first, span.last, span.times, span.former_first,
            status(span, exclusive, spans, as_of), round(own, 2), shown(span, on), against,
        )  # fmt: skip
        (then if own >= _LEAST else others).append(held)
    then.sort(key=lambda h: (-h.confidence, -h.times, h.official.id))
    if exclusive and then:
        others += then[1:]
        then = then[:1]
    others.sort(key=lambda h: (h.last or h.former_first or date.min, h.times), reverse=True)
    return tuple(then), tuple(others)


def _confidence(span: Span, on: date) -> float:
    """How sure one may be that this official held the office that day, others left aside."""
    held = span.held
    if not held:
        return 0.0
    if any(s.former and s.day and s.day <= on and s.day >= held[-1] for s in span.sentences):
        return 0.0
    before = [day for day in held if day <= on]
    after = [day for day in held if day >= on]
    if before and after:
        return 0.97 if (after[0] - before[-1]).days <= _SILENT else 0.85
    if before:
        return float(0.95 * 0.5 ** ((on - before[-1]).days / _FADES_AFTER))
    began = min((s.day for s in span.sentences if s.mode == "new" and s.day), default=None)
    if began and on < began:
        return 0.0
    return float(0.9 * 0.5 ** ((after[0] - on).days / _FADES_BEFORE))


def _agreement(span: Span, spans: Sequence[Span], on: date) -> float:
    """This one's part of all mentions of the office around that day: between the own ones on either side, if near."""
    held = span.held
    since = max((day for day in held if day <= on), default=on - timedelta(days=_WINDOW))
    until = min((day for day in held if day >= on), default=on + timedelta(days=_WINDOW))
    since, until = max(since, on - timedelta(days=_WINDOW)), min(until, on + timedelta(days=_WINDOW))
    mine = max(1, sum(abs((day - on).days) <= _WINDOW for day in held))
    rivals = (rival for rival in spans if rival.official.id != span.official.id)
    theirs = sum(since <= day <= until for rival in rivals for day in rival.held)
    return mine / (mine + theirs)


def _against(span: Span, spans: Sequence[Span], exclusive: bool, on: date) -> tuple[Sentence, ...]:
    """Sentences that contradict: its own that call it past by then, and other people's of those days."""
    found = [s for s in span.sentences if s.former and s.day and s.day <= on]
    if exclusive:
        found += [
            s
            for rival in spans
            if rival.official.id != span.official.id
            for s in rival.sentences
            if s.day and not s.former and abs((s.day - on).days) <= _WINDOW
        ]
    found.sort(key=lambda s: (abs((s.day - on).days) if s.day else 0, s.article))
    return tuple(found[:_SHOWN])


def shown(span: Span, on: date | None) -> tuple[Sentence, ...]:
    """The sentences to print: the nearest to a day, else the first, the last and those that say it is past."""
    dated = sorted((s for s in span.sentences if s.day), key=lambda s: (s.day, s.article))
    if not dated:
        return tuple(span.sentences[:_SHOWN])
    if on is not None:
        near = sorted(dated, key=lambda s: (s.former, abs((s.day - on).days) if s.day else 0, s.article))[:_SHOWN]
        return tuple(sorted(near, key=lambda s: (s.day or date.min, s.article)))
    held = [s for s in dated if not s.former]
    picked = [*held[:2], *held[-2:], *[s for s in dated if s.former][:1]]
    return tuple(dict.fromkeys(picked))

"""Queries: the parts of a plan as the cluster is asked for them, to be matched and to be scored roughly.

A first score is BM25F with lengths as Lucene rounds them; it chooses the few that are ranked exactly here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from index.analysis.normalize import fold
from index.engine.clauses import AllOf, AnyOf, Clause, NoneOf, Part, Spelling, Tagged, Unscored, Within
from index.engine.kernel.ranking import FRESH, FRESH_DAYS
from index.engine.kernel.scoring import CARRIED
from index.engine.kernel.weighting import NEWS
from index.engine.opensearch.tokens import token
from index.query import Key, Slot
from index.schema import Form

Query = dict[str, Any]
NOTHING: Query = {"match_none": {}}
EVERYTHING: Query = {"match_all": {}}
_SATURATED = "double f = _score; return f > 0 ? params.idf * f * params.top / (params.k1 + f) : 0;"


def matching(part: Part) -> Query:
    """The articles in which a part holds."""
    match part:
        case Clause():
            return _any([*_occurrences(part), *_days(part)])
        case AllOf(parts):
            return all_of([matching(child) for child in parts if not isinstance(child, NoneOf)], _excluded(parts))
        case AnyOf(parts):
            return _any([matching(child) for child in parts])
        case NoneOf(inner):
            return all_of([], [matching(inner)])
        case Unscored(inner):
            return matching(inner)
        case Tagged(field, values):
            return {"terms": {field: list(values)}}
        case Within(first, last):
            return _between(first, last)


def scored(part: Part, idf: Callable[[Clause], float]) -> Query:
    """The same articles, with a first score."""
    match part:
        case Clause():
            held = _any([*_occurrences(part), *(_constant(day, NEWS.weights["lead"]) for day in _days(part))])
            known = {"idf": max(idf(part), 0.0), "k1": NEWS.saturation, "top": NEWS.saturation + 1}
            return {"script_score": {"query": held, "script": {"source": _SATURATED, "params": known}}}
        case AllOf(parts):
            return scored_all(parts, idf)
        case AnyOf(parts):
            return {"dis_max": {"queries": [scored(child, idf) for child in parts]}} if parts else NOTHING
        case _:
            return _constant(matching(part), CARRIED)


def scored_all(parts: Sequence[Part], idf: Callable[[Clause], float]) -> Query:
    """The articles in which all parts hold, first scores added up."""
    wanted = [scored(part, idf) for part in parts if not isinstance(part, NoneOf)]
    return {"bool": {"must": wanted or [_constant(EVERYTHING, CARRIED)], "must_not": _excluded(parts)}}


def fresh(newest: int) -> Query:
    """What the newer articles gain."""
    decay = {"day": {"origin": newest, "scale": FRESH_DAYS, "decay": 0.5}}
    dated = {"exists": {"field": "day"}}
    return {"function_score": {"query": dated, "exp": decay, "boost_mode": "replace", "boost": FRESH}}


def all_of(parts: Sequence[Query], none: Sequence[Query] = ()) -> Query:
    """The articles in which all these hold and none of those."""
    if len(parts) == 1 and not none:
        return parts[0]
    return {"bool": {"filter": list(parts) or [EVERYTHING], "must_not": list(none)}}


def _excluded(parts: Sequence[Part]) -> list[Query]:
    return [matching(part.part) for part in parts if isinstance(part, NoneOf)]


def _any(several: Sequence[Query]) -> Query:
    if not several:
        return NOTHING
    return several[0] if len(several) == 1 else {"bool": {"should": list(several), "minimum_should_match": 1}}


def _constant(query: Query, score: float) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}


def _between(first: int | None, last: int | None) -> Query:
    bounds = {"gte": first, "lte": last}
    return {"range": {"day": {name: day for name, day in bounds.items() if day is not None}}}


def _days(clause: Clause) -> list[Query]:
    return [] if clause.days is None else [_between(*clause.days)]


def _occurrences(clause: Clause) -> list[Query]:
    """Where a clause stands in the text, a query for every zone and spelling."""
    if clause.slop >= 0:
        slots = list(dict.fromkeys(spelling.slots[0] for spelling in clause.spellings))
        if not all(slots):
            return []
        gaps = clause.slop + len(clause.spellings) - len(slots)  # a token may stand for a slot that is there twice
        near = {"ordered": False, "max_gaps": gaps, "intervals": [_row([slot]) for slot in slots]}
        return [{"intervals": {zone: {"all_of": near}}} for zone in clause.zones]
    spelt = [spelling for spelling in clause.spellings if all(spelling.slots)]
    return [_spelling(clause, spelling, zone) for zone in clause.zones for spelling in spelt]


def _spelling(clause: Clause, spelling: Spelling, zone: str) -> Query:
    found = _stands(spelling, zone)
    before = _before(clause.shield, spelling.slots)
    if before:
        bare = _row(spelling.slots)
        bare["match"]["filter"] = {"not_contained_by": _row([before, *spelling.slots])}
        found = {"bool": {"must": [found], "filter": [{"intervals": {zone: bare}}]}}
    if spelling.during is not None:
        found = {"bool": {"must": [found], "filter": [_between(*spelling.during)]}}
    return found


def _before(shield: Sequence[Spelling], slots: Sequence[Slot]) -> Slot:
    """The words that shield a spelling, as one slot.

    Not rows side by side in an `any_of`: Lucene then overlooks some that stand there, and articles are found too many.
    """
    words = [spelling.slots[0] for spelling in shield if not _begins_with(slots, spelling.slots)]
    return tuple(dict.fromkeys(key for word in words for key in word))


def _begins_with(slots: Sequence[Slot], before: Sequence[Slot]) -> bool:
    """Whether a lone slot stands wherever the word does that shields it: where it stands first it is not shielded."""
    if len(slots) > 1 or len(before) > 1:
        return False
    return all(
        key in slots[0] or Key(fold(key.key), Form.FOLDED) in slots[0] for key in before[0] if key.form is Form.SYLLABLE
    )


def _stands(spelling: Spelling, zone: str) -> Query:
    """A spelling by itself; its first score grows with how often it stands there, and by its weight."""
    slots = spelling.slots
    if len(slots) > 1:
        return {"match_phrase": {zone: {"query": _typed(slots), "boost": spelling.weight}}}
    if len(slots[0]) > 1:
        return {"match": {zone: {"query": _typed(slots), "boost": spelling.weight}}}
    ((key, form),) = slots[0]
    return {"term": {zone: {"value": token(key, form), "boost": spelling.weight}}}


def _row(slots: Sequence[Slot]) -> Query:
    return {"match": {"query": _typed(slots), "ordered": True, "max_gaps": 0}}


def _typed(slots: Sequence[Slot]) -> str:
    """Slots as the analyzer of a zone reads them."""
    return " ".join("|".join(token(key, form) for key, form in slot) for slot in slots)

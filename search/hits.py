"""Hits: what is shown of a document, with exactly the matched words marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.document import IndexedOfficial, Offsets, Stored
from index.schema import ZONES
from search.kernel.matches import Docs
from search.kernel.slots import POSITION
from search.lexicon import FORMS
from search.matching import Looked, Matcher
from search.occurrences import Occurrences
from search.plan import Clause
from search.query import Stream
from search.results import Hit, OfficialLabel, Snippet, TopicLabel
from search.snippet import Mark, cut, opening, spans_of

_SHOWN_OFFICIALS = 8
SPECIAL = FORMS[Stream.SPECIAL]
"""How the fields of special tokens end."""

Marks = Mapping[str, Sequence[Mark]]
"""By zone, the matches in its text."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One document of a page: what is stored of it, and where the query's clauses stand in its texts."""

    doc: int
    stored: Stored
    marks: Marks


def shown(
    matcher: Matcher,
    read: Callable[[int], Stored],
    docs: Sequence[int],
    clauses: Sequence[Clause],
    looked: Looked | None = None,
) -> list[Shown]:
    """The documents of a page, in the order given; `read` gives what is stored of one.

    What was `looked` at already, in these documents and others, is not looked for again.
    """
    ordered = np.sort(np.array(docs, np.intp))
    within = looked if looked and looked.holds(ordered) else matcher.chosen(ordered)
    mask = None if within.docs.size == ordered.size else matcher.chosen(ordered).mask
    stored = {doc: read(doc) for doc in docs}
    marks: dict[int, dict[str, list[Mark]]] = {doc: {zone: [] for zone in ZONES} for doc in docs}
    for zone in ZONES:
        bounds = _Bounds([stored[doc].offsets[zone] for doc in ordered.tolist()], ordered)
        for number, clause in enumerate(clauses):
            places = matcher.occurrences(clause, zone, within)
            if len(places) and mask is not None:
                places = places.where(mask)
            if len(places):
                for doc, start, end in bounds.of(places, whole=_whole(clause)):
                    marks[doc][zone].append(Mark(start, end, number))
    return [Shown(doc, stored[doc], marks[doc]) for doc in docs]


class _Bounds:
    """Where the tokens of one zone of some documents (ascending) stand in its texts."""

    def __init__(self, offsets: Sequence[Offsets], docs: Docs) -> None:
        self._offsets, self._docs = offsets, docs
        self._starts = np.concatenate([one.starts for one in offsets]) if offsets else np.empty(0, np.int64)
        self._ends = np.concatenate([one.ends for one in offsets]) if offsets else self._starts
        self._first = np.cumsum([0, *(one.starts.size for one in offsets)])

    def of(self, places: Occurrences, *, whole: bool) -> Iterator[tuple[int, int, int]]:
        """Document, start and end of every place; with `whole`, to the end of a special token that stands there."""
        docs = places.docs
        at = self._docs.searchsorted(docs)
        first = self._first.take(at) + (places.begins & POSITION)
        last = self._first.take(at) + (places.ends & POSITION) - 1
        if whole:
            for one in np.flatnonzero(first == last).tolist():
                many = self._offsets[at[one]].specials.get(int(places.begins[one] & POSITION), 1)
                last[one] += many - 1
        return zip(docs.tolist(), self._starts.take(first).tolist(), self._ends.take(last).tolist(), strict=True)


def _whole(clause: Clause) -> bool:
    """Whether a clause may be met by special tokens, which cover several syllables."""
    return any(form == SPECIAL for one in clause.spellings for slot in one.slots for form, _ in slot.keys)


def hit(
    one: Shown,
    score: float,
    topic_name: Callable[[str], str],
    official_name: Callable[[IndexedOfficial], OfficialLabel],
    *,
    similar: int = 0,
    missing: Sequence[str] = (),
    why: Sequence[str] = (),
    wanted: frozenset[str] = frozenset(),
) -> Hit:
    """One hit of a page; officials that the request filters by (`wanted` ids) come first."""
    stored = one.stored
    officials = sorted(stored.officials, key=lambda official: official.id not in wanted)
    return Hit(
        id=stored.id,
        version=stored.version,
        url=stored.url,
        title=stored.title,
        title_spans=spans_of(one.marks["title"]),
        source=stored.source,
        published=stored.published,
        snippets=snippets(stored, one.marks),
        topics=tuple(TopicLabel(slug, topic_name(slug)) for slug in stored.topics),
        officials=tuple(official_name(official) for official in officials[:_SHOWN_OFFICIALS]),
        score=round(score, 4),
        similar=similar,
        missing=tuple(missing),
        why=tuple(why),
    )


def snippets(stored: Stored, marks: Marks) -> tuple[Snippet, ...]:
    """Up to two pieces of lead and body: where most clauses stand; the opening when only the title matched."""
    lead = stored.lead or ""
    first = cut(lead, marks["lead"], "lead", most=1)
    rest = cut(stored.body, marks["body"], "body", most=2 - len(first))
    captions_from = sum(len(paragraph) + 1 for paragraph in stored.paragraphs)
    rest = tuple(_as_caption(piece, stored, captions_from) for piece in rest)
    if first or rest:
        return first + rest
    return (opening(lead, "lead"),) if lead else (opening(stored.body, "body"),) if stored.body else ()


def _as_caption(piece: Snippet, stored: Stored, captions_from: int) -> Snippet:
    """A piece that stands in the captions says so."""
    plain = piece.text.removeprefix("… ").removesuffix(" …")
    if stored.captions and stored.body.find(plain) >= captions_from:
        return Snippet("caption", piece.text, piece.spans)
    return piece

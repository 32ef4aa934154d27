"""Hits: what is shown of a document, with exactly the matched words marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.document import IndexedOfficial, Stored
from index.schema import ZONES
from search.kernel.phrases import BITS, POSITION
from search.lexicon import FORMS
from search.matching import Matcher
from search.plan import Clause
from search.query import Stream
from search.results import Hit, OfficialCount, Snippet, TopicCount
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


def shown(matcher: Matcher, docs: Sequence[int], clauses: Sequence[Clause]) -> list[Shown]:
    """The documents of a page, in the order given."""
    within = matcher.chosen(np.sort(np.array(docs, np.intp)))
    stored = {doc: matcher.snapshot.stored(doc) for doc in docs}
    marks: dict[int, dict[str, list[Mark]]] = {doc: {zone: [] for zone in ZONES} for doc in docs}
    for number, clause in enumerate(clauses):
        for zone in clause.zones:
            places = matcher.occurrences(clause, zone, within)
            for begin, end in zip(places.begins.tolist(), places.ends.tolist(), strict=True):
                doc = begin >> BITS
                offsets = stored[doc].offsets[zone]
                first, last = begin & POSITION, (end & POSITION) - 1
                if first == last and _whole(clause):
                    last += offsets.specials.get(first, 1) - 1
                marks[doc][zone].append(Mark(int(offsets.starts[first]), int(offsets.ends[last]), number))
    return [Shown(doc, stored[doc], marks[doc]) for doc in docs]


def _whole(clause: Clause) -> bool:
    """Whether a clause may be met by special tokens, which cover several syllables."""
    return any(form == SPECIAL for one in clause.spellings for slot in one.slots for form, _ in slot.keys)


def hit(
    one: Shown,
    score: float,
    topic_name: Callable[[str], str],
    official_name: Callable[[IndexedOfficial], OfficialCount],
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
        topics=tuple(TopicCount(slug, topic_name(slug)) for slug in stored.topics),
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

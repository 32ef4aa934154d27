"""Hits: what is shown of an article, with exactly the matched words marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.document import Stored
from index.engine import Mark, Row, Shown
from search.naming import Naming
from search.results import Hit, Reason, Snippet, TopicLabel
from search.snippet import cut, opening, spans_of

_SHOWN_OFFICIALS = 8


def hit(
    row: Row,
    shown: Shown,
    naming: Naming,
    *,
    similar: int = 0,
    reasons: Sequence[Reason] = (),
    wanted: frozenset[str] = frozenset(),
) -> Hit:
    """One hit of a page; officials that the request filters by (`wanted` ids) come first."""
    stored = shown.stored
    officials = sorted(stored.officials, key=lambda official: official.id not in wanted)
    return Hit(
        id=stored.id,
        version=stored.version,
        url=stored.url,
        title=stored.title,
        title_spans=spans_of(shown.marks["title"]),
        source=stored.source,
        published=stored.published,
        snippets=snippets(stored, shown.marks),
        topics=tuple(TopicLabel(slug, naming.topic(slug)) for slug in stored.topics),
        officials=tuple(naming.official(official, stored.published) for official in officials[:_SHOWN_OFFICIALS]),
        score=round(row.score, 4),
        similar=similar,
        author=stored.author,
        section=stored.section,
        missing=row.missing,
        reasons=tuple(reasons),
    )


def snippets(stored: Stored, marks: Mapping[str, Sequence[Mark]]) -> tuple[Snippet, ...]:
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

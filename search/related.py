"""Related articles: those that share the rarest words of an article's title and lead, and are no copies of it."""

from __future__ import annotations

from index.analysis.analyzer import analyze
from index.duplicates import ALIKE, similarity
from index.engine import Generation, Row
from index.query import Key, MatchAll, Phrase, Span
from search.answering import Answering
from search.hits import hit
from search.results import Hit

_TELLING = 8
"""So many words of an article find its relatives."""
_MOST_COMMON = 0.1
"""Words in more than this share of the articles tell nothing."""


def related(answering: Answering, article_id: str, limit: int) -> tuple[Hit, ...]:
    """The nearest articles, best first; none when the article is not indexed."""
    generation = answering.generation
    reference = generation.reference(article_id)
    if reference is None:
        return ()
    (own,) = generation.shown([reference], MatchAll())
    words = _telling(generation, f"{own.stored.title}\n{own.stored.lead or ''}")
    rows, signatures = generation.any_of(words, limit * 4) if words else ([], [])
    chosen: list[Row] = []
    for row, signature in zip(rows, signatures, strict=True):
        if row.reference != reference and similarity(signature, own.stored.signature) < ALIKE:
            chosen.append(row)
        if len(chosen) == limit:
            break
    shown = generation.shown([row.reference for row in chosen], MatchAll())
    return tuple(hit(row, document, answering.naming) for row, document in zip(chosen, shown, strict=True))


def _telling(generation: Generation, text: str) -> list[Phrase]:
    """The rarest words (by the segmenter) of a text, as phrases of their syllables."""
    words = sorted({word for _, _, word in analyze(text).words})
    phrases = [Phrase(tuple((Key(key),) for key in word.split("_")), Span(0, 0), word) for word in words]
    held = generation.counts(phrases)
    most = max(generation.documents * _MOST_COMMON, 2)
    order = sorted(range(len(words)), key=held.__getitem__)
    return [phrases[at] for at in order if 1 < held[at] <= most][:_TELLING]

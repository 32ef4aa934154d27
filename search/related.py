"""Related articles: those that share the rarest words of an article's title and lead, and are no copies of it."""

from __future__ import annotations

import numpy as np

from index.analysis.analyzer import analyze
from index.duplicates import ALIKE, similarity
from search.answering import Answering
from search.plan import Clause, Slot, Spelling
from search.results import Hit

_TELLING = 8
"""So many words of an article find its relatives."""
_MOST_COMMON = 0.1
"""Words in more than this share of the articles tell nothing."""


def related(answering: Answering, article_id: str, limit: int) -> tuple[Hit, ...]:
    """The nearest articles, best first; none when the article is not indexed."""
    snapshot = answering.snapshot
    doc = snapshot.number(article_id)
    if doc is None:
        return ()
    stored = snapshot.stored(doc)
    clauses = _telling(answering, f"{stored.title}\n{stored.lead or ''}")
    if not clauses:
        return ()
    matches = answering.ranker.scorer.any_of(clauses)
    best = matches.top(limit * 4, snapshot.days)
    chosen: list[tuple[int, float]] = []
    for other, score in zip(best.tolist(), matches.score_of(best).tolist(), strict=True):
        if other != doc and similarity(snapshot.signature(other), stored.signature) < ALIKE:
            chosen.append((other, score))
        if len(chosen) == limit:
            break
    return answering.plain_hits(chosen)


def _telling(answering: Answering, text: str) -> list[Clause]:
    """The rarest words (by the segmenter) of a text, as clauses of their syllables."""
    words = {word for _, _, word in analyze(text).words}
    clauses = [
        Clause(word.replace("_", " "), (Spelling(tuple(Slot((("", key),)) for key in word.split("_"))),))
        for word in sorted(words)
    ]
    held = np.array([answering.matcher.docs(clause).size for clause in clauses])
    most = answering.snapshot.documents * _MOST_COMMON
    order = np.argsort(held, kind="stable").tolist()
    return [clauses[n] for n in order if 1 < held[n] <= max(most, 2)][:_TELLING]

"""Related articles: those that share the rarest words of an article's title and lead, and are no copies of it."""

from __future__ import annotations

import numpy as np

from index.analysis.analyzer import analyze
from index.duplicates import ALIKE, similarity
from search.answering import Answering
from search.order import ordered
from search.plan import AnyOf, Clause, Slot, Spelling
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
    docs = answering.matcher.docs(AnyOf(tuple(clauses)))
    docs = docs[docs != doc]
    scored = answering.ranker.score(docs, clauses, fresh=False, near=False)
    chosen: list[tuple[int, float]] = []
    for place in ordered(snapshot, scored, "relevance", limit * 4).tolist():
        other = int(scored.docs[place])
        if similarity(snapshot.signature(other), stored.signature) < ALIKE:
            chosen.append((other, float(scored.scores[place])))
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

"""Ranking: BM25F of every clause over title, lead and body, lifted where clauses stand together as they were typed.

BM25F: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, §3.6. Clauses that
follow one another in the text as in the query count as terms of their own, as in the sequential dependence model of
D. Metzler, W. B. Croft, "A Markov random field model for term dependencies", 2005. Constants were chosen on the judged
queries of `benchmarks/`; nDCG moves by less than .01 when any of them is halved or doubled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, reduce

import numpy as np
import numpy.typing as npt

from index.schema import ZONES
from search.kept import Kept
from search.kernel.deadline import Deadline
from search.kernel.matches import Chosen
from search.matching import Docs, Matcher, kept_bytes
from search.occurrences import NONE, Occurrences, counted, either, followed
from search.plan import AllOf, AnyOf, Clause, Node

Scores = npt.NDArray[np.float64]

WEIGHTS = {"title": 3.0, "lead": 1.5, "body": 1.0}
LENGTH = {"title": 0.3, "lead": 0.3, "body": 0.5}
"""How much a longer zone counts against its terms (b of BM25)."""
SATURATION = 1.2
"""How soon more occurrences stop counting (k1 of BM25)."""
PAIR = 0.5
"""Weight of two, and of three, neighbouring clauses that stand together, against their own."""
WHOLE = 4.0
"""Weight of the whole query standing together."""
FRESH = 0.3
"""What an article of the newest day gains over an old one; halved every FRESH_DAYS."""
FRESH_DAYS = 365.0
NEAREST = 5_000
"""Standing together is looked at for this many documents, the best by BM25F."""
_LOOKUP = 16
"""One binary search costs as much as so many writes in order."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents and their scores, parallel; documents ascending."""

    docs: Docs
    scores: Scores


class Ranker:
    """Scores documents of one snapshot for the clauses of a query."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        dated = self._snapshot.days[self._snapshot.dated & self._snapshot.live]
        self._newest = int(dated.max()) if dated.size else 0
        self._norm = cache(self._length_norm)
        self._scored: Kept[Clause, Scored] = Kept(kept_bytes(matcher.snapshot))

    def score(
        self,
        docs: Docs,
        parts: Sequence[Node],
        *,
        fresh: bool = True,
        near: bool = True,
        deadline: Deadline | None = None,
    ) -> Scored:
        """BM25F of a plan's parts for `docs` (ascending), with nearness for the best and freshness for all.

        When the time is over, what was not looked at yet adds nothing.
        """
        scores = np.zeros(docs.size)
        for part in parts:
            if deadline is None or not deadline.passed():
                scores += self.part_score(docs, part)
        if fresh and docs.size:
            scores += self._freshness(docs)
        if near and len(parts) > 1 and docs.size and not (deadline and deadline.passed()):
            best = docs.size > NEAREST
            chosen = np.sort(np.argpartition(-scores, NEAREST)[:NEAREST]) if best else np.arange(docs.size)
            scores[chosen] += self.together(docs[chosen], parts)
        return Scored(docs, scores)

    def idf(self, part: Node) -> float:
        """ln(1 + (N - n + ½) / (n + ½)) over the documents in which the part holds in any zone."""
        total = self._snapshot.documents
        held = self._matcher.docs(part).size
        return float(np.log1p((total - held + 0.5) / (held + 0.5)))

    def part_score(self, docs: Docs, part: Node) -> Scores:
        """One part's worth for each document: of alternatives the best, of several that must all hold the sum."""
        if isinstance(part, Clause):
            return self.clause_score(docs, part)
        if isinstance(part, AllOf | AnyOf) and part.parts:
            several = [self.part_score(docs, one) for one in part.parts]
            joined: Scores = np.sum(several, axis=0) if isinstance(part, AllOf) else np.max(several, axis=0)
            return joined
        return np.zeros(docs.size)

    def clause_score(self, docs: Docs, clause: Clause) -> Scores:
        """One clause's BM25F for each document."""
        known = self._scored.get(clause)
        if known is None:
            known = self._everywhere(clause)
            self._scored.put(clause, known, known.scores.nbytes)  # the matcher keeps the documents
        return _looked_up(docs, known.docs, known.scores, self._snapshot.size)

    def _everywhere(self, clause: Clause) -> Scored:
        """A clause's BM25F in every document that holds it."""
        docs = self._matcher.docs(clause)
        weighted = np.zeros(docs.size)
        for zone in clause.zones:
            held = self._matcher.held(clause, zone)
            if held.docs.size:
                counts = _looked_up(docs, held.docs, held.counts, self._snapshot.size)
                weighted += self._weighted(docs, counts, zone)
        if clause.days is not None:
            days = self._snapshot.days[docs]
            weighted += WEIGHTS["lead"] * ((days >= clause.days[0]) & (days <= clause.days[1]))
        return Scored(docs, self.idf(clause) * _saturated(weighted))

    def _weighted(self, docs: Docs, counts: Scores, zone: str) -> Scores:
        """Counts of each document, weighted by zone and normalised by its length."""
        return WEIGHTS[zone] * counts / self._norm(zone)[docs]

    def _length_norm(self, zone: str) -> Scores:
        average = self._snapshot.average_length(zone) or 1.0
        norm: Scores = 1 - LENGTH[zone] + LENGTH[zone] * (self._snapshot.lengths(zone) / average)
        return norm

    def together(self, docs: Docs, parts: Sequence[Node]) -> Scores:
        """What documents gain where two, three or all parts follow one another as typed."""
        idfs = [self.idf(part) for part in parts]
        gained = np.zeros(docs.size)
        within = self._matcher.chosen(docs)
        for zone in ZONES:
            for length, chain in self._chains(parts, zone, within):
                held, counts = counted(chain.places)
                at = docs.searchsorted(held)
                worth = _saturated(self._weighted(held, counts, zone))
                if length == len(parts):
                    gained[at] += WHOLE * worth
                if length <= 3:
                    mean = sum(idfs[chain.first : chain.first + length]) / length
                    gained[at] += PAIR * mean * worth
        return gained

    def _chains(self, parts: Sequence[Node], zone: str, within: Chosen) -> list[tuple[int, _Chain]]:
        """Every pair, triple and the whole row of neighbouring parts that follow one another somewhere in a zone."""
        found: list[tuple[int, _Chain]] = []
        for first in range(len(parts) - 1):
            row = self._pair(parts[first], parts[first + 1], zone, within)
            for last in range(first + 1, len(parts)):
                if last > first + 1:
                    row = self._followed(row, parts[last], zone, within)
                if not len(row):
                    break
                length = last - first + 1
                if length <= 3 or length == len(parts):
                    found.append((length, _Chain(first, row)))
                elif first > 0:
                    break
        return found

    def _pair(self, first: Node, second: Node, zone: str, within: Chosen) -> Occurrences:
        if isinstance(first, Clause) and isinstance(second, Clause):
            return self._matcher.adjoining(first, second, zone, within)
        return self._followed(self._places(first, zone, within), second, zone, within)

    def _followed(self, row: Occurrences, part: Node, zone: str, within: Chosen) -> Occurrences:
        if isinstance(part, Clause):
            return self._matcher.followed(row, part, zone, within)
        return followed(row, self._places(part, zone, within))

    def _places(self, part: Node, zone: str, within: Chosen) -> Occurrences:
        """Where a part stands: any of its alternatives, or all that must hold, one after the other."""
        if isinstance(part, Clause):
            return self._matcher.occurrences(part, zone, within)
        if isinstance(part, AnyOf):
            return either([self._places(one, zone, within) for one in part.parts])
        if isinstance(part, AllOf) and part.parts:
            return reduce(followed, (self._places(one, zone, within) for one in part.parts))
        return NONE

    def _freshness(self, docs: Docs) -> Scores:
        age = np.where(self._snapshot.dated[docs], self._newest - self._snapshot.days[docs].astype(np.float64), np.inf)
        return FRESH * np.exp2(-np.maximum(age, 0) / FRESH_DAYS)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Occurrences of parts `first`, `first`+1 … following one another."""

    first: int
    places: Occurrences


def _looked_up(docs: Docs, held: Docs, values: Scores, size: int) -> Scores:
    """The values of `held` (ascending) at `docs`, 0 where there is none."""
    if not held.size:
        return np.zeros(docs.size)
    if docs.size * _LOOKUP > held.size + size // _LOOKUP:
        every = np.zeros(size)
        every[held] = values
        return every.take(docs)
    at = held.searchsorted(docs)
    at[at == held.size] = 0
    return np.where(held[at] == docs, values[at], 0.0)


def _saturated(weighted: Scores) -> Scores:
    return weighted * (SATURATION + 1) / (SATURATION + weighted)

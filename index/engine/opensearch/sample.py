"""A sample: a few documents that the cluster found, held in arrays, to be ranked as the embedded engine ranks all.

The best by a first, rougher score come here with their tokens; formulas, nearness, relaxing, accounts and marks are
those of `index.engine.kernel`, and how many articles hold a clause is what the cluster counted over all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from index.document import Stored
from index.engine import Terms
from index.engine.clauses import Clause, Part, Plan
from index.engine.kernel.generation import ArrayGeneration
from index.engine.kernel.matches import Mask
from index.engine.kernel.matching import Matcher, one_term
from index.engine.kernel.occurrences import BITS, DocumentSet, Places
from index.engine.kernel.phrases import NOWHERE, PhraseFinder
from index.engine.kernel.ranking import Ranker, Scored
from index.engine.kernel.scoring import Scorer
from index.engine.kernel.space import UNDATED, Postings
from index.engine.kernel.weighting import NEWS, rounded
from index.engine.opensearch.tokens import DocumentTokens, hashed, tag
from index.query import Key, Node, Slot
from index.schema import ZONES, Form

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A document as the cluster gave it out."""

    order: int
    """Its reference: documents stand in this order."""
    day: int | None
    signature: bytes
    tokens: DocumentTokens | None
    """Where they were asked for."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What is known of all documents together."""

    size: int
    """How many there are, those withdrawn since too: what an idf is counted of."""
    documents: int
    """How many can be found."""
    newest: int
    """The newest day."""
    averages: Mapping[str, float]
    """By zone, tokens of a document."""
    terms: Terms
    count: Callable[[Part], int]
    """How many documents hold a part."""


class Sample:
    """Some documents as a space (`index.engine.kernel.space.Space`), in the order of their references."""

    def __init__(self, name: str, found: Sequence[SampleDocument], collection: Collection) -> None:
        self.found = sorted(found, key=lambda document: document.order)
        self.collection = collection
        self.generation = name
        self.size = len(self.found)
        self.documents = collection.documents
        self.newest = collection.newest
        self.live = np.ones(self.size, np.bool_)
        self.days = np.array([UNDATED if document.day is None else document.day for document in self.found], np.int32)
        self.dated = self.days != UNDATED
        tokens = [document.tokens for document in self.found if document.tokens]
        lengths = np.array([document.lengths for document in tokens], np.int64).reshape(self.size, len(ZONES))
        self._exact = dict(zip(ZONES, lengths.T, strict=True))
        bases = np.cumsum([0, *(document.syllables.size for document in tokens)])
        self._vocabulary = {
            Form.SYLLABLE: _joined([document.syllables for document in tokens], np.uint64),
            Form.FOLDED: _joined([document.folded for document in tokens], np.uint64),
        }
        every = [document.tokens + base for document, base in zip(tokens, bases.tolist(), strict=False)]
        self._tokens = {
            zone: _joined([_cut(document, at, every[n]) for n, document in enumerate(tokens)], np.int64)
            for at, zone in enumerate(ZONES)
        }
        self.begins = {zone: np.concatenate(([0], np.cumsum(self._exact[zone]))) for zone in ZONES}
        self._placed = {
            (zone, form): self._of_zone(tokens, at, zone, form)
            for at, zone in enumerate(ZONES)
            for form in (Form.WORD, Form.SPECIAL)
        }
        self._tags = _joined([document.tags for document in tokens], np.uint64)
        self._tagged = np.repeat(np.arange(self.size), [document.tags.size for document in tokens])
        self.contents: list[bytes] = []
        """What is stored of each, where it was asked for."""
        self.standing = lru_cache(maxsize=1 << 10)(self._standing)

    def _of_zone(self, tokens: Sequence[DocumentTokens], at: int, zone: str, form: Form) -> tuple[Array, Array]:
        """Places among all tokens of a zone, and hashes, of its words or special tokens."""
        places, keys = [], []
        for doc, document in enumerate(tokens):
            first = sum(document.lengths[:at])
            where, hashes = document.placed[form]
            keep = (where >= first) & (where < first + document.lengths[at])
            places.append(where[keep] - first + self.begins[zone][doc])
            keys.append(hashes[keep])
        return _joined(places, np.int64), _joined(keys, np.uint64)

    def _standing(self, zone: str, slot: Slot) -> Array:
        """Places among all tokens of a zone where any key of a slot stands, ascending."""
        found = []
        for form in dict.fromkeys(form for _, form in slot):
            wanted = np.array([hashed(key) for key, own in slot if own is form], np.uint64)
            if form in self._vocabulary:
                held = np.isin(self._vocabulary[form], wanted)
                found.append(np.flatnonzero(held.take(self._tokens[zone])) if held.any() else NOWHERE)
            else:
                places, keys = self._placed[zone, form]
                found.append(np.unique(places[np.isin(keys, wanted)]))
        return found[0] if len(found) == 1 else np.unique(np.concatenate([NOWHERE, *found]))

    def starts(self, zone: str, slots: Sequence[Slot]) -> Places:
        """Where in a zone the slots stand one after the other: places of the first."""
        begins = self.begins[zone]
        at = self.standing(zone, slots[0])
        for step, slot in enumerate(slots[1:], 1):
            at = at[np.isin(at + step, self.standing(zone, slot), assume_unique=True)]
        docs = begins.searchsorted(at, side="right") - 1
        inside = at + len(slots) <= begins[docs + 1]
        places: Places = (docs[inside] << BITS) + (at[inside] - begins[docs[inside]])
        return places

    def postings(self, field: str, term: str) -> Postings | None:
        """The documents that carry a keyword, or hold a key of a zone, with how often."""
        zone, _, ending = field.partition("_")
        if zone in ZONES:
            form = Form(f"_{ending}" if ending else "")
            docs = self.starts(zone, [(Key(term, form),)]) >> BITS
        else:
            docs = self._tagged[self._tags == np.uint64(tag(field, term))]
        held, counts = np.unique(docs, return_counts=True)
        return Postings(held.astype(np.intp), counts) if held.size else None

    def df(self, field: str, term: str) -> int:
        """How many documents of the whole index hold a key of a zone."""
        zone, _, ending = field.partition("_")
        return self.collection.terms.frequencies(Form(f"_{ending}" if ending else ""), [term], (zone,))[0]

    def lengths(self, field: str) -> npt.NDArray[np.float64]:
        """Tokens of a zone in each document, rounded."""
        return rounded(self._exact[field])

    def average_length(self, field: str) -> float:
        """Tokens of a zone over all documents of the index."""
        return self.collection.averages[field]

    def stored(self, doc: int) -> Stored:
        """What is kept of a document for hits, snippets and pages."""
        return Stored.read(self.contents[doc])

    def signature(self, doc: int) -> bytes:
        """What finds a document's near-duplicates."""
        return self.found[doc].signature


def _cut(document: DocumentTokens, at: int, tokens: Array) -> Array:
    first = sum(document.lengths[:at])
    return tokens[first : first + document.lengths[at]]


def _joined(parts: Sequence[Array], kind: type[np.generic]) -> Array:
    return np.concatenate([np.empty(0, kind), *parts])


class SamplePhrases(PhraseFinder):
    """Finds phrases by looking at every token of a sample."""

    def __init__(self, sample: Sample) -> None:
        self._sample = sample

    def starts(self, slots: Sequence[Slot], zone: str, within: DocumentSet | None = None) -> Places:
        """Where in a zone the slots stand one after the other."""
        if not all(slots):
            return NOWHERE
        found = self._sample.starts(zone, slots)
        return found if within is None else found[within.mask.take(found >> BITS)]


class SampleMatcher(Matcher):
    """Matches in a sample; counts are those of the whole index."""

    def __init__(self, sample: Sample) -> None:
        super().__init__(sample, SamplePhrases(sample))
        self._collection = sample.collection

    def count(self, part: Part) -> int:
        """How many documents of the whole index hold a part."""
        return self._collection.count(part)


class SampleScorer(Scorer):
    """Scores a sample by what is telling in the whole index."""

    def __init__(self, matcher: SampleMatcher, collection: Collection) -> None:
        super().__init__(matcher, budget=1 << 20)
        self._collection = collection

    def idf(self, part: Part) -> float:
        """How telling it is that a part holds."""
        return self.weighting.idf(self._collection.count(part), self._collection.size)

    def clause_idf(self, clause: Clause, df: int) -> float:
        """How telling a clause is."""
        return idf(self._collection, clause)


def idf(collection: Collection, clause: Clause) -> float:
    """How telling a clause is among all documents."""
    term = one_term(clause)
    if term is None:
        return NEWS.idf(collection.count(clause), collection.size)
    zone, (key, form) = term
    return NEWS.idf(collection.terms.frequencies(form, [key], (zone,))[0], collection.size)


class _Apart(ArrayGeneration):
    """A sample in which what stands together counts nothing."""

    def _lifted(self, plan: Plan, scored: Scored, mask: Mask | None, by_score: bool) -> None:
        return None


def opened(sample: Sample, plan: Callable[[Node], Plan], *, near: bool = True) -> ArrayGeneration:
    """A sample that is asked as if it were all; what stands together counts where `near`."""
    matcher = SampleMatcher(sample)
    ranker = Ranker(SampleScorer(matcher, sample.collection))
    kind = ArrayGeneration if near else _Apart
    return kind(sample, terms=sample.collection.terms, ranker=ranker, plan=plan)

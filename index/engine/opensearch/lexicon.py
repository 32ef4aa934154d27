"""The lexicon: a file beside every front end that answers what the parser asks of a generation's terms.

A query asks for hundreds of frequencies, so none of them may cost a message. A part of the lexicon counts the documents
of one build; a generation has a few parts and adds up what they say. Articles replaced or withdrawn since still count.

Arrays of a part: for every text field its terms (`term_list`) and in how many documents each stands (`F.df`); for
`body` and `title` which term without marks each one folds to (`F.fold`); neighbours in bodies as `pairs.first`,
`pairs.second`, `pairs.count`, in that order, and `pairs.back`, their places in the order of the second; titles as
ordinals (`titles.stream`) with where each begins and one end (`titles.begins`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np

from index.document import Document
from index.engine.kernel.array_file import Array, ArrayFile, ArrayFileWriter
from index.engine.kernel.term_list import TermList, term_arrays
from index.schema import TEXTS, ZONES, Form

_MARKED = ("title", "body")
"""Zones of which neighbours or runs are asked for."""
_FEWEST = 3
"""What stands beside a word less often is left out: most of it is chance, and there is much of it."""
_MOST_PLACES = 40_000
_MOST_RUNS = 2_000
_PREFIXED = 2_000
"""Of the keys that begin in one way so many of a zone are counted at most."""


class Counting:
    """Counts the terms of documents on their way to the cluster."""

    def __init__(self) -> None:
        self._held: dict[str, Counter[str]] = {name: Counter() for name in TEXTS}
        self._folds: dict[str, dict[str, str]] = {zone: {} for zone in _MARKED}
        self._rows: dict[str, list[Sequence[str]]] = {zone: [] for zone in _MARKED}
        self.documents = 0
        self.tokens = dict.fromkeys(ZONES, 0)

    def add(self, document: Document) -> None:
        """Count one document."""
        streams = document.streams
        self.documents += 1
        for name in TEXTS:
            self._held[name].update(set(streams[name][0]))
        for zone in ZONES:
            self.tokens[zone] += len(streams[zone][0])
        for zone in _MARKED:
            keys = streams[zone][0]
            self._folds[zone].update(zip(keys, streams[zone + Form.FOLDED][0], strict=True))
            self._rows[zone].append(keys)

    def write(self, path: Path) -> None:
        """Write what was counted as a part of a lexicon, durably."""
        with ArrayFileWriter(path) as file:
            ordinals = {}
            for name, held in self._held.items():
                terms = sorted(held)
                ordinals[name] = {term: number for number, term in enumerate(terms)}
                _put_terms(file, name, [term.encode() for term in terms], np.array([held[term] for term in terms]))
            for zone in _MARKED:
                folds, bare = self._folds[zone], ordinals[zone + Form.FOLDED]
                file.add(f"{zone}.fold", np.array([bare[folds[term]] for term in ordinals[zone]], np.uint32))
            bodies = [np.array([ordinals["body"][key] for key in row], np.uint64) for row in self._rows["body"]]
            sides = [(row[:-1], row[1:]) for row in bodies if row.size > 1]
            both = _joined([first << np.uint64(32) | second for first, second in sides], np.uint64)
            _put_pairs(file, both, np.ones(both.size, np.int64))
            titles = [np.array([ordinals["title"][key] for key in row], np.uint32) for row in self._rows["title"]]
            _put_titles(file, titles)
            file.close({"documents": self.documents, "tokens": self.tokens})


class LexiconPart:
    """One part, mapped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = ArrayFile(path)
        self.documents = int(self.file.about["documents"])
        self.tokens: Mapping[str, int] = self.file.about["tokens"]
        self._terms: dict[str, TermList] = {}

    def terms(self, name: str) -> TermList:
        """The terms of a field."""
        if name not in self._terms:
            self._terms[name] = TermList(*(self.file.array(f"{name}.{part}") for part in ("blob", "ends", "heads")))
        return self._terms[name]

    def df(self, name: str) -> Array:
        """In how many documents each term of a field stands."""
        return self.file.array(f"{name}.df")

    def fold(self, zone: str) -> Array:
        """The term without marks of each term of a zone."""
        return self.file.array(f"{zone}.fold")

    def pairs(self, part: str) -> Array:
        """`first`, `second` or `count` of neighbours, or `back`."""
        return self.file.array(f"pairs.{part}")

    @cached_property
    def seconds(self) -> Array:
        """The second of every two neighbours, ascending: the order of `pairs.back`."""
        return self.pairs("second").take(self.pairs("back"))

    def titles(self) -> tuple[Array, Array]:
        """The terms of all titles, and where each title begins."""
        return self.file.array("titles.stream"), self.file.array("titles.begins")

    def held(self, name: str, key: str) -> int:
        """How many documents hold a key."""
        at = self.terms(name).find(key.encode())
        return int(self.df(name)[at]) if at >= 0 else 0

    def spellings(self, zone: str, folded: str, *, beginning: bool = False) -> Array:
        """By term of a zone, whether it is a spelling of one without marks, or of any that begins so."""
        bare = self.terms(zone + Form.FOLDED)
        if beginning:
            first, last = bare.prefix_range(folded.encode())
        else:
            first = bare.find(folded.encode())
            last = first + 1
        fold = self.fold(zone)
        return (fold >= first) & (fold < last) if first >= 0 else np.zeros(fold.size, np.bool_)


def merged(parts: Sequence[LexiconPart], path: Path) -> None:
    """Write several parts as one, durably."""
    with ArrayFileWriter(path) as file:
        moved: dict[str, list[Array]] = {}
        for name in TEXTS:
            lists = [list(part.terms(name)) for part in parts]
            union = sorted(set().union(*lists))
            rank = {term: number for number, term in enumerate(union)}
            moved[name] = [np.fromiter(map(rank.__getitem__, terms), np.int64, len(terms)) for terms in lists]
            held = np.zeros(len(union), np.int64)
            for to, part in zip(moved[name], parts, strict=True):
                held[to] += part.df(name)
            _put_terms(file, name, union, held)
        for zone in _MARKED:
            fold = np.zeros(
                len(moved[zone]) and max((int(to.max()) + 1 for to in moved[zone] if to.size), default=0), np.uint32
            )
            for to, bare, part in zip(moved[zone], moved[zone + Form.FOLDED], parts, strict=True):
                fold[to] = bare[part.fold(zone)]
            file.add(f"{zone}.fold", fold)
        both, counts = [], []
        for to, part in zip(moved["body"], parts, strict=True):
            first, second = to[part.pairs("first")].astype(np.uint64), to[part.pairs("second")].astype(np.uint64)
            both.append(first << np.uint64(32) | second)
            counts.append(part.pairs("count").astype(np.int64))
        _put_pairs(file, _joined(both, np.uint64), _joined(counts, np.int64))
        titles = []
        for to, part in zip(moved["title"], parts, strict=True):
            stream, begins = part.titles()
            titles += np.split(to[stream].astype(np.uint32), begins[1:-1].tolist()) if begins.size > 1 else []
        _put_titles(file, titles)
        tokens = {zone: sum(part.tokens[zone] for part in parts) for zone in ZONES}
        file.close({"documents": sum(part.documents for part in parts), "tokens": tokens})


def _put_terms(file: ArrayFileWriter, name: str, terms: Sequence[bytes], held: Array) -> None:
    for part, array in term_arrays(terms).items():
        file.add(f"{name}.{part}", array)
    file.add(f"{name}.df", held.astype(np.uint32))


def _put_pairs(file: ArrayFileWriter, both: Array, counts: Array) -> None:
    pairs, place = np.unique(both, return_inverse=True)
    added = np.bincount(place, counts, minlength=pairs.size)
    second = (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    file.add("pairs.first", (pairs >> np.uint64(32)).astype(np.uint32))
    file.add("pairs.second", second)
    file.add("pairs.count", added.astype(np.uint32))
    file.add("pairs.back", np.argsort(second, kind="stable").astype(np.uint32))


def _put_titles(file: ArrayFileWriter, titles: Sequence[Array]) -> None:
    file.add("titles.stream", _joined(titles, np.uint32))
    file.add("titles.begins", np.cumsum([0, *(title.size for title in titles)]).astype(np.uint32))


def _joined(parts: Sequence[Array], kind: type[np.generic]) -> Array:
    return np.concatenate([np.empty(0, kind), *parts])


class LexiconFile:
    """The terms of a generation; see `index.engine.Terms`."""

    def __init__(self, parts: Iterable[LexiconPart]) -> None:
        self.parts = list(parts)

    @property
    def documents(self) -> int:
        """Documents that were counted, those replaced since too."""
        return sum(part.documents for part in self.parts)

    @property
    def averages(self) -> dict[str, float]:
        """By zone, tokens of a document."""
        return {zone: sum(part.tokens[zone] for part in self.parts) / (self.documents or 1) for zone in ZONES}

    def frequencies(self, form: Form, keys: Sequence[str], zones: Sequence[str] = ZONES) -> list[int]:
        """Beside every key, how many articles hold it in that one of the zones where most do."""
        return [max(sum(part.held(zone + form, key) for part in self.parts) for zone in zones) for key in keys]

    def beside(self, key: str, *, after: bool) -> Counter[str]:
        """What stands right after (or before) a syllable in the bodies, and how often."""
        counts: Counter[str] = Counter()
        for part in self.parts:
            terms = part.terms("body")
            at = terms.find(key.encode())
            if at < 0:
                continue
            side = part.pairs("first") if after else part.seconds
            first, last = side.searchsorted(np.uint32(at)), side.searchsorted(np.uint32(at), side="right")
            rows = slice(int(first), int(last))
            chosen = np.arange(rows.start, rows.stop) if after else part.pairs("back")[rows]
            other = part.pairs("second" if after else "first")[chosen]
            many = part.pairs("count")[chosen]
            often = many >= _FEWEST
            for term, count in zip(other[often].tolist(), many[often].tolist(), strict=True):
                counts[terms[term].decode()] += count
        return counts

    def pairs(self, first: str, second: str) -> Counter[tuple[str, str]]:
        """How two syllables without marks are printed side by side in the bodies, and how often each way."""
        counts: Counter[tuple[str, str]] = Counter()
        for part in self.parts:
            terms, wanted = part.terms("body"), part.spellings("body", second)
            firsts = part.pairs("first")
            for left in np.flatnonzero(part.spellings("body", first)).tolist() if wanted.any() else ():
                rows = slice(*firsts.searchsorted([left, left + 1]).tolist())
                others, many = part.pairs("second")[rows], part.pairs("count")[rows]
                keep = wanted.take(others)
                for other, count in zip(others[keep].tolist(), many[keep].tolist(), strict=True):
                    counts[terms[left].decode(), terms[other].decode()] += count
        return counts

    def continued(self, typed: Sequence[str], more: int) -> Counter[tuple[str, ...]]:
        """How titles go on from these syllables without marks, the last of which may be a beginning; up to `more`."""
        return Counter(run for part in self.parts for run in _runs(part, typed, more))

    def beginning(self, form: Form, prefix: str, most: int) -> list[tuple[str, int]]:
        """Keys that begin so, the most frequent first, added up over the zones."""
        counts: Counter[str] = Counter()
        for zone in ZONES:
            zoned: Counter[str] = Counter()
            for part in self.parts:
                terms = part.terms(zone + form)
                first, last = terms.prefix_range(prefix.encode())
                held = part.df(zone + form)[first:last].tolist()
                zoned.update(dict(zip((term.decode() for term in terms.slice(first, last)), held, strict=True)))
            counts.update(dict(islice(sorted(zoned.items()), _PREFIXED)))
        return counts.most_common(most)


def _runs(part: LexiconPart, typed: Sequence[str], more: int) -> Iterator[tuple[str, ...]]:
    """Every run of a title that these syllables begin, with what follows them in it."""
    stream, begins = part.titles()
    terms = part.terms("title")
    last = len(typed) - 1
    held = part.spellings("title", typed[0], beginning=last == 0)
    tokens = np.flatnonzero(held.take(stream)) if held.any() else np.empty(0, np.int64)
    tokens = tokens[: _MOST_PLACES if last else _MOST_RUNS]
    for step, word in enumerate(typed[1:], 1):
        wanted = part.spellings("title", word, beginning=step == last)
        tokens = tokens[wanted.take(stream.take(tokens + step, mode="clip"))]
    tokens = tokens[:_MOST_RUNS]
    ends = begins[begins.searchsorted(tokens, side="right")] if tokens.size else tokens
    for token, end in zip(tokens.tolist(), ends.tolist(), strict=True):
        run = stream[token : min(token + len(typed) + more, end)].tolist()
        if len(run) >= len(typed):
            yield tuple(terms[ordinal].decode() for ordinal in run)

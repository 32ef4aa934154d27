"""Suggestions: is what the reader means among the first five, after two to four syllables?

    python -m benchmarks.suggestions DATA [--count 300] [--seed 18]

DATA is the data folder of a reindexed collection. Meant are, in equal parts, officials and offices of the registry,
places of the gazetteer, and phrases of three to six syllables that stand in at least three headlines; officials,
offices and phrases are drawn as often as articles name them. Typed are the first two to four syllables, the last of
them half or whole, never the whole name; once with marks and once without. A phrase
is found where a suggestion goes on as it does. The last columns say how many can be found at all, in whatever order:
those among the five of what begins as typed that this very draw draws most often. `Chủ tịch UBND` begins hundreds.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from pathlib import Path

from crawler.store.reading import StoreReader
from index.analysis.tokens import syllables
from index.officials.posts.areas import place_names
from search.searcher import Searcher
from tratin.parts import open_searcher
from tratin.settings import load

FIRST = 5
_HEADLINES = 3
"""Headlines that say a phrase at least."""
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """What a reader means, and how often it is named."""

    source: str
    text: str
    weight: int


def main() -> None:
    """Ask, and print a table and some of what was not found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=18)
    options = parser.parse_args()
    settings = load(options.data)
    searcher = open_searcher(settings)
    chance = random.Random(options.seed)
    pools = {
        "registry": list(registry(searcher)),
        "gazetteer": list(gazetteer()),
        "headlines": list(headlines(StoreReader(settings.store_path))),
    }
    print(f"| {options.count} drawn | with marks | without | at most | at most |\n|---|---|---|---|---|")
    likeliest = Likeliest(pools.values())
    missed: list[str] = []
    totals = [0] * 4
    for source, pool in pools.items():
        drawn = chance.choices(pool, [one.weight for one in pool], k=options.count // len(pools))
        found = [0] * 4
        for one in drawn:
            typed = beginning(one.text, chance)
            for which, text in enumerate((typed, bare(typed))):
                found[2 + which] += is_found(one, text, likeliest.first(text))
                told = [suggestion.text for suggestion in searcher.suggest(text)[:FIRST]]
                if is_found(one, text, told):
                    found[which] += 1
                else:
                    missed.append(f"{source}: {text!r} for {one.text!r}: {', '.join(told)}")
        totals = [sum(both) for both in zip(totals, found, strict=True)]
        print(f"| {source} | {' | '.join(f'{count / len(drawn):.1%}' for count in found)} |")
    many = options.count // len(pools) * len(pools)
    print(f"| all | {' | '.join(f'{count / many:.1%}' for count in totals)} |")
    for line in chance.sample(missed, min(_SHOWN * len(pools), len(missed))):
        print(line)


class Likeliest:
    """What is meant most often of all that begins as typed: nobody who does not know the draw can do better."""

    def __init__(self, pools: Iterable[Sequence[Meant]]) -> None:
        rows = []
        for pool in pools:
            total = sum(one.weight for one in pool)
            rows += [(bare(one.text), one, one.weight / total) for one in pool]
        self._rows = sorted(rows, key=lambda row: row[0])

    def first(self, typed: str) -> list[str]:
        """The five texts that are meant most often; of phrases only as far as the next word, with all that share it."""
        plain, marked = bare(typed), spelt(typed)
        at = bisect_left(self._rows, plain, key=lambda row: row[0])
        counts: defaultdict[str, float] = defaultdict(float)
        for name, one, weight in islice(self._rows, at, None):
            if not name.startswith(plain):
                break
            if plain == marked or spelt(one.text).startswith(marked):
                words = name.split()
                counts[" ".join(words[: next_word(typed, words)]) if one.source == "phrase" else name] += weight
        return nlargest(FIRST, counts, key=counts.__getitem__)


def registry(searcher: Searcher) -> Iterator[Meant]:
    """Officials and offices, as often as articles name them."""
    for note in searcher.directory.names():
        if len(syllables(note.name)) > 2:
            yield Meant("official", note.name, note.articles)
    for office in searcher.directory.offices_listed(0, 20_000):
        if len(syllables(office.name)) > 2:
            yield Meant("office", office.name, office.articles)


def gazetteer() -> Iterator[Meant]:
    """Places, each alike."""
    for name, _ in place_names():
        if len(syllables(name)) > 1:
            yield Meant("place", name, 1)


def headlines(store: StoreReader) -> Iterator[Meant]:
    """Phrases that several headlines say."""
    counts: Counter[tuple[str, ...]] = Counter()
    for article in store.live():
        keys = [syllable.key for syllable in syllables(article.title)]
        counts.update({tuple(keys[at : at + many]) for many in range(3, 7) for at in range(len(keys) - many + 1)})
    for phrase, many in sorted(counts.items()):  # the draw is the same in every process
        if many >= _HEADLINES:
            yield Meant("phrase", " ".join(phrase), many)


def beginning(text: str, chance: random.Random) -> str:
    """The first two to four syllables of a name, the last of them whole or half; never the whole name."""
    words = [text[one.start : one.end] for one in syllables(text)]
    many = min(chance.randint(2, 4), len(words))
    whole = many < len(words) and chance.random() < 0.5
    last = words[many - 1] if whole else words[many - 1][: max(1, len(words[many - 1]) // 2)]
    return " ".join([*words[: many - 1], last])


def next_word(typed: str, words: Sequence[str]) -> int:
    """How many words are there with the one that is typed next: the last one typed, where that is not whole."""
    many = len(typed.split())
    return many + (bare(typed.split()[-1]) == words[many - 1])


def spelt(text: str) -> str:
    """With marks, as syllable keys."""
    return " ".join(one.key for one in syllables(text))


def bare(text: str) -> str:
    """Without marks."""
    return " ".join(one.folded for one in syllables(text))


def is_found(meant: Meant, typed: str, told: Sequence[str]) -> bool:
    """Whether a suggestion is what is meant; of a phrase, whether one goes on as it does."""
    wanted = bare(meant.text).split()
    if meant.source != "phrase":
        return any(bare(one).split() == wanted for one in told)
    next_one = next_word(typed, wanted)
    return any(bare(one).split()[: min(next_one, len(wanted))] == wanted[:next_one] for one in told)


if __name__ == "__main__":
    main()

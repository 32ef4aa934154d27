"""The corpora and queries that every engine gets: the same tokens, days, categories and questions."""

from __future__ import annotations

import json
import lzma
import random
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index.analysis.analyzer import Analysis, analyze_articles

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
SOURCES = ("news.jsonl.xz", "news-large.jsonl.xz")
FIRST_DAY, DAYS = 16_000, 3_000
CATEGORIES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One article as the engines get it."""

    number: int
    title: list[str]
    text: list[str]
    """Lead and body."""

    @property
    def day(self) -> int:
        """Days since 1970-01-01, from the number: the same for every engine."""
        return FIRST_DAY + zlib.crc32(b"d%d" % self.number) % DAYS

    @property
    def category(self) -> int:
        """One of CATEGORIES, from the number."""
        return zlib.crc32(b"c%d" % self.number) % CATEGORIES


def rows(work: Path, count: int, unit: str) -> list[Row]:
    """The first `count` articles as tokens: `syllables`, or pyvi's `words`. Analysed once, kept in `work`."""
    kept = work / f"tokens-{unit}-{count}.txt"
    if not kept.exists():
        work.mkdir(parents=True, exist_ok=True)
        with kept.with_suffix(".part").open("w", encoding="utf-8") as file:
            for article in islice(_articles(), count):
                body = article.get("body") or "\n".join(article.get("paragraphs") or ())
                [analysed] = analyze_articles([(article["title"], article.get("lead") or "", body)])
                title, lead, text = (" ".join(_tokens(zone, unit)) for zone in analysed)
                file.write(f"{title}\t{lead} {text}\n")
        kept.with_suffix(".part").rename(kept)
    with kept.open(encoding="utf-8") as file:
        parted = (line.rstrip("\n").split("\t") for line in file)
        return [Row(number, title.split(), text.split()) for number, (title, text) in enumerate(parted)]


def _articles() -> Iterator[dict[str, str]]:
    for name in SOURCES:
        with lzma.open(SHARED / name, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


def _tokens(zone: Analysis, unit: str) -> list[str]:
    if unit == "syllables":
        return list(zone.syllables)
    tokens: list[str] = []
    at = 0
    for first, many, word in zone.words:
        tokens += [*zone.syllables[at:first], word]
        at = first + many
    return [*tokens, *zone.syllables[at:]]


@dataclass(frozen=True, slots=True)
class Questions:
    """Lists of words; a query is one list."""

    words: list[list[str]]
    """Common words, pieces of titles, runs of capitals' worth (two or three words of a text), whole titles."""
    phrases: list[list[str]]
    """Two to four words that stand together somewhere."""
    windows: list[tuple[int, int]]
    """A range of days for each of `words`."""


def questions(corpus: list[Row], seed: int = 7) -> Questions:
    """300 word queries (100 common words, 100 pieces of titles, 50 runs of text, 50 titles), 100 phrases."""
    chance = random.Random(seed)
    counts = Counter(word for row in corpus[:20_000] for word in set(row.text))
    common = [word for word, _ in counts.most_common(1000)]
    titled = [
        row for row in chance.sample(corpus, min(len(corpus), 2000)) if len(row.title) >= 6 and len(row.text) > 20
    ]
    asked = [chance.sample(common, 1 + number % 3) for number in range(100)]
    asked += [_run(chance, row.title, 2, 4) for row in titled[:100]]
    asked += [_run(chance, row.text, 2, 3) for row in titled[100:150]]
    asked += [row.title for row in titled[150:200]]
    phrases = [_run(chance, row.text, 2, 4) for row in titled[200:300]]
    starts = [FIRST_DAY + chance.randrange(DAYS - 400) for _ in asked]
    return Questions(
        [list(dict.fromkeys(words)) for words in asked], phrases, [(start, start + 365) for start in starts]
    )


def _run(chance: random.Random, words: list[str], least: int, most: int) -> list[str]:
    size = chance.randint(least, most)
    start = chance.randrange(len(words) - size + 1)
    return words[start : start + size]

"""Alerts: saved queries asked of new articles, in seconds, and what the same would cost asked of the whole index.

    python -m benchmarks.alerts DATA [--queries 10000] [--articles 1000] [--whole 200]

DATA is the data folder of a reindexed collection; its last articles are taken for new. The queries are of the kinds
that people save: names of officials and offices, plain and in quotes, phrases of titles, words with filters. Printed
are the wall seconds of the whole matching, on `jobs` processes (tratin.toml; 2 unless set), indexing the new articles
included, and for `--whole` of the queries the CPU milliseconds of one, read and asked of the whole index.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

from crawler.store.reading import StoreReader
from search.request import Filter, SearchRequest
from search.searcher import Searcher
from tratin.alerts.matching import matches
from tratin.parts import open_searcher
from tratin.settings import load


def main() -> None:
    """Match, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--whole", type=int, default=200)
    options = parser.parse_args()
    settings = load(options.data)
    with StoreReader(settings.store_path) as store:
        ids = [one.id for one in store.changes() if one.state == "live"]
        searcher = open_searcher(settings)
        requests = list(saved(searcher, store, ids, options.queries))
    new = ids[-options.articles :]
    began = time.monotonic()
    matched = list(matches(settings, new, requests, 20))
    took = time.monotonic() - began
    some = random.Random(3).sample(requests, min(options.whole, len(requests)))
    cpu = time.process_time()
    for request in some:
        searcher.summary(request)
    whole = 1000 * (time.process_time() - cpu) / max(len(some), 1)
    print("| queries | new articles | of all | matched | seconds | a query, ms | asked of all, CPU ms |")
    print("|---|---|---|---|---|---|---|")
    each = 1000 * took / len(requests)
    counts = f"| {len(requests):,} | {len(new):,} | {len(ids):,} | {len(matched):,} "
    print(f"{counts}| {took:.1f} | {each:.2f} | {whole:.2f} |")


def saved(searcher: Searcher, store: StoreReader, ids: list[str], count: int) -> Iterator[SearchRequest]:
    """Queries such as people save, different ones."""
    chance = random.Random(11)
    officials = list(searcher.directory.names())
    offices = searcher.directory.offices_listed(0, 5_000)
    topics = [topic.slug for topic in searcher.topics()]
    for number in range(count):
        article = store.get(chance.choice(ids))
        words = article.title.replace('"', "").split() if article else ["tin"]
        first = chance.randrange(max(len(words) - 3, 1))
        phrase = " ".join(words[first : first + chance.choice((2, 2, 3, 4))])
        official = chance.choice(officials)
        topic = Filter("topic", chance.choice(topics))
        yield (
            SearchRequest(text=official.name),
            SearchRequest(text=f'"{official.name}"'),
            SearchRequest(filters=(Filter("official", official.id),)),
            SearchRequest(text=chance.choice(offices).name),
            SearchRequest(text=f'"{phrase}"'),
            SearchRequest(text=phrase),
            SearchRequest(text=phrase, filters=(topic,)),
            SearchRequest(text=f'tiêu đề:"{phrase}"'),
            SearchRequest(text=f"{official.name} {phrase}"),
            SearchRequest(text=phrase.lower()),
        )[number % 10]


if __name__ == "__main__":
    main()

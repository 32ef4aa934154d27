"""Both engines on the articles of one installation: same matches, facets and top ten? And how long, in turns?

    python -m benchmarks.both_engines DATA [--queries FILE.jsonl …] [--more N] [--url URL] [--index PREFIX] [--rounds N]

Builds the index of DATA's store in an OpenSearch node (its own, from Maven Central, unless a URL is given) under a
prefix of its own, and asks every query of both: those of the files (`q` of each line) and N pieces of headlines, every
third with a filter or an operator. DATA must be indexed already, by this code, in files. With --url and --index the
index that a run before has left is asked, and left again: so a long run is had in parts.
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from crawler.store.reading import StoreReader
from index.engine.opensearch.generation import ClusterEngine
from index.errors import NoIndex
from search.request import SearchRequest
from search.results import ResultPage
from search.searcher import Searcher
from tests.opensearch import nodes
from tratin.indexing import reindex
from tratin.parts import engine_of, open_searcher
from tratin.settings import Settings, load


def main() -> None:
    """Build, ask, and print what differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--queries", type=Path, nargs="*", default=[])
    parser.add_argument("--more", type=int, default=500)
    parser.add_argument("--url", default="")
    parser.add_argument("--index", default="")
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        node = None if args.url else nodes.alone(Path(folder), "1g")
        if node:
            node.flags = ()
            node.start()
            node.answer()
        try:
            compare(args.data, args.url or (node.url if node else ""), args)
        finally:
            if node:
                node.stop()


def compare(data: Path, url: str, args: argparse.Namespace) -> None:
    """Everything, over one node or cluster."""
    here = load(data)
    there = replace(
        here,
        engine="opensearch",
        opensearch_urls=[url],
        opensearch_index=args.index or f"both-{secrets.token_hex(3)}",
        opensearch_replicas=0,
    )
    if not (args.index and is_there(there)):
        build(there)
    own, other = open_searcher(here), open_searcher(there)
    engine = engine_of(there)
    assert isinstance(engine, ClusterEngine)
    requests = list(asked(here, args.queries, args.more))
    totals = facets = tens = sets = 0
    for request in requests:
        one, two = own.search(request), other.search(request)
        totals += one.total == two.total
        facets += one.facets == two.facets
        tens += top(one) == top(two)
        sets += set(top(one)) == set(top(two))
        if one.total != two.total or top(one) != top(two):
            print(json.dumps(difference(request, one, two), ensure_ascii=False), flush=True)
    many = len(requests)
    print(
        f"of {many} queries: same count of matches {totals}, same facets {facets}, same top ten {tens}, "
        f"in another order {sets - tens}"
    )
    for name, searcher in (("files", own), ("cluster", other)) * args.rounds:
        times = sorted(timed(searcher, request) for request in requests)
        print(f"{name}: p50 {statistics.median(times):.1f} ms, p95 {times[int(0.95 * many)]:.1f} ms")
    print("messages a search, asked anew:", messages(there, requests[:200]))
    if args.index:
        return
    with engine.cluster.asking() as client:
        client.indices.delete(index=f"{there.opensearch_index}-*")


def is_there(there: Settings) -> bool:
    """Whether a run before has built the index."""
    try:
        engine_of(there).current()
    except NoIndex:
        return False
    return True


def build(there: Settings) -> None:
    """Build the index of everything, in this process and the cluster's."""
    began, used = time.monotonic(), time.process_time()
    report = reindex(there, full=True, jobs=1, progress=lambda *_: None)
    print(
        f"built in the cluster: {report.documents} articles, {time.monotonic() - began:.0f} s, "
        f"{time.process_time() - used:.0f} s of them this process's",
        flush=True,
    )


def asked(settings: Settings, files: list[Path], more: int) -> Iterator[SearchRequest]:
    """Judged queries, then pieces of headlines."""
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield SearchRequest(text=json.loads(line)["q"])
    chance = random.Random(16)
    with StoreReader(settings.store_path) as store:
        titles = [article.title.split() for article in store.live()]
    for number in range(more):
        words = chance.choice(titles)
        many = chance.randint(1, min(7, len(words)))
        first = chance.randint(0, len(words) - many)
        piece = words[first : first + many]
        text = " ".join(piece)
        match number % 9:
            case 2:
                text = f'"{text}"'
            case 5:
                text = f"{text} -{chance.choice(chance.choice(titles))}"
            case 8 if many > 1:
                text = f'"{piece[0]} {piece[-1]}"~{chance.randint(1, 8)}'
        sort = ("relevance", "newest", "oldest")[number % 7 % 3] if number % 7 > 4 else "relevance"
        yield SearchRequest(text=text, sort=sort)


def top(page: ResultPage) -> list[str]:
    """The ids of the ten best."""
    return [hit.id for hit in page.hits[:10]]


def difference(request: SearchRequest, one: ResultPage, two: ResultPage) -> dict[str, object]:
    """What differs, scores beside."""
    rows = zip(one.hits[:10], two.hits[:10], strict=False)
    apart = [(a.id, round(a.score, 4), b.id, round(b.score, 4)) for a, b in rows if a.id != b.id]
    return {"q": request.text, "sort": request.sort, "totals": [one.total, two.total], "apart": apart[:3]}


def timed(searcher: Searcher, request: SearchRequest) -> float:
    """Milliseconds of one search."""
    began = time.perf_counter()
    searcher.search(request)
    return (time.perf_counter() - began) * 1000


def messages(settings: Settings, requests: list[SearchRequest]) -> str:
    """How many messages a search takes, of a searcher that has seen nothing."""
    searcher = open_searcher(settings)
    engine = searcher._openings._engine
    assert isinstance(engine, ClusterEngine)
    counts = []
    for request in requests:
        before = engine.cluster.trips
        searcher.search(request)
        counts.append(engine.cluster.trips - before)
    return f"median {statistics.median(counts):.0f}, most {max(counts)}"


if __name__ == "__main__":
    main()

"""Result pages of a running server at 1, 8 and 32 connections: requests a second, p50 and p95, as HTML and as JSON.

    python -m benchmarks.page_load http://127.0.0.1:8000 QUERIES.jsonl --seconds 10

Every line of QUERIES has a `q`. Ten hits a page; the client shares the machine with the server.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import statistics
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode, urlsplit

KINDS = {"HTML": "/", "JSON": "/api/v1/search"}


def main() -> None:
    """Ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("queries", type=Path)
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    print("| | connections | requests/s | p50 ms | p95 ms | not 200 |\n|---|---|---|---|---|---|")
    for kind, path in KINDS.items():
        paths = paths_of(options.queries, path)
        loaded(options.server, paths, 1, options.seconds)  # warm
        for connections in (1, 8, 32):
            took, failed = loaded(options.server, paths, connections, options.seconds)
            cuts = statistics.quantiles(took, n=20)
            rate = len(took) / options.seconds
            print(f"| {kind} | {connections} | {rate:.0f} | {cuts[9]:.1f} | {cuts[18]:.1f} | {dict(failed) or 0} |")


def paths_of(queries: Path, path: str) -> list[str]:
    """The addresses of ten hits each for the queries of a file."""
    texts = [json.loads(line)["q"] for line in queries.read_text(encoding="utf-8").splitlines()]
    return [f"{path}?{urlencode({'q': text, 'limit': 10})}" for text in texts]


def loaded(server: str, paths: list[str], connections: int, seconds: float) -> tuple[list[float], Counter[int]]:
    """Milliseconds of every answer within so many seconds, and the answers that were not 200."""
    address = urlsplit(server)
    end = time.monotonic() + seconds
    took: list[float] = []
    failed: Counter[int] = Counter()

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        line = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port or 80, timeout=60)
        while time.monotonic() < end:
            began = time.perf_counter()
            line.request("GET", chance.choice(paths))
            answer = line.getresponse()
            answer.read()
            took.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                failed[answer.status] += 1

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, failed


if __name__ == "__main__":
    main()

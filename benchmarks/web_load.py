"""Mixed traffic against a running server: `python benchmarks/web_load.py http://127.0.0.1:8000 --minutes 10 --pid PID`.

32 connections ask for searches, articles, officials, topics, suggestions, feeds and exports, in the proportions of a
newsroom's day. Prints requests, errors, latencies, and (with the server's process id) the memory of its workers.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

_WAYS = (("search", 45), ("json", 20), ("suggest", 15), ("article", 12), ("official", 4), ("feed", 2), ("csv", 2))


def main() -> None:
    """Run the traffic and print what came of it."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("server")
    given.add_argument("--minutes", type=float, default=10)
    given.add_argument("--connections", type=int, default=32)
    given.add_argument("--pid", type=int, help="the process id of `tratin serve`")
    asked = given.parse_args()
    address = urlsplit(asked.server)
    host, port = address.hostname or "127.0.0.1", address.port or 80
    words, articles, officials = _material(host, port)
    before = _memory(asked.pid)
    end = time.monotonic() + asked.minutes * 60
    took: list[float] = []
    failed: Counter[str] = Counter()

    def ask(seed: int) -> None:
        chance = random.Random(seed)
        line = http.client.HTTPConnection(host, port, timeout=60)
        while time.monotonic() < end:
            path = _path(chance, words, articles, officials)
            began = time.perf_counter()
            try:
                line.request("GET", path, headers={"Accept-Encoding": "gzip"})
                answer = line.getresponse()
                answer.read()
                if answer.status >= 400:
                    failed[f"{answer.status} {path.partition('?')[0]}"] += 1
            except (OSError, http.client.HTTPException) as error:
                failed[type(error).__name__] += 1
                line.close()
            took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(asked.connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    quantiles = {f"p{part}": round(took[len(took) * part // 100] * 1000) for part in (50, 95, 99)}
    report = {"requests": len(took), "per_second": round(len(took) / asked.minutes / 60, 1), "ms": quantiles}
    print(json.dumps({**report, "failed": dict(failed), "memory_mb": [before, _memory(asked.pid)]}))


def _material(host: str, port: int) -> tuple[list[str], list[str], list[str]]:
    """Words to search for, ids of articles and of officials, taken from what the server holds."""
    line = http.client.HTTPConnection(host, port, timeout=60)
    line.request("GET", "/api/v1/search?limit=100")
    page = json.load(line.getresponse())
    words = sorted({word for hit in page["hits"] for word in re.findall(r"\w{2,}", hit["title"])})
    return words, [hit["id"] for hit in page["hits"]], [one["id"] for one in page["facets"]["officials"]]


def _path(chance: random.Random, words: list[str], articles: list[str], officials: list[str]) -> str:
    query = " ".join(chance.sample(words, min(len(words), chance.randint(1, 4))))
    (way,) = chance.choices([name for name, _ in _WAYS], [weight for _, weight in _WAYS])
    if way == "article":
        return f"/article/{chance.choice(articles)}?{urlencode({'q': query})}"
    if way == "official" and officials:
        return f"/official/{chance.choice(officials)}"
    paths = {"json": "/api/v1/search", "suggest": "/api/v1/suggest", "feed": "/search.atom", "csv": "/search.csv"}
    asked = {"q": query[:6] if way == "suggest" else f'"{query}"' if way == "csv" else query}
    if way == "search" and chance.random() < 0.3:
        asked["sort"] = "newest"
    return f"{paths.get(way, '/')}?{urlencode(asked, quote_via=quote)}"


def _memory(pid: int | None) -> int | None:
    """Megabytes that the workers hold privately."""
    if pid is None:
        return None
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    kept = 0
    for worker in workers:
        rolled = Path(f"/proc/{worker}/smaps_rollup").read_text()
        kept += sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+) kB", rolled, re.MULTILINE))
    return kept // 1024


if __name__ == "__main__":
    main()

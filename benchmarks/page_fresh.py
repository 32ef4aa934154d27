"""Result pages for texts that nobody has asked before: a running server, one connection, every text once.

    python -m benchmarks.page_fresh http://127.0.0.1:8000 ARTICLES.jsonl.xz --count 600

Asked are the first words of headlines (two to four) and whole headlines, drawn at random. Start the server anew before
every run: it keeps what was asked.
"""

from __future__ import annotations

import argparse
import http.client
import json
import lzma
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.page_load import KINDS

_UNMEASURED = 100


def main() -> None:
    """Ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=600)
    options = parser.parse_args()
    chance = random.Random(3)
    with lzma.open(options.articles, "rt", encoding="utf-8") as lines:
        headlines = [json.loads(line)["title"] for line in lines]
    drawn = chance.sample(headlines, 4 * options.count + _UNMEASURED)
    texts = {
        "two to four words": lambda headline: " ".join(headline.split()[: chance.choice((2, 3, 4))]),
        "whole headlines": str,
    }
    asked(options.server, "/", drawn[-_UNMEASURED:])
    print(f"| {options.count} each | p50 ms | p95 ms |\n|---|---|---|")
    parts = iter(drawn[at : at + options.count] for at in range(0, 4 * options.count, options.count))
    for which, made in texts.items():
        for kind, path in KINDS.items():
            cuts = statistics.quantiles(asked(options.server, path, list(map(made, next(parts)))), n=20)
            print(f"| {which}, {kind} | {cuts[9]:.1f} | {cuts[18]:.1f} |", flush=True)


def asked(server: str, path: str, texts: Sequence[str]) -> list[float]:
    """Milliseconds of the answer to each text."""
    address = urlsplit(server)
    line = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port or 80, timeout=60)
    took = []
    for text in texts:
        began = time.perf_counter()
        line.request("GET", f"{path}?{urlencode({'q': text, 'limit': 10})}")
        answer = line.getresponse()
        answer.read()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, (answer.status, text)
    return took


if __name__ == "__main__":
    main()

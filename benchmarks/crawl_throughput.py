"""Crawls generated articles on loopback with no delay, and says what a page costs and where the time goes.

    python benchmarks/crawl_throughput.py --articles 5000 --sites 4

The papers are served by processes of their own. `cpu_ms_per_page` is what this process worked, and holds on a busy
machine too; the parts are told apart on the clock, by wrapping the calls that do the work; what is
left is the frontier's and the scheduler's.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import crawler.ingest  # noqa: E402
from crawler.archive import Archive  # noqa: E402
from crawler.crawl import crawl  # noqa: E402
from crawler.fetch import Fetcher  # noqa: E402
from crawler.frontier import Frontier  # noqa: E402
from crawler.sites.site import Site  # noqa: E402
from crawler.store.writing import Store  # noqa: E402
from tests.crawler.loopback import Paper, address, article_page, feed  # noqa: E402
from tratin.crawling import crawler_parts  # noqa: E402
from tratin.settings import Settings  # noqa: E402


def serve(host: str, articles: int, place: Connection) -> None:
    """One paper, until the process is ended; its articles are about as long as real ones."""
    filler = "".join(f"<p>Đoạn {n}: công trình dài bốn mươi mét, xong trước mùa mưa.</p>" for n in range(12))
    noise = "".join(f'<div class="menu"><a href="/muc/{n}">Mục {n}</a></div>' for n in range(300))
    pages = {address(n): article_page(n, links=noise).replace("</p>", "</p>" + filler, 1) for n in range(articles)}
    paper = Paper({"/robots.txt": "", "/rss": feed(host, range(articles)), **pages})
    place.send(paper.address)
    time.sleep(100_000)


def timed(spent: dict[str, float], owner: Any, name: str, label: str) -> None:
    """Add up the seconds spent in `owner.name` under `label`."""
    plain: Callable[..., Any] = getattr(owner, name)

    def call(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return plain(*given, **named)
        finally:
            spent[label] += time.perf_counter() - began

    setattr(owner, name, call)


def measure(articles: int, sites: int) -> dict[str, Any]:
    """Run it; gives the figures."""
    each = articles // sites
    places: dict[str, str] = {}
    servers = []
    for number in range(sites):
        host = f"bao-{number}.example"
        ours, theirs = multiprocessing.Pipe()
        servers.append(multiprocessing.Process(target=serve, args=(host, each, theirs), daemon=True))
        servers[-1].start()
        places[host] = ours.recv()
    entries = [Site(host, host, "mcms", (f"http://{host}/rss",), article=r"-post(\d+)\.html$") for host in places]
    spent: dict[str, float] = defaultdict(float)
    timed(spent, crawler.ingest, "read_page", "reading pages")
    timed(spent, Archive, "keep", "archive (WARC, fsync)")
    timed(spent, Store, "keep", "store")
    timed(spent, Store, "commit", "store commit (fsync)")
    timed(spent, Frontier, "take", "frontier")
    timed(spent, Frontier, "end", "frontier")
    timed(spent, Fetcher, "fetch", "fetching (in threads, beside the rest)")
    with tempfile.TemporaryDirectory() as folder:
        with crawler_parts(Settings(data=Path(folder), hosts=places, delay=0.0)) as parts:
            began, work = time.perf_counter(), time.process_time()
            report = crawl(entries, parts.store, parts.frontier, parts.archive, parts.fetcher)
            seconds, work = time.perf_counter() - began, time.process_time() - work
        disk = {path.suffix or path.name: path.stat().st_size for path in Path(folder).rglob("*") if path.is_file()}
    for server in servers:
        server.terminate()
    new = sum(site.counts["new"] for site in report.sites)
    return {
        "articles": new,
        "seconds": round(seconds, 1),
        "pages_per_second": round(new / seconds, 1),
        "cpu_ms_per_page": round(1000 * work / new, 2),
        "ms_per_page": {label: round(1000 * value / new, 2) for label, value in sorted(spent.items())},
        "bytes_per_page": round(sum(disk.values()) / new),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Print the figures as JSON."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=5000)
    options.add_argument("--sites", type=int, default=4)
    given = options.parse_args()
    print(json.dumps(measure(given.articles, given.sites), indent=2))


if __name__ == "__main__":
    main()

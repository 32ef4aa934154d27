"""Kills a crawl again and again, and counts what was lost and what was fetched twice.

    python benchmarks/crawl_kill.py --rounds 100

A paper on loopback serves so many articles that every round has some to fetch; each round crawls in a process of its
own, which is killed with SIGKILL after a random while. At the end one crawl runs to its end. Then:

- lost: articles of the paper that are not in the store. Must be 0.
- fetched twice: articles asked for again although an answer to them was in the archive when the crawl was killed.
  Must be 0.
- interrupted: articles whose request was under way when the kill came, so that nothing was kept of them; at most one a
  round, asked for again by necessity.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crawler.captures import Captures  # noqa: E402
from crawler.store.reading import StoreReader  # noqa: E402
from tests.crawler.loopback import Paper, address, article_page, feed  # noqa: E402

HOST = "suoimo.example"
CHILD = """
import sys
from pathlib import Path
from crawler.crawl import crawl
from crawler.sites.site import Site
from tratin.crawling import crawler_parts
from tratin.settings import Settings
data, place = Path(sys.argv[1]), sys.argv[2]
site = Site("suoimo.example", "Báo Suối Mơ", "mcms", ("http://suoimo.example/rss",), article=r"-post(\\d+)\\.html$")
with crawler_parts(Settings(data=data, hosts={"suoimo.example": place}, delay=0.0)) as parts:
    print("begun", flush=True)
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else None
    crawl([site], parts.store, parts.frontier, parts.archive, parts.fetcher, limit=limit)
print("done", flush=True)
"""


def captured(data: Path) -> Counter[str]:
    """How many answers of each article the archive holds."""
    with Captures(data / "warc") as captures:
        rows = captures._rows("SELECT url FROM capture WHERE url LIKE '%-post%'")
        return Counter(url.partition(HOST)[2] for (url,) in rows)


def campaign(rounds: int, articles: int, seed: int) -> dict[str, int | float]:
    """Run it; gives the figures."""
    chance = random.Random(seed)
    numbers = range(articles)
    pages = {address(n): article_page(n) for n in numbers}
    named = feed(HOST, numbers)
    named.headers["ETag"] = '"1"'  # so that a round's time goes into articles
    paper = Paper({"/robots.txt": "", "/rss": named, **pages})
    kills = 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        command = [sys.executable, "-c", CHILD, str(data), paper.address]
        subprocess.run([*command, "1"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        done = False
        while not done and kills < rounds:
            child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.0, 2.0))
            child.kill()
            done = b"done" in child.stdout.read()
            child.wait()
            kills += not done
        with StoreReader(data / "store.sqlite") as store:
            before = store.count()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with StoreReader(data / "store.sqlite") as store:
            kept = store.count()
            versions = sum(len(store.versions(change.id)) for change in store.changes())
        kept_answers = captured(data)
    asked = Counter(path for path in paper.asked if "-post" in path)
    paper.close()
    return {
        "rounds": kills,
        "articles": articles,
        "kept_by_killed_rounds": before,
        "kept": kept,
        "lost": articles - kept,
        "fetched_twice": sum(count - 1 for count in kept_answers.values()),
        "interrupted": sum(asked[path] - kept_answers[path] for path in asked),
        "versions": versions,
        "seconds": round(time.monotonic() - began, 1),
    }


def main() -> None:
    """Print the figures as JSON; exit 1 if anything was lost or fetched twice."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--articles", type=int, default=3000)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    figures = campaign(given.rounds, given.articles, given.seed)
    print(json.dumps(figures, indent=2))
    sys.exit(1 if figures["lost"] or figures["fetched_twice"] else 0)


if __name__ == "__main__":
    main()

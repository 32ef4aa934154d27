"""Article text out of pages: Tra Tin, trafilatura and newspaper4k on the same pages in one go, as one table.

    python -m benchmarks.bodies FOLDER [--half a|b]

FOLDER holds `truth.json` ({page id: {"articleBody": text, "url": address}}) and `html/<page id>.html.gz`, as the
article-extraction-benchmark of Zyte lays them out. Each system runs in a
process of its own: F1, precision and recall over runs of four words, every page weighing the same; CPU time a page
(median and mean), and the median beside that of a fixed loop of Python between the pages, which a busy machine slows
as much; the most memory its process held; pages of which nothing came out. `--half` takes the pages of one
half, by the hash of their ids: what is tuned on one is reported on the other.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

RUN = 4
LOOP = 100_000
"""Numbers that the loop adds up; one to two milliseconds."""
Extract = Callable[[bytes, str], str]


def tra_tin() -> Extract:
    """Lead and paragraphs as a crawl would store them, on a site that nobody configured."""
    from crawler.page import NotArticle, Page
    from crawler.sites.reader import read_page

    def extract(content: bytes, url: str) -> str:
        article = read_page(Page(url, url, content), None).article
        return "" if isinstance(article, NotArticle) else "\n".join((article.lead or "", *article.paragraphs))

    return extract


def trafilatura() -> Extract:
    """Its defaults, without comments."""
    import trafilatura

    return lambda content, url: trafilatura.extract(content, url=url, include_comments=False) or ""


def newspaper4k() -> Extract:
    """Its text, without asking the network."""
    import newspaper

    def extract(content: bytes, url: str) -> str:
        article = newspaper.Article(url or "https://unknown.invalid/", fetch_images=False)
        article.download(input_html=content.decode("utf-8", "replace"))
        article.parse()
        return str(article.text)

    return extract


SYSTEMS: dict[str, Callable[[], Extract]] = {"tra-tin": tra_tin, "trafilatura": trafilatura, "newspaper4k": newspaper4k}


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words, with how often it comes."""
    words = re.findall(r"\w+", text)
    return (
        Counter(tuple(words[place : place + RUN]) for place in range(max(1, len(words) - RUN + 1)))
        if words
        else Counter()
    )


def shares(truth: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> tuple[float, float, float]:
    """Of one page: the shares of what is right, of what is too much and of what is missing."""
    right, more, less = (sum(part.values()) for part in (truth & found, found - truth, truth - found))
    whole = right + more + less
    return (right / whole, more / whole, less / whole) if whole else (1.0, 0.0, 0.0)


def pages(folder: Path, half: str | None) -> dict[str, dict[str, str]]:
    """The labelled pages, or those of one half."""
    truth: dict[str, dict[str, str]] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    if half is None:
        return truth
    wanted = "ab".index(half)
    return {id: page for id, page in truth.items() if int(hashlib.sha256(id.encode()).hexdigest(), 16) % 2 == wanted}


def measure(folder: Path, system: str, half: str | None) -> dict[str, float | int | str]:
    """One system's row; runs in this process."""
    extract = SYSTEMS[system]()
    seconds, loops, sums, empty = [], [], [0.0, 0.0, 0.0], 0
    for id, page in pages(folder, half).items():
        content = gzip.decompress((folder / "html" / f"{id}.html.gz").read_bytes())
        began = time.process_time()
        try:
            text = extract(content, page.get("url", ""))
        except Exception:  # noqa: BLE001 - a system that fails on a page has found nothing on it
            text = ""
        ended = time.process_time()
        seconds.append(ended - began)
        sum(range(LOOP))
        loops.append(time.process_time() - ended)
        empty += not text.strip()
        sums = [total + share for total, share in zip(sums, shares(runs(page["articleBody"]), runs(text)), strict=True)]
    precision, recall = sums[0] / (sums[0] + sums[1]), sums[0] / (sums[0] + sums[2])
    return {
        "system": system,
        "pages": len(seconds),
        "F1": round(2 * precision * recall / (precision + recall), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "nothing": empty,
        "ms_median": round(1000 * statistics.median(seconds), 1),
        "ms_mean": round(1000 * statistics.mean(seconds), 1),
        "loops": round(statistics.median(seconds) / statistics.median(loops), 1),
        "MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Run all systems, each in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("a", "b"))
    parser.add_argument("--system", choices=tuple(SYSTEMS), help="one system in this process, as JSON")
    given = parser.parse_args()
    if given.system:
        print(json.dumps(measure(given.folder, given.system, given.half)))
        return
    rows = []
    for system in SYSTEMS:
        command = [sys.executable, "-m", "benchmarks.bodies", str(given.folder), "--system", system]
        done = subprocess.run(
            [*command, *(["--half", given.half] if given.half else [])], stdout=subprocess.PIPE, check=True
        )
        rows.append(json.loads(done.stdout))
    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")


if __name__ == "__main__":
    main()

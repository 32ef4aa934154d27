"""An hour of everything at once: mixed traffic, an import and a reindex every minute, a worker killed now and then.

    python -m benchmarks.soak --minutes 60

It makes a folder from the bundled newsroom and some thousand invented articles, serves it with two workers, and asks
pages, JSON, feeds and exports on four connections, at a modest rate. A fifth asker keeps cursors for a while and
follows them on connections of their own, so that mostly another worker than the one that handed them out answers. Then:

- failed: answers that were not 200, and connections that broke, beside those within two seconds of a kill. Must be 0.
- unsound: reindexes after which `tratin verify` finds a fault. Must be 0.
- cursors: followed, and expired before their quarter of an hour. Must be 0.
- growth: memory (proportional set size), file descriptors and folder size in the last quarter, over the second's: by
  then the generations that answer cursors are all there, and every thread has its connections.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.servers import until_it_answers
from tests.invented import articles

ROOT = Path(__file__).resolve().parents[1]
_PAUSE = 0.2
_CURSORED = f"/api/v1/search?q={quote('cầu')}&limit=3"
_ASKED = [
    *(f"/?q={quote(text)}" for text in ("cầu Bến Lội", "bão", "dan van kheo", "chủ tịch")),
    *(f"/api/v1/search?q={quote(text)}" for text in ("cầu", "sáp nhập tỉnh", "lũ")),
    *(
        "/api/v1/health",
        "/search.atom?q=c%E1%BA%A7u",
        "/search.csv?q=c%E1%BA%A7u",
        "/topics",
        "/officials",
        "/robots.txt",
    ),
]


def soak(minutes: float, every: float, kill_every: float, seed: int, size: int) -> dict[str, Any]:
    """Run it; gives the figures."""
    chance, wrong = random.Random(seed), []
    counts, kills, samples = Counter[str](), [0.0], []
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        data = Path(folder) / "var"
        _tratin(data, "demo", "--no-serve")
        lines = (json.dumps(one.as_json(), ensure_ascii=False) for one in articles(size))
        (Path(folder) / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
        _tratin(data, "import", f"{folder}/many.jsonl")
        _tratin(data, "reindex")
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "tratin", "--data", str(data), "serve", "--port", str(port), "--workers", "2"]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until_it_answers(f"http://127.0.0.1:{port}")
        end = time.monotonic() + minutes * 60
        askers = [
            threading.Thread(target=_ask, args=(port, end, random.Random(n), counts, kills, wrong)) for n in range(4)
        ]
        askers.append(threading.Thread(target=_follow, args=(port, end, random.Random(seed), counts, kills, wrong)))
        for asker in askers:
            asker.start()
        next_kill = time.monotonic() + kill_every
        for round_ in itertools.count():
            began = time.monotonic()
            if began >= end:
                break
            line = {"id": f"s-{round_}", "title": f"Cầu Bến Đá số {round_} thông xe", "published": "2025-03-01"}
            (Path(folder) / "one.jsonl").write_text(json.dumps(line), encoding="utf-8")
            _tratin(data, "import", f"{folder}/one.jsonl")
            _tratin(data, "reindex")
            counts["reindexes"] += 1
            if (said := _tratin(data, "verify")).returncode:
                counts["unsound"] += 1
                wrong.append(said.stdout[-300:])
            if time.monotonic() > next_kill and (workers := _children(server.pid)):
                kills.append(time.monotonic())
                os.kill(chance.choice(workers), signal.SIGKILL)
                next_kill = time.monotonic() + kill_every
            samples.append(_sample(server.pid, data))
            time.sleep(max(0.0, min(began + every, end) - time.monotonic()))
        for asker in askers:
            asker.join()
        server.send_signal(signal.SIGTERM)
        counts["stopped with"] = server.wait(40)
    quarter = max(1, len(samples) // 4)
    growth = {
        name: round(statistics.median(one[name] for one in samples[-quarter:]) / base, 3)
        for name in ("memory", "descriptors", "bytes", "generations")
        if (base := statistics.median(one[name] for one in samples[quarter : 2 * quarter] or samples))
    }
    return {
        "failed": 0,
        "unsound": 0,
        "cursors expired": 0,
        **counts,
        "kills": len(kills) - 1,
        "growth": growth,
        "last": samples[-1],
        "wrong": wrong[:9],
    }


def _ask(
    port: int, end: float, chance: random.Random, counts: Counter[str], kills: list[float], wrong: list[str]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < end:
        path = chance.choice(_ASKED)
        began = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            outcome = "answered" if answer.status == 200 else f"status {answer.status}"
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            outcome = type(error).__name__
        if outcome != "answered" and any(began - 2 < kill < time.monotonic() for kill in kills):
            outcome = "broken by a kill"
        elif outcome != "answered":
            counts["failed"] += 1
            wrong.append(f"{path}: {outcome}")
        counts[outcome] += 1
        time.sleep(_PAUSE)


def _follow(
    port: int, end: float, chance: random.Random, counts: Counter[str], kills: list[float], wrong: list[str]
) -> None:
    """Hand cursors from worker to worker, and from generation to generation."""
    kept: list[tuple[float, str]] = []
    while time.monotonic() < end:
        began, address = kept.pop(chance.randrange(len(kept))) if len(kept) > 40 else (time.monotonic(), _CURSORED)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
                page = json.load(answer)
            counts["cursors followed"] += address != _CURSORED
            if page.get("next"):
                kept.append((began, f"{_CURSORED}&cursor={page['next']}"))
        except urllib.error.HTTPError as error:
            if error.code != 410 or time.monotonic() - began < 15 * 60:
                counts["cursors expired" if error.code == 410 else f"cursors: {error.code}"] += 1
                wrong.append(f"a cursor {time.monotonic() - began:.0f} s old: {error.code}")
        except (OSError, http.client.HTTPException) as error:
            if not any(kill > time.monotonic() - 35 for kill in kills):
                counts["failed"] += 1
                wrong.append(f"a cursor: {type(error).__name__}")
        time.sleep(_PAUSE)


def _tratin(data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "tratin", "--data", str(data), *command]
    return subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, check=False)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _sample(pid: int, data: Path) -> dict[str, int]:
    found = Counter[str]()
    for process in (pid, *_children(pid)):
        with suppress(OSError, ValueError):
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text().split()
            found["memory"] += int(rollup[rollup.index("Pss:") + 1]) * 1024
            found["descriptors"] += len(list(Path(f"/proc/{process}/fd").iterdir()))
    with suppress(OSError):
        found["bytes"] = sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
        found["generations"] = len([path for path in (data / "index").iterdir() if path.is_dir()])
    return dict(found)


def main() -> None:
    """Print the figures as JSON; exit 1 if anything failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--every", type=float, default=60, help="seconds between two reindexes")
    options.add_argument("--kill-every", type=float, default=300, help="seconds between two killed workers")
    options.add_argument("--articles", type=int, default=3000, help="invented ones beside the newsroom's")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    figures = soak(given.minutes, given.every, given.kill_every, given.seed, given.articles)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    sys.exit(1 if figures["wrong"] else 0)


if __name__ == "__main__":
    main()

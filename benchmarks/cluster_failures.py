"""A cluster of three OpenSearch nodes that fails: what readers and the indexer are told meanwhile, in counts.

    python -m benchmarks.cluster_failures [--articles 1500] [--turns one_killed two_killed …]

Three nodes of its own (from Maven Central, 512 MB heaps) hold invented articles in three shards with one copy each;
`tratin serve` in a front end's folder of its own is asked on four connections all the while. In turns: one node is
killed and brought back; two are; a reindex is killed and run again; the wire between indexer and cluster stalls, then
breaks; all indices are closed to writing, as a full disk does. Of each turn is printed how many answers were right (as
before it; as after it too where the turn adds articles), said 503 with a sentence, or were wrong or anything else: of
these there must be none. At the end `tratin verify` must find nothing; the exit status says whether all that was so.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.invented import SYLLABLES, articles
from tests.opensearch import nodes
from tests.opensearch.between import Wire

ROOT = Path(__file__).resolve().parents[1]
TURNS = ("one_killed", "two_killed", "reindex_killed", "stalled", "broken", "full")
_QUERIES = [f"/api/v1/search?q={quote(one)}" for one in (*SYLLABLES[:8], f'"{" ".join(SYLLABLES[:2])}"', SYLLABLES[20])]


def main() -> None:
    """Start everything, fail in turns, print counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_500)
    parser.add_argument("--turns", nargs="*", choices=TURNS, default=TURNS)
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the nodes end with it
    with tempfile.TemporaryDirectory() as folder:
        cluster = nodes.cluster(Path(folder) / "nodes")
        try:
            for node in cluster:
                node.start()
            for node in cluster:
                node.answer(3)
            trial = Trial(Path(folder), cluster, args.articles)
            trial.run(args.turns)
        finally:
            for node in cluster:
                node.kill()
    sys.exit(1 if trial.failed else 0)


class Trial:
    """One installation over one cluster."""

    def __init__(self, folder: Path, cluster: list[nodes.Node], count: int) -> None:
        self.data, self.front, self.cluster, self.count = folder / "data", folder / "front", cluster, count
        self.log = folder / "serve.log"
        self.wire = Wire(cluster[0].url)
        (self.port,) = nodes.free_ports(1)
        self.right: dict[str, Any] = {}
        self.failed = False
        self._settings(self.data, [node.url for node in cluster])
        self._settings(self.front, [node.url for node in cluster], "front_end = true")

    def _settings(self, data: Path, urls: list[str], *more: str) -> None:
        data.mkdir(exist_ok=True)
        lines = ['engine = "opensearch"', f"opensearch_urls = {json.dumps(urls)}", "opensearch_shards = 3", *more, ""]
        (data / "tratin.toml").write_text("\n".join(lines), encoding="utf-8")

    def run(self, turns: list[str]) -> None:
        """Some turns, in this order."""
        self._import(self.count, first=0)
        self._done("reindex", "--full")
        command = self._command("serve", "--port", str(self.port), "--workers", "1", data=self.front)
        with self.log.open("wb") as log:
            server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            self._until_it_answers()
            self.right = {path: told(self._get(path)[1]) for path in _QUERIES}
            print(f"{self.count} articles in three shards, {len(self.right)} questions", flush=True)
            for turn in turns:
                with self._asking(turn.replace("_", " "), adds=turn == "full"):
                    getattr(self, turn)()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(40)
        verified = self._tratin("verify")
        self.failed |= verified.returncode != 0
        print(f"verify at the end: exit {verified.returncode}, {verified.stdout.strip().splitlines()[-1:]}", flush=True)

    def one_killed(self) -> None:
        """One node killed, and brought back."""
        self.cluster[1].kill()
        time.sleep(15)
        self._back(1)

    def two_killed(self) -> None:
        """Two, so that a shard is on none."""
        self.cluster[1].kill()
        self.cluster[2].kill()
        time.sleep(15)
        self._back(1, 2)

    def reindex_killed(self) -> None:
        """A reindex of everything, killed while it writes, then run again."""
        for seconds in (4.0, 8.0):
            running = subprocess.Popen(
                self._command("reindex", "--full"), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(seconds)
            running.kill()
            running.wait()
        self._done("reindex", "--full")

    def stalled(self) -> None:
        """Nothing passes between indexer and cluster for ten seconds."""
        with self._through_the_wire() as running:
            self.wire.stall()
            time.sleep(10)
            self.wire.mend()
            out = running.communicate(timeout=280)[0]
            print(f"  stalled, then went on: exit {running.returncode}: {out.strip()[-160:]}", flush=True)

    def broken(self) -> None:
        """The wire between indexer and cluster is cut for good; mended, the reindex is run again."""
        with self._through_the_wire() as running:
            self.wire.break_off()
            out = running.communicate(timeout=280)[0]
            print(f"  cut for good: exit {running.returncode}: {out.strip()[-260:]}", flush=True)
            self.wire.mend()
        self._done("reindex", "--full")

    def full(self) -> None:
        """All indices closed to writing, as at the flood stage of a full disk; new articles wait until they open.

        They are articles of seldom words, which none of the questions finds.
        """
        self._block(on=True)
        self._import(20, first=self.count)
        refused = self._tratin("reindex")
        print(f"  closed to writing: exit {refused.returncode}: {refused.stderr.strip()[-260:]}", flush=True)
        self._block(on=False)
        self._done("reindex")

    def _block(self, *, on: bool) -> None:
        body = json.dumps({"index.blocks.read_only_allow_delete": True if on else None}).encode()
        asked = urllib.request.Request(f"{self.cluster[0].url}/tratin-*/_settings", body, method="PUT")
        asked.add_header("Content-Type", "application/json")
        urllib.request.urlopen(asked, timeout=60).close()

    @contextmanager
    def _through_the_wire(self) -> Iterator[subprocess.Popen[str]]:
        """A full reindex by way of the wire, under way."""
        self._settings(self.data, [self.wire.url])
        before = self.wire.carried
        running = subprocess.Popen(
            self._command("reindex", "--full"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        while running.poll() is None and self.wire.carried < before + 500_000:
            time.sleep(0.05)
        try:
            yield running
        finally:
            self._settings(self.data, [node.url for node in self.cluster])

    def _back(self, *numbers: int) -> None:
        began = time.monotonic()
        for number in numbers:
            self.cluster[number].start()
        for number in numbers:
            self.cluster[number].answer(3, seconds=180, status="yellow")
        print(f"  every shard is there {time.monotonic() - began:.0f} s after the start", flush=True)
        try:
            self.cluster[0].answer(3, seconds=90)
        except OSError:
            print("  copies of shards wait for a request that was lost: the node that stayed is begun anew", flush=True)
            self.cluster[0].kill()
            self.cluster[0].start()
            self.cluster[0].answer(3, seconds=180)
        print(f"  every copy too {time.monotonic() - began:.0f} s after the start", flush=True)

    @contextmanager
    def _asking(self, name: str, *, adds: bool) -> Iterator[None]:
        """Ask on four connections meanwhile, and three seconds longer; print what came."""
        counts: Counter[str] = Counter()
        others: list[tuple[str, Any]] = []
        sentences: set[str] = set()
        done = threading.Event()

        def ask(number: int) -> None:
            while not done.is_set():
                path = _QUERIES[number % len(_QUERIES)]
                number += 1
                status, answer = self._get(path)
                if status == 200:
                    if told(answer) == self.right[path]:
                        counts["right"] += 1
                    else:
                        others.append((path, told(answer)))
                elif status == 503 and isinstance(answer, dict) and answer.get("detail"):
                    counts["503"] += 1
                    sentences.add(str(answer["detail"]))
                else:
                    counts[f"OTHER {status}"] += 1
                time.sleep(0.05)

        askers = [threading.Thread(target=ask, args=(number * 3,)) for number in range(4)]
        for one in askers:
            one.start()
        try:
            yield
            time.sleep(3)
        finally:
            done.set()
            for one in askers:
                one.join()
        after = {path: told(self._get(path)[1]) for path in {path for path, _ in others}}
        for path, answer in others:  # where a turn adds articles, all the others are ranked a little otherwise
            counts["right as afterwards" if adds and answer == after[path] else "WRONG"] += 1
        self.failed |= any(name not in ("right", "right as afterwards", "503") for name in counts)
        print(f"{name}: {dict(sorted(counts.items()))}", *sorted(sentences)[:2], sep="\n  ", flush=True)

    def _get(self, path: str) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=120) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            content = error.read()
            return error.code, json.loads(content) if content[:1] == b"{" else content
        except OSError as error:
            return 0, str(error)

    def _until_it_answers(self) -> None:
        until = time.monotonic() + 180
        while self._get(_QUERIES[0])[0] != 200:
            if time.monotonic() > until:
                raise SystemExit("the server does not answer")
            time.sleep(0.3)

    def _import(self, count: int, first: int) -> None:
        path = self.data / f"from-{first}.jsonl"
        made = articles(count, seed=first + 1, first=first)
        if first:
            made = [replace(one, title=f"Zzyx {one.id}", lead=None, paragraphs=(f"Qwrt {one.id}",)) for one in made]
        path.write_text("\n".join(json.dumps(one.as_json(), ensure_ascii=False) for one in made), encoding="utf-8")
        self._done("import", str(path))

    def _command(self, *words: str, data: Path | None = None) -> list[str]:
        return [sys.executable, "-m", "tratin", "--data", str(data or self.data), *words]

    def _tratin(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self._command(*words), cwd=ROOT, capture_output=True, text=True, timeout=280)

    def _done(self, *words: str) -> None:
        ended = self._tratin(*words)
        if ended.returncode:
            self.failed = True
            print(f"  NOT DONE: tratin {' '.join(words)}: {(ended.stdout + ended.stderr).strip()[-400:]}", flush=True)


def told(answer: Any) -> Any:
    """What of an answer must be the same."""
    if not isinstance(answer, dict):
        return answer
    return answer.get("total"), [hit["id"] for hit in answer.get("hits", ())], answer.get("facets")


if __name__ == "__main__":
    main()

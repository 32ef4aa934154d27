"""Campaigns against the store and the index: kill -9, swaps under load, a full disk, damaged files.

    python -m benchmarks.campaign kill --rounds 200
    python -m benchmarks.campaign swaps --rounds 50 --readers 4
    python -m benchmarks.campaign full-disk
    python -m benchmarks.campaign damage --rounds 100

Each works on a data folder of its own, with invented articles and (kill, full-disk) the real commands, and prints what
it saw as JSON; the exit status is 1 when anything that must never happen did.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path

from crawler.store.reading import StoreReader
from index.engine.embedded import generations
from index.engine.embedded.snapshot import Snapshot
from index.errors import IndexDamaged
from tests.invented import articles, build

Report = dict[str, object]


class Room:
    """A data folder, and the commands run on it."""

    def __init__(self, data: Path) -> None:
        self.data, self.index, self.store = data, data / "index", data / "store.sqlite"
        self._batch = 0

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tratin", "--data", str(self.data), *words]

    def run(self, *words: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; `limit` caps the size of the files that it may write."""

        def capped() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit or 0, limit or 0))

        return subprocess.run(
            self.command(*words), capture_output=True, text=True, check=False, preexec_fn=capped if limit else None
        )

    def killed(self, *words: str, after: float) -> bool:
        """Run a command and kill it; True when it was still running."""
        process = subprocess.Popen(self.command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        return False

    def batch(self, count: int, again: int = 0) -> Path:
        """A file of new articles, and of edited earlier ones."""
        self._batch += 1
        new = articles(count, seed=self._batch, first=1_000 * self._batch)
        old = articles(again, seed=self._batch - 1, first=1_000 * (self._batch - 1)) if self._batch > 1 else []
        edited = [replace(one, title=f"{one.title} sửa {self._batch}") for one in old]
        path = self.data / "batch.jsonl"
        path.write_text("".join(json.dumps(one.as_json()) + "\n" for one in [*new, *edited]), encoding="utf-8")
        return path

    def kept(self) -> dict[str, int]:
        """Every article of the store that may be shown, and its version."""
        if not self.store.exists():
            return {}
        with StoreReader(self.store) as store:
            return {article.id: article.version for article in store.live()}

    def indexed(self) -> dict[str, int]:
        """Every article of the index, and its version."""
        snapshot = Snapshot.open(self.index)
        snapshot.verify()
        docs = snapshot.live.nonzero()[0].tolist()
        return {(stored := snapshot.stored(doc)).id: stored.version for doc in docs}

    def orphans(self) -> list[str]:
        """Folders and files of the index that nothing refers to."""
        name = generations.current(self.index)
        known = {name, *generations.earlier(self.index, None), "CURRENT", "LOCK"}
        strange = [path.name for path in self.index.iterdir() if path.name not in known]
        held = {f"MAIN_{entry.id}.flat" for entry in Snapshot.open(self.index).stamp.segments}
        held |= {"stamp.json", "_MAIN_1.toc", "retired"}
        return strange + [path.name for path in (self.index / name).iterdir() if path.name not in held]


def kill(rounds: int, seed: int) -> Report:
    """Kill import and reindex at random moments; after each, one reindex must bring everything right."""
    chance, seen, wrong = random.Random(seed), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder))
        room.run("import", str(room.batch(60)))
        began = time.monotonic()
        room.run("reindex")
        usual = time.monotonic() - began
        for number in range(rounds):
            before = room.kept()
            what = chance.choice(["import", "reindex", "reindex --full", "reindex --full --jobs 2"])
            file = str(room.batch(chance.randint(5, 40), again=3))
            words = what.split()
            if what == "import":
                words.append(file)
            else:
                room.run("import", file)
            alive = room.killed(*words, after=chance.uniform(0.2, usual * (3 if "jobs" in what else 1.3)))
            seen[f"{what}, {'killed' if alive else 'done before'}"] += 1
            after = room.kept()
            if lost := [id for id, version in before.items() if after.get(id, 0) < version]:
                wrong.append(f"round {number}: {what} lost {len(lost)} articles")
            try:
                room.indexed()
            except Exception as error:  # noqa: BLE001 - whatever it is, the campaign tells of it
                wrong.append(f"round {number}: after {what} the index does not open: {error}")
            mended = room.run("reindex")
            if mended.returncode or room.indexed() != room.kept():
                wrong.append(f"round {number}: after {what}, reindex gave {mended.returncode} {mended.stderr[-200:]}")
            if orphans := room.orphans():
                wrong.append(f"round {number}: orphans {orphans[:3]}")
        return {"rounds": rounds, **dict(sorted(seen.items())), "articles": len(room.kept()), "wrong": wrong}


def _read(index: Path, stop: multiprocessing.Event, told: multiprocessing.Queue) -> None:
    """Open and ask, over and over: every article of generation n has n in its title."""
    opened = asked = 0
    errors: list[str] = []
    while not stop.is_set():
        try:
            snapshot = Snapshot.open(index)
            opened += 1
            for _ in range(20):
                wanted = {snapshot.stored(doc).title.rsplit(" ", 1)[1] for doc in range(0, snapshot.size, 7)}
                found = snapshot.postings("title", next(iter(wanted)))
                asked += 1
                if len(wanted) != 1 or found is None or found.docs.size != snapshot.documents:
                    errors.append(f"{snapshot.generation}: {sorted(wanted)[:3]} {found and found.docs.size}")
        except Exception as error:  # noqa: BLE001 - whatever it is, the campaign tells of it
            errors.append(f"{type(error).__name__}: {error}")
    told.put((opened, asked, errors[:5]))


def swaps(rounds: int, readers: int) -> Report:
    """Readers in processes of their own while generations are swapped, and swept at once."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        stop, told = multiprocessing.Event(), multiprocessing.Queue()

        def swap(number: int) -> None:
            told_apart = [replace(one, title=f"{one.title} n{number}") for one in articles(200, seed=number)]
            build(index, [told_apart[:120], told_apart[120:]])

        swap(0)
        crowd = [multiprocessing.Process(target=_read, args=(index, stop, told)) for _ in range(readers)]
        for one in crowd:
            one.start()
        for number in range(1, rounds + 1):
            swap(number)
            for retired in list(index.glob("*/retired"))[:-1]:  # as if a quarter of an hour had passed
                shutil.rmtree(retired.parent)
        stop.set()
        answers = [told.get() for _ in crowd]
        for one in crowd:
            one.join()
    opened, asked, errors = zip(*answers, strict=True)
    return {
        "swaps": rounds,
        "readers": readers,
        "opened": sum(opened),
        "asked": sum(asked),
        "wrong": list(chain(*errors)),
    }


def full_disk() -> Report:
    """Stop writing at ever larger sizes of a file, as a full disk does: the old generation must answer.

    Below 64 kB SQLite itself cannot work, which says nothing of the index.
    """
    wrong, refused = [], Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder))
        room.run("import", str(room.batch(300)))
        room.run("reindex")
        before = room.indexed()
        room.run("import", str(room.batch(200)))
        for limit in (int(65_536 * 1.25**step) for step in range(40)):
            told = room.run("reindex", "--full", limit=limit)
            refused[f"exit {told.returncode}: {told.stderr.strip().splitlines()[-1][:60] if told.stderr else ''}"] += 1
            if told.returncode == 0:
                break
            if "Traceback" in told.stderr or room.indexed() != before:
                wrong.append(f"at {limit} bytes: {told.stderr[-200:]}")
        last = room.run("reindex")
        if last.returncode or room.indexed() != room.kept() or room.orphans():
            wrong.append(f"afterwards: {last.stderr[-200:]} {room.orphans()}")
    return {"refused": dict(refused), "wrong": wrong}


def damage(rounds: int, seed: int) -> Report:
    """Change one byte anywhere in the current generation: it must be noticed, or change no answer."""
    chance, seen, wrong = random.Random(seed), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build(index, [articles(80, seed=1)])
        build(index, [articles(80, seed=2), articles(40, seed=3, first=80)])
        name = generations.current(index)
        sound = _answers(Snapshot.open(index))
        earlier = _answers(Snapshot(index / generations.earlier(index, None)[0]))
        for number in range(rounds):
            file = chance.choice([path for path in (index / name).iterdir() if path.suffix in {".flat", ".json"}])
            content = file.read_bytes()
            at = chance.randrange(len(content))
            file.write_bytes(content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :])
            try:
                answers = _answers(Snapshot.open(index))
                kind = "no answer touched" if answers == sound else "the generation before answered"
                if answers not in (sound, earlier):
                    wrong.append(f"round {number}: byte {at} of {file.name} changed the answers silently")
            except IndexDamaged:
                kind = "refused, saying so"
            seen[kind] += 1
            file.write_bytes(content)
    return {"rounds": rounds, **seen, "wrong": wrong}


def _answers(snapshot: Snapshot) -> list[object]:
    """Everything that the arrays say of a few words, and of every document."""
    words = [snapshot.postings("body", word, positions=True) for word in ("dân", "vận", "bão", "tâm")]
    return [
        [(one.docs.tolist(), one.tfs.tolist(), one.positions.tolist()) for one in words if one],
        [snapshot.stored(doc) for doc in range(snapshot.size)],
        snapshot.days.tolist(),
        snapshot.keywords("topic").ordinals.tolist(),
    ]


def main() -> None:
    """Run one campaign and print its report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("campaign", choices=["kill", "swaps", "full-disk", "damage"])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    campaigns: dict[str, Callable[[], Report]] = {
        "kill": lambda: kill(given.rounds, given.seed),
        "swaps": lambda: swaps(given.rounds, given.readers),
        "full-disk": full_disk,
        "damage": lambda: damage(given.rounds, given.seed),
    }
    report = campaigns[given.campaign]()
    print(json.dumps(report, ensure_ascii=False, indent=2))
    sys.exit(1 if report["wrong"] else 0)


if __name__ == "__main__":
    main()

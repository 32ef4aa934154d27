"""Campaigns against the store, the index and the alerts: swaps under load, a full disk, damaged files.

    python -m benchmarks.campaign swaps --rounds 50 --readers 4
    python -m benchmarks.campaign full-disk
    python -m benchmarks.campaign damage --rounds 100

Each works on a data folder of its own, with invented articles and (full-disk) the real commands, and prints what it saw
as JSON; the exit status is 1 when anything that must never happen did. Kills: `benchmarks.kill_commands`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from benchmarks.data_folder import DataFolder
from index.engine.embedded import generations
from index.engine.embedded.snapshot import Snapshot
from index.errors import IndexDamaged
from tests.invented import articles, build
from tratin.alerts.definitions import read
from tratin.alerts.ledger import Ledger
from tratin.parts import open_searcher
from tratin.verifying import verify

Report = dict[str, object]


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
    """Stop writing at ever larger sizes of a file, as a full disk does: what was there before must answer.

    Below 64 kB SQLite itself cannot work, which says nothing of the index.
    """
    wrong: list[str] = []
    refused = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        room = DataFolder(Path(folder) / "var")
        room.run("import", room.batch(articles(300, seed=1)))
        room.run("reindex")
        (room.data / "alerts.toml").write_text(_ALERT, encoding="utf-8")
        (room.data / "tratin.toml").write_text("alerts_a_day = 0\n", encoding="utf-8")
        room.run("alert")
        before = room.indexed()
        room.run("import", room.batch(articles(200, seed=2, first=1_000)))
        for told in _with_ever_more_room(room, refused, "reindex", "--full"):
            if told.returncode and room.indexed() != before:
                wrong.append(f"reindex: {told.stderr[-200:]}")
            wrong += _traces(told)
        last = room.run("reindex")
        if last.returncode or room.indexed() != room.kept() or room.orphans():
            wrong.append(f"afterwards: {last.stderr[-200:]} {room.orphans()}")
        for told in _with_ever_more_room(room, refused, "alert"):
            wrong += _traces(told)
        with Ledger(room.settings.ledger_path) as ledger:
            told_of = {one.id for one in ledger.latest("Dân", 10_000)}
        request = read(room.settings.alerts_path)[0].request
        wanted = {hit.id for hit in open_searcher(room.settings).matches(request)} - before.keys()
        if told_of != wanted or not verify(room.settings).sound:
            wrong.append(f"alert told {len(told_of)} of {len(wanted)}, {verify(room.settings).faults}")
    return {"refused": dict(refused), "told": len(wanted), "wrong": wrong}


_ALERT = '[[alert]]\nname = "Dân"\nquery = "dân"\nfeed = true\n'


def _with_ever_more_room(
    room: DataFolder, refused: Counter[str], *words: str
) -> Iterator[subprocess.CompletedProcess[str]]:
    """Each run of a command until one is done."""
    for limit in (int(65_536 * 1.7**step) for step in range(20)):
        told = room.run(*words, limit=limit)
        last = told.stderr.strip().splitlines()[-1:] or [""]
        refused[f"{words[0]}, exit {told.returncode}: {last[0][:60]}"] += 1
        yield told
        if told.returncode == 0:
            return


def _traces(told: subprocess.CompletedProcess[str]) -> list[str]:
    return [f"{told.args}: {told.stderr[-300:]}"] if "Traceback" in told.stderr or "unexpected" in told.stderr else []


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
    parser.add_argument("campaign", choices=["swaps", "full-disk", "damage"])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    campaigns: dict[str, Callable[[], Report]] = {
        "swaps": lambda: swaps(given.rounds, given.readers),
        "full-disk": full_disk,
        "damage": lambda: damage(given.rounds, given.seed),
    }
    report = campaigns[given.campaign]()
    print(json.dumps(report, ensure_ascii=False, indent=2))
    sys.exit(1 if report["wrong"] else 0)


if __name__ == "__main__":
    main()

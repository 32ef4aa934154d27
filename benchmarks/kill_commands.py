"""Kills every command that writes, at any moment, and counts what that did.

    python -m benchmarks.kill_commands --rounds 300

A small folder of the bundled newsroom is imported into, reindexed (incrementally, wholly, with two processes), crawled
(`demo`: a crawl and a reindex, as `update` does it), withdrawn from and reinstated in, repaired, backed up and
restored, and its alerts are told and switched, each command in a process of its own that is killed with SIGKILL after a
random while. Then:

- lost: articles, versions or withdrawals that had been reported before, and are gone; what an alert matches, or has
  written down, and no message told. Must be 0.
- twice: an article told by two messages, or a message sent more than once more for a kill. Must be 0.
- unsound: an index that does not open right after the kill, rounds after which one `reindex` and `verify` do not find
  the folder whole. Must be 0.
- torn: backups that are there under their name and cannot be restored, restored folders that hold something else than
  their source. Must be 0.
- litter: files that a killed command left behind and the next one of its kind did not remove. Must be 0.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from benchmarks.data_folder import DataFolder
from index.errors import IndexRoomError
from tests.invented import articles
from tratin.alerts.definitions import read
from tratin.alerts.ledger import Ledger
from tratin.alerts.running import run as tell
from tratin.backup import backup, restore
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings
from tratin.verifying import verify

KINDS = (
    *("import", "reindex", "reindex --full", "reindex --full --jobs 2", "withdraw", "withdraw --undo"),
    *("demo", "verify --repair", "backup", "restore", "alert", "alert off", "alert on"),
)
_ALERTS = ("dân", "cầu", "bầu OR tin")
"""Their queries; the last is switched off and on."""
_TABLE = '[[alert]]\nname = "{name}"\nquery = "{name}"\nwebhook = "{url}"\nfeed = true\nmost = 200\n'
State = tuple[dict[str, int], frozenset[str]]


def state(folder: DataFolder) -> State:
    """The version of every article, and which are withdrawn."""
    return folder.kept(), folder.withdrawn()


def sound(settings: Settings) -> str:
    """Empty, or what is wrong after one reindex."""
    reindex(settings, full=False, jobs=1, progress=lambda *_: None)
    found = verify(settings)
    return "" if found.sound else str(found)[:400]


class Webhook:
    """Takes the messages of alerts on loopback, and remembers which told what."""

    def __init__(self) -> None:
        self.got = Counter[str]()
        """How often each message came."""
        self.told = defaultdict[tuple[str, str], set[str]](set)
        """The messages that told an alert's article."""
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.got[message["id"]] += 1
                for one in message["articles"]:
                    hook.told[message["alert"], one["id"]].add(message["id"])
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Campaign:
    """One folder, and what was seen."""

    def __init__(self, folder: Path, seed: int, hook: Webhook) -> None:
        self.folder, self.hook, self.backups = folder, hook, folder / "backups"
        self.source, self.restored = DataFolder(folder / "var"), DataFolder(folder / "restored")
        self.chance, self.counts, self.wrong = random.Random(seed), Counter[str](), list[str]()
        self.spent: dict[str, float] = {}
        self._run("demo", "--no-serve")
        self._run("import", self._batch(0))
        self.settings = self.source.settings
        if fault := sound(self.settings):
            self.wrong.append(f"before the first round: {fault}")
        self.settings.alerts_path.write_text(
            "".join(_TABLE.format(name=name, url=hook.url) for name in _ALERTS), encoding="utf-8"
        )
        (self.settings.data / "tratin.toml").write_text("alerts_a_day = 0\n", encoding="utf-8")
        self.settings = self.source.settings
        tell(self.settings)
        self.before_alerts = self.source.kept()
        self.backups.mkdir()
        backup(self.settings, self.folder / "whole.tar.gz")
        self.at_backup = state(self.source)

    def round(self, number: int) -> None:
        """Run one command, kill it, and look."""
        kind = self.chance.choice(KINDS)
        before = state(self.source)
        words = self._words(kind, number, before)
        usual = self.spent.get(kind, 3.0)
        began = time.monotonic()
        folder = self.restored if kind == "restore" else self.source
        killed = folder.killed(*words, after=self.chance.uniform(0.05, 1.0) * usual)
        if not killed:
            self.spent[kind] = 0.5 * usual + 0.5 * (time.monotonic() - began)
        elif usual < 30:
            self.spent[kind] = 1.05 * usual
        self.counts[f"{kind}, {'killed' if killed else 'done before'}"] += 1
        self._look(kind, number, before, killed)

    def _words(self, kind: str, number: int, before: State) -> list[str]:
        if kind == "import":
            return ["import", self._batch(number)]
        if kind.startswith(("reindex", "alert")):
            self._run("import", self._batch(number))
        if kind == "alert":
            self._run("reindex")
        if kind in ("alert off", "alert on"):
            return [*kind.split(), _ALERTS[-1]]
        if kind == "withdraw":
            return ["withdraw", self.chance.choice(sorted(before[0])), "--reason", "thử"]
        if kind == "withdraw --undo":
            if not before[1]:
                return ["withdraw"]
            return ["withdraw", self.chance.choice(sorted(before[1])), "--undo", "--reason", "thử"]
        if kind == "demo":
            return ["demo", "--no-serve"]
        if kind == "backup":
            return ["backup", str(self.backups / f"b{number}.tar.gz")]
        if kind == "restore":
            return ["restore", str(self.folder / "whole.tar.gz")]
        return kind.split()

    def _look(self, kind: str, number: int, before: State, killed: bool) -> None:
        place = f"round {number}, {kind}{', killed' if killed else ''}"
        after = state(self.source)
        known = {**after[0], **dict.fromkeys(after[1], 1_000_000)}
        if lost := [id for id, version in before[0].items() if known.get(id, 0) < version]:
            self._tell("lost", f"{place}: {len(lost)} articles, {lost[:3]}")
        if kind != "withdraw --undo" and not before[1] <= after[1]:
            self._tell("lost", f"{place}: withdrawals {sorted(before[1] - after[1])}")
        try:
            self.source.indexed()
        except IndexRoomError as error:
            self._tell("unsound", f"{place}: the index does not open: {error}")
        if kind == "restore":
            self._look_at_restored(place)
        elif kind == "backup":
            self._look_at_backup(place, number, after)
        else:
            self._look_at_folder(place)
            if kind.startswith("alert"):
                self._look_at_alerts(place, self.counts["alert, killed"])

    def _look_at_folder(self, place: str) -> None:
        if fault := sound(self.settings):
            self._tell("unsound", f"{place}: {fault}")
        if self.source.indexed() != self.source.kept():
            self._tell("unsound", f"{place}: after a reindex the index is not what the store keeps")
        if left := self.source.orphans():
            self._tell("litter", f"{place}: {left[:3]}")

    def _look_at_alerts(self, place: str, kills: int) -> None:
        """One run to the end: everything that matches is told, once."""
        problems = tell(self.settings).problems
        if problems or not (found := verify(self.settings)).sound:
            self._tell("unsound", f"{place}: {problems or found.faults}")
        withdrawn = self.source.withdrawn()
        with Ledger(self.settings.ledger_path) as ledger:
            waiting = sum(one.waiting for one in ledger.states().values())
            noted = {(name, one.id) for name in _ALERTS for one in ledger.latest(name, 1_000_000)}
        steady = {one.name: one.request for one in read(self.settings.alerts_path) if one.name != _ALERTS[-1]}
        searcher = open_searcher(self.settings)
        matched = {
            (name, hit.id)
            for name, request in steady.items()
            for hit in searcher.matches(request)
            if hit.id not in self.before_alerts
        }
        untold = {each for each in (matched | noted) - self.hook.told.keys() if each[1] not in withdrawn}
        if untold or waiting:
            self._tell("lost", f"{place}: {len(untold)} told by no message, {sorted(untold)[:3]}, {waiting} waiting")
        doubled = [each for each, messages in self.hook.told.items() if len(messages) > 1]
        again = sum(self.hook.got.values()) - len(self.hook.got)
        if doubled or again > kills:
            self._tell("twice", f"{place}: {doubled[:3]}, {again} messages again after {kills} kills")

    def _look_at_restored(self, place: str) -> None:
        data = self.restored.data
        if data.exists() and any(data.iterdir()):
            if state(self.restored) != self.at_backup or sound(self.restored.settings):
                self._tell("torn", f"{place}: the restored folder is not what was backed up")
            shutil.rmtree(data)
        self._age(self.folder)
        restore(self.restored.settings, self.folder / "whole.tar.gz")
        if state(self.restored) != self.at_backup:
            self._tell("torn", f"{place}: the next restore is not what was backed up")
        shutil.rmtree(data)
        if left := [path.name for path in self.folder.glob(".*")]:
            self._tell("litter", f"{place}: {left}")

    def _look_at_backup(self, place: str, number: int, expected: State) -> None:
        written = self.backups / f"b{number}.tar.gz"
        if written.exists():
            copy = DataFolder(self.folder / "copy")
            restore(copy.settings, written)
            if state(copy) != expected:
                self._tell("torn", f"{place}: the backup holds something else")
            shutil.rmtree(copy.data)
        self._age(self.backups)
        backup(self.settings, self.backups / "next.tar.gz")
        if left := [path.name for path in self.backups.iterdir() if path.name not in ("next.tar.gz", written.name)]:
            self._tell("litter", f"{place}: {left}")
        for path in self.backups.iterdir():
            path.unlink()

    def _age(self, folder: Path) -> None:
        """Let an hour pass for what a command left behind."""
        for left in folder.glob(".*"):
            os.utime(left, (time.time() - 3600,) * 2)

    def _tell(self, kind: str, what: str) -> None:
        self.counts[kind] += 1
        self.wrong.append(f"{kind}: {what}")

    def _batch(self, number: int) -> str:
        return self.source.batch(articles(12, seed=number + 1, first=100 * self.chance.randint(0, 30)))

    def _run(self, *words: str) -> None:
        done = self.source.run(*words)
        if done.returncode > 1:
            self.wrong.append(f"{words}: {done.stderr[-300:]}")


def campaign(rounds: int, seed: int) -> dict[str, Any]:
    """Run it; gives the figures."""
    with tempfile.TemporaryDirectory() as folder, closing(Webhook()) as hook:
        one = Campaign(Path(folder), seed, hook)
        for number in range(1, rounds + 1):
            one.round(number)
        kinds = {"lost": 0, "twice": 0, "unsound": 0, "torn": 0, "litter": 0}
        seen = {"alerts_told": len(hook.told), "messages": len(hook.got), "again": hook.got.total() - len(hook.got)}
        return {"rounds": rounds, **kinds, **dict(sorted(one.counts.items())), **seen, "wrong": one.wrong[:20]}


def main() -> None:
    """Print the figures as JSON; exit 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    figures = campaign(given.rounds, given.seed)
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    sys.exit(1 if figures["wrong"] else 0)


if __name__ == "__main__":
    main()

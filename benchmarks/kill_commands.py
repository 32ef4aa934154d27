"""Kills every command that writes, at any moment, and counts what that did.

    python -m benchmarks.kill_commands --rounds 300

A small folder of the bundled newsroom is imported into, reindexed (incrementally, wholly, with two processes), crawled
(`demo`: a crawl and a reindex, as `update` does it), withdrawn from and reinstated in, repaired, backed up and
restored, each command in a process of its own that is killed with SIGKILL after a random while. Then:

- lost: articles, versions or withdrawals that had been reported before, and are gone. Must be 0.
- unsound: rounds after which one `reindex` and `verify` do not find the folder whole. Must be 0.
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
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tests.invented import articles
from tratin.backup import backup, restore
from tratin.indexing import reindex
from tratin.settings import Settings, load
from tratin.verifying import verify

ROOT = Path(__file__).resolve().parents[1]
KINDS = (
    *("import", "reindex", "reindex --full", "reindex --full --jobs 2", "withdraw", "withdraw --undo"),
    *("demo", "verify --repair", "backup", "restore"),
)
State = tuple[dict[str, int], frozenset[str]]


def state(settings: Settings) -> State:
    """The version of every article, and which are withdrawn."""
    with StoreReader(settings.store_path) as store:
        return {article.id: article.version for article in store.live()}, store.withdrawn()


def sound(settings: Settings) -> str:
    """Empty, or what is wrong after one reindex."""
    reindex(settings, full=False, jobs=1, progress=lambda *_: None)
    found = verify(settings)
    return "" if found.sound else str(found)[:400]


class Campaign:
    """One folder, and what was seen."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.data, self.backups = folder, folder / "var", folder / "backups"
        self.chance, self.counts, self.wrong = random.Random(seed), Counter[str](), list[str]()
        self.spent: dict[str, float] = {}
        self._run("demo", "--no-serve")
        self._import(0)
        self._run("import", str(self.folder / "batch.jsonl"))
        self.settings = load(self.data)
        if fault := sound(self.settings):
            self.wrong.append(f"before the first round: {fault}")
        self.backups.mkdir()
        backup(self.settings, self.folder / "whole.tar.gz")
        self.at_backup = state(self.settings)

    def round(self, number: int) -> None:
        """Run one command, kill it, and look."""
        kind = self.chance.choice(KINDS)
        before = state(self.settings)
        words = self._words(kind, number, before)
        usual = self.spent.get(kind, 3.0)
        began = time.monotonic()
        killed = self._killed(words, after=self.chance.uniform(0.05, 1.0) * usual)
        if not killed:
            self.spent[kind] = 0.5 * usual + 0.5 * (time.monotonic() - began)
        elif usual < 30:
            self.spent[kind] = 1.05 * usual
        self.counts[f"{kind}, {'killed' if killed else 'done before'}"] += 1
        self._look(kind, number, before, killed)

    def _words(self, kind: str, number: int, before: State) -> list[str]:
        if kind == "import":
            self._import(number)
            return ["import", str(self.folder / "batch.jsonl")]
        if kind.startswith("reindex"):
            self._import(number)
            self._run("import", str(self.folder / "batch.jsonl"))
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
        after = state(self.settings)
        known = {**after[0], **dict.fromkeys(after[1], 1_000_000)}
        if lost := [id for id, version in before[0].items() if known.get(id, 0) < version]:
            self._tell("lost", f"{place}: {len(lost)} articles, {lost[:3]}")
        if kind != "withdraw --undo" and not before[1] <= after[1]:
            self._tell("lost", f"{place}: withdrawals {sorted(before[1] - after[1])}")
        if kind == "restore":
            self._look_at_restored(place)
        elif kind == "backup":
            self._look_at_backup(place, number, after)
        elif fault := sound(self.settings):
            self._tell("unsound", f"{place}: {fault}")

    def _look_at_restored(self, place: str) -> None:
        target = load(self.folder / "restored")
        if target.data.exists() and any(target.data.iterdir()):
            if state(target) != self.at_backup or sound(target):
                self._tell("torn", f"{place}: the restored folder is not what was backed up")
            shutil.rmtree(target.data)
        self._age(self.folder)
        restore(target, self.folder / "whole.tar.gz")
        if state(target) != self.at_backup:
            self._tell("torn", f"{place}: the next restore is not what was backed up")
        shutil.rmtree(target.data)
        if left := [path.name for path in self.folder.glob(".*")]:
            self._tell("litter", f"{place}: {left}")

    def _look_at_backup(self, place: str, number: int, expected: State) -> None:
        written = self.backups / f"b{number}.tar.gz"
        if written.exists():
            copy = load(self.folder / "copy")
            restore(copy, written)
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

    def _import(self, number: int) -> None:
        made = articles(12, seed=number + 1, first=100 * self.chance.randint(0, 30))
        lines = (json.dumps(article.as_json(), ensure_ascii=False) for article in made)
        (self.folder / "batch.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def _command(self, words: list[str]) -> list[str]:
        data = self.folder / "restored" if words[0] == "restore" else self.data
        return [sys.executable, "-m", "tratin", "--data", str(data), *words]

    def _run(self, *words: str) -> None:
        done = subprocess.run(self._command([*words]), cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode > 1:
            self.wrong.append(f"{words}: {done.stderr[-300:]}")

    def _killed(self, words: list[str], after: float) -> bool:
        """Run a command and kill it; whether it was still running."""
        process = subprocess.Popen(self._command(words), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        return False


def campaign(rounds: int, seed: int) -> dict[str, Any]:
    """Run it; gives the figures."""
    with tempfile.TemporaryDirectory() as folder:
        one = Campaign(Path(folder), seed)
        with Store(one.settings.store_path):
            pass
        for number in range(1, rounds + 1):
            one.round(number)
        kinds = {"lost": 0, "unsound": 0, "torn": 0, "litter": 0}
        return {"rounds": rounds, **kinds, **dict(sorted(one.counts.items())), "wrong": one.wrong[:20]}


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

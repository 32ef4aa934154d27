"""A data folder of invented articles, the real commands run on it, and what it holds."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from crawler.article import Article
from crawler.store.reading import StoreReader
from index.engine.embedded import generations
from index.engine.embedded.snapshot import Snapshot
from tratin.settings import Settings, load

ROOT = Path(__file__).resolve().parents[1]


class DataFolder:
    """What campaigns do to a folder, and ask of it; its settings are read anew each time."""

    def __init__(self, data: Path) -> None:
        self.data = data

    @property
    def settings(self) -> Settings:
        return load(self.data)

    def run(self, *words: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; `limit` caps the bytes of the files that it may write, as a full disk does."""

        def capped() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit or 0, limit or 0))

        return subprocess.run(
            self._command(words),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=capped if limit else None,
        )

    def killed(self, *words: str, after: float) -> bool:
        """Run a command and kill it after so many seconds; whether it was still running."""
        process = subprocess.Popen(self._command(words), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
        return False

    def batch(self, made: Sequence[Article]) -> str:
        """The path of a file of these articles, to be imported."""
        path = self.data.with_name(f"{self.data.name}-batch.jsonl")
        path.write_text("".join(json.dumps(one.as_json()) + "\n" for one in made), encoding="utf-8")
        return str(path)

    def kept(self) -> dict[str, int]:
        """Every article of the store that may be shown, and its version."""
        if not self.settings.store_path.exists():
            return {}
        with StoreReader(self.settings.store_path) as store:
            return {article.id: article.version for article in store.live()}

    def withdrawn(self) -> frozenset[str]:
        """The articles that were taken out."""
        with StoreReader(self.settings.store_path) as store:
            return store.withdrawn()

    def indexed(self) -> dict[str, int]:
        """Every article of the index, whose every byte is checked, and its version."""
        snapshot = Snapshot.open(self.settings.index_dir)
        snapshot.verify()
        docs = snapshot.live.nonzero()[0].tolist()
        return {(stored := snapshot.stored(doc)).id: stored.version for doc in docs}

    def orphans(self) -> list[str]:
        """Folders and files of the index that nothing refers to."""
        index = self.settings.index_dir
        name = generations.current(index)
        known = {name, *generations.earlier(index, None), "CURRENT", "LOCK"}
        strange = [path.name for path in index.iterdir() if path.name not in known]
        held = {f"MAIN_{entry.id}.flat" for entry in Snapshot.open(index).stamp.segments}
        held |= {"stamp.json", "_MAIN_1.toc", "retired"}
        return strange + [path.name for path in (index / name).iterdir() if path.name not in held]

    def _command(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "tratin", "--data", str(self.data), *words]

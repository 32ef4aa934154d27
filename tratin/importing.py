"""Import: articles from files into the store, what cannot be read listed with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.progress import Progress, TaskID

from crawler.intake import Given, Rejected, read_path
from crawler.sites.site import Site
from crawler.store.writing import Store

BATCH = 1000
LISTED = 1000


@dataclass(slots=True)
class Import:
    """What an import did; `rejected` lists the first thousand, `rejected_count` counts all."""

    read: int = 0
    """Articles that could be read: new, changed and unchanged ones."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    rejected_count: int = 0

    def as_json(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": [{"where": one.where, "reason": one.reason} for one in self.rejected],
            "rejected_count": self.rejected_count,
        }

    def reject(self, one: Rejected) -> None:
        """Count what could not be read."""
        self.rejected_count += 1
        if len(self.rejected) < LISTED:
            self.rejected.append(one)


def import_paths(paths: Sequence[Path], store: Store, sites: Sequence[Site], bars: Progress) -> Import:
    """Keep every article that the files and folders hold, committing every thousand.

    Raises:
        StoreError: the store cannot be written; what was committed stays.
    """
    told = Import()
    for path in paths:
        task = bars.add_task(path.name, total=None)

        def watch(done: int, total: int, task: TaskID = task, name: str = path.name) -> None:
            bars.update(task, description=f"{name}: {told.read} articles, KB", completed=done >> 10, total=total >> 10)

        for given in read_path(path, sites, watch):
            if isinstance(given, Rejected):
                told.reject(given)
                continue
            _keep(given, store, told)
            if told.read % BATCH == 0:
                store.commit()
        store.commit()
    return told


def _keep(given: Given, store: Store, told: Import) -> None:
    outcome, _ = store.reread(given.article) if given.captured else store.keep(given.article)
    told.read += 1
    if outcome == "new":
        told.new += 1
    elif outcome == "changed":
        told.changed += 1
    else:
        told.unchanged += 1

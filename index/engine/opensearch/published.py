"""Files that are published with generations, on this machine: each fetched once, checked, let go when not needed."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterable
from pathlib import Path

from crawler.ground.disk import make_folder
from index.engine.opensearch import manifest as manifests
from index.engine.opensearch.cluster import ClusterClient

_YOUNG_SECONDS = 3_600
"""A file that no generation names may belong to one that is being made."""


def files_in(folder: Path) -> Path:
    """Where this machine keeps them."""
    return folder / "files"


def fetched(folder: Path, cluster: ClusterClient, names: Iterable[str]) -> list[Path]:
    """These files; those that this machine has not seen yet are fetched, by one process for all.

    Raises:
        IndexDamaged: a piece of one is not there, or not as it was put.
    """
    files = files_in(folder)
    paths = [files / name for name in names]
    if all(path.exists() for path in paths):
        return paths
    make_folder(files)
    with (files / "LOCK").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for path in paths:
            if not path.exists():
                aside = path.with_name(f"{path.name}.new")
                with aside.open("wb") as file:
                    file.writelines(cluster.file(path.name))
                aside.replace(path)
        _let_go(files, cluster)
    return paths


def _let_go(files: Path, cluster: ClusterClient) -> None:
    """Remove what no generation needs that answers or still serves cursors."""
    names = [manifests.current(cluster), *(name for name, _ in manifests.earlier(cluster))]
    notes = cluster.notes({f"generation {name}": ["lexicon", "attached"] for name in names})
    if len(notes) < len(names):
        return
    needed = {file for note in notes.values() for file in (*note["lexicon"], *note.get("attached", {}).values())}
    for path in files.iterdir():
        unneeded = path.name not in needed and path.name != "LOCK"
        if unneeded and time.time() - path.stat().st_mtime > _YOUNG_SECONDS:
            path.unlink(missing_ok=True)

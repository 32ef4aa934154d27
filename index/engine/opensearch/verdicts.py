"""What is withdrawn, as a note in the cluster: read by every front end in a moment, changed by whoever withdraws.

The note outlives generations, and whoever indexes: another indexer, whose store was restored from a backup older than a
withdrawal, takes nothing back by not knowing of it. What was decided last about an article holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.store.reading import Verdict
from index.engine.opensearch.cluster import ClusterClient

NOTE = "withdrawn"
"""Its name: `number` counts up with every change, `verdicts` has `at` and `withdrawn` by article."""


def note(cluster: ClusterClient, verdicts: Mapping[str, Verdict], change: int) -> Mapping[str, Verdict]:
    """Note verdicts; see `index.engine.writing.Indexing.note_verdicts`."""
    held: dict[str, Verdict] = {}

    def changed(before: Mapping[str, Any]) -> dict[str, Any]:
        held.clear()
        held.update(verdicts_of(before))
        held.update({id: verdict for id, verdict in verdicts.items() if id not in held or held[id].at <= verdict.at})
        after = {id: {"at": verdict.at, "withdrawn": verdict.withdrawn} for id, verdict in sorted(held.items())}
        number = int(before.get("number", 0))
        return {"number": max(number + (after != before.get("verdicts", {})), change), "verdicts": after}

    cluster.prepare()
    cluster.change_note(NOTE, changed)
    return held


def verdicts_of(content: Mapping[str, Any]) -> dict[str, Verdict]:
    """What the note says."""
    return {id: Verdict(verdict["at"], verdict["withdrawn"]) for id, verdict in content.get("verdicts", {}).items()}

"""The note of what is withdrawn: the later verdict holds, its number counts up, nobody's verdict is lost."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator

import pytest

from crawler.store.reading import Verdict
from index.engine.opensearch.cluster import ClusterClient, Connection
from index.engine.opensearch.verdicts import NOTE, note

EARLY, LATE = "2026-11-01T08:00:00+07:00", "2026-11-01T08:00:01+07:00"


@pytest.fixture
def cluster(node: str) -> Iterator[ClusterClient]:
    cluster = ClusterClient(Connection((node,), f"v-{secrets.token_hex(4)}"))
    yield cluster
    with cluster.asking() as client:
        client.indices.delete(index=f"{cluster.connection.prefix}-*")


def number(cluster: ClusterClient) -> int:
    return int((cluster.note(NOTE) or {})["number"])


@pytest.mark.parametrize(
    ("noted", "told", "holds"), [(EARLY, LATE, "told"), (LATE, EARLY, "noted"), (LATE, LATE, "told")]
)
@pytest.mark.parametrize("withdrawn", [True, False])
def test_the_later_verdict_holds_and_of_two_at_once_the_one_told_now(
    cluster: ClusterClient, noted: str, told: str, holds: str, withdrawn: bool
) -> None:
    before, after = Verdict(noted, withdrawn), Verdict(told, not withdrawn)
    note(cluster, {"a": before, "b": before}, 1)
    held = note(cluster, {"a": after}, 1)
    assert held == {"a": after if holds == "told" else before, "b": before}
    assert note(cluster, {}, 1) == held


def test_the_number_counts_up_with_every_change_and_with_the_stores(cluster: ClusterClient) -> None:
    note(cluster, {"a": Verdict(EARLY, True)}, 0)
    assert number(cluster) == 1
    note(cluster, {"a": Verdict(EARLY, True)}, 0)
    assert number(cluster) == 1
    note(cluster, {"a": Verdict(EARLY, True)}, 40)
    assert number(cluster) == 40
    note(cluster, {"a": Verdict(LATE, False)}, 12)
    assert number(cluster) == 41


def test_of_many_who_note_at_once_nobodys_verdict_is_lost(cluster: ClusterClient) -> None:
    cluster.prepare()
    ids = [f"a-{n}" for n in range(6)]
    told = [threading.Thread(target=note, args=(cluster, {id: Verdict(EARLY, True)}, 0)) for id in ids]
    for one in told:
        one.start()
    for one in told:
        one.join()
    assert sorted((cluster.note(NOTE) or {})["verdicts"]) == ids
    assert number(cluster) == len(ids)

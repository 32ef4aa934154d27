"""A few rounds of the campaigns of `benchmarks/`; their figures are in benchmarks/README.md."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks import campaign, kill_commands
from crawler.ground import disk
from crawler.store.writing import Store
from tests.invented import articles
from tratin.indexing import reindex
from tratin.settings import load


def test_changed_bytes_are_noticed_or_change_no_answer() -> None:
    assert campaign.damage(rounds=12, seed=3)["wrong"] == []


def test_readers_see_whole_generations_while_they_are_swapped() -> None:
    report = campaign.swaps(rounds=4, readers=2)
    assert report["wrong"] == []
    assert report["asked"]


def test_every_command_that_writes_may_be_killed() -> None:
    assert kill_commands.campaign(rounds=3, seed=5)["wrong"] == []


def test_a_hundred_reindexes_a_minute_apart_leave_a_quarter_of_an_hour_of_generations(tmp_path: Path) -> None:
    settings = load(tmp_path / "var")
    index = settings.data / "index"
    sizes, generations = [], []
    for number in range(100):
        with Store(settings.store_path) as store:
            for article in articles(3 if number else 300, seed=number, first=3 * (number % 20)):
                store.keep(article)
            store.commit()
        reindex(settings, full=False, jobs=1, progress=lambda *_: None)
        for mark in index.glob("*/retired"):
            os.utime(mark, (mark.stat().st_mtime - 60,) * 2)  # a minute goes by
        sizes.append(disk.size(index))
        generations.append(sum(path.is_dir() for path in index.iterdir()))
    assert max(generations) == 16  # the one that answers, and those that were replaced in the last quarter of an hour
    assert max(sizes[50:]) <= 1.2 * max(sizes[20:50])
    newest = index / (index / "CURRENT").read_text().strip()
    assert len(list(newest.iterdir())) < 12


def test_a_full_disk_keeps_the_old_generation() -> None:
    assert campaign.full_disk()["wrong"] == []

"""`verify` tells the truth both ways, says what is lost, and names the command that mends it; `--repair` mends."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.damage import damages, kept_files, made, outcome
from crawler.ground.clock import now, stamp
from crawler.ground.fault import REPAIR, RESTORE
from crawler.ground.seal import seal_of
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from index.officials.registry.registry import Registry
from tratin.alerts.running import run as tell
from tratin.indexing import reindex
from tratin.repairing import repair
from tratin.settings import Settings
from tratin.settings import load as load_settings
from tratin.verifying import Verification, verify


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    wrong: list[str] = []
    data = tmp_path_factory.mktemp("verify") / "var"
    made(data, wrong)
    assert wrong == []
    return data


@pytest.fixture
def settings(original: Path, tmp_path: Path) -> Settings:
    shutil.copytree(original, tmp_path / "var")
    return load_settings(tmp_path / "var")


def index_anew(settings: Settings) -> None:
    reindex(settings, full=True, jobs=1, progress=lambda *_: None)


def repaired(settings: Settings) -> tuple[list[str], Verification]:
    done = list(repair(settings, verify(settings), lambda: index_anew(settings)))
    return done, verify(load_settings(settings.data))


def test_every_kind_of_damage_to_every_file_is_noticed(settings: Settings) -> None:
    import random

    for path in kept_files(settings.data):
        whole = path.read_bytes()
        kind, content = random.Random(path.name).choice(list(damages(path, 3, random.Random(1))))
        assert (path.name, kind, outcome(settings, path, content)) == (path.name, kind, "noticed")
        path.write_bytes(whole)
    assert verify(settings).sound


def test_after_withdraw_and_reindex_nothing_is_cried_falsely(settings: Settings) -> None:
    with StoreReader(settings.store_path) as reader:
        ids = [article.id for article in reader.live()][:3]
    with Store(settings.store_path) as store, store.committing():
        for id in ids:
            store.withdraw(id, "thử")
    assert (verify(settings).sound, verify(settings).behind) == (True, 3)
    reindex(settings, full=False, jobs=1, progress=lambda *_: None)
    found = verify(settings)
    assert (found.sound, found.behind, found.extra) == (True, 0, ())


def test_a_settings_file_that_somebody_edited_is_a_notice_and_no_fault(settings: Settings) -> None:
    with (settings.data / "officials.toml").open("a", encoding="utf-8") as file:
        file.write("# thêm một dòng\n")
    found = verify(settings)
    assert found.sound
    assert ["officials.toml" in notice for notice in found.notices] == [True]
    reindex(settings, full=False, jobs=1, progress=lambda *_: None)
    assert verify(settings).notices == ()


def test_a_damaged_article_is_named_and_needs_a_backup(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.store_path)) as db:
        (id, content) = db.execute("SELECT id, content FROM version LIMIT 1").fetchone()
    damaged = bytearray(settings.store_path.read_bytes())
    damaged[damaged.find(content[:64]) + 30] ^= 1
    settings.store_path.write_bytes(damaged)
    (fault,) = [fault for fault in verify(settings).faults if fault.where == str(settings.store_path)]
    assert id in fault.lost
    assert fault.mend == RESTORE


@pytest.mark.parametrize(
    "break_it",
    [
        lambda s: s.frontier_path.write_bytes(bytes(s.frontier_path.stat().st_size)),
        lambda s: s.registry_path.unlink(),
        lambda s: s.registry_path.write_bytes(s.registry_path.read_bytes()[:9000]),
        lambda s: _misquote(s.registry_path, "held", "sentence"),
        lambda s: _misquote(s.registry_path, "said", "way"),
        lambda s: (s.warc_dir / "index.sqlite").unlink(),
        lambda s: (s.index_dir / "CURRENT").unlink(),
        lambda s: next(s.index_dir.glob("*/*.toc")).unlink(),
        lambda s: (s.data / "store.sqlite.seal").unlink(),
        lambda s: (s.data / "alerts.sqlite.seal").unlink(),
        lambda s: _flip_in_free_space(s.store_path),
    ],
    ids=[
        "frontier zeroed", "registry deleted", "registry cut", "misquoted", "misheard", "warc index", "CURRENT", "toc",
        "seal", "ledger's seal", "free space",
    ],
)  # fmt: skip
def test_what_can_be_mended_from_what_is_there_is_mended_by_one_command(
    settings: Settings, break_it: Callable[[Settings], object]
) -> None:
    before = verify(settings).articles
    for retired in list(settings.index_dir.glob("*/retired")):
        shutil.rmtree(retired.parent)
    break_it(settings)
    assert not verify(settings).sound
    done, found = repaired(settings)
    assert done
    assert (found.sound, found.articles, found.documents) == (True, before, before), found


@pytest.mark.parametrize(
    "break_it", [lambda feed: feed.unlink(), lambda feed: feed.write_bytes(feed.read_bytes()[:99])]
)
def test_a_feed_that_is_gone_or_cut_is_named_and_the_next_run_of_alerts_mends_it(
    settings: Settings, break_it: Callable[[Path], object]
) -> None:
    (feed,) = settings.feeds_dir.glob("*.atom")
    break_it(feed)
    (fault,) = verify(settings).faults
    assert (fault.where, fault.mend) == (str(feed), "tratin alert")
    tell(settings)
    assert verify(settings).sound


def test_a_damaged_ledger_needs_a_backup_and_is_not_sealed_over(settings: Settings) -> None:
    content = bytearray(settings.ledger_path.read_bytes())
    content[len(content) // 2] ^= 1
    settings.ledger_path.write_bytes(content)
    for _ in range(2):
        (fault,) = verify(settings).faults
        assert (fault.where, fault.mend) == (str(settings.ledger_path), RESTORE)
        assert "which articles each alert told" in fault.lost
        _, found = repaired(settings)
        assert not found.sound


def test_an_alert_that_somebody_edited_is_a_notice_until_the_next_run(settings: Settings) -> None:
    with settings.alerts_path.open("a", encoding="utf-8") as file:
        file.write("# thêm\n")
    found = verify(settings)
    assert found.sound
    assert ["alerts.toml" in notice for notice in found.notices] == [True]
    tell(settings)
    assert verify(settings).notices == ()


def _misquote(registry: Path, table: str, column: str) -> None:
    """As a fault in what wrote the registry would: the file is whole and sealed, a sentence in it is nobody's."""
    with closing(sqlite3.connect(registry)) as db, db:
        assert db.execute(f"UPDATE {table} SET {column} = 'không ai nói'").rowcount > 0
    seal_of(registry).unlink()
    with Registry(registry):
        pass


def _flip_in_free_space(path: Path) -> None:
    """In the last bytes of the middle of a page that no row uses: SQLite itself would never look there."""
    content = bytearray(path.read_bytes())
    free = content.rfind(bytes(300))
    assert free > 0
    content[free + 150] ^= 1
    path.write_bytes(content)


def test_a_crawl_with_the_clock_ten_years_ahead_is_noticed_and_undone(settings: Settings) -> None:
    ahead = stamp(now() + timedelta(days=3650))
    with closing(sqlite3.connect(settings.frontier_path)) as db, db:
        db.execute("UPDATE page SET due = ?1, fetched = ?1 WHERE state = 'done'", (ahead,))
        db.execute("UPDATE site SET last_run = ?", (ahead,))
    _sealed_again(settings)
    faults = verify(settings).faults
    assert {fault.mend for fault in faults} == {REPAIR}
    assert any("clock ahead" in fault.what for fault in faults)
    _, found = repaired(settings)
    assert found.sound
    with closing(sqlite3.connect(settings.frontier_path)) as db:
        assert db.execute(
            "SELECT count(*) FROM page WHERE due > ? OR fetched > ?", (ahead[:4], ahead[:4])
        ).fetchone() == (0,)


def _sealed_again(settings: Settings) -> None:
    from crawler.frontier import Frontier
    from crawler.ground.seal import seal_of

    seal_of(settings.frontier_path).unlink()
    Frontier(settings.frontier_path).close()


def test_a_frontier_that_a_power_cut_left_empty_is_no_fault(settings: Settings) -> None:
    """Its name came to the disk before its bytes; its seal says that a crawl was at work. The next one begins it."""
    from crawler.frontier import Frontier
    from crawler.ground.seal import Seal

    Seal(settings.frontier_path).break_()
    settings.frontier_path.write_bytes(b"")
    assert verify(settings).sound
    Frontier(settings.frontier_path).close()
    assert verify(settings).sound

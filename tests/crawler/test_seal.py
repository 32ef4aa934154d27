"""Seals: damage is told from change, a kill is not damage, and a later writer hides none."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crawler.article import Article
from crawler.errors import StoreError
from crawler.ground.database import open_reading
from crawler.ground.fault import REPAIR, RESTORE
from crawler.ground.seal import BLOCK, check, seal_of
from crawler.store.verifying import verify_store
from crawler.store.writing import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path / "store.sqlite", 0, 60)
    return tmp_path / "store.sqlite"


def fill(path: Path, first: int, count: int) -> None:
    with Store(path) as store:
        for number in range(first, first + count):
            noise = os.urandom(2000).hex()
            store.keep(Article(id=f"a-{number}", title=f"Cầu Vạn Đồn {number}", paragraphs=(noise,)))
        store.commit()


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


def test_what_was_written_is_whole_and_a_reader_breaks_no_seal(path: Path) -> None:
    assert check(path).state == "whole"
    with closing(open_reading(path)) as db:
        db.execute("SELECT count(*) FROM version").fetchone()
    assert check(path).state == "whole"
    assert list(verify_store(path)) == []


def test_a_flipped_bit_is_noticed_wherever_it_is(path: Path) -> None:
    for at in range(0, path.stat().st_size, 4999):
        flip(path, at)
        assert check(path).state == "damaged"
        assert list(verify_store(path)) != []
        flip(path, at)
    assert check(path).state == "whole"


def test_a_writer_that_is_at_work_or_was_killed_is_no_damage(path: Path) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from crawler.store.writing import Store\n"
        "from crawler.article import Article\n"
        "store = Store(Path(sys.argv[1])); store.keep(Article(id='b-1', title='Mới')); store.commit()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    died = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert check(path).state == "broken"
    assert list(verify_store(path)) == []
    fill(path, 100, 1)
    assert check(path).state == "whole"


def test_the_next_writer_does_not_hide_damage_that_it_did_not_touch(path: Path) -> None:
    at = 3 * BLOCK + 77
    flip(path, at)
    with Store(path) as store:
        store.withdraw("a-1", "thử")
        store.commit()
    assert (check(path).state, check(path).damaged) == ("damaged", 1)
    flip(path, at)
    assert check(path).state == "whole"


def test_a_store_that_is_gone_is_not_begun_anew_in_silence(path: Path) -> None:
    path.unlink()
    (fault,) = verify_store(path)
    assert fault.mend == RESTORE
    with pytest.raises(StoreError, match="is gone, though it was there"):
        Store(path)


def test_a_seal_that_is_gone_or_damaged_is_noticed(path: Path) -> None:
    flip(seal_of(path), 40)
    assert [fault.mend for fault in verify_store(path)] == [REPAIR]
    seal_of(path).unlink()
    assert [fault.mend for fault in verify_store(path)] == [REPAIR]


def test_a_store_of_before_there_were_seals_is_sound_and_is_sealed_by_the_next_writer(path: Path) -> None:
    seal_of(path).unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 0")
    assert list(verify_store(path)) == []
    with Store(path):
        pass
    assert check(path).state == "whole"


def test_an_article_whose_stored_text_is_another_is_named_though_the_file_hangs_together(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE version SET content = (SELECT content FROM version WHERE id = 'a-2') WHERE id = 'a-1'")
    (fault,) = verify_store(path)
    assert "a-1 version 1" in fault.lost
    assert fault.mend == RESTORE


def test_a_look_at_the_bytes_takes_no_lock_from_a_connection_of_ours(path: Path) -> None:
    """Without its lock a reader's log would be taken away by the next writer that ends, and pages change under it."""
    writes = (
        "import sys; from pathlib import Path; from crawler.article import Article\n"
        "from crawler.store.writing import Store\n"
        "with Store(Path(sys.argv[1])) as store:\n"
        "    for n in range(200): store.keep(Article(f'b-{n}', 'x', paragraphs=('Bến Mây ' * n,)))\n"
        "    store.commit()\n"
    )
    with closing(open_reading(path)) as reader:
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM version").fetchone()
        assert check(path).state == "whole"
        subprocess.run([sys.executable, "-c", writes, str(path)], check=True, cwd=Path(__file__).parents[2])
        assert path.with_name(f"{path.name}-wal").exists()
        assert reader.execute("SELECT count(*) FROM version").fetchone() == before
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)

"""The article store: every version kept, every change numbered, nothing lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.article import Article
from crawler.errors import StoreError, StoreLocked
from crawler.ground import clock
from crawler.store.reading import StoreReader
from crawler.store.writing import Store

ARTICLE = Article(
    id="suoimo.example-1",
    title="Khởi công cầu",
    url="https://suoimo.example/a-post1.html",
    source="suoimo.example",
    lead="Sáng nay.",
    paragraphs=("Một.", "Hai."),
    published="2026-10-05",
    fetched="2026-10-05T08:00:00+07:00",
)


def edited(title: str, hour: int, **given: object) -> Article:
    return replace(ARTICLE, title=title, fetched=f"2026-10-05T{hour:02}:00:00+07:00", **given)  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def test_what_is_kept_is_read_back_whole(path: Path) -> None:
    with Store(path) as store, store.committing():
        assert store.keep(ARTICLE) == ("new", ARTICLE)
    with StoreReader(path) as reader:
        assert reader.get(ARTICLE.id) == ARTICLE
        assert reader.resolve(ARTICLE.url or "") == ARTICLE.id
        assert [(one.id, one.state) for one in reader.changes()] == [(ARTICLE.id, "live")]


def test_an_edit_is_a_version_and_an_edit_taken_back_another(path: Path) -> None:
    with Store(path) as store:
        outcomes = [
            store.keep(one)[0]
            for one in (ARTICLE, edited("B", 9), edited("B", 10), edited(ARTICLE.title, 11), edited("B", 12))
        ]
        assert outcomes == ["new", "changed", "unchanged", "changed", "changed"]
        assert [note.title for note in store.versions(ARTICLE.id)] == [ARTICLE.title, "B", ARTICLE.title, "B"]


def test_importing_the_same_versions_again_adds_none(path: Path) -> None:
    versions = [replace(ARTICLE, title=title, fetched=None) for title in "ABC"]
    with Store(path) as store:
        assert [store.keep(one)[0] for one in versions] == ["new", "changed", "changed"]
        last = store.last_change()
        assert [store.keep(one)[0] for one in versions] == ["unchanged"] * 3
        assert store.last_change() == last


def test_an_older_capture_is_kept_but_not_shown(path: Path) -> None:
    with Store(path) as store:
        store.keep(ARTICLE)
        assert store.keep(edited("Cũ hơn", 6))[0] == "changed"
        shown = store.get(ARTICLE.id)
        assert shown is not None
        assert (shown.title, len(store.versions(ARTICLE.id))) == (ARTICLE.title, 2)


def test_better_particulars_improve_a_version_and_poorer_ones_do_not(path: Path) -> None:
    with Store(path) as store:
        store.keep(ARTICLE)
        better = replace(ARTICLE, published="2026-10-05T08:30:00+07:00", author="Thu Hà", tags=("cầu",))
        assert store.keep(better)[0] == "changed"
        poorer = replace(ARTICLE, source=None, lead=ARTICLE.lead, fetched=None)
        assert store.keep(poorer)[0] == "unchanged"
        assert store.get(ARTICLE.id) == better
        assert len(store.versions(ARTICLE.id)) == 1


def test_a_capture_read_anew_replaces_what_was_read_from_it(path: Path) -> None:
    with Store(path) as store:
        store.keep(ARTICLE)
        store.keep(edited("B", 9))
        assert store.reread(replace(ARTICLE, paragraphs=("Một.", "Hai.", "Ba.")))[0] == "changed"
        assert store.reread(replace(ARTICLE, paragraphs=("Một.", "Hai.", "Ba.")))[0] == "unchanged"
        assert [note.title for note in store.versions(ARTICLE.id)] == [ARTICLE.title, "B"]
        first, shown = store.get(ARTICLE.id, 1), store.get(ARTICLE.id)
        assert first is not None
        assert shown is not None
        assert (first.paragraphs[-1], shown.title) == ("Ba.", "B")


def test_an_article_is_found_again_by_its_url_when_its_id_differs(path: Path) -> None:
    with Store(path) as store:
        store.keep(ARTICLE)
        outcome, kept = store.keep(replace(edited("B", 9), id="other-9"))
        assert (outcome, kept.id) == ("changed", ARTICLE.id)
        assert store.state("other-9") is None


def test_a_moved_article_answers_at_both_urls(path: Path) -> None:
    new = "https://suoimo.example/moved-post1.html"
    with Store(path) as store:
        store.keep(ARTICLE)
        store.keep(edited(ARTICLE.title, 9, url=new))
        assert store.aliases(ARTICLE.id) == (new, ARTICLE.url)
        shown = store.get(ARTICLE.id)
        assert shown is not None
        assert shown.url == new
        assert store.resolve(ARTICLE.url or "") == store.resolve(new) == ARTICLE.id


def test_a_url_belongs_to_one_article_however_they_claim_it(path: Path) -> None:
    other = replace(ARTICLE, id="suoimo.example-2", url="https://suoimo.example/b-post2.html", title="Khác")
    with Store(path) as store:
        store.keep(ARTICLE)
        store.keep(other)
        store.keep(replace(other, title="Khác nữa", url=ARTICLE.url, fetched="2026-10-05T09:00:00+07:00"))
        store.alias(ARTICLE.url or "", other.id)
        store.commit()
        assert store.resolve(ARTICLE.url or "") == ARTICLE.id
        assert store.resolve(other.url or "") == other.id


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("uvw"), st.sampled_from("XYZ")), max_size=12))
def test_ids_and_urls_in_any_mixture_never_conflict(kept: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "s.sqlite") as store:
        for number, (name, url, title) in enumerate(kept):
            fetched = f"2026-10-05T{number:02}:00:00+07:00"
            _, article = store.keep(Article(name, title, f"https://{url}.example/", fetched=fetched))
            assert store.get(article.id, article.version) == article
            assert store.resolve(f"https://{url}.example/") is not None
        store.commit()
        for change in store.changes():
            shown = store.get(change.id)
            assert shown is not None
            assert shown.url == store.aliases(change.id)[0]


def test_a_withdrawn_article_stays_out_until_it_is_reinstated(path: Path) -> None:
    with Store(path) as store:
        store.keep(ARTICLE)
        store.withdraw(ARTICLE.id, "tòa án")
        store.keep(edited("B", 9))
        store.mark_removed(ARTICLE.id, "404")
        assert (store.state(ARTICLE.id), store.count(), list(store.live())) == ("withdrawn", 0, [])
        store.reinstate(ARTICLE.id, "nhầm")
        assert (store.state(ARTICLE.id), store.count()) == ("live", 1)
        assert [(one.event, one.reason) for one in store.log()] == [("withdrawn", "tòa án"), ("reinstated", "nhầm")]


def test_what_departed_is_told_the_latest_first_and_what_came_back_is_not(path: Path) -> None:
    with Store(path) as store:
        for number in range(4):
            store.keep(replace(ARTICLE, id=f"a-{number}", url=f"https://e.vn/{number}"))
        store.withdraw("a-0", "tòa án")
        store.mark_removed("a-1", "404")
        store.withdraw("a-2", "nhầm")
        store.reinstate("a-2", "nhầm")
        assert [(one.id, one.state) for one in store.departed(5)] == [("a-1", "removed"), ("a-0", "withdrawn")]
        assert [one.id for one in store.departed(1)] == ["a-1"]
        assert {id: one.withdrawn for id, one in store.verdicts().items()} == {"a-0": True, "a-2": False}


def test_all_that_is_kept_of_an_article_is_told_as_it_is_kept(path: Path) -> None:
    with Store(path) as store:
        store.keep(ARTICLE)
        store.keep(edited("B", 9))
        store.alias("https://e.vn/other", ARTICLE.id)
        store.mark_removed(ARTICLE.id, "404")
        (kept,) = store.kept([ARTICLE.id, "unknown"])
        assert (kept.id, kept.state, kept.version, kept.urls) == (ARTICLE.id, "removed", 2, store.aliases(ARTICLE.id))
        assert kept.removed == store.log()[0].at
        assert [one.note for one in kept.versions] == list(store.versions(ARTICLE.id))
        texts = [Article.from_json(json.loads(zlib.decompress(one.content))) for one in kept.versions]
        assert texts == [store.get(ARTICLE.id, 1), store.get(ARTICLE.id, 2)]
        assert [one.id for one in store.texts([ARTICLE.id, "unknown"])] == [ARTICLE.id]


def test_what_does_not_exist_cannot_be_withdrawn(path: Path) -> None:
    with Store(path) as store, pytest.raises(StoreError, match="no article"):
        store.withdraw("x", "y")


def test_one_writer_at_a_time_and_readers_never_wait(path: Path) -> None:
    with Store(path) as store:
        with pytest.raises(StoreLocked, match=str(os.getpid())):
            Store(path)
        store.keep(ARTICLE)
        with StoreReader(path) as reader:
            assert reader.count() == 0
            store.commit()
            assert reader.count() == 1
    Store(path).close()


def test_a_kill_loses_nothing_that_was_committed(path: Path) -> None:
    script = f"""
import json
import os
from pathlib import Path
from crawler.article import Article
from crawler.store.writing import Store
store = Store(Path({str(path)!r}))
for n in range(300):
    store.keep(Article(f"a-{{n}}", "Tên"))
    if n == 199:
        store.commit()
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", script], check=False, cwd=Path(__file__).parents[2])
    with Store(path) as store:
        assert store.count() == 200
        assert store.last_change() == 200


def test_a_kill_while_the_store_is_laid_out_leaves_one_that_opens(path: Path) -> None:
    path.write_bytes(b"")
    with Store(path) as store:
        store.keep(ARTICLE)
        store.commit()
    path.unlink()
    sqlite3.connect(path).execute("PRAGMA journal_mode = WAL").connection.close()
    with Store(path) as store:
        assert store.count() == 0


@pytest.mark.parametrize("content", [b"SQLite format 3\0 and then nothing", b"x" * 5000])
def test_a_damaged_store_is_told_in_one_sentence(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.sqlite"):
        StoreReader(path)


def test_a_store_of_another_format_is_not_touched(path: Path) -> None:
    Store(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match="format 99"):
        Store(path)


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="only root may become somebody without rights")
def test_a_store_is_read_from_a_medium_that_cannot_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite"
        with Store(path) as store, store.committing():
            store.keep(ARTICLE)
        Path(folder).chmod(0o555)
        path.chmod(0o444)
        script = f"""
import json
import os
from pathlib import Path
from crawler.store.reading import StoreReader
os.setuid(65534)
print(StoreReader(Path({str(path)!r})).count())
"""
        command = [sys.executable, "-c", script]
        told = subprocess.run(command, capture_output=True, cwd=Path(__file__).parents[2], check=False)
        assert told.stdout.strip() == b"1", told.stderr


def test_coverage_counts_by_source_and_month(path: Path) -> None:
    with Store(path) as store:
        store.keep(ARTICLE)
        store.keep(replace(ARTICLE, id="b", url=None, published=None))
        store.commit()
        assert [(one.source, one.month, one.count) for one in store.coverage()] == [
            ("suoimo.example", None, 1),
            ("suoimo.example", "2026-10", 1),
        ]


def test_the_newest_version_is_shown_again_where_a_wrong_clock_hid_it(tmp_path: Path) -> None:
    """An older Tra Tin went by the clock: a text of 2036 stayed the one shown, and the edit after it was hidden."""
    ahead = clock.stamp(clock.now() + timedelta(days=3650))
    with Store(tmp_path / "store.sqlite") as store, store.committing():
        store.keep(Article(id="a-1", title="Cầu thông xe", fetched=ahead), live=True)
        store.keep(Article(id="a-1", title="Cầu chưa thông xe", fetched=clock.stamp()), live=True)
        store._rows("UPDATE article SET version = 1")
        assert store.show_newest() == ["a-1"]
        shown = store.get("a-1")
        assert shown is not None
        assert (shown.title, shown.version) == ("Cầu chưa thông xe", 2)
        assert store.show_newest() == []


def test_what_comes_straight_from_its_site_is_the_newest_whatever_the_clock_says(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store, store.committing():
        store.keep(Article(id="a-1", title="Một", fetched="2026-01-02T00:00:00+07:00"), live=True)
        store.keep(Article(id="a-1", title="Hai", fetched="1970-01-01T00:00:00+07:00"), live=True)
        store.keep(Article(id="a-1", title="Cũ", fetched="1970-01-01T00:00:00+07:00"))
        shown = store.get("a-1")
    assert shown is not None
    assert shown.title == "Hai"

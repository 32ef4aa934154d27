"""A backup comes back whole, or not at all."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.article import Article
from crawler.store.reading import StoreReader
from crawler.store.writing import Store
from tratin.backup import backup, restore
from tratin.errors import BackupError
from tratin.settings import Settings


@pytest.fixture
def kept(tmp_path: Path) -> Settings:
    settings = Settings(data=tmp_path / "var")
    with Store(settings.store_path) as store:
        store.keep(Article(id="a-1", title="Cầu Vạn Đồn thông xe", paragraphs=("Một.", "Hai.")))
        store.commit()
    settings.warc_dir.mkdir()
    (settings.warc_dir / "one.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\n" * 500))
    (settings.data / "officials.toml").write_text("# sửa tay\n", encoding="utf-8")
    return settings


def test_a_backup_comes_back_as_it_was(kept: Settings, tmp_path: Path) -> None:
    backup(kept, tmp_path / "b.tar.gz")
    back = Settings(data=tmp_path / "again")
    assert restore(back, tmp_path / "b.tar.gz").files == 3
    with StoreReader(back.store_path) as store:
        article = store.get("a-1")
    assert article is not None
    assert article.paragraphs == ("Một.", "Hai.")
    assert (back.warc_dir / "one.warc.gz").read_bytes() == (kept.warc_dir / "one.warc.gz").read_bytes()
    assert (back.data / "officials.toml").read_text(encoding="utf-8") == "# sửa tay\n"


def test_a_backup_is_taken_while_another_command_writes(kept: Settings, tmp_path: Path) -> None:
    with Store(kept.store_path) as store:
        store.keep(Article(id="a-2", title="Chưa xong"))
        backup(kept, tmp_path / "b.tar.gz")
    back = Settings(data=tmp_path / "again")
    restore(back, tmp_path / "b.tar.gz")
    with StoreReader(back.store_path) as read:
        assert read.count() == 1


@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_a_backup_cut_short_is_refused_and_leaves_nothing(kept: Settings, tmp_path: Path, share: float) -> None:
    backup(kept, tmp_path / "b.tar.gz")
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: int(len(whole) * share)])
    back = Settings(data=tmp_path / "again")
    with pytest.raises(BackupError):
        restore(back, tmp_path / "cut.tar.gz")
    assert not back.data.exists()
    assert not list(tmp_path.glob(".restore-*"))


def test_neither_a_backup_nor_a_full_folder_is_overwritten(kept: Settings, tmp_path: Path) -> None:
    backup(kept, tmp_path / "b.tar.gz")
    with pytest.raises(BackupError, match="never overwrites"):
        backup(kept, tmp_path / "b.tar.gz")
    with pytest.raises(BackupError, match="not empty"):
        restore(kept, tmp_path / "b.tar.gz")

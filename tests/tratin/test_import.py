"""`tratin import` and `tratin withdraw`, from the command line."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from crawler.archive import Archive
from crawler.exchange import Exchange
from crawler.store.reading import StoreReader
from tests.crawler.loopback import article_page
from tests.tratin.imported import bring_in, counts, lines
from tratin.cli.main import cli

ROOT = Path(__file__).parents[2]
GOOD = [{"id": f"a-{n}", "title": f"Bài {n}", "body": f"Một.\n\nHai {n}.", "other": [1]} for n in range(3)]


@pytest.mark.parametrize(
    ("name", "pack"), [("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress), ("a.jsonl.xz", lzma.compress)]
)
def test_json_lines_come_in_packed_or_not(tmp_path: Path, name: str, pack: Any) -> None:
    (tmp_path / name).write_bytes(pack(lines(*GOOD)))
    assert counts(bring_in(tmp_path, tmp_path / name)) == (3, 3, 0, 0)
    assert counts(bring_in(tmp_path, tmp_path / name)) == (3, 0, 0, 3)
    with StoreReader(tmp_path / "store.sqlite") as store:
        article = store.get("a-1")
        assert article is not None
        assert (article.paragraphs, article.published, article.url) == (("Một.", "Hai 1."), None, None)


def test_another_text_is_another_version(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(GOOD[0], {**GOOD[0], "title": "Bài sửa"}))
    assert counts(bring_in(tmp_path, tmp_path / "a.jsonl")) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{\n", "not JSON"),
        (b"[1, 2]\n", "one article a line"),
        (b'"x"\n', "one article a line"),
        (b'{"id": "a"}\n', "title"),
        (b'{"title": "x"}\n', "url"),
        (b'{"id": "../x", "title": "x"}\n', "A-Z"),
        (b'{"id": "a", "title": "x", "published": "hom qua"}\n', "published"),
        (b'{"id": "a", "title": "x", "tags": "y"}\n', "tags"),
        (b'{"id": "a", "title": "x\\ud800"}\n', "surrogate"),
        (b'{"id": "a", "title": "\xd4\xe0i"}\n', "UTF-8"),
        (b"[" * 200_000 + b"\n", "nested|JSON"),
        (b"\x00\x00\x00\n", "not JSON"),
        (b'{"id": "a", "title": NaN}\n', "title"),
    ],
)
def test_a_broken_line_is_told_with_its_place_and_the_rest_comes_in(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(GOOD[0]) + line + b"\n" + lines(*GOOD[1:]))
    report = bring_in(tmp_path, path)
    assert counts(report) == (3, 3, 0, 0)
    (rejected,) = report["rejected"]
    assert rejected["where"] == f"{path}:2"
    assert any(word in rejected["reason"] for word in reason.split("|"))


def test_a_line_longer_than_any_article_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(GOOD[0]) + b'{"id": "b", "title": "' + b"x" * (33 * 2**20) + b'"}\n' + lines(GOOD[1]))
    report = bring_in(tmp_path, path)
    assert counts(report) == (2, 2, 0, 0)
    assert "longer than" in report["rejected"][0]["reason"]


@pytest.mark.parametrize("cut", [10, 100])
@pytest.mark.parametrize(("name", "pack"), [("a.jsonl.gz", gzip.compress), ("a.jsonl.xz", lzma.compress)])
def test_a_packed_file_cut_short_gives_what_it_holds(tmp_path: Path, name: str, pack: Any, cut: int) -> None:
    many = [{"id": f"a-{n}", "title": os.urandom(30).hex()} for n in range(2000)]
    (tmp_path / name).write_bytes(pack(lines(*many))[:-cut])
    report = bring_in(tmp_path, tmp_path / name)
    assert report["new"] > 0 or name.endswith("xz")
    assert "cut short" in report["rejected"][0]["reason"]


def test_marks_and_empty_files_are_handled(tmp_path: Path) -> None:
    (tmp_path / "mark.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(GOOD[0]).replace(b"\n", b"\r\n"))
    assert counts(bring_in(tmp_path, tmp_path / "mark.jsonl")) == (1, 1, 0, 0)
    (tmp_path / "empty.jsonl").write_bytes(b"")
    assert counts(bring_in(tmp_path, tmp_path / "empty.jsonl")) == (0, 0, 0, 0)
    (tmp_path / "wide.jsonl").write_bytes(lines(GOOD[0]).decode().encode("utf-16"))
    assert "UTF-16" in bring_in(tmp_path, tmp_path / "wide.jsonl")["rejected"][0]["reason"]
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert "jsonl" in bring_in(tmp_path, tmp_path / "a.docx")["rejected"][0]["reason"]


def test_a_folder_of_saved_pages_comes_in(tmp_path: Path) -> None:
    saved = tmp_path / "saved" / "suoimo.example"
    saved.mkdir(parents=True)
    for n in range(3):
        link = f'<link rel="canonical" href="https://suoimo.example/bai-viet-post{100000 + n}.html">'
        (saved / f"{n}.html").write_text(article_page(n).replace("</head>", f"{link}</head>"), encoding="utf-8")
    (saved / "blank.html").write_text("<html></html>", encoding="utf-8")
    (saved / "image.png").write_bytes(b"\x89PNG")
    report = bring_in(tmp_path / "data", tmp_path / "saved")
    assert counts(report) == (3, 3, 0, 0)
    (rejected,) = report["rejected"]
    assert rejected["where"].endswith("blank.html")


def capture(number: int, hour: int, page: str) -> Exchange:
    url = f"https://suoimo.example/bai-viet-post{100000 + number}.html"
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Exchange(url, (), 200, "OK", headers, page.encode(), f"2026-10-05T{hour:02}:00:00+07:00")


def test_a_warc_file_is_read_again_without_the_network(tmp_path: Path) -> None:
    with Archive(tmp_path / "warc") as archive:
        for number in range(3):
            archive.keep([capture(number, 8, article_page(number))], f"https://suoimo.example/{number}")
        edit = capture(1, 9, article_page(1, title="Bài đã sửa"))
        archive.keep([edit], edit.url)
    (warc,) = (tmp_path / "warc").glob("*.warc.gz")
    assert counts(bring_in(tmp_path, warc)) == (4, 3, 1, 0)
    assert counts(bring_in(tmp_path, warc)) == (4, 0, 0, 4)
    warc.write_bytes(warc.read_bytes()[:-700])
    report = bring_in(tmp_path, warc)
    assert report["new"] == 0
    assert report["read"] >= 3


def test_an_interrupted_import_keeps_what_was_committed_and_can_be_run_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(*({"id": f"a-{n}", "title": f"Bài {n}", "body": "x" * 3000} for n in range(6_000))))
    command = [sys.executable, "-m", "tratin", "--data", str(tmp_path), "import", str(path)]
    running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    wal = tmp_path / "store.sqlite-wal"
    while running.poll() is None and not (wal.exists() and wal.stat().st_size > 400_000):
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    with StoreReader(tmp_path / "store.sqlite") as store:
        kept = store.count()
    assert kept % 1000 == 0
    report = bring_in(tmp_path, path)
    assert counts(report) == (6_000, 6_000 - kept, 0, kept)


def test_withdrawing_takes_a_reason_and_logs_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*GOOD))
    bring_in(tmp_path, tmp_path / "a.jsonl")
    runner = CliRunner()
    assert runner.invoke(cli, ["--data", str(tmp_path), "withdraw", "a-1"]).exit_code == 2
    done = runner.invoke(cli, ["--data", str(tmp_path), "withdraw", "a-1", "--reason", "tòa án", "--json"])
    assert json.loads(done.stdout)["state"] == "withdrawn"
    log = runner.invoke(cli, ["--data", str(tmp_path), "withdraw", "--json"])
    (event,) = json.loads(log.stdout)
    assert (event["id"], event["event"], event["reason"]) == ("a-1", "withdrawn", "tòa án")
    undone = runner.invoke(cli, ["--data", str(tmp_path), "withdraw", "a-1", "--undo", "--reason", "nhầm", "--json"])
    assert json.loads(undone.stdout)["state"] == "live"


@pytest.mark.real
def test_the_real_corpus_comes_in_whole(tmp_path: Path) -> None:
    corpus = ROOT / ".." / "shared" / "data" / "news.jsonl.xz"
    if not corpus.exists():
        pytest.skip("the real corpus is not beside the checkout (../shared)")
    assert counts(bring_in(tmp_path, corpus)) == (35_529, 35_529, 0, 0)

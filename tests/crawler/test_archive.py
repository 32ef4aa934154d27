"""The archive: valid WARC, nothing written twice, nothing lost to a kill."""

from __future__ import annotations

import gzip
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive
from crawler.captures import INDEX, Captures
from crawler.errors import ArchiveError, ArchiveLocked
from crawler.exchange import Exchange
from crawler.ground.clock import stamp

URL = "https://suoimo.example/a-post1.html"
EXCHANGE = Exchange(
    url=URL,
    sent=(("Host", "suoimo.example"), ("User-Agent", "TraTin/test")),
    status=200,
    reason="OK",
    headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")),
    body=gzip.compress("xin chào".encode(), mtime=0),
    fetched="2026-10-05T08:30:00+07:00",
)


def at(hour: int, **given: object) -> Exchange:
    return replace(EXCHANGE, fetched=f"2026-10-05T{hour:02}:00:00+07:00", **given)  # type: ignore[arg-type]


def records(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            found += [
                (record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "")
                for record in ArchiveIterator(stream, check_digests="raise")
            ]
    return found


def check(folder: Path) -> None:
    for path in folder.glob("*.warc.gz"):
        subprocess.run([sys.executable, "-m", "warcio.cli", "check", str(path)], check=True, capture_output=True)


def test_a_capture_is_read_back_decoded(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.keep([EXCHANGE], URL)
        capture = archive.find([URL])
        assert capture is not None
        page = archive.read(capture)
    assert page.content.decode() == "xin chào"
    assert (page.url, page.final_url, page.status, page.fetched) == (URL, URL, 200, EXCHANGE.fetched)
    assert page.headers["content-type"] == "text/html"
    assert [kind for kind, _ in records(tmp_path)] == ["warcinfo", "response", "request"]
    check(tmp_path)


def test_the_bytes_are_kept_as_they_were_sent_but_not_said_to_be_chunked(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.keep([EXCHANGE], URL)
    (path,) = tmp_path.glob("*.warc.gz")
    with path.open("rb") as stream:
        response = next(record for record in ArchiveIterator(stream) if record.rec_type == "response")
        assert response.http_headers.get_header("Content-Encoding") == "gzip"
        assert response.http_headers.get_header("Transfer-Encoding") is None
        assert response.raw_stream.read() == EXCHANGE.body


def test_an_unchanged_body_is_not_kept_twice(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        for hour in (8, 9):
            archive.keep([at(hour)], URL)
        archive.keep([at(10, status=304, body=b"", headers=(("ETag", '"1"'),))], URL)
        found = archive.of([URL])
        assert [one.original is None for one in found] == [True, False, False]
        assert all(archive.read(one).content.decode() == "xin chào" for one in found)
    assert [kind for kind, _ in records(tmp_path)].count("revisit") == 2
    check(tmp_path)


def test_the_capture_of_a_time_is_the_newest_that_is_not_younger(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        for hour in (8, 12, 16):
            archive.keep([at(hour, body=b"%d" % hour, headers=())], URL)
        for time, hour in (("12:00:00", 12), ("13:00:00", 12), ("07:00:00", 8), ("23:00:00", 16)):
            capture = archive.find([URL], f"2026-10-05T{time}+07:00")
            assert capture is not None
            assert archive.read(capture).content == b"%d" % hour


def test_redirects_lead_to_what_answered(tmp_path: Path) -> None:
    old = "https://suoimo.example/old/1.htm"
    moved = replace(EXCHANGE, url=old, status=301, body=b"", headers=(("Location", URL),))
    with Archive(tmp_path) as archive:
        archive.keep([moved, EXCHANGE], old)
        for url in (old, URL):
            capture = archive.find([url])
            assert capture is not None
            assert (capture.asked, capture.url, capture.status) == (old, URL, 200)
    check(tmp_path)


@pytest.mark.parametrize("lost", [1, 20, 300])
def test_half_a_record_is_cut_off_and_the_rest_is_listed(tmp_path: Path, lost: int) -> None:
    other = "https://suoimo.example/b-post2.html"
    with Archive(tmp_path) as archive:
        archive.keep([EXCHANGE], URL)
        archive.keep([replace(EXCHANGE, url=other)], other)
    (path,) = tmp_path.glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-lost])
    (tmp_path / INDEX).unlink()
    with Archive(tmp_path) as archive:
        capture = archive.find([URL])
        assert capture is not None
        assert archive.read(capture).content.decode() == "xin chào"
        archive.keep([at(9)], URL)
        assert all(archive.read(one).content.decode() == "xin chào" for one in archive.of([URL, other]))
    assert [kind for kind, _ in records(tmp_path)][:2] == ["warcinfo", "response"]
    check(tmp_path)


def test_what_a_killed_run_wrote_and_did_not_list_is_found(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.keep([EXCHANGE], URL)
        archive._db.execute("DELETE FROM capture")
        archive._db.execute("UPDATE file SET size = 0")
    with Archive(tmp_path) as archive:
        assert archive.answer(URL, EXCHANGE.fetched) is not None
        assert archive.count() == 1


def test_the_index_is_read_again_from_the_files_with_redirects_and_revisits(tmp_path: Path) -> None:
    old = "https://suoimo.example/old/1.htm"
    moved = replace(EXCHANGE, url=old, status=301, body=b"", headers=(("Location", URL),))
    with Archive(tmp_path) as archive:
        archive.keep([moved, EXCHANGE], old)
        archive.keep([at(9)], URL)
        before = archive.of([URL, old])
    (tmp_path / INDEX).unlink()
    with Archive(tmp_path) as archive:
        assert archive.of([URL, old]) == before


def test_files_older_than_is_kept_are_deleted_with_what_points_to_them(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.keep([replace(EXCHANGE, fetched="2020-01-01T08:00:00+07:00")], URL)
    (first,) = tmp_path.glob("*.warc.gz")
    with Archive(tmp_path, keep_days=30) as archive:
        archive.keep([said(stamp())], URL)
        assert not first.exists()
        (capture,) = archive.of([URL])
        assert archive.read(capture).content.decode() == "xin chào"


def said(time: str) -> Exchange:
    """An exchange whose server says what time it is."""
    headers = (*EXCHANGE.headers, ("Date", format_datetime(datetime.fromisoformat(time).astimezone(UTC), usegmt=True)))
    return replace(EXCHANGE, headers=headers, fetched=stamp())


@pytest.mark.parametrize("server", [None, "2020-01-15T08:00:00+07:00"])
def test_nothing_is_deleted_on_the_word_of_one_clock(tmp_path: Path, server: str | None) -> None:
    """The machine says that years have passed; the servers say nothing, or that they have not."""
    with Archive(tmp_path) as archive:
        archive.keep([replace(EXCHANGE, fetched="2020-01-01T08:00:00+07:00")], URL)
    (first,) = tmp_path.glob("*.warc.gz")
    with Archive(tmp_path, keep_days=30) as archive:
        archive.keep([said(server) if server else replace(EXCHANGE, fetched=stamp())], URL)
    assert first.exists()


def test_a_file_is_no_older_than_those_written_before_it(tmp_path: Path) -> None:
    """The machine's clock was thrown back to 1970 for one run: what came then is not the oldest."""
    for fetched in (stamp(), "1970-01-01T08:00:00+07:00"):
        with Archive(tmp_path) as archive:
            archive.keep([replace(EXCHANGE, fetched=fetched, url=f"{URL}?{fetched[:4]}")], URL)
    with Archive(tmp_path, keep_days=30) as archive:
        archive.keep([said(stamp())], URL)
    assert len(list(tmp_path.glob("*.warc.gz"))) == 3


def test_what_is_whole_beyond_a_damaged_record_is_listed_and_nothing_is_cut_off(tmp_path: Path) -> None:
    """The index is gone and a record in the middle is damaged: those after it are still found."""
    with Archive(tmp_path) as archive:
        for number in range(3):
            archive.keep([replace(EXCHANGE, url=f"{URL}{number}", body=b"%d" % number * 9)], f"{URL}{number}")
        middle = archive.of([f"{URL}1"])[0]
    (file,) = tmp_path.glob("*.warc.gz")
    content = bytearray(file.read_bytes())
    content[middle.offset + middle.length // 2] ^= 0xFF
    file.write_bytes(content)
    (tmp_path / INDEX).unlink()
    with Archive(tmp_path) as archive:
        assert [len(archive.of([f"{URL}{number}"])) for number in range(3)] == [1, 0, 1]
    assert file.read_bytes() == content


def test_a_file_that_was_cut_is_not_made_longer(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.keep([EXCHANGE], URL)
    (file,) = tmp_path.glob("*.warc.gz")
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    with Archive(tmp_path):
        pass
    assert file.read_bytes() == whole[:-9]


def test_a_reader_works_beside_the_writer_and_without_an_archive(tmp_path: Path) -> None:
    with Captures(tmp_path / "none") as nothing:
        assert nothing.find([URL]) is None
        assert nothing.size() == 0
    with Archive(tmp_path) as archive:
        archive.keep([EXCHANGE], URL)
        with Captures(tmp_path) as reader:
            capture = reader.find([URL])
            assert capture is not None
            assert reader.read(capture).content.decode() == "xin chào"
            assert reader.size() > 0
        with pytest.raises(ArchiveLocked, match="process"):
            Archive(tmp_path)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.keep([EXCHANGE], URL)
        capture = archive.find([URL])
        assert capture is not None
        for path in tmp_path.glob("*.warc.gz"):
            path.write_bytes(b"not gzip at all")
        with pytest.raises(ArchiveError, match="backup"):
            archive.read(capture)

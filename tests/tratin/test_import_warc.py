"""WARC files that other programs wrote come in whole, and what is damaged in them is told with its place."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Archive
from crawler.exchange import Exchange
from crawler.imports import wacz
from crawler.imports.result import Rejected, Skipped
from crawler.imports.warc_pages import Captured, WarcPages, WarcSource
from tests.crawler.loopback import Answer, Paper, address, article_page
from tests.tratin.imported import bring_in, counts, stored

HOST = "https://suoimo.example"
DATE = "2026-10-05T01:00:00Z"
FETCHED = "2026-10-05T08:00:00+07:00"


def record(kind: str, block: bytes, *more: str, number: int = 1, length: int | None = None, date: str = DATE) -> bytes:
    """One record, written by hand."""
    head = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {HOST}{address(number)}"]
    head += [f"WARC-Date: {date}"] if date else []
    head += [*more, f"Content-Length: {len(block) if length is None else length}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(body: bytes, *more: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """An HTTP answer."""
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *more]).encode() + b"\r\n\r\n" + body


def page(number: int = 1) -> bytes:
    return article_page(number).encode()


def response(number: int = 1, *more: str) -> bytes:
    return record("response", http(page(number)), *more, number=number)


def chunked(body: bytes, size: int = 400) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def truth(number: int = 1) -> tuple[str, ...]:
    """The paragraphs of an article of the invented paper."""
    text = f"Sáng nay, xã Suối Mơ khởi công cây cầu số {number} bắc qua suối Mơ, nối hai thôn Thượng và Hạ."
    more = "Công trình dài bốn mươi mét, dự kiến hoàn thành trước mùa mưa sang năm, theo ban quản lý dự án xã."
    return text, more, f"{text} {more}"


BODIES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "as it is": (page(), ()),
    "in chunks": (chunked(page()), ("Transfer-Encoding: chunked",)),
    "in one chunk": (chunked(page(), 10**6), ("Transfer-Encoding: chunked",)),
    "chunks undone": (page(), ("Transfer-Encoding: chunked",)),
    "gzip": (gzip.compress(page()), ("Content-Encoding: gzip",)),
    "gzip in chunks": (chunked(gzip.compress(page())), ("Content-Encoding: gzip", "Transfer-Encoding: chunked")),
    "gzip undone": (page(), ("Content-Encoding: gzip", "Content-Length: 300")),
    "brotli": (brotli.compress(page()), ("Content-Encoding: br",)),
    "brotli undone": (page(), ("Content-Encoding: br",)),
    "brotli in chunks": (chunked(brotli.compress(page())), ("Content-Encoding: br", "Transfer-Encoding: chunked")),
    "zstd": (zstandard.compress(page()), ("Content-Encoding: zstd",)),
    "zstd undone": (page(), ("Content-Encoding: zstd",)),
    "deflate undone": (page(), ("Content-Encoding: deflate",)),
}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_is_read_as_sent_or_already_undone(tmp_path: Path, body: str) -> None:
    content, headers = BODIES[body]
    (tmp_path / "a.warc").write_bytes(record("response", http(content, *headers)))
    assert counts(bring_in(tmp_path, tmp_path / "a.warc")) == (1, 1, 0, 0)
    (article,) = stored(tmp_path)
    assert article.paragraphs == truth()
    assert article.fetched == FETCHED


def each_gzipped(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def zstd_with_dictionary(*records: bytes) -> bytes:
    dictionary = zstandard.train_dictionary(4000, [response(number) for number in range(300)])
    packed = zstandard.compress(dictionary.as_bytes())
    frame = b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    return frame + b"".join(packer.compress(one) for one in records)


PACKINGS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "not": ("a.warc", lambda *records: b"".join(records)),
    "by record": ("a.warc.gz", each_gzipped),
    "whole": ("a.warc.gz", lambda *records: gzip.compress(b"".join(records))),
    "zstd by record": ("a.warc.zst", lambda *records: b"".join(map(zstandard.compress, records))),
    "zstd with its dictionary": ("a.warc.zst", zstd_with_dictionary),
    "not, called gz": ("a.warc.gz", lambda *records: b"".join(records)),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_file_is_read_however_it_is_packed(tmp_path: Path, packing: str) -> None:
    name, pack = PACKINGS[packing]
    (tmp_path / name).write_bytes(pack(response(1), response(2), response(3)))
    assert counts(bring_in(tmp_path, tmp_path / name)) == (3, 3, 0, 0)
    assert [one.paragraphs for one in stored(tmp_path)] == [truth(1), truth(2), truth(3)]


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("cut", [5, 30, 1000])
def test_a_last_record_cut_short_is_told_and_not_kept_as_half_an_article(
    tmp_path: Path, packing: str, cut: int
) -> None:
    name, pack = PACKINGS[packing]
    whole = pack(response(1), response(2))
    if not packing.startswith("not"):  # packed, a record is small
        cut = min(cut, 12 if packing == "whole" else 40)
    (tmp_path / name).write_bytes(whole[:-cut])
    report = bring_in(tmp_path, tmp_path / name)
    assert counts(report) == (1, 1, 0, 0)
    assert [one.paragraphs for one in stored(tmp_path)] == [truth(1)]
    (rejected,) = report["rejected"]
    assert "cut short" in rejected["reason"]


def test_resources_come_in_and_what_is_no_page_is_counted(tmp_path: Path) -> None:
    image = http(b"\x89PNG", kind="image/png")
    moved = http(b"", "Location: /", status="301 Moved Permanently")
    records = (
        record("warcinfo", b"software: by hand\r\n"),
        record("resource", page(1), "Content-Type: text/html"),
        record("response", image, number=7),
        record("response", moved, number=8),
        record("request", b"GET / HTTP/1.1\r\n\r\n"),
        record("resource", b"{}", "Content-Type: application/json"),
        response(2),
    )
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    report = bring_in(tmp_path, tmp_path / "a.warc")
    assert counts(report) == (2, 2, 0, 0)
    assert report["skipped"] == {
        "warcinfo records": 1,
        "image/png": 1,
        "answers with status 301": 1,
        "request records": 1,
        "application/json": 1,
    }


@pytest.mark.parametrize(("date", "fetched"), [("", None), ("yesterday", None), ("2026", None), (DATE, FETCHED)])
def test_a_record_without_a_date_comes_in_without_one(tmp_path: Path, date: str, fetched: str | None) -> None:
    (tmp_path / "a.warc").write_bytes(record("response", http(page()), date=date))
    assert counts(bring_in(tmp_path, tmp_path / "a.warc")) == (1, 1, 0, 0)
    assert stored(tmp_path)[0].fetched == fetched


def revisit(number: int, *more: str, head: bool = True) -> bytes:
    return record("revisit", http(b"") if head else b"", *more, number=number, date="2026-10-06T01:00:00Z")


@pytest.mark.parametrize(
    "pointing",
    [
        ("WARC-Refers-To: <urn:uuid:1>",),
        (f"WARC-Refers-To-Target-URI: <{HOST}{address(1)}>", f"WARC-Refers-To-Date: {DATE}"),
        ("WARC-Payload-Digest: sha1:AAAA",),
    ],
)
@pytest.mark.parametrize("order", ["after", "before", "in an earlier file", "by a zip"])
def test_a_revisit_is_read_with_the_body_that_it_points_to(
    tmp_path: Path, pointing: tuple[str, ...], order: str
) -> None:
    original = response(1, "WARC-Record-ID: <urn:uuid:1>", "WARC-Payload-Digest: sha1:AAAA")
    again = revisit(1, *pointing)
    folder = tmp_path / "in"
    folder.mkdir()
    if order == "by a zip":
        with zipfile.ZipFile(folder / "a.wacz", "w") as archive:
            archive.writestr("archive/a.warc.gz", each_gzipped(again, original))
    elif order == "in an earlier file":
        (folder / "a.warc").write_bytes(again)
        (folder / "b.warc.gz").write_bytes(each_gzipped(original))
    else:
        (folder / "a.warc").write_bytes(original + again if order == "after" else again + original)
    report = bring_in(tmp_path, folder)
    assert counts(report) == (2, 1, 0, 1)
    assert report["rejected"] == []


def test_a_revisit_is_resolved_from_the_archive(tmp_path: Path) -> None:
    url = f"{HOST}{address(1)}"
    with Archive(tmp_path / "warc") as archive:
        exchange = Exchange(url, (), 200, "OK", (("Content-Type", "text/html"),), page(), FETCHED)
        archive.keep([exchange], url)
    pointing = (f"WARC-Refers-To-Target-URI: {url}", f"WARC-Refers-To-Date: {DATE}")
    (tmp_path / "a.warc").write_bytes(revisit(1, *pointing) + revisit(2, f"WARC-Payload-Digest: {exchange.digest}"))
    report = bring_in(tmp_path, tmp_path / "a.warc")
    assert report["read"] == 2
    assert report["rejected"] == []


def test_a_revisit_of_what_is_nowhere_is_counted_and_named(tmp_path: Path) -> None:
    image = record("revisit", http(b"", kind="image/png"), "WARC-Payload-Digest: sha1:BBBB")
    (tmp_path / "a.warc").write_bytes(revisit(3, "WARC-Payload-Digest: sha1:CCCC") + image + response(1))
    report = bring_in(tmp_path, tmp_path / "a.warc")
    assert counts(report) == (1, 1, 0, 0)
    (rejected,) = report["rejected"]
    assert rejected["where"] == f"{tmp_path / 'a.warc'}@0"
    assert f"{HOST}{address(3)}" in rejected["reason"]
    assert report["skipped"] == {"revisit of image/png": 1}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (record("response", http(page()), length=10**9), "cut short"),
        (record("response", http(page()), length=10**30), "Content-Length"),
        (record("response", http(page()), length=-5), "Content-Length"),
        (record("response", http(page()), length=300), "does not end"),
        (record("response", http(page())).replace(b"Content-Length", b"Contents"), "Content-Length"),
        (b"what stands here was never a record\r\n" * 50, "no WARC record"),
        (b"\x00" * 5000, "no WARC record"),
        (record("response", http(page().replace(b"</html>", b"")), "WARC-Truncated: length"), "half an article"),
        (record("response", http(page()[:900], "Content-Length: 1500")), "half an article"),
        (record("response", http(chunked(page())[:900], "Transfer-Encoding: chunked")), "half an article"),
        (record("response", http(gzip.compress(page())[:-300], "Content-Encoding: gzip")), "cut short"),
        (record("response", http(page(), "Content-Encoding: rot13")), "rot13"),
    ],
)
def test_a_damaged_record_is_told_and_the_next_ones_come_in(tmp_path: Path, bad: bytes, reason: str) -> None:
    (tmp_path / "a.warc").write_bytes(response(2) + bad + response(3) + response(4))
    report = bring_in(tmp_path, tmp_path / "a.warc")
    assert counts(report) == (3, 3, 0, 0)
    (rejected,) = report["rejected"]
    assert reason in rejected["reason"]
    assert rejected["where"].startswith(f"{tmp_path / 'a.warc'}@{len(response(2))}")


def test_a_record_in_segments_is_told_and_its_neighbours_come_in(tmp_path: Path) -> None:
    whole = http(page(1))
    first = record("response", whole[:700], "WARC-Record-ID: <urn:uuid:1>", "WARC-Segment-Number: 1")
    origin = "WARC-Segment-Origin-ID: <urn:uuid:1>"
    rest = record("continuation", whole[700:], origin, "WARC-Segment-Number: 2", "WARC-Segment-Total-Length: 9")
    file = tmp_path / "a.warc"
    file.write_bytes(first + response(2) + rest + response(3))
    report = bring_in(tmp_path, file)
    assert [article.paragraphs for article in stored(tmp_path)] == [truth(2), truth(3)]
    assert [one["reason"] for one in report["rejected"]] == ["a record in several segments: they are not put together"]
    assert report["skipped"] == {"continuation records": 1}


@pytest.mark.parametrize("name", ["old.arc", "old.arc.gz", "old.warc"])
def test_an_arc_file_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    head = b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 InternetArchive\nURL IP-address Date\n\n"
    one = head + b"http://suoimo.example/ 10.0.0.1 20050101000000 text/html 300\n" + http(page())[:300] + b"\n"
    (tmp_path / name).write_bytes(gzip.compress(one) if name.endswith("gz") else one)
    report = bring_in(tmp_path, tmp_path / name)
    assert not stored(tmp_path)
    assert ["ARC file" in told["reason"] and "warcio recompress" in told["reason"] for told in report["rejected"]] == [
        True
    ]


@pytest.mark.parametrize("place", [12, 40, 200])
def test_a_damaged_gzip_member_is_told_and_the_next_ones_come_in(tmp_path: Path, place: int) -> None:
    first, second, third = (bytearray(gzip.compress(response(number))) for number in (1, 2, 3))
    second[place] ^= 0x55
    (tmp_path / "a.warc.gz").write_bytes(first + second + third)
    report = bring_in(tmp_path, tmp_path / "a.warc.gz")
    assert [one.paragraphs for one in stored(tmp_path)] == [truth(1), truth(3)]
    (rejected,) = report["rejected"]
    assert rejected["where"] == f"{tmp_path / 'a.warc.gz'}@{len(first)}"


def test_a_damaged_checksum_keeps_a_record_out(tmp_path: Path) -> None:
    second = bytearray(gzip.compress(response(2)))
    second[-6] ^= 1
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(response(1)) + second + gzip.compress(response(3)))
    assert bring_in(tmp_path, tmp_path / "a.warc.gz")["read"] == 2


class Zeros(io.RawIOBase):
    """A record that announces so many zeros, between two pages; made as it is read."""

    def __init__(self, size: int) -> None:
        opening, closing = record("response", http(b""), length=size).split(b"\r\n\r\n", 1)[0], response(2)
        self._parts = [response(1) + opening + b"\r\n\r\n", size, b"\r\n\r\n" + closing]

    def read(self, size: int = -1) -> bytes:
        while self._parts:
            part = self._parts[0]
            if isinstance(part, int):
                given = bytes(min(size, part))
                self._parts[0] = part - len(given)
            else:
                given, self._parts[0] = part[:size], part[size:]
            if not self._parts[0]:
                self._parts.pop(0)
            if given:
                return given
        return b""


def test_a_record_of_three_gigabytes_takes_no_memory(tmp_path: Path) -> None:
    pages = WarcPages(None)
    tracemalloc.start()
    try:
        source = WarcSource("zeros", lambda: Zeros(300 * 2**20))  # type: ignore[arg-type, return-value]
        results = list(pages.read(source, lambda _done, _total: None))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        pages.close()
    assert [type(one) for one in results].count(Captured) == 2
    assert not any(isinstance(one, Skipped) and one.kind == "response records" for one in results)
    assert peak < 150 * 2**20
    assert sum(isinstance(one, Rejected) for one in results) <= 1


def test_warcio_s_own_files_come_in(tmp_path: Path) -> None:
    with (tmp_path / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number in (1, 2):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"{HOST}{address(number)}", "response", io.BytesIO(page(number)), http_headers=head
                )
            )
        writer.write_record(
            writer.create_warc_record(
                f"{HOST}{address(3)}", "resource", io.BytesIO(page(3)), warc_content_type="text/html"
            )
        )
    assert counts(bring_in(tmp_path, tmp_path / "a.warc.gz")) == (3, 3, 0, 0)


@pytest.fixture
def paper() -> Iterator[Paper]:
    def sent_in_chunks(handler: object) -> None:
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.send_header("Content-Type", "text/html; charset=utf-8")  # type: ignore[attr-defined]
        handler.send_header("Transfer-Encoding", "chunked")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        handler.wfile.write(chunked(page(1)))  # type: ignore[attr-defined]

    packed = Answer(gzip.compress(page(2)), headers={"Content-Encoding": "gzip"})
    paper = Paper({address(1): sent_in_chunks, address(2): packed, address(3): article_page(3)})
    yield paper
    paper.close()


@pytest.mark.skipif(shutil.which("wget") is None, reason="GNU wget is not here")
@pytest.mark.parametrize("packed", [True, False])
def test_what_wget_records_comes_in(tmp_path: Path, paper: Paper, packed: bool) -> None:
    urls = [f"http://{paper.address}{address(number)}" for number in (1, 2, 3)]
    options = [] if packed else ["--no-warc-compression"]
    command = ["wget", "-q", "--tries=1", "--compression=auto", *options, "--warc-file=got", *urls]
    subprocess.run(command, cwd=tmp_path, check=True, env={"PATH": "/usr/bin:/bin", "no_proxy": "127.0.0.1"})
    report = bring_in(tmp_path / "data", tmp_path / ("got.warc.gz" if packed else "got.warc"))
    assert counts(report) == (3, 3, 0, 0)
    assert sorted(one.paragraphs for one in stored(tmp_path / "data")) == sorted(truth(number) for number in (1, 2, 3))


def test_a_hostile_zip_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "not.wacz").write_bytes(b"PK\x03\x04" + b"x" * 100)
    with zipfile.ZipFile(tmp_path / "none.wacz", "w") as archive:
        archive.writestr("pages/pages.jsonl", "{}")
    with zipfile.ZipFile(tmp_path / "many.wacz", "w") as archive:
        for number in range(11):
            archive.writestr(f"{number}.warc", response(1))
    monkeypatch.setattr(wacz, "MOST_FILES", 10)
    for name, reason in (("not", "zip"), ("none", "no WARC"), ("many", "more than 10 files")):
        report = bring_in(tmp_path, tmp_path / f"{name}.wacz")
        assert report["read"] == 0
        assert reason in report["rejected"][0]["reason"]


def test_a_zip_of_zeros_takes_no_memory_and_its_neighbours_come_in(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/a.warc", bytes(50 * 2**20))
        archive.writestr("archive/b.warc.gz", each_gzipped(response(1)))
    tracemalloc.start()
    try:
        report = bring_in(tmp_path, tmp_path / "a.wacz")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert counts(report) == (1, 1, 0, 0)
    assert report["rejected_count"] == 1
    assert peak < 40 * 2**20

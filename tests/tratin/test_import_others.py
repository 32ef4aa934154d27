"""Files of others come in under the names that their authors gave, and nothing of them is dropped without a word."""

from __future__ import annotations

import bz2
import datetime
import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner

from crawler.imports.field_names import FIELDS, FieldNames
from crawler.imports.objects import read_object
from crawler.imports.result import Imported, Rejected
from crawler.imports.saved import MAX_SAVED
from tests.crawler.loopback import article_page
from tests.tratin.imported import bring_in, counts, lines, stored
from tratin.cli.main import cli

TEXT = "Ông Trần Văn Bưởi, Chủ tịch UBND tỉnh Lam Khê, cắt băng khánh thành."


def read(given: dict[str, Any], *pairs: str) -> Imported:
    result = read_object(given, FieldNames.parse(pairs), "x:1")
    assert isinstance(result, Imported), result
    return result


@pytest.mark.parametrize(
    "given",
    [
        {"headline": "T", "content": TEXT, "link": "https://a.example/1", "publish_date": "2025-03-04"},
        {"Title": "T", "articleBody": TEXT, "permalink": "https://a.example/1", "datePublished": "2025-03-04"},
        {"title": "T", "text": TEXT, "url": "https://a.example/1", "date": "04/03/2025"},
        {"title": "T", "maintext": TEXT, "url": "https://a.example/1", "date_publish": "2025-03-04"},
        {"tiêu đề": "T", "nội dung": TEXT, "đường dẫn": "https://a.example/1", "Ngày đăng": "4/3/2025"},
        {"tieu_de": "T", "noi_dung": TEXT, "lien_ket": "https://a.example/1", "ngay_dang": "04-03-2025"},
        {"title": "T", "content": f"<div><p>{TEXT}</p><script>x</script></div>", "url": "https://a.example/1"}
        | {"pubDate": "2025-03-04"},
        {"title": "T", "text": [TEXT], "source": "https://a.example/1", "date": "2025-03-04"},
    ],
)
def test_common_names_of_fields_are_understood(given: dict[str, Any]) -> None:
    article = read(given).article
    assert (article.title, article.paragraphs, article.url, article.published) == (
        *("T", (TEXT,)),
        *("https://a.example/1", "2025-03-04"),
    )


def test_every_name_in_the_documents_is_read_and_every_name_that_is_read_is_in_the_documents() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    for field, names in FIELDS.items():
        if field in ("version", "sha256", "paragraphs"):
            continue
        (row,) = (line for line in page.splitlines() if line.startswith(f"| `{field}` |"))
        assert [name.strip(" `") for name in row.split("|")[2].split(",")] == list(names)


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2025-03-04T08:05:00+07:00", "2025-03-04T08:05:00+07:00"),
        ("2025-03-04T08:05:00Z", "2025-03-04T15:05:00+07:00"),
        ("2025-03-04 08:05:00", "2025-03-04T08:05:00+07:00"),
        ("2025-03-04", "2025-03-04"),
        ("04/03/2025", "2025-03-04"),
        ("Tue, 04 Mar 2025 08:05:00 GMT", "2025-03-04T15:05:00+07:00"),
        ("08:05 | 04/03/2025", "2025-03-04T08:05:00+07:00"),
        (1741050300, "2025-03-04T08:05:00+07:00"),
        (1741050300000, "2025-03-04T08:05:00+07:00"),
        ("1741050300", "2025-03-04T08:05:00+07:00"),
        (20250304, "2025-03-04"),
        ("20250304", "2025-03-04"),
        ({"$date": "2025-03-04T01:05:00Z"}, "2025-03-04T08:05:00+07:00"),
        (datetime.date(2025, 3, 4), "2025-03-04"),
        ("", None),
        ("N/A", None),
        (0, None),
        (4, None),
        (20251304, None),
        ("0001-01-01T00:00:00", None),
        ("hôm nọ", None),
        ("31/02/2025", None),
        (float("nan"), None),
        (True, None),
    ],
)
def test_a_date_is_right_or_none(value: Any, published: str | None) -> None:
    read_as = read({"title": "T", "url": "https://a.example/1", "publish_date": value})
    assert read_as.article.published == published


def test_what_is_left_out_is_counted_and_named(tmp_path: Path) -> None:
    others = [
        {"id": 1, "title": "T", "content": TEXT, "publish_date": "hôm nọ", "image": "a.jpg", "views": 5},
        {"id": 2, "title": "T", "body": TEXT, "date": "2025-03-04", "image": "", "views": 7, "content": "thêm"},
        {"id": 3, "title": "T", "date": "2025-03-04"},
    ]
    (tmp_path / "a.jsonl").write_bytes(lines(*others))
    report = bring_in(tmp_path, tmp_path / "a.jsonl")
    assert counts(report) == (3, 3, 0, 0)
    assert report["unread_fields"] == {"views": 2, "image": 1, "content": 1}
    assert report["read_as"] == {"body": {"content": 1}, "published": {"date": 2, "publish_date": 1}}
    assert (report["without_body"], report["without_date"]) == (1, 1)
    assert report["incomplete"] == [
        {"where": f"{tmp_path / 'a.jsonl'}:1", "missing": ["published"]},
        {"where": f"{tmp_path / 'a.jsonl'}:3", "missing": ["body"]},
    ]
    assert report["doubts"] == {"publish_date not understood as a date: left out": 1}
    told = CliRunner().invoke(cli, ["--data", str(tmp_path), "import", str(tmp_path / "a.jsonl")]).stderr
    for words in ("views (2)", "without a body: 1 article", "without a date: 1 article", "not understood as a date"):
        assert words in told


def test_names_can_be_given_by_hand(tmp_path: Path) -> None:
    one = {"title": "Sai", "meta": {"headline": "Đúng"}, "main": TEXT, "created_at": "2025-03-04", "url": None}
    (tmp_path / "a.jsonl").write_bytes(lines({**one, "id": 1}))
    mapped = ("--map", "title=meta.headline", "--map", "body=main", "--map", "published=created_at")
    report = bring_in(tmp_path, tmp_path / "a.jsonl", *mapped)
    assert counts(report) == (1, 1, 0, 0)
    assert report["unread_fields"] == {"title": 1}
    (article,) = stored(tmp_path)
    assert (article.title, article.paragraphs, article.published) == ("Đúng", (TEXT,), "2025-03-04")
    for wrong in ("body", "nothing=x", "version=x"):
        told = CliRunner().invoke(cli, ["--data", str(tmp_path), "import", str(tmp_path / "a.jsonl"), "--map", wrong])
        assert told.exit_code == 2
        assert wrong.split("=")[0] in told.stderr


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "a", "title": "x", "n": ' + b"9" * 5000 + b"}", "digits"),
        (b'{"id": ".", "title": "x"}', "no URL can carry"),
        (b'{"id": "..", "title": "x"}', "no URL can carry"),
        (b'{"title": "x", "url": "javascript:alert(1)"}', "only http and https"),
        (b'{"title": "x", "url": "data:text/html,x"}', "only http and https"),
        (b'{"title": "x", "url": "https://a.example/\\r\\nSet-Cookie: x"}', "holds"),
        (b'{"title": "x", "url": "https://a.example/\\u2028x"}', "holds"),
        (b'{"title": "x", "url": "https://a.example/\\u0000"}', "holds"),
        (b'{"title": "x", "url": "https://u:p@a.example/"}', "user name"),
        (b'{"title": "x", "id": "b", "source": "http://[::1"}', "no URL"),
        (b'{"title": "x", "url": "/tin-1.html"}', "only http and https"),
        (b'{"id": "a", "title": "x", "body": "a\\u0000b"}', "NUL"),
        (b'{"id": "a", "title": "x", "content": "a\\ud800b"}', "surrogate"),
        (b'{"id": "a", "title": "x", "other": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested"),
        (b'{"id": "a", "title": NaN}', "title"),
        (b'{"id": "a", "title": "x", "version": -1}', "version"),
        (b'{"id": "a", "title": "' + b"x" * 1_000_000 + b'"}', "title of 1,000,000 characters"),
        (b'{"id": "a", "title": "x", "body": "' + b"x " * 10_000_000 + b'"}', "no article has more"),
        (b'{"id": "a", "title": "x", "content": "' + b"<p></p>" * 60_000 + b'"}', "tags"),
    ],
)
def test_a_line_that_cannot_be_kept_is_told_with_its_place(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    good = {"id": "g", "title": "x", "body": "y"}
    path.write_bytes(lines(good) + line + b"\n" + lines({**good, "id": "h"}))
    report = bring_in(tmp_path, path)
    assert counts(report) == (2, 2, 0, 0)
    (rejected,) = report["rejected"]
    assert rejected["where"] == f"{path}:2"
    assert reason in rejected["reason"]


def test_an_id_of_another_newspaper_s_article_does_not_replace_it(tmp_path: Path) -> None:
    first = {"id": 1, "title": "Cầu mới", "body": TEXT, "url": "https://a.example/1"}
    (tmp_path / "a.jsonl").write_bytes(lines(first))
    (tmp_path / "b.jsonl").write_bytes(lines({**first, "title": "Lũ về", "url": "https://b.example/1"}))
    bring_in(tmp_path, tmp_path / "a.jsonl")
    report = bring_in(tmp_path, tmp_path / "b.jsonl")
    assert report["rejected_count"] == 1
    assert "another newspaper" in report["rejected"][0]["reason"]
    assert [one.title for one in stored(tmp_path)] == ["Cầu mới"]


def test_a_dry_run_shows_articles_as_they_would_be_stored_and_stores_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(lines(*({"id": n, "headline": f"T{n}", "content": TEXT} for n in range(9))))
    data = tmp_path / "data"
    told = CliRunner().invoke(cli, ["--data", str(data), "import", "--dry-run", "--json", str(tmp_path / "a.jsonl")])
    report = json.loads(told.stdout)
    assert (told.exit_code, report["read"], report["new"], report["dry_run"]) == (0, 9, None, True)
    assert [one["title"] for one in report["articles"]] == ["T0", "T1", "T2", "T3", "T4"]
    assert not data.exists()
    bring_in(data, tmp_path / "a.jsonl")
    assert json.loads(json.dumps([one.as_json() for one in stored(data)][:5])) == report["articles"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_comes_in_and_a_bad_row_is_told(tmp_path: Path, delimiter: str) -> None:
    rows = [
        *(
            ["id", "headline", "content", "publish_date", "views"],
            ["1", "Cầu mới", f'"{TEXT}\nĐoạn hai."', "4/3/2025", ""],
        ),
        *(["2", "thừa", "x", "", "", "", "thừa"], ["3", "Lũ về", "Nước lên.", "", "7"]),
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")
    path = tmp_path / ("a.tsv" if delimiter == "\t" else "a.csv")
    path.write_bytes(text + b"\r\n4" + delimiter.encode() + b"\xff" + delimiter.encode() * 3 + b"\r\n")
    report = bring_in(tmp_path, path)
    assert counts(report) == (2, 2, 0, 0)
    assert [one["where"] for one in report["rejected"]] == [f"{path}:4", f"{path}:6"]
    first, second = stored(tmp_path)
    assert (first.paragraphs, first.published) == ((TEXT, "Đoạn hai."), "2025-03-04")
    assert second.published is None
    assert report["unread_fields"] == {"views": 1}


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    for content, reason in ((b"", "names"), (b"a,a\n1,2\n", "two columns"), (b'id,title\n1,"x\n2,y\n', "no row")):
        (tmp_path / "a.csv").write_bytes(content)
        assert reason in bring_in(tmp_path, tmp_path / "a.csv")["rejected"][0]["reason"]


def test_excel_s_unicode_text_comes_in(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(f"id\ttitle\tcontent\r\n1\tCầu\t{TEXT}\r\n".encode("utf-16"))
    assert counts(bring_in(tmp_path, tmp_path / "a.tsv")) == (1, 1, 0, 0)


def test_parquet_comes_in(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    when = datetime.datetime(2025, 3, 4, 1, 5, tzinfo=datetime.UTC)
    columns = {"id": [1, 2, 3], "headline": ["Cầu", "Lũ", None], "content": [TEXT] * 3, "date": [when, None, None]}
    parquet.write_table(pyarrow.table({**columns, "tags": [["a", "b"], [], None]}), tmp_path / "a.parquet")
    report = bring_in(tmp_path, tmp_path / "a.parquet")
    assert counts(report) == (2, 2, 0, 0)
    assert report["rejected"][0]["where"] == f"{tmp_path / 'a.parquet'}#3"
    assert [(one.published, one.tags) for one in stored(tmp_path)] == [
        ("2025-03-04T08:05:00+07:00", ("a", "b")),
        (None, ()),
    ]
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-100])
    assert bring_in(tmp_path, tmp_path / "b.parquet")["rejected_count"] == 1


def test_one_json_array_comes_in(tmp_path: Path) -> None:
    objects = [{"id": n, "title": "x", "text": TEXT} for n in range(3)]
    (tmp_path / "a.json").write_text(json.dumps([*objects, 5], indent=1), encoding="utf-8")
    report = bring_in(tmp_path, tmp_path / "a.json")
    assert counts(report) == (3, 3, 0, 0)
    assert report["rejected"][0]["where"] == f"{tmp_path / 'a.json'}#4"
    (tmp_path / "b.json").write_bytes(lines(*objects))
    assert counts(bring_in(tmp_path, tmp_path / "b.json")) == (3, 0, 0, 3)


@pytest.mark.parametrize(
    ("ending", "pack"), [("bz2", bz2.compress), ("zst", zstandard.compress), ("xz", lzma.compress)]
)
def test_packed_lines_come_in_and_a_cut_is_told(tmp_path: Path, ending: str, pack: Any) -> None:
    packed = pack(lines(*({"id": n, "title": "x", "body": "y"} for n in range(50))))
    (tmp_path / f"a.jsonl.{ending}").write_bytes(packed)
    assert counts(bring_in(tmp_path, tmp_path / f"a.jsonl.{ending}")) == (50, 50, 0, 0)
    (tmp_path / f"a.jsonl.{ending}").write_bytes(packed[:-9])
    assert "cut short" in bring_in(tmp_path, tmp_path / f"a.jsonl.{ending}")["rejected"][0]["reason"]


URL = "https://suoimo.example/bai-viet-post100001.html"
MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: {url}
Subject: x
Date: Mon, 5 Oct 2026 02:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----B"

------B
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: {url}

{page}
------B
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------B--
"""


def quoted(text: str) -> str:
    import quopri

    return quopri.encodestring(text.encode()).decode()


@pytest.mark.parametrize("name", ["page.html.gz", "page.html", "page.htm.zst"])
def test_a_page_that_was_kept_as_the_server_packed_it_comes_in(tmp_path: Path, name: str) -> None:
    page = article_page(1, text=TEXT).encode()
    (tmp_path / name).write_bytes(zstandard.compress(page) if name.endswith("zst") else gzip.compress(page))
    assert counts(bring_in(tmp_path / "data", tmp_path / name)) == (1, 1, 0, 0)


def test_a_packed_page_that_would_fill_the_memory_or_is_cut_short_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "large.html.gz").write_bytes(gzip.compress(bytes(MAX_SAVED + 1)))
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(article_page(1, text=TEXT).encode())[:-20])
    rejected = bring_in(tmp_path / "data", tmp_path / "large.html.gz", tmp_path / "cut.html.gz")["rejected"]
    assert [Path(one["where"]).name for one in rejected] == ["large.html.gz", "cut.html.gz"]
    assert "at most 20 MB" in rejected[0]["reason"]


def test_pages_that_browsers_saved_come_in(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    (folder / "Trang 1_files").mkdir(parents=True)
    single = (
        f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Oct 05 2026 09:00:00 GMT+0700 (x)\n-->"
    )
    (folder / "Trang 1.html").write_text(f"<!-- saved from url=(0047){URL} -->{article_page(1)}", encoding="utf-8")
    (folder / "Trang 1_files" / "saved_resource.html").write_text(article_page(5), encoding="utf-8")
    (folder / "Trang 1_files" / "a.css").write_text("x", encoding="utf-8")
    (folder / "b.html").write_text(f"{single}{article_page(2)}".replace("100001", "100002"), encoding="utf-8")
    (folder / "c.mhtml").write_text(
        MHTML.format(url=URL.replace("100001", "100003"), page=quoted(article_page(3))), encoding="utf-8"
    )
    (folder / "d.docx").write_bytes(b"PK")
    report = bring_in(tmp_path, folder)
    assert counts(report) == (3, 3, 0, 0), report
    assert report["skipped"] == {"parts of saved pages": 2, ".docx files": 1}
    first, second, third = stored(tmp_path)
    assert [one.url for one in (first, second, third)] == [URL.replace("100001", f"10000{n}") for n in (1, 2, 3)]
    fetched = "2026-10-05T09:00:00+07:00"
    assert [one.fetched for one in (first, second, third)] == [None, fetched, fetched]
    assert third.title.endswith("số 3")


@pytest.mark.parametrize(
    "content",
    [b"", b"MIME-Version: 1.0\n\nnothing", b"Content-Type: multipart/related; boundary=b\n\n" + b"--b\n" * 5000],
)
def test_a_broken_mhtml_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mht").write_bytes(content)
    assert bring_in(tmp_path, tmp_path / "a.mht")["rejected_count"] == 1


def test_every_object_gives_an_article_or_a_reason() -> None:
    for given in ({}, {"title": ""}, {"title": "x"}, {"headline": ["x"], "id": "a"}, {"title": "x", "url": {"@id": 5}}):
        assert isinstance(read_object(given, FieldNames(), "x:1"), Rejected)

"""Checking a list on the page and through the API."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def test_a_pasted_list_is_answered_with_a_row_each_and_stays_in_its_form(whole: FlaskClient) -> None:
    answer = whole.post("/check", data={"list": "Lê Văn Sao\n\ncầu Bến Mây\nKhông Có Ai"})
    page = BeautifulSoup(answer.text, "html.parser")
    rows = page.select(".checked tbody tr")
    assert [row.th.text for row in rows] == ["Lê Văn Sao", "cầu Bến Mây", "Không Có Ai"]
    assert rows[0].select_one("a[href='/official/le-van-sao']").text == "Bộ trưởng Bộ Xây dựng"
    count = int(rows[1].select_one(".n").text)
    assert count == whole.get("/api/v1/search?q=cầu Bến Mây").json["total"]
    assert rows[2].select_one(".n").text == "0"
    assert not rows[2].select("a")
    assert page.select_one("#list").text.strip().startswith("Lê Văn Sao")


def test_the_same_list_is_a_table_to_take_away(whole: FlaskClient) -> None:
    file = (io.BytesIO("\ufeffhọ tên;x\n=Lê Văn Sao;1\n".encode()), "ten.csv")
    answer = whole.post("/check", data={"file": file, "format": "csv"}, content_type="multipart/form-data")
    (row,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert row["entry"] == "'=Lê Văn Sao"
    assert row["officials"] == "le-van-sao"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_file_is_read_as_spreadsheets_write_it(whole: FlaskClient, encoding: str) -> None:
    text = "Bê\u0301n Mây\n" if encoding == "cp1258" else "Bến Mây\n"  # Windows-1258 has its tones apart
    file = (io.BytesIO(text.encode(encoding)), "ten.txt")
    answer = whole.post("/check", data={"file": file}, content_type="multipart/form-data")
    (row,) = BeautifulSoup(answer.text, "html.parser").select(".checked tbody tr")
    assert row.th.text == text.strip()
    assert int(row.select_one(".n").text) > 0


def test_the_api_checks_json_and_lines(whole: FlaskClient) -> None:
    entries = ["Lê Văn Sao", "zzz"]
    as_json = whole.post("/api/v1/check", json={"entries": entries})
    as_lines = whole.post("/api/v1/check", data="\n".join(entries).encode(), content_type="text/plain")
    assert as_json.json == as_lines.json
    first, none = as_json.json["entries"]
    assert first["officials"][0]["id"] == "le-van-sao"
    assert (none["status"], none["count"], none["best"]) == ("none", 0, None)
    assert as_json.json["documents"] == 59


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"entries": []}', "application/json", 400),
        (b'{"entries": [1]}', "application/json", 400),
        (b'["a"]', "application/json", 400),
        (b"{", "application/json", 400),
        (b"\n \n", "text/plain", 400),
        (b"a\n" * 1001, "text/plain", 400),
        (b'{"entries": ["' + b"a" * 201 + b'"]}', "application/json", 400),
        (b"<a/>", "application/xml", 415),
        (b"a" * (1 << 20) + b"a", "text/plain", 413),
    ],
)
def test_what_is_no_list_is_a_problem(whole: FlaskClient, body: bytes, kind: str, status: int) -> None:
    for language in ("vi", "en"):
        answer = whole.post(f"/api/v1/check?lang={language}", data=body, content_type=kind)
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert answer.json["detail"]


def test_an_empty_form_says_what_to_do(whole: FlaskClient) -> None:
    answer = whole.post("/check", data={"list": ""})
    assert answer.status_code == 400
    assert "mỗi dòng một tên" in answer.text


def test_only_a_post_checks(whole: FlaskClient) -> None:
    assert whole.get("/api/v1/check").status_code == 405
    assert whole.get("/check").status_code == 200

"""`tratin sites` and `tratin extract`, as a person at the terminal meets them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "crawler" / "sites" / "pages"


def tratin(data: Path, *words: str, stdin: bytes = b"") -> tuple[int, str, str]:
    command = [sys.executable, "-m", "tratin", "--data", str(data), *words]
    done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_extract_prints_one_article(tmp_path: Path) -> None:
    wanted = json.loads((PAGES / "vccorp.json").read_text(encoding="utf-8"))
    status, out, _ = tratin(tmp_path, "extract", str(PAGES / "vccorp.html"), "--url", wanted["asked"])
    assert status == 0
    assert json.loads(out)["id"] == wanted["article"]["id"]
    assert json.loads(out)["sha256"]


def test_extract_takes_the_address_that_the_page_gives(tmp_path: Path) -> None:
    status, out, _ = tratin(tmp_path, "extract", "-", stdin=(PAGES / "mcms.html").read_bytes())
    assert status == 0
    assert json.loads(out)["source"] == "baohatinh.vn"


def test_extract_says_why_there_is_no_article(tmp_path: Path) -> None:
    saved = tmp_path / "list.html"
    saved.write_text("<h1>Tin mới</h1><a href='/ten-bai-post310001.html'>Tên bài</a>", encoding="utf-8")
    status, out, _ = tratin(tmp_path, "extract", str(saved), "--url", "https://baohatinh.vn/xa-hoi/")
    assert status == 1
    assert json.loads(out)["not_article"]["kind"] == "list"
    assert json.loads(out)["links"] == ["https://baohatinh.vn/ten-bai-post310001.html"]


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    status, out, err = tratin(tmp_path, "extract", str(tmp_path / "none.html"))
    assert (status, out) == (2, "")
    assert "none.html" in err
    assert "Traceback" not in err


def test_sites_lists_every_reader_with_its_evidence(tmp_path: Path) -> None:
    status, out, _ = tratin(tmp_path, "sites", "--json")
    assert status == 0
    listed = {entry["site"]: entry for entry in json.loads(out)}
    assert len(listed) >= 25
    assert listed["baochinhphu.vn"]["evidence"].startswith("page:")
    assert listed["baochinhphu.vn"]["articles"] == 0


def test_check_passes_and_then_names_what_is_doubtful(tmp_path: Path) -> None:
    assert tratin(tmp_path, "sites", "check")[0] == 0
    (tmp_path / "sites.toml").write_text('["baolamson.vn"]\nname = "Báo Lâm Sơn"\n', encoding="utf-8")
    status, out, _ = tratin(tmp_path, "sites", "check")
    assert status == 1
    assert "baolamson.vn: no feed" in out


def test_a_wrong_entry_stops_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text('["baolamson.vn"]\nfamily = "mcm"\n', encoding="utf-8")
    status, _, err = tratin(tmp_path, "sites")
    assert status == 2
    assert "no family 'mcm'" in err

"""`tratin annotate` prints a JSON line for each article, as the contract says; all articles are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.errors import ArticleError
from tratin.cli.main import cli


def test_each_article_becomes_one_line_with_officials_and_topics(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    article = {
        "id": "a-1",
        "title": "Tổng kết phong trào thi đua “Dân vận khéo”",
        "body": "Trưởng ban Dân vận Tỉnh ủy Trương Thị Mẫu, nguyên Bí thư Huyện ủy, phát biểu. Bà Mẫu cảm ơn.",
    }
    file.write_text(f"{json.dumps(article, ensure_ascii=False)}\n\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["annotate", str(file)], catch_exceptions=False)
    assert result.exit_code == 0
    (line,) = map(json.loads, result.stdout.splitlines())
    assert line["id"] == "a-1"
    (official,) = line["officials"]
    assert official["name"] == "Trương Thị Mẫu"
    assert official["mentions"] == ["Trương Thị Mẫu", "Mẫu"]
    assert official["positions"][0]["title"] == "Trưởng ban"
    assert official["positions"][0]["organisation"] == "ban Dân vận Tỉnh ủy"
    assert official["positions"][0]["former"] is False
    assert line["topics"][0] == "dan-van-mat-tran"


def test_a_line_that_is_no_article_is_named(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text('{"id": "a-1"}\n', encoding="utf-8")
    with pytest.raises(ArticleError, match=r"articles\.jsonl:1: no title"):
        CliRunner().invoke(cli, ["annotate", str(file)], catch_exceptions=False)

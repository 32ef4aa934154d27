"""A few rounds of the fuzzed imports: what is whole comes in, what is not is told, nothing ends the import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.import_fuzz import lines, warcs
from tests.tratin.imported import bring_in


@pytest.mark.parametrize("seed", [1, 2])
def test_broken_lines_harm_none_of_the_sound_ones(seed: int) -> None:
    assert lines(1_000, seed)["wrong"] == []


def test_damaged_warc_files_give_whole_articles_or_none() -> None:
    assert warcs(40, 3)["wrong"] == []


def test_names_that_cannot_be_printed_are_spelt_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json.dumps({"id": 1, "title": "x", "body": "y", "a\ud800": 5}).encode())
    report = bring_in(tmp_path / "data", tmp_path / "a.jsonl")
    assert report["unread_fields"] == {"a\\ud800": 1}

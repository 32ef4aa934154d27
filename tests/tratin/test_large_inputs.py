"""Inputs larger than any newspaper's are refused with a reason, or taken; what stands beside them goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.large_inputs import large

_TINY = 300


def _tratin(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "tratin", "--data", str(folder / "data"), *command]
    return subprocess.run(whole, capture_output=True, text=True, check=False)


def test_what_is_too_large_is_refused_with_its_reason_and_the_rest_comes_in(tmp_path: Path) -> None:
    inputs = large(_TINY)
    articles = [*inputs["article of 20 MB"], *inputs["title of 1 MB"], *inputs["tiny articles"]]
    lines = [json.dumps({**article, "id": f"b-{k}"}, ensure_ascii=False) for k, article in enumerate(articles)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    brought = _tratin(tmp_path, "import", str(path))
    told = brought.stdout + brought.stderr
    assert brought.returncode == 1
    assert f"{_TINY} new, 0 changed, 0 unchanged, 2 rejected" in told
    assert "4000000" in told.replace(",", "").replace(".", "")
    assert "2000" in told.replace(",", "").replace(".", "")
    indexed = _tratin(tmp_path, "reindex")
    assert (indexed.returncode, f"{_TINY} added" in indexed.stdout + indexed.stderr) == (0, True)
    assert _tratin(tmp_path, "search", "Suối Mơ").returncode == 0

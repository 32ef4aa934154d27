"""The import command in tests: a report for files, and the articles that it left in the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from crawler.article import Article
from crawler.store.reading import StoreReader
from tratin.cli.main import cli


def lines(*objects: object) -> bytes:
    """JSON Lines of the objects."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()


def bring_in(data: Path, *words: Path | str) -> dict[str, Any]:
    """The report of `tratin import --json`; its exit status is held to what the report says."""
    told = CliRunner().invoke(cli, ["--data", str(data), "import", "--json", *map(str, words)])
    assert told.stdout, told.stderr
    report: dict[str, Any] = json.loads(told.stdout)
    assert told.exit_code == (1 if report["rejected"] or not report["read"] else 0)
    return report


def counts(report: dict[str, Any]) -> tuple[int, int, int, int]:
    """Read, new, changed, unchanged."""
    return report["read"], report["new"], report["changed"], report["unchanged"]


def stored(data: Path) -> list[Article]:
    """Every article of the store, by id."""
    with StoreReader(data / "store.sqlite") as store:
        return list(store.live())

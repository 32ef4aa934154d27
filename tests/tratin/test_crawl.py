"""`tratin crawl`, from the command line, against a paper on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.crawler.loopback import Answer, Paper, address, article_page, feed
from tratin.cli.main import cli

HOST = "suoimo.example"


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    numbers = range(3)
    paper = Paper({"/robots.txt": "", "/rss": feed(HOST, numbers), **{address(n): article_page(n) for n in numbers}})
    (tmp_path / "tratin.toml").write_text(f'delay = 0.0\n[hosts]\n"{HOST}" = "{paper.address}"\n', encoding="utf-8")
    entry = f'["{HOST}"]\nname = "Báo Suối Mơ"\nfamily = "mcms"\nfeeds = ["http://{HOST}/rss"]\n'
    (tmp_path / "sites.toml").write_text(f"{entry}article = '-post(\\d+)\\.html$'\n", encoding="utf-8")
    yield paper
    paper.close()


def tratin(data: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--data", str(data), *words])


def test_the_report_has_the_shape_of_the_contract(paper: Paper, tmp_path: Path) -> None:
    done = tratin(tmp_path, "crawl", HOST, "--json")
    assert done.exit_code == 0, done.stderr
    (site,) = json.loads(done.stdout)["sites"]
    wanted = {"site": HOST, "new": 3, "changed": 0, "unchanged": 0, "failed": 0, "blocked": 0, "skipped": 0}
    assert wanted.items() <= site.items()


def test_a_site_is_called_by_its_name_too(paper: Paper, tmp_path: Path) -> None:
    done = tratin(tmp_path, "crawl", "báo suối mơ", "--limit", "1")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 new" in done.stderr


def test_a_dry_run_prints_what_would_be_fetched(paper: Paper, tmp_path: Path) -> None:
    done = tratin(tmp_path, "crawl", HOST, "--dry-run")
    assert sorted(done.stdout.split()) == [f"http://{HOST}{address(n)}" for n in range(3)]
    assert sorted(paper.asked) == ["/robots.txt", "/rss"]


def test_a_site_in_trouble_makes_the_exit_status_1(paper: Paper, tmp_path: Path) -> None:
    paper.pages["/rss"] = Answer(b"", 403)
    done = tratin(tmp_path, "crawl", HOST)
    assert done.exit_code == 1
    assert "needs attention" in done.stderr


def test_an_unknown_site_is_refused_before_anything_is_fetched(paper: Paper, tmp_path: Path) -> None:
    done = tratin(tmp_path, "crawl", "suoimo.exampel")
    assert done.exit_code != 0
    assert HOST in str(done.exception)
    assert paper.asked == []


def test_an_update_crawls_and_indexes(paper: Paper, tmp_path: Path) -> None:
    done = tratin(tmp_path, "update", HOST, "--json")
    assert done.exit_code == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["sites"][0]["new"], report["index"]["documents"]) == (3, 3)
    found = tratin(tmp_path, "search", '"khởi công cây cầu"', "--json")
    assert json.loads(found.stdout)["total"] == 3

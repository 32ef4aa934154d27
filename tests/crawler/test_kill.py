"""Kills, a full disk, Ctrl-C: the next crawl goes on where it ended. The campaign is `benchmarks/crawl_kill.py`."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.crawl_kill import CHILD, HOST, ROOT, campaign, captured
from crawler.store.reading import StoreReader
from tests.crawler.loopback import Paper, address, article_page, feed


def test_a_killed_crawl_loses_no_page_and_fetches_none_twice() -> None:
    figures = campaign(rounds=4, articles=80, seed=1)
    assert (figures["kept"], figures["lost"], figures["fetched_twice"], figures["versions"]) == (80, 0, 0, 80)
    assert figures["interrupted"] <= figures["rounds"]


def _command(data: Path, paper: Paper, before: str = "") -> list[str]:
    return [sys.executable, "-c", before + CHILD, str(data), paper.address]


def test_a_full_disk_ends_the_crawl_with_advice_and_the_next_run_goes_on(tmp_path: Path) -> None:
    numbers = range(60)
    paper = Paper({"/robots.txt": "", "/rss": feed(HOST, numbers), **{address(n): article_page(n) for n in numbers}})
    small = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))\n"
    full = subprocess.run(_command(tmp_path, paper, small), cwd=ROOT, capture_output=True, check=False)
    assert b"free some space" in full.stderr
    done = subprocess.run(_command(tmp_path, paper), cwd=ROOT, capture_output=True, check=False)
    paper.close()
    assert done.returncode == 0, done.stderr
    with StoreReader(tmp_path / "store.sqlite") as store:
        assert store.count() == 60
    assert set(captured(tmp_path).values()) == {1}


def test_ctrl_c_ends_a_crawl_that_waits_for_a_hung_server(tmp_path: Path) -> None:
    paper = Paper({"/robots.txt": "", "*": lambda _handler: time.sleep(60)})
    # A shell's `make test &` and nohup start it with SIGINT ignored, which a child would inherit.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    command = _command(tmp_path, paper, heard)
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert running.stdout is not None
    running.stdout.readline()
    while "/rss" not in paper.asked:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    running.wait(timeout=15)
    running.stdout.close()
    paper.close()

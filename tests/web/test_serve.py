"""`tratin serve` as a newsroom runs it: workers, a new generation while requests go on, clear refusals."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jinja2 import Environment

from crawler.store.writing import Store
from tratin.settings import Settings
from web import rendering


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _tratin(data: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tratin", "--data", str(data), *words]
    return subprocess.Popen(command, text=True, cwd=Path(__file__).parents[2], **options)


def _json(port: int, path: str) -> Any:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return json.load(answer)


def test_what_was_warmed_before_the_fork_no_worker_compiles_again(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled(*_: object, **__: object) -> None:
        raise AssertionError("a page was compiled while a reader waited")

    rendering.warm()
    monkeypatch.setattr(Environment, "compile", compiled)
    client = make().test_client()
    for path in ("/", "/?q=cầu", "/article/baomau-3", "/officials", "/nowhere"):
        for language in ("vi", "en"):
            assert client.get(path, query_string={"lang": language} if "?" not in path else None).data


@pytest.fixture
def data(installation: Settings, tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(installation.data, tmp_path / "data"))
    (copied / "tratin.toml").write_text("metrics = true\n", encoding="utf-8")
    return copied


@pytest.fixture
def served(data: Path, tmp_path: Path) -> Iterator[int]:
    port = _free_port()
    with (tmp_path / "log").open("w") as log:
        server = _tratin(data, "serve", "--port", str(port), "--workers", "2", stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                _json(port, "/api/v1/health")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0


def test_metrics_count_over_all_workers_and_hold_no_query(served: int) -> None:
    for number in range(12):
        _json(served, f"/api/v1/search?q=b%E1%BB%87nh{number}&limit=1")
    with urllib.request.urlopen(f"http://127.0.0.1:{served}/metrics", timeout=30) as answer:
        text = answer.read().decode()
    counted = re.findall(
        r'^tratin_requests_total\{endpoint="api.search",.*status="200"\} ([\d.]+)$', text, re.MULTILINE
    )
    assert sum(map(float, counted)) == 12
    assert 'tratin_request_seconds_bucket{endpoint="api.search",le="+Inf"} 12.0' in text
    assert "tratin_documents 59.0" in text
    assert "nh3" not in text
    assert "pid=" not in text


def test_metrics_are_off_unless_set(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_a_new_generation_answers_without_a_dropped_request(served: int, data: Path) -> None:
    before = _json(served, "/api/v1/health")["generation"]
    seen: set[str] = set()
    failed: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                seen.add(_json(served, "/api/v1/search?q=c%E1%BA%A7u&limit=1")["generation"])
            except OSError as error:
                failed.append(repr(error))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    reindexing = _tratin(data, "reindex", "--full", "--jobs", "1", stderr=subprocess.DEVNULL)
    assert reindexing.wait(120) == 0
    deadline = time.monotonic() + 20
    while seen <= {before} and time.monotonic() < deadline:
        time.sleep(0.1)
    done.set()
    for thread in asking:
        thread.join()
    assert not failed
    assert before in seen
    assert len(seen) == 2


def test_a_withdrawal_reaches_every_worker(served: int, data: Path) -> None:
    before = _json(served, "/api/v1/search?limit=1")
    with Store(data / "store.sqlite") as store, store.committing():
        store.withdraw(before["hits"][0]["id"], "court order")
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        totals = {_json(served, "/api/v1/search?limit=1")["total"] for _ in range(20)}
        if totals == {before["total"] - 1}:
            break
        time.sleep(0.2)
    assert totals == {before["total"] - 1}


def test_serve_says_what_is_missing_and_what_to_do(tmp_path: Path) -> None:
    refused = _tratin(tmp_path / "nothing", "serve", "--port", str(_free_port()), stderr=subprocess.PIPE)
    _, told = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert "tratin import" in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1


def test_serve_says_that_a_port_is_taken(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = _tratin(data, "serve", "--port", str(taken.getsockname()[1]), stderr=subprocess.PIPE)
        _, told = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert "--port" in told

"""Servers compared over one installation: speed, memory, and what 60 slow clients of each kind cost everybody else.

    python -m benchmarks.servers DATA QUERIES.jsonl --seconds 5

Compared are waitress in gunicorn's workers (what `tratin serve` runs), gunicorn's own threaded workers, and granian,
with two workers of eight threads each. Memory is the proportional set size (shared pages count once) of the server's
processes. `slow` is the longest of ten answers of /api/v1/health, in seconds, while the slow clients hold on.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from flask import Flask

from benchmarks.page_load import loaded, paths_of

KINDS = ("waitress", "gthread", "granian")
SLOW = {
    "half a head": b"GET / HTTP/1.1\r\nHost: loc",
    "promised body": b"POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
    "half a chunk": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nab",
    "unread answers": b"GET /search.jsonl?q=b%C3%A3o HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20,
}
_CLIENTS, _LONGEST = 60, 20.0


def make_app() -> Flask:
    """The application, opened and warmed in the process that calls this."""
    from tratin.cli.serve import create
    from tratin.parts import open_searcher
    from tratin.settings import load

    settings = load(Path(os.environ["SERVED_DATA"]))
    searcher = open_searcher(settings)
    searcher.warm()
    return create(settings, searcher)


def serve(kind: str, port: int) -> None:
    """Serve in this process until it is killed."""
    if kind == "granian":
        from granian import Granian

        where: dict[str, Any] = {"address": "127.0.0.1", "port": port}
        Granian(
            "benchmarks.servers:make_app", factory=True, interface="wsgi", workers=2, blocking_threads=8, **where
        ).serve()
        return
    from tratin.cli.serve import run
    from tratin.settings import load
    from web import server

    if kind == "gthread":
        server._SETTINGS.update(worker_class="gthread", threads=8)
    run(load(Path(os.environ["SERVED_DATA"])), "127.0.0.1", port, 2)


def measured(kind: str, data: Path, paths: list[str], seconds: float) -> str:
    """One row of the table."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.servers", "--serve", kind, "--port", str(port), str(data), "-"]
    environment = {**os.environ, "SERVED_DATA": str(data)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              start_new_session=True)  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        until_it_answers(address)
        loaded(address, paths, 1, seconds)
        cells = []
        for connections in (1, 8):
            took, _ = loaded(address, paths, connections, seconds)
            cells.append(f"{len(took) / seconds:.0f}/s, {statistics.median(took):.1f} ms")
        cells.append(f"{_memory(server.pid) / 1e6:.0f} MB")
        cells += [_while_slow(address, port, sent) for sent in SLOW.values()]
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    return f"| {kind} | {' | '.join(cells)} |"


def until_it_answers(address: str) -> None:
    """Wait until a server answers, a minute at most."""
    for _ in range(300):
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/api/v1/health", timeout=5).close()
            return
        time.sleep(0.2)


def _memory(parent: int) -> int:
    """Proportional set size of all processes of the server's session."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == parent:
                rollup = (folder / "smaps_rollup").read_text().split()
                total += int(rollup[rollup.index("Pss:") + 1]) * 1024
    return total


def _while_slow(address: str, port: int, sent: bytes) -> str:
    with ExitStack() as open_clients:
        for _ in range(_CLIENTS):
            client = open_clients.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            with suppress(OSError):
                client.sendall(sent)
        longest = 0.0
        for _ in range(10):
            began = time.monotonic()
            try:
                urllib.request.urlopen(f"{address}/api/v1/health", timeout=_LONGEST).close()
            except OSError:
                return f"none in {_LONGEST:.0f} s"
            longest = max(longest, time.monotonic() - began)
    time.sleep(1)
    return f"{longest:.2f} s"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("queries")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--serve", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.port)
        return
    print(f"| server | 1 connection | 8 connections | memory | {' | '.join(f'slow: {kind}' for kind in SLOW)} |")
    print("|---" * (4 + len(SLOW)) + "|")
    for kind in KINDS:
        print(measured(kind, given.data, paths_of(Path(given.queries), "/api/v1/search"), given.seconds), flush=True)


if __name__ == "__main__":
    main()

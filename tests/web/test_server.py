"""The real server on loopback: slow, malformed and many clients, and a log that tells nothing."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import pytest

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Running:
    """A server and where its words go."""

    port: int
    log: Path

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            content: bytes = answer.read()
        return content

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def heard(self, sent: bytes) -> bytes:
        """All that comes back until the connection is closed, without the day that it was sent."""
        with self.connect() as client:
            client.sendall(sent)
            parts = list(iter(lambda: client.recv(65536), b""))
        return re.sub(rb"\r\nDate: [^\r]*", b"", b"".join(parts))


@pytest.fixture(scope="module")
def server(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, str(_HERE / "serving.py"), str(store_path), str(port)]
    root = _HERE.parents[1]
    with log.open("wb") as written:
        started = subprocess.Popen(
            command, stdout=written, stderr=written, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
        )
    running = Running(port, log)
    try:
        for _ in range(200):
            try:
                running.get("/api/v1/health")
                break
            except OSError:
                time.sleep(0.1)
        yield running
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(20)


def test_two_hundred_dripping_clients_keep_no_reader_waiting(server: Running) -> None:
    dripping = [server.connect() for _ in range(200)]
    try:
        for client in dripping:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        for _ in range(10):
            assert json.loads(server.get("/api/v1/health"))["status"] == "ok"
    finally:
        for client in dripping:
            client.close()


@pytest.mark.parametrize("kind", ["promises a body", "sends half a chunk", "reads no export", "sends half a head"])
def test_sixty_slow_clients_of_any_kind_keep_no_reader_waiting(server: Running, kind: str) -> None:
    sent = {
        "promises a body": b"POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
        "sends half a chunk": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nab",
        "reads no export": b"GET /search.jsonl?q=b%C3%A3o HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20,
        "sends half a head": b"GET / HTTP/1.1\r\nHost: loc",
    }[kind]
    slow = [server.connect() for _ in range(60)]
    try:
        for client in slow:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(sent)
        for _ in range(10):
            assert json.loads(server.get("/api/v1/health"))["status"] == "ok"
    finally:
        for client in slow:
            client.close()


def test_a_request_that_is_not_whole_in_time_is_cut_off(server: Running) -> None:
    with server.connect() as client:
        client.settimeout(20)
        client.sendall(b"GET / HTTP/1.1\r\nHost: local")
        assert client.recv(100) == b""


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"Content-Length: +0\r\n\r\n",
        b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n",
    ],
    ids=["length and chunks", "blank before the colon", "signed length", "two lengths"],
)
def test_no_request_is_smuggled_behind_another(server: Running, sent: bytes) -> None:
    """Whatever a proxy may have read these as: the second request in them is never answered as one of its own."""
    with server.connect() as client:
        client.settimeout(3)
        client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n" + sent + b"GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n")
        heard = b""
        with suppress(TimeoutError):
            while part := client.recv(65536):
                heard += part
    assert b"User-agent" not in heard


@pytest.mark.parametrize(
    "hosts",
    [
        b"",
        b"Host: a\r\nHost: b\r\n",
        b"Host: a, b\r\n",
        b"Host: a b\r\n",
        b'Host: a"><b>\r\n',
        b"Host:\r\n",
        b"Host: a:b\r\n",
    ],
    ids=["none", "two", "a list", "a blank", "markup", "empty", "no port"],
)
def test_a_request_without_one_host_is_refused(server: Running, hosts: bytes) -> None:
    """RFC 9112, 3.2: what is in front might take another host for the one that was meant."""
    assert b" 400 " in server.heard(b"GET /robots.txt HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")


@pytest.mark.parametrize("host", [b"tin.example:8000", b"127.0.0.1:80", b"[::1]:8000", b"xn--tin-vit-8ya.example"])
def test_a_request_with_a_host_is_answered(server: Running, host: bytes) -> None:
    assert b" 200 " in server.heard(b"GET /robots.txt HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")


def test_a_request_of_http_1_0_is_answered_whole(server: Running) -> None:
    assert server.heard(b"GET /robots.txt HTTP/1.0\r\n\r\n").endswith(b"Disallow: /\n")


@pytest.mark.parametrize("path", [b"/", b"/search.csv?q=c", b"/search.jsonl?q=c", b"/search.zip?q=c", b"/article/no"])
def test_head_gets_a_head_alone(server: Running, path: bytes) -> None:
    head = server.heard(b"HEAD " + path + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 ")
    assert head.endswith(b"\r\n\r\n")
    assert head.count(b"\r\n\r\n") == 1


def test_a_readers_cookies_change_nothing_and_none_is_set(server: Running) -> None:
    plain, with_cookies = (
        server.heard(b"GET /topics HTTP/1.1\r\nHost: a\r\n" + cookies + b"Connection: close\r\n\r\n")
        for cookies in (b"", b"Cookie: session=1; lang=en; " + b"a=b; " * 5_000 + b"\r\n")
    )
    assert re.sub(rb"nonce-?[^ ]+", b"", plain) == re.sub(rb"nonce-?[^ ]+", b"", with_cookies)
    assert b"set-cookie" not in plain.lower()


def test_a_request_that_comes_in_pieces_is_answered(server: Running) -> None:
    with server.connect() as client:
        for piece in (b"GET /api/v1/hea", b"lth HTTP/1.1\r\nHo", b"st: localhost\r\n", b"\r\n"):
            client.sendall(piece)
            time.sleep(0.05)
        assert client.recv(100).startswith(b"HTTP/1.1 200")


def test_requests_sent_ahead_are_all_answered(server: Running) -> None:
    with server.connect() as client:
        client.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3)
        client.settimeout(3)
        heard = b""
        while heard.count(b"User-agent") < 3:
            heard += client.recv(4096)
        assert heard.count(b"HTTP/1.1 200") == 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", 431),
        (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
        (b"GET / HTTP/x\r\n\r\n", 400),
    ],
    ids=["a query of 1 MB", "a header of 100 kB", "TLS on the plain port", "an unknown HTTP"],
)
def test_what_is_no_request_gets_a_problem(server: Running, sent: bytes, status: int) -> None:
    with server.connect() as client:
        with suppress(OSError):  # the answer may come, and the door close, before all is sent
            client.sendall(sent)
        head = client.recv(4096).decode()
    assert head.startswith((f"HTTP/1.1 {status} ", f"HTTP/1.0 {status} "))
    assert "application/problem+json" in head


def test_the_longest_query_can_be_sent_in_any_script(server: Running) -> None:
    assert json.loads(server.get("/api/v1/search?q=" + quote("🙂" * 1000)))["total"] >= 0


def test_a_list_of_a_thousand_names_can_be_sent_and_one_of_megabytes_cannot(server: Running) -> None:
    names = json.dumps({"entries": ["Lê Thị Bưởi"] * 1000}).encode()
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}/api/v1/check", names)
    asked.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert len(json.load(answer)["entries"]) == 1000
    head = "POST /api/v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n"
    with server.connect() as client:
        client.sendall(head.encode())
        assert b" 413 " in client.recv(100)


@pytest.mark.parametrize("name", ["style.css", "app.js"])
def test_static_files_come_packed_and_whole(server: Running, name: str) -> None:
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}/static/{name}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        packed = answer.read()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == (_HERE.parents[1] / "web" / "static" / name).read_bytes()


def test_neither_queries_nor_addresses_reach_the_log(server: Running) -> None:
    server.get("/?q=" + quote("nguồn tin mật"))
    with server.connect() as client:
        client.sendall(b"GET /?q=nguon-tin-mat HTTP/x\r\n\r\n")
        client.recv(100)
    for path in ("/alert/off/chia-khoa-mat", "/alert/chiakhoamat.atom", "/bay%1B%5B2J%0A2026%E2%80%AE%C2%85gia"):
        with pytest.raises(HTTPError, match="404"):
            server.get(path)
    time.sleep(0.3)
    told = server.log.read_text(encoding="utf-8")
    assert " GET / 200 " in told
    for secret in ("nguồn", "nguon", quote("nguồn"), "127.0.0.1", "chia-khoa", "chiakhoa"):
        assert secret not in told
    assert told.count(" GET /alert/- 404 ") == 2
    assert " GET /bay?[2J?2026??gia 404 " in told, "nothing that a terminal, or who reads lines, obeys"

"""Requests that no reader would send, against the real server over real sockets, and what came back.

    python -m benchmarks.request_fuzz --requests 100000

The bundled newsroom is served by `tratin serve` with two workers. Half of the requests are well-formed HTTP with
hostile paths, parameters, headers and bodies on kept connections; a quarter are hostile bytes at places where a proxy
and a server might read differently (lengths beside chunks, folded headers, doubled lengths, bare line feeds); a
quarter break off. Then:

- refused: connections that could not be made within 20 seconds. Must be 0.
- failed: answers of status 500 and above (503 of a full queue is counted apart), and connections closed without an
  answer to a well-formed request. Must be 0.
- smuggled: answers to a request that was hidden in another one's body. Must be 0.
- injected: answers with a header or a second answer that the request's text put there. Must be 0.
- unguarded: answers without the headers that every answer carries, or that print Python's tracebacks. Must be 0.
- redirects: answers that lead to another host. Must be 0.
- alive: whether /api/v1/health answers at the end, by the processes that answered at the beginning.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from benchmarks.servers import until_it_answers
from benchmarks.soak import _children

ROOT = Path(__file__).resolve().parents[1]
_SECRET = "X-Injected"
_PATHS = (
    *(
        "/",
        "/search.csv",
        "/search.jsonl",
        "/search.atom",
        "/search.zip",
        "/advanced",
        "/edited.atom",
        "/topics",
        "/step",
    ),
    *("/officials", "/offices", "/article/{}", "/article/{}/diff", "/article/{}/cite", "/official/{}", "/office/{}"),
    *("/topic/{}", "/topic/{}.atom", "/compare", "/heat", "/check", "/timemap/{}", "/timegate/{}", "/statements"),
    *("/api/v1/search", "/api/v1/suggest", "/api/v1/officials", "/api/v1/articles/{}", "/api/v1/offices/{}"),
    *("/api/v1/check", "/api/v1/topics/{}", "/api/v1/statements", "/static/{}", "/{}", "//{}", "/..{}"),
)
_NAMES = (
    *("q", "topic", "official", "source", "from", "to", "sort", "limit", "cursor", "lang", "off", "explain", "version"),
    *("a", "b", "on", "all", "page", "letter", "change", "remove", "add", "step", "section", "author", "offset", ""),
)
_VALUES = (
    *("cầu", '"', "(" * 300, "a" * 3000, "\x00", "\uffff", "🙂" * 90, "../../etc/passwd", "%", "%%%", "-y-te", "y-te"),
    *("NOT", "title:(", "*", '"a b"~999999', "{}", "2024-02-30", "9999-12-31", "-1", "1e9", "9" * 40, "１", "null"),
    *("<script>alert(1)</script>", "'; DROP TABLE version; --", "\u202eabc", f"\r\n{_SECRET}: y\r\n\r\n", "en", "vi"),
    *(
        "//evil.example/",
        "https://evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "W10",
        "=cmd|'/c calc'!A1",
    ),
)
_METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW")
_HEADERS = (
    *("Host", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "Accept", "Accept-Language"),
    *(
        "Accept-Encoding",
        "Accept-Datetime",
        "Range",
        "If-None-Match",
        "If-Modified-Since",
        "Cookie",
        "Origin",
        "Referer",
    ),
    *("Content-Type", "Content-Encoding", "Expect", "Upgrade", "X-Real-IP", "X-HTTP-Method-Override"),
)
_CLEAR = ("Transfer-Encoding: chunked", "Transfer-Encoding:\tchunked")
_HIDDEN = f"GET /api/v1/health?{_SECRET} HTTP/1.1\r\nHost: localhost\r\n\r\n"


@dataclass(slots=True)
class Asker:
    """One thread's connection, and what it saw."""

    port: int
    chance: random.Random
    counts: Counter[str]
    wrong: list[str]
    sock: socket.socket | None = None

    def ask(self, raw: bytes, *, well_formed: bool, method: str = "GET") -> None:
        """Send bytes; take in every answer that comes back until the server waits or closes."""
        self.sock = self.sock or self._connected()
        if self.sock is None:
            return
        try:
            self.sock.sendall(raw)
            answer = HTTPResponse(self.sock, method=method)
            answer.begin()
            body = answer.read()
        except (OSError, HTTPException) as error:
            self._closed()
            if well_formed:
                self._tell("failed", f"{type(error).__name__} after {raw[:300]!r}")
            else:
                self.counts["closed without an answer"] += 1
            return
        self._look(answer, body, raw)
        if answer.will_close or not well_formed:
            self._rest(raw)
            self._closed()

    def _connected(self) -> socket.socket | None:
        try:
            return socket.create_connection(("127.0.0.1", self.port), timeout=20)
        except OSError as error:
            self._tell("refused", f"{type(error).__name__}: {error}")
            return None

    def _look(self, answer: HTTPResponse, body: bytes, raw: bytes) -> None:
        self.counts[f"status {answer.status}"] += 1
        if answer.status >= 500 and answer.status != 503 and answer.status != 501:
            self._tell("failed", f"{answer.status} to {raw[:300]!r}")
        if answer.getheader(_SECRET) is not None:
            self._tell("injected", f"{raw[:300]!r}")
        if b"Traceback (most" in body or (answer.status < 500 and not _guarded(answer)):
            self._tell("unguarded", f"{answer.status}, {answer.getheaders()} to {raw[:200]!r}")
        place = answer.getheader("Location") or ""
        if re.match(r"(?:https?:)?[/\\]{2}(?!127\.0\.0\.1|localhost)", place.strip()):
            self._tell("redirects", f"{place[:100]!r} after {raw[:300]!r}")

    def _rest(self, raw: bytes) -> None:
        """Another answer on a connection on which one was asked for: a request was smuggled in."""
        if self.sock is None or b"X-Mark: hidden" not in raw:
            return
        self.sock.settimeout(0.2)
        with suppress(OSError):
            if b" 200 OK" in self.sock.recv(65536):
                self._tell("smuggled", repr(raw[:400]))

    def _closed(self) -> None:
        if self.sock is not None:
            self.sock.close()
        self.sock = None

    def _tell(self, kind: str, what: str) -> None:
        self.counts[kind] += 1
        self.wrong.append(f"{kind}: {what}")

    def go(self, requests: int) -> None:
        """Send so many."""
        for _ in range(requests):
            kind = self.chance.random()
            if kind < 0.5:
                method = self.chance.choice(_METHODS)
                self.ask(self._well_formed(method), well_formed=True, method=method)
            elif kind < 0.75:
                self.ask(self._ambiguous(), well_formed=False)
            else:
                whole = self._well_formed("POST") if kind < 0.85 else self._garbled()
                self._break_off(whole[: self.chance.randrange(1, len(whole))])

    def _break_off(self, part: bytes) -> None:
        self._closed()
        if (made := self._connected()) is None:
            return
        with suppress(OSError), made as sock:
            sock.sendall(part)
            sock.shutdown(socket.SHUT_WR)
            sock.settimeout(2)
            self.counts["broken off, answered" if sock.recv(65536) else "broken off"] += 1
            return
        self.counts["broken off"] += 1

    def _address(self) -> str:
        pick = self.chance.choice
        path = pick(_PATHS).format(quote(pick(_VALUES), safe=""))
        quoting = pick((quote, quote_plus, lambda text: quote(text, safe="/:?&=")))
        query = "&".join(f"{quote(pick(_NAMES))}={quoting(pick(_VALUES))}" for _ in range(self.chance.randrange(5)))
        return f"{path}?{query}" if query else path

    def _well_formed(self, method: str) -> bytes:
        pick = self.chance.choice
        address = "localhost:80" if method == "CONNECT" else self._address()
        lines = [f"{method} {address} HTTP/1.1", f"Host: {pick(('localhost', '127.0.0.1', 'evil.example'))}"]
        for name in self.chance.sample(_HEADERS[1:], self.chance.randrange(4)):
            value = re.sub(r"[\x00-\x1f\x7f]+", " ", pick(_VALUES))[:500]
            if name not in ("Expect", "Upgrade"):
                lines.append(f"{name}: {value}")
        body = pick(_VALUES).encode()[:2000] if method in ("POST", "PUT", "PATCH") else b""
        if method in ("POST", "PUT", "PATCH"):
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body

    def _ambiguous(self) -> bytes:
        self._closed()
        hidden, length = _HIDDEN, len(_HIDDEN)
        te = self.chance.choice(
            (
                *("Transfer-Encoding: chunked", "Transfer-Encoding : chunked", "Transfer-Encoding: xchunked"),
                *("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding:\tchunked"),
                *(
                    "X: y\r\n Transfer-Encoding: chunked",
                    "X: y\nTransfer-Encoding: chunked",
                    "transfer-encoding:chunked, a",
                ),
            )
        )
        cl = self.chance.choice(
            (
                *(f"Content-Length: {length}", "Content-Length: 0", f"Content-Length: 0\r\nContent-Length: {length}"),
                *(
                    "Content-Length: +5",
                    "Content-Length: 5, 5",
                    "Content-Length: 0x5",
                    "Content-Length: -1",
                    "X-A: nothing",
                ),
                *("Content-Length: 99999999999999999999", "Content_Length: 5", "Content-Length : 5"),
            )
        )
        end = self.chance.choice(("\r\n", "\r\n", "\n"))
        clear = te in _CLEAR and "Content-Length" not in cl  # two requests in one piece, and nobody doubts it
        mark = "X-Mark: clear" if clear else "X-Mark: hidden"
        head = [f"POST {self._address()} HTTP/1.{self.chance.randrange(3)}", "Host: localhost", mark, cl, te]
        return (end.join(head) + end + end + "0\r\n\r\n" + hidden).encode()

    def _garbled(self) -> bytes:
        raw = bytearray(self._well_formed(self.chance.choice(_METHODS)))
        for _ in range(self.chance.randrange(1, 12)):
            raw[self.chance.randrange(len(raw))] = self.chance.randrange(256)
        return bytes(raw)


def _guarded(answer: HTTPResponse) -> bool:
    """Whether an answer carries what every one must; a 304 keeps its own, the server's refusals are bare text."""
    if answer.getheader("Content-Security-Policy") is None:
        return answer.status in (304, 400, 411, 413, 414, 417, 431, 501) and "html" not in (
            answer.getheader("Content-Type") or ""
        )
    return answer.getheader("X-Content-Type-Options") == "nosniff"


def fuzz(requests: int, seed: int, threads: int = 4) -> dict[str, Any]:
    """Run it; gives the counts."""
    counts, wrong = Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        data = Path(folder) / "var"
        tratin = [sys.executable, "-m", "tratin", "--data", str(data)]
        subprocess.run([*tratin, "demo", "--no-serve"], cwd=ROOT, capture_output=True, check=True)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        log = (Path(folder) / "log").open("w+")
        server = subprocess.Popen(
            [*tratin, "serve", "--port", str(port), "--workers", "2"], cwd=ROOT, stdout=log, stderr=log
        )
        until_it_answers(f"http://127.0.0.1:{port}")
        workers = sorted(_children(server.pid))
        began = time.monotonic()
        askers = [Asker(port, random.Random(f"{seed}-{n}"), counts, wrong) for n in range(threads)]
        running = [threading.Thread(target=one.go, args=(requests // threads,)) for one in askers]
        for one in running:
            one.start()
        for one in running:
            one.join()
        took = time.monotonic() - began
        until_it_answers(f"http://127.0.0.1:{port}")
        alive = sorted(_children(server.pid)) == workers
        server.send_signal(signal.SIGTERM)
        server.wait(40)
        log.seek(0)
        said = log.read()
        told = said.count("Traceback")
    kinds = ("refused", "failed", "smuggled", "injected", "unguarded", "redirects")
    if not alive or told:
        wrong.insert(0, f"alive: {alive}, tracebacks in the log: {told}; it ended with {said[-1000:]!r}")
    return {
        "requests": requests,
        **{kind: counts[kind] for kind in kinds},
        "alive": alive,
        "tracebacks in the log": told,
        "seconds": round(took),
        **{kind: count for kind, count in sorted(counts.items()) if kind not in kinds},
        "wrong": wrong[:20],
    }


def main() -> None:
    """Print the counts as JSON; exit 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    counts = fuzz(given.requests, given.seed)
    print(json.dumps(counts, ensure_ascii=False, indent=2))
    sys.exit(1 if counts["wrong"] else 0)


if __name__ == "__main__":
    main()

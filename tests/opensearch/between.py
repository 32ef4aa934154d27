"""What stands between Tra Tin and a node on loopback: a wire that can be cut, and a gate that asks who is there."""

from __future__ import annotations

import http.client
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit


class Wire:
    """A TCP connection to a node that can stall (nothing goes on) and break (closed and refused)."""

    def __init__(self, url: str) -> None:
        self._there = (urlsplit(url).hostname or "", urlsplit(url).port or 0)
        self._flowing = threading.Event()
        self._flowing.set()
        self.broken = False
        self.carried = 0
        """Bytes towards the node."""
        self._open: list[socket.socket] = []
        wire = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                wire._carry(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def stall(self) -> None:
        """Let nothing through, and close nothing."""
        self._flowing.clear()

    def break_off(self) -> None:
        """Close what is open; close at once what comes."""
        self.broken = True
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let all through again."""
        self.broken = False
        self._flowing.set()

    def close(self) -> None:
        """Carry nothing any more."""
        self.mend()
        self._server.shutdown()
        self._server.server_close()

    def _carry(self, near: socket.socket) -> None:
        if self.broken:
            return
        with suppress(OSError), socket.create_connection(self._there) as far:
            self._open += [near, far]
            back = threading.Thread(target=self._pour, args=(far, near), daemon=True)
            back.start()
            self._pour(near, far, counted=True)
            back.join()

    def _pour(self, source: socket.socket, sink: socket.socket, *, counted: bool = False) -> None:
        with suppress(OSError):
            while piece := source.recv(1 << 16):
                self._flowing.wait()
                sink.sendall(piece)
                self.carried += len(piece) if counted else 0
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


class Gate:
    """A node behind TLS that answers only requests with one of the Authorization headers."""

    def __init__(self, url: str, folder: Path, headers: Sequence[str]) -> None:
        self.certificate = folder / "certificate.pem"
        key = folder / "key.pem"
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        made += ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "keyUsage=digitalSignature,keyCertSign"]
        subprocess.run([*made, "-keyout", key, "-out", self.certificate], check=True, capture_output=True)
        self.let_through = self.refused = 0
        gate, there = self, urlsplit(url).netloc

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.headers.get("Authorization") not in headers:
                    gate.refused += 1
                    self._answer(401, [("Content-Type", "text/plain")], b"Unauthorized")
                    return
                gate.let_through += 1
                node = http.client.HTTPConnection(there, timeout=60)
                kept = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                node.request(self.command, self.path, content or None, kept)
                answer = node.getresponse()
                told = [(k, v) for k, v in answer.getheaders() if k.lower() not in ("content-length", "connection")]
                self._answer(answer.status, told, answer.read())
                node.close()

            def _answer(self, status: int, told: Sequence[tuple[str, str]], content: bytes) -> None:
                self.send_response(status)
                for name, value in told:
                    if name.lower() != "transfer-encoding":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass  # noqa: N815 (the library's names)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"https://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.shutdown()
        self._server.server_close()

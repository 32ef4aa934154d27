"""The fetcher against servers that break TLS, or whose certificate nobody vouches for."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

from crawler.errors import Disallowed, Unreachable
from crawler.fetch import Fetcher
from crawler.guard import Guard
from tests.crawler.conftest import SMALL
from tests.crawler.loopback import Paper


class _Loopback(Guard):
    """A guard that lets loopback pass, so that TLS can be tried."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def endpoints(self, host: str, port: int) -> list[tuple[str, int]]:
        return [("127.0.0.1", self._port)]


def test_a_server_that_breaks_tls_is_unreachable() -> None:
    """Plain text where a handshake is due; no page is ever taken from it."""
    server = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    threading.Thread(target=talk, daemon=True).start()
    fetcher = Fetcher("t", guard=_Loopback(server.getsockname()[1]), delay=0, limits=SMALL)
    with pytest.raises((Unreachable, Disallowed), match=r"(?i)ssl|tls"):
        fetcher.fetch("https://suoimo.example/a")
    server.close()


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-keyout", str(key), "-out", str(certificate), "-subj", "/CN=suoimo.example",
         "-addext", "subjectAltName=DNS:suoimo.example"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    paper = Paper({"*": "secret"}, context)
    fetcher = Fetcher("t", guard=_Loopback(int(paper.address.partition(":")[2])), delay=0, limits=SMALL)
    with pytest.raises((Unreachable, Disallowed), match="certificate verify failed"):
        fetcher.fetch("https://suoimo.example/a")
    paper.close()
    assert paper.asked == []

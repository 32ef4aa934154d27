"""The nginx configuration of docs/deploy.md, run for real with a certificate of its own on loopback."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[1]
_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
_NGINX, _OPENSSL = shutil.which("nginx", path=_PATH), shutil.which("openssl", path=_PATH)
pytestmark = pytest.mark.skipif(not (_NGINX and _OPENSSL), reason="nginx or openssl is not on this machine")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def written(folder: Path, backend: int, plain: int, tls: int) -> Path:
    """The documented configuration with this test's ports and paths."""
    (block,) = re.findall(r"```nginx\n(.*?)```", (_ROOT / "docs/deploy.md").read_text(encoding="utf-8"), re.DOTALL)
    block = re.sub(r"(?m)^ *listen \[::\].*\n", "", block)
    for documented, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{backend}"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
        ("/etc/ssl/", f"{folder}/"),
        ("/var/log/nginx/", f"{folder}/"),
    ):
        assert documented in block
        block = block.replace(documented, here)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    # A test that runs as root keeps its own rights: the folder is nobody else's.
    who = "user root;\n" if os.getuid() == 0 else ""
    path.write_text(
        f"{who}pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{temporary}{block}}}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def front(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int, Path]]:
    """nginx in front of a server: port without and with TLS, and the folder of its logs."""
    assert _NGINX
    assert _OPENSSL
    folder = tmp_path_factory.mktemp("nginx")
    backend, plain, tls = free_port(), free_port(), free_port()
    kind = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
    certificate = ("-keyout", folder / "tin.example.key", "-out", folder / "tin.example.pem")
    subprocess.run([_OPENSSL, "req", *kind, *certificate], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    serve = [sys.executable, str(_HERE / "serving.py"), str(store_path), str(backend)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(serve, stdout=log, stderr=log, cwd=_ROOT, env=environment)
    nginx = subprocess.Popen([_NGINX, "-c", written(folder, backend, plain, tls), "-g", "daemon off;"])
    try:
        for _ in range(200):
            try:
                fetched(f"https://127.0.0.1:{tls}/api/v1/health")
                break
            except OSError:
                time.sleep(0.1)
        yield plain, tls, folder
    finally:
        for process in (nginx, server):
            process.terminate()
            process.wait(30)


def fetched(address: str, sent: bytes | None = None, **headers: str) -> tuple[bytes, dict[str, str]]:
    """Body and headers; the certificate is nobody's."""
    trusting = ssl._create_unverified_context()
    asked = urllib.request.Request(address, sent, headers)
    with urllib.request.urlopen(asked, timeout=20, context=trusting) as answer:
        return answer.read(), dict(answer.headers)


def test_pages_feeds_and_exports_come_through_with_tls(front: tuple[int, int, Path]) -> None:
    _, tls, _ = front
    page, headers = fetched(f"https://127.0.0.1:{tls}/?q={quote('cầu')}")
    assert "59 bài khớp" in page.decode()
    assert "nonce-" in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"]
    rows, headers = fetched(f"https://127.0.0.1:{tls}/search.csv?q={quote('cầu')}")
    assert len(list(csv.reader(io.StringIO(rows.decode())))) - 1 == int(headers["Tratin-Total"])
    feed, _ = fetched(f"https://127.0.0.1:{tls}/search.atom?q={quote('cầu')}", Host="tin.example")
    assert b"<id>https://tin.example/article/" in feed


def test_plain_http_leads_to_https(front: tuple[int, int, Path]) -> None:
    plain, _, _ = front
    with socket.create_connection(("127.0.0.1", plain), timeout=20) as client:
        client.sendall(b"GET /?q=a HTTP/1.1\r\nHost: tin.example\r\nConnection: close\r\n\r\n")
        head = client.recv(4096).decode()
    assert " 301 " in head
    assert "Location: https://tin.example/?q=a" in head


def test_no_redirect_leads_to_a_host_that_a_client_names(front: tuple[int, int, Path]) -> None:
    plain, _, _ = front
    with socket.create_connection(("127.0.0.1", plain), timeout=20) as client:
        client.sendall(b"GET /?q=a HTTP/1.1\r\nHost: bay.example\r\nConnection: close\r\n\r\n")
        assert "Location: https://tin.example/?q=a" in client.recv(4096).decode()


def test_a_list_of_a_thousand_names_passes(front: tuple[int, int, Path]) -> None:
    _, tls, _ = front
    asked = json.dumps({"entries": [f"Lò Thị Gió {number}" for number in range(1_000)]}).encode()
    body, _ = fetched(f"https://127.0.0.1:{tls}/api/v1/check", asked, **{"Content-Type": "application/json"})
    assert len(json.loads(body)["entries"]) == 1_000


@pytest.mark.parametrize(("letters", "linked"), [(400, True), (999, False)])
def test_the_longest_query_passes_and_a_next_page_is_in_the_head_where_its_address_is_short(
    front: tuple[int, int, Path], letters: int, linked: bool
) -> None:
    _, tls, _ = front
    long = quote(("cầu " * 250)[:letters])
    body, headers = fetched(f"https://127.0.0.1:{tls}/api/v1/search?limit=1&q={long}")
    assert json.loads(body)["total"] == 59
    assert json.loads(body)["next"]
    assert ('rel="next"' in headers.get("Link", "")) is linked


def test_no_log_has_a_query_or_an_address(front: tuple[int, int, Path]) -> None:
    _, tls, folder = front
    fetched(f"https://127.0.0.1:{tls}/?q=nguon-tin-mat")
    with pytest.raises(urllib.error.HTTPError, match="414"):
        fetched(f"https://127.0.0.1:{tls}/?q=nguon-tin-mat{'a' * 40_000}")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(f"https://127.0.0.1:{tls}/alert/off/chia-khoa-mat")
    time.sleep(0.3)
    told = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.log"))
    assert " GET / 200 " in told
    assert " GET /alert/- 404 " in told
    assert "nguon" not in told
    assert "chia-khoa" not in told
    assert "127.0.0.1" not in told.replace("Listening at: http://127.0.0.1", "")

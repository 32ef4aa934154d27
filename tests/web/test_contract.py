"""schemathesis, as anybody would run it, against a running server over every real part."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tratin.settings import Settings

pytest.importorskip("schemathesis", reason="schemathesis is not installed")
_ROOT = Path(__file__).parents[2]
_COMMAND = Path(sys.executable).with_name("schemathesis")
EXAMPLES = os.environ.get("TRATIN_EXAMPLES", "20")


@pytest.fixture(scope="module")
def address(installation: Settings) -> Iterator[str]:
    """`tratin serve` over the test newsroom."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = [sys.executable, "-m", "tratin", "--data", installation.data, "serve", "--port", str(port), "--workers=1"]
    started = subprocess.Popen(serve, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health", timeout=20):
                    break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait(40)


def test_every_answer_is_as_the_document_says_by_all_default_checks(address: str, tmp_path: Path) -> None:
    command = _COMMAND if _COMMAND.exists() else shutil.which("schemathesis")
    assert command, "schemathesis is installed without its command"
    options = ("--no-color", "--continue-on-failure", f"--max-examples={EXAMPLES}")
    told = subprocess.run(
        [command, "run", f"{address}/api/openapi.json", *options], cwd=tmp_path, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]

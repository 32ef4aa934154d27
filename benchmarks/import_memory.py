"""Memory that an import takes as its WARC file grows.

    python -m benchmarks.import_memory                    # 256, 512 and 1,024 MB
    python -m benchmarks.import_memory --sizes 1024 10240

Each file is written as a crawler writes one (a record a gzip member: mostly pictures, every hundredth record a page,
some revisits, one record of a gigabyte of zeros), imported by the command into a store of its own, and deleted. Prints
the largest resident memory of each run, in MB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

_PICTURE = 2**18


def write(path: Path, size: int, seed: int = 1) -> int:
    """A WARC file of about `size` bytes; gives how many pages are in it."""
    chance = random.Random(seed)
    pages = number = 0
    with path.open("wb") as out:
        while out.tell() < size:
            number += 1
            if number % 100 == 1:
                pages += 1
                out.write(gzip.compress(_record(number, "response", _http("text/html", _page(number)))))
            elif number % 10 == 0:
                out.write(gzip.compress(_record(number, "revisit", b"")))
            else:
                picture = chance.randbytes(chance.randrange(_PICTURE))
                out.write(gzip.compress(_record(number, "response", _http("image/jpeg", picture)), 1))
        with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1) as member:
            zeros = 2**30
            member.write(_head(number + 1, "response", zeros))
            for _ in range(zeros // 2**20):
                member.write(bytes(2**20))
            member.write(b"\r\n\r\n")
    return pages


def _http(kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body


def _head(number: int, kind: str, length: int) -> bytes:
    pointing = f"WARC-Refers-To: <urn:uuid:{max(1, number - 9)}>\r\n" if kind == "revisit" else ""
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://suoimo.example/bai-post{number}.html\r\n"
        f"WARC-Record-ID: <urn:uuid:{number}>\r\n{pointing}WARC-Date: 2026-10-05T01:00:00Z\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def _record(number: int, kind: str, block: bytes) -> bytes:
    return _head(number, kind, len(block)) + block + b"\r\n\r\n"


def _page(number: int) -> bytes:
    text = f"<p>Xã Suối Mơ khởi công cây cầu số {number} bắc qua suối Mơ, nối hai thôn Thượng và Hạ.</p>" * 12
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta property="og:type" content="article"></head>'
        f"<body><article><h1>Khởi công cây cầu số {number} của xã</h1><div class='body'>{text}</div></article></body>"
        "</html>"
    ).encode()


def main() -> None:
    """Import ever larger files and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[256, 512, 1024], help="MB")
    sizes = parser.parse_args().sizes
    for megabytes in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.warc.gz"
            pages = write(path, megabytes * 2**20)
            command = [
                sys.executable,
                "-m",
                "tratin",
                "--data",
                str(Path(folder) / "data"),
                "import",
                "--json",
                str(path),
            ]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            told = json.loads(process.stdout.read()) if process.stdout else {}
            _, _, used = os.wait4(process.pid, 0)
            row = {"file_mb": megabytes, "pages": pages, "new": told["new"], "rejected": told["rejected_count"]}
            print(json.dumps({**row, "peak_mb": used.ru_maxrss >> 10, "cpu_s": round(used.ru_utime, 1)}), flush=True)
    print(json.dumps({"own_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}))


if __name__ == "__main__":
    main()

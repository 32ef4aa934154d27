"""Seven sites that mean harm and one that does not: memory stays small, the rest goes on, the report tells."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.crawler.loopback import Answer, Paper, address, article_page, feed

ROOT = Path(__file__).parents[2]
CHILD = """
import json, sys
from pathlib import Path
from crawler.archive import Archive
from crawler.crawl import crawl
from crawler.fetch import Fetcher, Limits
from crawler.frontier import Frontier
from crawler.guard import Guard
from crawler.site_crawl import Patience
from crawler.sites.site import Site
from crawler.store.writing import Store
data, hosts = Path(sys.argv[1]), json.loads(sys.argv[2])
rule = r"-post(\\d+)\\.html$"
sites = [
    Site(host, host, lists=(f"http://{host}/",), feeds=(f"http://{host}/rss",), sitemaps=(f"http://{host}/map.xml",),
         article=rule)
    for host in hosts
]
fetcher = Fetcher("TraTin/test", guard=Guard(hosts), delay=0.0, limits=Limits(seconds=2.0, read=1.0))
with Store(data / "s.sqlite") as store, Frontier(data / "f.sqlite") as frontier, Archive(data / "warc") as archive:
    report = crawl(sites, store, frontier, archive, fetcher, limit=60, patience=Patience(tries=2, retry=0.05, wait=2))
peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
print(json.dumps({**report.as_json(), "mb": int(peak) // 1024}))
"""


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.1)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(5000):
        handler.wfile.write(b"<p>" * 20_000)


def _calendar(handler: BaseHTTPRequestHandler) -> Answer:
    number = abs(hash(handler.path)) % 10**9
    links = "".join(f'<li><a href="/lich-{n}-post{number + n}.html">Ngày {n}</a></li>' for n in range(50))
    return Answer(article_page(number, links=links).encode())


def _sites() -> dict[str, dict[str, object]]:
    bomb = Answer(gzip.compress(gzip.compress(b"<p>" * 10**8)), headers={"Content-Encoding": "gzip, gzip"})
    links = "".join(f'<a href="/bai-{n}-post{n}.html">Bài {n}</a>\n' for n in range(100_000))
    urls = "".join(f"<url><loc>http://map.example/bai-{n}-post{n}.html</loc></url>" for n in range(100_000))
    return {
        "good.example": {"/rss": feed("good.example", range(20)), **{address(n): article_page(n) for n in range(20)}},
        "drip.example": {"*": _drip, "/robots.txt": ""},
        "endless.example": {"*": _endless, "/robots.txt": ""},
        "bomb.example": {"*": bomb, "/robots.txt": ""},
        "circle.example": {"*": lambda h: Answer(b"", 302, {"Location": h.path + "x"}), "/robots.txt": ""},
        "calendar.example": {"*": _calendar, "/robots.txt": ""},
        "links.example": {"/": f"<html><body>{links}", "*": Answer(b"<b>" * 10**6), "/robots.txt": ""},
        "map.example": {"/map.xml": Answer(f"<urlset>{urls}".encode()), "/robots.txt": "<html>Just a moment...</html>"},
    }


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured by way of /proc")
def test_hostile_sites_cost_little_and_hold_up_nobody(tmp_path: Path) -> None:
    papers = {host: Paper(dict(pages)) for host, pages in _sites().items()}
    places = json.dumps({host: paper.address for host, paper in papers.items()})
    command = [sys.executable, "-c", CHILD, str(tmp_path), places]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=250)
    for paper in papers.values():
        paper.close()
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    sites = {site["site"]: site for site in told["sites"]}
    assert sites["good.example"]["new"] == 20
    assert all(sites[host]["needs"] for host in papers if host not in ("good.example", "calendar.example"))
    assert sites["calendar.example"]["new"] <= 60
    assert told["mb"] < 300

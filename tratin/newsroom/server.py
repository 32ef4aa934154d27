"""The newsroom's web server: all papers on one loopback port, told apart by the Host header."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self

from crawler.sites.site import Site
from tratin.newsroom.paper import papers
from tratin.newsroom.press import NewsroomAnswer, print_all

_PICTURE = NewsroomAnswer(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 560"><rect width="900" height="560" fill="#e8e4da"/>'
    b'<path d="M0 430 190 270l150 110 210-200 350 250v130H0z" fill="#b9b29f"/>'
    b'<circle cx="690" cy="130" r="52" fill="#d8cfb4"/></svg>',
    type="image/svg+xml",
)
_MISSING = NewsroomAnswer("<!DOCTYPE html><title>404</title><h1>Không tìm thấy trang</h1>".encode(), status=404)


class Newsroom:
    """The bundled newspapers on 127.0.0.1, as real as a web server can be; use it as a context manager.

    `edition` is the day of the crawl: 1 is the first, from 2 on some articles have been edited.
    """

    def __init__(self, port: int = 0, edition: int = 1) -> None:
        self._printed = print_all(edition)
        self.asked: list[tuple[str, str]] = []
        """Every (host, path) asked for so far, in order."""
        self._server = _NewsroomServer(("127.0.0.1", port), self._printed, self.asked)
        self._thread = Thread(target=self._server.serve_forever, name="newsroom", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """`127.0.0.1:port`."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def hosts(self) -> dict[str, str]:
        """Each paper's host name → where to connect: what `Settings.hosts` takes."""
        return {paper.host: self.address for paper in papers()}

    @property
    def sites(self) -> tuple[Site, ...]:
        """The papers as the crawler's catalogue would describe them."""
        return tuple(paper.site for paper in papers())


class _NewsroomServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], printed: Mapping[tuple[str, str], NewsroomAnswer], asked: list[tuple[str, str]]
    ) -> None:
        self.printed = printed
        self.asked = asked
        super().__init__(address, _Reception)


class _Reception(BaseHTTPRequestHandler):
    server: _NewsroomServer
    server_version = "Newsroom"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the printed page, or 304 where the visitor holds it already."""
        page = self._page()
        unchanged = page.status == 200 and self._holds(page)
        self.send_response(304 if unchanged else page.status)
        if page.location:
            self.send_header("Location", page.location)
        if page.status == 200 and page.cookie is None:
            self.send_header("ETag", page.etag)
            if page.last_modified:
                self.send_header("Last-Modified", page.last_modified)
        if not unchanged:
            self.send_header("Content-Type", page.type)
            self.send_header("Content-Length", str(len(page.content)))
        self.end_headers()
        if not unchanged and self.command == "GET":
            self.wfile.write(page.content)

    def do_HEAD(self) -> None:
        """The same headers, without the page."""
        self.do_GET()

    def _page(self) -> NewsroomAnswer:
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        self.server.asked.append((host, self.path))
        page = self.server.printed.get((host, self.path))
        if page is None:
            return _PICTURE if self.path.startswith("/images/") else _MISSING
        return page.behind if page.behind and page.cookie in self._cookies() else page

    def _cookies(self) -> list[str]:
        try:
            sent = SimpleCookie(self.headers.get("Cookie") or "")
        except CookieError:
            return []
        return [f"{name}={cookie.value}" for name, cookie in sent.items()]

    def _holds(self, page: NewsroomAnswer) -> bool:
        if page.cookie is not None:
            return False
        if asked := self.headers.get("If-None-Match"):
            return page.etag in {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return page.last_modified is not None and self.headers.get("If-Modified-Since") == page.last_modified

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the demo's terminal belongs to its progress bars."""

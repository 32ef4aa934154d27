"""A newspaper on loopback: real HTTP, answers made up by the test."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the paper answers to one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


class Paper:
    """Serves `pages` (path to Answer, HTML text, or a function that takes the handler); logs every request."""

    def __init__(self, pages: dict[str, Any] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Any] = pages or {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.served: list[str] = []
        paper = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                paper.asked.append(self.path)
                paper.headers.append({name.lower(): value for name, value in self.headers.items()})
                given = paper.pages.get(self.path, paper.pages.get("*"))
                if callable(given):
                    given = given(self)
                    if given is None:
                        return
                if given is None:
                    given = Answer(b"not here", 404)
                if isinstance(given, str):
                    given = Answer(given.encode())
                paper._answer(self, given)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.address = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def _answer(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        tag = answer.headers.get("ETag")
        if tag and handler.headers.get("If-None-Match") == tag:
            answer = Answer(b"", 304, {"ETag": tag})
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.status != 304:
            handler.send_header("Content-Type", answer.kind)
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        handler.wfile.write(answer.body)
        handler.wfile.flush()
        self.served.append(handler.path)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def article_page(number: int, *, title: str = "", text: str = "", links: str = "", day: str = "2026-10-05") -> str:
    """A page of an invented paper, in the markup that many use."""
    title = title or f"Xã Suối Mơ khởi công cây cầu số {number}"
    text = text or f"Sáng nay, xã Suối Mơ khởi công cây cầu số {number} bắc qua suối Mơ, nối hai thôn Thượng và Hạ."
    more = "Công trình dài bốn mươi mét, dự kiến hoàn thành trước mùa mưa sang năm, theo ban quản lý dự án xã."
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">
<meta property="article:published_time" content="{day}T08:30:00+07:00"></head><body>
<article><h1 class="article__title cms-title">{title}</h1>
<time class="time" datetime="{day}T08:30:00+07:00">{day}</time>
<div class="article__sapo cms-desc">Cây cầu thứ {number} của xã được khởi công trong năm nay.</div>
<div class="article__body cms-body" itemprop="articleBody"><p>{text}</p><p>{more}</p>
<p>{text} {more}</p></div></article>
{links}</body></html>"""


def address(number: int) -> str:
    """The path of an article of the invented paper."""
    return f"/bai-viet-post{100000 + number}.html"


def feed(host: str, numbers: range | list[int], day: str = "05 Oct 2026") -> Answer:
    """An RSS feed that names these articles."""
    items = "".join(
        f"<item><title>Bài {n}</title><link>http://{host}{address(n)}</link>"
        f"<pubDate>Mon, {day} 08:30:00 +0700</pubDate></item>"
        for n in numbers
    )
    body = (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo</title>{items}</channel></rss>'
    )
    return Answer(body.encode(), kind="application/rss+xml")

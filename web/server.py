"""The web server: gunicorn's parent forks workers that share one warmed index; in each of them waitress answers.

Slow clients cost nobody a thread: waitress reads requests and sends answers in its own loop, buffering both, and only a
whole request meets one of the threads that run the application. gunicorn brings what waitress lacks: processes, their
restart, signals. The worker is made from the public faces of both; `docs/decisions/server.md` says what was measured.
Neither queries nor addresses reach a log: journalists have sources.
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.base import Worker
from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask

from crawler.ground.clock import stamp
from web.app import LONGEST_BODY
from web.limits import Networks, is_within, networks

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

THREADS = 8
REQUEST_SECONDS = 10.0
"""A request, from its first byte to its last."""
IDLE_SECONDS = 30
"""A connection on which nothing moves."""
LONGEST_HEAD = 49_152
"""Bytes of a request's head: the longest query, percent-encoded, needs 12,000."""
UNREAD = 256 * 2**20
"""Bytes of an answer that wait for a slow reader, beyond 1 MB in a file, before the thread that makes it waits too."""
_M_ARENA_MAX = -8
_HOST = re.compile(r"(?:[A-Za-z0-9._~-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")


class MalformedRequest(ErrorTask):  # type: ignore[misc]
    """Answers what waitress cannot read as HTTP with a problem; nothing of what came is repeated or logged."""

    def execute(self) -> None:
        """Send the answer and close."""
        status, title = self.request.error.code, self.request.error.reason
        detail = "this is not a request that can be answered: it is malformed, or its address or headers are too long"
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        content = json.dumps(problem).encode()
        self.status = f"{status} {title}"
        self.response_headers.append(("Content-Type", "application/problem+json"))
        self.set_close_on_finish()
        self.content_length = len(content)
        self.write(content)


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Refuses what two programs may read as two different requests: a length and chunks at once, no host or several."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read a request's head."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("a length and chunks at once")
        if self.version == "1.1" and not _HOST.fullmatch(self.headers.get("HOST", "")):
            raise ParsingError("no host, several, or one that is none")  # RFC 9112, 3.2


class Answer(WSGITask):  # type: ignore[misc]
    """Answers a request; to HEAD with a head alone, also where the body's length is not known beforehand."""

    def finish(self) -> None:
        """Send what is left: no chunk, not even the last, to who asked for none."""
        if self.request.command == "HEAD":
            self.write(b"")
            self.chunked_response = False
        super().finish()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection whose malformed requests are answered with a problem."""

    task_class = Answer
    error_task_class = MalformedRequest
    parser_class = Parser


class BufferingWorker(Worker):  # type: ignore[misc]
    """A gunicorn worker in which waitress serves the application on the sockets that the parent opened."""

    def run(self) -> None:
        """Serve until told to stop; then let the requests that have come be answered."""
        connections: dict[int, Any] = {}
        for listener in self.sockets:
            server = create_server(
                self.wsgi,
                map=connections,
                sockets=[listener.sock],
                threads=THREADS,
                ident=None,
                channel_timeout=IDLE_SECONDS,
                cleanup_interval=5,
                connection_limit=2000,
                asyncore_use_poll=True,
                max_request_header_size=LONGEST_HEAD,
                max_request_body_size=LONGEST_BODY,
                outbuf_high_watermark=UNREAD,
                clear_untrusted_proxy_headers=False,  # `Front` does, by the settings
            )
            server.channel_class = Channel
        parent = self.ppid
        begun: dict[Any, float] = {}
        while self.alive and os.getppid() == parent:
            self.notify()
            wasyncore.loop(timeout=1.0, use_poll=True, map=connections, count=1)
            begun = _cut_off(connections, begun)
        self._finish(connections)

    def _finish(self, connections: dict[int, Any]) -> None:
        """Take no more connections, and serve those that wait for an answer until it is sent."""
        for number, connection in list(connections.items()):
            if getattr(connection, "accepting", False):
                del connections[number]
        end = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < end and any(map(_is_owed, connections.values())):
            self.notify()
            wasyncore.loop(timeout=0.1, use_poll=True, map=connections, count=1)


def _is_owed(connection: Any) -> bool:
    return isinstance(connection, Channel) and bool(connection.requests or connection.total_outbufs_len)


def _cut_off(connections: Mapping[int, Any], begun: Mapping[Any, float]) -> dict[Any, float]:
    """Close connections whose request has been coming for too long; gives since when the others' are coming."""
    now = time.monotonic()
    channels = [connection for connection in connections.values() if isinstance(connection, Channel)]
    coming = {channel: begun.get(channel, now) for channel in channels if channel.request}
    for slow, since in list(coming.items()):
        if now - since > REQUEST_SECONDS:
            slow.handle_close()
            del coming[slow]
    return coming


class Front:
    """Around the application: believes only the proxies that the settings name, and keeps the access log."""

    def __init__(self, app: WSGIApplication, proxies: Networks, log: logging.Logger) -> None:
        self._app, self._proxies, self._log = app, proxies, log

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request, and log it once its answer has been made."""
        began = time.monotonic()
        if is_within(environ.get("REMOTE_ADDR", ""), self._proxies):
            if environ.get("HTTP_X_FORWARDED_PROTO", "").strip().lower() == "https":
                environ["wsgi.url_scheme"] = "https"
        else:
            for name in _FORWARDED:
                environ.pop(name, None)
        line = [stamp(), environ["REQUEST_METHOD"], _logged_path(environ["PATH_INFO"].encode("latin-1"))]

        def started(status: str, *rest: Any) -> Any:
            line.append(status.partition(" ")[0])
            return start(status, *rest)

        return _logged(self._app(environ, started), line, began, self._log)


def _logged(chunks: Iterable[bytes], line: list[str], began: float, log: logging.Logger) -> Iterator[bytes]:
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            yield chunk
    finally:
        if close := getattr(chunks, "close", None):
            close()
        log.info("%s %d bytes %d ms", " ".join(line), size, (time.monotonic() - began) * 1000)


def _logged_path(path: bytes) -> str:
    """A path as the log tells it: no key of an alert or its feed, and nothing that a terminal or a reader obeys."""
    text = path.decode("utf-8", "replace")
    return "/alert/-" if text.startswith("/alert/") else "".join(char if char.isprintable() else "?" for char in text)


class Server(BaseApplication):  # type: ignore[misc]
    """Serves what `make_app` makes. It is called in every worker, after the fork: what was warmed before is shared."""

    def __init__(self, make_app: Callable[[], Flask], options: Mapping[str, Any], proxies: str) -> None:
        self._make_app = make_app
        self._options = options
        self._proxies = networks(proxies)
        super().__init__()

    def load_config(self) -> None:
        """Our settings over gunicorn's."""
        for name, value in {**_SETTINGS, **self._options}.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to stop."""
        _share_arenas()
        super().run()

    def load(self) -> Front:
        """The application of one worker."""
        log = logging.getLogger("tratin.access")
        log.propagate = False
        log.setLevel(logging.INFO)
        log.handlers = [logging.StreamHandler(stream=_stdout())]
        logging.getLogger("waitress").setLevel(logging.CRITICAL)  # its words hold what clients sent
        return Front(self._make_app(), self._proxies, log)


def _stdout() -> Any:
    return os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)


_SETTINGS: dict[str, Any] = {
    "worker_class": "web.server.BufferingWorker",
    "backlog": 512,
    "timeout": 60,
    "graceful_timeout": 30,
    "loglevel": "warning",
    "control_socket_disable": True,
}


def _share_arenas() -> None:
    """Let all threads take memory from two arenas, as far as this C library knows such a thing.

    By default glibc gives each thread its own, and what one has freed the others cannot have: a worker of eight threads
    holds 100 MB of it after some minutes.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)

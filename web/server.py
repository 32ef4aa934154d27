"""The web server: gunicorn with threads, hardened against slow and malformed clients, with a log that tells nothing.

A connection gets a thread only when the head of its request is there, so that a thousand idle or dripping
connections cost no reader a thread. Neither queries nor addresses reach a log: journalists have sources.
"""

from __future__ import annotations

import ctypes
import errno
import json
import selectors
import socket
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http import message
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_SECONDS = 10.0
SEND_SECONDS = 30
LONGEST_LINE = 32_768
"""Bytes of a request's first line: the longest query, percent-encoded, needs 12,000."""
_PEEK = 65536
_LOOK_AGAIN = 0.1
_M_ARENA_MAX = -8
_ANSWERS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (LimitRequestLine, 414, "URI Too Long", f"the address has more than {LONGEST_LINE:,} bytes: shorten the query"),
    (LimitRequestHeaders, 431, "Request Header Fields Too Large", "the request has too many or too long headers"),
    (ParseException, 400, "Bad Request", "this is not a well-formed HTTP request"),
)
_BROKEN = (500, "Internal Server Error", "the server failed while answering: try again")


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker; waits for a request's head without spending a thread on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dripping: list[TConn] = []

    def accept(self, listener: socket.socket) -> None:
        """Take a connection and wait for it to speak."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_SECONDS, 0))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SEND_SECONDS, 0))
        self.nr_conns += 1
        conn = TConn(self.cfg, client, address, listener.getsockname())
        self._expect_head(conn)
        self.poller.register(client, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """A kept-alive connection speaks again."""
        if _head_is_there(client):
            super().on_client_socket_readable(conn, client)
            return
        self.keepalived_conns.remove(conn)
        self._expect_head(conn)
        self._drip(conn, client)

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """A new connection speaks."""
        if _head_is_there(client):
            super().on_pending_socket_readable(conn, client)
        else:
            self._drip(conn, client)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for connections; look again at those whose head was not all there."""
        super().wait_for_and_dispatch_events(min(timeout, _LOOK_AGAIN) if self._dripping else timeout)
        waiting, self._dripping = self._dripping, []
        for conn in waiting:
            if conn not in self.pending_conns:
                continue  # its time ran out and it was closed
            if _head_is_there(conn.sock):
                self.pending_conns.remove(conn)
                conn.data_ready = True
                self.enqueue_req(conn)
            else:
                self._dripping.append(conn)

    def _expect_head(self, conn: TConn) -> None:
        conn.timeout = time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)

    def _drip(self, conn: TConn, client: socket.socket) -> None:
        # What has arrived stays readable and would wake the poller for ever, so it is looked at by the clock instead.
        self.poller.unregister(client)
        self._dripping.append(conn)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what cannot be read as HTTP with a problem; log its kind, never its words."""
        told = next((answer[1:] for answer in _ANSWERS if isinstance(exc, answer[0])), _BROKEN)
        status, reason, detail = told
        self.log.warning("%s: answered %d", type(exc).__name__, status)
        content = json.dumps({"type": "about:blank", "title": reason, "status": status, "detail": detail}).encode()
        head = (
            f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        with suppress(OSError):
            client.sendall(head.encode() + content)


class Server(BaseApplication):  # type: ignore[misc]
    """Serves what `make_app` makes. It is called in every worker, after the fork: what was warmed before is shared."""

    def __init__(self, make_app: Callable[[], Flask], options: Mapping[str, Any]) -> None:
        self._make_app = make_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Our settings over gunicorn's."""
        message.MAX_REQUEST_LINE = LONGEST_LINE  # gunicorn's own ceiling of the setting below is 8,190
        for name, value in {**_SETTINGS, **self._options}.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to stop."""
        _share_arenas()
        super().run()

    def load(self) -> Flask:
        """The application of one worker."""
        return self._make_app()


_SETTINGS: dict[str, Any] = {
    "worker_class": "web.server.PatientWorker",
    "threads": 8,
    "worker_connections": 2000,
    "backlog": 512,
    "keepalive": 15,
    "timeout": 60,
    "graceful_timeout": 30,
    "limit_request_line": LONGEST_LINE,
    "limit_request_fields": 64,
    "accesslog": "-",
    "access_log_format": "%(t)s %(m)s %(U)s %(s)s %(b)s bytes %(M)s ms",
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


def _head_is_there(client: socket.socket) -> bool:
    """Whether a request's head, or its end of file, or more than a head may hold, can be read without waiting."""
    try:
        seen = client.recv(_PEEK, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return not seen or b"\r\n\r\n" in seen or len(seen) >= _PEEK

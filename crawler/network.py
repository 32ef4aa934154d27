"""The network under the fetcher: connections go where the guard says, and nothing lasts longer than its deadline."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore

from crawler.errors import FetchError
from crawler.guard import Guard

MOST_ADDRESSES = 3
"""Addresses of one host that are tried."""


class GuardedNetwork(httpcore.NetworkBackend):
    """httpcore's network, asked through the guard. Deadlines are a thread's own: each thread fetches one page."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._plain = httpcore.SyncBackend()
        self._thread = threading.local()
        self._open: weakref.WeakSet[_TimedStream] = weakref.WeakSet()
        self._opening = threading.Lock()
        self.stopped = threading.Event()

    def stop(self) -> None:
        """Hang up: what any thread waits for on the network ends now, and nothing is connected to any more."""
        self.stopped.set()
        with self._opening:
            for stream in self._open:
                stream.hang_up()

    @contextmanager
    def until(self, seconds: float) -> Iterator[None]:
        """Everything this thread does on the network inside the block is over after so many seconds."""
        self._thread.deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._thread.deadline

    def left(self, timeout: float | None, late: type[Exception]) -> float | None:
        """The timeout, or what the deadline leaves of it; raises `late` when nothing is left."""
        deadline = getattr(self._thread, "deadline", None)
        if deadline is None:
            return timeout
        left: float = deadline - time.monotonic()
        if left <= 0:
            raise late("the deadline has passed")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the addresses that the guard has checked.

        Raises:
            FetchError: the guard refuses, or the name has no address.
            httpcore.ConnectError, httpcore.ConnectTimeout: nobody answers there.
        """
        if self.stopped.is_set():
            raise httpcore.ConnectError("the crawl is being stopped")
        failed: Exception = FetchError("no address")
        for address, its_port in self._guard.endpoints(host, port)[:MOST_ADDRESSES]:
            try:
                wait = self.left(timeout, httpcore.ConnectTimeout)
                stream = self._plain.connect_tcp(address, its_port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            timed = _TimedStream(stream, self)
            with self._opening:
                self._open.add(timed)
            return timed
        raise failed


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every read and write ends with the thread's deadline."""

    def __init__(self, stream: httpcore.NetworkStream, network: GuardedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout, httpcore.WriteTimeout))

    def hang_up(self) -> None:
        """End the connection under a thread that waits for it; closing alone would not wake that."""
        with suppress(OSError):
            self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wait = self._network.left(timeout, httpcore.ConnectTimeout)
        self._stream = self._stream.start_tls(ssl_context, server_hostname, wait)
        return self

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

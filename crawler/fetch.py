"""Fetching: one page at a time from a host, politely, within limits, every hop past guard and robots."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

import httpcore

from crawler.errors import BrokenAnswer, TooBig, TooManyRedirects, TooSlow, Unreachable, UrlError
from crawler.exchange import Exchange
from crawler.ground.clock import stamp
from crawler.guard import Guard
from crawler.network import GuardedNetwork
from crawler.page import Page
from crawler.robots import MAX_ROBOTS, Robots
from crawler.unpack import ENCODINGS
from crawler.urls import canonical, host_of

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything one page may take."""

    page: int = 5 * 2**20
    """Bytes of a page or feed, packed or unpacked."""
    sitemap: int = 20 * 2**20
    """Bytes of a sitemap."""
    seconds: float = 60.0
    """From the first look-up to the last byte."""
    connect: float = 15.0
    """Seconds to connect."""
    read: float = 20.0
    """Seconds without a byte."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server said of the copy we have, for a conditional request."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The page that answered, and every exchange on the way to it."""

    page: Page
    exchanges: tuple[Exchange, ...]


def user_agent(version: str, contact: str) -> str:
    """The honest name we go by: product, version, and whom to write to."""
    return f"TraTin/{version} (+{contact})" if contact else f"TraTin/{version}"


class Fetcher:
    """Fetches pages; safe to call from several threads, and never has two requests at one host at a time."""

    def __init__(
        self, agent: str, *, guard: Guard | None = None, delay: float = 2.0, limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.robots = Robots(self._ask_robots)
        self._agent = agent
        self._guard = guard or Guard()
        self._network = GuardedNetwork(self._guard)
        self._pool = httpcore.ConnectionPool(
            max_connections=100, keepalive_expiry=30, network_backend=self._network, http2=False
        )
        self._turns = _Turns(delay, self._network.stopped)
        self._cookies = _Cookies()

    def close(self) -> None:
        """Close every connection, also under threads that wait for an answer."""
        self._network.stop()
        self._pool.close()

    def fetch(
        self, url: str, known: Validators | None = None, *, limit: int | None = None, delay: float | None = None
    ) -> Fetched:
        """The page at a canonical URL, redirects followed; `delay` is the site's own instead of the installation's.

        Raises:
            FetchError: one of its kinds, saying why there is no page.
        """
        limit = limit or self.limits.page
        hops: list[Exchange] = []
        seen: set[tuple[str, str]] = set()
        here = url
        while True:
            self.robots.check(here)
            cookie = self._cookies.header(host_of(here))
            if (here, cookie) in seen or len(hops) > self.limits.redirects:
                raise TooManyRedirects(f"redirected {len(hops)} times, last to {here}")
            seen.add((here, cookie))
            wait = max(self._turns.delay if delay is None else delay, self.robots.delay(here))
            hops.append(self._ask(here, limit, wait, known if here == url else None))
            target = hops[-1].header("location") if hops[-1].status in REDIRECTS else None
            if target is None:
                return Fetched(hops[-1].page(url, limit), tuple(hops))
            here = _next(target, here)

    def _ask_robots(self, url: str) -> Exchange:
        here = url
        for _ in range(self.limits.redirects + 1):
            answer = self._ask(here, MAX_ROBOTS, self._turns.delay, None, cut=True)
            target = answer.header("location") if answer.status in REDIRECTS else None
            if target is None:
                return answer
            here = _next(target, here)
        raise TooManyRedirects("robots.txt is redirected without end")

    def _ask(self, url: str, limit: int, delay: float, known: Validators | None, *, cut: bool = False) -> Exchange:
        self._guard.check(url)
        host = host_of(url)
        with self._turns.at(host, delay), self._network.until(self.limits.seconds):
            try:
                answer = self._exchange(url, self._headers(host, known), limit, cut)
            except httpcore.TimeoutException as error:
                raise TooSlow(f"no whole answer in time ({type(error).__name__})") from None
            except (httpcore.ConnectError, httpcore.PoolTimeout) as error:
                raise Unreachable(f"no connection ({error})") from None
            except (httpcore.ProtocolError, httpcore.NetworkError, ValueError) as error:
                raise BrokenAnswer(f"the answer is broken ({str(error)[:120]})") from None
        self._cookies.keep(host, answer)
        return answer

    def _headers(self, host: str, known: Validators | None) -> list[tuple[str, str]]:
        headers = [
            ("User-Agent", self._agent),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"),
            ("Accept-Language", "vi,en;q=0.5"),
            ("Accept-Encoding", ENCODINGS),
        ]
        if cookie := self._cookies.header(host):
            headers.append(("Cookie", cookie))
        if known and known.etag:
            headers.append(("If-None-Match", known.etag))
        if known and known.last_modified:
            headers.append(("If-Modified-Since", known.last_modified))
        return headers

    def _exchange(self, url: str, headers: list[tuple[str, str]], limit: int, cut: bool) -> Exchange:
        parts = httpcore.URL(url)
        host = parts.host.decode("ascii")
        netloc = host if parts.port is None else f"{host}:{parts.port}"
        sent = [("Host", netloc), *headers]
        if self._guard.maps(host.strip("[]")):
            parts.scheme = b"http"
        timeout = {"connect": self.limits.connect, "read": self.limits.read, "write": self.limits.read, "pool": 30.0}
        with self._pool.stream("GET", parts, headers=sent, extensions={"timeout": timeout}) as answer:
            given = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers)
            body = _body(answer, limit, cut)
        reason = answer.extensions.get("reason_phrase", b"").decode("latin-1")
        fetched = stamp()
        return Exchange(url, tuple(sent), answer.status, reason, given, body, fetched)


def _body(answer: httpcore.Response, limit: int, cut: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_stream():
        size += len(part)
        if size > limit:
            if cut:
                return b"".join(parts)
            raise TooBig(f"more than {limit} bytes")
        parts.append(part)
    return b"".join(parts)


def _next(target: str, here: str) -> str:
    # httpcore gives header bytes as Latin-1; servers that send raw UTF-8 in Location mean UTF-8.
    with suppress(UnicodeError):
        target = target.encode("latin-1").decode("utf-8")
    try:
        return canonical(target, here)
    except UrlError as error:
        raise BrokenAnswer(f"redirected to what is no page ({error})") from None


class _Turns:
    """One request at a host at a time, and a pause after each."""

    def __init__(self, delay: float, stopped: threading.Event) -> None:
        self.delay = delay
        self._stopped = stopped
        self._lock = threading.Lock()
        self._hosts: dict[str, threading.Lock] = {}
        self._free: dict[str, float] = {}

    @contextmanager
    def at(self, host: str, delay: float) -> Iterator[None]:
        """Wait for the host's turn; the block is the request."""
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Lock())
        with turn:
            if (ended := self._free.get(host)) is not None:
                self._stopped.wait(max(0.0, ended + delay - time.monotonic()))
            try:
                yield
            finally:
                self._free[host] = time.monotonic()


class _Cookies:
    """Cookies that a host set, sent back to that very host and no other, and forgotten with the run.

    Some papers answer the first request with a redirect to itself and a cookie.
    """

    MOST = 20

    def __init__(self) -> None:
        self._jars: dict[str, dict[str, str]] = {}

    def keep(self, host: str, answer: Exchange) -> None:
        """Take what an answer of the host sets."""
        for name, value in answer.headers:
            if name.lower() != "set-cookie" or len(value) > 4096:
                continue
            try:
                given = SimpleCookie(value)
            except CookieError:
                continue
            jar = self._jars.setdefault(host, {})
            jar.update({morsel.key: morsel.coded_value for morsel in given.values() if len(jar) < self.MOST})

    def header(self, host: str) -> str:
        """The Cookie header for the host; empty when it set none."""
        return "; ".join(f"{name}={value}" for name, value in sorted(self._jars.get(host, {}).items()))

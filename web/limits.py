"""Limits: so many requests a minute and client, counted in memory that workers share, and so many exports at once."""

from __future__ import annotations

import mmap
import secrets
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from flask import Flask, Response, g, request

from web.i18n import t
from web.problems import Busy, Unavailable

_SLOTS = 1 << 16
_SLOT = struct.Struct("<II")
_EXPORTS = (".csv", ".jsonl", ".zip", ".warc", ".popolo.json")
MOST_MADE = 3
"""Exports that a process makes at once: of its eight threads the others go on answering pages meanwhile."""
MOST_WAITING = 2
"""Further exports that wait for one of those to end; with MOST_MADE they leave three threads to pages."""
_PATIENCE = 15.0
"""Seconds that an export waits for its turn before it is told to come again: half of what proxies are patient for."""
_LIMITED = (".csv", ".jsonl", ".atom", ".zip", ".warc", ".popolo.json", "/check")


class Counter:
    """Requests by client in the running minute. Two clients share a slot once in 65,536: good enough to share out."""

    def __init__(self) -> None:
        self._slots = mmap.mmap(-1, _SLOTS * _SLOT.size)
        self._salt = secrets.token_bytes(16)

    def count(self, client: str, minute: int) -> int:
        """Count one request; how many this client has made in this minute."""
        digest = blake2b(client.encode(), key=self._salt, digest_size=2).digest()
        place = int.from_bytes(digest, "little") * _SLOT.size
        then, count = _SLOT.unpack_from(self._slots, place)
        count = count + 1 if then == minute else 1
        _SLOT.pack_into(self._slots, place, minute, count)
        return int(count)


_shared = Counter()
"""Made when this module is first imported, before the workers are forked, so that they count together."""


Networks = tuple[IPv4Network | IPv6Network, ...]


def networks(text: str) -> Networks:
    """Addresses and networks (`127.0.0.1 10.0.0.0/8`), separated by spaces or commas.

    Raises:
        ValueError: one of them is neither.
    """
    return tuple(map(ip_network, text.replace(",", " ").split()))


def register(app: Flask, most: int, proxies: Networks) -> None:
    """Answer 429 to a client's requests beyond `most` a minute (0: no limit), 503 to an export without a turn.

    MOST_MADE exports are made at once; MOST_WAITING more wait `_PATIENCE` seconds for theirs.
    """
    _leave_room(app)
    if not most:
        return

    def limit() -> None:
        if not request.path.startswith("/api/") and not request.path.endswith(_LIMITED):
            return
        now = time.time()
        if _shared.count(client(proxies), int(now // 60)) > most:
            problem = Busy(t("problem.busy", most=most))
            problem.headers["Retry-After"] = str(60 - int(now % 60))
            raise problem

    app.before_request(limit)


def _leave_room(app: Flask) -> None:
    making = threading.BoundedSemaphore(MOST_MADE)
    waiting = threading.BoundedSemaphore(MOST_WAITING)

    def turn_comes() -> bool:
        if making.acquire(blocking=False):
            return True
        if not waiting.acquire(blocking=False):
            return False
        try:
            return making.acquire(timeout=_PATIENCE)
        finally:
            waiting.release()

    def begin() -> None:
        if not request.path.endswith(_EXPORTS) or request.method != "GET":
            return
        if not turn_comes():
            problem = Unavailable(t("problem.exports", most=MOST_MADE))
            problem.headers["Retry-After"] = "5"
            raise problem
        g.making = True

    def end(answer: Response) -> Response:
        if g.pop("making", False):
            held = [making]

            def release() -> None:
                if held:
                    held.pop().release()

            if answer.is_streamed:
                answer.response = _until_made(answer.iter_encoded(), release)
                answer.call_on_close(release)  # the client may go before the end
            else:
                release()
        return answer

    app.before_request(begin)
    app.after_request(end)


def _until_made(chunks: Iterable[bytes], release: Callable[[], None]) -> Iterator[bytes]:
    try:
        yield from chunks
    finally:
        release()


def client(proxies: Networks) -> str:
    """The client's address: the last in the chain of X-Forwarded-For that is no proxy of ours.

    What stands before it, the client may have written. An address that is no proxy's is the client's, whatever it says.
    """
    chain = [*request.headers.get("X-Forwarded-For", "").split(","), request.remote_addr or "127.0.0.1"]
    while len(chain) > 1 and is_within(chain[-1], proxies):
        chain.pop()
    return _household(chain[-1].strip())


def _household(address: str) -> str:
    """The address; of an IPv6 address the first half, for the other half anybody chooses anew."""
    known = _address(address)
    return str(IPv6Network((known, 64), strict=False)) if isinstance(known, IPv6Address) else str(known or address)


def is_within(address: str, proxies: Networks) -> bool:
    """Whether an address is in one of the networks."""
    known = _address(address.strip())
    return known is not None and any(known in network for network in proxies)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address; the IPv4 one that a server listening for both sees as `::ffff:1.2.3.4`."""
    try:
        known = ip_address(text)
    except ValueError:
        return None
    return (known.ipv4_mapped if isinstance(known, IPv6Address) else None) or known

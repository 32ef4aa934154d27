"""URLs: one spelling for one page. Query keys are an article's identity on many portals, so only known trackers go."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from crawler.errors import UrlError

MAX_URL = 2000
_TRACKERS = re.compile(r"(?:utm_\w+|fbclid|gclid|gidzl|zarsrc|zalo_src|_ga|mc_cid|mc_eid|igshid)(?:=|$)", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f\x7f]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
_PLAIN = re.compile(
    r"(?P<origin>https?://(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9]*(?=/))?"
    r"(?P<path>(?:/[A-Za-z0-9_~-][A-Za-z0-9_~.-]*)+/?)"
)
"""What most links look like; nothing of it is to be respelled."""
_PATH_SAFE = "/%:@!$&'()*+,;=-._~"


def canonical(url: str, base: str | None = None) -> str:
    """The URL (resolved against `base`) in its one spelling: no fragment, tracker, default port or invisible sign.

    Raises:
        UrlError: it is not http or https, has a user name, no valid host or port, or is too long.
    """
    plain = _PLAIN.fullmatch(url) if len(url) < MAX_URL // 2 else None
    if plain is not None and 0 < len(plain["origin"] or "") < 250:
        return url
    if plain is not None and base and not plain["origin"]:
        return _origin(base) + url
    return _spelled(url, base)


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    return _spelled("/", base).removesuffix("/")


def _spelled(url: str, base: str | None) -> str:
    text = _INVISIBLE.sub("", url).strip()
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        port = parts.port
    except ValueError as error:
        raise UrlError(f"{text[:80]!r} is no URL ({error})") from None
    if parts.scheme not in _PORTS:
        raise UrlError(f"{text[:80]!r}: only http and https are fetched")
    if "@" in parts.netloc:
        raise UrlError(f"{text[:80]!r}: a user name in a URL is never followed")
    host = _ascii_host(parts.hostname or "", text)
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKERS.match(pair))
    whole = urlunsplit((parts.scheme, netloc, _dotless(_escaped(parts.path)) or "/", _escaped(query, "?"), ""))
    if len(whole) > MAX_URL:
        raise UrlError(f"{whole[:80]!r}…: longer than {MAX_URL} characters")
    return whole


def host_of(url: str) -> str:
    """The host that serves a canonical URL, without its port."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def looks_endless(url: str) -> bool:
    """Whether this looks made up by a server without end: a path that repeats itself, or goes too deep."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    return len(steps) > 12 or any(count > 3 for count in Counter(steps).values())


def _ascii_host(host: str, text: str) -> str:
    literal = f"[{host}]" if ":" in host else host
    try:
        ascii_host = literal.encode("idna").decode("ascii").lower() if not literal.isascii() else literal.lower()
    except UnicodeError:
        ascii_host = ""
    if not _HOST.fullmatch(ascii_host) or len(ascii_host) > 253:
        raise UrlError(f"{text[:80]!r} names no valid host")
    return ascii_host.rstrip(".") or ascii_host


def _escaped(text: str, also: str = "") -> str:
    """Escapes in capitals and only where needed, so that `%C3%A1`, `%c3%a1` and `á` are one page."""

    def plain(match: re.Match[str]) -> str:
        byte = unquote_to_bytes(match.group())
        return byte.decode("ascii") if byte[0] in _UNRESERVED else match.group().upper()

    quoted = quote(text, safe=_PATH_SAFE + also)
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", _ESCAPE.sub(plain, quoted))


def _dotless(path: str) -> str:
    """Without `.` and `..` steps (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    resolved: list[str] = []
    steps = path.split("/")[1:]
    for step in steps:
        if step == "..":
            del resolved[-1:]
        elif step != ".":
            resolved.append(step)
    end = "/" if steps[-1] in (".", "..") and resolved else ""
    return "/" + "/".join(resolved) + end

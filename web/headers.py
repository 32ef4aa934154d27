"""Headers on every answer: what a browser may do with it, how long it holds, and gzip."""

from __future__ import annotations

import gzip
import hashlib
import secrets
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, g, request

from crawler.ground.clock import today
from web.backend import backend
from web.negotiation import ATOM, HTML, JSON, preferred

_SMALLEST = 1000
_PACKED = (
    "text/",
    "application/json",
    "application/x-ndjson",
    "application/problem+json",
    "application/atom+xml",
)
_UNNAMED = (None, "static", "api.health", "api.sources", "sources.page", "alerts.ask", "alerts.feed", "metrics")
"""Endpoints whose answers depend on more than an ETag here names."""
_STATIC = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Set the headers of every answer of this application."""
    app.before_request(_unchanged)
    app.after_request(_finish)


def nonce() -> str:
    """This answer's script nonce."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def _etag() -> str:
    """Names what an answer depends on: index, store (a withdrawal is a change), program, address, language and type."""
    p = backend()
    state = (p.searcher.generation, p.searcher.change, p.articles.last_change(), p.settings, today())
    asked = (state, request.full_path, request.host, preferred(HTML, JSON), preferred(ATOM, HTML))
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _unchanged() -> Response | None:
    """304 before any search, where the reader's copy still holds."""
    if request.method not in ("GET", "HEAD") or request.endpoint in _UNNAMED:
        return None
    g.etag = _etag()
    if not request.if_none_match.contains_weak(g.etag):
        return None
    answer = Response(status=304)
    answer.set_etag(g.etag, weak=True)
    return answer


def _finish(answer: Response) -> Response:
    headers = answer.headers
    if (onward := headers.get("Location", "")).startswith(request.host_url):
        # The router writes a whole address with the host that the request named: that is anybody's to choose.
        headers["Location"] = f"/{onward.removeprefix(request.host_url).lstrip('/')}"
    for turn in g.get("turns", ()) if answer.status_code == 200 else ():
        headers["Link"] = ", ".join(filter(None, (headers.get("Link"), turn)))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()"
    if request.endpoint == "static" and request.method != "OPTIONS" and answer.status_code in (200, 206, 304):
        headers["Cache-Control"] = _STATIC if "v" in request.args else "no-cache"
        return _pack(answer)
    headers.setdefault("Cache-Control", "no-cache")
    if answer.status_code == 200 and "etag" in g:
        answer.set_etag(g.etag, weak=True)
    if answer.status_code != 304:
        # A 304 keeps the page that the browser has, and so must keep the policy whose nonce that page carries.
        headers.setdefault("Content-Security-Policy", _policy())
    if request.path.startswith("/api/"):
        _cors(answer)
    return _pack(answer)


def _policy() -> str:
    return (
        f"default-src 'none'; script-src 'nonce-{nonce()}'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _cors(answer: Response) -> None:
    if origin := backend().settings.cors:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS, POST"
        answer.headers["Access-Control-Allow-Headers"] = "Content-Type"
        answer.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, Tratin-Total"
        if origin != "*":
            answer.vary.add("Origin")


def _pack(answer: Response) -> Response:
    if not (answer.mimetype or "").startswith(_PACKED) or answer.status_code in (204, 304):
        return answer
    answer.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or "Content-Encoding" in answer.headers or request.method == "HEAD":
        return answer
    if answer.direct_passthrough:  # a static file; whether it counts as streamed depends on the server's own wrapper
        answer.direct_passthrough = False
    elif answer.is_streamed:
        answer.response = _gzip_stream(answer.iter_encoded())
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers.pop("Content-Length", None)
        return answer
    content = answer.get_data()
    if len(content) >= _SMALLEST:
        answer.set_data(gzip.compress(content, 5, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _gzip_stream(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(5, wbits=31)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()

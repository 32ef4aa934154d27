"""`/search.csv`, `/search.jsonl` and every Atom feed: results to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flask import Blueprint, Response, request

from search.request import SearchRequest
from search.results import Hit
from web.backend import backend
from web.export import csv_lines, json_lines
from web.feeds import LENGTH, FeedEntry, atom, of_hit
from web.i18n import t
from web.links import absolute, here
from web.params import search_request

pages = Blueprint("downloads", __name__)


@pages.get("/search.csv")
def as_csv() -> Response:
    """All matches as CSV."""
    return _streamed(csv_lines, "text/csv; charset=utf-8", "csv")


@pages.get("/search.jsonl")
def as_jsonl() -> Response:
    """All matches as JSON Lines."""
    return _streamed(json_lines, "application/x-ndjson", "jsonl")


@pages.get("/search.atom")
def search_feed() -> Response:
    """The newest matches as a feed."""
    wanted = search_request(request.args)
    return feed(wanted.text or t("search.newest"), wanted, "/")


@pages.get("/edited.atom")
def edited_feed() -> Response:
    """Articles whose text the newspaper changed, the latest change first."""
    entries = [
        FeedEntry(
            absolute(f"/article/{edited}/diff?from={version - 1}&to={version}"),
            t("versions.entry", title=article.title, n=version),
            notes[-1].kept,
            "",
            article.source,
            article.url,
        )
        for edited, version in backend().store.revised(LENGTH)
        if (article := backend().store.get(edited)) and (notes := backend().store.versions(edited))
    ]
    return _atom(atom(t("versions.feed"), absolute(here()), absolute("/"), entries))


def feed(title: str, wanted: SearchRequest, page: str) -> Response:
    """The newest matches of a search as a feed whose readable twin is `page`."""
    found = backend().searcher.search(replace(wanted, sort="newest", limit=LENGTH, cursor=None))
    kept = here().drop("cursor").drop("limit").drop("sort")
    title = f"{title} – {t('common.name')}"
    return _atom(atom(title, absolute(kept), absolute(kept.to(page)), map(of_hit, found.hits[: found.total])))


def _atom(content: bytes) -> Response:
    return Response(content, content_type="application/atom+xml; charset=utf-8")


def _streamed(lines: Callable[[Iterable[Hit]], Iterator[str]], content_type: str, suffix: str) -> Response:
    wanted = search_request(request.args)
    total = backend().searcher.search(replace(wanted, limit=1, cursor=None)).total
    answer = Response(lines(backend().searcher.matches(replace(wanted, cursor=None))), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="tratin.{suffix}"'
    answer.headers["Tratin-Total"] = str(total)
    return answer

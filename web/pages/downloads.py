"""`/search.csv`, `/search.jsonl` and every Atom feed: results to take away."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from flask import Blueprint, Response, request, stream_with_context

from search.request import SearchRequest
from search.results import Hit
from web.backend import backend
from web.bundle import MOST, Subject, bundle
from web.export import Addresses, csv_lines, json_lines
from web.feeds import LENGTH, FeedEntry, atom, of_hit, pace
from web.i18n import t
from web.links import Address, absolute, here, link, plain_link
from web.negotiation import ATOM, HTML, preferred
from web.pages.chips import followed
from web.params import search_request
from web.popolo import popolo
from web.problems import Withheld
from web.rendering import render

pages = Blueprint("downloads", __name__)


@pages.get("/search.csv")
def as_csv() -> Response:
    """All matches as CSV."""
    return _streamed(csv_lines, "text/csv; charset=utf-8", "csv")


@pages.get("/search.jsonl")
def as_jsonl() -> Response:
    """All matches as JSON Lines."""
    return _streamed(json_lines, "application/x-ndjson", "jsonl")


@pages.get("/search.zip")
def as_zip() -> Response:
    """The first thousand matches as a ZIP that opens offline."""
    if backend().settings.snippets_only:
        raise Withheld(t("article.snippets-only"))
    wanted = replace(search_request(request.args), cursor=None)
    total = backend().searcher.count(wanted)
    address = here().drop("cursor").drop("limit").drop("more").drop("explain")
    name = followed(wanted) or t("search.newest")
    asked = Subject(name, absolute(address.to("/")), total, backend().searcher.generation)
    ids = (hit.id for hit in islice(backend().searcher.matches(wanted), MOST))
    articles = ((article, absolute(link("article.page", id=article.id))) for article in backend().articles.texts(ids))
    answer = Response(stream_with_context(bundle(asked, articles)), content_type="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="tratin.zip"'
    answer.headers["Tratin-Total"] = str(total)
    return answer


@pages.get("/search.warc")
def as_warc() -> Response:
    """What the newspapers' servers sent for the archived ones of the first thousand matches, record for record."""
    if backend().settings.snippets_only:
        raise Withheld(t("article.snippets-only"))
    wanted = replace(search_request(request.args), cursor=None)
    answer = Response(stream_with_context(_records(wanted)), content_type="application/warc")
    answer.headers["Content-Disposition"] = 'attachment; filename="tratin.warc.gz"'
    return answer


def _records(wanted: SearchRequest) -> Iterator[bytes]:
    """The records, each once: copies that the archive holds once point to the same."""
    given: set[bytes] = set()
    for hit in islice(backend().searcher.matches(wanted), MOST):
        copy = backend().archived(hit.id, None)
        for record in copy.records if copy else ():
            if (digest := hashlib.sha256(record).digest()) not in given:
                given.add(digest)
                yield record


@pages.get("/officials.popolo.json")
def as_popolo() -> Response:
    """Officials, organisations, offices and who held them, as Popolo has it."""
    made = stream_with_context(popolo(backend().directory, absolute))
    answer = Response(made, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="officials.popolo.json"'
    return answer


@pages.get("/search.atom")
def search_feed() -> Response:
    """The newest matches as a feed."""
    wanted = search_request(request.args)
    return feed(followed(wanted) or t("search.newest"), wanted, "/")


@pages.get("/edited.atom")
def edited_feed() -> Response:
    """Articles whose text the newspaper changed, the latest change first."""
    articles = backend().articles
    entries = [
        FeedEntry(
            absolute(f"/article/{article.id}/diff?from={article.version - 1}&to={article.version}"),
            t("versions.entry", title=article.title, n=article.version),
            notes[-1].kept,
            "",
            article.source,
            article.url,
        )
        for article in articles.texts(edited for edited, _ in articles.revised(LENGTH))
        if (notes := articles.versions(article.id))
    ]
    return _answer(t("versions.feed"), here(), "/", entries)


def feed(name: str, wanted: SearchRequest, page: str) -> Response:
    """The newest matches of a search as a feed whose page is `page`; `name` says what it follows."""
    found = backend().searcher.search(replace(wanted, sort="newest", limit=LENGTH, cursor=None))
    address = here().drop("cursor").drop("limit").drop("sort").drop("more").drop("explain")
    return _answer(name, address, page, [of_hit(hit) for hit in found.hits[: found.total]], pace(found))


def _answer(name: str, address: Address, page: str, entries: Sequence[FeedEntry], pace: str | None = None) -> Response:
    """A feed reader gets Atom; a browser a page that says what the feed is and lists the same."""
    title = f"{name} – {t('common.name')}"
    if preferred(ATOM, HTML) == HTML:
        about = {"title": title, "name": name, "feed": absolute(address), "entries": entries, "pace": pace}
        answer = Response(render("feed.html", **about, twin=address.to(page)), content_type="text/html; charset=utf-8")
    else:
        content = atom(title, absolute(address), absolute(address.to(page)), entries)
        answer = Response(content, content_type=f"{ATOM}; charset=utf-8")
    answer.vary.add("Accept")
    return answer


def _streamed(lines: Callable[[Iterable[Hit], Addresses], Iterator[str]], content_type: str, suffix: str) -> Response:
    wanted = search_request(request.args)
    total = backend().searcher.count(wanted)
    before = absolute(plain_link("article.page", id="-")).removesuffix("-")

    def address(id: str) -> str:
        return before + id

    answer = Response(
        lines(backend().searcher.matches(replace(wanted, cursor=None)), address), content_type=content_type
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="tratin.{suffix}"'
    answer.headers["Tratin-Total"] = str(total)
    return answer

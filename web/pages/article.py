"""`/article/<id>`: the text as printed with every hit marked, and what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.http import http_date
from werkzeug.urls import iri_to_uri

from crawler.article import Article
from search.marked import MarkedArticle
from search.results import Spans
from web.backend import backend
from web.cite import FORMATS, footnote, news_article, pwid
from web.diff import compare
from web.i18n import t
from web.links import absolute, here, link
from web.marking import HitMarker
from web.mentions import mentions
from web.params import choice, search_request, whole
from web.problems import Missing, Withdrawn, Withheld
from web.rendering import render

pages = Blueprint("article", __name__)


@pages.get("/article/<id>")
def page(id: str) -> str:
    """One article in its latest version."""
    wanted = search_request(request.args)
    article = readable(id)
    marked = backend().searcher.marked(id, wanted)
    marker = HitMarker()
    return render(
        "article.html",
        article=article,
        at=absolute(link("article.page", id=id)),
        marked=marked,
        text=texts(article, marked, marker),
        marker=marker,
        versions=backend().articles.versions(id),
        related=backend().searcher.related(id),
        back=here().to("/"),
        removed=backend().articles.state(id) == "removed",
        footnote=footnote(article, absolute(link("article.page", id=id))),
        described=news_article(article, absolute(link("article.page", id=id))),
        formats=[(name, label) for name, (label, *_) in FORMATS.items()],
    )


@pages.get("/article/<id>/preview")
def preview(id: str) -> str:
    """The same text as a piece of a page, for the pane beside the results."""
    article = readable(id)
    marked = backend().searcher.marked(id, search_request(request.args))
    marker = HitMarker()
    return render(
        "_preview.html",
        article=article,
        text=texts(article, marked, marker),
        marker=marker,
        versions=backend().articles.versions(id),
        removed=backend().articles.state(id) == "removed",
        full=here().to(f"/article/{id}"),
    )


@pages.get("/article/<id>/versions")
def versions(id: str) -> str:
    """Every kept version of one article."""
    return render("versions.html", article=readable(id), versions=backend().articles.versions(id))


@pages.get("/article/<id>/diff")
def diff(id: str) -> str:
    """What changed from one version to another; from the version before to the latest unless told."""
    latest = readable(id).version
    if backend().settings.snippets_only:
        raise Withheld(t("article.snippets-only"))
    to = whole(request.args, "to", latest, 1, 999_999)
    since = whole(request.args, "from", max(to - 1, 1), 1, 999_999)
    before, after = readable(id, since), readable(id, to)
    passages = compare(before, after)
    return render("diff.html", before=before, after=after, passages=passages)


@pages.get("/article/<id>/archived")
def archived(id: str) -> Response:
    """What the newspaper's server sent, as a file: never run as a page of this server."""
    article = readable(id)
    if backend().settings.snippets_only:
        raise Withheld(t("article.snippets-only"))
    version = whole(request.args, "version", article.version, 1, 999_999) if "version" in request.args else None
    copy = backend().archived(id, version)
    if copy is None:
        raise Missing(t("problem.no-archive"))
    answer = Response(copy.content, content_type=copy.content_type)
    # The archived page shows without any of its scripts, and without asking any other host for anything.
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    answer.headers["Memento-Datetime"] = http_date(datetime.fromisoformat(copy.fetched))
    around = {"timegate": "memento.timegate", "timemap": "memento.timemap"}
    links = {"original": iri_to_uri(copy.url), **{name: absolute(link(view, id=id)) for name, view in around.items()}}
    answer.headers["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items())
    return answer


@pages.get("/article/<id>/cite")
def cite(id: str) -> Response:
    """A citation to take away."""
    article = readable(id)
    name = choice(request.args, "format", (*FORMATS, "pwid"))
    if name == "pwid":
        copy = None if backend().settings.snippets_only else backend().archived(id, None)
        if copy is None:
            raise Missing(t("problem.no-archive"))
        written = pwid(copy.url, copy.fetched, request.host.partition(":")[0])
        return Response(f"{written}\n", content_type="text/plain; charset=utf-8")
    _, media_type, suffix, write = FORMATS[name]
    answer = Response(
        write(article, absolute(link("article.page", id=id))), content_type=f"{media_type}; charset=utf-8"
    )
    if name != "footnote":
        answer.headers["Content-Disposition"] = f'attachment; filename="{id}.{suffix}"'
    return answer


def readable(id: str, version: int | None = None) -> Article:
    """The article, if it may be shown.

    Raises:
        Missing: no such article or version.
        Withdrawn: it was taken down.
    """
    articles = backend().articles
    state = articles.state(id) if len(id) <= 80 else None
    if state == "withdrawn":
        raise Withdrawn(t("problem.withdrawn"))
    article = articles.get(id, version) if state else None
    if article is None:
        raise Missing(t("problem.no-article", id=id[:80]))
    return article


def texts(article: Article, marked: MarkedArticle | None, marker: HitMarker) -> dict[str, object]:
    """Title, lead, paragraphs and captions as HTML: hits numbered in reading order, officials linked."""
    lines = (article.title, article.lead or "", *article.paragraphs, *article.captions)
    spans: Sequence[Spans] = [()] * len(lines)
    if marked is not None and marked.article.version == article.version:
        spans = (marked.title_spans, marked.lead_spans, *marked.paragraph_spans, *marked.caption_spans)
    shown_here = 2 if backend().settings.snippets_only else len(lines)
    every = list(zip(lines, spans, mentions(article), strict=True))
    title, lead, *body = [marker.mark(*line) for line in every[:shown_here]]
    many = len(article.paragraphs)
    return {"title": title, "lead": lead, "paragraphs": body[:many], "captions": body[many:]}

"""`tratin serve`: the web server over this installation's parts."""

from __future__ import annotations

import gc
import os
import socket
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from crawler.store.reading import Articles
from tratin.cli.console import say
from tratin.cli.words import number, t
from tratin.errors import ServeError, SettingsError

if TYPE_CHECKING:
    from flask import Flask

    from search.searcher import Searcher
    from tratin.settings import Settings
    from web.backend import ArchivedCopies


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="Worker processes; the setting unless given.")
@click.pass_obj
def serve(data: Path, host: str, port: int, workers: int | None) -> None:
    """Serve the pages and the JSON API; a new generation of the index is picked up while requests go on.

    The access log, on stdout, has neither queries nor addresses.

    Example: tratin serve --port 8000 --workers 4
    """
    from tratin.settings import load

    settings = load(data)
    run(settings, host, port, workers or settings.workers)


def run(settings: Settings, host: str, port: int, workers: int) -> None:
    """Open and warm the searcher once, then serve with `workers` processes that share it, until told to stop.

    Raises:
        ServeError: nothing can listen at that address.
        IndexUnavailable, StoreError: there is nothing to serve yet.
    """
    from web.limits import networks
    from web.metrics import FOLDER

    try:
        networks(settings.trusted_proxies)
    except ValueError as error:
        raise SettingsError(f"trusted_proxies in tratin.toml: {error}; addresses and networks are needed") from error
    _try_to_listen(host, port)
    with ExitStack() as stack:
        if settings.metrics:  # before prometheus_client is imported: it looks for the folder once
            os.environ[FOLDER] = stack.enter_context(TemporaryDirectory(prefix="tratin-metrics-"))
        _serve(settings, host, port, workers)


def _serve(settings: Settings, host: str, port: int, workers: int) -> None:
    from tratin.parts import open_searcher
    from web.server import Server

    searcher = open_searcher(settings)
    _warm(searcher)
    gc.collect()
    gc.freeze()  # what was warmed stays: no worker need look through it for garbage, nor copy its pages by doing so

    def make_app() -> Flask:
        searcher.forked()
        return create(settings, searcher)

    where = f"[{host}]" if ":" in host else host
    answering = "Tra Tin answers at {address} with {count} articles; Ctrl-C stops it"
    say(t(answering, address=f"http://{where}:{port}", count=number(searcher.documents)))
    Server(make_app, {"bind": f"{where}:{port}", "workers": workers}, settings.trusted_proxies).run()


def create(settings: Settings, searcher: Searcher) -> Flask:
    """The application of one process over this installation's parts."""
    from crawler.frontier import last_successes
    from tratin import __version__
    from tratin.alerts.ledger import LedgerDesk
    from tratin.parts import articles_of
    from web.app import create_app
    from web.backend import WebSettings

    web = WebSettings(
        snippets_only=settings.snippets_only,
        cors=settings.cors,
        rate_limit=settings.rate_limit,
        trusted_proxies=settings.trusted_proxies,
        metrics=settings.metrics,
        address=settings.address,
        alerts_a_day=settings.alerts_a_day,
        release=__version__,
    )
    articles = articles_of(settings)
    crawled = partial(last_successes, settings.frontier_path)
    desk = LedgerDesk(settings.ledger_path, settings.feeds_dir)
    return create_app(searcher, articles, web, archive(settings, articles), crawled, desk)


def _warm(searcher: Searcher) -> None:
    """Compile the pages and ask what readers ask first, so that the workers inherit both."""
    from search.request import SearchRequest
    from web import rendering

    rendering.warm()
    searcher.warm()
    newest = searcher.search(SearchRequest(sort="newest"))
    for text in (*(topic.name for topic in searcher.topics()), *(hit.title for hit in newest.hits)):
        searcher.search(SearchRequest(text=text))
    searcher.suggest("a")


def archive(settings: Settings, articles: Articles) -> ArchivedCopies:
    """Finds the archived response that an article's version was read from."""
    from crawler.captures import Captures
    from web.backend import ArchivedCopy

    def archived(article_id: str, version: int | None) -> ArchivedCopy | None:
        article = articles.get(article_id, version)
        if article is None:
            return None
        with Captures(settings.warc_dir) as captures:
            capture = captures.find(articles.aliases(article_id), article.fetched)
            if capture is None:
                return None
            page, records = captures.read(capture), captures.packed(capture)
        kind = page.headers.get("content-type", "application/octet-stream")
        return ArchivedCopy(page.final_url, capture.fetched, kind, page.content, records)

    return archived


def _try_to_listen(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise ServeError(
                f"cannot listen at {host} port {port} ({error.strerror}): choose another --port"
            ) from error

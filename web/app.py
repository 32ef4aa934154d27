"""The web application: one factory that is handed what it asks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from crawler.store.reading import Articles
from web import headers, limits, links, metrics, negotiation, problems, rendering
from web.api import routes as api_routes
from web.backend import AlertDesk, ArchivedCopies, Backend, NoAlerts, Searching, WebSettings
from web.pages import (
    alerts,
    article,
    check,
    compare,
    downloads,
    guide,
    memento,
    offices,
    officials,
    organisations,
    search,
    sources,
    statements,
    topics,
)
from web.pages.template_context import context

LONGEST_BODY = 1 << 20
"""Bytes of a request's body: a list to check; nothing else is ever sent here."""
BLUEPRINTS = (
    search.pages,
    article.pages,
    officials.pages,
    statements.pages,
    offices.pages,
    organisations.pages,
    topics.pages,
    sources.pages,
    alerts.pages,
    check.pages,
    compare.pages,
    memento.pages,
    downloads.pages,
    guide.pages,
    api_routes.api,
)


def create_app(
    searcher: Searching,
    articles: Articles,
    settings: WebSettings,
    archived: ArchivedCopies,
    crawled: Callable[[], Mapping[str, str]] = dict,
    desk: AlertDesk | None = None,
) -> Flask:
    """The application over this backend. Make it after a fork: a connection to the articles belongs to one process."""
    app = Flask("web")
    app.extensions["tratin"] = Backend(searcher, articles, settings, archived, crawled, desk or NoAlerts())
    app.json = _Json(app)
    app.url_map.strict_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.context_processor(context)
    rendering.register(app, static=static, plain_link=links.plain_link, settings=settings)
    limits.register(app, settings.rate_limit, limits.networks(settings.trusted_proxies))
    metrics.register(app, on=settings.metrics)
    headers.register(app)
    negotiation.register(app)
    problems.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


class _Json(DefaultJSONProvider):
    """JSON in the order in which the contract prints it, unescaped; what is printed here never contains itself."""

    ensure_ascii = False
    sort_keys = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return super().dumps(obj, check_circular=False, **kwargs)


def static(name: str) -> str:
    """The address of a shipped file, with its content's hash so that it can be kept for ever."""
    return links.plain_link("static", filename=name, v=_content_hash(name))


@cache
def _content_hash(name: str) -> str:
    return hashlib.sha256((files("web") / "static" / name).read_bytes()).hexdigest()[:10]

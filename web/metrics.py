"""`/metrics` for Prometheus, where the settings turn it on: requests by endpoint and status, their time, what is held.

Labels are names of endpoints, never addresses or queries: journalists have sources. The workers count in files of one
folder (prometheus_client's multiprocess mode, which `serve` sets up), so that whichever answers tells of all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from web.backend import backend
from web.problems import Missing

if TYPE_CHECKING:
    from prometheus_client import Metric

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder; it must be set before this application is made."""
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def register(app: Flask, *, on: bool) -> None:
    """Count the requests of this application and answer `/metrics`; nothing, and 404, unless it is on."""
    if not on:
        app.add_url_rule("/metrics", "metrics", _off)
        return
    from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
    from prometheus_client.exposition import CONTENT_TYPE_LATEST
    from prometheus_client.multiprocess import MultiProcessCollector

    own = CollectorRegistry()
    labels = ("endpoint", "method", "status")
    answered = Counter("tratin_requests", "Requests answered.", labels, registry=own)
    took = Histogram(
        "tratin_request_seconds",
        "Seconds until the answer began.",
        ("endpoint",),
        registry=own,
        buckets=_BUCKETS,
    )

    class Held:
        """What is held now, as the worker that answers sees it."""

        def collect(self) -> Iterator[Metric]:
            """The figures."""
            yield GaugeMetricFamily("tratin_documents", "Articles that can be found.", backend().searcher.documents)
            change = backend().articles.last_change()
            yield CounterMetricFamily("tratin_store_changes", "Changes of the article store.", change)
            yield GaugeMetricFamily(
                "tratin_index_behind", "Changes of the store that the open index has not seen.", change - _seen()
            )

    def began() -> None:
        g.began = time.perf_counter()

    def ended(answer: Response) -> Response:
        endpoint = request.endpoint or "none"
        answered.labels(endpoint, request.method if endpoint != "none" else "any", answer.status_code).inc()
        if "began" in g:
            took.labels(endpoint).observe(time.perf_counter() - g.began)
        return answer

    def metrics() -> Response:
        registry = own
        if os.environ.get(FOLDER):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        held = CollectorRegistry()
        held.register(Held())
        answer = Response(generate_latest(registry) + generate_latest(held), content_type=CONTENT_TYPE_LATEST)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    app.before_request_funcs.setdefault(None, []).insert(0, began)
    app.after_request(ended)
    app.add_url_rule("/metrics", "metrics", metrics)


def _seen() -> int:
    return backend().searcher.change


def _off() -> Response:
    raise Missing("metrics are off: set metrics = true in tratin.toml")

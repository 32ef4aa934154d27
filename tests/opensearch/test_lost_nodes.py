"""A node is lost while it is asked: only what was asked at a point in time is asked again at another."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index.engine.opensearch.cluster import ClusterClient, Connection, SearchGone
from index.errors import IndexUnreachable

LOST = {"type": "node_not_connected_exception", "reason": "[n2] Node not connected"}


class _NodeOfALostCluster(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        severally = "_msearch" in self.path
        content: dict[str, object] = {"error": {"root_cause": [LOST], **LOST}, "status": 500}
        body = json.dumps({"responses": [content, content]} if severally else content).encode()
        self.send_response(200 if severally else 500)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = _answer  # noqa: N815  the names that http.server asks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def cluster() -> Iterator[ClusterClient]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _NodeOfALostCluster)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield ClusterClient(Connection((f"http://127.0.0.1:{server.server_address[1]}",), "lost"))
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("bodies", [[{}], [{}, {}]])
def test_a_search_at_a_point_in_time_that_a_lost_node_held_is_gone(cluster: ClusterClient, bodies: list[dict]) -> None:  # type: ignore[type-arg]
    with pytest.raises(SearchGone):
        cluster.ask(bodies)


@pytest.mark.parametrize(
    "asked",
    [
        lambda cluster: cluster.ask([{}], "lost-000001"),
        lambda cluster: cluster.ask([{}, {}], "lost-000001"),
        lambda cluster: cluster.note("current"),
        lambda cluster: cluster.notes({"current": ["generation"]}),
        lambda cluster: cluster.point_in_time("lost-000001", "5m"),
        lambda cluster: list(cluster.file("lexicon")),
        lambda cluster: cluster.put_note("current", {}),
    ],
)
def test_whatever_is_asked_as_it_is_now_is_unreachable_in_words(
    cluster: ClusterClient, asked: Callable[[ClusterClient], object]
) -> None:
    with pytest.raises(IndexUnreachable, match=r"does not answer wholly .*Node not connected.* try again later"):
        asked(cluster)

"""The cluster: how it is reached, asked, and what is said when it does not answer wholly."""

from __future__ import annotations

import base64
import logging
import os
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError, OpenSearchException, TransportError
from opensearchpy.helpers import bulk

from index.engine.opensearch import mapping
from index.errors import IndexDamaged, IndexUnreachable

logging.getLogger("opensearch").addHandler(logging.NullHandler())  # every failure is told where it was asked

Body = dict[str, Any]
Answer = dict[str, Any]
_SECONDS = 30
_CHUNK = 2 << 20
"""Bytes of a file that one document holds."""
_AT_ONCE = 200
"""Documents of one bulk request."""
_GONE = (
    "search_context_missing", "point_in_time", "no node found for id", "node_not_connected", "node_disconnected",
)  # fmt: skip
_IDS = 5_000
_DELETED = 1_000
_TURNS = 20
"""So many times a note is changed anew when somebody else was quicker."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the cluster is and as whom to speak to it; it can be handed to another process."""

    urls: tuple[str, ...]
    prefix: str
    """What the names of all indices begin with."""
    user: str = ""
    password: str = ""
    api_key: str = ""
    ca: str = ""
    """A file of certificates to trust; empty for those of the system."""
    shards: int = 1
    replicas: int = 1


class SearchGone(Exception):
    """A point in time is not there any more: its node left, or nobody asked for too long."""


class ClusterClient:
    """Asks the cluster; may be shared by threads, and by processes that were forked."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.trips = 0
        """Requests that were answered."""
        self._client: tuple[int, OpenSearch] | None = None
        self._lock = threading.Lock()

    @property
    def names(self) -> str:
        """The index of generations and locks."""
        return f"{self.connection.prefix}-generations"

    @property
    def files(self) -> str:
        """The index of files that front ends fetch."""
        return f"{self.connection.prefix}-files"

    def client(self) -> OpenSearch:
        """The official client; a forked process gets connections of its own."""
        with self._lock:
            if self._client is None or self._client[0] != os.getpid():
                self._client = os.getpid(), _client(self.connection)
            return self._client[1]

    @contextmanager
    def asking(self, *, at_point: bool = False) -> Iterator[OpenSearch]:
        """Ask something, `at_point` in time or as it is now, and say so in words where no answer comes.

        Raises:
            IndexUnreachable: the cluster cannot be reached, refuses, or cannot answer wholly.
            SearchGone: the point in time is gone.
        """
        try:
            yield self.client()
            self.trips += 1
        except OpenSearchException as error:
            if at_point and _is_gone(getattr(error, "info", "")):
                raise SearchGone from error
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> IndexUnreachable:
        where, why = ", ".join(self.connection.urls), _reason(error)
        return IndexUnreachable(f"the OpenSearch cluster at {where} does not answer wholly ({why}): try again later")

    def ask(self, bodies: Sequence[Body], index: str | None = None) -> list[Answer]:
        """Searches at points in time or in an index, all in one request; every answer is of all shards."""
        if not bodies:
            return []
        whole = {"allow_partial_search_results": "false"}
        with self.asking(at_point=index is None) as client:
            if len(bodies) == 1:
                answers = [client.search(index=index, body=bodies[0], params=whole)]
            else:
                lines = [line for body in bodies for line in ({"allow_partial_search_results": False}, body)]
                answers = client.msearch(index=index, body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                if index is None and _is_gone(answer["error"]):
                    raise SearchGone
                raise self._unreachable(RuntimeError(str(answer["error"].get("reason", answer["error"]))))
            if answer["_shards"]["failed"] or answer["timed_out"]:
                raise self._unreachable(RuntimeError("some shards did not answer"))
        return list(answers)

    def ids(self, index: str, query: Body) -> Iterator[str]:
        """The documents of an index that a query finds, as they show now: the cluster's own names of them."""
        after: list[Any] = []
        while True:
            body = {"query": query, "size": _IDS, "_source": False, "sort": [{"order": "asc"}]}
            with self.asking() as client:
                hits = client.search(index=index, body={**body, **({"search_after": after} if after else {})})["hits"][
                    "hits"
                ]
            yield from (hit["_id"] for hit in hits)
            if len(hits) < _IDS:
                return
            after = hits[-1]["sort"]

    def point_in_time(self, index: str, keep: str) -> str:
        """Open a point in time, at which a search sees an index as it is now."""
        with self.asking() as client:
            opened = client.create_pit(index=index, keep_alive=keep, params={"allow_partial_pit_creation": "false"})
        return str(opened["pit_id"])

    def note(self, name: str) -> Mapping[str, Any] | None:
        """What was noted under a name; None where nothing was, or nothing yet."""
        try:
            with self.asking() as client:
                found = client.get(index=self.names, id=name)
        except IndexUnreachable as error:
            if isinstance(error.__cause__, NotFoundError):
                return None
            raise
        content: Mapping[str, Any] = found["_source"]
        return content

    def notes(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, Mapping[str, Any]]:
        """What was noted under several names, as far as it was, of each these fields alone; in one message."""
        docs = [{"_index": self.names, "_id": name, "_source": list(fields)} for name, fields in wanted.items()]
        return {name: content for name, content in self.documents(docs).items() if name in wanted}

    def documents(self, wanted: Sequence[Body]) -> dict[str, Mapping[str, Any]]:
        """Documents by their names, as far as they are there; in one message."""
        if not wanted:
            return {}
        with self.asking() as client:
            answers = client.mget(body={"docs": list(wanted)})["docs"]
        for answer in answers:
            if "error" in answer and answer["error"].get("type") != "index_not_found_exception":
                raise self._unreachable(RuntimeError(str(answer["error"].get("reason", answer["error"]))))
        return {answer["_id"]: answer["_source"] for answer in answers if answer.get("found")}

    def change_note(self, name: str, changed: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """Note what `changed` makes of what was noted so far, durably; nobody else's change is lost."""
        for _ in range(_TURNS):
            with self.asking() as client:
                found = client.get(index=self.names, id=name, params={"ignore": 404})
            before = found["_source"] if found.get("found") else {}
            after = dict(changed(before))
            if after == before:
                return
            turn = (
                {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
                if found.get("found")
                else {"op_type": "create"}
            )
            with self.asking() as client, suppress(ConflictError):
                client.index(index=self.names, id=name, body=after, params=turn)
                return
        raise self._unreachable(RuntimeError(f"others go on changing the note {name!r}"))

    def put_note(self, name: str, content: Mapping[str, Any]) -> None:
        """Note something under a name, durably."""
        with self.asking() as client:
            client.index(index=self.names, id=name, body=dict(content))

    def forget(self, name: str) -> None:
        """Take back a note."""
        with self.asking() as client:
            client.delete(index=self.names, id=name, params={"ignore": 404})

    def prepare(self) -> None:
        """Make the indices of notes and files where they are not there."""
        with self.asking() as client:
            for name in (self.names, self.files):
                if not client.indices.exists(index=name):
                    client.indices.create(index=name, body=mapping.names(), params={"ignore": 400})

    def send(self, actions: Iterable[Mapping[str, Any]]) -> None:
        """Write in bulk; items that the cluster refuses for want of room are sent again, each by itself."""
        with self.asking() as client:
            bulk(
                client,
                actions,
                chunk_size=_AT_ONCE,
                max_chunk_bytes=8 << 20,
                max_retries=12,
                initial_backoff=0.25,
                max_backoff=10,
                request_timeout=120,
            )

    def set_closed(self, index: str, settings: Mapping[str, Any]) -> None:
        """Change settings of an index that nobody reads yet, and that must be closed for it."""
        with self.asking() as client:
            client.indices.close(index=index)
            client.indices.put_settings(index=index, body=dict(settings))
            client.indices.open(index=index, params={"wait_for_active_shards": "1"})

    def put_file(self, name: str, path: Path) -> None:
        """Put a file where front ends fetch it, durably."""
        chunks = -(-path.stat().st_size // _CHUNK) or 1
        with path.open("rb") as file:
            self.send(
                {
                    "_index": self.files,
                    "_id": f"{name}:{number}",
                    "chunks": chunks,
                    "crc": zlib.crc32(chunk := file.read(_CHUNK)),
                    "data": base64.b64encode(zlib.compress(chunk, 1)).decode(),
                }
                for number in range(chunks)
            )

    def file(self, name: str) -> Iterator[bytes]:
        """A file that was put, piece by piece.

        Raises:
            IndexDamaged: it is not there, or not what was put.
        """
        number, chunks = 0, 1
        while number < chunks:
            with self.asking() as client:
                found = client.get(index=self.files, id=f"{name}:{number}", params={"ignore": 404})
            if not found.get("found"):
                raise IndexDamaged(f"{name} is not in the cluster: run `tratin reindex --full`")
            chunks = found["_source"]["chunks"]
            part = zlib.decompress(base64.b64decode(found["_source"]["data"]))
            if zlib.crc32(part) != found["_source"]["crc"]:
                raise IndexDamaged(f"{name} is damaged in the cluster: run `tratin reindex --full`")
            yield part
            number += 1

    def delete(self, index: str, ids: Iterable[str]) -> None:
        """Delete documents; those that are not there are no fault."""
        actions = ({"_op_type": "delete", "_index": index, "_id": id} for id in ids)
        with self.asking() as client:
            _, errors = bulk(
                client, actions, chunk_size=_DELETED, raise_on_error=False, max_retries=12, request_timeout=120
            )
        if wrong := [error for error in errors if error["delete"]["status"] != 404]:
            raise self._unreachable(RuntimeError(str(wrong[0]["delete"].get("error", wrong[0]))))

    def delete_file(self, name: str) -> None:
        """Take a file away."""
        with self.asking() as client:
            found = client.get(index=self.files, id=f"{name}:0", params={"ignore": 404})
        chunks = found["_source"]["chunks"] if found.get("found") else 0
        self.delete(self.files, (f"{name}:{number}" for number in range(chunks)))


def _client(connection: Connection) -> OpenSearch:
    secured: dict[str, Any] = {}
    if connection.api_key:
        secured["headers"] = {"Authorization": f"ApiKey {connection.api_key}"}
    elif connection.user:
        secured["http_auth"] = (connection.user, connection.password)
    if connection.ca:
        secured["ca_certs"] = connection.ca
    return OpenSearch(
        hosts=list(connection.urls),
        timeout=_SECONDS,
        max_retries=2,
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
        pool_maxsize=16,
        **secured,
    )


def _is_gone(error: object) -> bool:
    """Whether an error says that a point in time, or the node that held it, is not there any more."""
    return any(sign in str(error) for sign in _GONE)


def _reason(error: Exception) -> str:
    if isinstance(error, TransportError):
        info = error.info
        if isinstance(info, Mapping) and isinstance(info.get("error"), Mapping):
            causes = info["error"].get("root_cause") or [info["error"]]
            return f"{error.status_code}: {str(causes[0].get('reason', causes[0]))[:300]}"
        return f"{error.status_code}: {str(error.error)[:300]}"
    return str(error)[:300]

"""What a reindex does outside its own process: interpret articles, analyse them, write them into segments."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from crawler.article import Article
from crawler.store.reading import StoreReader
from index.document import Document, IndexedOfficial, document
from index.engine.writing import Batch, Sink
from index.officials.recognition.found_officials import FoundOfficial
from index.officials.registry.entry import RegistryEntry, bare_entry, digest_of, entry_of
from index.schema import ZONES

_AT_ONCE = 100
"""Articles that are taken through one step before the next step begins.

The code and the tables of one step fill the processor's caches: taken through all steps alone, an article costs a
third more.
"""


@dataclass(frozen=True, slots=True)
class Methods:
    """How articles are read; functions of modules, so that they can be named to another process."""

    recognize: Callable[[Article], Sequence[FoundOfficial]]
    classify: Callable[[Article], Sequence[str]]
    """Topics' slugs, the primary one first."""
    analyze: Callable[[Sequence[tuple[str, str, str]]], Sequence[Sequence[Any]]]
    """Title, lead and body of some articles → for every article the Analysis of each."""
    sign: Callable[[Sequence[str]], bytes]
    """The folded syllables of the body → a signature that finds near-duplicates."""


class _Worker:
    """What a process keeps between two tasks."""

    store: StoreReader
    methods: Methods


def _start(store: Path, methods: Methods) -> None:
    _Worker.store, _Worker.methods = StoreReader(store), methods


def _start_apart(store: Path, methods: Methods) -> None:
    """Begin a process of its own: it ends when its parent does, however that happens."""
    _start(store, methods)
    gc.set_threshold(50_000, 20, 20)  # a batch of articles is many objects, and hardly any of them a cycle
    if parent := multiprocessing.parent_process():
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def recognize(recorded: Sequence[tuple[str, str | None]]) -> list[tuple[RegistryEntry, str]]:
    """Read articles from the store and lay out the officials in them; a fault in words where that failed.

    Of each article the id and the digest of what was recorded of it: one that is still the same is left out.
    """
    read = ((_Worker.store.get(id), digest) for id, digest in recorded)
    articles = [article for article, digest in read if article and (digest is None or digest_of(article) != digest)]
    found = [_recognized(article) for article in articles]
    return [_laid_out(article, officials) for article, officials in zip(articles, found, strict=True)]


def _recognized(article: Article) -> Sequence[FoundOfficial] | Exception:
    try:
        return _Worker.methods.recognize(article)
    except Exception as error:  # noqa: BLE001 - one strange article is reported, and does not stop all others
        return error


def _laid_out(article: Article, found: Sequence[FoundOfficial] | Exception) -> tuple[RegistryEntry, str]:
    if not isinstance(found, Exception):
        try:
            return entry_of(article, found), ""
        except Exception as error:  # noqa: BLE001 - as above
            found = error
    return bare_entry(article), f"{type(found).__name__}: {found}"


def write(sink: Sink, officials: Sequence[tuple[str, tuple[IndexedOfficial, ...]]], place: int) -> Batch:
    """Read articles from the store, classify and analyse them, and write them."""
    parts = (officials[first : first + _AT_ONCE] for first in range(0, len(officials), _AT_ONCE))
    return sink.write((prepared for part in parts for prepared in _documents(part)), place)


def keep(sink: Sink, ids: Sequence[str]) -> None:
    """Read all that the store keeps of articles, and have what pages show of it kept beside the index."""
    sink.keep(_Worker.store.kept(ids))


def _documents(officials: Sequence[tuple[str, tuple[IndexedOfficial, ...]]]) -> Iterator[Document]:
    methods = _Worker.methods
    read = [(article, named) for id, named in officials if (article := _Worker.store.get(id))]
    zones = methods.analyze([(article.title, article.lead or "", article.body) for article, _ in read])
    topics = [methods.classify(article) for article, _ in read]
    signatures = [methods.sign(body.folded) for _, _, body in zones]
    for (article, named), analyzed, slugs, signed in zip(read, zones, topics, signatures, strict=True):
        yield document(article, dict(zip(ZONES, analyzed, strict=True)), slugs, named, signed)


class _Here(Executor):
    """Does everything in this process, at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call the function now."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def processes(jobs: int, store: Path, methods: Methods) -> Iterator[Executor]:
    """An executor of `jobs` processes; of this one alone when that is 1."""
    if jobs <= 1:
        _start(store, methods)
        try:
            yield _Here()
        finally:
            _Worker.store.close()
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _start_apart, (store, methods)) as pool:
        try:
            yield pool
        except BaseException:
            # Waited for: whoever drops a pool that still writes to its workers may see a traceback of its thread.
            pool.shutdown(wait=True, cancel_futures=True)
            raise

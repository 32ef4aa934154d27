"""Which alerts match: the new articles are indexed apart, and every query is asked of that small index."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from index.engine import Engine, Generation
from search.percolating import Percolated
from search.request import SearchRequest
from search.searcher import Searcher
from tratin.indexing import index_apart
from tratin.parts import engine_of, open_searcher
from tratin.settings import Settings

_PART = 250
"""Requests that a process is given at a time."""
_FEW = 400
"""Fewer requests than this are asked in this process: starting others takes longer."""


def matches(
    settings: Settings, articles: Sequence[str], requests: Sequence[SearchRequest], most: int
) -> Iterator[Percolated]:
    """The requests that match any of these articles, which the index holds, each with `most` of them at most."""
    if not articles or not requests:
        return
    with tempfile.TemporaryDirectory(dir=settings.data, prefix=".alert-") as folder:
        engine = index_apart(settings, articles, Path(folder))
        if len(requests) < _FEW or settings.jobs < 2:
            yield from open_searcher(settings).percolate(engine.open(frozenset()), requests, most)
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(settings.jobs, context, _start, (settings, Path(folder))) as pool:
            parts = [(at, requests[at : at + _PART], most) for at in range(0, len(requests), _PART)]
            for part in pool.map(_asked, parts):
                yield from part


class _MatchingProcess:
    """What a process keeps between two tasks."""

    searcher: Searcher
    news: Generation
    engine: Engine


def _start(settings: Settings, folder: Path) -> None:
    _MatchingProcess.searcher = open_searcher(settings)
    _MatchingProcess.engine = engine_of(settings, folder)
    _MatchingProcess.news = _MatchingProcess.engine.open(frozenset())


def _asked(part: tuple[int, Sequence[SearchRequest], int]) -> list[Percolated]:
    first, requests, most = part
    found = _MatchingProcess.searcher.percolate(_MatchingProcess.news, requests, most)
    return [Percolated(first + percolated.place, percolated.total, percolated.hits) for percolated in found]

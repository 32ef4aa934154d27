"""A damaged index: answered from the generation before, or refused in a sentence; never answered with nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.engine.embedded import generations
from search.errors import IndexUnavailable
from search.request import SearchRequest
from search.searcher import Searcher
from tests.search.conftest import NEWS, article, build, renewed
from tratin.indexing import reindex
from tratin.parts import open_searcher
from tratin.settings import Settings

ASKED = SearchRequest(text="cầu Bến Lội")


def damage(generation: Path, part: str) -> None:
    """Flip the last byte of an array in every segment of a generation."""
    for path in generation.glob("*.flat"):
        content = bytearray(path.read_bytes())
        directory = json.loads(content[content.rindex(b'{"arrays"') : content.rindex(b"}") + 1])
        offset, kind, count, _ = directory["arrays"][part]
        content[offset + count * int(kind[-1]) - 1] ^= 0xFF
        path.unlink()  # not the inode that another generation links to
        path.write_bytes(content)


def rebuilt(settings: Settings) -> Searcher:
    """Two generations that share no file; the second holds an article more."""
    build(settings, [*NEWS, article("more", "Cầu Bến Lội về đêm")])
    reindex(settings, full=True, jobs=1, progress=lambda step, done, total: None)
    return open_searcher(settings)


@pytest.mark.parametrize("part", ["body.docs", "body.stream", "title.heads", "stored", "topic.docs", "day"])
def test_a_checksum_found_wrong_by_a_query_brings_back_the_generation_before(fresh: Settings, part: str) -> None:
    before = build(fresh, NEWS).search(ASKED)
    assert before.total
    rebuilt(fresh)
    current = generations.current(fresh.index_dir)
    damage(fresh.index_dir / current, part)
    searcher = open_searcher(fresh)
    page = searcher.search(ASKED)
    assert page.total >= before.total
    assert page.generation != current
    assert searcher.generation == page.generation
    assert searcher.marked("deputy", ASKED)
    assert list(searcher.matches(ASKED))


def test_when_nothing_is_whole_the_query_is_refused_and_says_what_to_run(fresh: Settings) -> None:
    build(fresh, NEWS)
    damage(fresh.index_dir / generations.current(fresh.index_dir), "body.docs")
    searcher = open_searcher(fresh)
    for ask in (searcher.search, lambda request: list(searcher.matches(request))):
        with pytest.raises(IndexUnavailable, match="run `tratin reindex --full`"):
            ask(ASKED)


def test_the_next_whole_generation_answers_again(fresh: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.openings._LOOK_EVERY", 0)
    build(fresh, NEWS)
    rebuilt(fresh)
    damage(fresh.index_dir / generations.current(fresh.index_dir), "body.docs")
    searcher = open_searcher(fresh)
    assert searcher.search(ASKED).total
    reindex(fresh, full=True, jobs=1, progress=lambda step, done, total: None)
    renewed(searcher)
    assert searcher.search(ASKED).generation == generations.current(fresh.index_dir)

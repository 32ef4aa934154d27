"""What is withdrawn while answers are made: a running export leaves it out, nobody answers without having looked."""

from __future__ import annotations

import threading

import pytest

from crawler.errors import StoreError
from crawler.store.writing import Store
from search.errors import IndexUnavailable
from search.request import SearchRequest
from tests.search.conftest import NEWS, build
from tratin.settings import Settings

ALL = SearchRequest(sort="newest")


def withdraw(settings: Settings, id: str) -> None:
    with Store(settings.store_path) as store, store.committing():
        store.withdraw(id, "toà án")


def test_a_running_export_leaves_out_what_is_withdrawn_meanwhile(fresh: Settings) -> None:
    searcher = build(fresh, NEWS)
    export = searcher.matches(ALL)
    given = [next(export).id]
    assert given != ["undated"]
    withdraw(fresh, "undated")
    searcher._openings._looked = 0.0  # as if a second had passed
    given += [hit.id for hit in export]
    assert sorted(given) == sorted(one.id for one in NEWS if one.id != "undated")


def test_who_cannot_find_out_what_is_withdrawn_answers_nothing(
    fresh: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = build(fresh, NEWS)
    look = searcher._articles.last_change

    def blind() -> int:
        raise StoreError("the disk is away")

    monkeypatch.setattr(searcher._articles, "last_change", blind)
    searcher._openings._looked = 0.0
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="the disk is away"):
            searcher.search(ALL)
    monkeypatch.setattr(searcher._articles, "last_change", look)
    searcher._openings._looked = 0.0
    assert searcher.search(ALL).total == len(NEWS)


def test_nobody_answers_before_a_look_that_is_due_has_ended(fresh: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    searcher = build(fresh, NEWS)
    look, looking, go_on = searcher._articles.last_change, threading.Event(), threading.Event()

    def slow() -> int:
        looking.set()
        assert go_on.wait(30)
        return look()

    monkeypatch.setattr(searcher._articles, "last_change", slow)
    withdraw(fresh, "dan-van")
    searcher._openings._looked = 0.0
    totals: list[int] = []
    askers = [threading.Thread(target=lambda: totals.append(searcher.search(ALL).total)) for _ in range(2)]
    askers[0].start()
    assert looking.wait(30)
    askers[1].start()
    askers[1].join(0.3)
    assert totals == []
    go_on.set()
    for one in askers:
        one.join(30)
    assert totals == [len(NEWS) - 1] * 2

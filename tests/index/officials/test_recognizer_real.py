"""The recognizer on labelled articles of the real corpus: the measures that issue after issue must keep."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from crawler.article import Article
from index.officials.recognition.lexicon import PLACES
from index.officials.recognition.recognizer import recognize

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
LABELS = SHARED / "data" / "officials" / "officials_dev.jsonl"
SEED = SHARED / "data" / "seed_article.jsonl"

FOREIGN = ("country", "city", "union")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not LABELS.is_file(), reason="the labelled articles are not beside this checkout (../shared)"),
]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def found(article: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "positions": [
                {"title": p.title, "organisation": p.organisation, "former": p.former} for p in one.positions
            ],
        }
        for one in recognize(Article.from_json(article))
    ]


def test_labelled_articles_reach_the_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SHARED / "tools"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    gold = lines(LABELS)
    scores = import_module("score_officials").score(gold, {article["id"]: found(article) for article in gold})
    assert scores["N"]["F1"] >= 0.95
    assert scores["NT"]["F1"] >= 0.90
    assert scores["NTO"]["F1"] >= 0.85
    assert scores["former_acc"] >= 0.95


def test_names_are_parted_from_places_without_a_gazetteer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SHARED / "tools"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    abroad = {
        first: {second: [e for e in entries if e[2].level in FOREIGN] for second, entries in seconds.items()}
        for first, seconds in PLACES.firsts.items()
    }
    monkeypatch.setattr(PLACES, "firsts", abroad)
    monkeypatch.setattr(PLACES, "single", {low: e for low, e in PLACES.single.items() if e[1].level in FOREIGN})
    gold = lines(LABELS)
    scores = import_module("score_officials").score(gold, {article["id"]: found(article) for article in gold})
    assert scores["N"]["F1"] >= 0.94
    assert scores["NT"]["F1"] >= 0.90


def test_the_seed_article_s_seven_officials_come_out_with_their_offices() -> None:
    (labels,) = [article for article in lines(LABELS) if article["id"] == "seed-000"]
    wanted = {
        (one["name"], position["title"].lower(), (position["organisation"] or "").lower())
        for one in labels["officials"]
        for position in one["positions"]
    }
    got = {
        (one["name"], position["title"].lower(), (position["organisation"] or "").lower())
        for one in found(lines(SEED)[0])
        for position in one["positions"]
    }
    assert len({name for name, *_ in got}) == 7
    assert got == wanted

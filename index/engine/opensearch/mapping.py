"""The indices in the cluster: their fields, and how rough first scores are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.engine.kernel.weighting import NEWS
from index.schema import KEYWORDS, ZONES

BUILT_WITH = 2
"""Counts up with every change of what is written to the cluster."""
BINARY = ("signature", "syllables", "words", "tags")
"""What comes back of every document that is ranked here."""
DEEPEST = 50_000
"""So far into an ordered result a page may begin."""


def documents(shards: int, replicas: int) -> dict[str, Any]:
    """Settings and fields of an index of articles.

    Nothing becomes visible but by an explicit refresh: that is what publishes. The recovery source stays on, as it is
    by default: without it replicas lose documents silently.
    """
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "max_result_window": DEEPEST + 1_000,
            **similarities(dict.fromkeys(ZONES, 1.0)),
            "analysis": {
                "tokenizer": {
                    "positions": {"type": "char_group", "tokenize_on_chars": [" "], "max_token_length": 1_000_000}
                },
                "filter": {"keys": {"type": "pattern_capture", "patterns": ["([^|]+)"], "preserve_original": False}},
                "analyzer": {"slots": {"type": "custom", "tokenizer": "positions", "filter": ["keys"]}},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["id", "version", "stored"]},
            "properties": {
                **{zone: {"type": "text", "analyzer": "slots", "similarity": zone} for zone in ZONES},
                **{name: {"type": "keyword"} for name in KEYWORDS},
                "day": {"type": "integer"},
                "version": {"type": "integer"},
                "order": {"type": "long"},
                "build": {"type": "integer"},
                "stored": {"type": "binary"},
                **{
                    name: {"type": "binary", "doc_values": True} for name in ("signature", "syllables", "words", "tags")
                },
            },
        },
    }


def articles(shards: int, replicas: int) -> dict[str, Any]:
    """Settings and fields of an index of what pages show of articles.

    A document for every article, named by its id, with the text of the version that is shown, and one for every other
    version, `ID@VERSION`: they are asked for by name, and articles alone are counted and sorted by these fields.
    """
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "index.codec": "best_compression",
        },
        "mappings": {
            "dynamic": "false",
            "properties": {
                **{name: {"type": "keyword"} for name in ("state", "source", "month", "removed")},
                "version": {"type": "integer"},
                "change": {"type": "long"},
            },
        },
    }


def similarities(averages: Mapping[str, float]) -> dict[str, Any]:
    """What occurrences weigh in each zone (BM25F, before saturation), by Lucene's rounded lengths.

    `averages` are the tokens of a document by zone, known once all are written: only first scores rest on them.
    """
    return {"similarity": {zone: _first_score(zone, averages[zone]) for zone in ZONES}}


def _first_score(zone: str, average: float) -> dict[str, Any]:
    b, weight = NEWS.lengths[zone], NEWS.weights[zone]
    scale = f"{weight} / ({1 - b} + {b / (average or 1.0)} * doc.length)"
    return {"type": "scripted", "script": {"source": f"return query.boost * doc.freq * {scale};"}}


def names() -> dict[str, Any]:
    """Settings and fields of the index of generations, locks and files; what is in it is asked for by id."""
    return {
        "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-2"},
        "mappings": {"enabled": False},
    }

"""schemathesis against the API: nothing undocumented, no 5xx, whatever is sent."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from crawler.store.reading import StoreReader
from index.officials.directory import Directory
from web.api.routes import OPERATIONS
from web.app import create_app
from web.parts import WebSettings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
positive_data_acceptance = importlib.import_module("schemathesis.specs.openapi.checks").positive_data_acceptance


@pytest.fixture(scope="module")
def described(store_path: Path, directory: Directory) -> Any:
    from web_newsroom import PlainSearcher  # registered by conftest

    app = create_app(PlainSearcher(directory), StoreReader(store_path), WebSettings(), lambda article, version: None)
    return schemathesis.openapi.from_wsgi("/api/openapi.json", app)


@pytest.mark.parametrize("path", [operation.path.replace("<", "{").replace(">", "}") for operation in OPERATIONS])
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_answer_is_as_the_document_says(described: Any, path: str, mode: str) -> None:
    operation = described[path]["GET"]

    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def answered(case: Any) -> None:
        # In an address an empty object is nothing, and a single value is a list of one: a server sees nothing wrong.
        assume({} not in case.query.values())
        assume(all(isinstance(case.query.get(name, []), list) for name in ("topic", "official", "source", "off")))
        # No schema says which cursors were handed out.
        excluded = [positive_data_acceptance] if "cursor" in case.query else []
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=excluded)

    answered()

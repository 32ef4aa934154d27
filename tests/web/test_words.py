"""Vietnamese and English say the same things."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.i18n import words

_WEB = Path(str(files("web")))
_ASKED = re.compile(r"""\bt\(\s*["']([a-z-]+\.[a-z0-9-]+)["']|["']([a-z-]+\.[a-z0-9-]*)["'](?=[^}|,]*\|t\b)""")
"""In Python `t("search.total", n=3)`, in a template `"search.total"|t(n=3)` or `("nav." ~ name)|t`."""


def test_both_languages_have_the_same_phrases() -> None:
    assert words("vi").keys() == words("en").keys()


def test_a_phrase_has_the_same_blanks_in_both_languages() -> None:
    blanks = re.compile(r"\{(\w+)\}")
    for key, phrase in words("vi").items():
        assert set(blanks.findall(phrase)) == set(blanks.findall(words("en")[key])), key


@pytest.mark.parametrize("path", sorted([*_WEB.rglob("*.html"), *_WEB.rglob("*.xml"), *_WEB.rglob("*.py")]), ids=str)
def test_every_phrase_that_is_asked_for_exists(path: Path) -> None:
    for called, filtered in _ASKED.findall(path.read_text(encoding="utf-8")):
        key = called or filtered
        begun = key.endswith(("-", "."))  # the rest is put together as the page is written
        assert any(known.startswith(key) for known in words("vi")) if begun else key in words("vi"), key


def test_one_is_not_many_in_english(client: FlaskClient) -> None:
    assert "1 article matches" in client.get("/?q=đợt 33&lang=en").text
    assert "59 articles match" in client.get("/?q=cầu&lang=en").text


def test_every_kind_of_understanding_has_a_name() -> None:
    kinds = [
        "marks",
        "spelling",
        "tone",
        "variant",
        "abbreviation",
        "number",
        "date",
        "place",
        "office",
        "official",
        "phrase",
        "field",
        "ignored",
    ]
    assert {f"understood.{kind}" for kind in kinds} <= words("vi").keys()

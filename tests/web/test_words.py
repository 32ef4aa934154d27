"""Vietnamese and English say the same things."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from web.api import openapi
from web.api.routes import OPERATIONS
from web.catalogues import catalogue
from web.i18n import spoken

_WEB = Path(str(files("web")))
_ASKED = re.compile(r"""["'](?P<whole>[a-z]+\.[a-z0-9-]*[a-z0-9])["']|["'](?P<begun>[a-z]+\.(?:[a-z]+-)?)(?:["']|\{)""")
"""In Python `t("search.total", n=3)`, `t(f"why.{zone}")`; in a page `"search.total"|t(n=3)`, `("nav." ~ name)|t`."""
_CALLED = re.compile(r"""\bt\(\s*["']([a-z]+\.[a-z0-9-]+)["']|["']([a-z]+\.[a-z0-9-]+)["']\|t\b""")
PAGES = [path for kind in ("*.html", "*.xml", "*.py") for path in sorted(_WEB.rglob(kind))]
PAGES.append(Path(str(files("tratin.alerts"))) / "wording.py")


def messages(code: str, domain: str = "pages") -> dict[str, tuple[str, ...]]:
    """Key → what the message says, in one form or several."""
    found = {}
    for message in catalogue(code, domain):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


def test_both_languages_say_everything() -> None:
    assert messages("vi").keys() == messages("en").keys()
    for code in ("vi", "en"):
        assert not [key for key, forms in messages(code).items() if not all(forms)]
        assert not [message.id for message in catalogue(code) if message.fuzzy]


def test_a_message_has_the_same_blanks_in_every_language_and_form() -> None:
    blanks = re.compile(r"\{(\w+)\}")
    for key, forms in messages("vi").items():
        told = [set(blanks.findall(form)) for form in (*forms, *messages("en")[key])]
        assert all(each == told[0] for each in told), key


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_message_that_is_asked_for_exists(path: Path) -> None:
    for called, filtered in _CALLED.findall(path.read_text(encoding="utf-8")):
        assert (called or filtered) in messages("vi")


def test_every_message_is_asked_for() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    found = list(_ASKED.finditer(text))
    whole, begun = {one["whole"] for one in found}, tuple({one["begun"] for one in found} - {None})
    assert not [key for key in messages("vi") if key not in whole and not key.startswith(begun)]


def test_everything_that_the_page_of_the_api_says_is_translated_and_nothing_else() -> None:
    described = openapi.document(OPERATIONS, "0")
    calls = [call for ways in described["paths"].values() for call in ways.values()]
    english = {described["info"]["description"], *(f"{one['summary']} {one['description']}".strip() for one in calls)}
    english |= {each["description"] for one in calls for each in one["parameters"]}
    translated = messages("vi", "api")
    assert english == translated.keys()
    assert all(forms[0] for forms in translated.values())


def test_numbers_within_messages_are_written_as_the_language_does() -> None:
    assert spoken("vi").t("common.articles", n=35529) == "35.529 bài"
    assert spoken("en").t("common.articles", n=35529) == "35,529 articles"
    assert spoken("vi").t("search.took", ms=9.2) == "9,2 ms"
    with pytest.raises(KeyError):
        spoken("vi").t("search.nothing-like-it")


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
    assert {f"understood.{kind}" for kind in kinds} <= messages("vi").keys()

"""Facets: the properties of an article that results are counted and filtered by, each declared once.

The index, filters, cursors, fields of the query language, parameters, JSON API, pages and the command line read this
table. A facet more is a line here, the type of its counts in `search.results`, and its heading in the words of the web.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.article import Article
from index import authority

if TYPE_CHECKING:
    from index.document import IndexedOfficial

HOME, ABROAD = "viet-nam", "nuoc-ngoai"
"""Whose office-holders an article names: this country's, other ones'."""
LONGEST = 120
"""Characters of a value; a longer one is no name of anything."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One property of articles."""

    name: str
    """Keyword field of the index, parameter of an address, option of the command line."""
    plural: str
    """Where its counts stand among the facets of a result page."""
    what: str
    """What a value is, for the API and the command line."""
    example: str
    fields: tuple[str, ...]
    """Names in the query language, without marks."""
    values: Callable[[Article, Sequence[str], Sequence[IndexedOfficial]], tuple[str, ...]]
    """The values of an article with these topics (slugs) and officials."""
    every: bool = False
    """Whether repeated values must all hold; otherwise any may."""
    printed: bool = False
    """Whether a value is what the newspaper printed, so that a query may name it by some of its words."""
    worded: tuple[str, ...] = ()
    """All values, where they are slugs that only the words of the web put in words: `authority.co`."""
    most: int | None = None
    """Values that a result page counts: the most frequent, all of them (None), or none (0)."""


def _printed(text: str | None) -> tuple[str, ...]:
    """A printed name as a value: composed, one space between words, no sign before it that would exclude it."""
    value = " ".join(unicodedata.normalize("NFC", text or "").split()).lstrip("- ")
    return (value,) if 0 < len(value) <= LONGEST else ()


def _countries(officials: Sequence[IndexedOfficial]) -> tuple[str, ...]:
    abroad = {official.foreign for official in officials}
    return tuple(value for value, foreign in ((HOME, False), (ABROAD, True)) if foreign in abroad)


FACETS = (
    Facet(
        name="topic",
        plural="topics",
        what="Topic slug",
        example="dan-toc-ton-giao",
        fields=("chu de", "topic"),
        values=lambda article, topics, officials: tuple(topics),
        every=True,
    ),
    Facet(
        name="official",
        plural="officials",
        what="Official id",
        example="-nguyen-van-a",
        fields=("quan chuc", "lanh dao", "nhan vat", "official", "person"),
        values=lambda article, topics, officials: tuple(official.id for official in officials),
        every=True,
        most=30,
    ),
    Facet(
        name="organisation",
        plural="organisations",
        what="Organisation id: articles that name an office-holder of it",
        example="-so-y-te-muong-sa",
        fields=("co quan", "to chuc", "organisation", "organization", "agency"),
        values=lambda article, topics, officials: tuple(
            dict.fromkeys(id for official in officials for id in official.organisations)
        ),
        every=True,
        most=30,
    ),
    Facet(
        name="source",
        plural="sources",
        what="Newspaper",
        example="-baomau.example",
        fields=("nguon", "bao", "source", "site"),
        values=lambda article, topics, officials: (article.source,) if article.source else (),
        most=50,
    ),
    Facet(
        name="section",
        plural="sections",
        what="Section of a newspaper, as printed",
        example="Thời sự",
        fields=("chuyen muc", "section"),
        values=lambda article, topics, officials: _printed(article.section),
        printed=True,
        most=50,
    ),
    Facet(
        name="author",
        plural="authors",
        what="By-line, as printed",
        example="Hồng Hạc",
        fields=("tac gia", "author"),
        values=lambda article, topics, officials: _printed(article.author),
        printed=True,
        most=0,
    ),
    Facet(
        name="said",
        plural="said",
        what="Official id: articles in which this one says something",
        example="-nguyen-van-a",
        fields=("noi", "said"),
        values=lambda article, topics, officials: tuple(official.id for official in officials if official.said),
        every=True,
        most=0,
    ),
    Facet(
        name="authority",
        plural="authorities",
        what="`co`: an authority of Viet Nam speaks, acts or decides; `vu-an`: only police or courts do, on a case",
        example="co",
        fields=("chinh quyen", "authority"),
        values=lambda article, topics, officials: authority.values(article.text, topics, officials),
        worded=(authority.ACTING, authority.CASE),
    ),
    Facet(
        name="country",
        plural="countries",
        what="`viet-nam`: an office-holder of Viet Nam is named; `nuoc-ngoai`: one of another country",
        example="viet-nam",
        fields=("nuoc", "country"),
        values=lambda article, topics, officials: _countries(officials),
        worded=(HOME, ABROAD),
    ),
)
BY_NAME = {facet.name: facet for facet in FACETS}
COUNTED = tuple(facet for facet in FACETS if facet.most != 0)

"""Reading an exchanged article: what is missing is null, what cannot be read is named."""

from __future__ import annotations

import pytest

from crawler.article import Article
from crawler.errors import ArticleError


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2026-10-05", "2026-10-05"),
        ("20261005", "2026-10-05"),
        ("2026-10-05T08:30:00", "2026-10-05T08:30:00+07:00"),
        ("2026-10-04T20:30:00Z", "2026-10-05T03:30:00+07:00"),
        ("2026-10-05 08:30:00+07:00", "2026-10-05T08:30:00+07:00"),
    ],
)
def test_times_are_vietnams(given: str, wanted: str) -> None:
    assert Article.from_json({"id": "a", "title": "x", "published": given}).published == wanted


@pytest.mark.parametrize("given", ["hôm qua", "2026-13-01", "05/10/2026", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_cannot_be_read_is_named(given: str) -> None:
    with pytest.raises(ArticleError, match="published"):
        Article.from_json({"id": "a", "title": "x", "published": given})


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ArticleError, match="surrogate"):
        Article.from_json({"id": "a", "title": "x\ud800"})


def test_the_same_article_comes_back_from_json() -> None:
    article = Article("a-1", "Tên", lead="Dẫn", paragraphs=("Một", "Hai"), tags=("x",), published="2026-10-05")
    assert Article.from_json(article.as_json()) == article

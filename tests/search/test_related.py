"""Which words of an article find its relatives: rare ones, that some other article holds too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest

from index.query import Phrase
from search.related import _telling


class Counted:
    """A generation of which only the counts of words are asked."""

    def __init__(self, documents: int, held: Mapping[str, int], otherwise: int) -> None:
        self.documents, self._held, self._otherwise = documents, held, otherwise

    def counts(self, queries: Sequence[Phrase]) -> list[int]:
        return [self._held.get(query.typed, self._otherwise) for query in queries]


def telling(documents: int, held: Mapping[str, int], text: str, otherwise: int = 1) -> list[str]:
    return [phrase.typed for phrase in _telling(cast(Any, Counted(documents, held, otherwise)), text)]


@pytest.mark.parametrize(("many", "tells"), [(1, False), (2, True), (10, True), (11, False)])
def test_a_word_tells_that_another_article_holds_and_no_more_than_one_in_ten(many: int, tells: bool) -> None:
    assert ("đường_sắt" in telling(100, {"đường_sắt": many}, "Sửa đường sắt")) is tells


def test_in_a_small_collection_a_word_of_two_articles_tells() -> None:
    assert telling(5, {"đường_sắt": 2}, "Sửa đường sắt") == ["đường_sắt"]
    assert telling(5, {"đường_sắt": 3}, "Sửa đường sắt") == []


def test_the_rarest_eight_words_tell_the_rarest_first() -> None:
    text = "Nông dân, học sinh, bệnh viện, công nhân, ngư dân, bộ đội, giáo viên, thanh niên, doanh nghiệp"
    words = [word.lower().replace(" ", "_") for word in text.split(", ")]
    held = {word: 20 - at for at, word in enumerate(words)}
    assert telling(1_000, held, text) == words[:0:-1]

"""Suggestions in their order: names that begin as typed, a phrase of headlines, names that have it inside."""

import pytest

from search.searcher import Searcher
from tests.search.conftest import article, build
from tratin.settings import Settings

NEWS = [
    *(article(f"far-{at}", f"Cầu Ba Tơ số {at} thông xe", "", "Bà Lò Ba Tuyết, Chủ tịch UBND huyện Ba Tơ, dự.")
      for at in range(4)),
    *(article(f"often-{at}", f"Tin {at}", "", "Ông Lò Ba Tuyến, Giám đốc Sở Y tế Sơn La, dự.") for at in range(12)),
    *(article(f"young-{at}", f"Ba trẻ em {at} lạc rừng", "", "Tin.") for at in range(3)),
]  # fmt: skip


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return build(Settings(data=tmp_path_factory.mktemp("suggest")), NEWS)


def told(searcher: Searcher, text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in searcher.suggest(text)]


def test_a_name_that_begins_as_typed_comes_before_a_more_frequent_one_that_has_it_inside(searcher: Searcher) -> None:
    order = told(searcher, "ba t")
    assert order[0] in {("place", "Ba Tơ"), ("place", "Bá Thước"), ("place", "Ba Tri")}
    assert order.index(("place", "Ba Tơ")) < order.index(("official", "Lò Ba Tuyến"))


def test_a_phrase_of_headlines_comes_before_names_that_have_it_inside(searcher: Searcher) -> None:
    order = told(searcher, "ba t")
    kinds = [kind for kind, _ in order]
    assert "phrase" in kinds
    assert kinds.index("phrase") < order.index(("official", "Lò Ba Tuyến"))


def test_of_one_syllable_names_are_in_the_order_of_their_articles_wherever_it_stands(searcher: Searcher) -> None:
    assert told(searcher, "tuyến")[0] == ("official", "Lò Ba Tuyến")


def test_nothing_is_suggested_twice_nor_what_is_typed_already(searcher: Searcher) -> None:
    for text in ("ba t", "ba trẻ em", "lò ba", "chủ tịch"):
        order = told(searcher, text)
        assert len(set(order)) == len(order)
        assert ("phrase", text) not in order

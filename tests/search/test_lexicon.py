"""What the corpus knows: every spelling of a bare syllable and nothing else, and how titles go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.normalize import fold, key
from search.corpus_lexicon import CorpusLexicon, marked_forms


@pytest.mark.parametrize(
    "syllable", ["đường", "nguyễn", "khuya", "quý", "hòa", "ủy", "nghiêng", "yên", "ở", "đ", "mười"]
)
def test_every_spelling_is_among_the_forms(syllable: str) -> None:
    assert key(syllable) in marked_forms(fold(key(syllable)))


@given(st.text("abcdeghiklmnopqrstuvxy", min_size=1, max_size=7))
def test_every_form_folds_back(folded: str) -> None:
    assert {fold(form) for form in marked_forms(folded)} == {folded}


@pytest.mark.parametrize(("letters", "marked"), [("nghieng", True), ("nghienga", False)])
def test_what_is_longer_than_any_syllable_has_no_other_marks(letters: str, marked: bool) -> None:
    assert (len(marked_forms(letters)) > 1) is marked


class Titles:
    """A generation of which only the runs of syllables in titles are asked."""

    def __init__(self, runs: Mapping[str, int]) -> None:
        self.terms = self
        self._runs = {tuple(run.split()): many for run, many in runs.items()}

    def continued(self, typed: Sequence[str], more: int) -> Mapping[tuple[str, ...], int]:
        return self._runs


def phrases(runs: Mapping[str, int]) -> list[str]:
    return CorpusLexicon(cast(Any, Titles(runs))).continued(["cầu"], 10)


def test_a_phrase_of_one_title_is_offered_only_where_no_other_goes_on() -> None:
    assert phrases({"cầu treo": 1}) == ["cầu treo"]
    assert phrases({"cầu treo": 1, "cầu phao": 2}) == ["cầu phao"]


@pytest.mark.parametrize(("many", "offered"), [(3, False), (4, True)])
def test_a_phrase_needs_one_title_in_fifty_of_those_that_go_on(many: int, offered: bool) -> None:
    assert ("cầu phao" in phrases({"cầu treo": 200 - many, "cầu phao": many})) is offered


@pytest.mark.parametrize(("longer", "offered"), [(5, True), (6, False)])
def test_a_phrase_goes_on_where_more_than_half_of_its_titles_do_in_one_way(longer: int, offered: bool) -> None:
    found = phrases({"cầu treo mới": longer, "cầu treo cũ": 10 - longer})
    assert ("cầu treo" in found) is offered
    assert "cầu treo mới" in found


def test_the_more_frequent_phrase_comes_first() -> None:
    assert phrases({"cầu phao": 4, "cầu treo": 9, "cầu vượt": 6}) == ["cầu treo", "cầu vượt", "cầu phao"]

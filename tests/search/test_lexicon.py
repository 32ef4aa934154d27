"""Marks put on a bare syllable: every Vietnamese spelling, and nothing that folds otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.normalize import fold, key
from search.corpus_lexicon import marked_forms


@pytest.mark.parametrize(
    "syllable", ["đường", "nguyễn", "khuya", "quý", "hòa", "ủy", "nghiêng", "yên", "ở", "đ", "mười"]
)
def test_every_spelling_is_among_the_forms(syllable: str) -> None:
    assert key(syllable) in marked_forms(fold(key(syllable)))


@given(st.text("abcdeghiklmnopqrstuvxy", min_size=1, max_size=7))
def test_every_form_folds_back(folded: str) -> None:
    assert {fold(form) for form in marked_forms(folded)} == {folded}

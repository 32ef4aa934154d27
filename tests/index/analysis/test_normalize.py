"""One key for every spelling of a syllable, and other keys for what is another syllable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.normalize import fold, key, variants


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Hoà", "hòa"),
        ("UỶ", "ủy"),
        ("thuỷ", "thủy"),
        ("loè", "lòe"),
        ("quý", "quý"),
        ("Quỳ", "quỳ"),
        ("hoàn", "hoàn"),
        ("khuỷu", "khuỷu"),
        ("Ðồng", "đồng"),
        ("ðảng", "đảng"),
        ("ĐẢNG", "đảng"),
        (unicodedata.normalize("NFD", "Nghị"), "nghị"),
        ("e\u0323\u0302", "ệ"),
        ("é\u0302", "ế"),
        ("ượ\u0323c", "ược"),
        ("ngh\u00adị", "nghị"),
        ("Hà\u200b", "hà"),
        ("２０１７", "2017"),
    ],
)
def test_a_key_is_the_same_for_every_way_of_writing(typed: str, expected: str) -> None:
    assert key(typed) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert key(key(text)) == key(text)
    assert fold(fold(key(text))) == fold(key(text))
    assert key(fold(key(text))) == fold(key(text))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_composition_and_case_change_no_key(text: str) -> None:
    assert key(unicodedata.normalize("NFD", text)) == key(text) == key(unicodedata.normalize("NFC", text))


def test_tones_stay_apart_and_folding_joins_them() -> None:
    assert len({key(one) for one in ("đảng", "đang", "dạng", "đáng")}) == 4
    assert {fold(key(one)) for one in ("đảng", "đang", "dạng", "đáng")} == {"dang"}


@pytest.mark.parametrize(("one", "other"), [("kỹ", "kĩ"), ("quý", "quí"), ("mỹ", "mĩ"), ("sĩ", "sỹ"), ("lí", "lý")])
def test_i_and_y_are_variants_of_each_other(one: str, other: str) -> None:
    assert variants(one) == (other,)
    assert one in variants(other)


@pytest.mark.parametrize("other", ["mía", "nghỉ", "hai", "tây", "2"])
def test_other_syllables_have_no_variant(other: str) -> None:
    assert variants(other) == ()

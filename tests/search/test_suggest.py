"""What is suggested while somebody types: names by their beginnings, document numbers, phrases of headlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pytest

from index.analysis.normalize import fold
from index.schema import Form
from search.corpus_lexicon import CorpusLexicon
from search.suggest import Candidate, Suggester, Suggestion


class Printed:
    """A generation of which only these runs of headlines and these special tokens are known."""

    def __init__(self, runs: Mapping[str, int], specials: Mapping[str, int]) -> None:
        self._runs = {tuple(run.split()): many for run, many in runs.items()}
        self._specials = specials

    @property
    def terms(self) -> Printed:
        return self

    def continued(self, typed: Sequence[str], more: int) -> Mapping[tuple[str, ...], int]:
        many = len(typed)
        return {
            run[: many + more]: count
            for run, count in self._runs.items()
            if [fold(word) for word in run[: many - 1]] == list(typed[:-1])
            and fold(run[many - 1]).startswith(typed[-1])
        }

    def beginning(self, form: Form, prefix: str, most: int) -> list[tuple[str, int]]:
        found = [(key, many) for key, many in self._specials.items() if key.startswith(prefix)]
        return sorted(found, key=lambda row: -row[1])[:most]


def suggester(
    names: Mapping[str, int], runs: Mapping[str, int] | None = None, specials: Mapping[str, int] | None = None
) -> Suggester:
    candidates = [Candidate(Suggestion("official", name), weight) for name, weight in names.items()]
    return Suggester(candidates, CorpusLexicon(cast(Any, Printed(runs or {}, specials or {}))))


def texts(given: Suggester, typed: str, limit: int = 10) -> list[str]:
    return [suggestion.text for suggestion in given.suggest(typed, limit)]


def test_names_that_begin_so_come_before_those_that_go_on_so_unless_they_are_five_times_as_often_printed() -> None:
    assert texts(suggester({"Lò Văn Mười": 10, "Tòng Thị Lò": 49}), "lò") == ["Lò Văn Mười", "Tòng Thị Lò"]
    assert texts(suggester({"Lò Văn Mười": 10, "Tòng Thị Lò": 51}), "lò") == ["Tòng Thị Lò", "Lò Văn Mười"]
    assert texts(suggester({"Lò Văn Mười": 10, "Lò Văn Chín": 11}), "lò v") == ["Lò Văn Chín", "Lò Văn Mười"]


def test_typed_marks_count_but_those_of_the_last_word_only_for_the_order() -> None:
    names = suggester({"Lô Văn Mười": 9, "Lò Văn Mười": 3})
    assert texts(names, "lò văn") == ["Lò Văn Mười"]
    assert texts(names, "lo van") == ["Lô Văn Mười", "Lò Văn Mười"]
    assert texts(names, "lò") == ["Lò Văn Mười", "Lô Văn Mười"]


def test_one_letter_is_too_little_for_a_name_and_two_are_enough() -> None:
    names = suggester({"Ý Văn Mười": 9, "Lò Văn Mười": 9})
    assert texts(names, "l") == []
    assert texts(names, "lò") == ["Lò Văn Mười"]
    assert texts(names, "ý") == []
    assert texts(names, "ý v") == ["Ý Văn Mười"]
    assert sorted(texts(names, "văn")) == ["Lò Văn Mười", "Ý Văn Mười"]


def test_eight_syllables_from_the_end_are_looked_at() -> None:
    name = "Ủy ban Bảo tồn Di sản Khe Trầu"
    assert texts(suggester({name: 1}), f"hôm nay {name}") == [name]
    assert texts(suggester({name: 1}), f"hôm nay {name[7:]} ở") == []


@pytest.mark.parametrize(("before", "found"), [(199, True), (200, False)])
def test_the_two_hundred_most_printed_names_that_go_on_so_are_put_in_order(before: int, found: bool) -> None:
    names = {f"Thị Lò {n}": 100 for n in range(before)} | {"Lò Văn Mười": 99}
    assert (texts(suggester(names), "lò")[0] == "Lò Văn Mười") is found


def test_phrases_leave_half_of_the_list_to_names_and_fill_what_names_leave() -> None:
    names = {f"Đê Văn {n}": 9 for n in ["Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"]}
    runs = {f"đê {word} lũ": 5 for word in ("chống", "vỡ", "cao", "thấp", "mới", "cũ")}
    both = texts(suggester(names, runs), "đê")
    assert [text.startswith("Đê Văn") for text in both] == [*[True] * 4, False, True, *[False] * 4]
    assert len(texts(suggester({"Đê Văn Một": 9}, runs), "đê")) == 7
    assert texts(suggester({"Đê chống lũ": 9}, {"đê chống lũ": 5}), "đê") == ["Đê chống lũ"]
    assert len(texts(suggester(names, runs), "đê", 3)) == 3
    assert len(suggester(names, runs).suggest("đê")) == 10


def test_a_phrase_stands_in_two_headlines_and_goes_on_while_more_than_half_of_them_do() -> None:
    assert texts(suggester({}, {"đê chống lũ": 1, "đê vỡ": 2}), "đê") == ["đê vỡ"]
    assert texts(suggester({}, {"đê chống lũ": 1}), "đê") == ["đê chống lũ"]
    assert texts(suggester({}, {"đê chống lũ quét": 5, "đê chống lũ về": 5}), "đê") == [
        "đê chống lũ",
        "đê chống lũ quét",
        "đê chống lũ về",
    ]
    apart = {"đê chống lũ quét": 4, "đê chống lũ về": 4, "đê chống lũ": 3}
    assert texts(suggester({}, apart), "đê")[0] == "đê chống lũ"


def test_a_phrase_that_fewer_than_one_of_fifty_headlines_say_is_none() -> None:
    assert texts(suggester({}, {"đê chống": 147, "đê vỡ": 3}), "đê") == ["đê chống", "đê vỡ"]
    assert texts(suggester({}, {"đê chống": 148, "đê vỡ": 2, "đê cao": 1}), "đê") == ["đê chống"]


def test_four_syllables_may_follow_what_is_typed() -> None:
    assert texts(suggester({}, {"đê a b c d e": 5}), "đê") == ["đê a b c d"]


def test_words_before_those_that_are_looked_at_stay_as_typed() -> None:
    typed = "Một hai ba bốn năm sáu bảy tám chín đê"
    assert texts(suggester({}, {"ba bốn năm sáu bảy tám chín đê vỡ": 3}), typed) == [f"Một hai {typed[8:]} vỡ"]


def test_document_numbers_are_printed_as_authorities_print_them() -> None:
    specials = {"15/2026/nd/cp": 3, "15/2025/qd/ubnd": 2, "15/1": 9, "150/2026/nd/cp": 9}
    assert texts(suggester({}, {}, specials), "15") == ["15/2026/NĐ-CP", "15/2025/QĐ-UBND"]
    assert texts(suggester({}, {}, specials), "15/2026") == ["15/2026/NĐ-CP"]
    assert texts(suggester({}, {}, specials), "150/") == ["150/2026/NĐ-CP"]
    others = {"5/2026/k1/cp": 3, "5/2026/qd": 2, "5/2026/qdub/k": 2, "5/2026": 9}
    assert texts(suggester({}, {}, others), "5") == ["5/2026/K1-CP", "5/2026/QĐ", "5/2026/QDUB-K"]
    assert texts(suggester({}, {}, others), "5/2026/qd") == ["5/2026/QĐ"]
    assert texts(suggester({}, {}, specials), "1", 2) == ["150/2026/NĐ-CP", "15/2026/NĐ-CP"]


def test_what_looks_alike_is_suggested_once_where_the_most_printed_of_it_stands() -> None:
    offices = [("Phó Thủ tướng", "home", 500), ("Phó Thủ tướng Thường trực", "first", 100), ("Phó Thủ tướng", "far", 3)]
    given = Suggester(
        [Candidate(Suggestion("office", name, None, id), weight) for name, id, weight in offices],
        CorpusLexicon(cast(Any, Printed({}, {}))),
    )
    assert [one.id for one in given.suggest("phó thủ")] == ["home", "first"]


def test_a_phrase_ends_where_half_of_its_headlines_go_on_in_one_way_and_half_in_others() -> None:
    runs = {"mưa lớn gây ngập phố": 1, "mưa lớn gây ngập đường": 1, "mưa lớn gây sạt lở": 1, "mưa lớn gây kẹt xe": 1}
    assert texts(suggester({}, runs), "mưa lớn g") == ["mưa lớn gây", "mưa lớn gây ngập"]

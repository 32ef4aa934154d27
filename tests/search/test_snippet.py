"""Snippets mark exactly what matched, and are cut where a reader would pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snippet import LONGEST, Mark, cut, opening, spans_of

TEXT = (
    "Sáng 18/1, Ban Chỉ đạo họp tại hội trường lớn. Ông Lò Văn Mười nói về dân vận khéo, về các mô hình ở xã vùng "
    "cao, về cách làm của từng thôn bản và về điều còn khó. Chiều cùng ngày, đoàn đi thăm xã Khe Trầu."
)


def marks_of(*words: str) -> list[Mark]:
    return [Mark(TEXT.index(word), TEXT.index(word) + len(word), n) for n, word in enumerate(words)]


def test_a_snippet_marks_the_words_that_matched_and_no_others() -> None:
    (snippet,) = cut(TEXT, marks_of("dân vận khéo"), "body")
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["dân vận khéo"]


def test_a_snippet_starts_where_its_sentence_starts() -> None:
    (snippet,) = cut(TEXT, marks_of("dân vận khéo"), "body", most=1)
    assert snippet.text.startswith("Ông Lò Văn Mười")


def test_two_clauses_in_two_sentences_give_two_snippets_in_text_order() -> None:
    first, second = cut(TEXT, marks_of("Khe Trầu", "dân vận khéo"), "body")
    assert TEXT.index(first.text[:20]) < TEXT.index(second.text[:20])
    assert {s.text[a:b] for s in (first, second) for a, b in s.spans} == {"Khe Trầu", "dân vận khéo"}


def test_a_long_sentence_is_narrowed_around_its_mark() -> None:
    text = "mở đầu, " * 60 + "Khe Trầu" + ", kết thúc" * 60
    at = text.index("Khe Trầu")
    (snippet,) = cut(text, [Mark(at, at + 8)], "body")
    assert len(snippet.text) <= LONGEST + 4
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["Khe Trầu"]
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")


def test_a_short_sentence_takes_the_next_one_with_it_but_not_the_next_paragraph() -> None:
    text = "Khe Trầu có đập mới. Nước về ruộng từ tháng ba.\nBài sau nói về chuyện khác."
    (snippet,) = cut(text, [Mark(0, 8)], "body")
    assert snippet.text == "Khe Trầu có đập mới. Nước về ruộng từ tháng ba."
    (last,) = cut(text, [Mark(21, 29)], "body")
    assert last.text == "Nước về ruộng từ tháng ba."


def sentences(*lengths: int) -> str:
    """Sentences of so many characters, the stop included, with a space between."""
    return " ".join(chr(ord("A") + n) + "a" * (length - 2) + "." for n, length in enumerate(lengths))


@pytest.mark.parametrize(("length", "taken"), [(109, True), (110, False)])
def test_a_sentence_of_fewer_than_a_hundred_and_ten_characters_takes_the_next_one(length: int, taken: bool) -> None:
    text = sentences(length, 50, 50)
    (snippet,) = cut(text, [Mark(0, 5)], "body")
    assert snippet.text == text[: length + 51 if taken else length] + ("" if snippet.text.endswith(".") else " …")


@pytest.mark.parametrize(("following", "taken"), [(179, True), (180, False)])
def test_two_sentences_are_no_longer_together_than_a_snippet(following: int, taken: bool) -> None:
    text = sentences(100, following, 50)
    (snippet,) = cut(text, [Mark(0, 5)], "body")
    assert len(snippet.text) == (280 if taken else 100)


@pytest.mark.parametrize("length", [280, 281])
def test_a_sentence_of_two_hundred_and_eighty_characters_is_shown_whole_and_a_longer_one_narrowed(length: int) -> None:
    text = "A" + " aaaaaaaaa" * 40
    text = text[: length - 1] + "."
    (snippet,) = cut(text, [Mark(0, 5)], "body")
    assert (snippet.text == text) is (length == 280)
    assert len(snippet.text) <= 282


def test_a_long_sentence_is_cut_a_third_of_a_snippet_before_its_mark_at_the_next_pause() -> None:
    words = "aaaaaaaaa " * 100
    at = 500
    (snippet,) = cut(words, [Mark(at, at + 9)], "body")
    (before, _), *_ = snippet.spans
    assert 80 <= before - 2 <= 93
    paused = words[: at - 50] + "aaaaaaaa, " + words[at - 40 :]
    (snippet,) = cut(paused, [Mark(at, at + 9)], "body")
    assert snippet.spans[0][0] - 2 == 40


def test_what_is_cut_ends_at_the_last_pause_of_its_second_half() -> None:
    words = "aaaaaaaaa " * 60
    late, early = words[:200] + "aaaaaaaa, " + words[210:], words[:100] + "aaaaaaaa, " + words[110:]
    assert opening(late, "lead").text == late[:209] + " …"
    assert opening(early, "lead").text == early[:279] + " …"
    assert opening("a" * 280, "lead").text == "a" * 280
    assert opening("a" * 281, "lead").text == "a" * 280 + " …"


def test_a_mark_is_shown_whole_however_long_it_is() -> None:
    text = "mở đầu, " * 20 + "k" * 400 + ", kết thúc" * 20
    at = text.index("k")
    (snippet,) = cut(text, [Mark(at, at + 400)], "body")
    assert [snippet.text[a:b] for a, b in snippet.spans] == ["k" * 400]


def test_of_two_pieces_that_show_as_many_clauses_the_one_with_more_marked_then_the_earlier_is_chosen() -> None:
    text = sentences(150, 150, 150)
    short, long, late = Mark(0, 3, 0), Mark(151, 161, 0), Mark(302, 312, 0)
    (snippet,) = cut(text, [short, long, late], "body", most=1)
    assert snippet.text.startswith("Baaa")


def test_a_second_snippet_shows_what_the_first_does_not() -> None:
    text = sentences(150, 150, 150)
    marks = [Mark(0, 30, 0), Mark(151, 171, 0), Mark(302, 305, 1)]
    first, second = cut(text, marks, "body")
    assert (first.text[0], second.text[0]) == ("A", "C")
    assert [snippet.text[0] for snippet in cut(text, marks, "body", most=1)] == ["A"]


def test_a_piece_of_two_sentences_shows_the_marks_of_both_and_is_cut_once() -> None:
    text = sentences(60, 60, 150)
    marks = [Mark(0, 5, 0), Mark(61, 66, 1), Mark(122, 127, 2)]
    first, second = cut(text, marks, "body")
    assert [len(first.spans), len(second.spans)] == [2, 1]
    assert cut(text, marks, "body", most=0) == ()


def test_lines_are_pieces_apart_and_all_their_marks_count() -> None:
    text = "\n".join([sentences(150), sentences(150), sentences(150)])
    marks = [
        Mark(0, 5, 0),
        Mark(151, 156, 0),
        Mark(160, 165, 1),
        Mark(302, 307, 2),
        Mark(310, 315, 3),
        Mark(320, 325, 4),
    ]
    first, second = cut(text, marks, "body")
    assert [len(first.spans), len(second.spans)] == [2, 3]
    (best,) = cut(text, marks, "body", most=1)
    assert len(best.spans) == 3


def test_a_mark_at_the_end_of_a_sentence_keeps_its_stop() -> None:
    text = sentences(150, 150)
    (snippet,) = cut(text, [Mark(145, 150)], "body")
    assert snippet.text == text[:150]
    (snippet,) = cut(text, [Mark(151, 156)], "body")
    assert snippet.text == text[151:]


def test_marks_that_touch_stay_apart_and_those_that_overlap_become_one() -> None:
    assert spans_of([Mark(0, 4), Mark(4, 9)]) == ((0, 4), (4, 9))
    assert spans_of([Mark(0, 9), Mark(3, 5)]) == ((0, 9),)


def test_an_ellipsis_says_that_a_sentence_goes_on_and_only_that() -> None:
    text = "Khe Trầu có đập mới.\nNước về ruộng"
    (snippet,) = cut(text, [Mark(21, 25)], "body")
    assert snippet.text == "Nước về ruộng"
    (quoted,) = cut("“Đập mới.” Nước về ruộng từ tháng ba năm nay.", [Mark(11, 15)], "body")
    assert quoted.text == "Nước về ruộng từ tháng ba năm nay."


def test_a_text_without_marks_gives_no_snippet_but_has_an_opening() -> None:
    assert cut(TEXT, [], "body") == ()
    assert opening("Ngắn.", "lead").text == "Ngắn."


def test_overlapping_marks_become_one_span() -> None:
    assert spans_of([Mark(3, 9), Mark(0, 4), Mark(10, 12)]) == ((0, 9), (10, 12))


@given(st.text(alphabet="aă ,.;\n(–Đế", max_size=900), st.data())
def test_every_span_holds_the_marked_text_whatever_the_text(text: str, data: st.DataObject) -> None:
    if not text:
        return
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=8))
    marks = [Mark(s, min(len(text), s + 3), n % 3) for n, s in enumerate(starts)]
    wanted = {text[m.start : m.end] for m in marks}
    for snippet in cut(text, marks, "body"):
        for a, b in snippet.spans:
            piece = snippet.text[a:b]
            assert 0 <= a < b <= len(snippet.text)
            assert any(piece.startswith(w[:1]) for w in wanted)
            assert piece in text

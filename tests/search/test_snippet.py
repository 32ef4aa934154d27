"""Snippets mark exactly what matched, and are cut where a reader would pause."""

from __future__ import annotations

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

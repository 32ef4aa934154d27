"""Every token has its keys, its position and its exact place in the printed text."""

import json
import lzma
import unicodedata
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analysis, analyze, analyze_articles
from index.analysis.normalize import fold, key

CORPUS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "news.jsonl.xz"
PIECES = st.sampled_from(
    [
        "Hoà",
        "ủy ban",
        "NĐ-CP",
        "15/2020/NĐ-CP",
        " ",
        "\u00a0",
        "\n",
        "\u200b",
        "ngh\u00adị",
        "e\u0323\u0302",
        "%",
        "18",
        ".",
    ]
)


def specials(text: str) -> list[tuple[str, str]]:
    return [(kind, name) for _, _, kind, name in analyze(text).specials]


def holds(analysis: Analysis, text: str) -> None:
    assert len(analysis.syllables) == len(analysis.folded) == len(analysis.starts) == len(analysis.ends)
    end = 0
    for name, bare, start, stop in zip(
        analysis.syllables, analysis.folded, analysis.starts, analysis.ends, strict=True
    ):
        assert end <= start < stop <= len(text)
        assert key(text[start:stop]) == name
        assert fold(name) == bare
        end = stop
    for first, many, word in analysis.words:
        assert many > 1
        assert "_".join(analysis.syllables[first : first + many]) == word
    for first, many, _, _ in analysis.specials:
        assert 0 <= first < first + many <= len(analysis.syllables)


@given(
    st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=6)), max_size=25).map("".join)
)
@settings(max_examples=500, deadline=None)
def test_every_token_points_to_the_text_that_it_is_the_key_of(text: str) -> None:
    holds(analyze(text), text)


@given(st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=200, deadline=None)
def test_zones_count_positions_and_offsets_from_their_own_beginning(title: str, body: str) -> None:
    for analysis, zone in zip(analyze_articles([(title, "", body)])[0], (title, "", body), strict=True):
        holds(analysis, zone)


@given(st.lists(st.tuples(*[st.lists(PIECES, max_size=6).map("".join)] * 3), max_size=5))
@settings(max_examples=200, deadline=None)
def test_articles_analysed_together_are_analysed_as_each_alone(articles: list[tuple[str, str, str]]) -> None:
    together = analyze_articles(articles)
    assert [list(map(told, zones)) for zones in together] == [
        list(map(told, analyze_articles([one])[0])) for one in articles
    ]


def told(analysis: Analysis) -> tuple[object, ...]:
    places = analysis.starts.tolist(), analysis.ends.tolist()
    return analysis.syllables, analysis.folded, *places, analysis.words, analysis.specials


@pytest.mark.real
def test_tokens_of_real_articles_point_to_their_text_composed_or_not() -> None:
    if not CORPUS.exists():
        pytest.skip("the corpus is not beside the checkout (../shared/data/news.jsonl.xz)")
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, islice(lines, 60)):
            printed = [article["title"], article["lead"] or "", article["body"] or ""]
            apart = [unicodedata.normalize("NFD", zone) for zone in printed]
            for one, other, zone, decomposed in zip(
                analyze_articles([tuple(printed)])[0], analyze_articles([tuple(apart)])[0], printed, apart, strict=True
            ):
                holds(one, zone)
                holds(other, decomposed)
                assert (one.syllables, one.words, one.specials) == (other.syllables, other.words, other.specials)


def test_a_document_number_is_syllables_in_a_row_and_one_special_token() -> None:
    analysis = analyze("Nghị định 15/2020/NĐ-CP")
    assert analysis.syllables == ("nghị", "định", "15", "2020", "nđ", "cp")
    assert analysis.specials == ((2, 4, "number", "15/2020/nd/cp"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15/2020/ND-CP", ("number", "15/2020/nd/cp")),
        ("15/2020/nđ-cp", ("number", "15/2020/nd/cp")),
        ("181-QĐ/TW", ("number", "181/qd/tw")),
        ("181/QĐ-TƯ", ("number", "181/qd/tw")),
        ("35/NQ-CP", ("number", "35/nq/cp")),
        ("4/7/2017", ("date", "2017-07-04")),
        ("4-7-2017", ("date", "2017-07-04")),
        ("04.07.2017", ("date", "2017-07-04")),
        ("ngày 4 tháng 7 năm 2017", ("date", "2017-07-04")),
        ("ngày 4 tháng 7", ("date", "--07-04")),
        ("tháng 7 năm 2017", ("date", "2017-07")),
        ("7/2017", ("date", "2017-07")),
        ("18%", ("percent", "18%")),
        ("18 %", ("percent", "18%")),
        ("18 phần trăm", ("percent", "18%")),
        ("18,5%", ("percent", "18.5%")),
        ("1.300", ("amount", "1300")),
        ("1,5", ("amount", "1.5")),
        ("2.000 tỉ", ("amount", "2000_tỷ")),
        ("2000 tỷ", ("amount", "2000_tỷ")),
        ("GD&ĐT", ("abbreviation", "gdđt")),
        ("GD-ĐT", ("abbreviation", "gdđt")),
        ("TP.HCM", ("abbreviation", "tphcm")),
        ("TP HCM", ("abbreviation", "tphcm")),
        ("TPHCM", ("abbreviation", "tphcm")),
        ("T.Ư", ("abbreviation", "tư")),
        ("UBND", ("abbreviation", "ubnd")),
        ("BOT", ("abbreviation", "bot")),
    ],
)
def test_a_special_token_has_one_key_however_it_is_written(text: str, expected: tuple[str, str]) -> None:
    assert expected in specials(text)


@pytest.mark.parametrize("text", ["45/45/2017", "32/13", "ca khúc", "anh em", "Công an", "bot", "10/2020/abcdef"])
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not {kind for kind, _ in specials(text)} & {"date", "number", "abbreviation"}


def test_no_stop_word_is_lost() -> None:
    assert analyze("Công an ở Nghệ An, ý Đảng").syllables == ("công", "an", "ở", "nghệ", "an", "ý", "đảng")


def test_words_are_those_of_the_whole_text() -> None:
    title, lead, body = analyze_articles([("Chuyển đổi số", "Ủy ban nhân dân tỉnh họp", "Chính phủ điện tử")])[0]
    assert "chính_phủ" in {word for _, _, word in body.words}
    assert {word for _, _, word in lead.words} >= {"ủy_ban", "nhân_dân"}
    assert title.syllables == ("chuyển", "đổi", "số")

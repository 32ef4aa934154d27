"""What is typed is understood as it was meant, and everything that was made of it is told."""

import os
import random
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import analyze
from index.analysis.normalize import fold
from index.query import (
    About,
    And,
    Dated,
    During,
    InZone,
    Key,
    Leaf,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Span,
    Term,
    clauses,
    leaves,
    typed,
)
from index.schema import Form
from search.parser.parse import MOST_WORDS, Parsed, parse

CORPUS = [
    "Ông Trần Văn Nam, Chủ tịch UBND huyện Sông Trong, dự họp",
    "Bà Lê Thị Thanh Mẫn, Bí thư Tỉnh ủy, nói về chính phủ điện tử",
    "Sạt lở bờ sông tại huyện Sông Trong năm nay, kỹ sư đến nơi",
    "Kĩ sư Hòa ở Đắc Lắc nói về quản lý đất",
    "Nghị định 15/2020/NĐ-CP và Nghị quyết 35/NQ-CP của Chính phủ",
    "Ủy ban nhân dân tỉnh họp; hội đồng nhân dân cũng họp năm 2017",
    "Trần Văn Năm là người khác",
]


class SmallCorpus:
    """A lexicon of a few invented sentences, counted for what they are."""

    def __init__(self, texts: Sequence[str], officials: Sequence[str] = ()) -> None:
        self.analyses = [analyze(text) for text in texts]
        self.officials = officials

    def counts(self, clauses: Sequence[Leaf | And]) -> list[int]:
        return [self._both(one) if isinstance(one, And) else self._articles(one) for one in clauses]

    def frequency(self, key: Key) -> int:
        return self._articles(Term((key,), Span(0, 0), ""))

    def _articles(self, leaf: Leaf) -> int:
        slots = leaf.slots if isinstance(leaf, Phrase | Near) else (leaf.slot,) if isinstance(leaf, Term) else ()
        return sum(
            any(
                all(
                    any(
                        (one.syllables if key.form is Form.SYLLABLE else one.folded)[at + i] == key.key
                        for key in slot
                        if key.form in {Form.SYLLABLE, Form.FOLDED}
                    )
                    for i, slot in enumerate(slots)
                )
                for at in range(len(one.syllables) - len(slots) + 1)
            )
            for one in self.analyses
        )

    def _both(self, clause: And) -> int:
        count = 0
        for one in self.analyses:
            alone = SmallCorpus([])
            alone.analyses = [one]
            count += all(alone.counts(clause.nodes))
        return count

    def spellings(self, folded: str) -> list[tuple[str, int]]:
        found = [key for one in self.analyses for key in set(one.syllables) if fold(key) == folded]
        return sorted(((key, found.count(key)) for key in set(found)), key=lambda one: (-one[1], one[0]))

    def pairs(self, first: str, second: str) -> list[tuple[tuple[str, str], int]]:
        found = [
            (one.syllables[at], one.syllables[at + 1])
            for one in self.analyses
            for at in range(len(one.syllables) - 1)
            if (one.folded[at], one.folded[at + 1]) == (first, second)
        ]
        return sorted(((pair, found.count(pair)) for pair in set(found)), key=lambda one: (-one[1], one[0]))

    def beside(self, key: str, after: bool) -> dict[str, int]:
        step = 1 if after else -1
        return Counter(
            one.syllables[at + step]
            for one in self.analyses
            for at, syllable in enumerate(one.syllables)
            if syllable == key and 0 <= at + step < len(one.syllables)
        )

    def specials(self, prefix: str) -> list[tuple[str, int]]:
        return [(key, 1) for one in self.analyses for *_, key in one.specials if key.startswith(prefix)]

    def is_official(self, keys: str) -> bool:
        return keys in self.officials or keys in {" ".join(map(fold, one.split())) for one in self.officials}


LEXICON = SmallCorpus(CORPUS)


def read(text: str, *off: str) -> Parsed:
    return parse(text, LEXICON, frozenset(off))


def shown(node: Node) -> str:
    """A tree in short: `~` for any spelling, `#` for a special token."""
    signs = {Form.SYLLABLE: "", Form.FOLDED: "~", Form.SPECIAL: "#", Form.WORD: "_"}

    def slots(*given: tuple) -> str:  # type: ignore[type-arg]
        return " ".join("/".join(key.key + signs[key.form] for key in slot) for slot in given)

    match node:
        case Term(slot):
            return slots(slot)
        case Phrase(given):
            return f'"{slots(*given)}"'
        case Near(given, within):
            return f'"{slots(*given)}"~{within}'
        case Prefix(prefix, form):
            return f"{prefix}*{signs[form]}"
        case And(nodes):
            return " & ".join(map(shown, nodes))
        case Or(options):
            return "(" + " | ".join(shown(option.node) for option in options) + ")"
        case Not(inner):
            return f"-{shown(inner)}"
        case InZone(zone, inner):
            return f"{zone}:[{shown(inner)}]"
        case About(field, text):
            return f"{field}:<{text}>"
        case Dated(first, last):
            return f"{first}/{last}"
        case During(first, last, inner):
            return f"{shown(inner)} in {first}/{last}"
        case MatchAll():
            return "all"


def kinds(text: str, *off: str) -> set[str]:
    return {chip.kind for chip in read(text, *off).understood}


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»"])
def test_a_phrase_in_any_quotes_is_a_phrase(quotes: str) -> None:
    (phrase,) = clauses(read(f"{quotes[0]}chính phủ điện tử{quotes[1]}").query)
    assert isinstance(phrase, Phrase)
    assert shown(phrase) == '"chính phủ điện tử"'


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("dân OR nước", "(dân | nước)"),
        ("nước HOẶC nhà", "(nước | nhà)"),
        ("nước VÀ nhà", "nước & nhà"),
        ("nước và nhà", "nước & và & nhà"),
        ("nước -nhà", "nước & -nhà"),
        ("nước KHÔNG nhà", "nước & -nhà"),
        ("nước không nhà", "nước & không & nhà"),
        ("nước (nhà OR cửa)", "nước & (nhà | cửa)"),
        ("đất OR nước họp", "(đất | nước & họp)"),
        ("nước NOT Hà Tĩnh", 'nước & -"hà tĩnh"'),
        ('"đất nước"~5', '"đất nước"~5'),
        ("đấ*", "đấ*"),
        ("tiêu đề:chính phủ họp", 'title:["chính phủ"] & họp'),
        ("tieu de:(họp đất)", "title:[họp & đất]"),
        ('title:"họp đất"', 'title:["họp đất"]'),
        ('quan chức:"Trần Văn Nam"', "official:<Trần Văn Nam>"),
        ("chức vụ:bí thư", "post:<bí thư>"),
        ("chủ đề:xay-dung-dang", "topic:<xay-dung-dang>"),
        ("nguồn:baocuatoi.vn", "source:<baocuatoi.vn>"),
        ("", "all"),
        ("   ", "all"),
        ("nước http://a.vn/b", 'nước & "http a vn b"'),
    ],
)
def test_the_syntax_is_read_as_documented(text: str, tree: str) -> None:
    assert shown(read(text).query) == tree


@pytest.mark.parametrize(
    "text", ['"nước', "(nước", "nước)", "nước AND", "OR nước", "nước -", 'nước ""', "tiêu đề: nước)"]
)
def test_what_is_left_over_is_dropped_and_told(text: str) -> None:
    parsed = read(text)
    assert "nước" in shown(parsed.query)
    assert text.endswith("-") or "ignored" in kinds(text)


def test_typed_with_marks_means_those_marks() -> None:
    assert shown(read("Trần Văn Nam").query) == '"trần văn nam"'


def test_typed_without_marks_means_every_spelling() -> None:
    parsed = read("tran van nam")
    assert shown(parsed.query) == '"tran~ van~ nam~"'
    assert {"marks", "phrase"} <= kinds("tran van nam")
    assert read("chinh phu dien tu").suggestion == "chính phủ điện tử"
    assert read("Chinh phu dien tu").suggestion == "Chính phủ điện tử"


def test_a_word_typed_bare_among_marked_ones_is_expanded_when_nobody_prints_it_so() -> None:
    assert shown(read("Bí thư Tinh ủy").query) == '"bí thư" & "tỉnh ủy"'
    assert shown(read("Lê Thị Thanh Man").query) == '"lê thị thanh~ man~"'


@pytest.mark.parametrize("typed_", ["Trần Văn Nam", "trần văn nam", unicodedata.normalize("NFD", "Trần Văn Nam")])
def test_a_name_is_one_clause_in_every_case_and_composition(typed_: str) -> None:
    assert shown(read(typed_).query) == '"trần văn nam"'


def test_the_name_may_be_taken_apart_again() -> None:
    assert shown(read("Trần Văn Nam", "phrase:Trần Văn Nam").query) == "trần & văn & nam"


@pytest.mark.parametrize(("old", "new"), [("Uỷ ban", "Ủy ban"), ("Hoà", "Hòa")])
def test_both_tone_placements_are_one_query(old: str, new: str) -> None:
    assert shown(read(old).query) == shown(read(new).query)


def test_i_and_y_are_weaker_alternates_in_words_and_kept_apart_in_names() -> None:
    assert shown(read("kỹ sư").query) == '"kỹ/kĩ sư"'
    assert "variant" in kinds("kỹ sư")
    assert shown(read("kỹ sư", "variant:kỹ").query) == '"kỹ sư"'


def test_abbreviations_go_both_ways() -> None:
    assert shown(read("UBND").query) == '(ubnd/ubnd# | "ủy ban nhân dân")'
    assert shown(read("ủy ban nhân dân").query) == '("ủy ban nhân dân" | ubnd#)'
    assert shown(read("uy ban nhan dan").query) == '("uy~ ban~ nhan~ dan~" | ubnd#)'
    assert shown(read("UBND", "abbreviation:UBND").query) == "ubnd/ubnd#"
    (chip,) = read("UBND").understood
    assert (chip.kind, chip.from_, chip.to, chip.off) == (
        "abbreviation",
        "UBND",
        ("Ủy ban nhân dân",),
        "off=abbreviation:UBND",
    )


@pytest.mark.parametrize("typed_", ["TP.HCM", "TPHCM", "TP HCM", "tp.hcm", "tp hcm"])
def test_every_way_of_writing_the_city_is_the_city(typed_: str) -> None:
    assert "tphcm#" in shown(read(typed_).query)
    assert '"thành phố hồ chí minh"' in shown(read(typed_).query)


@pytest.mark.parametrize("typed_", ["GD&ĐT", "GD-ĐT", "GDĐT", "gd&đt", "gd-dt"])
def test_separators_inside_an_abbreviation_do_not_matter(typed_: str) -> None:
    assert "gdđt#" in shown(read(typed_).query)
    assert '"giáo dục và đào tạo"' in shown(read(typed_).query)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("CT UBND xã", "Chủ tịch"),
        ("CT số 5", "Chỉ thị"),
        ("TT số 5", "Thông tư"),
        ("TT Y tế", "Trung tâm"),
        ("Bộ trưởng BTC", "Bộ Tài chính"),
    ],
)
def test_an_ambiguous_abbreviation_is_read_by_its_company(text: str, meant: str) -> None:
    assert meant in {to for chip in read(text).understood if chip.kind == "abbreviation" for to in chip.to}


@pytest.mark.parametrize("text", ["CT", "ca mắc", "Tư", "an", "CT mới"])
def test_an_ambiguous_abbreviation_without_company_stays_as_typed(text: str) -> None:
    assert "abbreviation" not in kinds(text)


@pytest.mark.parametrize(
    "text", ["15/2020/NĐ-CP", "15/2020/ND-CP", "15/2020/nđ-cp", "15/2020/nd-cp", "số hiệu:15/2020/NĐ-CP"]
)
def test_a_document_number_is_one_in_any_spelling(text: str) -> None:
    (first, *_) = leaves(read(text).query)
    assert isinstance(first, Term)
    assert first.slot[0].key == "15/2020/nd/cp"
    assert '"15~ 2020~ nd~ cp~"' in shown(read(text).query)


def test_a_serial_number_may_begin_with_zero() -> None:
    assert shown(read("06/2008/TT-BTC").query).startswith('(6/2008/tt/btc# | "06~ 2008~ tt~ btc~"')


def test_a_document_called_by_its_serial_number_finds_its_numbers() -> None:
    assert shown(read("Nghị định 15").query) == '("nghị định 15" | "nghị định số 15" | 15/2020/nd/cp#)'
    assert "35/nq/cp#" in shown(read("nghi quyet so 35").query)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("lũ từ 3/2023 đến 6/2023", date(2023, 3, 1), date(2023, 6, 30)),
        ("lũ trước 2020", None, date(2019, 12, 31)),
        ("lũ sau 1/7/2025", date(2025, 7, 2), None),
        ("lũ 2023-03..2023-06-05", date(2023, 3, 1), date(2023, 6, 5)),
        ("lũ từ ngày 1 tháng 2 năm 2017 đến nay", date(2017, 2, 1), None),
        ("lu tu 3/2023 den 6/2023", date(2023, 3, 1), date(2023, 6, 30)),
        ("lũ từ 6/2023 đến 3/2023", date(2023, 3, 1), date(2023, 6, 30)),
    ],
)
def test_an_explicit_range_filters(text: str, since: date | None, until: date | None) -> None:
    parsed = read(text)
    assert (parsed.since, parsed.until) == (since, until)
    assert "lu" in fold(shown(parsed.query))
    assert "date" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "cấm xe máy trước 2030",
        "trước 1/1/2031 xong cầu",
        "nhà xây không phép từ trước 2020",
        "xây trước 2020 vẫn được cấp",
    ],
)
def test_a_day_in_a_sentence_or_still_to_come_is_no_range(text: str) -> None:
    parsed = parse(text, LEXICON, today=date(2026, 11, 28))
    assert (parsed.since, parsed.until) == (None, None)
    assert parse("lũ trước 2020", LEXICON, today=date(2026, 11, 28)).until == date(2019, 12, 31)


def suggested(typed: str, *corpus: tuple[str, int]) -> str | None:
    """What is suggested where every text stands so often."""
    return parse(typed, SmallCorpus([text for text, many in corpus for _ in range(many)])).suggestion


SAND = (("Thanh tra đất ở Bãi Tâm huyện Mường Sa.", 16), ("Bãi dân cư ven sông.", 40), ("Xã Bãi Tân.", 3))


def test_of_two_slips_the_one_that_the_rest_of_the_query_makes_likely_is_offered() -> None:
    assert suggested("thanh tra bãi tân mường sa", *SAND) == "thanh tra bãi tâm mường sa"


def test_what_some_print_is_no_slip_of_what_is_not_in_the_company_of_the_rest() -> None:
    assert suggested("xã bãi tân", *SAND) is None


def test_a_word_that_is_common_beside_its_other_neighbour_is_no_slip() -> None:
    corpus = ("Sạt lở bờ sông.", 30), ("Nhà ông An.", 30), ("Tỉnh An Giang.", 30)
    assert suggested("sạt lở bờ sông An Giang", *corpus) is None
    assert suggested("nhà sông An", *corpus) == "nhà ông An"


def test_a_common_word_beside_a_longer_one_is_no_slip() -> None:
    corpus = ("Bộ trưởng xử lý nợ.", 30), ("Giải cứu lợn.", 60), ("Lý lẫn lộn.", 12)
    assert suggested("xử lý lợn", *corpus) is None


def test_a_common_word_and_a_word_of_the_dictionary_are_no_name() -> None:
    corpus = ("Giây phút vui.", 60), ("Kể lại giây phút ấy.", 3), ("Ông Phạm Bình Minh.", 9), ("Bình minh.", 20)
    names = [
        chip.to for chip in parse("kể lại giây phút", SmallCorpus([t for t, n in corpus for _ in range(n)])).understood
        if chip.kind == "phrase"
    ]  # fmt: skip
    assert names == []
    chips = parse("ông phạm bình minh nói", SmallCorpus([t for t, n in corpus for _ in range(n)])).understood
    assert ("phrase", "phạm bình minh") in [(chip.kind, chip.from_) for chip in chips]


def test_a_range_may_be_switched_off() -> None:
    parsed = read("lũ trước 2020", "date:trước 2020")
    assert (parsed.since, parsed.until) == (None, None)
    assert "2020" in shown(parsed.query)


@pytest.mark.parametrize("text", ["đầu tư 2020", "bão trước 30/4", "ngày 4/7/2017 họp", '"từ 3/2023 đến 6/2023"'])
def test_a_date_among_other_words_never_filters(text: str) -> None:
    parsed = read(text)
    assert (parsed.since, parsed.until) == (None, None)


def test_a_date_among_other_words_is_a_clause() -> None:
    assert shown(read("họp ngày 4/7/2017").query) == "họp & 2017-07-04/2017-07-04"
    assert "date" in kinds("họp ngày 4/7/2017")


@pytest.mark.parametrize(
    ("text", "key"), [("1.300", "1300"), ("2.000 tỷ", "2000_tỷ"), ("18%", "18%"), ("18 phần trăm", "18%")]
)
def test_figures_are_found_however_they_are_written(text: str, key: str) -> None:
    assert f"{key}#" in shown(read(text).query)


def test_places_are_found_under_their_other_names() -> None:
    assert '"đắk lắk"' in shown(read("Đắc Lắc").query)
    assert "variant" in kinds("Đắc Lắc")
    assert '"lào cai" in 2025-07-01/None' in shown(read("Yên Bái").query)
    assert shown(read("Yên Bái", "place:Yên Bái").query).strip('"') in {"yên bái", "yên & bái"}


def test_a_new_agency_finds_the_old_ones_while_they_were() -> None:
    tree = shown(read("Bộ Nông nghiệp và Môi trường").query)
    assert '"bộ tài nguyên và môi trường" in None/2025-03-01' in tree


@pytest.mark.parametrize(
    ("text", "said"), [("Lê Thị Thanh Mẩn", "Lê Thị Thanh Mẫn"), ("sạc lở", "sạt lở"), ("Trần Vạn Nam", "Trần Văn Nam")]
)
def test_what_nobody_prints_is_searched_as_typed_and_as_likely_meant(text: str, said: str) -> None:
    parsed = read(text)
    assert isinstance(parsed.query, Or)
    assert parsed.query.options[0].weight == 1.0 > parsed.query.options[1].weight
    assert "spelling" in {chip.kind for chip in parsed.understood}
    assert parsed.suggestion is not None
    assert said.split()[-1] in parsed.suggestion or said in parsed.suggestion
    assert not isinstance(read(text, f"spelling:{text}").query, Or)


def test_what_is_printed_is_never_changed() -> None:
    assert read("Trần Văn Năm").suggestion is None
    assert "spelling" not in kinds("Trần Văn Năm")


def test_leaves_remember_what_was_typed() -> None:
    text = "UBND tỉnh họp ngày 4/7/2017 về chính phủ"
    parsed = read(text)
    for leaf in leaves(parsed.query):
        assert text[leaf.span.start : leaf.span.end] == leaf.typed


def test_a_very_long_query_is_cut_and_told() -> None:
    parsed = read("nước " * 500)
    assert len(clauses(parsed.query)) <= MOST_WORDS
    assert "ignored" in kinds("nước " * 500)


PIECES = (  # noqa: SIM905 - a line is easier to read than a list
    '" “ ” « ( ) [ ] - -- ~5 * : , . / & | AND OR NOT VÀ HOẶC KHÔNG tiêu đề: title: quan chức: chủ đề: số hiệu: nguồn: '
    "từ 3/2023 đến 6/2023 trước 2020 sau 9999 2023-03..2023-06 15/2020/NĐ-CP 181-QĐ/TW Nghị định 15 UBND TP.HCM TP HCM "
    "GD&ĐT ca CA tư T.Ư 1.300 2.000 tỷ 18% 4/7/2017 ngày tháng năm Trần Văn Nam tran van nam chính phủ sạc lở Hà Nội "
    "ﬁ ½ ² \x00 \ud800 \u200b \u00ad e\u0323\u0302 \u0301 \n \u00a0 😀 中文 ٣/٤/٢٠١٧ ²/³ nam* 0 99999999999999999999"
).split(" ")


def holds(text: str) -> None:
    parsed = read(text)
    for clause in clauses(parsed.query):
        typed(clause)
    for leaf in leaves(parsed.query):
        assert 0 <= leaf.span.start <= leaf.span.end <= len(parsed.text)
    for chip in parsed.understood:
        assert chip.off is None or chip.off.startswith("off=")


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join)))
@settings(max_examples=400, deadline=None)
@example("(" * 500)
@example("NOT " * 300)
@example("-" * 300 + "a")
@example("tiêu đề:" * 100)
def test_nothing_typed_is_an_error(text: str) -> None:
    holds(text)


def test_random_queries_are_no_error() -> None:
    """TRATIN_RANDOM_QUERIES=100000 runs the long campaign."""
    dice = random.Random(20)
    for _ in range(int(os.environ.get("TRATIN_RANDOM_QUERIES", "1500"))):
        pieces = [dice.choice(PIECES) for _ in range(dice.randint(0, 14))]
        noise = [
            chr(dice.choice((dice.randint(0, 0x17F), dice.randint(0x1EA0, 0x1EFF), 34, 40, 41, 45, 58))) for _ in pieces
        ]
        holds(dice.choice(("", " ")).join(dice.choice((pieces, noise, pieces + noise))))


class CountedQuestions(SmallCorpus):
    """The same, with how many clauses each question asked about."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(texts)
        self.questions: list[int] = []

    def counts(self, clauses: Sequence[Leaf | And]) -> list[int]:
        self.questions.append(len(clauses))
        return super().counts(clauses)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("chính phủ họp", 1),
        ("Trần Văn Nam và Lê Thị Thanh Mẫn", 1),
        ("Chủ tịch UBND huyện Sông Trong Trần Văn Nam nói về chính phủ điện tử", 1),
        ("Lê Thị Thanh Mẩn chính phủ", 3),
        ('"Trần Văn Nam" (Lê Thị Thanh Mẩn OR chinh phủ) sạc lở "nghị định" -kỹ sư', 3),
    ],
)
def test_a_text_is_read_with_three_questions_at_most_however_much_is_asked_about(text: str, questions: int) -> None:
    lexicon = CountedQuestions(CORPUS)
    parse(text, lexicon)
    assert 0 < len(lexicon.questions) <= questions
    assert max(lexicon.questions) > 1 or sum(lexicon.questions) == 1


def test_a_word_that_the_news_holds_with_the_rest_of_the_query_is_no_slip_of_what_stands_there_oftener() -> None:
    common = ["Ông Mười phải bồi dưỡng thêm"] * 12
    apart = ["Sông Trong đầy nước thải, dân được bồi dưỡng"] * 10
    assert parse("sông trong thải bồi dưỡng", SmallCorpus(common + apart)).suggestion is None
    assert parse("sông trong thải bồi dưỡng", SmallCorpus(common)).suggestion == "sông trong phải bồi dưỡng"


def test_no_name_in_small_letters_begins_within_a_word() -> None:
    lexicon = SmallCorpus(["Sáng nay khai mạc kỳ họp của xã Sông Trong", "Ông mạc kỳ họp mặt"])
    assert "phrase" not in {chip.kind for chip in parse("khai mạc kỳ họp", lexicon).understood}
    assert "phrase" in {chip.kind for chip in parse("mạc kỳ họp", lexicon).understood}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("vo kim muoi thoi", ['"vo~ kim~ muoi~"', "thoi~"]),
        ("võ kim mười thôi", ['"võ kim mười"', "thôi"]),
        ("ông võ kim mười bị kỷ luật", ["ông", '"võ kim mười"', "bị"]),
    ],
)
def test_a_name_of_the_registry_ends_where_it_ends_in_small_letters(text: str, units: list[str]) -> None:
    """Though somebody prints the next word right behind it every time."""
    corpus = SmallCorpus(["Ông Võ Kim Mười thôi việc", "Ông Võ Kim Mười bị kỷ luật"], ["võ kim mười"])
    tree = shown(parse(text, corpus).query)
    assert all(unit in tree for unit in units), tree
    assert "phrase" in {chip.kind for chip in parse(text, corpus).understood}

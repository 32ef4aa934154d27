"""A query means what was typed: on a real index of invented news."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from crawler.article import Article
from crawler.ground import clock
from search.request import SearchRequest
from search.results import ResultPage
from search.searcher import Searcher
from tests.search.conftest import article, build
from tratin.settings import Settings


def numbered(many: int, title: str, *body: str) -> list[Article]:
    slug = "".join(letter for letter in title.lower() if letter.isascii() and letter.isalnum())
    return [article(f"{slug}-{at}", f"{title} {at}", "", *body) for at in range(many)]


NEWS = [
    article("mill", "Nhà máy Lamosa ở Hà Tĩnh", "", "Tỉnh Hà Tĩnh làm việc với Lamosa về nước thải."),
    article("mill-2", "Lamosa xin lỗi", "", "Ngư dân Hà Tĩnh nhận bồi thường của nhà máy thép."),
    article("peak", "Quy hoạch Sơn Trà", "", "Thành phố Đà Nẵng xem lại bán đảo. Chủ tịch Đà Nẵng nói về Sơn Trà."),
    article("chair", "Ông Lò Văn Mười làm Chủ tịch tỉnh Yên Bái", "", "Hội đồng nhân dân tỉnh Yên Bái đã bầu."),
    article(
        "scattered",
        "Chuyện làng",
        "",
        "Ai nấy là người làng. Chủ tịch hội làng vui. Một tỉnh xa gửi quà. Xe đi Yên Bái dừng lại. " * 3,
    ),
    article("toll", "Trạm BOT thu phí", "", "Tài xế phản đối trạm BOT trên quốc lộ."),
    article("starch", "Cách làm bột sắn", "", "Bột sắn dây, bột gạo, bột mì. Đừng bớt đường."),
    article("crawler", "Máy tự động đọc báo", "", "Những bot ấy, mỗi bot đọc một trang; bot nào cũng nhanh."),
    *numbered(10, "Trạm thu phí", "Một trạm BOT ở Cai Lộc thu phí."),
    *numbered(30, "Cửa hàng giảm giá", "Một cửa hàng bớt tiền cho khách."),
    article("less", "Chợ quê", "", "Người bán ở Cai Lộc bớt cho vài đồng."),
    article("fever", "Dịch ở xã", "", "Ba người mắc sốt xuất huyết."),
    article("fever-2", "Dịch ở phường", "", "Bảy người mắc SXH."),
    article("police", "Công an TP Cai Lộc bắt trộm", "", "Công an TP Cai Lộc bắt một kẻ trộm."),
    article("soil", "Sở Tài nguyên Môi trường họp", "", "Sở Tài nguyên Môi trường họp về đất."),
    article("soil-2", "Họp về rác", "", "Sở Tài nguyên và Môi trường họp về rác."),
    article("n-2016", "Quy định mới", "", "Theo Nghị định 46/2016/NĐ-CP, mức phạt tăng."),
    article("n-2014", "Quy định cũ", "", "Theo Nghị định 46/2014/NĐ-CP, tiền thuê đất giảm."),
    article("n-none", "Phạt theo nghị định", "", "Nghị định 46 có hiệu lực từ tháng tám."),
    article("dotted", "Quyết định của tỉnh", "", "Quyết định 1.234/QĐ-UBND và Quyết định 77/QĐ-UBND."),
    article("plain", "Quyết định khác", "", "Quyết định 1234/QĐ-UBND về đất."),
    article("law", "Luật có hiệu lực", "", "Luật có hiệu lực từ ngày 1/1/2030.", day="2024-05-05"),
    article("today", "Lũ lên nhanh", "", "Nước lũ dâng.", day=(clock.today() - timedelta(days=1)).isoformat()),
    article("covid", "Dịch Covid-19", "", "Ca mắc mới."),
    article("rain", "Mưa ở Đồng Tháp", "", "Sạt lở bờ sông."),
    article("rain-2", "Mưa ở Tiền Giang", "", "Sạt lở bờ sông."),
    article("third", "Họp hội làng lần chót", "", "Kỳ họp thứ ba của hội, khóa XIV."),
    article("missile", "Triều Tiên thử tên lửa", "", "Tên lửa rơi xuống biển."),
    article("missile-en", "Ban nhạc North Korea", "", "Đĩa hát có bài tên lửa."),
    article("minister", "Dự án thua lỗ", "", "Bộ Công Thương xử lý dự án thua lỗ."),
    article("politburo", "Họp", "", "Bộ Chính trị họp về công tác cán bộ."),
    article("named", "Giải thưởng", "", "Ông Nguyễn Sao Thế nhận giải."),
    article("half-named", "Hội làng", "", "Ông Nguyễn Sao hát. Thế rồi mưa."),
    *numbered(12, "Vỉa hè Hà Nội", "Một phố Hà Nội dọn vỉa hè."),
    *numbered(12, "Tàu vỏ thép", "Một tàu vỏ thép hư hỏng."),
]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return build(Settings(data=tmp_path_factory.mktemp("meaning")), NEWS)


def ask(searcher: Searcher, text: str, *off: str) -> ResultPage:
    return searcher.search(SearchRequest(text=text, limit=50, off=frozenset(off)))


def chips(searcher: Searcher, text: str) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(chip.kind, chip.from_, chip.to) for chip in ask(searcher, text).query.understood}


def matching(searcher: Searcher, text: str, *off: str) -> set[str]:
    return {hit.id for hit in ask(searcher, text, *off).hits if not hit.missing}


@pytest.mark.parametrize("names", [("Hà Tĩnh", "Lamosa"), ("Sơn Trà", "Đà Nẵng"), ("chủ tịch", "Đà Nẵng", "Sơn Trà")])
def test_neighbouring_names_are_not_welded_and_their_order_does_not_matter(
    searcher: Searcher, names: tuple[str, ...]
) -> None:
    found = [matching(searcher, " ".join(order)) for order in permutations(names)]
    assert found[0]
    assert all(one == found[0] for one in found)
    quoted = matching(searcher, " ".join(f'"{name}"' for name in names))
    assert found[0] == quoted


def test_words_that_ask_are_no_condition_and_are_told(searcher: Searcher) -> None:
    page = ask(searcher, "ai là chủ tịch tỉnh Yên Bái")
    assert page.hits[0].id == "chair"
    assert ("ignored", "ai là") in {(chip.kind, chip.from_) for chip in page.query.understood}
    assert matching(searcher, "ai là chủ tịch tỉnh Yên Bái", "ignored:ai là") == {"scattered"}
    assert "chair" in matching(searcher, "chủ tịch tỉnh Yên Bái là ai")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Chủ tịch Đà Nẵng nói gì về Sơn Trà", "nói gì về"),
        ("Sơn Trà: Chủ tịch Đà Nẵng phát biểu gì", "phát biểu gì"),
        ("Chủ tịch Đà Nẵng chỉ đạo những gì về việc Sơn Trà", "chỉ đạo những gì về việc"),
        ("Chủ tịch Đà Nẵng giải trình về Sơn Trà như thế nào", "giải trình về như thế nào"),
        ("chu tich da nang tra loi ra sao ve son tra", "tra loi ra sao"),
    ],
)
def test_a_verb_that_asks_what_was_said_is_no_condition(searcher: Searcher, text: str, rest: str) -> None:
    page = ask(searcher, text)
    assert "peak" in matching(searcher, text)
    assert " ".join(chip.from_ for chip in page.query.understood if chip.kind == "ignored") == rest


def test_a_verb_that_does_not_ask_is_a_condition(searcher: Searcher) -> None:
    assert matching(searcher, "Chủ tịch Đà Nẵng chỉ đạo về Sơn Trà") == set()
    assert not any(chip.kind == "ignored" for chip in ask(searcher, "Chủ tịch nói về Sơn Trà").query.understood)


def test_words_that_also_ask_stay_where_they_are_parts_of_words(searcher: Searcher) -> None:
    for text in ("không khí", "Ai Cập", "sao lưu", "là gì"):
        assert not [chip for chip in ask(searcher, text).query.understood if chip.kind == "ignored"]


def test_a_name_that_ends_like_a_question_is_a_name(searcher: Searcher) -> None:
    assert matching(searcher, "nguyễn sao thế") == {"named"}
    assert ("ignored", "thế") in {(chip.kind, chip.from_) for chip in ask(searcher, "làng hát thế").query.understood}


def test_all_words_scattered_do_not_outrank_the_rare_ones_together(searcher: Searcher) -> None:
    assert ask(searcher, "một chủ tịch tỉnh Yên Bái").hits[0].id == "chair"


def test_capitals_are_an_acronym_that_a_chip_widens(searcher: Searcher) -> None:
    assert "starch" not in matching(searcher, "BOT")
    assert {"toll", "starch"} <= matching(searcher, "BOT", "abbreviation:BOT")


def test_an_acronym_in_capitals_stands_above_the_word_in_small_letters(searcher: Searcher) -> None:
    ids = [hit.id for hit in ask(searcher, "BOT").hits]
    assert ids[0] == "toll"
    assert ids[-1] == "crawler"


@pytest.mark.parametrize("text", ["bot cai lộc", "bot cai loc"])
def test_small_letters_are_the_acronym_that_keeps_company_with_the_other_words(searcher: Searcher, text: str) -> None:
    assert ("abbreviation", "bot", ("BOT",)) in chips(searcher, text)
    assert "less" not in matching(searcher, text)


def test_small_letters_taken_for_an_acronym_are_any_word_again_by_the_chip(searcher: Searcher) -> None:
    assert "less" in matching(searcher, "bot cai loc", "abbreviation:bot")


def test_small_letters_are_a_word_where_nothing_speaks_for_the_acronym(searcher: Searcher) -> None:
    assert "cahnggimgi-0" in matching(searcher, "bot cho khach")


@pytest.mark.parametrize("text", ["SXH", "sxh", "sốt xuất huyết"])
def test_letters_and_what_they_stand_for_find_each_other(searcher: Searcher, text: str) -> None:
    assert matching(searcher, text) == {"fever", "fever-2"}


def test_letters_of_a_body_find_it_with_its_level_and_without(searcher: Searcher) -> None:
    assert matching(searcher, "CATP Cai Lộc") == {"police"}


@pytest.mark.parametrize("text", ["sở tài nguyên môi trường", "sở tài nguyên và môi trường", "Sở TNMT"])
def test_a_body_is_found_with_its_and_and_without(searcher: Searcher, text: str) -> None:
    assert matching(searcher, text) == {"soil", "soil-2"}
    assert {"toll", "starch"} <= matching(searcher, "bot")


def test_what_is_quoted_is_exact_and_a_chip_widens_it(searcher: Searcher) -> None:
    assert matching(searcher, '"bột sắn"') == {"starch"}
    assert not matching(searcher, '"bớt sắn"')
    assert "toll" in matching(searcher, '"BOT"')
    assert "starch" not in matching(searcher, '"BOT"')
    assert {"toll", "starch"} <= matching(searcher, '"BOT"', 'marks:"BOT"')


def test_one_wrong_mark_is_offered_even_where_the_words_stand_somewhere(searcher: Searcher) -> None:
    assert ask(searcher, "hà nôi vỉa hè").query.suggestion == "hà nội vỉa hè"
    page = ask(searcher, "tàu võ thép")
    assert page.query.suggestion == "tàu vỏ thép"
    assert "spelling" in {chip.kind for chip in page.query.understood}
    assert page.total == 12
    assert ask(searcher, "tàu vỏ thép").query.suggestion is None


def test_a_document_number_keeps_its_year_and_mentions_without_stand_apart(searcher: Searcher) -> None:
    page = ask(searcher, "46/2016/NĐ-CP")
    assert matching(searcher, "46/2016/NĐ-CP") == {"n-2016"}
    assert {hit.id for hit in page.hits if hit.missing} == {"n-none"}
    assert matching(searcher, "NĐ 46/2016") == matching(searcher, "nghị định 46/2016") == {"n-2016"}
    assert matching(searcher, "46/2014/NĐ-CP") == {"n-2014"}
    assert matching(searcher, "nghị định 46") == {"n-2016", "n-2014", "n-none"}


def test_a_dot_in_a_serial_number_does_not_matter(searcher: Searcher) -> None:
    assert matching(searcher, "1.234/QĐ-UBND") == matching(searcher, "1234/QĐ-UBND") == {"dotted", "plain"}
    assert matching(searcher, "77/QĐ-UBND") == {"dotted"}


def test_a_date_in_a_sentence_does_not_filter(searcher: Searcher) -> None:
    page = ask(searcher, "Luật có hiệu lực từ ngày 1/1/2030")
    assert {hit.id for hit in page.hits if not hit.missing} == {"law"}
    assert ("date", ("2030-01-01",)) in {(chip.kind, chip.to) for chip in page.query.understood}


@pytest.mark.parametrize("text", ["lũ hôm qua", "lũ 7 ngày qua", "lu hom qua"])
def test_relative_dates_are_ranges(searcher: Searcher, text: str) -> None:
    assert matching(searcher, text) == {"today"}


def test_a_day_that_never_was_is_said_to_be_none(searcher: Searcher) -> None:
    (chip,) = ask(searcher, "họp 30/2/2017").query.understood
    assert (chip.kind, chip.from_, chip.to) == ("date", "30/2/2017", ())


@pytest.mark.parametrize(
    ("typed", "meant"), [("haf nooij", "hà nội"), ("Ha2 No65i", "Hà Nội"), ("tauf vor thesp", "tàu vỏ thép")]
)
def test_telex_and_vni_are_decoded_and_told(searcher: Searcher, typed: str, meant: str) -> None:
    page = ask(searcher, typed)
    assert ("marks", typed) in {(chip.kind, chip.from_) for chip in page.query.understood}
    assert page.query.suggestion == meant
    assert page.hits


@pytest.mark.parametrize("text", ["bot", "covid19", "Lamosa", "ha noi"])
def test_what_is_printed_so_or_makes_no_syllable_is_not_decoded(searcher: Searcher, text: str) -> None:
    assert not [chip for chip in ask(searcher, text).query.understood if chip.kind == "marks" and chip.from_ != text]
    assert ask(searcher, text).query.suggestion in {None, "hà nội"}


@pytest.mark.parametrize("text", ["🎉", "?", "-", "%", "*", "=", "()", "tiêu đề:"])
def test_signs_alone_are_told_and_do_not_find_the_archive(searcher: Searcher, text: str) -> None:
    page = ask(searcher, text)
    assert page.total == 0
    assert [chip.kind for chip in page.query.understood] == ["ignored"]
    assert not list(searcher.matches(SearchRequest(text=text)))


@pytest.mark.parametrize(("text", "sign"), [("*mưa", "*"), ("m*", "*")])
def test_signs_that_mean_nothing_are_told(searcher: Searcher, text: str, sign: str) -> None:
    assert ("ignored", sign) in {(chip.kind, chip.from_) for chip in ask(searcher, text).query.understood}


@pytest.mark.parametrize("text", ["C++", "c#"])
def test_a_letter_with_signs_is_not_taken_for_the_letter(searcher: Searcher, text: str) -> None:
    assert not matching(searcher, text)
    page = ask(searcher, f"mưa {text}")
    assert ("ignored", text) in {(chip.kind, chip.from_) for chip in page.query.understood}
    assert {hit.id for hit in page.hits} == matching(searcher, "mưa")


def test_an_english_name_of_a_country_finds_the_vietnamese_one_and_not_the_other_way(searcher: Searcher) -> None:
    assert "missile" in matching(searcher, "North Korea tên lửa")
    assert "missile-en" not in matching(searcher, "Triều Tiên tên lửa")


@pytest.mark.parametrize("text", ["kỳ họp thứ 3", "kỳ họp khóa 14", "ky hop thu 3 khoa 14"])
def test_a_figure_is_found_in_words_and_in_roman_numerals(searcher: Searcher, text: str) -> None:
    assert matching(searcher, text) == {"third"}
    assert "variant" in {chip.kind for chip in ask(searcher, text).query.understood}


@pytest.mark.parametrize("text", ["kỳ họp thứ 2", "kỳ họp khóa 13", "kỳ họp lớp 3"])
def test_another_figure_is_another(searcher: Searcher, text: str) -> None:
    assert "third" not in matching(searcher, text)


def test_proximity_may_stand_apart_from_its_phrase(searcher: Searcher) -> None:
    assert matching(searcher, '"bờ lở" ~5') == matching(searcher, '"bờ lở"~5') == {"rain", "rain-2"}


@pytest.mark.parametrize("text", ["covid19", "Covid-19", "covid 19"])
def test_letters_and_figures_are_one_however_they_are_written(searcher: Searcher, text: str) -> None:
    assert matching(searcher, text) == {"covid"}


def test_an_old_and_a_new_name_said_to_be_so_are_one_place(searcher: Searcher) -> None:
    assert matching(searcher, "mưa tỉnh Đồng Tháp (cũ Tiền Giang)") == {"rain", "rain-2"}
    assert not matching(searcher, "mưa Đồng Tháp Tiền Giang")


@pytest.mark.parametrize("text", ["mưa tỉnh Đồng Tháp (cũ Tiền Giang)", "mưa Tiền Giang nay thuộc Đồng Tháp"])
def test_of_an_old_and_a_new_name_the_old_one_counts_more(searcher: Searcher, text: str) -> None:
    """The new one names a greater area, and before the merger another."""
    assert [hit.id for hit in ask(searcher, text).hits][:2] == ["rain-2", "rain"]


def test_a_place_typed_in_one_word_is_found_and_put_right(searcher: Searcher) -> None:
    page = ask(searcher, "vỉa hè Hanoi")
    assert page.total == 12
    assert page.query.suggestion == "vỉa hè Hà Nội"


def test_an_ambiguous_abbreviation_is_read_by_the_other_words(searcher: Searcher) -> None:
    assert matching(searcher, "dự án thua lỗ BCT") == {"minister"}


def test_relative_dates_count_from_the_day_of_the_question() -> None:
    from search.parser.ranges import ranges

    today = date(2024, 3, 1)
    days = {text: (one.first, one.last) for text in RELATIVE for one in ranges(text, today)}
    assert days == {
        "bão tuần trước": (date(2024, 2, 19), date(2024, 2, 25)),
        "bão tháng trước": (date(2024, 2, 1), date(2024, 2, 29)),
        "bão tháng 6 năm ngoái": (date(2023, 6, 1), date(2023, 6, 30)),
        "bão 7 ngày qua": (date(2024, 2, 23), today),
        "hôm qua": (date(2024, 2, 29), date(2024, 2, 29)),
    }


RELATIVE = [
    "bão tuần trước",
    "bão tháng trước",
    "bão tháng 6 năm ngoái",
    "bão 7 ngày qua",
    "hôm qua",
    "Từ hôm nay, bến đò mới tăng giá vé qua sông",
    '"hôm qua"',
]


def test_the_order_of_hits_is_not_by_completeness_alone_when_sorted_by_day(searcher: Searcher) -> None:
    hits = searcher.search(SearchRequest(text="lamosa bồi thường", sort="newest", limit=50)).hits
    missing = [bool(hit.missing) for hit in hits]
    assert missing == sorted(missing)


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("son tr", "place", "Sơn Trà"),
        ("46/20", "number", "46/2016/NĐ-CP"),
        ("lo van", "official", "Lò Văn Mười"),
        ("via h", "phrase", "vỉa hè hà nội"),
        ("Lò va", "official", "Lò Văn Mười"),
        ("chu tich ubnd", "office", "Chủ tịch UBND tỉnh Yên Bái"),
    ],
)
def test_suggestions_restore_marks_and_offer_what_is_meant(
    searcher: Searcher, typed: str, kind: str, text: str
) -> None:
    assert (kind, text) in {(one.kind, one.text) for one in searcher.suggest(typed, 5)}


def test_suggestions_are_never_words_that_no_headline_has_together(searcher: Searcher) -> None:
    for one in searcher.suggest("vỉa hè tàu", 10):
        assert one.kind != "phrase"


def test_a_question_about_an_office_leaves_the_office_and_the_day() -> None:
    from search.parser.questions import office_asked

    assert office_asked("ai là bí thư TP.HCM") == ("bí thư TP.HCM", None)
    assert office_asked("Bí thư TP.HCM 1/5/2017") == ("Bí thư TP.HCM", date(2017, 5, 1))
    assert office_asked("chủ tịch Đà Nẵng hiện nay là ai?") == ("chủ tịch Đà Nẵng", None)
    assert office_asked("ai thay ông Lò Văn Mười làm Chủ tịch tỉnh") == ("Chủ tịch tỉnh", None)

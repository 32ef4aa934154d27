"""Who is said to say what, kind by kind; and who is not. All people and places are invented."""

from __future__ import annotations

import pytest

from index.officials.recognition.recognizer import recognize_text
from index.statements.finding import statements

WHO = "Bí thư Tỉnh ủy Lò Văn Mười dự lễ. "


def told(text: str) -> list[tuple[str, str]]:
    """Speaker and way of saying of every statement."""
    officials = recognize_text(text)
    return [(officials[one.speaker].name, one.way) for one in statements(text, officials)]


def printed(text: str) -> list[str]:
    return [text[one.start : one.end] for one in statements(text, recognize_text(text))]


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Bí thư Tỉnh ủy Lò Văn Mười cho biết cầu sẽ thông xe.", "cho biết"),
        ("Chiều 5/3, Bí thư Tỉnh ủy Lò Văn Mười nhấn mạnh: phải giữ rừng.", "nhấn mạnh"),
        ("Ông Lò Văn Mười, Bí thư Tỉnh ủy, khẳng định huyện đủ nước.", "khẳng định"),
        ("Ông Lò Văn Mười - Bí thư Tỉnh ủy Nậm Xăng - yêu cầu các sở báo cáo.", "yêu cầu"),
        ("Ông Lò Văn Mười (Bí thư Tỉnh ủy) đề nghị lùi thời hạn.", "đề nghị"),
        ("Bí thư Tỉnh ủy Lò Văn Mười khi trả lời báo chí cho hay đã có vốn.", "cho hay"),
        ("Bí thư Tỉnh ủy Lò Văn Mười cũng đã nhiều lần cảnh báo về sạt lở.", "cảnh báo"),
        ("Bí thư Tỉnh ủy Lò Văn Mười chỉ đạo các ngành vào cuộc.", "chỉ đạo"),
        ("Theo Bí thư Tỉnh ủy Lò Văn Mười, cầu chậm vì mưa.", "theo"),
        (WHO + "Cầu chậm vì mưa, theo ông Mười.", "theo"),
        ("“Cầu chậm vì mưa”, Bí thư Tỉnh ủy Lò Văn Mười nói.", "nói"),
        ('"Cầu chậm vì mưa" - Bí thư Tỉnh ủy Lò Văn Mười nói thêm.', "nói thêm"),
        ("Bí thư Tỉnh ủy Lò Văn Mười: “Phải giữ rừng”.", ":"),
        ("Bí thư Tỉnh ủy Lò Văn Mười phát biểu: “Phải giữ rừng”.", "phát biểu"),
        ("Báo Vân Sơn dẫn lời Bí thư Tỉnh ủy Lò Văn Mười cho biết cầu sắp xong.", "cho biết"),
        ("Bí thư Tỉnh ủy Lò Văn Mười được dẫn lời khẳng định huyện đủ nước.", "khẳng định"),
        ("Dân lo, trong khi Bí thư Tỉnh ủy Lò Văn Mười đánh giá là đủ nước.", "đánh giá"),
        ("Bí thư Tỉnh ủy Lò Văn Mười ngay lập tức hoan nghênh việc ấy.", "hoan nghênh"),
        ("Bí thư Tỉnh ủy Lò Văn Mười đã có ý kiến chỉ đạo: “Phải giữ rừng”.", "có ý kiến chỉ đạo"),
        ("Bí thư Tỉnh ủy Lò Văn Mười nói với báo giới hồi tuần trước rằng đã có vốn.", "nói với"),
        ("Bí thư Tỉnh ủy Lò Văn Mười thông báo cầu sẽ thông xe.", "thông báo"),
        ("Ông Lò Văn Mười, Chủ tịch Ủy ban T.Ư Hội Nông dân, cho biết đã có vốn.", "cho biết"),
    ],
)
def test_an_official_who_is_the_subject_of_a_verb_of_speaking_says_the_sentence(text: str, way: str) -> None:
    assert told(text) == [("Lò Văn Mười", way)]


@pytest.mark.parametrize(
    "text",
    [
        "Bí thư Tỉnh ủy Lò Văn Mười phát biểu tại hội nghị.",
        "Bí thư Tỉnh ủy Lò Văn Mười chỉ đạo hội nghị.",
        "Bí thư Tỉnh ủy Lò Văn Mười nói chuyện với bà con.",
        "Bí thư Tỉnh ủy Lò Văn Mười nói với bà con ba điều.",
        "Bí thư Tỉnh ủy Lò Văn Mười chia sẻ kinh nghiệm trồng rừng.",
        "Bí thư Tỉnh ủy Lò Văn Mười thông báo kết quả cuộc họp.",
        "Bí thư Tỉnh ủy Lò Văn Mười bình luận về việc ấy.",
        "Bí thư Tỉnh ủy Lò Văn Mười được yêu cầu giải trình.",
        "Bí thư Tỉnh ủy Lò Văn Mười bị đề nghị kỷ luật.",
        "Bí thư Tỉnh ủy Lò Văn Mười không xác nhận tin này.",
        "Bí thư Tỉnh ủy Lò Văn Mười từ chối cho biết lý do.",
        "Thư ký của Bí thư Tỉnh ủy Lò Văn Mười cho biết lịch đã đổi.",
        "Người phát ngôn của Bí thư Tỉnh ủy Nậm Xăng Lò Văn Mười cho biết lịch đã đổi.",
        "Nghị sĩ Vàng Thị Dín, người bất đồng với ông Lò Văn Mười (Bí thư Tỉnh ủy), cho hay ít ai sợ.",
        "Trao đổi với Bí thư Tỉnh ủy Lò Văn Mười, cho rằng việc đã rõ là sớm.",
        "Bí thư Tỉnh ủy Lò Văn Mười và vợ cho biết họ sẽ dự.",
        WHO + "Bà con đi theo ông Mười, reo mừng.",
        WHO + "Tin mà ông Mười tiết lộ đã được kiểm tra.",
        "Chủ tịch hội – đã có thư gửi Bí thư Tỉnh ủy Lò Văn Mười hoan nghênh chuyến thăm.",
        WHO + "Vợ ông Mười cho biết ông đang họp.",
        "Giám đốc công ty gửi điện tặng Bí thư Tỉnh ủy Lò Văn Mười bày tỏ lòng mến khách.",
        "Đoàn khách đến chúc mừng Bí thư Tỉnh ủy Lò Văn Mười khẳng định tình bạn.",
        "Cử tri đề nghị Bí thư Tỉnh ủy Lò Văn Mười cho biết nguyên nhân.",
        "Trong buổi họp báo, tin mà Bí thư Tỉnh ủy Lò Văn Mười tiết lộ làm nhiều người vui.",
    ],
)
def test_a_sentence_that_may_mean_another_states_nothing(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("deed", "speakers"),
    [
        ("gửi điện cho Quốc vương Campuchia", 0),
        ("đến chúc mừng Chủ tịch UBND tỉnh Yên Bái", 0),
        ("cùng Chủ tịch UBND tỉnh Yên Bái", 0),
        ("đề nghị Chủ tịch UBND tỉnh Yên Bái", 1),
    ],
)
def test_whoever_something_is_done_to_does_not_say_it(deed: str, speakers: int) -> None:
    text = f"Bí thư Tỉnh ủy Yên Bái Lò Văn Mười {deed} Hà Thị Sen khẳng định việc đã xong."
    assert len(told(text)) == speakers


def test_a_given_name_speaks_where_nobody_else_bears_it() -> None:
    assert told(WHO + "Ông Mười cho biết đã có vốn.") == [("Lò Văn Mười", "cho biết")]
    assert told(WHO + "Ông Cầm Văn Mười bán hàng. Ông Mười cho biết chợ vắng.") == []
    assert told(WHO + "Bà Mười cho biết chợ vắng.") == [("Lò Văn Mười", "cho biết")]
    assert told("Ông Lò Văn Mười, Bí thư Tỉnh ủy, dự lễ. Bà Mười cho biết chợ vắng.") == []


def test_a_title_alone_speaks_where_the_text_gives_it_to_one_person() -> None:
    minister = "Bộ trưởng Bộ Y tế Cầm Thị Sương thăm trạm xá. "
    assert told(minister + "Bộ trưởng nhấn mạnh phải đủ thuốc.") == [("Cầm Thị Sương", "nhấn mạnh")]
    assert told(minister + "Bộ trưởng Bộ Xây dựng cùng đi. Bộ trưởng nhấn mạnh phải đủ thuốc.") == []
    vice = "Phó Thủ tướng Thường trực Cầm Thị Sương thăm trạm xá. "
    assert told(vice + "Phó Thủ tướng nhấn mạnh phải đủ thuốc.") == [("Cầm Thị Sương", "nhấn mạnh")]
    other = "Phó Thủ tướng Vừ A Sáu cùng đi. "
    assert told(vice + other + "Phó Thủ tướng nhấn mạnh phải đủ thuốc.") == []
    assert told(minister + "Nguyên Bộ trưởng nhấn mạnh phải đủ thuốc.") == []
    assert told(minister + "Phó Thủ tướng nhấn mạnh phải đủ thuốc.") == []


def test_a_pronoun_goes_on_with_the_speaker_of_the_sentence_before() -> None:
    said = "Bí thư Tỉnh ủy Lò Văn Mười cho biết cầu đã xong. "
    assert told(said + "Ông khẳng định không tăng vốn.") == [("Lò Văn Mười", "cho biết"), ("Lò Văn Mười", "khẳng định")]
    met = "Bí thư Tỉnh ủy Lò Văn Mười cho biết đã gặp Chủ tịch UBND tỉnh Vừ A Sáu. "
    assert told(met + "Ông khẳng định không tăng vốn.") == [("Lò Văn Mười", "cho biết")]
    assert told(said + "Vị lãnh đạo này khẳng định không tăng vốn.")[1:] == [("Lò Văn Mười", "khẳng định")]
    assert told(said + "Theo ông, vốn không tăng.")[1:] == [("Lò Văn Mười", "theo")]
    assert told(met + "Theo ông, vốn không tăng.")[1:] == []
    assert told("Bí thư Tỉnh ủy Lò Văn Mười dự lễ. Trời mưa. Ông khẳng định không tăng vốn.") == []


def test_a_sentence_is_printed_with_the_whole_of_its_quotation() -> None:
    quoted = "“Cầu chậm vì mưa. Tháng tám sẽ xong”, Bí thư Tỉnh ủy Lò Văn Mười nói."
    assert printed(f"Trời mưa. {quoted} Dân chờ.") == [quoted]
    opened = "Bí thư Tỉnh ủy Lò Văn Mười nói: “Cầu chậm vì mưa. Tháng tám sẽ xong”."
    assert printed(f"Trời mưa. {opened} Dân chờ.") == [opened]
    straight = '"Cầu chậm vì mưa. Tháng tám sẽ xong", Bí thư Tỉnh ủy Lò Văn Mười nói.'
    assert printed(f"Trời mưa. {straight} Dân chờ.") == [straight]


def test_words_of_the_speaker_are_told_from_reports_of_them() -> None:
    text = "Bí thư Tỉnh ủy Lò Văn Mười nói: “Cầu đã xong”. Ông Mười cho biết sẽ thông xe."
    assert [one.direct for one in statements(text, recognize_text(text))] == [True, False]


def test_a_text_without_officials_has_no_statements() -> None:
    assert statements("Ông Mười cho biết chợ vắng.", ()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Phó Giám đốc Sở Du lịch TP. Vân Trạch Lò Văn Mười cho biết cầu sắp xong.",
        "Ông Lò Văn Mười, Phó Giám đốc Sở Giáo dục và Đào tạo tỉnh Nậm Xăng cho biết trường đủ lớp.",
    ],
)
def test_stops_and_conjunctions_of_a_title_do_not_end_it(text: str) -> None:
    assert told(text) == [("Lò Văn Mười", "cho biết")]


def test_a_verb_that_is_a_noun_of_another_s_says_nothing() -> None:
    assert told("Bí thư Tỉnh ủy Lò Văn Mười tại buổi công bố kết luận của Thanh tra.") == []


def test_a_quotation_is_not_widened_over_another_s_words() -> None:
    text = '"Chợ vắng", bà Vi nói. Bí thư Tỉnh ủy Lò Văn Mười nói "cầu đã xong" và dừng ở chữ "xong.'
    assert printed(text) == ['Bí thư Tỉnh ủy Lò Văn Mười nói "cầu đã xong" và dừng ở chữ "xong.']


def test_a_picture_s_credit_is_no_part_of_the_sentence_behind_it() -> None:
    said = "Tại buổi lễ, Bí thư Tỉnh ủy Lò Văn Mười cho biết cầu đã xong."
    assert printed(f"Dân vui. Ảnh: Vừ Sáu/BLK {said}") == [said]
    assert printed(f"Dân vui. Nguồn: BLK {said}") == [said]


def test_a_pictures_credit_is_left_out_and_no_word_of_the_sentence_with_it() -> None:
    text = WHO + "Ảnh: BDM/TTM Tuy nhiên, theo Bí thư Tỉnh ủy Lò Văn Mười, cầu chậm vì mưa."
    assert printed(text) == ["Tuy nhiên, theo Bí thư Tỉnh ủy Lò Văn Mười, cầu chậm vì mưa."]
    text = WHO + "Ảnh: BDM Nhưng theo Bí thư Tỉnh ủy Lò Văn Mười, cầu chậm vì mưa."
    assert ["theo" in sentence for sentence in printed(text)] == [True]

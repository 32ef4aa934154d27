"""Topics of an article: precise before generous, the primary first, explained by phrases. All texts are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.article import Article
from index.topics.classifier import classify

LABELS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "officials"


def slugs(title: str, *paragraphs: str, lead: str | None = None) -> list[str]:
    return [topic.slug for topic in classify(Article("a-1", title, lead=lead, paragraphs=paragraphs))]


@pytest.mark.parametrize(
    ("title", "primary"),
    [
        ("Khởi tố vụ án, bắt tạm giam hai bị can", "phap-luat-noi-chinh"),
        ("Ủy ban Kiểm tra Tỉnh ủy thi hành kỷ luật ba đảng viên", "xay-dung-dang"),
        ("Tổng kết phong trào thi đua “Dân vận khéo”", "dan-van-mat-tran"),
        ("Gặp mặt chức sắc, người có uy tín trong đồng bào dân tộc thiểu số", "dan-toc-ton-giao"),
        ("Đoàn đại biểu Quốc hội tỉnh tiếp xúc cử tri sau kỳ họp thứ năm", "quoc-hoi-hdnd"),
        ("Cắt giảm thủ tục hành chính tại bộ phận một cửa", "cai-cach-hanh-chinh"),
        ("Xúc tiến đầu tư vào khu công nghiệp phía nam", "kinh-te-dau-tu"),
        ("Thu ngân sách nhà nước vượt dự toán", "tai-chinh-ngan-sach"),
        ("Ba xã về đích nông thôn mới", "nong-nghiep-nong-thon"),
        ("Cưỡng chế thu hồi đất để giải phóng mặt bằng", "dat-dai-do-thi"),
        ("Sạt lở bờ sông sau mưa lũ", "moi-truong-thien-tai"),
        ("Thông xe nút giao đường cao tốc", "giao-thong-ha-tang"),
        ("Bệnh viện đa khoa tỉnh tiếp nhận vắc xin", "y-te"),
        ("Kỳ thi THPT quốc gia: thí sinh làm thủ tục", "giao-duc"),
        ("Thăm, tặng quà gia đình liệt sĩ và người có công", "lao-dong-an-sinh"),
        ("Bộ đội biên phòng diễn tập phòng thủ", "quoc-phong-an-ninh"),
        ("Chủ tịch nước hội đàm, hai bên ra Tuyên bố chung", "doi-ngoai"),
        ("Tổng thống Pháp giải tán Hạ viện", "quoc-te"),
        ("Khai mạc lễ hội, đón hàng vạn du khách", "van-hoa-the-thao-du-lich"),
        ("Nhà khoa học trẻ nhận giải chuyển giao công nghệ", "khoa-hoc-cong-nghe"),
        ("Trao Giải báo chí của tỉnh", "thong-tin-bao-chi"),
    ],
)
def test_each_topic_is_recognised_in_a_plain_headline(title: str, primary: str) -> None:
    assert slugs(title)[0] == primary


def test_talks_in_korea_are_no_matter_of_the_national_assembly() -> None:
    assert "quoc-hoi-hdnd" not in slugs("Bộ trưởng Hàn Quốc hội đàm")


def test_a_whole_nation_united_is_no_ethnic_affair() -> None:
    assert "dan-toc-ton-giao" not in slugs("Ngày hội đại đoàn kết toàn dân tộc ở khu dân cư")


def test_foreign_news_without_a_vietnamese_party_is_world_news_whatever_it_tells() -> None:
    found = slugs(
        "Cựu Tổng thống Brazil bị tuyên phạt chín năm tù vì tham nhũng",
        "Tòa án liên bang Brazil bác đơn kháng cáo. Phe đối lập Brazil biểu tình, theo Reuters.",
    )
    assert found[0] == "quoc-te"


def test_a_foreign_guest_received_in_ha_noi_is_foreign_affairs() -> None:
    found = slugs(
        "Chủ tịch nước tiếp Bộ trưởng Ngoại giao Nga",
        "Chiều nay tại Phủ Chủ tịch, Chủ tịch nước tiếp Bộ trưởng Ngoại giao Nga đang thăm chính thức Việt Nam.",
    )
    assert found[0] == "doi-ngoai"
    assert "quoc-te" not in found


def test_a_visit_abroad_is_foreign_affairs_however_many_foreign_names_it_has() -> None:
    found = slugs(
        "Thủ tướng gặp Chủ tịch Thượng viện, Hạ viện Hà Lan",
        "Trong chuyến thăm chính thức Hà Lan, Thủ tướng hội kiến Chủ tịch Hạ viện Hà Lan. Hai bên bàn về hợp tác "
        "Việt Nam với Hà Lan và Đức. Chủ tịch Thượng viện Hà Lan mừng quan hệ giữa Việt Nam và Hà Lan.",
        lead="Trong chuyến thăm chính thức Hà Lan, chiều nay Thủ tướng Việt Nam hội kiến các nhà lãnh đạo nước này.",
    )
    assert found[0] == "doi-ngoai"
    assert "quoc-te" not in found


def test_appointments_are_the_party_s_only_where_a_party_body_makes_them() -> None:
    title, body = "Bổ nhiệm, điều động nhân sự Cục Thủy văn", "Ông Lò Mận giữ chức Phó Vụ trưởng. {} trao quyết định."
    assert slugs(title, body.format("Bộ trưởng"))[0] == "cai-cach-hanh-chinh"
    assert slugs(title, body.format("Ban Thường vụ Tỉnh ủy"))[0] == "xay-dung-dang"


def test_a_case_comes_before_the_forces_that_look_into_it() -> None:
    body = "Bộ Công an cho hay quân đội đang xem khám nghiệm tử thi, sau đó là khởi tố."
    assert slugs("Bộ Quốc phòng nói về một vụ án", body)[0] == "phap-luat-noi-chinh"
    assert slugs("Bộ Quốc phòng diễn tập ở biên giới", "Bộ đội biên phòng diễn tập.")[0] == "quoc-phong-an-ninh"


def test_nothing_is_said_of_a_text_without_evidence() -> None:
    assert slugs("Chuyện ngày thường") == []


def test_the_title_outweighs_the_end_of_the_body() -> None:
    filler = "Buổi sáng trời trong. " * 60
    assert slugs("Bệnh viện thiếu bác sĩ", filler + "Có người nhắc đến sân bay.")[0] == "y-te"


def test_at_most_three_topics_the_weightiest_first_each_with_its_phrases() -> None:
    found = classify(
        Article("a-1", "Khởi tố vụ án ở bệnh viện, trường đại học, sân bay, ngân hàng và khu công nghiệp gây ô nhiễm")
    )
    assert 1 <= len(found) <= 3
    assert [topic.weight for topic in found] == sorted((topic.weight for topic in found), reverse=True)
    assert all(topic.phrases for topic in found)


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "least_f1", "least_primary"),
    [("officials_dev.jsonl", 0.82, 0.80), ("topics_extra_dev.jsonl", 0.72, 0.72)],
)
def test_hand_labelled_articles_get_their_topics(file: str, least_f1: float, least_primary: float) -> None:
    path = LABELS / file
    if not path.is_file():
        pytest.skip(f"{path} is not beside this checkout")
    gold: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    right = said = wanted = primary = 0
    for label in gold:
        found = [
            topic.slug for topic in classify(Article.from_json({k: label[k] for k in ("id", "title", "lead", "body")}))
        ]
        right += len(set(found) & set(label["topics"]))
        said += len(found)
        wanted += len(label["topics"])
        primary += found[:1] == label["topics"][:1]
    assert 2 * right / (said + wanted) >= least_f1
    assert primary / len(gold) >= least_primary

"""Topics by sense, not by word: what a text is not about, though it has the words. All texts are invented."""

from __future__ import annotations

import pytest

from crawler.article import Article
from index.topics.classifier import classify
from index.topics.key_phrases import PhraseTree, tokens

LOOKS_LIKE = [
    (
        "phap-luat-noi-chinh",
        "Nguyên Bộ trưởng Tư pháp trả nhà công vụ",
        "Ông Lê Văn Mẫu, nguyên Bộ trưởng Bộ Tư pháp, đã trả căn hộ trong khu đô thị cho đơn vị quản lý nhà ở công vụ.",
    ),
    (
        "cai-cach-hanh-chinh",
        "Nguyên Bộ trưởng Tư pháp trả nhà công vụ",
        "Ông Lê Văn Mẫu, nguyên Bộ trưởng Bộ Tư pháp, đã trả căn hộ trong khu đô thị cho đơn vị quản lý nhà ở công vụ.",
    ),
    (
        "dat-dai-do-thi",
        "Công bố quy hoạch cán bộ lãnh đạo, quản lý nhiệm kỳ mới",
        "Tỉnh ủy Lam Khê họp cho ý kiến về quy hoạch cán bộ, rà soát, bổ sung quy hoạch Ban Chấp hành.",
    ),
    (
        "dat-dai-do-thi",
        "Em trai bí thư được đưa vào quy hoạch 5 chức danh",
        "Ban Thường vụ Huyện ủy xem xét quy hoạch chức danh chủ chốt, người được quy hoạch chưa đủ chuẩn.",
    ),
    (
        "kinh-te-dau-tu",
        "Sở Kế hoạch và Đầu tư có giám đốc mới",
        "UBND tỉnh Lam Khê trao quyết định bổ nhiệm Giám đốc Sở Kế hoạch và Đầu tư.",
    ),
    (
        "kinh-te-dau-tu",
        "Cựu Phó Giám đốc Sở Kế hoạch và Đầu tư bị khởi tố",
        "Cơ quan điều tra khởi tố bị can, bắt tạm giam ông A vì tội nhận hối lộ.",
    ),
    (
        "doi-ngoai",
        "Chồng lộ quan hệ ngoài luồng, vợ làm đơn ly hôn",
        "Phát hiện chồng có quan hệ ngoài luồng với đồng nghiệp, chị đưa đơn ra tòa.",
    ),
    (
        "giao-duc",
        "Giáo dục lòng yêu nước cho đoàn viên thanh niên",
        "Đoàn Thanh niên tổ chức về nguồn, giáo dục lòng yêu nước, giáo dục truyền thống cách mạng.",
    ),
    (
        "giao-duc",
        "Tuyên truyền, phổ biến, giáo dục pháp luật ở vùng biên",
        "Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh tập huấn báo cáo viên.",
    ),
    (
        "y-te",
        "Nữ ca sĩ hạnh phúc khoe cặp song sinh",
        "Ngôi sao nhạc pop đăng ảnh cặp song sinh mới chào đời; cô mang thai từ năm ngoái và sinh con ở bệnh viện tư.",
    ),
    (
        "y-te",
        "Chống bệnh thành tích, bệnh hình thức trong thi đua",
        "Bệnh thành tích, bệnh quan liêu, bệnh hình thức làm phong trào kém hiệu quả.",
    ),
    (
        "moi-truong-thien-tai",
        "Cơn mưa bàn thắng ở vòng 5",
        "Trận đấu có cơn mưa bàn thắng, cầu thủ chủ nhà ghi bốn bàn.",
    ),
    (
        "moi-truong-thien-tai",
        "Bão chấn thương ập xuống đội bóng",
        "Bão chấn thương làm huấn luyện viên đau đầu trước trận đấu.",
    ),
    (
        "dan-van-mat-tran",
        "Nam thanh niên trộm xe máy bị bắt",
        "Công an huyện bắt nam thanh niên trộm cắp xe máy.",
    ),
    (
        "tai-chinh-ngan-sach",
        "Ngân hàng đề thi và ngân hàng máu",
        "Bộ xây dựng ngân hàng đề thi chuẩn hóa cho kỳ thi tốt nghiệp THPT.",
    ),
    (
        "y-te",
        "Sức khỏe doanh nghiệp sau dịch",
        "Sức khỏe doanh nghiệp, sức khỏe nền kinh tế đang hồi phục, xuất khẩu tăng.",
    ),
    (
        "lao-dong-an-sinh",
        "Gia đình nạn nhân kể lại vụ cháy",
        "Vụ cháy nhà ở phường A làm hai người chết; cảnh sát PCCC dập lửa.",
    ),
    (
        "quoc-te",
        "Cầu thủ Nguyễn Đức Huy Anh giành giải",
        "Cầu thủ Nguyễn Đức Huy Anh, con ông Trần Pháp Mỹ, giành Quả bóng vàng.",
    ),
    (
        "dan-toc-ton-giao",
        "Tiểu sử đồng chí Lê Văn Mẫu",
        "Dân tộc: Kinh. Tôn giáo: Không. Quê quán: xã A. Trình độ: cử nhân kinh tế, cao cấp lý luận chính trị.",
    ),
    (
        "doi-ngoai",
        "Quan hệ tình cảm giữa hai nghệ sĩ",
        "Hai diễn viên thừa nhận quan hệ tình cảm sau thời gian trao đổi, chia tay trong hòa bình.",
    ),
    (
        "dan-van-mat-tran",
        "Mặt trận sản xuất vụ đông",
        "Nông dân ra đồng, trên mặt trận sản xuất vụ đông không khí khẩn trương, gieo trồng lúa, ngô.",
    ),
    (
        "giao-thong-ha-tang",
        "Đường dây đánh bạc nghìn tỷ",
        "Công an triệt phá đường dây đánh bạc qua mạng, đường đi của dòng tiền phức tạp.",
    ),
    (
        "phap-luat-noi-chinh",
        "Kỷ luật Phó Trưởng Ban Nội chính Tỉnh ủy",
        "Ủy ban Kiểm tra Tỉnh ủy quyết định kỷ luật đảng viên.",
    ),
    (
        "y-te",
        "Giám đốc Sở Y tế nghỉ hưu, tỉnh tìm người thay",
        "Sở Nội vụ tham mưu bổ nhiệm giám đốc sở mới; nhân sự lấy từ nguồn tại chỗ.",
    ),
    (
        "giao-duc",
        "Phó Giám đốc Sở Giáo dục bị tố mượn bằng",
        "Thanh tra tỉnh xác minh đơn tố cáo.",
    ),
    (
        "kinh-te-dau-tu",
        "Lễ cưới trong mơ của nữ diễn viên và doanh nhân",
        "Đám cưới ở khách sạn năm sao, chú rể là doanh nhân đầu tư bất động sản.",
    ),
    (
        "kinh-te-dau-tu",
        "Đầu tư thời gian cho con",
        "Cha mẹ nên đầu tư thời gian, đầu tư công sức cho con cái mỗi ngày.",
    ),
    (
        "doi-ngoai",
        "Cử tri kiến nghị sửa đường",
        "Tại buổi tiếp xúc cử tri, cử tri đề nghị đại biểu HĐND tỉnh quan tâm.",
    ),
    (
        "doi-ngoai",
        "Bí thư thăm, tặng quà Tết gia đình chính sách",
        "Đoàn công tác thăm, tặng quà người có công, trao đổi với bà con.",
    ),
    (
        "dat-dai-do-thi",
        "Cách trồng cây xanh trong nhà",
        "Cây xanh trong nhà giúp lọc không khí; cần tưới nước đều.",
    ),
    (
        "dat-dai-do-thi",
        "Xây dựng Đảng trong sạch, xây dựng chỉnh đốn",
        "Đảng bộ tỉnh đẩy mạnh xây dựng Đảng.",
    ),
    (
        "kinh-te-dau-tu",
        "Chiến lược thị trường của đội bóng",
        "Đội bóng bán cầu thủ trên thị trường chuyển nhượng.",
    ),
    (
        "giao-thong-ha-tang",
        "Tai nạn lao động ở mỏ đá",
        "Một công nhân tử vong do tai nạn lao động khi khai thác đá.",
    ),
    (
        "dat-dai-do-thi",
        "Khởi công nhà văn hóa thôn nhờ dân hiến đất",
        "Dân hiến đất, góp công xây dựng nông thôn mới, nhà văn hóa khang trang.",
    ),
    (
        "quoc-hoi-hdnd",
        "Luật sư tư vấn thừa kế nhà đất",
        "Hỏi: cha mất không để lại di chúc, chia thừa kế nhà đất thế nào? Luật sư trả lời.",
    ),
    (
        "quoc-phong-an-ninh",
        "Học sinh tham quan di tích, nghe nói chuyện truyền thống",
        "Trường tổ chức cho học sinh tìm hiểu lịch sử, giáo dục tình yêu quê hương.",
    ),
    (
        "dat-dai-do-thi",
        "Xây dựng gia đình hạnh phúc",
        "Hội thảo bàn cách xây dựng gia đình hạnh phúc, nuôi dạy con.",
    ),
    (
        "y-te",
        "Vợ chồng nghệ sĩ đón con đầu lòng",
        "Nam diễn viên chia sẻ vợ anh vừa hạ sinh con trai, mẹ tròn con vuông tại bệnh viện.",
    ),
    (
        "dat-dai-do-thi",
        "Luân chuyển cán bộ quy hoạch về cơ sở",
        "Ban Tổ chức Tỉnh ủy tham mưu luân chuyển cán bộ trong diện quy hoạch.",
    ),
    (
        "giao-thong-ha-tang",
        "Giám đốc Sở Giao thông vận tải giữ chức Chủ tịch huyện",
        "HĐND huyện bầu ông A, Giám đốc Sở Giao thông vận tải, giữ chức Chủ tịch UBND huyện.",
    ),
    (
        "moi-truong-thien-tai",
        "Giám đốc Sở Tài nguyên và Môi trường bị kỷ luật",
        "Ban Thường vụ Tỉnh ủy kỷ luật cảnh cáo Giám đốc Sở Tài nguyên và Môi trường.",
    ),
    (
        "doi-ngoai",
        "Ngoại tình với sếp, vợ bị chồng bắt quả tang",
        "Người chồng kể lại quan hệ của vợ với sếp trong chuyến thăm đối tác ở nước ngoài.",
    ),
    (
        "y-te",
        "Cầu thủ dính chấn thương, bác sĩ lắc đầu",
        "Tiền đạo chấn thương dây chằng, phải phẫu thuật, điều trị sáu tháng, vắng mặt ở trận đấu tới.",
    ),
    (
        "moi-truong-thien-tai",
        "Giá vàng, tỷ giá hôm nay",
        "Giá vàng trong nước tăng, tỷ giá USD ở các ngân hàng ổn định.",
    ),
    (
        "y-te",
        "Bí thư nêu bệnh lười học nghị quyết",
        "Một bộ phận đảng viên mắc bệnh lười học nghị quyết, căn bệnh trầm kha.",
    ),
    (
        "quoc-phong-an-ninh",
        "Tư lệnh ngành giao thông trả lời chất vấn",
        "Bộ trưởng trả lời chất vấn về BOT, cao tốc.",
    ),
    (
        "quoc-phong-an-ninh",
        "Cuộc chiến giành thị phần gọi xe",
        "Hai hãng gọi xe công nghệ mở cuộc chiến giá, tung khuyến mãi, doanh thu tăng.",
    ),
    (
        "van-hoa-the-thao-du-lich",
        "Thủ tướng Nhật thăm đền",
        "Thủ tướng Nhật Bản thăm đền thờ, Trung Quốc, Hàn Quốc phản đối.",
    ),
    (
        "cai-cach-hanh-chinh",
        "Sao phim hành động Mỹ ly hôn",
        "Nam diễn viên Mỹ và vợ hoàn tất thủ tục ly hôn tại tòa án Los Angeles.",
    ),
    (
        "cai-cach-hanh-chinh",
        "Đội bóng tỉnh thay huấn luyện viên",
        "Lãnh đạo đội bóng tỉnh Lam Khê bổ nhiệm huấn luyện viên mới.",
    ),
    (
        "moi-truong-thien-tai",
        "Lễ hội đua thuyền trên sông Lam",
        "Hàng nghìn người xem đua thuyền, lễ hội truyền thống đầu năm.",
    ),
    (
        "giao-thong-ha-tang",
        "Cây cầu nối những bờ vui",
        "Tản văn về tình người, cây cầu của tình thân, con đường tuổi thơ.",
    ),
    (
        "moi-truong-thien-tai",
        "Hội thảo lịch sử về chiến dịch năm 1953",
        "Các nhà sử học bàn về chiến dịch, quân đội ta khi ấy.",
    ),
]


@pytest.mark.parametrize(("topic", "title", "lead"), [pytest.param(*row, id=row[1][:50]) for row in LOOKS_LIKE])
def test_a_word_in_another_sense_is_no_topic(topic: str, title: str, lead: str) -> None:
    assert topic not in [found.slug for found in classify(Article("a-1", title, lead=lead))]


@pytest.mark.parametrize(
    ("title", "lead", "topic"),
    [
        ("Công bố quy hoạch khu đô thị mới", "UBND tỉnh công bố quy hoạch sử dụng đất, thu hồi đất.", "dat-dai-do-thi"),
        ("Nhiều dự án đầu tư vào khu công nghiệp", "Doanh nghiệp FDI tăng vốn đầu tư, xuất khẩu.", "kinh-te-dau-tu"),
        ("Trường học thiếu giáo viên", "Sở Giáo dục tuyển giáo viên cho năm học mới.", "giao-duc"),
        ("Dịch sốt xuất huyết lan rộng", "Bệnh viện quá tải, bác sĩ điều trị hàng trăm ca bệnh.", "y-te"),
        ("Mưa lũ gây sạt lở", "Mưa lớn, lũ quét làm sập nhà, giao thông chia cắt.", "moi-truong-thien-tai"),
        ("Ủy ban Kiểm tra Tỉnh ủy kỷ luật đảng viên", "Khai trừ ra khỏi Đảng hai cán bộ.", "xay-dung-dang"),
    ],
)
def test_the_same_words_in_their_own_sense_are(title: str, lead: str, topic: str) -> None:
    found = classify(Article("a-1", title, lead=lead))
    assert found
    assert found[0].slug == topic


def test_a_word_inside_a_name_is_no_phrase() -> None:
    tree = PhraseTree(("Đức", "tông", "Anh", "bình nhưỡng"))
    assert tree.find(tokens("Đại biểu Lưu Bình Nhưỡng")) == []
    assert tree.find(tokens("Triều Tiên, thủ đô Bình Nhưỡng")) == [3]
    assert [tree.phrases[n] for n in tree.find(tokens("Nguyễn Đức Huy ở phố Lê Thánh Tông"))] == []
    assert [tree.phrases[n] for n in tree.find(tokens("Thủ tướng Đức và Thủ tướng Anh"))] == ["Đức", "Anh"]


def test_a_title_hides_the_field_behind_it() -> None:
    tree = PhraseTree(("giám đốc sở", "y tế", "bệnh viện"))
    words = tokens("Giám đốc Sở Y tế thăm bệnh viện; Sở Y tế báo cáo")
    assert [tree.phrases[n] for n in tree.find(words, {0})] == ["giám đốc sở", "bệnh viện", "y tế"]


def slugs(title: str, lead: str, *body: str) -> list[str]:
    return [topic.slug for topic in classify(Article(id="a", title=title, lead=lead, paragraphs=body))]


BRIDGE = "Cầu vượt trên quốc lộ 12 thông xe, giảm ùn tắc giao thông. Cao tốc qua huyện làm tiếp hai nút giao."
SCHOOL = "Học sinh lớp 12 ôn thi. Giáo viên trường THPT dạy thêm môn toán, học phí không tăng."


def test_a_second_topic_is_announced_and_told() -> None:
    both = slugs("Cao tốc và trường học", "Giao thông thông suốt, học sinh tới trường THPT gần hơn.", BRIDGE, SCHOOL)
    assert set(both) == {"giao-thong-ha-tang", "giao-duc"}
    aside = slugs(
        "Cầu vượt trên quốc lộ 12 thông xe", "Hết ùn tắc giao thông ở nút giao cao tốc.", BRIDGE, "Học sinh vui."
    )
    assert aside == ["giao-thong-ha-tang"]


@pytest.mark.parametrize(
    "words",
    [
        "bắt đầu tiếp tục, trực tiếp tiếp nhận",
        "chính sách, danh sách, dịch vụ, giao dịch",
        "hiện tượng, cảnh tượng, hâm mộ",
    ],
)
def test_a_syllable_within_a_word_is_not_the_word(words: str) -> None:
    assert slugs("Chuyện làng", words, words, words) == []


def test_news_of_a_foreign_scene_is_world_news_first_whatever_its_subject() -> None:
    hospital = "Bệnh viện tư phải công khai giá thuốc, bệnh nhân được báo trước chi phí điều trị."
    found = slugs(
        "Thái Lan minh bạch bệnh viện tư", "Nội các Thái Lan ra luật, theo báo Thái Lan và Reuters.", hospital
    )
    assert found[0] == "quoc-te"
    at_home = slugs("Bệnh viện tỉnh công khai giá thuốc", "UBND tỉnh Lâm Khê và Sở Y tế yêu cầu.", hospital)
    assert at_home[0] == "y-te"


def test_viet_nam_is_a_party_or_it_is_not() -> None:
    found = slugs(
        "Thủ tướng Việt Nam hội đàm với Thủ tướng Nhật Bản",
        "Hai nước Việt Nam và Nhật Bản ra tuyên bố chung trong chuyến thăm chính thức.",
        "Tổng thống Mỹ, Hàn Quốc, Pháp, Nga gửi lời chào; Nhà Trắng hoan nghênh.",
    )
    assert found[0] == "doi-ngoai"
    assert "quoc-te" not in found

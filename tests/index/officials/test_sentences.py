"""What a sentence says of who holds what, kind by kind. All people and most places are invented.

A claim is written `title · organisation`, with † before what is held no longer. A text's people are those named.
"""

from __future__ import annotations

from typing import TypeAlias

import pytest

from index.officials.recognition.recognizer import recognize_text

Claims: TypeAlias = dict[str, list[str]]
Table: TypeAlias = list[tuple[str, Claims]]


def told(text: str) -> Claims:
    return {
        one.name: [
            f"{'† ' if p.former else ''}{p.title}{f' · {p.organisation}' if p.organisation else ''}"
            for p in one.positions
        ]
        for one in recognize_text(text)
    }


SOMEBODY_ELSE_S: Table = [
    (
        "Báo cáo với Tổng Bí thư, Trung tướng Hà Thọ Mẫu, Tư lệnh Quân khu 3, nêu khó khăn.",
        {"Hà Thọ Mẫu": ["Tư lệnh · Quân khu 3"]},
    ),
    (
        "Thừa ủy quyền của Thủ tướng, Bộ trưởng Bộ Tài chính Nguyễn Văn Mẫu trình bày tờ trình.",
        {"Nguyễn Văn Mẫu": ["Bộ trưởng · Bộ Tài chính"]},
    ),
    (
        "Thay mặt Thủ tướng, Phó Thủ tướng Lê Đình Mẫu trao quà.",
        {"Lê Đình Mẫu": ["Phó Thủ tướng"]},
    ),
    (
        "Tiếp thu ý kiến của Chủ tịch nước, Chủ nhiệm Ủy ban Tư pháp Trần Thị Mẫu cho biết sẽ sửa.",
        {"Trần Thị Mẫu": ["Chủ nhiệm · Ủy ban Tư pháp"]},
    ),
    (
        "Sau phần trả lời chất vấn của Bộ trưởng Bộ Y tế, Chủ tịch Quốc hội Trần Thị Mẫu đề nghị làm rõ.",
        {"Trần Thị Mẫu": ["Chủ tịch · Quốc hội"]},
    ),
    (
        "Tổ trưởng Tổ công tác của Thủ tướng Chính phủ Lò Văn Mẫu kiểm tra hai bộ.",
        {"Lò Văn Mẫu": ["Tổ trưởng · Tổ công tác của Thủ tướng Chính phủ"]},
    ),
    (
        "Phó trưởng Ban Chỉ đạo của Chủ tịch UBND tỉnh Lam Khê Lò Văn Mẫu nhắc hạn.",
        {"Lò Văn Mẫu": ["Phó trưởng Ban · Ban Chỉ đạo của Chủ tịch UBND tỉnh Lam Khê"]},
    ),
    (
        "Phát biểu của Chủ tịch UBND tỉnh Lam Khê Lò Văn Mẫu rất ngắn.",
        {"Lò Văn Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    ("Phu nhân Thủ tướng Lò Thị Mẫu dự lễ.", {}),
    ("Ông Lò Văn Mẫu bị đồn là Chủ tịch UBND tỉnh Lam Khê.", {}),
    (
        "Từ vị trí Giám đốc Sở Y tế tỉnh Lam Khê, ông Lò Văn Mẫu chuyển sang làm Phó Bí thư Tỉnh ủy Lam Khê.",
        {"Lò Văn Mẫu": ["† Giám đốc · Sở Y tế tỉnh Lam Khê", "Phó Bí thư · Tỉnh ủy Lam Khê"]},
    ),
    ("Giả danh Thứ trưởng Bộ Y tế, Lò Văn Mẫu lừa hàng chục người.", {}),
    ("Kẻ tự xưng là Thứ trưởng Bộ Y tế Lò Văn Mẫu gọi điện.", {}),
    ("Diễn viên trẻ vào vai Chủ tịch UBND tỉnh Lò Văn Mẫu.", {}),
    ("Con trai Chủ tịch UBND tỉnh Lam Khê, anh Lò Văn Mẫu, bị bắt.", {}),
    ("Vợ của Chủ tịch UBND tỉnh Lam Khê là bà Lò Thị Mẫu.", {}),
    ("Phu nhân của Thủ tướng là bà Lò Thị Mẫu.", {}),
    ("Hôm qua vợ Chủ tịch UBND tỉnh Lam Khê, bà Lò Thị Mẫu, vắng mặt.", {}),
    ("Tổ trưởng Tổ công tác của Giám đốc Lò Văn Mẫu nói.", {}),
    ("Trưởng ban Liên lạc của Ủy viên Trung ương Đảng Lò Văn Mẫu nói.", {"Lò Văn Mẫu": ["Ủy viên · Trung ương Đảng"]}),
    (
        "Thủ tướng giao Giám đốc Sở Y tế tỉnh Lam Khê, Chủ tịch Ủy ban nhân dân huyện Lạc Khuê Lò Văn Mẫu xử lý.",
        {"Lò Văn Mẫu": ["Chủ tịch · Ủy ban nhân dân huyện Lạc Khuê"]},
    ),
    (
        "Chủ tịch HĐND, Chủ tịch UBND tỉnh Lam Khê Lò Văn Mẫu nói.",
        {"Lò Văn Mẫu": ["Chủ tịch · HĐND", "Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    ("Vợ Chủ tịch UBND tỉnh Lam Khê Lò Văn Mẫu vắng mặt.", {"Lò Văn Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"]}),
    ("Ông Lò Văn Mẫu phủ nhận việc được bổ nhiệm làm Giám đốc Sở Y tế tỉnh Lam Khê.", {}),
    (
        "Ông Lò Văn Mẫu bàn giao chức Giám đốc Sở Y tế tỉnh Lam Khê cho bà Hà Thị Mẫu.",
        {"Hà Thị Mẫu": ["Giám đốc · Sở Y tế tỉnh Lam Khê"]},
    ),
    (
        "Sáng nay ông Lò Văn Mẫu bàn giao chức Giám đốc Sở Y tế tỉnh Lam Khê.",
        {"Lò Văn Mẫu": ["† Giám đốc · Sở Y tế tỉnh Lam Khê"]},
    ),
    (
        "Sáng nay ông Lò Văn Mẫu nhận bàn giao chức Giám đốc Sở Y tế tỉnh Lam Khê.",
        {"Lò Văn Mẫu": ["Giám đốc · Sở Y tế tỉnh Lam Khê"]},
    ),
    (
        "Thủ tướng giao Bộ trưởng Bộ Y tế, Chủ tịch UBND tỉnh Lam Khê Lò Văn Mẫu xử lý.",
        {"Lò Văn Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    ("Ban Bảo vệ và nâng cao sức khỏe cán bộ tỉnh Lào Cai Lò Văn Mẫu nói.", {}),
    ("Về công tác cán bộ xã Nậm Sa Lò Văn Mẫu không nói gì.", {}),
    (
        "Theo đề nghị của Giám đốc Sở Nội vụ, Chủ tịch UBND tỉnh Lam Khê Đoàn Khắc Mẫu ký quyết định.",
        {"Đoàn Khắc Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Theo đại biểu Dương Trung Mẫu, Bí thư Tỉnh ủy Yên Bái phải xin lỗi dân.",
        {"Dương Trung Mẫu": ["đại biểu"]},
    ),
    ("Trả lời ông Lê Văn Mẫu, Giám đốc Sở Y tế hứa sẽ kiểm tra.", {}),
    ("Gặp ông Lê Văn Mẫu, Tổng Bí thư ân cần hỏi thăm.", {}),
    ("Ông Lê Văn Mẫu, Tổng Bí thư cho biết Đảng đã thảo luận.", {}),
    ("Tiếp bà Trần Thị Mẫu, Chủ tịch nước nhấn mạnh tình hữu nghị.", {}),
    (
        "Bộ trưởng Trần Văn Mẫu tiếp Phó Chủ tịch Quân ủy Trung ương Trung Quốc Trương Vạn Thử.",
        {"Trần Văn Mẫu": ["Bộ trưởng"], "Trương Vạn Thử": ["Phó Chủ tịch · Quân ủy Trung ương Trung Quốc"]},
    ),
    ("Bà Lê Thị Mẫu ký quyết định bổ nhiệm Giám đốc Sở Y tế.", {}),
    ("Ông Lê Văn Mẫu được Chủ tịch UBND tỉnh Lam Khê tặng bằng khen.", {}),
    ("Ông Lê Văn Mẫu kiến nghị với Bí thư Tỉnh ủy Lam Khê về đường sá.", {}),
    ("Ông Lê Văn Mẫu, nông dân, hỏi Giám đốc Sở Nông nghiệp về giá lúa.", {}),
    (
        "Bí thư Tỉnh ủy Lò Văn Mẫu cùng Chủ tịch UBND tỉnh Vân Trạch, Giám đốc Sở Y tế thăm bệnh viện.",
        {"Lò Văn Mẫu": ["Bí thư · Tỉnh ủy"]},
    ),
    (
        "Cùng đi với Chủ tịch UBND tỉnh có ông Lê Văn Mẫu, Giám đốc Sở Xây dựng.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Xây dựng"]},
    ),
    ("Hiến pháp giao quyền hạn của Chủ tịch nước Trần Đức Mẫu ký lệnh.", {"Trần Đức Mẫu": ["Chủ tịch nước"]}),
    (
        "Tán thành lời mời của Chủ tịch Thượng viện Chile, Chủ tịch Quốc hội Trần Thị Mẫu nói còn nhiều việc phải làm.",
        {"Trần Thị Mẫu": ["Chủ tịch · Quốc hội"]},
    ),
    (
        "Bà Lê Thị Mẫu đã ký quyết định bổ nhiệm chức vụ Giám đốc Sở Nội vụ cho ông Trần Đức Thử.",
        {"Trần Đức Thử": ["Giám đốc · Sở Nội vụ"]},
    ),
    (
        "Chủ tịch UBND tỉnh Lam Khê Lê Văn Mẫu trình về việc miễn nhiệm chức vụ Phó Chủ tịch UBND tỉnh Lam Khê.",
        {"Lê Văn Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Tổng Thư ký Quốc hội Lê Văn Mẫu trả lời về việc cho thôi nhiệm vụ đại biểu Quốc hội (ĐBQH) đối với ông "
        "Trần Đức Thử vì sức khỏe.",
        {"Lê Văn Mẫu": ["Tổng Thư ký · Quốc hội"], "Trần Đức Thử": ["† đại biểu Quốc hội", "† ĐBQH"]},
    ),
    (
        "Bà Lê Thị Mẫu, chị ông Thử, khi đó là Chủ tịch UBND tỉnh Lam Khê, nói. Ông Lê Văn Thử im lặng.",
        {"Lê Thị Mẫu": ["† Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Bà Lò Thị Mẫu (vợ ông Lê Văn Thử, Giám đốc Sở Nội vụ tỉnh Lam Khê) đứng tên.",
        {"Lê Văn Thử": ["Giám đốc · Sở Nội vụ tỉnh Lam Khê"]},
    ),
    (
        "Dự có Tổng Bí thư Lê Văn Mẫu, nguyên Tổng Bí thư: Trần Đức Thử, Lò Văn Bưởi; Chủ tịch nước Trần Đại Sung.",
        {
            "Lê Văn Mẫu": ["Tổng Bí thư"],
            "Trần Đức Thử": ["† Tổng Bí thư"],
            "Lò Văn Bưởi": ["† Tổng Bí thư"],
            "Trần Đại Sung": ["Chủ tịch nước"],
        },
    ),
    ("Phát ngôn viên của Nauman Motor cho biết nhà máy đã trở lại.", {}),
    (
        "Ông Kim Sâm Mẫu (cựu Chánh văn phòng Tổng thống Hàn Quốc) bị bắt.",
        {"Kim Sâm Mẫu": ["† Chánh văn phòng · Tổng thống Hàn Quốc"]},
    ),
    ("Chánh văn phòng Tổng thống Mỹ John Nauman nói.", {"John Nauman": ["Chánh văn phòng · Tổng thống Mỹ"]}),
    (
        "Phó Chánh Văn phòng Chủ tịch nước Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Phó Chánh Văn phòng · Chủ tịch nước"]},
    ),
    ("Chánh Văn phòng, Chủ tịch nước Lê Văn Mẫu dự.", {"Lê Văn Mẫu": ["Chủ tịch nước"]}),
    ("Tổng thống Hàn Quốc Kim Sâm Mẫu nói.", {"Kim Sâm Mẫu": ["Tổng thống · Hàn Quốc"]}),
    ("Ông Karl Nauman, Tổng giám đốc phụ trách ASEAN, Tập đoàn Nauman, bày tỏ.", {}),
    ("Ông Lê Văn Mẫu (75 tuổi, trưởng làng An Cư Khê, thị trấn Lăng Sa) kể.", {"Lê Văn Mẫu": ["trưởng làng"]}),
]

FORMER_BY_THE_SENTENCE: Table = [
    (
        "HĐND quyết định miễn nhiệm các đồng chí: Lê Văn Mẫu, Chủ tịch UBND xã Lam Khê; Hà Thị Thử, Phó Chủ tịch "
        "UBND xã Lam Khê.",
        {"Lê Văn Mẫu": ["† Chủ tịch · UBND xã Lam Khê"], "Hà Thị Thử": ["† Phó Chủ tịch · UBND xã Lam Khê"]},
    ),
    (
        "Dự họp có các ông: Lê Văn Mẫu, Chủ tịch UBND xã Lam Khê; Hà Văn Thử, Phó Chủ tịch UBND xã Lam Khê.",
        {"Lê Văn Mẫu": ["Chủ tịch · UBND xã Lam Khê"], "Hà Văn Thử": ["Phó Chủ tịch · UBND xã Lam Khê"]},
    ),
    ("Khi còn làm Giám đốc Sở Y tế, ông Lê Văn Mẫu đã ký hợp đồng.", {"Lê Văn Mẫu": ["† Giám đốc · Sở Y tế"]}),
    (
        "Thời điểm giữ chức Chủ tịch UBND huyện Mường Sa, bà Lò Thị Mẫu duyệt dự án.",
        {"Lò Thị Mẫu": ["† Chủ tịch · UBND huyện Mường Sa"]},
    ),
    (
        "Ông Lê Văn Mẫu, lúc đó là Bí thư Huyện ủy Mường Sa, kể lại.",
        {"Lê Văn Mẫu": ["† Bí thư · Huyện ủy Mường Sa"]},
    ),
    ("Ông Lê Văn Mẫu hồi còn là Trưởng Công an huyện Mường Sa.", {"Lê Văn Mẫu": ["† Trưởng · Công an huyện Mường Sa"]}),
    ("Ông Lê Văn Mẫu trong thời gian làm Cục trưởng Cục Đường bộ.", {"Lê Văn Mẫu": ["† Cục trưởng · Cục Đường bộ"]}),
    ("Ông Lê Văn Mẫu bị cách chức Giám đốc Sở Xây dựng.", {"Lê Văn Mẫu": ["† Giám đốc · Sở Xây dựng"]}),
    (
        "Bà Lê Thị Mẫu thôi giữ chức Phó Chủ tịch UBND tỉnh Lam Khê.",
        {"Lê Thị Mẫu": ["† Phó Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Bộ Chính trị cho ông Lê Văn Mẫu thôi giữ chức Bí thư Tỉnh ủy Lam Khê.",
        {"Lê Văn Mẫu": ["† Bí thư · Tỉnh ủy Lam Khê"]},
    ),
    (
        "HĐND tỉnh miễn nhiệm chức danh Chủ tịch UBND tỉnh Lam Khê đối với ông Lê Văn Mẫu.",
        {"Lê Văn Mẫu": ["† Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Kỳ họp bãi nhiệm chức vụ Phó Chủ tịch HĐND huyện Mường Sa nhiệm kỳ 2016 - 2021 đối với bà Lò Thị Mẫu.",
        {"Lò Thị Mẫu": ["† Phó Chủ tịch · HĐND huyện Mường Sa"]},
    ),
    (
        "Kỳ họp bầu bổ sung chức vụ Phó Chủ tịch UBND tỉnh Lam Khê đối với bà Lê Thị Mẫu.",
        {"Lê Thị Mẫu": ["Phó Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Ông Lê Văn Mẫu, Giám đốc Sở Nội vụ, đã nghỉ hưu từ tháng 5.",
        {"Lê Văn Mẫu": ["† Giám đốc · Sở Nội vụ"]},
    ),
    (
        "Ông Lê Văn Mẫu, Chủ tịch Hội Nông dân tỉnh Lam Khê, qua đời sáng nay.",
        {"Lê Văn Mẫu": ["† Chủ tịch · Hội Nông dân tỉnh Lam Khê"]},
    ),
    ("Ông Lê Văn Mẫu vốn là Vụ trưởng Vụ Pháp chế.", {"Lê Văn Mẫu": ["† Vụ trưởng · Vụ Pháp chế"]}),
    (
        "Ông Lê Văn Mẫu không còn giữ chức Trưởng phòng Tài chính huyện Mường Sa.",
        {"Lê Văn Mẫu": ["† Trưởng phòng · phòng Tài chính huyện Mường Sa"]},
    ),
    (
        "Trước khi được bầu làm Chủ tịch UBND tỉnh Lam Khê, bà Lê Thị Mẫu giữ chức Giám đốc Sở Y tế.",
        {"Lê Thị Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê", "† Giám đốc · Sở Y tế"]},
    ),
    (
        "Huyện ký quyết định cách chức đối với ông Lò Văn Mẫu - Trưởng công an xã Mường Sa vì bằng giả.",
        {"Lò Văn Mẫu": ["† Trưởng · công an xã Mường Sa"]},
    ),
    ("Trước đó, ông Lê Văn Mẫu là Giám đốc Sở Y tế.", {"Lê Văn Mẫu": ["† Giám đốc · Sở Y tế"]}),
    ("Trước đó, Giám đốc Sở Y tế là ông Lê Văn Mẫu.", {"Lê Văn Mẫu": ["† Giám đốc · Sở Y tế"]}),
    ("Trước đó, ông Lê Văn Mẫu được bầu làm Giám đốc Sở Y tế.", {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"]}),
    ("Trước đó, Giám đốc Sở Y tế Lê Văn Mẫu cho biết.", {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"]}),
    (
        "Tỉnh vừa cách chức Giám đốc Sở Xây dựng Lê Văn Mẫu.",
        {"Lê Văn Mẫu": ["† Giám đốc · Sở Xây dựng"]},
    ),
    (
        "Cử tri đề nghị cách chức Giám đốc Sở Xây dựng Lê Văn Mẫu.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Xây dựng"]},
    ),
    (
        "Thủ tướng Lê Văn Mẫu khi đó là Phó Thủ tướng, đồng thời là Trưởng Ban Chỉ đạo chống lũ.",
        {"Lê Văn Mẫu": ["Thủ tướng", "† Phó Thủ tướng", "† Trưởng Ban · Ban Chỉ đạo"]},
    ),
    (
        "Bà Lê Thị Mẫu - khi đó là Chủ tịch UBND tỉnh Lam Khê và hiện nay là Bí thư Tỉnh ủy Lam Khê - đã ký.",
        {"Lê Thị Mẫu": ["† Chủ tịch · UBND tỉnh Lam Khê", "Bí thư · Tỉnh ủy Lam Khê"]},
    ),
    (
        "Chủ tịch UBND huyện Mường Sa khi đó là ông Lò Văn Mẫu.",
        {"Lò Văn Mẫu": ["† Chủ tịch · UBND huyện Mường Sa"]},
    ),
]

TOLD_BETWEEN: Table = [
    ("Ông Lê Văn Mẫu, người từng là Giám đốc Sở Y tế, nói.", {"Lê Văn Mẫu": ["† Giám đốc · Sở Y tế"]}),
    (
        "Ông Lê Văn Mẫu - trước khi nghỉ hưu là Giám đốc Sở Y tế - nói.",
        {"Lê Văn Mẫu": ["† Giám đốc · Sở Y tế"]},
    ),
    ("Ông Lê Văn Mẫu mãn nhiệm Chủ tịch UBND xã năm ngoái.", {"Lê Văn Mẫu": ["† Chủ tịch · UBND xã"]}),
    (
        "Ông Lê Văn Mẫu, 55 tuổi, quê Nghệ An, hiện là Phó Chủ tịch UBND tỉnh.",
        {"Lê Văn Mẫu": ["Phó Chủ tịch · UBND tỉnh"]},
    ),
    (
        "Ông Lê Văn Mẫu (SN 1965), trú tại xã Lam Khê, nguyên Phó Chủ tịch UBND xã, bị bắt.",
        {"Lê Văn Mẫu": ["† Phó Chủ tịch · UBND xã"]},
    ),
    (
        "Tổng Bí thư Lê Văn Mẫu, Bí thư Quân ủy Trung ương.",
        {"Lê Văn Mẫu": ["Tổng Bí thư", "Bí thư · Quân ủy Trung ương"]},
    ),
    (
        "Đến dự có Phó Bí thư Thành ủy Lam Khê Võ Thị Mẫu, Phó Giám đốc Sở Văn hóa Thanh Thử...",
        {"Võ Thị Mẫu": ["Phó Bí thư · Thành ủy Lam Khê"]},
    ),
    (
        "Nguyên Chánh Tòa Hình sự TAND Tối cao ĐINH VĂN MẪU nói.",
        {"ĐINH VĂN MẪU": ["† Chánh Tòa · Hình sự TAND Tối cao"]},
    ),
    ("Chính trị viên phó Hải đội 4, Thiếu tá Phạm Văn Mẫu nói.", {"Phạm Văn Mẫu": ["Chính trị viên phó · Hải đội 4"]}),
    (
        "Tổng Lãnh sự Việt Nam tại Velden Trần Văn Mẫu và Đại sứ Anh tại Marsch Peter Stoneford dự.",
        {
            "Trần Văn Mẫu": ["Tổng Lãnh sự · Việt Nam tại Velden"],
            "Peter Stoneford": ["Đại sứ · Anh tại Marsch"],
        },
    ),
    (
        "Người phát ngôn Bộ Quốc phòng Hàn Quốc Moon Mau - Gyun nói.",
        {"Moon Mau - Gyun": ["Người phát ngôn · Bộ Quốc phòng Hàn Quốc"]},
    ),
]

OUSTED: Table = [
    ("Cựu tổng thống bị phế truất Park Velden ra tòa.", {"Park Velden": ["† tổng thống"]}),
    ("Tổng thống Hàn Quốc Park Velden bị phế truất và bị bắt.", {"Park Velden": ["† Tổng thống · Hàn Quốc"]}),
    ("Nếu Tổng thống Brazil Michel Velden bị phế truất, phó sẽ thay.", {"Michel Velden": ["Tổng thống · Brazil"]}),
    ("Họ yêu cầu phế truất Tổng thống Mỹ Bin Velden.", {"Bin Velden": ["Tổng thống · Mỹ"]}),
    (
        "Sau khi sa thải Giám đốc FBI, Tổng thống Mỹ Bin Velden gặp báo giới.",
        {"Bin Velden": ["Tổng thống · Mỹ"]},
    ),
    ("Với quyết định sa thải Giám đốc FBI, ông Bin Velden có thể gặp khó.", {}),
    ("Ông ta đã sa thải Giám đốc FBI James Velden.", {"James Velden": ["† Giám đốc · FBI"]}),
    (
        "Cựu Thống đốc bang New Mexico và cựu Đại sứ Mỹ tại Liên Hiệp Quốc, ông Bill Velden đề nghị trừng phạt.",
        {"Bill Velden": ["† Thống đốc · bang New Mexico", "† Đại sứ · Mỹ tại Liên Hiệp Quốc"]},
    ),
    (
        "Ông Lê Văn Mẫu bị cách chức Phó Chủ tịch UBND tỉnh, sau đó làm Tổ trưởng Tổ giúp việc Ban Chỉ đạo.",
        {"Lê Văn Mẫu": ["† Phó Chủ tịch · UBND tỉnh", "Tổ trưởng · Tổ giúp việc Ban Chỉ đạo"]},
    ),
]

NOT_HELD: Table = [
    ("Ông Lê Văn Mẫu được quy hoạch chức danh Giám đốc Sở Y tế.", {}),
    ("Bà Lê Thị Mẫu được giới thiệu ứng cử chức Chủ tịch UBND tỉnh Lam Khê.", {}),
    ("Ông Lê Văn Mẫu là ứng viên chức Bí thư Tỉnh ủy Lam Khê.", {}),
    ("Ứng cử viên Tổng thống Nam Sa Robert Nauman kêu gọi cử tri.", {}),
    ("Bà Helen Nauman tranh cử Tổng thống Pháp.", {}),
    ("Tổng thống đề cử ông Robert Nauman làm Bộ trưởng Bộ Quốc phòng.", {}),
    ("Ông Lê Văn Mẫu tự xưng là Phó Giám đốc Sở Y tế để lừa đảo.", {}),
    ("Lê Văn Mẫu mạo danh Phó Chánh Văn phòng UBND tỉnh Lam Khê.", {}),
    ("Ông Lê Văn Mẫu giả danh Trưởng phòng Cảnh sát giao thông.", {}),
    ("Luật giao ông Lê Văn Mẫu quyền hạn của Chủ tịch UBND tỉnh Lam Khê.", {}),
    ("Ông Lê Văn Mẫu không phải là Giám đốc Sở Y tế.", {}),
    ("Ông Lê Văn Mẫu muốn làm Chủ tịch UBND xã Mường Sa.", {}),
    ("Đề nghị bổ nhiệm ông Lê Văn Mẫu làm Giám đốc Sở Y tế.", {}),
    ("Ông Lê Văn Mẫu trượt chức Chủ tịch UBND xã Mường Sa.", {}),
]

MANDATES: Table = [
    (
        "Thay mặt Bộ trưởng Bộ Y tế, Thứ trưởng Nguyễn Thị Mẫu gửi lời chia buồn.",
        {"Nguyễn Thị Mẫu": ["Thứ trưởng"]},
    ),
    ("Thừa lệnh Bộ trưởng, Chánh Văn phòng Lê Văn Mẫu ký công văn.", {}),
    ("Thừa lệnh Giám đốc Sở Y tế, ông Lê Văn Mẫu ký công văn.", {}),
    (
        "Thay mặt Giám đốc Sở Y tế, Phó Giám đốc Lê Văn Mẫu trao quà.",
        {"Lê Văn Mẫu": ["Phó Giám đốc · Sở Y tế"]},
    ),
    (
        "Được sự ủy quyền của Chủ tịch UBND tỉnh Lam Khê, Giám đốc Sở Y tế Lê Văn Mẫu ký hợp đồng.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"]},
    ),
    ("Bộ trưởng Bộ Y tế, Thứ trưởng Nguyễn Thị Mẫu cùng dự.", {"Nguyễn Thị Mẫu": ["Thứ trưởng"]}),
    (
        "Ông Bin Velden khen ngợi người được ông chọn làm Giám đốc FBI. Tổng thống Mỹ Bin Velden nói.",
        {"Bin Velden": ["Tổng thống · Mỹ"]},
    ),
    (
        "Tổng thống Mỹ Bin Velden bổ nhiệm Sally Marston điều hành Cục. Sau đó, bà giữ chức Thứ trưởng Bộ Tư pháp.",
        {"Bin Velden": ["Tổng thống · Mỹ"]},
    ),
    (
        "Theo ông Bin Velden, cựu Giám đốc FBI giống một nhân viên. Tổng thống Mỹ Bin Velden nói.",
        {"Bin Velden": ["Tổng thống · Mỹ"]},
    ),
    ("Họ công nhận thủ lĩnh Juan Velden là Tổng thống lâm thời Venezuela.", {}),
    (
        "Ứng viên trẻ tuổi Carlos Velden là Bộ trưởng Lao động.",
        {"Carlos Velden": ["Bộ trưởng · Lao động"]},
    ),
]

SUCCESSION: Table = [
    (
        "Ông Lê Văn Mẫu thay ông Trần Đức Thử làm Chủ tịch UBND tỉnh Lam Khê.",
        {"Lê Văn Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"], "Trần Đức Thử": ["† Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Bà Lê Thị Mẫu được bầu giữ chức Bí thư Tỉnh ủy Lam Khê thay ông Trần Đức Thử.",
        {"Lê Thị Mẫu": ["Bí thư · Tỉnh ủy Lam Khê"], "Trần Đức Thử": ["† Bí thư · Tỉnh ủy Lam Khê"]},
    ),
    (
        "Ông Lê Văn Mẫu kế nhiệm ông Trần Đức Thử giữ chức Giám đốc Sở Y tế.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"], "Trần Đức Thử": ["† Giám đốc · Sở Y tế"]},
    ),
    (
        "Đại tá Lê Văn Mẫu làm Giám đốc Công an tỉnh Lam Khê, thay Thiếu tướng Trần Đức Thử nghỉ hưu.",
        {"Lê Văn Mẫu": ["Giám đốc · Công an tỉnh Lam Khê"], "Trần Đức Thử": ["† Giám đốc · Công an tỉnh Lam Khê"]},
    ),
    (
        "Ông Lê Văn Mẫu làm Bí thư Huyện ủy Mường Sa, thay thế cho ông Trần Đức Thử chuyển công tác.",
        {"Lê Văn Mẫu": ["Bí thư · Huyện ủy Mường Sa"], "Trần Đức Thử": ["† Bí thư · Huyện ủy Mường Sa"]},
    ),
    (
        "Ông Lê Văn Mẫu sẽ đảm nhiệm chức vụ Cục trưởng Cục Thuế tỉnh Lam Khê thay cho bà Trần Thị Thử.",
        {
            "Lê Văn Mẫu": ["Cục trưởng · Cục Thuế tỉnh Lam Khê"],
            "Trần Thị Thử": ["† Cục trưởng · Cục Thuế tỉnh Lam Khê"],
        },
    ),
]

HEADED_LISTS: Table = [
    (
        "Dự hội nghị có các đồng chí Ủy viên T.Ư Đảng: Lê Văn Mẫu, Bí thư Tỉnh ủy; Trần Thị Thử, Bộ trưởng Bộ Y tế; "
        "Trung tướng Hà Thọ Mẫu, Tư lệnh Quân khu 3.",
        {
            "Lê Văn Mẫu": ["Ủy viên · T.Ư Đảng", "Bí thư · Tỉnh ủy"],
            "Trần Thị Thử": ["Ủy viên · T.Ư Đảng", "Bộ trưởng · Bộ Y tế"],
            "Hà Thọ Mẫu": ["Tư lệnh · Quân khu 3"],
        },
    ),
    (
        "Dự có các Ủy viên T.Ư Đảng: Thuần Mẫu, Tổng Biên tập Báo Lam Khê; Trần Thị Thử, Bộ trưởng Bộ Y tế.",
        {"Thuần Mẫu": ["Ủy viên · T.Ư Đảng"], "Trần Thị Thử": ["Ủy viên · T.Ư Đảng", "Bộ trưởng · Bộ Y tế"]},
    ),
    (
        "Dự có Thượng tướng Hà Thọ Mẫu, Tư lệnh Quân khu 3 và các đồng chí Ủy viên Trung ương Đảng: Lê Văn Thử, "
        "Bí thư Tỉnh ủy.",
        {"Hà Thọ Mẫu": ["Tư lệnh · Quân khu 3"], "Lê Văn Thử": ["Ủy viên · Trung ương Đảng", "Bí thư · Tỉnh ủy"]},
    ),
    (
        "Tham dự có các đồng chí Phó Chủ tịch UBND tỉnh: Lê Văn Mẫu, Trần Thị Thử.",
        {"Lê Văn Mẫu": ["Phó Chủ tịch · UBND tỉnh"], "Trần Thị Thử": ["Phó Chủ tịch · UBND tỉnh"]},
    ),
]

SHARED: Table = [
    (
        "Ông Lê Văn Mẫu, Bí thư kiêm Chủ tịch UBND xã Lam Khê, cho biết.",
        {"Lê Văn Mẫu": ["Bí thư", "Chủ tịch · UBND xã Lam Khê"]},
    ),
    (
        "Có một Giám đốc Sở Y tế là ông Lê Văn Mẫu và một Phó Giám đốc Sở Nội vụ là ông Trần Đức Thử.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"], "Trần Đức Thử": ["Phó Giám đốc · Sở Nội vụ"]},
    ),
    (
        "Các ông Lê Văn Mẫu, Trần Đức Thử, Phó Chủ tịch UBND tỉnh Lam Khê, dự họp.",
        {
            "Lê Văn Mẫu": ["Phó Chủ tịch · UBND tỉnh Lam Khê"],
            "Trần Đức Thử": ["Phó Chủ tịch · UBND tỉnh Lam Khê"],
        },
    ),
    (
        "Các đồng chí Lê Văn Mẫu, Trần Đức Thử và Hà Thị Mới, Phó Bí thư Tỉnh ủy Lam Khê, chủ trì.",
        {
            "Lê Văn Mẫu": ["Phó Bí thư · Tỉnh ủy Lam Khê"],
            "Trần Đức Thử": ["Phó Bí thư · Tỉnh ủy Lam Khê"],
            "Hà Thị Mới": ["Phó Bí thư · Tỉnh ủy Lam Khê"],
        },
    ),
    (
        "Hai Phó Chủ tịch UBND tỉnh Lam Khê là ông Lê Văn Mẫu và bà Trần Thị Thử.",
        {
            "Lê Văn Mẫu": ["Phó Chủ tịch · UBND tỉnh Lam Khê"],
            "Trần Thị Thử": ["Phó Chủ tịch · UBND tỉnh Lam Khê"],
        },
    ),
    (
        "Dự buổi lễ có các Phó Chủ tịch UBND tỉnh Lam Khê: Lê Văn Mẫu, Trần Đức Thử.",
        {
            "Lê Văn Mẫu": ["Phó Chủ tịch · UBND tỉnh Lam Khê"],
            "Trần Đức Thử": ["Phó Chủ tịch · UBND tỉnh Lam Khê"],
        },
    ),
    (
        "Ông Lê Văn Mẫu và ông Trần Đức Thử, Giám đốc Sở Y tế, đến thăm.",
        {"Trần Đức Thử": ["Giám đốc · Sở Y tế"]},
    ),
    (
        "Ông Lê Văn Mẫu, Giám đốc Sở Y tế và bà Trần Thị Thử, Giám đốc Sở Nội vụ.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"], "Trần Thị Thử": ["Giám đốc · Sở Nội vụ"]},
    ),
    ("Chủ tịch Tập Cận Bình phát biểu.", {"Tập Cận Bình": ["Chủ tịch"]}),
    (
        "Kính gửi: Lê Văn Mẫu - Bí thư Tỉnh ủy Lam Khê; Trần Đức Thử (Chủ tịch UBND tỉnh Lam Khê).",
        {"Lê Văn Mẫu": ["Bí thư · Tỉnh ủy Lam Khê"], "Trần Đức Thử": ["Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Chủ tịch UBND tỉnh Lam Khê Lê Văn Mẫu (trái) trao hoa cho Bí thư Tỉnh ủy Trần Đức Thử (phải).",
        {"Lê Văn Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"], "Trần Đức Thử": ["Bí thư · Tỉnh ủy"]},
    ),
    (
        "Chủ tịch UBND tỉnh Lam Khê - ông Lê Văn Mẫu - nói.",
        {"Lê Văn Mẫu": ["Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    (
        "Bắt Giám đốc và Phó Giám đốc Sở Y tế; khởi tố Lê Văn Mẫu - Trưởng phòng Tài chính Sở Y tế.",
        {"Lê Văn Mẫu": ["Trưởng phòng · phòng Tài chính Sở Y tế"]},
    ),
]

NAMES: Table = [
    ("Phó Bí thư Tỉnh ủy Đắk Lắk Y Thanh Mận Niê Kđăm dự.", {"Y Thanh Mận Niê Kđăm": ["Phó Bí thư · Tỉnh ủy Đắk Lắk"]}),
    ("Phó Chủ tịch UBND tỉnh H'Mận Kđoh dự.", {"H'Mận Kđoh": ["Phó Chủ tịch · UBND tỉnh"]}),
    ("Phó Chủ tịch UBND tỉnh H’Mận Niê dự.", {"H’Mận Niê": ["Phó Chủ tịch · UBND tỉnh"]}),
    ("Phó Chủ tịch UBND tỉnh H‘Mận Byă dự.", {"H‘Mận Byă": ["Phó Chủ tịch · UBND tỉnh"]}),
    ("Phó Chủ tịch UBND tỉnh Hʼ Mận Êban dự.", {"Hʼ Mận Êban": ["Phó Chủ tịch · UBND tỉnh"]}),
    ("Ông K’Bưởi, Phó Chủ tịch UBND tỉnh Đắk Nông, dự.", {"K’Bưởi": ["Phó Chủ tịch · UBND tỉnh Đắk Nông"]}),
    ("Ông K'Mận, Bí thư Huyện ủy Di Linh, dự.", {"K'Mận": ["Bí thư · Huyện ủy Di Linh"]}),
    ("Chủ tịch UBND huyện Ea H'leo Y Bưởi Êban báo cáo.", {"Y Bưởi Êban": ["Chủ tịch · UBND huyện Ea H'leo"]}),
    ("Đại biểu Quốc hội Ksor H'Bơ Mận hỏi.", {"Ksor H'Bơ Mận": ["Đại biểu Quốc hội"]}),
    ("Trưởng ban Dân tộc Kră Jan K'Cam dự.", {"Kră Jan K'Cam": ["Trưởng ban · ban Dân tộc"]}),
    ("Phó Chủ tịch HĐND tỉnh Gia Lai Rơ Châm Bưởi dự.", {"Rơ Châm Bưởi": ["Phó Chủ tịch · HĐND tỉnh Gia Lai"]}),
    ("Ông A Bưởi, Chủ tịch UBND xã Đăk Sa, dự.", {"A Bưởi": ["Chủ tịch · UBND xã Đăk Sa"]}),
    ("Bí thư Huyện ủy Tuy Đức Điểu K'Cam dự.", {"Điểu K'Cam": ["Bí thư · Huyện ủy Tuy Đức"]}),
    (
        "Bà Tôn Nữ Thị Ngọc Mận, Phó Giám đốc Sở Y tế, dự.",
        {"Tôn Nữ Thị Ngọc Mận": ["Phó Giám đốc · Sở Y tế"]},
    ),
    (
        "Phó Chủ tịch UBND tỉnh Nguyễn Phúc Bảo Mận Khanh dự.",
        {"Nguyễn Phúc Bảo Mận Khanh": ["Phó Chủ tịch · UBND tỉnh"]},
    ),
    *[
        (
            f"Chủ tịch UBND huyện Mường Sa {surname} Văn Mẫu dự.",
            {f"{surname} Văn Mẫu": ["Chủ tịch · UBND huyện Mường Sa"]},
        )
        for surname in (
            "Sử",
            "An",
            "Ung",
            "Biện",
            "Hình",
            "Kiên",
            "Sa",
            "Ly",
            "Pờ",
            "Chang",
            "Xồng",
            "Moong",
            "Lều",
            "Bồ",
        )
    ],
    ("Ông Biện Tấn Mẫu, Chủ tịch UBND xã Mường Sa, dự.", {"Biện Tấn Mẫu": ["Chủ tịch · UBND xã Mường Sa"]}),
    ("Pờ Diệp Mẫu - Trưởng ban Dân vận Tỉnh ủy.", {"Pờ Diệp Mẫu": ["Trưởng ban · ban Dân vận Tỉnh ủy"]}),
    (
        "CHỦ TỊCH UBND TỈNH LAM KHÊ TRẦN VĂN MẪU KIỂM TRA ĐÊ ĐIỀU",
        {"TRẦN VĂN MẪU": ["CHỦ TỊCH · UBND TỈNH LAM KHÊ"]},
    ),
    (
        "GIÁM ĐỐC CÔNG AN TỈNH LAM KHÊ LÊ THỊ MẪU DỰ HỘI NGHỊ TỔNG KẾT",
        {"LÊ THỊ MẪU": ["GIÁM ĐỐC · CÔNG AN TỈNH LAM KHÊ"]},
    ),
    ("BÍ THƯ TỈNH ỦY LAM KHÊ LÒ THANH MẪU THĂM DÂN", {"LÒ THANH MẪU": ["BÍ THƯ · TỈNH ỦY LAM KHÊ"]}),
    ("BỘ TRƯỞNG BỘ Y TẾ LÊ MẪU TRẢ LỜI CHẤT VẤN", {"LÊ MẪU": ["BỘ TRƯỞNG · BỘ Y TẾ"]}),
    ("THỦ TƯỚNG NGUYỄN VĂN MẪU: KHÔNG ĐỂ DÂN ĐÓI", {"NGUYỄN VĂN MẪU": ["THỦ TƯỚNG"]}),
    ("PHÓ THỦ TƯỚNG LÊ VĂN MẪU CHỦ TRÌ HỌP", {"LÊ VĂN MẪU": ["PHÓ THỦ TƯỚNG"]}),
    ("Bí thư Tỉnh \u00adủy Lam Khê Lò\u00a0Thanh Mẫu nói.", {"Lò\u00a0Thanh Mẫu": ["Bí thư · Tỉnh \u00adủy Lam Khê"]}),
    (
        "Bí thư\u200b Tỉnh ủy\u00a0 Lam Khê \u200bLò Thanh Mẫu\u200b nói.",
        {"Lò Thanh Mẫu": ["Bí thư · Tỉnh ủy\u00a0 Lam Khê"]},
    ),
]

NAMES_OF_OTHERS: Table = [
    ("Thống đốc bang Texas Greg Velden nói.", {"Greg Velden": ["Thống đốc · bang Texas"]}),
    ("Thủ hiến bang Marsch-Pfalz bà Malu Velden nói.", {"Malu Velden": ["Thủ hiến · bang Marsch-Pfalz"]}),
    ("Thủ hiến bang New South Wales, Gladys Velden, nói.", {"Gladys Velden": ["Thủ hiến · bang New South Wales"]}),
    ("Thống đốc bang Virginia, Ngài Terry Velden nói.", {"Terry Velden": ["Thống đốc · bang Virginia"]}),
    ("Nữ hoàng Anh Velda II đọc diễn văn.", {"Velda II": ["Nữ hoàng · Anh"]}),
    ("Ngoại trưởng Indonesia Retna LP Velden nói.", {"Retna LP Velden": ["Ngoại trưởng · Indonesia"]}),
    ("Tổng thống Nga Vla-đi-xla Vên-đen tới dự.", {"Vla-đi-xla Vên-đen": ["Tổng thống · Nga"]}),
    ("Cố vấn kinh tế Nhà Trắng Larry Velden nói.", {"Larry Velden": ["Cố vấn · kinh tế Nhà Trắng"]}),
    ("Ông Herb Velden, Cố vấn Hiệp hội Thương mại Hoa Kỳ tại Việt Nam, nói.", {}),
    ("Thư ký báo chí Nhà Trắng Sarah Velden nói.", {"Sarah Velden": ["Thư ký báo chí · Nhà Trắng"]}),
    (
        "Cựu cố vấn Mỹ Michael Velden im lặng. Cựu Cố vấn An ninh Quốc gia Mỹ Michael Velden từ chối.",
        {"Michael Velden": ["† Cố vấn An ninh Quốc gia · Mỹ"]},
    ),
    ("Cựu giám đốc FBI Velden nói.", {"Velden": ["† giám đốc · FBI"]}),
    ("Phó Ngoại trưởng Mỹ Tony Velden nói.", {"Tony Velden": ["Phó Ngoại trưởng · Mỹ"]}),
    ("Phó Đại biện lâm thời Mỹ Tony Velden nói.", {}),
    ("Các Ngoại trưởng G20 họp. Thủ tướng P5 đến.", {}),
    ("Luật sư Hoa Kỳ, Bộ trưởng Tư pháp, có mặt.", {}),
]

NO_RUN_ON: Table = [
    ("Chủ tịch UBND tỉnh Lê Văn Mẫu Quang cảnh buổi làm việc", {"Lê Văn Mẫu": ["Chủ tịch · UBND tỉnh"]}),
    ("Chủ tịch nước Trần Đại Mẫu Toàn cảnh phiên họp", {"Trần Đại Mẫu": ["Chủ tịch nước"]}),
    ("Chủ tịch UBND quận 1, ông Đoàn Ngọc Mẫu Giờ mình không bán nữa.", {"Đoàn Ngọc Mẫu": ["Chủ tịch · UBND quận 1"]}),
    ("Cục trưởng Cục Thuế Nguyễn Hồng Mẫu Hàng loạt doanh nghiệp nợ.", {"Nguyễn Hồng Mẫu": ["Cục trưởng · Cục Thuế"]}),
    ("Bộ trưởng Ngoại giao Phạm Bình Mẫu Thái An - Trần Thử", {"Phạm Bình Mẫu": ["Bộ trưởng · Ngoại giao"]}),
    (
        "Ông Lê Văn Mẫu, Ủy viên Ủy ban Tư pháp của Quốc hội Theo ông Mẫu, luật còn hở.",
        {"Lê Văn Mẫu": ["Ủy viên · Ủy ban Tư pháp của Quốc hội"]},
    ),
    (
        "Nguyễn Anh Mẫu-nguyên Trưởng phòng Y tế huyện Lam Khê bị khởi tố.",
        {"Nguyễn Anh Mẫu": ["† Trưởng phòng · phòng Y tế huyện Lam Khê"]},
    ),
    (
        "Thứ trưởng Ngoại giao Trung Quốc Lạc Mẫu Thành ngày 8/12 phản đối.",
        {"Lạc Mẫu Thành": ["Thứ trưởng · Ngoại giao Trung Quốc"]},
    ),
    ("Chủ tịch UBND phường Nguyễn Thái Mẫu (quận 1) vừa có văn bản.", {}),
    (
        "Ông Lê Văn G., Giám đốc Sở Y tế, khai. Bà Nguyễn Thị H, Phó Chủ tịch UBND xã, và N.V.T, Trưởng phòng, cũng.",
        {},
    ),
    ("Ông Phạm S, Phó Chủ tịch UBND tỉnh Lam Khê, dự.", {"Phạm S": ["Phó Chủ tịch · UBND tỉnh Lam Khê"]}),
    ("Phó Chủ tịch Tổng LĐLĐ Việt Nam Trần Văn Mẫu nói.", {"Trần Văn Mẫu": ["Phó Chủ tịch · Tổng LĐLĐ Việt Nam"]}),
    ("Bác sĩ BV Bạch Mai, Trưởng đoàn công tác Bộ Y tế, cho biết.", {}),
    (
        "Thứ trưởng Bộ Y tế kiểm tra bệnh viện. Ông Lê Văn Mẫu, Giám đốc Sở Y tế, đón.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"]},
    ),
    ("Phó Chủ tịch UBND tỉnh Trần Thanh Mẫu Kết luận hội nghị.", {"Trần Thanh Mẫu": ["Phó Chủ tịch · UBND tỉnh"]}),
    ("Bí thư T.Ư Đoàn Lê Quốc Mẫu dự.", {"Lê Quốc Mẫu": ["Bí thư · T.Ư Đoàn"]}),
    ("Bí thư thứ nhất T.Ư Đoàn Lê Quốc Mẫu dự.", {"Lê Quốc Mẫu": ["Bí thư thứ nhất · T.Ư Đoàn"]}),
    ("Bí thư TƯ Đoàn Nguyễn Ngọc Mẫu dự.", {"Nguyễn Ngọc Mẫu": ["Bí thư · TƯ Đoàn"]}),
    ("Chủ tịch UBND tỉnh Bính Thân 2016 chúc tết.", {}),
    ("Chánh án Tòa Công lý quốc tế phát biểu.", {}),
    ("Chủ tịch UBND TP Đà Lạt trả lời. Chủ tịch Vũng Tàu đồng ý.", {}),
    ("Bộ trưởng Đinh Dậu 2017 gửi thư.", {}),
    ("Phó Thủ tướng Vũ Đức Mẫu Ảnh: Lê Thử", {"Vũ Đức Mẫu": ["Phó Thủ tướng"]}),
    ("Bí thư Huyện ủy Lê Văn Mẫu Thưa các đồng chí.", {"Lê Văn Mẫu": ["Bí thư · Huyện ủy"]}),
    ("Giám đốc Sở Y tế Lê Văn Mẫu Đề nghị các đơn vị.", {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế"]}),
]

COMPLETED: Table = [
    (
        "UBND tỉnh Lam Khê có 6 phó chủ tịch gồm các ông: Lê Văn Mẫu (Phó Chủ tịch thường trực); Trần Đức Thử; "
        "Lò Văn Bưởi và Trần Đại Sung.",
        {
            name: ["phó chủ tịch · UBND tỉnh Lam Khê"]
            for name in ("Lê Văn Mẫu", "Trần Đức Thử", "Lò Văn Bưởi", "Trần Đại Sung")
        },
    ),
    (
        "Ông Lê Văn Mẫu, Chi cục trưởng Chi cục Trồng trọt và BVTV Kiên Giang, cho biết.",
        {"Lê Văn Mẫu": ["Chi cục trưởng · Chi cục Trồng trọt và BVTV Kiên Giang"]},
    ),
    (
        "GS Lê Văn Mẫu, Phó Chủ tịch không chuyên trách Ủy ban MTTQ tỉnh Lam Khê, đề xuất.",
        {"Lê Văn Mẫu": ["Phó Chủ tịch không chuyên trách · Ủy ban MTTQ tỉnh Lam Khê"]},
    ),
    (
        "Chủ tịch Hội đồng Tham mưu trưởng Liên quân Robert Nauman thị sát.",
        {"Robert Nauman": ["Chủ tịch · Hội đồng Tham mưu trưởng Liên quân"]},
    ),
    ("Tổng thống Mĩ Robert Nauman phát biểu.", {"Robert Nauman": ["Tổng thống · Mĩ"]}),
    ("Cố Thủ tướng Lý Quang Mẫu của Singapore từng nói.", {"Lý Quang Mẫu": ["† Thủ tướng · Singapore"]}),
    (
        "Lạnh thêm 5 độ C. Cựu Chủ tịch Ủy ban Sa mạc Liên hợp quốc Helen Nauman nói.",
        {"Helen Nauman": ["† Chủ tịch · Ủy ban Sa mạc Liên hợp quốc"]},
    ),
    (
        "Ông Lê Văn Mẫu, Phó Chánh Văn phòng Đoàn đại biểu Quốc hội, HĐND và UBND thành phố Đà Nẵng, nói.",
        {"Lê Văn Mẫu": ["Phó Chánh Văn phòng · Đoàn đại biểu Quốc hội, HĐND và UBND thành phố Đà Nẵng"]},
    ),
    (
        "Chánh Văn phòng HĐND và UBND huyện Mường Sa Lò Văn Mẫu.",
        {"Lò Văn Mẫu": ["Chánh Văn phòng · HĐND và UBND huyện Mường Sa"]},
    ),
    ("Thứ trưởng Bộ VH,TT&DL Lê Văn Mẫu nói.", {"Lê Văn Mẫu": ["Thứ trưởng · Bộ VH,TT&DL"]}),
    (
        "Ông Lê Văn Mẫu, Chi cục trưởng Chi cục Quản lí thị trường Yên Bái, nói.",
        {"Lê Văn Mẫu": ["Chi cục trưởng · Chi cục Quản lí thị trường Yên Bái"]},
    ),
    (
        "Ủy ban Kiểm tra Tỉnh ủy Lam Khê họp. Phó Chủ nhiệm Ủy ban Lê Văn Mẫu báo cáo.",
        {"Lê Văn Mẫu": ["Phó Chủ nhiệm · Ủy ban Kiểm tra Tỉnh ủy Lam Khê"]},
    ),
    (
        "Phó Chủ nhiệm Ủy ban Lê Văn Mẫu cho biết Ủy ban Tư pháp của Quốc hội đã giám sát.",
        {"Lê Văn Mẫu": ["Phó Chủ nhiệm · Ủy ban Tư pháp của Quốc hội"]},
    ),
    (
        "Cục Hàng hải họp báo. Phó Cục trưởng Lê Văn Mẫu trả lời.",
        {"Lê Văn Mẫu": ["Phó Cục trưởng · Cục Hàng hải"]},
    ),
    (
        "Sở Y tế tỉnh Lam Khê tổ chức họp. Giám đốc Sở Lê Văn Mẫu chủ trì.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Y tế tỉnh Lam Khê"]},
    ),
    (
        "Ủy ban Tư pháp và Ủy ban Kinh tế cùng họp. Phó Chủ nhiệm Ủy ban Lê Văn Mẫu nói.",
        {"Lê Văn Mẫu": ["Phó Chủ nhiệm · Ủy ban"]},
    ),
]

STATE_OF_2026: Table = [
    (
        "Ông Lê Văn Mẫu, Giám đốc Trung tâm Phục vụ hành chính công xã Mường Sa, dự.",
        {"Lê Văn Mẫu": ["Giám đốc · Trung tâm Phục vụ hành chính công xã Mường Sa"]},
    ),
    (
        "Phó Trưởng đoàn phụ trách Đoàn ĐBQH tỉnh Lam Khê Lê Văn Mẫu phát biểu.",
        {"Lê Văn Mẫu": ["Phó Trưởng đoàn · Đoàn ĐBQH tỉnh Lam Khê"]},
    ),
    (
        "Phó Bí thư Đảng ủy UBND tỉnh Lam Khê Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Phó Bí thư · Đảng ủy UBND tỉnh Lam Khê"]},
    ),
    (
        "Tổng Bí thư Tô Văn Mẫu, Bí thư Quân ủy Trung ương, chủ trì.",
        {"Tô Văn Mẫu": ["Tổng Bí thư", "Bí thư · Quân ủy Trung ương"]},
    ),
    (
        "Chủ tịch UBND đặc khu Vân Sa Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Chủ tịch · UBND đặc khu Vân Sa"]},
    ),
    (
        "Bí thư Đảng ủy đặc khu Vân Sa là ông Lê Văn Mẫu.",
        {"Lê Văn Mẫu": ["Bí thư · Đảng ủy đặc khu Vân Sa"]},
    ),
    (
        "Trưởng Ban Tuyên giáo và Dân vận Tỉnh ủy Lam Khê Lê Thị Mẫu dự.",
        {"Lê Thị Mẫu": ["Trưởng Ban · Ban Tuyên giáo và Dân vận Tỉnh ủy Lam Khê"]},
    ),
    (
        "Giám đốc Sở Nông nghiệp và Môi trường tỉnh Lam Khê Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Giám đốc · Sở Nông nghiệp và Môi trường tỉnh Lam Khê"]},
    ),
    (
        "Bộ trưởng Bộ Dân tộc và Tôn giáo Đào Ngọc Mẫu dự.",
        {"Đào Ngọc Mẫu": ["Bộ trưởng · Bộ Dân tộc và Tôn giáo"]},
    ),
    (
        "Bí thư Đảng ủy các cơ quan Đảng tỉnh Lam Khê Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Bí thư · Đảng ủy các cơ quan Đảng tỉnh Lam Khê"]},
    ),
    (
        "Trưởng phòng Văn hóa - Xã hội xã Mường Sa Lò Văn Mẫu dự.",
        {"Lò Văn Mẫu": ["Trưởng phòng · phòng Văn hóa - Xã hội xã Mường Sa"]},
    ),
    (
        "Trưởng Thuế tỉnh Lam Khê Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Trưởng · Thuế tỉnh Lam Khê"]},
    ),
    (
        "Chi cục trưởng Chi cục Hải quan khu vực V Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Chi cục trưởng · Chi cục Hải quan khu vực V"]},
    ),
    (
        "Viện trưởng Viện KSND khu vực 3 Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Viện trưởng · Viện KSND khu vực 3"]},
    ),
    (
        "Chánh án TAND khu vực 2 - Lam Khê Lê Văn Mẫu dự.",
        {"Lê Văn Mẫu": ["Chánh án · TAND khu vực 2 - Lam Khê"]},
    ),
]


VARIED: Table = [
    (
        "Được sự đồng ý của Chủ tịch nước, Bộ trưởng Bộ Quốc phòng Phan Văn Bưởi trao huân chương.",
        {"Phan Văn Bưởi": ["Bộ trưởng · Bộ Quốc phòng"]},
    ),
    (
        "Đại diện cho Thủ tướng, Thứ trưởng Bộ Ngoại giao Bùi Thanh Mận chúc mừng.",
        {"Bùi Thanh Mận": ["Thứ trưởng · Bộ Ngoại giao"]},
    ),
    (
        "Trước khi gặp Tổng Bí thư, Phó Chủ tịch Quốc hội Lê Thị Bưởi đã tiếp dân.",
        {"Lê Thị Bưởi": ["Phó Chủ tịch · Quốc hội"]},
    ),
    (
        "Trong thư gửi Thủ tướng, Chủ tịch UBND tỉnh Vân Trạch Dương Quốc Bưởi xin lùi hạn.",
        {"Dương Quốc Bưởi": ["Chủ tịch · UBND tỉnh Vân Trạch"]},
    ),
    ("Theo ông Lê Văn Bưởi, Sở Y tế đã chậm.", {}),
    ("Theo ông Lê Văn Bưởi, Giám đốc Sở Y tế Lam Khê, dịch đã lui.", {"Lê Văn Bưởi": ["Giám đốc · Sở Y tế Lam Khê"]}),
    ("Nghe báo cáo của ông Trần Bưởi, Chủ tịch UBND huyện kết luận.", {}),
    ("Chúc mừng bà Lê Thị Mận, Bí thư Tỉnh ủy bày tỏ tin tưởng.", {}),
    ("Ông Nguyễn Văn Bưởi đã có đơn gửi Chủ tịch UBND tỉnh Lam Khê.", {}),
    ("Ông Nguyễn Văn Bưởi bị Giám đốc Công an tỉnh Lam Khê khiển trách.", {}),
    ("Chủ tịch UBND tỉnh Lam Khê giao Giám đốc Sở Xây dựng làm rõ; ông Trần Bưởi, nông dân, chờ đợi.", {}),
    ("Thủ tướng yêu cầu Bộ trưởng Bộ Y tế, Chủ tịch UBND các tỉnh khẩn trương vào cuộc.", {}),
    (
        "Hồi ông Lê Văn Bưởi còn làm Trưởng phòng Giáo dục huyện, trường đã xuống cấp.",
        {"Lê Văn Bưởi": ["† Trưởng phòng · phòng Giáo dục huyện"]},
    ),
    ("Dưới thời Bí thư Tỉnh ủy Lê Văn Bưởi, tỉnh phát triển.", {"Lê Văn Bưởi": ["† Bí thư · Tỉnh ủy"]}),
    ("Ông Lê Văn Bưởi rời ghế Chủ tịch UBND tỉnh Lam Khê.", {"Lê Văn Bưởi": ["† Chủ tịch · UBND tỉnh Lam Khê"]}),
    (
        "Bà Trần Thị Mận đã thôi làm Phó Giám đốc Sở Nội vụ từ tháng 3.",
        {"Trần Thị Mận": ["† Phó Giám đốc · Sở Nội vụ"]},
    ),
    (
        "Thủ tướng phê chuẩn miễn nhiệm chức vụ Phó Chủ tịch UBND tỉnh Lam Khê đối với bà Trần Thị Mận.",
        {"Trần Thị Mận": ["† Phó Chủ tịch · UBND tỉnh Lam Khê"]},
    ),
    ("Ông Lê Văn Bưởi (nguyên Giám đốc Sở Y tế) nói.", {"Lê Văn Bưởi": ["† Giám đốc · Sở Y tế"]}),
    (
        "Ông Lê Văn Bưởi từng kinh qua các chức vụ Chủ tịch UBND huyện Mường Sa, Giám đốc Sở Y tế.",
        {"Lê Văn Bưởi": ["† Chủ tịch · UBND huyện Mường Sa", "† Giám đốc · Sở Y tế"]},
    ),
    ("Giám đốc Sở Y tế Lê Văn Bưởi đột ngột qua đời sáng 5/3.", {"Lê Văn Bưởi": ["† Giám đốc · Sở Y tế"]}),
    (
        "Ông Lê Văn Bưởi, trước đây là Phó Chủ nhiệm UBKT Tỉnh ủy, hiện là Bí thư Huyện ủy Mường Sa.",
        {"Lê Văn Bưởi": ["† Phó Chủ nhiệm · UBKT Tỉnh ủy", "Bí thư · Huyện ủy Mường Sa"]},
    ),
    ("Bí thư Tỉnh ủy Lam Khê nghỉ hưu. Ông Lê Văn Bưởi tiếp nhận.", {}),
    ("Bà Helen Nauman, ứng cử viên Tổng thống đảng Xanh, phát biểu.", {}),
    ("Ông Lê Văn Bưởi được tín nhiệm giới thiệu làm Chủ tịch UBND tỉnh.", {}),
    ("Ông Lê Văn Bưởi chưa được bổ nhiệm Giám đốc Sở Y tế.", {}),
    ("Dự kiến bà Trần Thị Mận giữ chức Phó Chủ tịch UBND tỉnh Lam Khê.", {}),
    ("Đối tượng Lê Văn Bưởi tự nhận là Vụ trưởng Vụ Tổ chức cán bộ để lừa tiền.", {}),
    ("Lê Văn Bưởi mạo danh là Trưởng Công an huyện Mường Sa.", {}),
    ("Ông Lê Văn Bưởi thi tuyển chức danh Phó Giám đốc Sở Y tế.", {}),
    ("Nếu ông Lê Văn Bưởi làm Giám đốc Sở Y tế thì sao?", {}),
    (
        "Người kế nhiệm ông Trần Đức Mận làm Giám đốc Sở Y tế là bà Lê Thị Bưởi.",
        {"Trần Đức Mận": ["† Giám đốc · Sở Y tế"]},
    ),
    (
        "Đại tá Lê Văn Bưởi thay Đại tá Trần Đức Mận giữ chức Giám đốc Công an tỉnh Lam Khê.",
        {"Lê Văn Bưởi": ["Giám đốc · Công an tỉnh Lam Khê"], "Trần Đức Mận": ["† Giám đốc · Công an tỉnh Lam Khê"]},
    ),
    (
        "Bổ nhiệm bà Lê Thị Bưởi làm Vụ trưởng Vụ Pháp chế thay bà Trần Thị Mận nghỉ hưu.",
        {"Lê Thị Bưởi": ["Vụ trưởng · Vụ Pháp chế"], "Trần Thị Mận": ["† Vụ trưởng · Vụ Pháp chế"]},
    ),
    ("Ông Lê Văn Bưởi thay mặt UBND tỉnh cảm ơn ông Trần Đức Mận.", {}),
    (
        "Dự có các đồng chí: Lê Văn Bưởi, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy; Trần Thị Mận, "
        "Phó Bí thư Thường trực Tỉnh ủy; Vũ Mới, Chủ tịch HĐND tỉnh.",
        {
            "Lê Văn Bưởi": ["Ủy viên · Trung ương Đảng", "Bí thư · Tỉnh ủy"],
            "Trần Thị Mận": ["Phó Bí thư Thường trực · Tỉnh ủy"],
            "Vũ Mới": ["Chủ tịch · HĐND tỉnh"],
        },
    ),
    (
        "Hai phó giám đốc Sở Y tế là ông Lê Văn Bưởi và ông Trần Đức Mận bị kỷ luật.",
        {"Lê Văn Bưởi": ["phó giám đốc · Sở Y tế"], "Trần Đức Mận": ["phó giám đốc · Sở Y tế"]},
    ),
    (
        "Các Thứ trưởng Bộ Y tế Lê Văn Bưởi và Trần Đức Mận cùng dự.",
        {"Lê Văn Bưởi": ["Thứ trưởng · Bộ Y tế"], "Trần Đức Mận": ["Thứ trưởng · Bộ Y tế"]},
    ),
    (
        "Ảnh: Bí thư Tỉnh ủy Lê Văn Bưởi (thứ hai từ trái sang) và Chủ tịch UBND tỉnh Trần Đức Mận (bìa phải).",
        {"Lê Văn Bưởi": ["Bí thư · Tỉnh ủy"], "Trần Đức Mận": ["Chủ tịch · UBND tỉnh"]},
    ),
    (
        "Ông Lê Văn Bưởi – Bí thư Huyện ủy, ông Trần Đức Mận – Chủ tịch UBND huyện cùng đi.",
        {"Lê Văn Bưởi": ["Bí thư · Huyện ủy"], "Trần Đức Mận": ["Chủ tịch · UBND huyện"]},
    ),
    (
        "Đoàn do ông Lê Văn Bưởi, Phó Chủ tịch UBND tỉnh, làm trưởng đoàn.",
        {"Lê Văn Bưởi": ["Phó Chủ tịch · UBND tỉnh"]},
    ),
    ("Đoàn do Phó Chủ tịch UBND tỉnh Lê Văn Bưởi dẫn đầu.", {"Lê Văn Bưởi": ["Phó Chủ tịch · UBND tỉnh"]}),
    ("BÍ THƯ HUYỆN ỦY MƯỜNG SA LÒ VĂN BƯỞI TẶNG QUÀ HỘ NGHÈO", {"LÒ VĂN BƯỞI": ["BÍ THƯ · HUYỆN ỦY MƯỜNG SA"]}),
    ("THỨ TRƯỞNG BỘ Y TẾ TRẦN THỊ NGỌC MẬN ĐÁNH GIÁ CAO LAM KHÊ", {"TRẦN THỊ NGỌC MẬN": ["THỨ TRƯỞNG · BỘ Y TẾ"]}),
    ("TỔNG BÍ THƯ TÔ BƯỞI: CÁN BỘ PHẢI GẦN DÂN", {"TÔ BƯỞI": ["TỔNG BÍ THƯ"]}),
    (
        "Bà H' Bưởi Niê, Phó Trưởng Ban Dân tộc tỉnh Đắk Lắk, nói.",
        {"H' Bưởi Niê": ["Phó Trưởng Ban · Ban Dân tộc tỉnh Đắk Lắk"]},
    ),
    ("Già làng K’Mận vui. Chủ tịch UBND xã Đạ Sa K’Bưởi nói.", {"K’Bưởi": ["Chủ tịch · UBND xã Đạ Sa"]}),
    ("Chủ tịch UBND xã Ia Sa Rơ Mah Bưởi nói.", {"Rơ Mah Bưởi": ["Chủ tịch · UBND xã Ia Sa"]}),
    ("Ông Vừ Bá Bưởi, Chủ tịch xã Mường Sa, nói.", {"Vừ Bá Bưởi": ["Chủ tịch · xã Mường Sa"]}),
    (
        "Giám đốc Sở Y tế Lam Khê Sử Văn Bưởi và Phó Giám đốc An Thị Mận dự.",
        {"Sử Văn Bưởi": ["Giám đốc · Sở Y tế Lam Khê"], "An Thị Mận": ["Phó Giám đốc · Sở Y tế Lam Khê"]},
    ),
    ("Bà Tôn Nữ Bưởi Mận, Chủ tịch Hội LHPN tỉnh, nói.", {"Tôn Nữ Bưởi Mận": ["Chủ tịch · Hội LHPN tỉnh"]}),
    ("Chủ tịch UBND phường Lò Đúc Nguyễn Bưởi nói.", {"Nguyễn Bưởi": ["Chủ tịch · UBND phường Lò Đúc"]}),
    (
        "Phó Chủ tịch UBND phường, Giám đốc Trung tâm Phục vụ hành chính công phường Vân Sa Lê Thị Mận nói.",
        {"Lê Thị Mận": ["Phó Chủ tịch · UBND phường", "Giám đốc · Trung tâm Phục vụ hành chính công phường Vân Sa"]},
    ),
    ("Ông Lê Văn Bưởi, Trưởng Đoàn ĐBQH tỉnh Lam Khê, nói.", {"Lê Văn Bưởi": ["Trưởng Đoàn · Đoàn ĐBQH tỉnh Lam Khê"]}),
    (
        "Trưởng Ban Pháp chế HĐND tỉnh Lam Khê Lê Văn Bưởi nói.",
        {"Lê Văn Bưởi": ["Trưởng Ban · Ban Pháp chế HĐND tỉnh Lam Khê"]},
    ),
    ("Bí thư Đảng ủy Chính phủ, Thủ tướng Phạm Bưởi nói.", {"Phạm Bưởi": ["Bí thư · Đảng ủy Chính phủ", "Thủ tướng"]}),
    (
        "Phó Trưởng ban Thường trực Ban Tổ chức Tỉnh ủy Lam Khê Lê Thị Mận nói.",
        {"Lê Thị Mận": ["Phó Trưởng ban Thường trực · Ban Tổ chức Tỉnh ủy Lam Khê"]},
    ),
    (
        "Phó Bí thư Thường trực Đảng ủy phường Vân Sa Lê Thị Mận nói.",
        {"Lê Thị Mận": ["Phó Bí thư Thường trực · Đảng ủy phường Vân Sa"]},
    ),
    (
        "Trưởng Phòng Kinh tế, Hạ tầng và Đô thị phường Vân Sa Lê Thị Mận nói.",
        {"Lê Thị Mận": ["Trưởng Phòng · Phòng Kinh tế, Hạ tầng và Đô thị phường Vân Sa"]},
    ),
    (
        "Phó Chủ tịch UBND TP. Lam Khê Nguyễn Bưởi Mận (SN 1975) nói.",
        {"Nguyễn Bưởi Mận": ["Phó Chủ tịch · UBND TP. Lam Khê"]},
    ),
]
"""More of all kinds, in other words."""


def rows(table: Table) -> list[object]:
    return [pytest.param(text, claims, id=text[:60]) for text, claims in table]


@pytest.mark.parametrize(("text", "claims"), rows(SOMEBODY_ELSE_S))
def test_a_title_is_the_next_name_s_in_its_own_noun_phrase_only(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(FORMER_BY_THE_SENTENCE))
def test_a_predicate_ends_an_office(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(NOT_HELD))
def test_who_is_a_candidate_planned_or_false_holds_nothing(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(MANDATES))
def test_who_acts_for_another_or_is_spoken_of_does_not_hold_his_office(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(OUSTED))
def test_who_was_driven_out_holds_the_office_no_longer(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(TOLD_BETWEEN))
def test_what_is_told_of_a_life_between_a_name_and_its_title_is_passed_over(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(HEADED_LISTS))
def test_the_title_that_heads_a_list_is_every_item_s(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(NAMES_OF_OTHERS))
def test_states_rulers_and_names_of_other_countries_are_read_whole(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(SUCCESSION))
def test_a_successor_holds_what_the_other_held(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(SHARED))
def test_lists_brackets_dashes_and_plurals_share_titles_out(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(NAMES))
def test_names_are_found_whole(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(NO_RUN_ON))
def test_what_is_no_name_stays_out(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(COMPLETED))
def test_a_bare_body_is_completed_from_the_article(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(STATE_OF_2026))
def test_the_state_s_new_bodies_are_known(text: str, claims: Claims) -> None:
    assert told(text) == claims


@pytest.mark.parametrize(("text", "claims"), rows(VARIED))
def test_the_kinds_are_read_in_other_words_too(text: str, claims: Claims) -> None:
    assert told(text) == claims


def test_an_office_says_how_plainly_it_is_said() -> None:
    def frames(text: str) -> list[str]:
        return [position.frame.value for one in recognize_text(text) for position in one.positions]

    assert frames("Giám đốc Sở Y tế Lê Văn Mẫu nói.") == ["beside"]
    assert frames("Ông Lê Văn Mẫu được bổ nhiệm giữ chức Giám đốc Sở Y tế.") == ["given"]
    assert frames("Ông Lê Văn Mẫu thôi giữ chức Giám đốc Sở Y tế.") == ["past"]
    assert frames("Các ông Lê Văn Mẫu, Trần Đức Thử, Phó Giám đốc Sở Y tế, dự.") == ["shared", "beside"]
    assert frames("Theo ông Lê Văn Mẫu, Giám đốc Sở Y tế cho biết dịch đã lui.") == ["doubtful"]
    assert frames("Giám đốc Sở Y tế Lê Văn Mẫu và Phó Giám đốc Trần Đức Thử.") == ["beside", "inferred"]
    assert frames("Lễ kỷ niệm 100 năm ngày sinh Tổng Bí thư Lê Văn Mẫu.") == ["past"]
    both = "Giám đốc Sở Y tế Lê Văn Mẫu nói. Khi còn làm Giám đốc Sở Y tế, ông Lê Văn Mẫu khác."
    assert frames(both) == ["beside"], "the plainest sentence counts"


CHINA = "Chủ tịch Trung Quốc Vương Sâm Mẫu nói. Người phát ngôn Bộ Ngoại giao Trung Quốc Lục Sâm Thử nói. "


def test_a_bare_office_in_news_of_another_country_is_that_country_s() -> None:
    def abroad(text: str) -> dict[str, tuple[bool, str | None]]:
        return {one.name: (one.foreign, one.positions[0].place) for one in recognize_text(text)}

    bare = "Tôn Hoài Mẫu, Ủy viên Trung ương khóa 18, bị điều tra. "
    assert abroad(CHINA + bare)["Tôn Hoài Mẫu"] == (True, "Trung Quốc")
    assert abroad(CHINA + bare + "Việt Nam theo dõi.")["Tôn Hoài Mẫu"] == (False, None)
    assert abroad("Chủ tịch Trung Quốc Vương Sâm Mẫu nói. " + bare)["Tôn Hoài Mẫu"] == (False, None)
    ours = "Ủy viên Trung ương Nguyễn Văn Mẫu dự."
    assert abroad(CHINA + bare + ours)["Nguyễn Văn Mẫu"] == (False, None)


def test_a_president_of_ours_in_news_of_another_country_is_ours_and_a_guest_of_a_third_is_not_its_own() -> None:
    text = (
        "Tổng thống Timor-Leste Francisco Velden nhậm chức. Thủ tướng Timor-Leste Rui Velden dự. Chủ tịch nước {} mừng."
    )
    ours = next(one for one in recognize_text(text.format("Trần Đại Mẫu")) if one.name == "Trần Đại Mẫu")
    assert (ours.foreign, ours.positions[0].place) == (False, None)
    text = "Tổng thống Mỹ Bin Velden nói. Ngoại trưởng Mỹ Rex Velden dự. Phó Thủ tướng Lưu Mẫu gọi điện."
    guest = next(one for one in recognize_text(text) if one.name == "Lưu Mẫu")
    assert (guest.foreign, guest.positions[0].place) == (True, None)


def test_a_place_in_brackets_is_read_with_its_province() -> None:
    (one,) = recognize_text("Ông Lò Văn Mẫu, Chủ tịch UBND xã Minh Sa (H.Tân Sơn, Phú Thọ), nói.")
    assert one.positions[0].organisation == "UBND xã Minh Sa (H.Tân Sơn, Phú Thọ)"

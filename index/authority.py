"""Chính quyền: whether an authority of Viet Nam speaks or acts in an article, and in which words it says so.

For newspapers that print everything: news of the State is told from the rest by who does something in it. Police,
procuracies and courts at work on a case are a kind of their own, since crime stories would drown all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from index.analysis.normalize import CAPITALS

if TYPE_CHECKING:
    from index.document import IndexedOfficial

VERSION = 2
"""Counts up whenever the same text may give other deeds."""

ACTING: Final = "co"
"""An authority speaks, acts or decides."""
CASE: Final = "vu-an"
"""Only police, procuracies or courts do, and the article is about a case."""

_READ = 5_000
"""Characters of a text that are read: what an authority does stands early."""
_OPENING = 1_000
"""Characters of a text in which one deed is enough; what stands once behind them, the article only mentions."""
_LAW, _WORLD = "phap-luat-noi-chinh", "quoc-te"
_FORCE = re.compile(
    r"(?i)công an|cảnh sát|csđt|cshs|csgt|viện kiểm sát|vks|kiểm sát|tòa án|toà án|tand|điều tra|thi hành án|hình sự"
)
_CASEWORK = re.compile(
    r"(?:bắt|khởi tố|tạm giữ|tạm giam|điều tra|triệu tập|khám xét|truy|tuyên|xét xử|mở phiên|bàn giao)$"
)
_WHOSE = "(?= (?:UBND|Sở|Bộ|tỉnh|huyện|thành phố|TP|xã|phường|quận|thị xã|Cục|Chính phủ|ngành|Công an))"
_BODY = re.compile(
    "(?:UBND|Ủy ban [Nn]hân dân|Uỷ ban [Nn]hân dân|HĐND|Hội đồng nhân dân|Chính phủ|Thủ tướng|Phó Thủ tướng|"
    "Chủ tịch nước|Tổng Bí thư|Chủ tịch Quốc hội|Phó Chủ tịch|Chủ tịch UBND|Quốc hội|UBTVQH|Ủy ban Thường vụ|"
    "Uỷ ban Thường vụ|Bộ Chính trị|Ban Bí thư|Ban Thường vụ|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Huyện uỷ|"
    "Quận ủy|Quận uỷ|Ủy ban Kiểm tra|Uỷ ban Kiểm tra|Ban Chỉ đạo|Ban chỉ đạo|Ban Chỉ huy|Ban chỉ huy|Bộ Chỉ huy|"
    "Bộ trưởng|Thứ trưởng|Bí thư|Thanh tra|Kiểm toán [Nn]hà nước|Ngân hàng [Nn]hà nước|Bảo hiểm xã hội|BHXH|"
    "Kho bạc|Tổng cục|Cục|Chi cục|Biên phòng|BĐBP|Quân khu|Hạt Kiểm lâm|Kiểm lâm|Quản lý thị trường|MTTQ|"
    "Mặt trận Tổ quốc|Liên đoàn Lao động|Văn phòng Chính phủ|Văn phòng UBND|Đoàn đại biểu Quốc hội|"
    f"Đoàn ĐBQH|Lãnh đạo{_WHOSE}|lãnh đạo{_WHOSE}|Chính quyền|"
    "chính quyền|Giám đốc Sở|Phó Giám đốc Sở|phó giám đốc Sở|giám đốc Sở|"
    "Công an|CSGT|Cảnh sát|Cơ quan CSĐT|Cơ quan [Cc]ảnh sát điều tra|cơ quan CSĐT|Viện [Kk]iểm sát|VKSND|VKS|"
    f"TAND|Tòa án|Toà án|Bộ (?=[{CAPITALS}])|Sở (?=[{CAPITALS}])|Phòng (?=(?:GD|Giáo|Tài|Nội|Cảnh|CSGT|TN|Quản)))"
)
"""Authorities, each with its first letter plain so that the search can leap."""
_ABROAD = re.compile(
    r"(?:Mỹ|Hoa Kỳ|Nga|Anh|Pháp|Đức|Nhật|Hàn|Triều|Trung Quốc|Thái|Lào|Campuchia|Indonesia|Malaysia|Philippines|"
    r"Singapore|Ấn Độ|Úc|Australia|Israel|Iran|Iraq|Syria|Thổ|Ukraine|Canada|Ý|Italy|Qatar|EU|Đài Loan|Myanmar|Cuba|"
    r"nước này|nước ngoài|Colombia|Brazil|Tây Ban Nha|Venezuela|Pakistan|Ai Cập|Saudi|Hong Kong)(?!\w)"
)
_DOES = re.compile(
    r"(?P<name>(?:T[PX]\.|[^.;:!?\n“”\"]){0,90}?)[\s,–-]{1,9}+(?:(?:đã|vừa|sẽ|đang|cũng|còn|tiếp tục|chính thức|mới|"
    r"lập tức|kịp thời|"
    r"đồng loạt|khẩn trương|trực tiếp)\s{1,9}+){0,6}"
    r"(?:ban hành|quyết định|yêu cầu|đề nghị|chỉ đạo|tổ chức|phê duyệt|chấp thuận|đồng ý|cho biết|cho hay|thông báo|"
    r"công bố|ký|kiểm tra|xử phạt|thu hồi|đình chỉ|trao|phối hợp|tiếp|làm việc|họp|cho phép|giao|bổ nhiệm|trình|"
    r"kiến nghị|báo cáo|xác nhận|khẳng định|cảnh báo|khuyến cáo|bắt|khởi tố|tạm giữ|tạm giam|điều tra|triệu tập|"
    r"phát hiện|thăm|tặng|hỗ trợ|triển khai|rà soát|lập biên bản|cưỡng chế|tiếp nhận|có (?:văn bản|công văn|tờ trình|"
    r"quyết định|buổi|cuộc|chỉ đạo)|gửi|ra (?:quyết định|thông báo|văn bản|lệnh)|chủ trì|dự|hội đàm|hội kiến|đón|"
    r"phát biểu|nhấn mạnh|nói|cho rằng|trả lời|chúc|gặp|kết luận|thống nhất|thông qua|thảo luận|khai mạc|bế mạc|"
    r"cấp|cử|điều động|huy động|xử lý|truy|khám xét|tuyên|xét xử|mở phiên|hoàn tất|bàn giao|khánh thành|phát động|"
    r"dâng hương|thành lập|kêu gọi|bày tỏ|dẫn đầu|bãi bỏ|sửa|điều chỉnh|giải quyết|xin|lên tiếng|vào cuộc|đến|tới)"
    r"(?!\w)"
)
"""What it does, with the rest of its name before that; bounded, since it is tried behind every body."""
_PAPER = re.compile(
    r"(?:Quyết định|Nghị định|Thông tư|Công văn|Chỉ thị|Nghị quyết|Văn bản|Thông báo|Công điện|Kế hoạch|quyết định|"
    r"văn bản|công văn|công điện) số \d+(?:[\w/&.-]*\w)?"
)


class Deed(NamedTuple):
    """What an authority does: offsets into `Article.text`, end exclusive, of the words that say so."""

    kind: str
    """speech (of an official), act or paper; of police and courts at work on a case, case."""
    start: int
    end: int


def values(text: str, topics: Sequence[str], officials: Sequence[IndexedOfficial]) -> tuple[str, ...]:
    """The value of the facet: whether an authority acts, only works on a case, or does nothing."""
    others = []
    for deed in _deeds(text, topics, officials):
        if deed.kind != "case" and _sure(deed):
            return (ACTING,)  # most news of an authority says so early
        others.append(deed)
    if len(others) < 2 and not any(map(_sure, others)):
        return ()
    return (CASE,) if all(deed.kind == "case" for deed in others) else (ACTING,)


def deeds(text: str, topics: Sequence[str], officials: Sequence[IndexedOfficial]) -> tuple[Deed, ...]:
    """The first deed of every kind, in the order of the text; `topics` are the article's, the primary one first."""
    found: dict[str, Deed] = {}
    every = list(_deeds(text, topics, officials))
    for deed in every if len(every) > 1 or any(map(_sure, every)) else ():
        found.setdefault(deed.kind, deed)
    return tuple(sorted(found.values(), key=lambda deed: deed.start))


def _sure(deed: Deed) -> bool:
    """Whether one such deed is enough."""
    return deed.kind in ("speech", "case") or deed.start < _OPENING


def _deeds(text: str, topics: Sequence[str], officials: Sequence[IndexedOfficial]) -> Iterator[Deed]:
    primary = topics[0] if topics else ""
    for official in officials:
        if official.said and not official.foreign:
            force = _FORCE.search(f"{official.title or ''} {official.organisation or ''}")
            kind = "case" if force and primary == _LAW else "speech"
            yield Deed(kind, official.said[0].start, official.said[0].end)
    if primary == _WORLD:
        return
    for body in _BODY.finditer(text, 0, _READ):
        if text[body.start() - 1 : body.start()].isalnum():
            continue
        does = _DOES.match(text, body.end())
        if does is None or _ABROAD.search(does["name"]):
            continue
        force = _FORCE.search(body[0] + does["name"])
        casework = force and (primary == _LAW or _CASEWORK.search(does[0]))
        yield Deed("case" if casework else "act", body.start(), does.end())
    if paper := _PAPER.search(text, 0, _READ):
        yield Deed("paper", paper.start(), paper.end())

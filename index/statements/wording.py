"""The wording of statements: verbs of speaking, titles, and what may stand around a speaker."""

from __future__ import annotations

import re

_NOW = (
    "nhấn mạnh thêm|nhấn mạnh|khẳng định lại|tái khẳng định|khẳng định|cho biết thêm|cho biết|cho hay|cho rằng|"
    "yêu cầu|đề nghị|kiến nghị|đề xuất|chia sẻ thêm|bày tỏ|lưu ý thêm|lưu ý|kêu gọi|thừa nhận|nhận định|"
    "nhận xét|đánh giá cao|đánh giá|cảnh báo|giải thích|lý giải|tuyên bố|thông tin thêm|phân tích|xác nhận|bác bỏ|"
    "phủ nhận|nói rõ|nói thêm|nói rằng|nêu rõ|chỉ rõ|nêu quan điểm|nêu ý kiến|quán triệt|cam kết|tin tưởng|hy vọng|"
    "hi vọng|biểu dương|băn khoăn|trăn trở|tiết lộ|quả quyết|hoan nghênh|phê bình|nhắc nhở|bức xúc|khuyến cáo|"
    "cáo buộc|chỉ trích|lên án|tâm sự|thẳng thắn nhìn nhận|nhìn nhận|mong muốn|gợi ý|đồng tình|bộc bạch|"
    "khẳng khái|dẫn chứng|đặt vấn đề|nhắn nhủ|căn dặn|giãi bày|ghi nhận|phản bác|phản ánh|nêu lên|nêu bật|thốt lên|"
    "hối thúc|thúc giục|trấn an|bình luận(?! (?:về|trên)\\b)"
)
"""Verbs behind which, or before which, stands what was said."""
_ORDER = r"(?<!an )chỉ đạo(?=\s*:|\s+(?:các|cơ quan|ngành|đơn vị|địa phương|lực lượng|phải|cần|rõ|[A-ZĐ]))"
"""`chỉ đạo` with whom: without, as in `chỉ đạo hội nghị`, nothing is said."""
_SAY = (
    r"nói(?! (?:chuyện|chung|riêng|trên|dối|đùa|xấu|lời|được|nhiều|đến|tới|gì|không|lên|về|với|ra|tiếng|là|ngọng|"
    r"hay|tiếp|khéo|cho)\b)"
)
_QUOTED = (
    r"(?:(?:kết luận|phát biểu|trả lời|báo cáo|trình bày|nêu|thông tin|kể lại|kể|nói tiếp|nói|hỏi|viết|đáp|thông báo|"
    r"chỉ đạo|chất vấn|nhắc lại|có ý kiến(?: chỉ đạo)?)(?=\s*:|\s+rằng\b|,?\s*[“\"])|"
    r"(?:nói|chia sẻ) với(?=[^.:“”\"]{0,60}(?:\s*:|\s+rằng\b|,?\s*[“\"])))"
)
"""Verbs that tell something only where words follow: `phát biểu tại hội nghị` does not."""
_ANNOUNCE = (
    r"thông báo(?! (?:về|một số|nhanh|kết quả|tình hình|nội dung|của|số|cho|vắn tắt|những|với|tới|đến|trên|này)\b)"
)
_SHARE = r"chia sẻ(?! (?:về|với|cùng|nỗi|niềm|khó khăn|kinh nghiệm)\b)"
VERB = rf"(?:{_NOW}|{_ORDER}|{_QUOTED}|{_SAY}|{_ANNOUNCE}|{_SHARE})(?!\w| của\b)"
"""Before `của` it is a noun: `công bố kết luận của thanh tra`."""

_TIME = (
    r"(?:(?:sáng|trưa|chiều|tối|đêm|hôm|ngày)(?: (?:nay|qua|kia|sau|cùng|ngày|hôm|sáng|chiều|tối|trước|đó))*"
    r"(?: ?\(?\d[\d/.\-]*\)?)?(?: tháng \d+)?)"
)
ADVERBS = (
    r"(?:(?:cũng|đã|vừa|còn|tiếp tục|luôn|đồng thời|liên tục|lại|đều|nhiều lần|một lần nữa|trực tiếp|đặc biệt|"
    r"thẳng thắn|kiên quyết|chính thức|tiếp|mới đây|trước đó|sau đó|từng|rất|nghiêm khắc|thống nhất|"
    rf"cơ bản|hết sức|cùng ngày|ngay lập tức|được dẫn lời|{_TIME}),? )*"
)
ADJUNCT = (
    r"(?:(?:tại|trong|khi|trả lời|trao đổi|phát biểu|thay mặt|nhân|qua|thông qua|chủ trì|kết luận|nói chuyện|"
    r"tiếp tục|giải trình|dự|cung cấp|liên hệ|gặp|làm việc|sau khi|trước|bên lề)"
    r"\b[^,.;:!?“”\"()\n]{2,80}?,? )?"
)
"""Where and when somebody speaks, between subject and verb: `khi trả lời báo chí`."""

_PART = r"(?:T[PX]\.|T\.(?=[ƯW])|[^.;:!?“”\"\n])"
"""Characters of a title: no stop but those of `TP.` and `T.Ư`."""
RANK = r"(?:(?:[Đđ]ại|[Tt]hượng|[Tt]rung|[Tt]hiếu) (?:tướng|tá|úy|uý))"
TITLE = (
    r"(?:(?:[Nn]guyên|[Qq]uyền|[Tt]ân|[Cc]ựu) )?"
    r"(?:[ỦủUu][ỷy]? ?viên|Uỷ viên|Ủy viên|ủy viên|uỷ viên|[Pp]hó|[Cc]hủ tịch|[Bb]í thư|[Gg]iám đốc|[Tt]rưởng|"
    r"[Cc]hủ nhiệm|[Tt]ổng|[Bb]ộ trưởng|[Tt]hứ trưởng|[Tt]hủ tướng|[Cc]ục trưởng|[Vv]ụ trưởng|[Cc]hi cục|"
    r"[Cc]hánh|[Đđ]ại biểu|ĐBQH|ĐB|[Hh]iệu trưởng|[Vv]iện trưởng|[Tt]hường trực|[Nn]gười phát ngôn|"
    r"[Nn]goại trưởng|[Đđ]ại sứ|[Tt]ư lệnh|[Cc]hính ủy|[Hh]ạt trưởng|[Đđ]ội trưởng|[Tt]hành viên|[Tt]hống đốc|"
    r"[Cc]ố vấn|[Tt]hượng nghị sĩ|[Hh]ạ nghị sĩ|[Nn]ghị sĩ|[Tt]hủ hiến|[Đđ]ô đốc|"
    rf"[Tt]hị trưởng|[Tt]hẩm phán|[Pp]hát ngôn viên|{RANK})(?!\w)"
)
POLITE = r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c|[Nn]gài|[Tt]iến sĩ|TS\.?|PGS\.?-?TS\.?|GS\.?-?TS\.?|GS\.?|ThS\.?|BS\.?)"
SUBJECT = re.compile(
    rf"(?P<before>^|[\n.!?:;,“”\"'’)\]…–—]|[-–—]\s|\b(?P<theo>[Tt]heo)|"
    r"\b(?:nhưng|song|còn|thì|trong khi|(?:dẫn|trích) lời|"
    r"nay|qua|này|đó|họp|(?<!đề )(?<!kiến )nghị|lễ|việc|đây|dịp|biệt|khi ấy|\d[\d/.\-]*|"
    r"Nhưng|Song|Còn|Và|Cũng|Riêng|Do đó|Vì vậy|Qua đó))\s*"
    rf"(?P<title>(?:{TITLE}{_PART}{{0,100}}?,? )?(?:{POLITE},? |{RANK} )*)$"
)
"""What stands before a name that is the subject: the end of something else, then titles and honorifics alone."""
TO_WHOM = re.compile(
    r"\b(?:gửi|tặng|trao|tiếp|đón|gặp|với|cho|mời|thăm|thay|tới|chúc mừng|cảm ơn|yêu cầu|đề nghị|cùng|mà) "
    rf"(?:{TITLE}|{POLITE}|$)|, người\b|\bcủa (?:(?:{TITLE}|{POLITE})[^,]*$|[A-ZĐ][\w'’-]+ $)"
)
"""Within what looks like a title: another's deed towards whoever is named behind it, or of whose name the rest is."""
APPOSED = re.compile(
    rf"\s*(?:,|[-–—])\s*(?P<title>{TITLE}{_PART}{{2,120}}?)\s*(?P<close>[,–—]|-)?\s+"
    rf"{ADVERBS}{ADJUNCT}{ADVERBS}(?P<way>{VERB})"
)
BRACKETED = re.compile(rf"\s*\([^()“”\"\n]{{2,70}}\),?\s+{ADVERBS}{ADJUNCT}{ADVERBS}(?P<way>{VERB})")
PLAIN = re.compile(rf"(?<!\s)\s++{ADVERBS}{ADJUNCT}{ADVERBS}(?P<way>{VERB})")
COLON = re.compile(r"\s*(?P<way>:)\s*[“\"]")
ACCORDING = re.compile(rf"(?P<title>\s*(?:,|[-–—(])\s*{TITLE}{_PART}{{2,120}}?|\s*\([^()\n]{{2,70}}\))?\s*(?:[,:.]|$)")
"""Behind `theo ông A`: nothing more of the name's sentence part."""
NOT_THE_SAME = re.compile(
    r"(?:^|\s)(?:và (?:ông|bà|anh|chị|vợ|chồng|con|phía|các|cả|nhiều|một|hai|những|đại diện)|"
    r"do|để|mà|vợ|chồng|con trai|con gái|luật sư|cùng|với|không|chưa|được(?! dẫn lời)|bị|sẽ|phải|nên|từ chối|"
    r"thay|gửi|của vợ)\s|\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)\s+[A-ZĐ]"
)
"""In a title behind the name: a verb's other subject, or another's name."""
CREDIT = re.compile(
    r"\(?(?:Ảnh|Nguồn|Video|Clip)(?: [^:.\n]{0,20})?: ?[^.:,\n]{1,30}? "
    r"(?=(?:Tại|Theo|Tuy nhiên|Phát biểu|Trong|Ngày|Chiều|Sáng|Tối|Trước|Sau|Ông|Bà|Về|Khi|Bên|Cũng|Trả lời|Trao đổi|"
    r"Đại biểu|Thủ tướng|Phó|Bộ trưởng|Chủ tịch|Bí thư|Giám đốc|Thứ trưởng|Tổng)\b)"
)
"""A picture's credit that runs into the sentence behind it."""
END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|['\"”’)\]]*\s+(?=[\"“'(\[\-–]?\s?[^\W\d_]|\d))")
"""It begins with a set so that the search can leap."""

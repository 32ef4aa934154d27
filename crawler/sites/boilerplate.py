"""Lines that stand in or around the running text and are none of it: dates, labels, links elsewhere, calls to pay."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from bs4.element import Tag

from crawler.dates import parse_moment
from crawler.html import Block, blocks
from crawler.sites import class_words
from crawler.sites.published import is_date_line
from crawler.tree import holds

_RELATED_MARK = re.compile(
    r"(?:>|»|›|\[?(?:xem|đọc) thêm|(?:tin|bài)(?: viết)? liên quan|mời (?:độc giả|quý vị|bạn) (?:xem|đọc)|"
    r"(?:read|see|watch|learn) (?:more|also|next)\b|read:|related\b|don['’]t miss\b|also read|more from\b|"
    r"lire aussi|à lire|voir aussi|mehr (?:dazu|zum thema)|lesen sie (?:auch|hier)|auch interessant|siehe auch|"
    r"leia (?:mais|também)|veja (?:mais|também)|lea? también|leggi anche|lees ook|läs (?:mer|också)|читайте также)",
    re.IGNORECASE,
)
_DEBRIS = re.compile(
    r"(?:(?:xem|đọc) thêm|(?:tin|bài)(?: viết)? liên quan|tin mới|tin khác|tin cùng chuyên mục|từ khóa|tags?|chia sẻ|"
    r"(?:(?:các|những) )?(?:tin|bài)(?: viết)? (?:đã đưa|(?:cũ|mới) hơn|khác|mới(?: nhất)?|cùng (?:chuyên )?mục)|"
    r"(?:tin )?(?:đọc|xem) nhiều(?: nhất)?|mục lục|(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|índice|"
    r"bình luận|quảng cáo|end container|in bài viết|gửi email|lưu bài viết|nghe đọc bài|ảnh minh họa|"
    r"theo dõi .{3,40} trên google news|về trang chủ|quay lại|trở lại|facebook|twitter|zalo|copy link|"
    r"advert(?:isement)?s?|share(?: this)?(?: (?:on|article|story|post|with))?(?: \w+)?|(?:post a |leave a )?comments?|"
    r"(?:\d{1,7} )?comments?|subscribe(?: now)?|close|related(?: \w+)?|read more|see more|(?:don['’]t|do not) miss|"
    r"most read(?: in .{3,40})?|more great .{3,40} stories|print|e-?mail|whatsapp|pinterest|linkedin|telegram|"
    r"\d{1,3}[ -]min(?:ute)?s?(?: read)?|\d{1,3} phút đọc|(?:đọc trong|thời gian đọc:?) \d{1,3} phút|"
    r"(?:trang|page)\s?:?(?:\s?(?:\d{1,3}|[«»<>…|/]|trang|page|tiếp|sau|trước|đầu|cuối|next|prev(?:ious)?|of)(?!\w)){1,40}|"
    r"image \d{1,4} of \d{1,4}|anzeige|werbung|publicité|publicidade?|continua dopo la pubblicità)\s?[:.]?",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:\d{1,6} )?(?:comments?|responses?|repl(?:y|ies)|kommentare?|commentaires?|comentários?|comentarios?|commenti|"
    r"reacties|(?:ý kiến )?bình luận|ý kiến bạn đọc|评论|コメント|تعليقات?|комментари[ия])"
    r"(?: \(\d{1,6}\)|:| (?:to|on|sur|zu|about) .{2,200})?",
    re.IGNORECASE,
)
"""What is printed over readers' comments."""
_FIRST_LINES = 6
_LINES_OF_CALL = 5
_SIGNED = re.compile(
    r"^(?:reply|trả lời|antworten|répondre|responder|rispondi|like|thích|回复|返信)\b|"
    r"\b(?:says|said|wrote|schrieb|schreibt|a écrit|dit|escribió|escreveu|ha scritto|viết|posted by)\b.{0,40}:?$|"
    r"\b(?:ago|trước|il y a|vor \d+)\b|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)
"""What is printed at a reader's comment: who wrote it, when, and how to answer."""
_COMMENT_NAME = re.compile(r"(?:^|[\s_-])(?:comments?|replies|binh-?luan|ykien)(?:$|[\s_-])", re.IGNORECASE)
_BUTTON = re.compile(
    r"\W{0,3}(?:follow|folgen|suivre|listen|share|save|like|theo dõi|chia sẻ|lưu|nghe|\d{1,6}|"
    r"\d{1,3} ?min(?:ute)?s?(?: read)?)",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"(?:tags?|từ khóa|keywords?|schlagw(?:ort|örter)|mots-clés|etiquetas)\s?:", re.IGNORECASE)
_PAYWALL = re.compile(
    r"(?:(?:quý |bạn )?(?:độc giả|bạn đọc|bạn|quý vị)\s(?:cần|phải|hãy|vui lòng)|(?:hãy|vui lòng|mời bạn))\s.{0,40}?"
    r"(?:đăng (?:ký|nhập)|mua gói|nâng cấp).{0,60}?(?:đọc|xem|tiếp tục)|"
    r"(?:đăng (?:ký|nhập)|mua gói)\s.{0,60}?để (?:đọc|xem) (?:tiếp|toàn bộ|đầy đủ|hết)|"
    r"(?:nội dung|bài (?:viết|báo))(?: này)? (?:chỉ )?(?:dành )?(?:riêng )?cho (?:hội viên|thuê bao|thành viên|"
    r"(?:độc giả|bạn đọc) (?:trả phí|đăng ký))|"
    r"(?:subscribe|sign in|log in|register)\b.{0,60}?\bto (?:continue|keep) reading",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"©|\(c\) |copyright\b", re.IGNORECASE)
_CREDITS = re.compile(
    r"(?:(?:photographs?|photos?|pictures?|words|text|illustrations?|graphics?|video) by \w[^.]{1,60}(?:\.|$)\s?){1,4}",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:follow (?:us|me|him|her|them|\w+) on\b|sign up (?:for|to)\b|subscribe (?:to|and)\b|get the latest\b|"
    r"click here (?:to|for)\b|tell us what you|have a tip\?|"
    r"jetzt (?:abonnieren|anmelden|testen|registrieren)\b|newsletter\b.{0,20}(?:abonnieren|bestellen)|"
    r"(?:s['’])?(?:inscrivez|abonnez)-vous\b|recevez\b.{0,60}(?:newsletter|boîte|mail|lettre)|"
    r"(?:suscríbe(?:te|se)|regístrate|hazte socio|apúntate)\b|(?:assine|inscreva-se|cadastre-se)\b|iscriviti\b|"
    r"push-nachricht|đăng ký nhận (?:bản tin|tin)|"
    r"(?:like|join) us on facebook|theo dõi (?:chúng tôi|kênh|báo|fanpage)|"
    r"mời (?:bạn đọc|quý độc giả) (?:theo|gửi|tham)|"
    r"mọi (?:ý kiến|thông tin|đóng góp).{0,40}?xin gửi|bản quyền thuộc)",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"(?:chịu trách nhiệm|phụ trách)(?: (?:chính|nội dung|xuất bản|biên tập|về)){1,2}\s?:|"
    r"ghi rõ nguồn (?:khi|[\"“'‘])|(?:khi|phải|vui lòng|đề nghị) ghi rõ nguồn|"
    r"giấy phép (?:số|hoạt động|thiết lập|xuất bản|trang).{0,60}\d/(?:GP|QĐ|BC|TTĐT)|"
    r"(?:cơ quan (?:chủ quản|ngôn luận)|tổng biên tập|tòa soạn)\s?:|bản quyền (?:thuộc|của|©)",
    re.IGNORECASE,
)
"""What Vietnamese sites print of themselves at the foot of every page."""
_ADDRESS = re.compile(r"(?:địa chỉ|trụ sở|điện thoại|đt|fax|hotline|đường dây nóng|e-?mail)\s?:", re.IGNORECASE)
"""What stands there, too, and at the end of many a notice."""
_LINES_OF_IMPRINT = 8
_SENTENCE_END = re.compile(r"[.!?…;”\"»。！？]\)?$")
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|odt)(?:$|[?#])", re.IGNORECASE)
_TRAILING_DAY = re.compile(r"[ (\[|–-]+\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?[)\]]?$")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LARGEST_TAIL = 0.35
"""Share of the text above which what ends in links is the article itself: a list of sources, of products."""


def trimmed(lines: list[Block]) -> list[Block]:
    """The lines of a body without what stands around the text: dates, and links and calls to the reader at its end."""
    lines = _without_comments(lines)
    lines = lines[_buttons(lines) :]
    while lines and (_is_date(lines[0]) or _KEYWORDS.match(lines[0].text)):
        lines.pop(0)
    lines = _without_imprint(lines)
    end = len(lines)
    while end and not _is_last(lines[end - 1]):
        end -= 1
    if end:
        tail = [line for line in lines[end:] if not (_is_link(line) or _is_call(line) or _is_date(line))]
        tail = [line for line in tail if line.tag.name not in _HEADINGS]
        if sum(line.size for line in lines[end:]) < _LARGEST_TAIL * sum(line.size for line in lines):
            lines[end:] = tail
    return lines


def _without_imprint(lines: list[Block]) -> list[Block]:
    """The lines up to the site's imprint, where nothing follows it but more of it."""
    for place in range(max(1, len(lines) - _LINES_OF_IMPRINT), len(lines)):
        if all(_is_imprint(line) or (_ADDRESS.match(line.text) and line is not lines[place]) for line in lines[place:]):
            return lines[:place]
    return lines


def _is_imprint(line: Block) -> bool:
    return len(line.text) <= 300 and (_IMPRINT.search(line.text) is not None or _is_call(line) or _is_link(line))


def _without_comments(lines: list[Block]) -> list[Block]:
    """The lines up to the heading of readers' comments, where what follows is signed, timed or answered as they are."""
    said = 0
    for place, line in enumerate(lines):
        if (
            said >= 200
            and _heads_comments(line)
            and any(map(_is_of_comment, lines[place + 1 : place + 1 + _FIRST_LINES]))
        ):
            return lines[:place]
        said += line.size
    return [line for line in lines if not (_heads_comments(line) and _is_label(line))]


def _heads_comments(line: Block) -> bool:
    return line.size <= 80 and _COMMENTS.fullmatch(line.text.strip(" .…»>")) is not None


def _is_of_comment(line: Block) -> bool:
    """Whether a line is the name, the time or the buttons of a reader's comment."""
    text = line.text.strip()
    if line.size <= 80 and (_SIGNED.search(text) or parse_moment(text) is not None):
        return True
    return any(_COMMENT_NAME.search(class_words.names(tag)) for tag in (line.tag, *islice(line.tag.parents, 2)))


def _buttons(lines: list[Block]) -> int:
    """How many lines before the text are names, numbers and buttons, as applications print them under a headline."""
    first = next((place for place, line in enumerate(lines) if line.size >= 40 or line.tag.name in _HEADINGS), 0)
    pressed = sum(_BUTTON.fullmatch(line.text) is not None for line in lines[:first])
    return first if first <= 12 and pressed >= 2 else 0


def leads_elsewhere(before: Block | None, line: Block) -> bool:
    """Whether a line is a link right under a label such as `Lire aussi`."""
    label = before is not None and _RELATED_MARK.fullmatch(before.text.strip("-–—|•·[]():» ")) is not None
    return label and line.linked >= 0.9 * line.size > 0


def _is_last(line: Block) -> bool:
    """Whether a line is running text: nothing after the last one is, though a byline may stand there."""
    if _is_link(line) or _is_call(line) or line.tag.name in _HEADINGS:
        return False
    return line.size >= 90 or _SENTENCE_END.search(line.text) is not None or line.tag.name in ("tr", "li", "td")


def _is_link(line: Block) -> bool:
    """Whether a line is a link to another page; a link to a document is part of the article."""
    dated = _TRAILING_DAY.search(line.text)
    size = line.size - len(dated.group().replace(" ", "")) if dated else line.size
    if line.linked < 0.8 * size or not line.hrefs or line.text.startswith("http"):
        return False
    return not all(_DOCUMENT.search(href) for href in line.hrefs)


def _is_call(line: Block) -> bool:
    if len(line.text) > 300:
        return False
    own = line.linked and _COPYRIGHT.match(line.text)  # an agency's, printed as a sentence, is part of its report
    return bool(own or _CALL.match(line.text) or _KEYWORDS.match(line.text))


def is_call_box(tag: Tag) -> bool:
    """Whether a small box between paragraphs asks the reader for something: to subscribe, to sign up, to follow."""
    if holds(tag, "form", "input"):
        return True
    lines = list(islice(blocks(tag), _LINES_OF_CALL + 1))
    return len(lines) <= _LINES_OF_CALL and any(_CALL.match(line.text) for line in lines)


def _is_date(line: Block) -> bool:
    return len(line.text) <= 60 and is_date_line(line.text, 0) and parse_moment(line.text) is not None


def _is_label(line: Block) -> bool:
    text = line.text.strip("-–—|•·*~_=[]() ")
    return not text or _DEBRIS.fullmatch(text) is not None


def is_debris(line: Block, is_article: Callable[[str], bool]) -> bool:
    """Whether a line leads elsewhere, asks for money, or is a mere label of what was left out.

    The heading of readers' comments is kept for `trimmed`, which looks at what follows it.
    """
    if (_is_label(line) and not _heads_comments(line)) or (len(line.text) <= 300 and _PAYWALL.search(line.text)):
        return True
    if _RELATED_MARK.fullmatch(line.text.strip("-–—|•·[]():» ")) or _CREDITS.fullmatch(line.text):
        return True
    if line.linked >= 0.5 * line.size > 0 and _RELATED_MARK.match(line.text):
        return True
    if not line.linked or line.linked < 0.7 * line.size:
        return False
    return line.linked >= 0.95 * line.size and line.size >= 15 and any(is_article(href) for href in line.hrefs)

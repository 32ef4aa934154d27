"""Evidence: the printed sentence that gives a person an office, and the day it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date

from crawler.article import Article
from index.analysis.roman import MOST, roman
from index.officials.recognition.events import dates
from index.officials.recognition.found_officials import FoundOfficial, Frame, Mention, Position

_END = re.compile(r"[.!?…]['\"”’)\]]*\s+(?=[\"“'(\[]?[^\W\d_])|\n+")
NO_END = re.compile(r"(?:\b(?:TP|Tp|TX|Tx|TT|ThS|TS|PGS|GS|BS|Q|H|P|X|Tr|T\.Ư|[A-ZĐ])|\.\.)\.$")
"""A stop that ends no sentence, with the abbreviation before it."""
_MOMENT = r"(?:(?:vào |tại |ở )?thời điểm (?:đó|ấy|trên)|(?:khi|lúc|hồi) (?:đó|ấy)|(?:lúc |thời )?bấy giờ)"
_THEN_IS = re.compile(
    rf"(?i)(?:(?<!trong )(?<!cùng )(?<!cũng )(?<!đến )(?<!từ )(?<!sau )\b{_MOMENT},?\s+(?:[^.;:,()\n]{{1,40}}\s)?"
    r"(?:(?:vẫn |còn |đang |mới )*(?:là|làm|giữ(?: chức)?(?: vụ| danh)?)\s+(?:[^.;:()\n]{1,40}[\-–—,(]\s*)?)"
    r"|\b(?:lúc |thời )?bấy giờ\s+|\bkhi còn (?:là|làm|giữ(?: chức)?(?: vụ)?)\s+|\bthời còn (?:là |làm )?)\Z"
)
"""Before an office held then: `khi đó là`, `Khi đó ông A là`; but not `Trong khi đó,`, which means meanwhile."""
_OF_THEN = re.compile(
    rf"(?i)(?<!\s)\s*+(?:(?:[,(\-–—]\s*+)?{_MOMENT}|trước khi (?:bị|nghỉ|về hưu|qua đời|mất|từ chức|chuyển|được))\b"
)
"""Behind it: `Chủ tịch UBND tỉnh vào thời điểm đó`, `Giám đốc Sở trước khi bị bắt`."""
_PERIOD = re.compile(
    r"(?i)\s*[,(]?\s*(?:(?:từ|trong|giai đoạn|thời kỳ|nhiệm kỳ|khóa|(?<=\())\s*)(?:(?:các|tháng|năm|ngày)\s+){0,2}"
    r"[\d/.]{1,10}\s*(?:đến|tới|[-–—])\s*(?:(?:hết|tháng|năm|ngày)\s+){0,2}"
    r"(?:(?:\d\d?[/.])?(?P<month>\d\d?)[/.])?(?P<year>(?:19|20)\d\d)\b"
)
"""Behind an office: from when to when it was held, `từ 3/2015 đến 3/2016`, `nhiệm kỳ 2010 - 2015`, `(2010–2014)`."""
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?i)(?<!sinh )\b(?:năm |tháng \d\d?\s?[/.\-–]\s?)(1[89]\d\d|20\d\d)\b")
_BEFORE_WAS = re.compile(r"(?i)\b(?:khi|lúc|hồi|thời)\s+(?:(?:ông|bà|anh|chị|đồng chí|ngài)\s+)?\Z")
_STILL_WAS = re.compile(r"(?i)\s+(?:vẫn |hãy )?còn\s+(?:đang\s+)?(?:làm|là|giữ|(?:đương|tại) chức|tại vị|công tác|ở)\b")
_BY_NOW = re.compile(r"(?i)\b(?:nay|hiện|giờ)\b|[.;\n]")
"""Around a name and behind it: `Khi ông A còn làm lãnh đạo …` tells of what A was, unless `nay` or a stop follows."""
_TERM = re.compile(
    r"(?i),?\s*(?:các\s+)?kh(?:óa|oá)\s+(?:thứ\s+)?(?P<terms>(?:[IVX]+|\d\d?)(?:(?:[\s,;–-]|và)+(?:[IVX]+|\d\d?)\b)*+)\b"
)
"""Behind an office: the terms in which it was held, `khóa XI, XII`."""
_SEATED = re.compile(
    r"(?i)(?P<assembly>đại biểu (?:quốc hội|qh)|đbqh)\Z|ủy viên bộ chính trị\Z"
    r"|ủy viên (?:dự khuyết )?(?:ban chấp hành |bch )?(?:trung ương|t\.?ư|tw)(?: đảng)?\Z"
)
_ROMAN = {roman(number): number for number in range(1, MOST + 1)}
_ASSEMBLY_ENDS = {6: 1981, 7: 1987, 8: 1992, 9: 1997, 10: 2002, 11: 2007, 12: 2011}
"""Years in which terms of the National Assembly ended; every five years since."""
_LONG_AGO = 20
"""Years after which an office that a sentence dates by its year is held no more."""
_HISTORY = re.compile(r"(?i)(?:sinh|kỷ niệm|truyền thống|thành lập|nghị định|quyết định số)\W+(?:\w+\W+){0,12}\Z")
"""What is told of by its day, before the day: it is not the sentence that is old."""
_BESIDE = 40
"""Characters behind an office in which a year is still that of the office."""
_THEN_LONG = 120
"""Characters before an office in which `khi đó ông A là` stands."""
_LONGEST = 420
_WORD = 40
_POLITE = r"(?:(?:ông|bà|anh|chị|đồng chí|đ/c|ngài|tiến sĩ|thạc sĩ|bác sĩ|luật sư|gs|pgs|ts|ths|bs|ls)\b\.?[ \-–.]*)"
_RANKED = r"(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý)\b,? *)"
_MODES = r"(?:(?:quyền|nguyên|cựu|cố|tân|phụ trách)\s+)*"
_BEFORE_NAME = re.compile(rf"(?i)[\s\-–—:]*(?:là|do)?\s*(?:{_POLITE}|{_RANKED})*\Z")
"""What may stand between an office and the name behind it."""
_BEHIND_NAME = re.compile(
    r"(?i)\s*[,(\-–—:]?\s*(?:(?:hiện|hiện nay|hiện đang|đang|vẫn|nay|vừa|đã|mới|tiếp tục|đắc cử|trúng cử)\s+)*"
    r"(?:là|làm|giữ(?: chức(?: vụ| danh)?)?|(?:được|đã được|vừa được|nhận)[^.;:\n]{0,70}|nhậm chức|đắc cử|tuyên thệ)?"
    rf"\s*(?:{_POLITE}|{_RANKED})*[,\-–—(]?\s*{_MODES}\Z"
)
"""What may stand between a name and the office behind it."""
_JOIN = re.compile(
    rf"(?i)[\s,;\-–—(]*(?:kiêm(?: nhiệm)?|và|đồng thời(?: là)?|(?:hiện |nay )?là|"
    rf"(?:tiếp tục |được |để |tiếp tục được )?(?:giữ(?: chức(?: vụ| danh)?)?|làm|nhận chức))?[\s,;\-–—]*{_MODES}\Z"
)
"""What joins two offices of one person."""
_FAR = 300
_ANOTHERS = re.compile(
    r"(?i)\b(?:trợ lý|phụ tá|(?<!chính )phủ"
    r"|(?:ứng (?:cử )?viên|đề cử(?: viên)?)(?: (?:cho|vào))?(?: (?:vị trí|chức vụ|chức|ghế))?)\s+\Z"
)
"""Before an office that is another one's, or nobody's: `trợ lý nghị sĩ`, `ứng cử viên cho vị trí`, `Phủ Chủ tịch`."""
_KIN = re.compile(
    r"(?i)\b(?:trợ lý|phụ tá|vợ|chồng|phu nhân|cấp phó|người tiền nhiệm|con (?:trai|gái|rể))(?: của)?\s+\Z"
)
"""The same behind a name: `bà A, vợ Chủ tịch huyện`; but `vợ Chủ tịch huyện B` names the chairman."""
_NOMINATED = re.compile(r"(?i)\s*,?\s*(?:người )?(?:mà|do|được)\s[^.;:,\n]{0,30}?\b(?:tiến cử|đề cử)\b")
"""Behind the office or name of one who is put forward for it: `mà Tổng thống tiến cử`."""
_TOOK = re.compile(
    r"(?i)\b(1[89]\d\d|20\d\d)\b[^.;:\n]{0,80}\b(?:giữ(?: chức)?|làm|đảm (?:nhiệm|nhận)(?: chức)?"
    r"|(?:bổ nhiệm|điều động|phân công|bầu|cử)(?: làm| giữ)?(?: chức)?)(?: vụ| danh)?\s+\Z"
)
"""Before an office that was taken over in a year: `Từ tháng 2/2009, bà A được điều chuyển giữ chức vụ`."""
_TILL_NOW = re.compile(r"(?i)\bnay\b")
_YEARS_AGO = 5
"""Years after which nobody knows by that alone whether it is held still, unless the sentence says `đến nay`."""
_AGO = 300
"""Characters before a foreigner's office in which the last year said is that of which the text tells."""
_PAST_YEAR = re.compile(r"(?<![\d./])(1[5-9]\d\d|20\d\d)(?!\d)")
_UNSURE = (Frame.DOUBTFUL, Frame.INFERRED)
"""Frames of offices that no sentence gives to the official outright."""
_EARLIER, _LATER = 45, 7
"""Days around an article's own day in which a day said in a sentence is taken for the day of what it tells."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence: code-point offsets into `Article.text`, end exclusive, and the day it is evidence for."""

    start: int
    end: int
    text: str
    day: date | None
    said: bool
    """Whether the sentence says the day; else it is the article's own day."""
    past: bool
    """Whether the office is told of as past: marked as former, or `vào thời điểm đó`, `khi đó` beside it."""
    plain: bool
    """Whether nothing but the grammar of a title stands between the office and the name."""


_SIGNED = re.compile(r"(?i)\bký(?: (?:ban hành|duyệt|cấp|xác nhận|phê duyệt|vào))*(?: ngày)?\s*\Z")
"""Behind an official, before the day of the deed: `giấy phép do Phó Giám đốc A ký ngày 25/4/2011`."""


def _term_ends(office: str, behind: str) -> int:
    """The year in which the last term ended that is said behind a seat in the National Assembly or the Party's Central
    Committee; a year to come where none is said."""
    match = _TERM.match(behind)
    body = _SEATED.search(office) if match else None
    if match is None or body is None:
        return MAXYEAR
    said = re.findall(r"[IVX]+|\d+", match["terms"].upper())
    term = max(
        (_ROMAN.get(number) or int(number) for number in said if number in _ROMAN or number.isdigit()), default=0
    )
    if body["assembly"]:
        return _ASSEMBLY_ENDS.get(term) or _since(term, 13, 2016)
    return _since(term, 6, 1991)


def _since(term: int, first: int, ended: int) -> int:
    """The year in which a term of five years ended, of which the first known ended in a year."""
    return ended + 5 * (term - first) if term >= first else MAXYEAR


class Sentences:
    """The sentences of one article's text."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._day = article.day

    def evidence(self, official: FoundOfficial, position: Position) -> Evidence:
        """The sentence that names the office, or the official where the office is inferred."""
        at, end = position.start, position.end
        if at < 0:
            at, end = official.mentions[0].start, official.mentions[0].end
        named = min(official.mentions, key=lambda mention: abs(mention.start - at))
        if abs(named.start - at) > _LONGEST:
            named = Mention(at, end, "")
        first, last = min(at, named.start), max(end, named.end)
        bounds = self._bounds(first, last)
        start = max((bound for bound in bounds if bound <= first), default=max(0, first - _LONGEST))
        stop = min((bound for bound in bounds if bound >= last), default=min(len(self._text), last + _LONGEST))
        start, stop = self._cut(start, start + len(self._text[start:stop].rstrip()), first, last)
        said = self._day_said(start, stop, at)
        past = position.former or position.frame is Frame.PAST or self._tells_of_the_past(start, stop, at, end, said)
        past = past or self._was_then(official, start, at)
        plain = position.start >= 0 and position.frame not in _UNSURE and self._plain(official, position)
        plain = plain and not self._of_another(official, position) and not self._taken_long_ago(start, stop, at)
        plain = plain and (past or not official.foreign or not self._of_history(at))
        return Evidence(start, stop, self._text[start:stop], said or self._day, said is not None, past, plain)

    def _was_then(self, official: FoundOfficial, start: int, at: int) -> bool:
        """Whether the sentence tells of the time when the official was still something: `Khi ông A còn làm`."""
        return any(
            _BEFORE_WAS.search(self._text[max(0, mention.start - _WORD) : mention.start])
            and _STILL_WAS.match(self._text, mention.end, at)
            and not _BY_NOW.search(self._text, mention.end, at)
            for mention in official.mentions
            if start <= mention.start < mention.end <= at
        )

    def _of_another(self, official: FoundOfficial, position: Position) -> bool:
        """Whether the office is that of somebody whom the official assists, or that he or she may come to hold."""
        before = self._text[max(0, position.start - _WORD) : position.start]
        ends = [mention.end for mention in official.mentions if 0 <= mention.start - position.end <= _WORD]
        nominated = any(_NOMINATED.match(self._text, end) for end in (position.end, *ends))
        return nominated or bool(_ANOTHERS.search(before)) or (not ends and bool(_KIN.search(before)))

    def _taken_long_ago(self, start: int, stop: int, at: int) -> bool:
        """Whether the sentence tells only that the office was taken over years ago."""
        took = _TOOK.search(self._text[start:at])
        old = took is not None and self._day is not None and int(took[1]) <= self._day.year - _YEARS_AGO
        return old and not _TILL_NOW.search(self._text, start, stop)

    def _of_history(self, at: int) -> bool:
        """Whether the last year that the text names before an offset is one of decades ago."""
        if self._day is None:
            return False
        last = next(reversed(list(_PAST_YEAR.finditer(self._text, max(0, at - _AGO), at))), None)
        return last is not None and int(last[1]) <= self._day.year - _LONG_AGO

    def _plain(self, official: FoundOfficial, position: Position) -> bool:
        """Whether some mention of the name stands beside the office, other offices of the same person between them."""
        others = [
            (other.start, other.end) for other in official.positions if other.start >= 0 and other is not position
        ]
        return any(self._is_joined(mention, position, others) for mention in official.mentions)

    def _is_joined(self, mention: Mention, position: Position, others: Sequence[tuple[int, int]]) -> bool:
        """Whether one mention and the office are joined by nothing but words of titles."""
        if mention.start >= position.end:
            first, last, between = position.end, mention.start, _BEFORE_NAME
        elif mention.end <= position.start:
            first, last, between = mention.end, position.start, _BEHIND_NAME
        else:
            return False
        if last - first > _FAR:
            return False
        gap, at = [], first
        for start, end in sorted(span for span in others if first <= span[0] and span[1] <= last):
            gap.append(self._text[at:start])
            at = max(at, end)
        gap.append(self._text[at:last])
        ends = (gap[-1], gap[:-1]) if between is _BEFORE_NAME else (gap[0], gap[1:])
        return bool(between.match(ends[0])) and all(_JOIN.match(words) for words in ends[1])

    def _bounds(self, first: int, last: int) -> list[int]:
        """Where sentences begin around a stretch, and where the text begins and ends if that is near."""
        low, high = max(0, first - 2 * _LONGEST), min(len(self._text), last + 2 * _LONGEST)
        found = [low] if low == 0 else []
        found += [match.end() for match in _END.finditer(self._text, low, high) if self._ends(match)]
        return [*found, high] if high == len(self._text) else found

    def _ends(self, match: re.Match[str]) -> bool:
        """Whether a stop ends a sentence: that of `TP.` or `T.Ư.` does not."""
        return match[0].isspace() or not NO_END.search(self._text[max(0, match.start() - 6) : match.start() + 1])

    def _cut(self, start: int, stop: int, needed: int, needed_end: int) -> tuple[int, int]:
        """A window of at most `_LONGEST` characters around what is needed, cut between words."""
        if stop - start <= _LONGEST:
            return start, stop
        before = max(start, min(needed - 120, stop - _LONGEST))
        after = min(stop, max(before + _LONGEST, min(needed_end + 20, before + 2 * _LONGEST)))
        if before > start:
            before = self._text.find(" ", before, before + _WORD) + 1 or before
        if after < stop:
            space = self._text.rfind(" ", after - _WORD, after)
            after = space if space > needed_end else after
        return before, after

    def _tells_of_the_past(self, start: int, stop: int, at: int, end: int, said: date | None) -> bool:
        """`vào thời điểm đó` beside the office, or a day or year decades before the article."""
        if _OF_THEN.match(self._text, end, stop) or _THEN_IS.search(self._text[max(start, at - _THEN_LONG) : at]):
            return True
        if self._day is None:
            return False
        if self._day.year > _term_ends(self._text[at:end], self._text[end:stop]):
            return True
        if held := _PERIOD.match(self._text, end, stop):
            return (int(held["year"]), int(held["month"] or 12)) < (self._day.year, self._day.month)
        years = [int(year[1]) for year in _YEAR.finditer(self._text, start, min(stop, end + _BESIDE))]
        return min([*years, said.year if said else self._day.year]) <= self._day.year - _LONG_AGO

    def _day_said(self, start: int, stop: int, at: int) -> date | None:
        """The day that the sentence says for the office at `at`: near the article's own, or the last before it."""
        own = self._day
        sentence = self._text[start:stop]
        if not _DIGIT.search(sentence):
            return None
        long_ago = None
        for said in dates(sentence, own):
            if own and said.day < own and start + said.start > at and _SIGNED.search(sentence[: said.start]):
                return said.day
            if own is None or -_EARLIER <= (said.day - own).days <= _LATER:
                return said.day
            if said.day < own and start + said.end <= at and not _HISTORY.search(sentence[: said.start]):
                long_ago = said.day
        return long_ago

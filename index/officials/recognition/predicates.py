"""What the words between a name and a title say: that the title is held, that it was, or that it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.officials.recognition.found_officials import Frame
from index.officials.recognition.lexicon import WORDS


@dataclass(frozen=True, slots=True)
class Predicate:
    """That somebody holds a title, how plainly it is said, and whether it is over."""

    frame: Frame
    former: bool = False
    late: bool = False
    retired: bool = False
    """Not one office is over, but all of them."""


BESIDE = Predicate(Frame.BESIDE)
GIVEN = Predicate(Frame.GIVEN)
HOLDS = Predicate(Frame.GIVEN)
"""By a verb that tells a state, no change: `là`, `làm`."""
DOUBTFUL = Predicate(Frame.DOUBTFUL)
OVER = Predicate(Frame.PAST, former=True)


def _any(*lists: str) -> re.Pattern[str]:
    """One of the phrases of these lists, as whole words."""
    phrases = sorted({phrase for name in lists for phrase in WORDS[name]}, key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, phrases))})(?!\S)")


_GIVES = re.compile(rf"(?:^|.* )(?:{'|'.join(sorted(WORDS['copulas'], key=len, reverse=True))})(?: :)?")
_ENDS = re.compile(rf"(?:^|.* )(?:{'|'.join(sorted(WORDS['endings'], key=len, reverse=True))})")
_IS = re.compile(
    r"(?:(?:hiện|hiện nay|đang|cũng|vốn|nguyên|từng|đã từng|trước đây|vẫn|chính) )*(?:là(?: một trong(?: \w+)?)?|làm)"
)
_LAST = frozenset(phrase.split()[-1] for name in ("copulas", "endings") for phrase in WORDS[name]) | {":", ""}
"""Last words of what gives or ends a title."""
_UNHELD = _any("unheld")
_ENDED = _any("endings")
_BACK = _any("retrospect")
_ANEW = re.compile(r"(?<!\S)(?:được|vừa|hiện|nay|đang|tái)(?!\S)")
_DEED = re.compile(r"(?:.* )?(?:bầu|bổ nhiệm|cất nhắc lên|đề bạt|chỉ định)(?: chức(?: vụ| danh)?)?(?: :)?")
"""Verbs that give a title to their object: `bầu`, `bổ nhiệm chức vụ`."""
_DISMISSES = re.compile(
    r"(?<!\S)(?:cho thôi|miễn nhiệm|bãi nhiệm|bãi miễn|cách(?: các| hết)? chức|tước chức|giáng chức|buộc thôi)(?!\S)"
)
"""Verbs that end the title of their object."""
_HANDED = re.compile(r"(?<!nhận )(?<!\S)bàn giao (?:lại )?(?:chức|nhiệm vụ|công việc)")
"""`A bàn giao chức Giám đốc Sở cho B`: it was A's till then."""
_ANOTHER = re.compile(
    r"(?<=\w )(?<!\blà )(?<!\bmột )người (?:mà |do )?(?:ông|bà|họ|mình|được|vừa được|sẽ|đã được)(?!\S)"
)
"""`khen ngợi người được ông chọn làm`: the title is whose the sentence speaks of, not its subject's."""
_PASSIVE = frozenset(("bị", "được", "xin", "đối", "với", "để"))
"""Words that make the name before such a verb its object."""
_LEAVES = re.compile(
    r"(?:[,)] )?(?:, )?(?:(?:đã|vừa|mới|được|chính thức|bất ngờ|đột ngột) )*(?:"
    r"(?P<late>qua đời|từ trần|tạ thế|trút hơi thở|hy sinh|mất (?:ngày|lúc|tại|năm|sáng|hôm|vào|vì|do))"
    r"|dưới thời|bị (?:lật đổ|phế truất|truất phế|(?:bãi nhiệm|cách chức)(?= [.,;)]))"
    r"|(?P<retired>nghỉ hưu|về hưu|nghỉ chế độ)|từ chức|thôi việc)(?!\S)"
)


def predicate(gap: str, *, undergone: bool = False) -> Predicate | None:
    """What a verb between a name and a title says of the title; None when it does not give it to the name.

    `gap`: the lowered words between them, parted by blanks. `undergone`: the name is the object, `đối với ông A`.
    """
    if gap[gap.rfind(" ") + 1 :] not in _LAST:
        return None  # told at once of most gaps
    gap = gap.replace("đồng thời", "kiêm")
    ends = _ENDS.fullmatch(gap) is not None
    if not (ends or _GIVES.fullmatch(gap)) or ";" in gap or _UNHELD.search(gap):
        return None
    if _ANOTHER.search(gap):
        return None
    words = gap.split()
    if _HANDED.search(gap):
        return OVER
    if _ENDED.search(gap):
        dismisses = _DISMISSES.search(gap)
        ends_another = dismisses is not None and not undergone and _PASSIVE.isdisjoint(gap[: dismisses.start()].split())
        return None if ends_another else OVER
    if not set(words).isdisjoint(("không", "chưa")) and "không chỉ" not in gap:
        return None
    if _BACK.search(gap) and not _ANEW.search(gap):
        return OVER
    if not WORDS["speaking"].isdisjoint(words) or (len(words) == 1 and words[0] == "chức"):
        return None
    if "được" not in words and "bị" not in words and _DEED.fullmatch(gap):
        return None
    return Predicate(Frame.GIVEN, former=not WORDS["past"].isdisjoint(words))


def gives_anew(gap: str) -> re.Match[str] | None:
    """Whether a verb tells that a title was given, or is held now: `được bầu làm`, `hiện là`."""
    return _ANEW.search(gap)


def is_held(gap: str) -> Predicate | None:
    """What `là` and the like between a pronoun or a name and a title say."""
    if not _IS.fullmatch(gap):
        return None
    return OVER if _BACK.search(gap) and not _ANEW.search(gap) else GIVEN if _ANEW.search(gap) else HOLDS


def looks_back(words: list[str]) -> Predicate | None:
    """What the words before a title, at the head of a sentence, say of it: `Khi còn làm …`, `Trên cương vị …`."""
    if words[:1] == ["từ"] and words[-2:] in (["vị", "trí"], ["cương", "vị"], ["chức", "vụ"], ["chiếc", "ghế"]):
        return OVER  # `Từ vị trí Giám đốc Sở, ông A chuyển sang làm …`
    said = " ".join(words)
    if not _GIVES.fullmatch(said):
        return None
    if "trước khi" in said or "từ khi" in said or "sau khi" in said:
        return GIVEN
    if _BACK.search(said):
        return OVER
    return GIVEN if words[-2:] in (["cương", "vị"], ["tư", "cách"], ["cách", "là"], ["vai", "trò"]) else None


def decided(words: list[str]) -> Predicate | None:
    """What `miễn nhiệm chức danh` or `bầu bổ sung chức vụ` before a title says of the one it is decided for."""
    said = " ".join(words)
    if _UNHELD.search(said):
        return None
    if _ENDED.search(said):
        return OVER
    return (
        GIVEN
        if re.search(r"(?<!\S)(?:bầu|bầu bổ sung|bổ nhiệm|phê chuẩn|giữ chức|chỉ định|bàn giao)(?!\S)", said)
        else None
    )


_DECIDED = re.compile(r"(?<!\S)(?:bầu|bầu bổ sung|bổ nhiệm|phê chuẩn|giữ chức|chỉ định|bàn giao)(?!\S)")


def dismissed(words: list[str]) -> bool:
    """The words before somebody or a title tell that its holder was put out of office: `ký quyết định cách chức`."""
    said = " ".join(words)
    return _DISMISSED.fullmatch(said) is not None and not _UNHELD.search(said) and _DOUBTED.isdisjoint(words)


_DISMISSED = re.compile(
    r"(?:.* )?(?:(?:miễn|bãi) nhiệm|bãi miễn|cách chức|cách (?:các|hết) chức vụ|(?:cho|buộc) thôi việc"
    r"|sa thải|phế truất|lật đổ)"
    r"(?: chức vụ| chức danh)?(?: đối)?(?: với)?"
)
_DOUBTED = frozenset(
    (
        *("sẽ", "chưa", "không", "xem", "đòi", "hoặc", "gọi", "bị", "được", "có", "yêu", "kêu", "nghị", "muốn", "nhằm"),
        *("mưu", "để", "dọa", "nguy", "nếu"),
    )
)
"""Words with which nothing is decided yet, or it is not of the one behind them."""


def proposes(words: list[str]) -> bool:
    """The words before a name only propose it for what follows: `đề nghị bổ nhiệm`, `đề cử`."""
    return _UNHELD.search(" ".join(words)) is not None


_CALLS = _any("naming")


def is_called(words: list[str]) -> bool:
    """The words before a name only call it what follows: `công nhận`, `gọi`, `coi`."""
    return _CALLS.search(" ".join(words)) is not None


def leaving(words: list[str]) -> Predicate | None:
    """What the words behind somebody with a title say, where they tell that he died or retired."""
    found = _LEAVES.match(" ".join(words))
    return Predicate(Frame.PAST, True, found["late"] is not None, found["retired"] is not None) if found else None

"""Where the titles in front of a name are cut: what stands with it, and what belongs to the phrase before it."""

from __future__ import annotations

from typing import TypeAlias

from index.officials.recognition.lexicon import WORDS
from index.officials.recognition.titles import PrintedTitle, Rank
from index.officials.recognition.token_text import TokenText

LONGEST_GAP = 26
"""Tokens between a name and the title that a verb gives it."""
REACH = 25
"""Tokens of a clause in front of a name."""

Title: TypeAlias = PrintedTitle | Rank


def gap_between(r: TokenText, a: int, b: int) -> str | None:
    """The lowered tokens a … b-1 in one string; None when they are many or a sentence ends among them."""
    if b - a > LONGEST_GAP:
        return None
    words = " ".join(r.lows[a:b])
    return None if "\n" in words or " . " in f" {words} " else words


def parts(r: TokenText, link: str | None, before: Title, after: Title) -> bool:
    """`Thủ tướng và Chủ tịch Quốc hội A`: the first title is somebody else's."""
    if link == "," and any(
        isinstance(title, PrintedTitle) and title.title.kind == "deputy" for title in (before, after)
    ):
        return True
    if link == "," and isinstance(before, PrintedTitle):
        if delegated(r, before.lead) or r.lows[before.lead - 1] in _OUSTED or _deputy_of(r, before, after):
            return True
        if before.plural and before.title.kind != "member" and not getattr(after, "plural", False):
            return True  # `Phát biểu với các nghị sĩ, Bộ trưởng A nói`
        if r.lows[before.title_end - 1] == "cấp" and _head(r, before) == "người đồng cấp":
            return True
        if isinstance(after, Rank):
            return governed(r, before.lead) and is_apex(r, before)
        if governed(r, before.lead) and _abroad(before) and not _abroad(after) and r.lows[after.lead - 1] == ",":
            return True  # `theo lời mời của Chủ tịch Thượng viện Chile, Chủ tịch Quốc hội A`
        return _rivals(r, before, after) or _incompatible(r, before, after)
    return link in ("và", ";", ", và") and isinstance(before, PrintedTitle)


def delegated(r: TokenText, k: int) -> bool:
    """What begins at token k is he for whom another acts: `Thay mặt Bộ trưởng, …`, `Thừa lệnh Giám đốc Sở, …`."""
    k -= k > 0 and r.lows[k - 1] in ("của", "cho")
    return tuple(r.lows[max(0, k - 2) : k]) in _MANDATES


_MANDATES = frozenset(
    (("thay", "mặt"), ("thừa", "lệnh"), ("ủy", "quyền"), ("ủy", "nhiệm"), ("đại", "diện"), ("phân", "công"))
)


_OUSTED = frozenset(("thải", "truất", "đổ"))
"""Last words of verbs whose object ends in front of a comma: `Sau khi sa thải Giám đốc FBI, Tổng thống A …`."""


def _deputy_of(r: TokenText, before: PrintedTitle, after: Title) -> bool:
    """`Bộ trưởng Bộ Y tế, Thứ trưởng A`: nobody is his own deputy, where no other body is named."""
    if isinstance(after, Rank) or (after.organisation and before.organisation) or before.former or after.former:
        return False
    head, next_head = _head(r, before), _head(r, after)
    return next_head == f"phó {head}" or (head, next_head) == ("bộ trưởng", "thứ trưởng")


def heads_list(r: TokenText, title: Title) -> bool:
    """`các đồng chí Ủy viên Trung ương Đảng: A, …; B, …`."""
    return isinstance(title, PrintedTitle) and title.plural and r.lows[title.last : title.last + 1] == [":"]


def _abroad(office: PrintedTitle) -> bool:
    """Of another country, as its name says."""
    return office.organisation.place is not None and office.organisation.place.foreign


def _rivals(r: TokenText, before: PrintedTitle, after: PrintedTitle) -> bool:
    """Two of the State's highest offices, at least one of them foreign, are two people's."""
    highest = before.title.kind == after.title.kind == "state" and r.lows[before.title_end - 1] != "thư"
    return highest and any(map(_abroad, (before, after)))


def _incompatible(r: TokenText, before: PrintedTitle, after: PrintedTitle) -> bool:
    """Nobody holds both: the first one ends a phrase in front of the sentence, `Thay mặt Thủ tướng, Bộ trưởng A`."""
    if after.former or before.former:
        return False
    head, next_head = _head(r, before), _head(r, after)
    body = r.lows[
        after.organisation.first : after.organisation.first + 1
    ]  # what follows the title, where there is none
    if is_apex(r, before):
        return not (
            after.title.kind in ("member", "deputy")
            or next_head.startswith(("trưởng ban", "phó trưởng ban", "trưởng đoàn", "tổng tư lệnh", "đại biểu"))
            or (next_head == "chủ tịch" and body == ["hội"])
            or (
                next_head == "chủ tịch"
                and "quốc gia" in " ".join(r.lows[after.organisation.first : after.organisation.last])
            )
            or (next_head == "bí thư" and body in (["quân"], ["đảng"], ["ban"], ["trung"]))
            or (head == "tổng bí thư" and next_head == "chủ tịch nước")
        )
    if not (before.organisation and after.organisation):
        return False
    if next_head == "chủ tịch" and _of_the_people(r, after) and head in WORDS["executives"] and head != "chủ tịch":
        return True  # `giao Giám đốc Sở Y tế, Chủ tịch UBND huyện A`
    if not governed(r, before.lead):
        return False
    if head == "bí thư" and next_head == "chủ tịch":
        return body in (["ubnd"], ["ủy"]) and "mặt" not in r.lows[after.organisation.first : after.organisation.last]
    return (
        head in WORDS["executives"]
        and next_head in WORDS["executives"]
        and not _society(r, before)
        and not _society(r, after)
    )


def _of_the_people(r: TokenText, office: PrintedTitle) -> bool:
    """Of a people's committee."""
    body = r.lows[office.organisation.first : office.organisation.last]
    return body[:1] == ["ubnd"] or body[:4] == ["ủy", "ban", "nhân", "dân"]


def _society(r: TokenText, office: PrintedTitle) -> bool:
    """A council or an association, which one leads beside another office."""
    return r.lows[office.organisation.first] in ("hội", "liên", "công", "ban", "đoàn")


def _head(r: TokenText, office: PrintedTitle) -> str:
    return " ".join(r.lows[office.first : office.title_end])


def is_apex(r: TokenText, office: PrintedTitle) -> bool:
    """One of Viet Nam's three highest offices, or a president's."""
    return _head(r, office) in WORDS["apexes"] and not _abroad(office)


def governed(r: TokenText, k: int) -> bool:
    """The word before token k makes what begins there another's complement: `báo cáo với`, `theo`."""
    return k > 0 and r.lows[k - 1] in WORDS["governors"]


def last_clause(words: list[str]) -> list[str]:
    """The words behind the last stop, comma or line break."""
    for k in range(len(words) - 1, -1, -1):
        if words[k] in (".", ",", "\n", ";", ":", '"', "“"):
            return words[k + 1 :]
    return words


def fronted(r: TokenText, k: int) -> bool:
    """The clause in front of token k has no subject: no other name, nor any word in capitals but its first."""
    words = last_clause(r.lows[max(0, k - REACH) : k])
    return len(words) < REACH and not any(token[0].isupper() for token in r.tokens[k - len(words) + 1 : k])

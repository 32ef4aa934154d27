"""What the rest of an article says of an office held: `Bí thư A … Bí thư Thành ủy TP.HCM nhấn mạnh`."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress
from operator import itemgetter

from index.officials.recognition.found_officials import Frame
from index.officials.recognition.lexicon import ORGANISATIONS
from index.officials.recognition.organisations import Organisation, organisation
from index.officials.recognition.people import NamedPerson
from index.officials.recognition.sequence import Element
from index.officials.recognition.titles import PrintedTitle
from index.officials.recognition.token_text import TokenText


def _single(r: TokenText, office: PrintedTitle) -> bool:
    """One person at a time holds it, more or less: no deputies, no plain officers."""
    return office.title.kind in ("state", "public", "weak", "member") and r.lows[office.first] not in ("đại", "đbqh")


def complete(r: TokenText, found: Sequence[Element], people: Sequence[NamedPerson]) -> None:
    """Add to each person the organisation that the article gives to his or her title elsewhere, if it gives one only.

    Nothing is added to a title that two people hold, nor to one of the State's highest (`Thủ tướng`), whose
    organisation is left out on purpose, but for foreign ones.
    """
    held: dict[str, list[tuple[NamedPerson, PrintedTitle]]] = defaultdict(list)
    given: set[int] = set()
    for known in people:
        for person in known.mentions:
            for office in person.offices:
                given.add(office.first)
                held[_title(r, office)].append((known, office))
    alone: dict[str, list[PrintedTitle]] = defaultdict(list)
    for printed in found:
        if (
            isinstance(printed, PrintedTitle)
            and printed.organisation
            and printed.first not in given
            and _single(r, printed)
        ):
            alone[_title(r, printed)].append(printed)
    for title, offices in alone.items():
        holders = held.get(title, [])
        if holders and all(known is holders[0][0] for known, _ in holders):
            _add(r, *max(holders, key=lambda holder: len(_words(r, holder[1]))), offices)


def _add(r: TokenText, known: NamedPerson, office: PrintedTitle, others: Sequence[PrintedTitle]) -> None:
    """The fullest of `others` that goes on with what `office` says, when the rest say no other."""
    fullest = max(others, key=lambda title: len(_words(r, title)))
    words = _words(r, fullest)
    if not all(_words(r, other) <= words for other in others) or not _words(r, office) < words:
        return
    abroad = bool(fullest.organisation.place and fullest.organisation.place.foreign)
    if not office.organisation and _elsewhere(known, office):
        return
    if fullest.former != office.former or (office.title.kind == "state" and not abroad) or abroad != known.foreign:
        return
    known.mentions[0].offices.append(replace(fullest, mode=office.mode, frame=Frame.INFERRED))


def _elsewhere(known: NamedPerson, office: PrintedTitle) -> bool:
    """`Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ A`: the title beside the bare one says where he serves."""
    offices = [title for mention in known.mentions for title in mention.offices]
    return any(0 <= title.first - office.title_end < 4 and title.organisation for title in offices)


def whole(r: TokenText, found: Sequence[Element], people: Sequence[NamedPerson]) -> None:
    """Complete bodies of which an office names the head word only: `Phó Chủ nhiệm Ủy ban`, `Phó Cục trưởng`.

    The article must speak of one body only that begins with the word; else the office stays as it is.
    """
    bodies: dict[tuple[str, ...], Organisation | None] = {}
    chiefs: Mapping[str, list[tuple[int, Organisation]]] | None = None
    other: Organisation | None = None
    for known in people:
        for person in known.mentions:
            for k, office in enumerate(person.offices):
                if not office.organisation and office.title.kind == "weak" and (subject := _subject(r, office, other)):
                    other = subject
                    person.offices[k] = replace(office, organisation=subject)
                    continue
                bare = not office.organisation and office.title.kind == "weak" and r.lows[office.first] == "phó"
                chiefs = _chiefs(r, found) if bare and chiefs is None else chiefs
                if bare and chiefs and (chief := _chief(r, office, chiefs)):
                    person.offices[k] = replace(office, organisation=chief, frame=Frame.INFERRED)
                    continue
                head = _bare_head(r, office)
                if head and head not in bodies:
                    bodies[head] = _only_body(r, head)
                if head and (body := bodies[head]):
                    person.offices[k] = replace(office, organisation=body)


def _bare_head(r: TokenText, office: PrintedTitle) -> tuple[str, ...]:
    """The head words that are all an office says of its body; empty when it says more, or nothing."""
    body = office.organisation
    words = tuple(r.lows[body.first : body.last])
    if not words:
        title = _title(r, office)
        return next((tuple(head.split()) for post, head in _BODY_OF if title.endswith(post)), ())
    return words if " ".join(words) in _HEADS else ()


_HEADS = frozenset(
    ("ủy ban", "sở", "cục", "tổng cục", "vụ", "chi cục", "ban", "hội đồng", "quân khu", "binh đoàn", "bộ chỉ huy")
)
"""Head words that many bodies share, alone no name of any."""
_BODY_OF = (("chi cục trưởng", "chi cục"), ("tổng cục trưởng", "tổng cục"), ("cục trưởng", "cục"), ("vụ trưởng", "vụ"))
"""Titles that say of what kind their body is; the longer ones first."""


_NEAR = 7
"""Tokens between a body and the title of its head: `Sở Y tế chỉ còn một giám đốc là …`."""
_HAS = frozenset(("có", "còn", "thêm", "nhiệm", "bầu", "gồm"))


def _chiefs(r: TokenText, found: Sequence[Element]) -> Mapping[str, list[tuple[int, Organisation]]]:
    """Title → where it ends in the text, with the public body of it, in order; held by somebody named or not."""
    chiefs: dict[str, list[tuple[int, Organisation]]] = defaultdict(list)
    for office in found:
        if isinstance(office, PrintedTitle) and office.organisation.kind == "public":
            chiefs[_title(r, office)].append((office.last, office.organisation))
    for ends in chiefs.values():
        ends.sort(key=itemgetter(0))
    return chiefs


def _chief(
    r: TokenText, office: PrintedTitle, chiefs: Mapping[str, Sequence[tuple[int, Organisation]]]
) -> Organisation | None:
    """The body of the chief named in the same sentence: `Giám đốc Sở Y tế A và Phó Giám đốc B`."""
    ends = chiefs.get(_title(r, office).removeprefix("phó "), ())
    k = bisect_right(ends, office.lead, key=itemgetter(0))
    last, body = ends[k - 1] if k else (-_SENTENCE, None)
    return body if office.lead - last < _SENTENCE and "." not in r.lows[last : office.lead] else None


_SENTENCE = 30
"""Tokens in which a chief and a deputy stand together."""


def _subject(r: TokenText, office: PrintedTitle, other: Organisation | None) -> Organisation | None:
    """The body that has, elects or dismisses the holder of a title without one, right before it in the sentence.

    `other`: the body of the title that was completed last, which goes on in `và một phó giám đốc là …`.
    """
    if other and r.lows[office.lead - 2 : office.lead] == ["và", "một"] and 0 < office.lead - other.last < 30:
        return other
    if r.lows[office.title_end : office.title_end + 2] == ["phụ", "trách"] and _title(r, office).endswith("giám đốc"):
        return _only_body(r, ("sở",))
    for gap in range(1, _NEAR + 1):
        k = office.lead - gap
        if k < 0 or not r.lows[k][0].isalpha():
            return None
        if not r.tokens[k][0].isupper() or (k + 1 < len(r) and r.tokens[k + 1][0].isupper() and gap > 1):
            continue
        if _HAS.isdisjoint(r.lows[k + 1 : office.lead]):
            return None
        for first in range(k, max(-1, k - 12), -1):
            if r.tokens[first][0].isupper() and ORGANISATIONS.match(r.lows, first):
                body = organisation(r, first, fielded=False)
                if body.kind == "public" and body.last == k + 1:
                    return body
        return None
    return None


def _only_body(r: TokenText, head: tuple[str, ...]) -> Organisation | None:
    """The fullest name of the one body in the text that begins with the words; None when there are several."""
    found: dict[frozenset[str], Organisation] = {}
    for k in compress(range(len(r)), map(head[0].__eq__, r.lows)):
        if not r.tokens[k][0].isupper() or tuple(r.lows[k : k + len(head)]) != head:
            continue
        if head == ("cục",) and k and r.lows[k - 1] in ("tổng", "chi"):
            continue
        body = organisation(r, k, fielded=False)
        if body.last > k + len(head) and body.kind == "public":
            found.setdefault(frozenset(r.words(body.first, body.last)), body)
    if not found:
        return None
    fullest = max(found, key=len)
    return found[fullest] if all(words <= fullest for words in found) else None


def _title(r: TokenText, office: PrintedTitle) -> str:
    return " ".join(r.lows[office.first : office.title_end])


def _words(r: TokenText, office: PrintedTitle) -> set[str]:
    return r.words(office.organisation.first, office.organisation.last)

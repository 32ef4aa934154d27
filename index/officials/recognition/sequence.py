"""People, titles and ranks in the order in which the text names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import compress
from typing import TypeAlias

from index.officials.recognition.lexicon import ANCHORS, NAMED, PLACES, TITLED, TITLES_GO_ON, WORDS, surname
from index.officials.recognition.names import (
    NEVER_NAMES,
    capital,
    foreign_end,
    honours_end,
    lunar_year,
    person_end,
    plain_end,
    shouted,
    vietnamese,
)
from index.officials.recognition.organisation_places import level_words
from index.officials.recognition.titles import PrintedTitle, Rank, office_at, rank_at
from index.officials.recognition.token_text import TokenText


@dataclass(slots=True, eq=False)
class NameInText:
    """A name in the text: tokens first … last-1, and the titles that the grammar gives it."""

    lead: int
    """Where its honorifics begin."""
    first: int
    last: int
    honoured: bool = False
    titled: bool = False
    """A title or a rank stands right before it."""
    foreign: bool = False
    short: bool = False
    """A given name (`ông Dũng`), or a surname of a foreigner: whose, the article tells elsewhere."""
    pronoun: bool = False
    """`ông`, `đồng chí` without a name: first == last."""
    offices: list[PrintedTitle] = field(default_factory=list)
    rank: Rank | None = None

    @property
    def begin(self) -> int:
        """Where its noun phrase begins: with the titles given in front of it, else with its honorifics."""
        begin = self.lead
        if self.rank and self.rank.first < begin:
            begin = self.rank.first
        for office in self.offices:
            if office.lead < begin and office.first < self.first:
                begin = office.lead
        return begin


Element: TypeAlias = NameInText | PrintedTitle | Rank


def elements(r: TokenText) -> list[Element]:
    """Every title, rank, name and pronoun, in the order of the text."""
    known, lows = ANCHORS, r.lows
    found: list[Element] = []
    done = 0
    anchors: Iterable[int] = compress(range(len(r)), map(known.__contains__, lows))
    if r.highland:
        anchors = merge(anchors, r.highland)
    for i in anchors:
        kinds = known.get(lows[i], NAMED)
        if i < done or (kinds == NAMED and not r.tokens[i][0].isupper()):
            continue
        if kinds == TITLED and (seconds := TITLES_GO_ON[lows[i]]) and seconds.isdisjoint(lows[i + 1 : i + 2]):
            continue  # told at once of most
        named: PrintedTitle | Rank | None = (office_at(r, i) or rank_at(r, i)) if kinds & TITLED else None
        person = None
        if named:
            person = None if _is_seat(r, named, found) else _behind(r, named)
            if isinstance(named, PrintedTitle) and (stranger := _in_front(r, named.lead, done)):
                found.append(stranger)
            found.append(named)
            done = named.last
        elif kinds != TITLED:
            person = _alone(r, i)
        if person:
            found.append(person)
            done = max(person.last, i + 1)
    return found


def _is_seat(r: TokenText, named: PrintedTitle | Rank, found: Sequence[Element]) -> bool:
    """`ông A (trưởng làng Mường Sa, thị trấn …)`: what stands behind the title is the place that a named man heads."""
    before = found[-1] if found else None
    if (
        not isinstance(named, PrintedTitle)
        or not isinstance(before, NameInText)
        or r.lows[named.first] not in WORDS["village"]
    ):
        return False
    if named.lead - before.last > _BESIDE_NAME or r.lows[named.lead - 1] not in (",", "(", "-", "–"):
        return False
    k = named.last
    while k < len(r) and capital(r.tokens[k]):
        k += 1
    return k > named.last and r.tokens[k : k + 1] in ([","], ["-"], ["("]) and level_words(r, k + 1) > 0


_BESIDE_NAME = 6
"""Tokens between a name and the title in apposition to it: `, 75 tuổi,`."""


def _in_front(r: TokenText, lead: int, done: int) -> NameInText | None:
    """A foreign name without honorifics in front of a title: `Lu Kang - người phát ngôn Bộ Ngoại giao`."""
    last = lead - 1
    if r.lows[last] == "một":
        last -= 1  # `Lu Kang, một người phát ngôn`
    if last - 1 < done or r.tokens[last] not in (",", "-", "–", "(", "là"):
        return None
    first = last
    while (
        first > done and last - first < 5 and (capital(r.tokens[first - 1]) or r.lows[first - 1] in WORDS["particles"])
    ):
        first -= 1
    while first < last and (r.lows[first] in WORDS["starters"] or r.lows[first] in WORDS["particles"]):
        first += 1
    if r.lows[last] == "là" and not _begins_clause(r, first):
        return None
    if last - first < 2 or foreign_end(r, first) != last or all(vietnamese(low) for low in r.lows[first:last]):
        return None
    return NameInText(first, first, last, foreign=True)


def _begins_clause(r: TokenText, k: int) -> bool:
    """Nothing, or a noun only, stands between a mark and the subject at k: `Ứng viên trẻ tuổi Carlos Velden là`."""
    for i in range(k - 1, max(-1, k - _NOUN), -1):
        if not r.tokens[i][0].isalpha():
            return r.lows[i] in (".", "\n", ",", '"', "“")
        if any(r.lows[i] in WORDS[name] for name in ("speaking", "predicates", "verbs", "copulas", "naming")):
            return False
    return k < _NOUN


_NOUN = 6
"""Tokens in front of a subject in which a noun before it stands, with the mark."""


def _ruled_place(r: TokenText, named: PrintedTitle | Rank | None, first: int, last: int) -> bool:
    """`Thống đốc Nam Kỳ`: two syllables without a surname behind a title that needs a place are the place's.

    Unless the article has them with an honorific: `ông Nam Kỳ`.
    """
    if not isinstance(named, PrintedTitle) or named.organisation or named.title.kind == "state" or last - first != 2:
        return False
    if surname(r.lows[first]) in ("common", "minority"):
        return False
    rules = r.lows[named.title_end - 2 : named.title_end] in _RULERS
    return rules and not _said_before(r, first, last, WORDS["honorifics"])


_RULERS = (["bí", "thư"], ["thống", "đốc"], ["thị", "trưởng"], ["thủ", "hiến"], ["tổng", "đốc"])
"""Last words of titles that go with a place, where one of the highest does not."""


def _thing(r: TokenText, first: int, last: int) -> bool:
    """What only looks like a foreign name is a place or a body, as the article tells: `tại Velden`, `nhóm Hamra`."""
    if any("&" in token for token in r.tokens[first:last]):
        return True
    ours = last - first == 2 and all(vietnamese(low) for low in r.lows[first:last])
    return last - first < 3 and not ours and _said_before(r, first, last, WORDS["before_things"])


def _said_before(r: TokenText, first: int, last: int, words: frozenset[str]) -> bool:
    """One of the words, with a blank, stands elsewhere before the tokens first … last-1, and no capital behind them."""
    form = r.text[r.starts[first] : r.ends[last - 1]]
    low, high = r.around(first)
    at = r.text.find(form, low, high)
    while at >= 0:
        end = at + len(form)
        before = r.text[max(0, at - 16) : at].lower().split()
        alone = not (r.text[end : end + 1].isalnum() or r.text[end + 1 : end + 2].isupper())
        if alone and at != r.starts[first] and r.text[at - 1 : at] == " " and before and before[-1] in words:
            return True
        at = r.text.find(form, end, high)
    return False


def _without_area(r: TokenText, first: int, last: int) -> int:
    """Where the name begins in `Velden Ahmed Bilal`, when the article has the first word as a place's or a body's."""
    words = WORDS["before_things"]
    if len(r.tokens[first]) >= _LETTERS and r.tokens[first].isalpha() and shouted(r.tokens[first]):
        initial = r.tokens[first + 1] if first + 1 < last else ""
        if initial[-1:] == "." and last - first > 2:
            return first + 1  # the bank's letters, not his: `Thống đốc RBI R. Velden`
    if last - first > 2 and r.lows[first] in WORDS["glued"] and not vietnamese(r.lows[first + 1]):
        return first + 1
    glued = last - first > 2 and r.tokens[first + 1][0].isupper() and not vietnamese(r.lows[first])
    return first + 1 if glued and _said_before(r, first, first + 1, words) else first


_LETTERS = 3
"""Letters, at least, of a body's abbreviation: two may be somebody's initials."""


def _behind(r: TokenText, named: PrintedTitle | Rank) -> NameInText | None:
    """The name right behind a title or a rank, or behind honorifics there."""
    k = _term_end(r, named.last)
    if isinstance(named, PrintedTitle) and named.plural and r.lows[k : k + 1] == [":"]:
        return _first_of_list(r, k + 1)
    first = honours_end(r, k)
    if first < len(r) and r.lows[first] == "," and r.close(first):
        return _after_comma(r, named, first + 1) if first == k else None
    found = _name(r, first, named)
    if found is None:
        return None
    last, foreign, short = found
    if short and first == k and r.tokens[k - 1] == ")":
        return None  # a sentence that begins without a stop
    if foreign and first == k:
        first = _without_area(r, first, last)
    return NameInText(named.last, first, last, first > k, True, foreign, short)


def _first_of_list(r: TokenText, k: int) -> NameInText | None:
    """`các đồng chí Ủy viên Trung ương Đảng: Thuần Mẫu, Tổng Biên tập …`: a name without a surname heads a list."""
    last = plain_end(r, k) if k < len(r) and person_end(r, k) == k else k
    return NameInText(k, k, last) if 2 <= last - k <= 3 and r.lows[last : last + 1] == [","] else None


def _term_end(r: TokenText, k: int) -> int:
    """Past words that tell the holder's term: `Thủ tướng đương nhiệm A`."""
    for length in (3, 2, 1):
        if " ".join(r.lows[k : k + length]) in WORDS["terms"]:
            return k + length
    return k


def _after_comma(r: TokenText, named: PrintedTitle | Rank, first: int) -> NameInText | None:
    """`Chủ tịch Quốc hội Lào, Pany Yathotou, …`: a foreign name between commas."""
    if isinstance(named, Rank) or first >= len(r) or not (named.organisation.place or named.title.kind == "state"):
        return None
    lead, first = first, honours_end(r, first)
    if first >= len(r) or not capital(r.tokens[first]) or surname(r.lows[first]) == "common":
        return None
    last = foreign_end(r, first)
    if last - first < 2 or all(vietnamese(low) for low in r.lows[first:last]):
        return None
    return NameInText(lead, first, last, first > lead, True, True)


def _name(r: TokenText, first: int, named: PrintedTitle | Rank | None) -> tuple[int, bool, bool] | None:
    """End of the name at `first`, whether it is foreign, and whether it is a short form."""
    if first >= len(r) or not capital(r.tokens[first]) or lunar_year(r, first, first + 2):
        return None
    last = person_end(r, first, titled=True)
    if (place := PLACES.match(r.lows, first)) and place[1].level == "country" and first + place[0] >= last:
        return None  # `Luật sư Hoa Kỳ`
    if last > first and _ruled_place(r, named, first, last):
        return None
    if last > first and not (last - first == 2 and _part_of_organisation(r, first, named)):
        return last, surname(r.lows[first]) == "sinitic", False
    if PLACES.match(r.lows, first):
        return None
    needing = (
        isinstance(named, PrintedTitle)
        and not named.title.shared
        and named.title.kind in ("state", "public", "deputy", "legislator")
    )
    if needing and (last := plain_end(r, first)) > first and not _ruled_place(r, named, first, last):
        return (
            last,
            isinstance(named, PrintedTitle) and bool(named.organisation.place and named.organisation.place.foreign),
            False,
        )
    if named is None and (last := plain_end(r, first)) - first > 2:
        return last, False, False  # `ông Trình Văn Nhã`, whatever the surname
    last = foreign_end(r, first)
    if last == first or r.lows[last : last + 1] in (["online"], ["news"], ["plus"]) or _thing(r, first, last):
        return None
    if last - first == 2 and surname(r.lows[first]) == "common" and len(r.tokens[last - 1]) == 1:
        return last, False, False  # `Phạm S`
    if not all(vietnamese(low) for low in r.lows[first:last]):
        return last, True, last - first == 1
    abroad = isinstance(named, PrintedTitle) and bool(named.organisation.place and named.organisation.place.foreign)
    if abroad and last - first > 1:
        return last, True, False
    if _ruled_place(r, named, first, last):
        return None
    if last < len(r) and r.tokens[last].isdigit():
        return None  # `TAND TP.HCM Từ 83 rút xuống còn …`
    if last - first <= 2 and not shouted(r.tokens[first]) and not NEVER_NAMES.intersection(r.lows[first:last]):
        return last, False, True
    return None


def _part_of_organisation(r: TokenText, first: int, named: PrintedTitle | Rank | None) -> bool:
    """Two syllables without a common surname, right behind an organisation, are its own: `Đội CSGT Bàn Cờ`.

    Not behind the name of the country, which ends a body's name: `Chủ tịch Hội Nhà báo Việt Nam Thuần Mẫu;`.
    """
    if r.lows[first - 2 : first] == ["việt", "nam"] or r.lows[first - 1] in ("vn", "ương"):
        return False
    return isinstance(named, PrintedTitle) and bool(named.organisation) and surname(r.lows[first]) == "other"


def _alone(r: TokenText, i: int) -> NameInText | None:
    """A name with honorifics or bare, or a pronoun, at token i."""
    first = honours_end(r, i)
    if first > i:
        found = _name(r, first, None)
        if found:
            last, foreign, short = found
            return NameInText(i, first, last, True, False, foreign, short)
        if r.lows[i] == "bị" or (first < len(r) and capital(r.tokens[first])):
            return None  # `17 bị cáo` is nobody named before
        if r.lows[first : first + 1] == [":"]:
            return None  # `các ông:` heads a list
        return NameInText(i, first, first, True, pronoun=True)
    if not capital(r.tokens[i]) or (i and r.lows[i - 1] in WORDS["eponyms"]):
        return None
    last = person_end(r, i)
    place = PLACES.match(r.lows, i)
    if last == i or (place and (place[0] > 1 or i + place[0] >= last)):
        return None
    return NameInText(i, i, last)

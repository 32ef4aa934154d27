"""Who holds which title: people and titles in the order of the text, joined by what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.officials.lexicon import PLACES, RANKS, SURNAMES, TITLES, WORDS
from index.officials.names import HONORIFICS, capital, foreign_end, person_end, vietnamese
from index.officials.reading import Reading
from index.officials.titles import Office, Rank, office_at, rank_at

_COPULA = re.compile(rf"(?:{'|'.join(WORDS['copulas'])})(?: :)?$")
_CHAIN = WORDS["chain"]


@dataclass(slots=True)
class Person:
    """A name in the text; `lead` is where its honorifics begin."""

    lead: int
    first: int
    last: int
    honoured: bool
    foreign: bool
    offices: list[Office] = field(default_factory=list)
    rank: Rank | None = None
    former: bool = False
    titled: bool = False


def elements(r: Reading) -> list[Person | Office | Rank]:
    """Every title, rank and name, in the order of the text."""
    found: list[Person | Office | Rank] = []
    done = 0
    titles, ranks = TITLES.by_first, RANKS.by_first
    lows, tokens = r.lows, r.tokens
    anchors = [
        i
        for i, low in enumerate(lows)
        if low in titles or low in ranks or low in HONORIFICS or (low in SURNAMES and tokens[i][0].isupper())
    ]
    for i in anchors:
        if i < done:
            continue
        if lows[i] in titles and (office := office_at(r, i)):
            found.append(office)
            done = office.last
            person = _person_after(r, office.last, office)
            if person:
                found.append(person)
                done = person.last
            continue
        rank = rank_at(r, i)
        if rank:
            found.append(rank)
            done = rank.last
            person = _person_after(r, rank.last, None)
            if person:
                found.append(person)
                done = person.last
            continue
        person = _person_at(r, i)
        if person:
            found.append(person)
            done = person.last
    return found


def _skip_honours(r: Reading, k: int) -> int:
    """Past honorifics and academic degrees."""
    while k < len(r):
        low = r.lows[k]
        if low in HONORIFICS or low in WORDS["degrees"]:
            k += 1
        elif " ".join(r.lows[k : k + 2]) in WORDS["honorific_pairs"]:
            k += 2
        elif low == "," and k + 1 < len(r) and r.lows[k + 1] in WORDS["degrees"]:
            k += 1
        else:
            break
    return k


def _person_after(r: Reading, k: int, office: Office | None) -> Person | None:
    """The name that stands at k or behind honorifics there, right behind a title or rank."""
    start = _skip_honours(r, k)
    if start >= len(r) or not capital(r.tokens[start]):
        return None
    end = person_end(r, start, titled=True)
    if end > start:
        return Person(
            k if start > k else start, start, end, start > k, SURNAMES[r.lows[start]] == "sinitic", titled=True
        )
    if PLACES.match(r.lows, start):
        return None
    end = foreign_end(r, start)
    if end == start:
        return None
    if all(vietnamese(low) for low in r.lows[start:end]):
        if end - start == 1 or office is None:
            return None
        if office.organisation.place is None and office.title.kind != "state":
            return None
    return Person(k if start > k else start, start, end, start > k, True, titled=True)


def _person_at(r: Reading, i: int) -> Person | None:
    low = r.lows[i]
    start = _skip_honours(r, i)
    if start > i:
        if start >= len(r) or not capital(r.tokens[start]):
            return None
        end = person_end(r, start, titled=True)
        if end > start:
            return Person(i, start, end, True, False)
        if PLACES.match(r.lows, start):
            return None
        end = foreign_end(r, start)
        if end - start < 1 or all(vietnamese(one) for one in r.lows[start:end]):
            return None
        return Person(i, start, end, True, True)
    if not capital(r.tokens[i]) or low not in SURNAMES:
        return None
    if i and (r.lows[i - 1] in WORDS["eponyms"]):
        return None
    if i and capital(r.tokens[i - 1]) and r.close(i) and r.tokens[i - 1][-1].isalpha() and person_end(r, i) - i > 4:
        return None
    place = PLACES.match(r.lows, i)
    end = person_end(r, i)
    if place and i + place[0] >= end:
        return None
    return Person(i, i, end, False, False) if end > i else None


def _gap(r: Reading, a: int, b: int) -> str | None:
    """The lowered tokens a … b-1 in one string; None when they are too many or a sentence ends there."""
    if b - a > 26:
        return None
    words = " ".join(r.lows[a:b])
    return None if "\n" in words or " . " in f" {words} " else words


def assign(r: Reading, found: Sequence[Person | Office | Rank]) -> list[Person]:
    """Give every title to the person who holds it."""
    people = [one for one in found if isinstance(one, Person)]
    left: Person | None = None
    block: list[Office | Rank] = []
    for one in found:
        if isinstance(one, Person):
            _settle(r, left, block, one)
            left, block = one, []
        else:
            block.append(one)
    _settle(r, left, block, None)
    _share_plurals(r, people)
    return people


def _lead(one: Office | Rank | Person) -> int:
    return one.first if isinstance(one, Rank) else one.lead


def _settle(r: Reading, left: Person | None, block: list[Office | Rank], right: Person | None) -> None:
    """Divide the titles between two names."""
    if not block:
        return
    heads: list[Office | Rank] = []
    tails: list[Office | Rank] = []
    links: list[str] = []
    for before, after in pairwise(block):
        gap = _gap(r, before.last, _lead(after))
        links.append(gap if gap is not None and gap in _CHAIN else "|")
    to_left = left is not None and _behind(r, left, block[0])
    to_right = right is not None and _ahead(r, block[-1], right)
    first_cut = links.index("|") + 1 if "|" in links else len(block)
    last_cut = len(links) - links[::-1].index("|") if "|" in links else 0
    heads = block[:first_cut] if to_left else []
    tails = block[last_cut:] if to_right else []
    if to_left and to_right and first_cut == len(block):
        cut = _divide(r, left, block, links)
        heads, tails = block[:cut], block[cut:]
    if left is not None:
        _give(left, heads)
    if right is not None:
        _give(right, tails)


def _give(person: Person, titles: Sequence[Office | Rank]) -> None:
    for one in titles:
        if isinstance(one, Rank):
            person.rank = person.rank or one
        else:
            person.offices.append(one)


def _divide(r: Reading, left: Person | None, block: list[Office | Rank], links: list[str]) -> int:
    """Where the titles of `left` end and those of the next name begin, when both could take them all."""
    for k, link in enumerate(links):
        if link in (";", "và") and isinstance(block[k + 1], Office):
            return k + 1
    assert left is not None
    if left.offices or left.rank:
        return 0
    cut = len(block) - 1
    while cut > 1 and _starts_lower(block[cut - 1], block[cut]):
        cut -= 1
    return cut


def _starts_lower(before: Office | Rank, after: Office | Rank) -> bool:
    return isinstance(before, Rank) or before.title.kind == "member"


def _behind(r: Reading, person: Person, office: Office | Rank) -> bool:
    """A title follows the name in apposition, in brackets, or after a verb that gives it."""
    gap = _gap(r, person.last, _lead(office))
    if gap is None:
        return False
    gap = re.sub(r"\( [^)]{1,40} \)", "", gap).strip()
    if gap in (",", "-", "–", "—", "(", "là", ":"):
        return True
    if gap == "":
        return person.honoured and not person.offices
    return _COPULA.search(gap) is not None and ";" not in gap


def _ahead(r: Reading, office: Office | Rank, person: Person) -> bool:
    """A title stands before the name."""
    gap = _gap(r, office.last, person.lead)
    if gap is None:
        return False
    if gap == "":
        return True
    if gap in (",", "-", "–", ":"):
        return person.honoured or gap == ":"
    return gap in ("là", "do", "gồm", "của", "gồm :", "là :") and (gap != "của" or False)


def _share_plurals(r: Reading, people: Sequence[Person]) -> None:
    """`các Phó Thủ tướng A, B và C`: the title is everybody's."""
    for k, person in enumerate(people):
        plural = [office for office in person.offices if office.plural and office.first < person.first]
        if not plural:
            continue
        before = person
        for other in people[k + 1 :]:
            gap = _gap(r, before.last, other.lead)
            if gap not in (",", "và", ", và", "cùng", ";") or (other.offices and other.offices[0].first < other.first):
                break
            other.offices.extend(plural)
            before = other

"""One article's people: every mention of the same person brought together."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from index.officials.recognition.lexicon import PLACES, WORDS, surname
from index.officials.recognition.names import capital, shouted, vietnamese
from index.officials.recognition.sequence import NameInText
from index.officials.recognition.token_text import TokenText


@dataclass(slots=True, eq=False)
class NamedPerson:
    """A person the article names in full, with all mentions found so far."""

    words: tuple[str, ...]
    """The name's lowered words."""
    mentions: list[NameInText] = field(default_factory=list)

    @property
    def foreign(self) -> bool:
        """Named as a foreigner somewhere."""
        return any(mention.foreign for mention in self.mentions)

    @property
    def sinitic(self) -> bool:
        """Named as the Chinese are in Vietnamese: `Chủ tịch Tập Cận Bình` needs no country."""
        return len(self.words) == 3 and surname(self.words[0]) == "sinitic"

    @property
    def could_be_foreign(self) -> bool:
        """No name that only Vietnamese bear, so that an article about another country may mean one of its people."""
        return self.words[0] not in WORDS["ours_alone"] and WORDS["ours_alone"].isdisjoint(self.words[1:-1])

    @property
    def eponym(self) -> bool:
        """A province or a district bears the name: without a title or an honorific the name is the place's."""
        found = PLACES.match(self.words, 0)
        return found is not None and found[0] == len(self.words)


def gathered(r: TokenText, people: Sequence[NameInText]) -> list[NamedPerson]:
    """The people of an article; short forms and pronouns go to whom they mean."""
    by_name: dict[tuple[str, ...], NamedPerson] = {}
    for person in people:
        if not (person.short or person.pronoun):
            words = _words(r, person)
            by_name.setdefault(words, NamedPerson(words)).mentions.append(person)
    _join_parts(by_name)
    named = _ByName(by_name.values())
    last: NamedPerson | None = None
    at = {id(person): known for known in by_name.values() for person in known.mentions}
    for person in people:
        known = at.get(id(person))
        if person.pronoun:
            if last is not None and person.offices and not _stranger_between(r, person, last):
                _holder(r, person, last, named).mentions.append(person)
            continue
        if person.short:
            known = _meant(r, person, named)
            if known is None and (person.foreign or person.last - person.first > 1):
                words = _words(r, person)
                known = by_name[words] = NamedPerson(words)
                named.add(known)
            if known:
                known.mentions.append(person)
        last = known or last
    return list(by_name.values())


@dataclass(slots=True)
class _Mentioned:
    """What was read of one person's mentions so far."""

    read: int = 0
    firsts: list[int] = field(default_factory=list)
    """Where each begins, in order."""
    titles: set[str] = field(default_factory=set)


class _ByName:
    """The people of an article, by what their names end with, and by the words in them."""

    def __init__(self, people: Iterable[NamedPerson]) -> None:
        self.people: list[NamedPerson] = []
        self._mentioned: dict[int, _Mentioned] = defaultdict(_Mentioned)
        self.ending: dict[tuple[str, ...], list[NamedPerson]] = defaultdict(list)
        self.having: dict[str, list[NamedPerson]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, known: NamedPerson) -> None:
        """One more."""
        self.people.append(known)
        for k in range(len(known.words)):
            self.ending[known.words[k:]].append(known)
        for word in dict.fromkeys(known.words):
            self.having[word].append(known)

    def mentioned(self, r: TokenText, known: NamedPerson) -> _Mentioned:
        """Of all mentions of a person; each is read once, however often this is asked."""
        found = self._mentioned[id(known)]
        for mention in known.mentions[found.read :]:
            insort(found.firsts, mention.first)
            found.titles |= _titles(r, mention)
        found.read = len(known.mentions)
        return found

    def holds(self, r: TokenText, known: NamedPerson, titles: set[str]) -> bool:
        """One of the titles, or one that goes on with its words, is held somewhere in the article."""
        held = self.mentioned(r, known).titles
        return any(a.startswith(b) or b.startswith(a) for a in titles for b in held)


def _words(r: TokenText, person: NameInText) -> tuple[str, ...]:
    return tuple(low for low in r.lows[person.first : person.last] if low not in ("-", "–"))


def _join_parts(by_name: dict[tuple[str, ...], NamedPerson]) -> None:
    """A name that is the end (or, of a foreigner, a part) of exactly one longer name is the same person's."""
    named = _ByName(by_name.values())
    for words in sorted(by_name, key=len):
        known = by_name[words]
        longer = {other.words for other in named.ending[words]}
        if known.foreign:
            having = min((named.having[word] for word in words), key=len)
            longer.update(other.words for other in having if set(words) <= set(other.words))
        longer = {other for other in longer if len(other) > len(words) and other in by_name}
        if len(longer) == 1:
            by_name[longer.pop()].mentions.extend(known.mentions)
            del by_name[words]


def _meant(r: TokenText, person: NameInText, named: _ByName) -> NamedPerson | None:
    """Whom a given name means: the one with that name who was named last before it, else first after it."""
    words = _words(r, person)
    fitting = named.ending.get(words, [])
    if not fitting and len(words) == 1:
        fitting = [known for known in named.having.get(words[0], ()) if known.foreign or known.words[0] == words[0]]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    titles = _titles(r, person)

    def distance(known: NamedPerson) -> tuple[bool, bool, int]:
        firsts = named.mentioned(r, known).firsts
        before = bisect_left(firsts, person.first)
        other = bool(titles) and not named.holds(r, known, titles)
        return (other, not before, person.first - firsts[before - 1] if before else known.mentions[0].first)

    return min(fitting, key=distance)


def _stranger_between(r: TokenText, pronoun: NameInText, last: NamedPerson) -> bool:
    """`Tổng thống A bổ nhiệm Sally Velden. Bà giữ chức …`: a foreign name without honorifics stands nearer."""
    behind = max((mention.last for mention in last.mentions if mention.last <= pronoun.first), default=pronoun.first)
    return any(
        capital(r.tokens[k])
        and capital(r.tokens[k + 1])
        and r.close(k + 1)
        and not (vietnamese(r.lows[k]) or vietnamese(r.lows[k + 1]) or shouted(r.tokens[k]) or shouted(r.tokens[k + 1]))
        and not (PLACES.match(r.lows, k) or PLACES.match(r.lows, k + 1))
        and not {r.lows[k], r.lows[k + 1]}.intersection(last.words)
        for k in range(max(behind, pronoun.first - _NEAR), pronoun.first - 1)
    )


_NEAR = 60
"""Tokens in front of a pronoun in which whom it means is looked for."""


def _holder(r: TokenText, pronoun: NameInText, last: NamedPerson, named: _ByName) -> NamedPerson:
    """Whom a pronoun with a title means: the one named last, unless only another holds that title of the State."""
    if any(office.title.kind != "state" for office in pronoun.offices):
        return last
    titles = _titles(r, pronoun)
    holders = list(islice((known for known in named.people if named.holds(r, known, titles)), 2))
    return holders[0] if len(holders) == 1 else last


def _titles(r: TokenText, person: NameInText) -> set[str]:
    return {" ".join(r.lows[office.first : office.title_end]) for office in person.offices}


def likely(r: TokenText, known: NamedPerson) -> bool:
    """Whether one foreign word behind a title is a person's name, and not a palace's, a firm's or a sport's.

    `Chủ tịch Velden`, `Phủ Tổng thống Velden`, `Nữ hoàng Wushu`: an honorific, a title of the State or of a royal
    house, or a hyphen tells a person, a building before the title or the word in lower case something else.
    """
    if _withheld(r, known):
        return False
    if len(known.words) > 1 or not known.foreign:
        return True
    word = known.words[0]
    if "-" in word or "." in word or any(mention.honoured for mention in known.mentions):
        return True
    if any(_WORD.match(token) and token == word for token in r.tokens):
        return False
    return any(
        (
            office.title.kind in ("state", "royal")
            or (office.organisation.place and office.organisation.place.foreign)
            or " ".join(r.lows[office.organisation.first : office.organisation.last]) in WORDS["bodies_abroad"]
        )
        and r.lows[office.lead - 1] not in WORDS["palaces"]
        for mention in known.mentions
        for office in mention.offices
    )


def _withheld(r: TokenText, known: NamedPerson) -> bool:
    """`ông G.`, `bà Lê Thị H`, `N.V.T`: the name is withheld, or cut. `Phạm S` may be all of it."""
    if all(len(part) == 1 for word in known.words for part in word.split(".") if part):
        return True
    if len(known.words[-1]) > 1 or known.words[-1] not in _LETTERS:
        return False
    return (
        len(known.words) > 2
        or surname(known.words[0]) != "common"
        or any(r.tokens[m.last : m.last + 1] == ["."] for m in known.mentions)
    )


_WORD = re.compile(r"[a-z]{3,}")
_LETTERS = frozenset("abcdeghklmnpqrstuvx")
"""Letters that stand for a name; `Y` and letters with marks are names."""


_LONG = 20_000
"""Tokens of a text in which names are looked up, not searched for one by one."""


def spans(r: TokenText, known: NamedPerson) -> list[tuple[int, int]]:
    """Where the text names the person: offsets into `Reading.text`, in order."""
    found = {(r.starts[mention.first], r.ends[mention.last - 1]) for mention in known.mentions if not mention.pronoun}
    forms = {r.text[start:end] for start, end in found if " " in r.text[start:end]}
    if known.foreign:
        forms |= {r.text[start:end] for start, end in found}
    if len(r) > _LONG:
        for printed in () if known.eponym else {tuple(r.tokens[m.first : m.last]): m for m in known.mentions}.values():
            if printed.last - printed.first > 1:
                found.update(r.occurrences(printed.first, printed.last))
    else:
        for form in () if known.eponym else forms:
            found.update(_occurrences(r.text, form))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _occurrences(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Where `form` stands as whole words."""
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(form, end)

"""People, titles and ranks in the order in which the text names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from index.officials.lexicon import PLACES, RANKS, SURNAMES, TITLES, WORDS
from index.officials.names import capital, foreign_end, honours_end, person_end, plain_end, shouted, vietnamese
from index.officials.reading import Reading
from index.officials.titles import Office, Rank, office_at, rank_at


@dataclass(slots=True, eq=False)
class Person:
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
    offices: list[Office] = field(default_factory=list)
    rank: Rank | None = None


Element: TypeAlias = Person | Office | Rank


def elements(r: Reading) -> list[Element]:
    """Every title, rank, name and pronoun, in the order of the text."""
    titles, ranks, surnames, honours = TITLES.by_first, RANKS.by_first, SURNAMES, WORDS["honour_firsts"]
    tokens = r.tokens
    anchors = [
        i
        for i, low in enumerate(r.lows)
        if low in titles or low in ranks or low in honours or (low in surnames and tokens[i][0].isupper())
    ]
    found: list[Element] = []
    done = 0
    for i in anchors:
        if i < done:
            continue
        named: Office | Rank | None = office_at(r, i) or rank_at(r, i)
        person = _behind(r, named) if named else _alone(r, i)
        if named:
            found.append(named)
            done = named.last
        if person:
            found.append(person)
            done = max(person.last, i + 1)
    return found


def _behind(r: Reading, named: Office | Rank) -> Person | None:
    """The name right behind a title or a rank, or behind honorifics there."""
    k = named.last
    first = honours_end(r, k)
    if first < len(r) and r.lows[first] == "," and r.close(first):
        return _after_comma(r, named, first + 1) if first == k else None
    found = _name(r, first, named)
    if found is None:
        return None
    last, foreign, short = found
    return Person(k, first, last, first > k, True, foreign, short)


def _after_comma(r: Reading, named: Office | Rank, first: int) -> Person | None:
    """`Chủ tịch Quốc hội Lào, Pany Yathotou, …`: a foreign name between commas."""
    if isinstance(named, Rank) or first >= len(r) or not (named.organisation.place or named.title.kind == "state"):
        return None
    if not capital(r.tokens[first]) or SURNAMES.get(r.lows[first]) == "common":
        return None
    last = foreign_end(r, first)
    if last - first < 2 or all(vietnamese(low) for low in r.lows[first:last]):
        return None
    return Person(first, first, last, False, True, True)


def _name(r: Reading, first: int, named: Office | Rank | None) -> tuple[int, bool, bool] | None:
    """End of the name at `first`, whether it is foreign, and whether it is a short form."""
    if first >= len(r) or not capital(r.tokens[first]):
        return None
    last = person_end(r, first, titled=True)
    if last > first:
        return last, SURNAMES[r.lows[first]] == "sinitic", False
    if PLACES.match(r.lows, first):
        return None
    needing = isinstance(named, Office) and named.title.kind in ("state", "public", "deputy")
    if needing and (last := plain_end(r, first)) > first:
        return (
            last,
            isinstance(named, Office) and bool(named.organisation.place and named.organisation.place.foreign),
            False,
        )
    last = foreign_end(r, first)
    if last == first:
        return None
    if not all(vietnamese(low) for low in r.lows[first:last]):
        return last, True, last - first == 1
    abroad = isinstance(named, Office) and bool(named.organisation.place and named.organisation.place.foreign)
    if abroad and last - first > 1:
        return last, True, False
    if last - first == 1 and not shouted(r.tokens[first]) and r.lows[first] not in WORDS["starters"]:
        return last, False, True
    return None


def _alone(r: Reading, i: int) -> Person | None:
    """A name with honorifics or bare, or a pronoun, at token i."""
    first = honours_end(r, i)
    if first > i:
        found = _name(r, first, None)
        if found:
            last, foreign, short = found
            return Person(i, first, last, True, False, foreign, short)
        return Person(i, first, first, True, pronoun=True)
    if not capital(r.tokens[i]) or (i and r.lows[i - 1] in WORDS["eponyms"]):
        return None
    last = person_end(r, i)
    place = PLACES.match(r.lows, i)
    if last == i or (place and i + place[0] >= last):
        return None
    return Person(i, i, last)

"""The words the grammar knows, read from the tables beside this file: titles, organisations, surnames, places."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Generic, TypeVar

from index.officials.recognition.gazetteer import Place, places, table
from index.officials.recognition.token_text import TokenText

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of lowered tokens, the longest found first."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], T]]) -> None:
        self.firsts: dict[str, dict[str, list[tuple[int, list[str], T]]]] = {}
        """By the first word, then by the second (empty for phrases of one word)."""
        self.single: dict[str, tuple[int, T]] = {}
        for words, value in entries:
            seconds = self.firsts.setdefault(words[0], {})
            if len(words) == 1:
                self.single.setdefault(words[0], (1, value))
            else:
                seconds.setdefault(words[1], []).append((len(words), list(words), value))
        for seconds in self.firsts.values():
            for found in seconds.values():
                found.sort(key=lambda entry: -entry[0])

    def match(self, lows: Sequence[str], i: int) -> tuple[int, T] | None:
        """How many tokens at i make the longest phrase, and its value."""
        seconds = self.firsts.get(lows[i]) if i < len(lows) else None
        if seconds is None:
            return None
        if i + 1 < len(lows) and (found := seconds.get(lows[i + 1])):
            for length, words, value in found:
                if length == 2 or list(lows[i : i + length]) == words:
                    return length, value
        return self.single.get(lows[i])


@dataclass(frozen=True, slots=True)
class Title:
    """A head of the grammar of titles."""

    kind: str
    """state, public, weak, member, deputy, leader or staff: see titles.txt."""
    shared: int = 0
    """How many of its last words the organisation begins with: `Trưởng ban` + `ban Dân vận Tỉnh ủy`."""
    ahead: int = 0
    """How many words of the phrase belong to the organisation alone: `Trưởng` + `Công an quận`."""
    fielded: bool = False
    """A field alone may be its organisation: `Bộ trưởng` + `Y tế`."""
    placed: bool = False
    """A place alone is its organisation, be it in no table: `Tỉnh trưởng` + `Nậm Xăng`."""


def _rows(name: str) -> Iterator[list[str]]:
    return table(files(__name__).joinpath(name))


def _titles() -> Iterator[tuple[list[str], Title]]:
    for phrase, kind, *rest in _rows("titles.txt"):
        words = [word for word in phrase.split() if word not in ("(phó)", "|")]
        ahead = len(phrase.partition("|")[2].split())
        fielded, placed = rest == ["field"], rest == ["place"]
        shared = int(rest[0]) if rest and not fielded and not placed else 0
        title = Title(kind, shared, ahead, fielded or shared > 0, placed)
        yield words, title
        if phrase.startswith("(phó)"):
            yield ["phó", *words], title


def _phrases(name: str) -> Phrases[str]:
    """A table of phrase, or of kind and phrase."""
    return Phrases((row[-1].split(), row[0]) for row in _rows(name))


TITLES: Phrases[Title] = Phrases(_titles())
RANKS = _phrases("ranks.txt")
ORGANISATIONS = _phrases("organisations.txt")
FIELDS = _phrases("fields.txt")
_FIRST = dict(reversed(places()))
PLACES: Phrases[Place] = Phrases((TokenText(name).lows, _FIRST[name]) for name, _ in places())
"""Of several places of one name the first: provinces come before districts."""
SURNAMES: dict[str, str] = {name.lower(): strength for name, strength in _rows("surnames.tsv")}
WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words)
    for name, words in tomllib.loads(files(__name__).joinpath("words.toml").read_text(encoding="utf-8")).items()
}


def surname(low: str) -> str | None:
    """The strength of a lowered word as a surname, or None. The Êđê, Mnông and Cơ Ho begin names with H' and K'."""
    if low[1:2] == "'" and low[0] in "hk" and len(low) > 2:
        return None if low in WORDS["peoples"] else "minority"
    return SURNAMES.get(low)


FORCES: Phrases[str] = Phrases((force.split(), force) for force in WORDS["forces"])
TITLED, NAMED, HONOURED = 1, 2, 4


def _anchors() -> dict[str, int]:
    titled = TITLES.firsts.keys() | RANKS.firsts.keys()
    known: dict[str, int] = dict.fromkeys(SURNAMES, NAMED)
    for word in titled:
        known[word] = known.get(word, 0) | TITLED
    polite = WORDS["honorifics"] | WORDS["degrees"] | {pair.split()[0] for pair in WORDS["honorific_pairs"]}
    for word in WORDS["honour_firsts"] | (polite & known.keys()):
        known[word] = known.get(word, 0) | HONOURED
    return known


def _behind() -> dict[str, frozenset[str] | None]:
    """First word of a title or a rank → the words that go on with it; None where it may be the whole."""
    behind: dict[str, frozenset[str] | None] = {}
    for word in TITLES.firsts.keys() | RANKS.firsts.keys():
        seconds = {*TITLES.firsts.get(word, ()), *RANKS.firsts.get(word, ())}
        behind[word] = None if word in TITLES.single or word in RANKS.single else frozenset(seconds)
    return behind


TITLES_GO_ON = _behind()
ANCHORS = _anchors()
"""Words at which the grammar looks for a title (TITLED), an honorific (HONOURED) or, with a capital, a name (NAMED)."""

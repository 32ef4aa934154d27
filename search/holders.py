"""Holders: an office that the query names whole is met in its other printed forms too, and by the names of its holders.

`Bí thư Thành ủy Đà Nẵng` is asked for by `bi thu da nang`, and an article about what its holder did seldom prints the
words as they were typed. What the registry of officials knows is a branch beside the words: the forms in which articles
print the office, and who held it, each name in the days of its tenure only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

from index.analysis.abbreviations import by_key
from index.analysis.tokens import syllables
from index.officials.directory.pages import Seat
from index.officials.posts.name_keys import name_key
from index.officials.posts.offices import HEADS
from index.query import During, Key, Lift, Node, NotAfter, Option, Or, Phrase, Quiet, Span, Term, is_spelt, leaves
from search.offices import DEPUTY
from search.results import Understood

_SIGN = re.compile(r"[^\w\s.]")
_PAST = tuple(map(Key, (DEPUTY, "nguyên", "cựu")))
"""What stands before an office that is another one, or past."""
_LONGEST = 6
"""Parts of a query that name one office at most."""
_MOST_FORMS, _MOST_HOLDERS = 6, 4
"""Forms and holders that are looked for, the most frequent: each is a row of syllables to find in three zones."""
_LONGEST_FORM = 10
"""Syllables of a printed form; a longer one runs on into the sentence."""
FORM = 0.9
NAME = 0.8
SPOKEN = 0.7
"""What an occurrence counts beside the words as typed: another form, a holder's name, the head and a given name."""


class KnowsOffices(Protocol):
    """What is asked of those who know the offices."""

    def seat(self, text: str) -> Seat | None:
        """The one office that these words name whole, with its forms and holders; None for all else."""


def with_holders(
    parts: Sequence[Node], text: str, offices: KnowsOffices, off: frozenset[str]
) -> tuple[tuple[Node, ...], tuple[Understood, ...]]:
    """The parts of a query with every office that they name whole as one part, and the chips that say so."""
    off = frozenset(label.casefold() for label in off)
    found: list[Node] = []
    lifts: list[Node] = []
    chips: list[Understood] = []
    at = 0
    while at < len(parts):
        many, seat = _office_at(parts[at:], text, offices)
        if seat is not None:
            typed = _between(parts[at : at + many], text)
            if f"office:{typed}".casefold() not in off:
                held = _office_or_holders(parts[at : at + many], typed, seat)
                found += [Or((Option(part), Option(Quiet(held)))) for part in parts[at : at + many]]
                lifts.append(Lift(held, seat.called))
                chips.append(Understood("office", typed, _chip_words(seat), f"off=office:{typed}"))
                at += many
                continue
        found.append(parts[at])
        at += 1
    return (*found, *lifts), tuple(chips)


def _chip_words(seat: Seat) -> tuple[str, ...]:
    """What a chip says: the office as printed, and whose names are looked for."""
    return (seat.called, *(name for name, _, _ in seat.holders[:_MOST_HOLDERS]))


def _office_at(parts: Sequence[Node], text: str, offices: KnowsOffices) -> tuple[int, Seat | None]:
    """How many parts from the first on name an office, the most that do, and the office."""
    if not _begins_with_head(parts, text):
        return 0, None
    row = 1
    while row < min(len(parts), _LONGEST) and not _gap(parts[row - 1], parts[row], text):
        row += 1
    for many in range(row, 1, -1):
        if (seat := offices.seat(_between(parts[:many], text))) is not None:
            return many, seat
    return 0, None


def _begins_with_head(parts: Sequence[Node], text: str) -> bool:
    if not _is_plain(parts[0]) or _SIGN.search(text[: _span(parts[0]).start][-1:]):
        return False
    words = [word.folded for word in syllables(text[_span(parts[0]).start :])[:4]]
    return any(" ".join(words[:many]) in _heads() for many in range(1, len(words) + 1))


@cache
def _heads() -> frozenset[str]:
    """The heads of offices without marks, and the letters that stand for them."""
    heads = {name_key(head) for head in HEADS}
    letters = {name_key(key) for key, rows in by_key().items() if any(row.expansion.lower() in HEADS for row in rows)}
    return frozenset(heads | letters)


def _gap(node: Node, other: Node, text: str) -> bool:
    """Whether two parts are no neighbours of one name: a sign stands between them, or one is no plain words."""
    return not _is_plain(other) or bool(_SIGN.search(text, _span(node).end, _span(other).start))


def _is_plain(part: Node) -> bool:
    return is_spelt(part.node if isinstance(part, NotAfter) else part)


def _span(part: Node) -> Span:
    spans = [leaf.span for leaf in leaves(part)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _between(parts: Sequence[Node], text: str) -> str:
    return text[_span(parts[0]).start : _span(parts[-1]).end]


def _office_or_holders(parts: Sequence[Node], typed: str, seat: Seat) -> Node:
    """The parts, or the office in another form, or a holder."""
    span = Span(_span(parts[0]).start, _span(parts[-1]).end)
    node: Node = Or(tuple(_ways(seat, span, typed)))
    for word in _PAST if seat.holders else ():
        node = NotAfter(node, word)
    return node


def _ways(seat: Seat, span: Span, typed: str) -> Iterator[Option]:
    """The holders in their days, then the forms, as many as an engine takes."""
    head = _keys(seat.head)
    for name, since, until in seat.holders[:_MOST_HOLDERS]:
        keys = _keys(name)
        forms = [(keys, NAME)] if len(keys) > 1 else []
        forms += [((*head, *keys[-given:]), SPOKEN) for given in (1, 2) if len(keys) > given]
        for form, weight in forms:
            node: Node = _phrase(form, span, typed)
            yield Option(During(since, until, node) if since or until else node, weight)
    rows = [keys for keys in dict.fromkeys(map(_keys, seat.forms)) if 1 < len(keys) <= _LONGEST_FORM]
    for keys in rows[:_MOST_FORMS]:
        yield Option(_phrase(keys, span, typed), FORM)


def _keys(printed: str) -> tuple[str, ...]:
    return tuple(word.key for word in syllables(printed))


def _phrase(keys: Sequence[str], span: Span, typed: str) -> Term | Phrase:
    return Phrase(tuple((Key(key),) for key in keys), span, typed)

"""How a typed query is read beside counts that the case gives. Today is Wednesday 12 March 2025.

The first line is the query, with the switches that are off behind ` | `. Every further line is what the corpus holds:
words and in how many articles they stand (`cầu đường 20`), of two things together (`ubnd & cầu 3`), special tokens
(`15/2020/nd/cp 7`), or the name of an official (`@ lò văn mười`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from index.analysis.normalize import fold
from index.query import (
    About,
    And,
    Carrying,
    Dated,
    During,
    InZone,
    Key,
    Leaf,
    Lift,
    MatchAll,
    Near,
    Node,
    Not,
    NotAfter,
    Or,
    Phrase,
    Prefix,
    Published,
    Quiet,
    Slot,
    Span,
    Term,
    clauses,
    label,
)
from index.schema import Form
from search.parser.parse import parse
from tests.golden.printing import written_out

TODAY = date(2025, 3, 12)
_SIGNS = {Form.SYLLABLE: "", Form.FOLDED: "~", Form.SPECIAL: "#", Form.WORD: "_"}


class CountedWords:
    """A lexicon that holds what a case says."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.officials = {line.removeprefix("@ ") for line in lines if line.startswith("@ ")}
        rows = (line.rsplit(" ", 1) for line in lines if not line.startswith("@ "))
        self.held = {tuple(words.split()): int(many) for words, many in rows}

    def counts(self, clauses: Sequence[Leaf | And]) -> list[int]:
        return [self._held(clause) for clause in clauses]

    def _held(self, clause: Node) -> int:
        if isinstance(clause, And):
            first, second, *_ = (self._words(node) for node in clause.nodes)
            together = [pair for a in first for b in second for pair in ((*a, "&", *b), (*b, "&", *a))]
            return max((self.held.get(pair, 0) for pair in together), default=0)
        return max((self.held.get(words, 0) for words in self._words(clause)), default=0)

    def _words(self, clause: Node) -> list[tuple[str, ...]]:
        """Every way of reading a leaf that is held, keys without marks written out."""
        slots = (
            clause.slots if isinstance(clause, Phrase | Near) else (clause.slot,) if isinstance(clause, Term) else ()
        )
        return [words for words in self.held if len(words) == len(slots) and all(map(_fits, words, slots))]

    def frequency(self, key: Key) -> int:
        return sum(many for words, many in self.held.items() if len(words) == 1 and _fits(words[0], (key,)))

    def spellings(self, folded: str) -> list[tuple[str, int]]:
        found = [(words[0], many) for words, many in self.held.items() if len(words) == 1 and fold(words[0]) == folded]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def pairs(self, first: str, second: str) -> list[tuple[tuple[str, str], int]]:
        found = [
            ((words[0], words[1]), many)
            for words, many in self.held.items()
            if len(words) == 2 and (fold(words[0]), fold(words[1])) == (first, second)
        ]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def beside(self, key: str, after: bool) -> Mapping[str, int]:
        return {words[after]: many for words, many in self.held.items() if len(words) == 2 and words[not after] == key}

    def specials(self, prefix: str) -> list[tuple[str, int]]:
        found = [
            (words[0], many) for words, many in self.held.items() if "/" in words[0] and words[0].startswith(prefix)
        ]
        return sorted(found, key=lambda row: (-row[1], row[0]))

    def is_official(self, keys: str) -> bool:
        return keys in self.officials or keys in set(map(fold, self.officials))


def _fits(word: str, slot: Slot) -> bool:
    return any(word == key.key or (key.form is Form.FOLDED and fold(word) == key.key) for key in slot)


def parser(asked: str) -> Iterator[str]:
    """A query and what was understood: a line for every part, for its label, and for every chip."""
    first, *lines = asked.split("\n")
    text, _, off = written_out(first).partition(" | ")
    parsed = parse(text, CountedWords(lines), frozenset(off.split("+") if off else ()), TODAY)
    for part in clauses(parsed.query):
        yield f"{label(part)}: {tree(part)}"
    if not clauses(parsed.query):
        yield tree(parsed.query)
    if parsed.since or parsed.until:
        yield f"from {parsed.since} to {parsed.until}"
    for chip in parsed.understood:
        yield f"{chip.kind} “{chip.from_}” → {', '.join(chip.to)} ({chip.off})"
    if parsed.suggestion:
        yield f"suggestion {parsed.suggestion}"


def tree(node: Node) -> str:
    """A query in one line: `~` any marks, `#` a special token, figures behind `@` where it was typed."""
    match node:
        case Term(slot, span):
            return f"{_slot(slot)}{_at(span)}"
        case Phrase(slots, span):
            return f"“{' '.join(map(_slot, slots))}”{_at(span)}"
        case Near(slots, within, span):
            return f"near{within}({' '.join(map(_slot, slots))}){_at(span)}"
        case Prefix(prefix, form, span):
            return f"{prefix}{_SIGNS[form]}*{_at(span)}"
        case Dated(first, last, named, span):
            return f"dated {first}…{last} or {tree(named)}{_at(span)}"
        case During(first, last, inner):
            return f"during {first}…{last} {tree(inner)}"
        case About(field, text, inner, span, values=values):
            return f"{field}:“{text}”{'' if values is None else '=' + '+'.join(values)} else {tree(inner)}{_at(span)}"
        case Carrying(field, values):
            return f"{field}={'+'.join(values)}"
        case Published(first, last):
            return f"published {first}…{last}"
        case InZone(zone, inner):
            return f"{zone}:{tree(inner)}"
        case NotAfter(inner, word):
            return f"{tree(inner)} not after {_slot((word,))}"
        case And(nodes):
            return f"({' & '.join(map(tree, nodes))})"
        case Or(options):
            return f"[{' | '.join(f'{tree(o.node)}' + (f'×{o.weight:.4g}' if o.weight != 1 else '') for o in options)}]"
        case Not(inner):
            return f"not {tree(inner)}"
        case Quiet(inner):
            return f"quiet {tree(inner)}"
        case Lift(inner, typed):
            return f"lift “{typed}” {tree(inner)}"
        case MatchAll():
            return "everything"


def _slot(slot: Slot) -> str:
    return "/".join(f"{key.key}{_SIGNS[key.form]}" for key in slot)


def _at(span: Span) -> str:
    return f"@{span.start}–{span.end}"

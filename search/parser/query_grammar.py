"""Lexemes to a query tree, by recursive descent. Every sequence of lexemes has a tree; what joins nothing is reported.

either  := every ( OR every )*
every   := ( item | AND )*
item    := NOT item | field item | "(" either ")" | quoted phrase | words
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from index.query import About, InZone, MatchAll, Near, Node, Not, Span, both, either
from index.query import typed as typed_of
from search.parser import stretches
from search.parser.lexemes import Lexeme, LexemeKind
from search.parser.query_reading import Reading, exact, leaf

DEEPEST: Final = 12
"""Parentheses within each other that are followed."""

_TAKES_NAMES: Final = frozenset({"source", "topic"})
_JOINERS: Final = frozenset({LexemeKind.AND, LexemeKind.OR, LexemeKind.CLOSE})
_QUOTE_MARKS: Final = '"“”„‟«»「」＂ '

Wrap = Callable[[Node], Node]

ZONES: Final = frozenset({"title", "lead", "body"})


class Grammar:
    """Reads one query's lexemes."""

    def __init__(self, reading: Reading, lexemes: Sequence[Lexeme]) -> None:
        self._reading = reading
        self._lexemes = lexemes
        self._at = 0
        self.ignored: list[Span] = []

    def query(self) -> Node:
        """The tree of all lexemes."""
        nodes: list[Node] = []
        while self._at < len(self._lexemes):
            nodes.append(self._either(0))
            if self._peek(LexemeKind.CLOSE):
                self._skip()
        return both(*nodes)

    def _either(self, depth: int) -> Node:
        branches: list[Node] = []
        joined: list[Lexeme] = []
        while True:
            branch = self._every(depth)
            if not isinstance(branch, MatchAll):
                branches.append(branch)
            elif joined:
                self.ignored.append(joined[-1].span)
            if not self._peek(LexemeKind.OR):
                break
            joined.append(self._lexemes[self._at])
            if isinstance(branch, MatchAll) and len(joined) == 1:
                self.ignored.append(joined[0].span)
            self._at += 1
        return either(*branches) if branches else MatchAll()

    def _every(self, depth: int) -> Node:
        nodes: list[Node] = []
        while self._at < len(self._lexemes) and not self._peek(LexemeKind.OR) and not self._peek(LexemeKind.CLOSE):
            if self._peek(LexemeKind.AND):
                if not nodes or self._last():
                    self.ignored.append(self._lexemes[self._at].span)
                self._at += 1
                continue
            nodes += self._item(depth)
        return both(*nodes)

    def _item(self, depth: int) -> list[Node]:
        lexeme = self._lexemes[self._at]
        match lexeme.kind:
            case LexemeKind.NOT:
                return self._after(lexeme, depth, Not)
            case LexemeKind.FIELD:
                return self._named(lexeme) or self._after(lexeme, depth, lambda node: self._about(lexeme, node))
            case LexemeKind.OPEN:
                return self._group(depth)
            case LexemeKind.QUOTED:
                self._at += 1
                node = self._quoted(lexeme)
                return [node] if node else []
            case _:
                return self._words()

    def _after(self, lexeme: Lexeme, depth: int, wrap: Wrap) -> list[Node]:
        """What NOT or a field takes: the next item; of words the first one."""
        self._at += 1
        if depth > DEEPEST or self._at == len(self._lexemes) or self._lexemes[self._at].kind in _JOINERS:
            self.ignored.append(lexeme.span)
            return []
        first, *others = self._item(depth + 1) or [MatchAll()]
        if isinstance(first, MatchAll):
            self.ignored.append(lexeme.span)
            return others
        return [wrap(first), *others]

    def _named(self, lexeme: Lexeme) -> list[Node]:
        """A field that takes a name written as one: a host name, a slug. Empty when what follows is none."""
        following = self._lexemes[self._at + 1] if self._at + 1 < len(self._lexemes) else None
        if lexeme.text not in _TAKES_NAMES or following is None or following.kind is not LexemeKind.TEXT:
            return []
        words = self._reading.words(following.span.start, following.span.end)
        if len(words) < 2:
            return []
        self._at += 2
        span = Span(lexeme.span.start, following.span.end)
        node = leaf([exact(word) for word in words], words, following.text)
        return [About(lexeme.text, following.text, node, span, self._reading.text[span.start : span.end])]

    def _group(self, depth: int) -> list[Node]:
        opening = self._lexemes[self._at]
        if depth >= DEEPEST:
            self._skip()
            return []
        self._at += 1
        node = self._either(depth + 1)
        if self._peek(LexemeKind.CLOSE):
            self._at += 1
        else:
            self.ignored.append(opening.span)
        if isinstance(node, MatchAll):
            self.ignored.append(opening.span)
            return []
        return [node]

    def _quoted(self, lexeme: Lexeme) -> Node | None:
        reading = self._reading
        start = lexeme.span.start + 1
        words = reading.words(start, start + len(lexeme.text))
        if not words:
            self.ignored.append(lexeme.span)
            return None
        slots = tuple(stretches.quoted(reading, start, start + len(lexeme.text)))
        typed = reading.text[lexeme.span.start : lexeme.span.end]
        if lexeme.within is not None and len(slots) > 1:
            return Near(slots, lexeme.within, lexeme.span, typed)
        return leaf(slots, words, typed, quoted=True)

    def _words(self) -> list[Node]:
        """A stretch of words up to the next lexeme of another kind."""
        first = self._lexemes[self._at]
        while self._at < len(self._lexemes) and self._lexemes[self._at].kind is LexemeKind.TEXT:
            last = self._lexemes[self._at]
            self._at += 1
        return [clause.node for clause in stretches.read(self._reading, first.span.start, last.span.end)]

    def _about(self, lexeme: Lexeme, node: Node) -> Node:
        field = lexeme.text
        if field in ZONES:
            return InZone(field, node)
        if field == "number":
            return node
        typed = typed_of(node)
        span = Span(lexeme.span.start, lexeme.span.end)
        return About(
            field, typed.strip(_QUOTE_MARKS), node, span, f"{self._reading.text[span.start : span.end]}{typed}"
        )

    def _peek(self, kind: LexemeKind) -> bool:
        return self._at < len(self._lexemes) and self._lexemes[self._at].kind is kind

    def _last(self) -> bool:
        return self._at + 1 == len(self._lexemes) or self._lexemes[self._at + 1].kind in _JOINERS

    def _skip(self) -> None:
        self.ignored.append(self._lexemes[self._at].span)
        self._at += 1

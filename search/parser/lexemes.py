"""The typed text cut into lexemes: words, quoted phrases, parentheses, operators, field names.

Nothing typed is an error. What cannot be part of a query (a quote or a parenthesis without its partner, an operator
with nothing to join) is left out, and is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from index.analysis.normalize import fold, key
from index.facets import FACETS
from index.query import Span

LONGEST: Final = 1000
"""Code points of a query that are read; the rest is reported as ignored."""


class LexemeKind(Enum):
    """What a lexeme is."""

    TEXT = auto()
    QUOTED = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    FIELD = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of the typed text."""

    kind: LexemeKind
    text: str
    """What was typed; of a quoted phrase what stands between the quotes; of a field its canonical name."""
    span: Span
    within: int | None = None
    """Of a quoted phrase followed by `~5`: 5."""


FIELDS: Final = {
    "tieu de": "title",
    "tua": "title",
    "title": "title",
    "sapo": "lead",
    "tom tat": "lead",
    "lead": "lead",
    "noi dung": "body",
    "body": "body",
    **{name: facet.name for facet in FACETS for name in facet.fields},
    "chuc vu": "post",
    "post": "post",
    "office": "post",
    "so hieu": "number",
    "van ban": "number",
    "number": "number",
}
"""Accentless field names in both languages."""

_OPERATORS: Final = {
    "AND": LexemeKind.AND,
    "VÀ": LexemeKind.AND,
    "&&": LexemeKind.AND,
    "OR": LexemeKind.OR,
    "HOẶC": LexemeKind.OR,
    "||": LexemeKind.OR,
    "|": LexemeKind.OR,
    "NOT": LexemeKind.NOT,
    "KHÔNG": LexemeKind.NOT,
}
_QUOTES: Final = '"“”„‟«»「」＂'
_LEXEME: Final = re.compile(
    rf"(?P<space>\s+)|(?P<quote>[{_QUOTES}])|(?P<open>[(\[{{（])|(?P<close>[)\]}}）])"
    rf"|(?P<minus>(?<!\S)[-–−!](?=[^\s\-]))|(?P<text>(?:(?!(?<=\s)[-–−!])[^\s{_QUOTES}()\[\]{{}}（）])+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_WITHIN: Final = re.compile(r"\s*~\s*(\d{1,3})(?!\w)")
_FIELD_END: Final = re.compile(r"(?P<name>[^\W\d_]+(?:[ ][^\W\d_]+)?):")
_UPPER_LETTER: Final = re.compile(r"[^\W\d_]")


def lexemes(text: str) -> tuple[list[Lexeme], list[Span]]:
    """The lexemes of a typed query (NFC), and the parts of it that were left out."""
    ignored: list[Span] = [Span(LONGEST, len(text))] if len(text) > LONGEST else []
    text = text[:LONGEST]
    shouting = _shouting(text)
    found: list[Lexeme] = []
    at = 0
    while at < len(text):
        if field := _field(text, at):
            found.append(field)
            at = field.span.end
            continue
        match = _LEXEME.match(text, at)
        if match is None:  # `other` takes any character, so there is always a match
            break
        at = match.end()
        span = Span(*match.span())
        match match.lastgroup:
            case "quote":
                end = _closing(text, at)
                if end is None:
                    ignored.append(span)
                    continue
                within = _WITHIN.match(text, end + 1)
                at = within.end() if within else end + 1
                inside = text[span.end : end]
                distance = int(within[1]) if within else None
                found.append(Lexeme(LexemeKind.QUOTED, inside, Span(span.start, at), distance))
            case "open":
                found.append(Lexeme(LexemeKind.OPEN, match[0], span))
            case "close":
                found.append(Lexeme(LexemeKind.CLOSE, match[0], span))
            case "minus":
                found.append(Lexeme(LexemeKind.NOT, match[0], span))
            case "text":
                word = shouting and not match[0].isascii()
                found.append(
                    Lexeme(LexemeKind.TEXT if word else _OPERATORS.get(match[0], LexemeKind.TEXT), match[0], span)
                )
            case _:
                pass
    return found, ignored


def _field(text: str, at: int) -> Lexeme | None:
    """A field's name and its colon, where a word begins."""
    if at and not (text[at - 1].isspace() or text[at - 1] in "([{（-–−!"):
        return None
    match = _FIELD_END.match(text, at)
    if match is None or text[match.end() : match.end() + 2] == "//":
        return None
    name = FIELDS.get(" ".join(fold(key(word)) for word in match["name"].split()))
    return Lexeme(LexemeKind.FIELD, name, Span(at, match.end())) if name else None


def _closing(text: str, at: int) -> int | None:
    return next((end for end in range(at, len(text)) if text[end] in _QUOTES), None)


def _shouting(text: str) -> bool:
    """Whether all is in capitals, so that VÀ and KHÔNG are words."""
    words = [word for word in text.split() if _UPPER_LETTER.search(word) and word not in _OPERATORS]
    return bool(words) and all(word == word.upper() for word in words) and len(words) > 2

"""The fields of the index, once.

Every zone of an article (title, lead, body) is written four times, with positions counted in syllables from the zone's
start: `body` (syllables, marks kept), `body_fold` (the same without marks), `body_word` (pyvi's words of several
syllables, at the place of the first) and `body_special` (document numbers, dates, amounts, abbreviations).
"""

from __future__ import annotations

from enum import StrEnum

from index.facets import FACETS

VERSION = 5
"""Counts up with every change of the fields or of what is stored."""


class Form(StrEnum):
    """The forms in which a zone's tokens are written; the value is how such a field's name ends."""

    SYLLABLE = ""
    """Keys with marks."""
    FOLDED = "_fold"
    """Keys without marks: every spelling."""
    WORD = "_word"
    """pyvi's words, keys joined by `_`."""
    SPECIAL = "_special"
    """Document numbers, dates, amounts, percentages, abbreviations."""


ZONES = ("title", "lead", "body")
TEXTS = tuple(f"{zone}{form}" for zone in ZONES for form in Form)
"""Fields with positions and lengths, scored with BM25F."""
KEYWORDS = ("id", *(facet.name for facet in FACETS), "month")
"""Fields of whole values: an article's id, its facets, its month YYYY-MM."""
COLUMNS = {"day": "i", "version": "I"}
"""One number a document: days since 1970-01-01 (the least int32 when undated), and the article's version."""
STORED = "stored"
"""What hits and article pages are made of: see `index.document.Stored`."""

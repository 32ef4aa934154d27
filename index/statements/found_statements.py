"""What is found in one article: a sentence that says what an official said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """One sentence with its speaker."""

    speaker: int
    """The official's place among those that were found in the article."""
    start: int
    end: int
    """Code-point offsets into `Article.text`, end exclusive: the sentence, with the whole of a quotation in it."""
    way: str
    """How it is said, lowered: `cho biết`, `theo`; `:` where the words follow a colon behind the name."""
    direct: bool
    """Whether the speaker's own words stand in quotation marks."""

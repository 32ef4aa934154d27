"""What the classifier finds in one article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """One topic of an article, with the phrases that decided."""

    slug: str
    weight: float
    """Evidence, comparable within one article; the primary topic has the most."""
    phrases: tuple[str, ...]

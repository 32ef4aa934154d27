"""Profiles: who one article says someone is; clusters: the profiles of one person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.officials.posts.offices import Office


@dataclass(frozen=True, slots=True)
class Profile:
    """One found official: who one article says they are."""

    number: int
    """Row in the registry."""
    article: str
    name: str
    day: int | None
    """Days since 1970-01-01."""
    foreign: bool
    offices: tuple[tuple[Office, bool], ...]
    """With whether the article says it is former."""


@dataclass(slots=True)
class Cluster:
    """Profiles of one person, each with the reason why it is here."""

    profiles: list[Profile]
    reasons: dict[int, str] = field(default_factory=dict)

    @property
    def offices(self) -> set[str]:
        """Ids of the specific posts in it."""
        return {office.id for profile in self.profiles for office, _ in profile.offices if office.specific}

    @property
    def name(self) -> str:
        """The commonest printed name; of several, the longest, then the first in order."""
        names = Counter(profile.name for profile in self.profiles)
        return min(names, key=lambda name: (-names[name], -len(name), name))

"""What is known of a post apart from who holds it: small types, without the tables that read its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Ending:
    """A post that ended: on which day, why, and the id of the post that took over its area or work."""

    day: date
    kind: str
    """place (province merged), merged or renamed (body), district (abolished)."""
    old: str
    new: str
    """Names, as printed; `new` is empty where nothing followed."""
    successor: str | None

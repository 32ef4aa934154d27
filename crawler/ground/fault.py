"""What `tratin verify` finds wrong: where, what is lost by it, and the one command that mends it."""

from __future__ import annotations

from dataclasses import dataclass

REPAIR = "tratin verify --repair"
RESTORE = "tratin --data NEW restore BACKUP"
REINDEX = "tratin reindex"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written."""

    where: str
    """The file, or the article."""
    what: str
    lost: str
    """In words; `nothing` where everything can be had again."""
    mend: str
    """A command."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; lost: {self.lost}; {self.mend}"

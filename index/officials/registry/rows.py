"""What the registry's tables are laid out as."""

from __future__ import annotations

FORMAT = 7
"""Of the tables in `tables.sql`."""

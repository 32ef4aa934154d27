"""What the numbers in the registry's tables mean: its format, and its days."""

from __future__ import annotations

from datetime import date

FORMAT = 4
"""Of the tables in `tables.sql`."""
EPOCH = date(1970, 1, 1)
"""Days are counted from here."""

"""Where the registry is kept, and what its tables are laid out as."""

from __future__ import annotations

FILE = "officials.sqlite"
"""In the folder that holds the index, or published with a generation."""
FORMAT = 7
"""Of the tables in `tables.sql`."""

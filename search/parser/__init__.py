"""From what was typed to a query: forgiving, and saying everything that it made of it."""

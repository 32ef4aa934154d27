"""The ground floor: clock, lock, disk and SQLite, each once. Every room may import it; it imports none but errors."""

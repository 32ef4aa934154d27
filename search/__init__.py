"""Search: what the reader MEANT, and what answers it."""

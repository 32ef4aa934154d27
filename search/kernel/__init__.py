"""The kernel: exact, vectorised matching over a Snapshot. It knows terms and places, not queries."""

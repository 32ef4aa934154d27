"""The kernel: exact, vectorised matching and scoring over a Snapshot. It knows terms and places, not queries."""

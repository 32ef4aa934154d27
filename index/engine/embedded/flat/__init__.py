"""Flat arrays on disk: what a segment of the index is made of. Knows nothing of Whoosh and nothing of Vietnamese."""

"""The index: what an article is ABOUT, and how it is written down."""

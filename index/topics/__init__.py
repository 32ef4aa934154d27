"""Topics: which of the taxonomy's subjects an article is about, and by which phrases."""

"""Officials: who an article names, in which office, and who is the same person elsewhere."""

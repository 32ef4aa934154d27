"""A Whoosh codec that keeps postings as flat arrays. Its module path is part of the file format."""

"""Statements: what an article says that one of its officials said, sentence by sentence."""

"""The article store: every version of every article, in one SQLite file.

Other rooms import `crawler.store.reading` only.
"""

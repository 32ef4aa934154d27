"""Readers of news sites: one file per platform family, one entry per site."""

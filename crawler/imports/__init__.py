"""Imports: articles out of files that people bring. `files.Importer` is the front."""

"""The kernel of the engines: how numbered documents are matched, scored, ranked and shown, wherever their arrays are.

An engine brings a `Space` (`space.py`) of its documents and a `PhraseFinder`, and asks an `ArrayGeneration`. The kernel
knows no engine; engines know the kernel, and not each other.
"""

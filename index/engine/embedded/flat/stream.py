"""A field's tokens in the order of the text, two bytes each: what stands beside a place is read, not searched for.

Frequent terms have codes of their own, all others share `RARE`: where that stands, the postings must be asked.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.engine.kernel.array_file import Array

RARE = 0xFFFF
"""The code of every term beyond the 65,535 most frequent."""
_AT_ONCE = 4_000_000


def codes(frequencies: Array) -> npt.NDArray[np.uint16]:
    """A code for each term: its rank by how often it occurs."""
    order = np.argsort(-frequencies.astype(np.int64), kind="stable")
    found = np.full(frequencies.size, RARE, np.uint16)
    found[order[:RARE]] = np.arange(min(order.size, RARE))
    return found


def stream(
    own: npt.NDArray[np.uint16], starts: Array, docs: Array, tfs: Array, positions: Array, lengths: Array
) -> npt.NDArray[np.uint16]:
    """The codes of all tokens, document after document.

    `starts` says where each term's postings begin (and one end); every document has `lengths` tokens, at positions
    0, 1, 2 …
    """
    begins = np.cumsum(lengths, dtype=np.int64) - lengths
    written = np.empty(int(lengths.sum(dtype=np.int64)), np.uint16)
    ends = np.cumsum(tfs, dtype=np.int64)
    first, at = 0, 0
    while first < docs.size:
        last = max(int(ends.searchsorted(at + _AT_ONCE, side="right")), first + 1)
        until = int(ends[last - 1])
        counts = tfs[first:last]
        terms = starts.searchsorted(np.arange(first, last), side="right") - 1
        places = np.repeat(begins[docs[first:last]], counts) + positions[at:until]
        written[places] = np.repeat(own[terms], counts)
        first, at = last, until
    return written

"""Near-duplicates: a MinHash signature of an article's syllables, and how alike two signatures are.

A wire story printed by two papers, or re-issued with another title, has nearly the same shingles. The signature goes
into the index with the document; search folds alike hits on a page. Nothing is ever deleted because of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np

SIZE = 48
"""Hash functions in a signature; the error of an estimated similarity is about 1/√48 = .14 at worst, .06 near .95."""
SHINGLE = 5
"""Syllables in a shingle."""
ALIKE = 0.85
"""From this share of equal minima on, two articles are folded."""

_AT_ONCE = 64
"""Signatures that are compared with all others in one step."""
_PRIME = np.uint64((1 << 61) - 1)
_random = np.random.default_rng(20170206)
_FACTORS = _random.integers(1, 1 << 31, (SIZE, 1), dtype=np.uint64)
_SHIFTS = _random.integers(0, 1 << 61, (SIZE, 1), dtype=np.uint64)
_STEPS = np.uint64(1_000_003) ** np.arange(SHINGLE, dtype=np.uint64)


@lru_cache(100_000)
def _number(syllable: str) -> int:
    return int.from_bytes(blake2b(syllable.encode(), digest_size=8).digest(), "little")


def signature(syllables: Sequence[str]) -> bytes:
    """The MinHash signature of a text's syllable keys: 48 little-endian uint32, or empty if the text is too short.

    MinHash as in A. Broder, "On the resemblance and containment of documents", 1997; universal hashes modulo 2^61-1.
    """
    if len(syllables) < 4 * SHINGLE:
        return b""
    numbers = np.fromiter(map(_number, syllables), dtype=np.uint64, count=len(syllables))
    count = numbers.size - SHINGLE + 1
    shingles = np.zeros(count, np.uint64)
    for first, step in enumerate(_STEPS):
        shingles += numbers[first : first + count] * step
    hashes = _FACTORS * (shingles >> np.uint64(32))
    hashes += _SHIFTS
    high = hashes >> np.uint64(61)  # modulo a Mersenne prime: both halves added, the prime taken off once if too large;
    hashes &= _PRIME
    hashes += high
    np.subtract(hashes, _PRIME, out=high)  # where it is not, this wraps and is no minimum
    minima = np.minimum(hashes, high, out=high).min(axis=1)
    return bytes((minima & np.uint64(0xFFFFFFFF)).astype("<u4").tobytes())


def similarity(first: bytes, second: bytes) -> float:
    """Estimated share of shingles that two texts have in common, 0 to 1; 0 when either has no signature."""
    if not first or not second:
        return 0.0
    return float((np.frombuffer(first, "<u4") == np.frombuffer(second, "<u4")).mean())


def originals(signatures: Sequence[bytes]) -> list[int]:
    """For every signature, the place of the first alike one before it that is no copy itself, or its own place."""
    width = 4 * SIZE
    signed = [place for place, sign in enumerate(signatures) if len(sign) == width]
    table = np.frombuffer(b"".join(signatures[place] for place in signed), "<u4").reshape(-1, SIZE)
    heads = list(range(len(signatures)))
    for first in range(0, len(signed), _AT_ONCE):
        equal = (table[first : first + _AT_ONCE, None] == table[None]).sum(axis=2) >= ALIKE * SIZE
        for row, other in np.argwhere(np.tril(equal, first - 1)).tolist():
            place, head = signed[first + row], signed[other]
            if heads[head] == head and heads[place] == place:
                heads[place] = head
    return heads

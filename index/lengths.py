"""Field lengths as Whoosh scores them: rounded to one of 256, so that its Searcher and ours give the same scores."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

LENGTHS = np.array([round((1.033**byte - 1) * 27) for byte in range(256)], np.int64)
"""The lengths that a byte can say (`whoosh.util.numeric`)."""


def rounded(exact: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """The least of LENGTHS that is not less; the greatest for everything longer."""
    return LENGTHS[np.minimum(LENGTHS.searchsorted(exact.astype(np.int64)), 255)].astype(np.float64)

"""A search's time budget."""

from __future__ import annotations

import time


class Deadline:
    """Says when the budget is spent; once it was, `spent` stays true and the answer is partial."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.spent = False

    def passed(self) -> bool:
        """Whether the time is over; remembered in `spent`."""
        if not self.spent:
            self.spent = time.monotonic() >= self._end
        return self.spent

"""Every error of the search room.

SearchError
├── BadRequest        a parameter cannot be understood; names it
├── CursorExpired     the cursor's generation is gone: start again
└── IndexUnavailable  no generation of the index can answer
"""


class SearchError(Exception):
    """Base of this room's errors; the message tells the user what was wrong and what to do next."""


class BadRequest(SearchError):
    """A parameter cannot be understood."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class CursorExpired(SearchError):
    """The generation that a cursor names is no longer kept."""


class IndexUnavailable(SearchError):
    """No generation of the index can answer."""

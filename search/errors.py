"""Every error of the search room.

SearchError
├── BadRequest        a parameter cannot be understood; names it
│   └── CursorUnknown no list of results has the place that a cursor names
├── CursorExpired     the cursor's generation is gone: start again
└── IndexUnavailable  no generation of the index can answer
"""


class SearchError(Exception):
    """Base of this room's errors; the message tells the user what was wrong and what to do next."""

    def __init__(self, message: str, code: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.code = code
        """What was wrong, as a word that a page's phrases are kept under; None where only the message tells."""
        self.values = values
        """What fills the blanks of the phrase."""


class BadRequest(SearchError):
    """A parameter cannot be understood."""

    def __init__(self, parameter: str, message: str, code: str | None = None, **values: object) -> None:
        super().__init__(message, code, **values)
        self.parameter = parameter


class CursorUnknown(BadRequest):
    """No list of results has the place that a cursor names: it was never handed out, or was changed on the way."""


class CursorExpired(SearchError):
    """The generation that a cursor names is no longer kept."""


class IndexUnavailable(SearchError):
    """No generation of the index can answer."""

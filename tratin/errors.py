"""Errors of the front door."""


class TratinError(Exception):
    """Base of the front door's errors; the message says what was wrong and what to do next."""


class SettingsError(TratinError):
    """A setting cannot be read."""

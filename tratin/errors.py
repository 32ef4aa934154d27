"""Every error of the front door.

TratinError
├── SettingsError   a setting cannot be read
├── BackupError     a backup cannot be written or restored
├── DemoRefused     the demo would mix invented articles into a store of real ones
├── WithdrawError   the front ends could not be told of a withdrawal
├── AlertError      alerts cannot be read, kept or sent
└── ServeError      nothing can listen at the address asked for
"""


class TratinError(Exception):
    """Base of the front door's errors; the message says what was wrong and what to do next."""


class SettingsError(TratinError):
    """A setting cannot be read."""


class BackupError(TratinError):
    """A backup cannot be written or restored."""


class DemoRefused(TratinError):
    """The demo would mix invented articles into a store of real ones."""


class WithdrawError(TratinError):
    """The front ends could not be told that an article was withdrawn or reinstated."""


class AlertError(TratinError):
    """Alerts cannot be read, kept or sent."""


class ServeError(TratinError):
    """Nothing can listen at the address asked for."""

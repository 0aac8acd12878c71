"""The tree of everything that can go wrong on purpose.

LimitedTimesError            one clear line for the person at the terminal
├── ConfigError              a file or field of the operator's is wrong (exit code 2)
├── StoreError               the database cannot be used
├── ModelError               a model cannot be found, pulled or removed
└── StepError                one task failed; a value as much as an exception
    ├── FetchError
    ├── ExtractError
    └── TranslateError
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

STOPPED: Final = "stopped"
"""The reason of what is given back because the program ends: it failed in nothing."""
UNCOUNTED: Final = "uncounted"
"""The reason of what was not sent because nobody could count it: the paper's own fault, which stops it."""


class LimitedTimesError(Exception):
    """Base of all expected errors. ``str(error)`` is one line that names the thing and what to do."""


class ConfigError(LimitedTimesError):
    """The configuration or a source file is wrong; the message names the file and the field."""


class StoreError(LimitedTimesError):
    """The database cannot be opened, read or written."""


class ModelError(LimitedTimesError):
    """A model cannot be found, pulled, checked or removed."""


class StepError(LimitedTimesError):
    """One task of one step failed.

    ``reason`` is a short stable slug (``timeout``, ``robots``, ``paywall``, ``not-an-article`` …) to count by.
    ``transient`` says that the same task may succeed later; ``retry_at`` (aware UTC) says when to try it, and
    ``None`` parks it. ``detail`` keeps a traceback when the error was not expected.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: str,
        transient: bool = False,
        retry_at: datetime | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.transient = transient
        self.retry_at = retry_at
        self.detail = detail

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Errors cross from one process to another; by themselves, those with keyword-only arguments do not arrive."""
        again = partial(
            type(self), reason=self.reason, transient=self.transient, retry_at=self.retry_at, detail=self.detail
        )
        return again, (self.message,)


class FetchError(StepError):
    """A page could not be fetched, or must not be."""


class ExtractError(StepError):
    """A page holds no article that can be published."""


class TranslateError(StepError):
    """An article could not be translated."""

"""The one family of errors that the project raises on purpose, each with its HTTP status.

A message is written for the person who reads it: one sentence, saying what to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from django.core.exceptions import ValidationError

from factcheck.common.marking import gettext_noop as _


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one value, and where it is.

    `pointer` is a JSON Pointer (RFC 6901) when it starts with a slash ("/figures/0/low"), else the
    name of a parameter, a column or a form field ("page_size"); empty for the input as a whole.
    """

    pointer: str
    message: str


class FactcheckError(Exception):
    """Something was asked for that cannot be done; the message says why, and what to do."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    title: ClassVar[str] = _("Error")

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def headers(self) -> dict[str, str]:
        """What the answer carries besides the message."""
        return {}


class InvalidInput(FactcheckError):
    """The input is malformed or out of bounds; `errors` says where."""

    status = 400
    code = "invalid-input"
    title = _("Invalid input")

    def __init__(self, message: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(message)
        self.errors = list(errors)

    @classmethod
    def at(cls, pointer: str, message: str) -> Self:
        """The refusal of a single value."""
        sentence = f"{pointer}: {message}" if pointer else message
        return cls(sentence, [FieldError(pointer, message)])

    def for_form(self) -> ValidationError:
        """The same refusal as forms and model validators raise it: without the field's name."""
        messages = [error.message for error in self.errors] or [self.message]
        return ValidationError([ValidationError(text, code="invalid") for text in messages])


class UnknownKey(FactcheckError):
    """A key was given that opens nothing. Why not, is not said: a guess shall teach nothing."""

    status = 401
    code = "unknown-key"
    title = "Unknown key"

    @property
    def headers(self) -> dict[str, str]:
        """How a key is given."""
        return {"WWW-Authenticate": "Bearer"}


class NotAllowed(FactcheckError):
    """The person may not do this."""

    status = 403
    code = "not-allowed"
    title = _("Not allowed")


class NotFound(FactcheckError):
    """There is no such thing, or none that the asker may know of."""

    status = 404
    code = "not-found"
    title = _("Not found")


class Conflict(FactcheckError):
    """Somebody else was faster, or the thing is not in the state that the step needs."""

    status = 409
    code = "conflict"
    title = _("Conflict")


class Gone(FactcheckError):
    """It was public once and is withheld now."""

    status = 410
    code = "gone"
    title = _("Gone")


class UnsupportedCharset(FactcheckError):
    """The body is said to be in another encoding than UTF-8."""

    status = 415
    code = "unsupported-charset"
    title = _("Unsupported charset")


class NotReady(FactcheckError):
    """A step is refused by the publication rules; `reasons` has a sentence for each of them."""

    status = 422
    code = "not-ready"
    title = _("Not ready")

    def __init__(self, message: str, reasons: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.reasons = list(reasons)


class TooMany(FactcheckError):
    """Too much was asked for in too short a time; `retry_after` says in how many seconds again."""

    status = 429
    code = "too-many"
    title = "Too many requests"

    def __init__(self, message: str, *, retry_after: int = 60) -> None:
        super().__init__(message)
        self.retry_after = retry_after

    @property
    def headers(self) -> dict[str, str]:
        """When to come back."""
        return {"Retry-After": str(self.retry_after)}


class QuotaExceeded(TooMany):
    """A program asks faster than it may; `policies` names the limits that it went beyond."""

    code = "quota-exceeded"

    def __init__(self, message: str, *, retry_after: int, policies: Sequence[str]) -> None:
        super().__init__(message, retry_after=retry_after)
        self.policies = list(policies)


class NotOffered(FactcheckError):
    """There is such a thing elsewhere, and not here."""

    status = 501
    code = "not-offered"
    title = "Not implemented"


class NoAnswer(FactcheckError):
    """Another machine was asked, and gave no whole answer."""

    status = 502
    code = "no-answer"
    title = "No answer"


class NotYet(FactcheckError):
    """It is coming, and is not there yet; ask again."""

    status = 503
    code = "not-yet"
    title = "Not yet"

    @property
    def headers(self) -> dict[str, str]:
        """When to come back."""
        return {"Retry-After": "5"}

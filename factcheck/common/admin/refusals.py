"""What the database or a service refused, in words for the person at the form."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import ProtectedError

from factcheck.common.errors import FactcheckError, InvalidInput, NotReady

FOREIGN_KEY_VIOLATION = "23503"
NATIVE_VIOLATIONS = ("23502", "23505", "23514", "23P01")
BUSY = ("40001", "40P01", "55P03")
RAISED_BY_POSTGRESQL = (" violates ", "value too long")


def sentences_of(error: FactcheckError | DatabaseError) -> list[str]:
    """The refusal as one or more sentences."""
    if isinstance(error, NotReady):
        return [error.message, *error.reasons]
    if isinstance(error, InvalidInput) and error.errors:
        return [field.message for field in error.errors]
    if isinstance(error, FactcheckError):
        return [error.message]
    return [sentence_of(error)]


def sentence_of(error: DatabaseError) -> str:
    """A trigger's own message, a constraint's message from the model, or a plain sentence."""
    if isinstance(error, ProtectedError):
        return (
            "It cannot be deleted while something else refers to it: "
            + ", ".join(sorted({str(row) for row in error.protected_objects})[:5])
            + "."
        )
    diagnostic = getattr(error.__cause__, "diag", None)
    code, message = (
        getattr(diagnostic, "sqlstate", None),
        getattr(diagnostic, "message_primary", None),
    )
    if code in BUSY:
        return "Somebody saved something connected with this at the same moment: save again."
    if code == FOREIGN_KEY_VIOLATION:
        return "Something this refers to was deleted meanwhile: choose something else."
    if message and not any(words in message for words in RAISED_BY_POSTGRESQL):
        return message
    name = getattr(diagnostic, "constraint_name", None) or ""
    return message_of_constraint(name) or f"The database refuses this ({name or 'no reason'})."


def message_of_constraint(name: str) -> str:
    """The sentence that the model gives for one of its constraints; empty where it gives none."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                own = constraint.violation_error_message
                is_own = own != constraint.default_violation_error_message
                return str(own) if is_own else ""
    return ""


def refusal_of(error: FactcheckError | DatabaseError) -> ValidationError:
    """The refusal as a form's error."""
    return ValidationError(sentences_of(error), code="refused")

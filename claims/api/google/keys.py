"""Who may ask: whoever has a key, as at Google's."""

from django.http import HttpRequest

from claims.api.google.errors import KeyMissing, KeyNotForThis, KeyNotValid
from factcheck.common.callers import Scope, caller_of


def check_caller(request: HttpRequest) -> None:
    """Raises KeyMissing, KeyNotValid or KeyNotForThis unless the caller's key opens the façade."""
    caller = caller_of(request)
    if caller.is_refused:
        raise KeyNotValid("API key not valid. Please pass a valid API key.")
    if caller.is_anonymous:
        raise KeyMissing(
            "Callers must say who they are: pass an API key as the parameter key, or as a bearer"
            " token."
        )
    if Scope.FACT_CHECK not in caller.scopes:
        raise KeyNotForThis("This API key is not meant for the fact check façade.")

"""Which program asks: what an API key says of a request. Set by the roof, asked by the surfaces."""

from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest


class Scope(models.TextChoices):
    """What a key is good for."""

    READ = "read", "Read the API, with higher limits"
    FACT_CHECK = "fact-check", "Ask the fact check façade"


@dataclass(frozen=True)
class Caller:
    """Who asks. Without a key it is anybody; `is_refused` where one was given that opens nothing
    (unknown, revoked, or past its day), which an answer may say without saying which.
    """

    key_prefix: str = ""
    scopes: frozenset[Scope] = frozenset()
    is_refused: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Whether no key was given at all."""
        return not self.key_prefix and not self.is_refused


ANYBODY = Caller()


def caller_of(request: HttpRequest) -> Caller:
    """Who asks; anybody, where nothing has looked for a key."""
    caller = getattr(request, "caller", ANYBODY)
    return caller if isinstance(caller, Caller) else ANYBODY

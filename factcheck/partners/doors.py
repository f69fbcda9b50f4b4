"""Which addresses are for programs, and what each of them asks of a key."""

from factcheck.common.callers import Scope
from factcheck.common.middleware import API_PREFIX

# The fact check façade, whose clients expect the answers, and the errors, of another API.
FACADE = ("/v1alpha1/", "/$discovery")


def is_for_programs(path: str) -> bool:
    """Whether the address belongs to the API or to the façade."""
    return path.startswith((API_PREFIX, *FACADE))


def is_facade(path: str) -> bool:
    """Whether the address belongs to the façade."""
    return path.startswith(FACADE)


def scope_at(path: str) -> Scope:
    """What a key must be good for to be shown here."""
    return Scope.FACT_CHECK if is_facade(path) else Scope.READ

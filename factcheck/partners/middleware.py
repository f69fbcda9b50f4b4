"""What all addresses for programs have in common, whichever view is behind: who asks, how much, and
that pages of other sites may read the answer. Pages and desk know nothing of it.
"""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from factcheck.common.callers import ANYBODY, Caller, Scope
from factcheck.common.costs import cost_of
from factcheck.common.errors import FactcheckError, NotAllowed, QuotaExceeded, UnknownKey
from factcheck.common.middleware import GetResponse
from factcheck.common.problems import problem_response
from factcheck.common.rpc_errors import speaks_rpc
from factcheck.partners.doors import is_for_programs
from factcheck.partners.given_keys import check_address, take_key
from factcheck.partners.keys import KNOWN
from factcheck.partners.limits import Limits, Standing

# Never with credentials: no cookie is read here, and a page that has a key sends it by itself.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
    ),
}
# Where `request.META` has the limits of the process, and what is left to who has been counted: both
# set by `factcheck.ready`, which answers some requests before any middleware.
LIMITS, STANDING = "factcheck.limits", "factcheck.standing"
OPENS_NOTHING = (
    "This key opens nothing: it is unknown, revoked or past its last day. Ask for another, or ask "
    "without one."
)


class OpenToOtherSites:
    """Lets pages of other sites read every answer to programs, those of other middlewares too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response with its headers."""
        response = self.get_response(request)
        if is_for_programs(request.path):
            for name, value in CORS.items():
                response[name] = value
        return response


class KnowCallers:
    """Sets `request.caller` by the key that came along, and refuses who asks too much.

    A key has a bucket of its own; all who ask without one, or with one that opens nothing, share
    that of their network. What is left is told on every answer.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.limits = Limits(settings.API_LIMITS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's response, or the refusal, with what is left to the caller."""
        if not is_for_programs(request.path):
            return self.get_response(request)
        key = take_key(request)
        caller = ANYBODY if key is None else KNOWN.caller(key)
        request.caller = caller  # type: ignore[attr-defined]
        standing = self.standing_of(request, caller)
        try:
            check_standing(standing, caller)
            check_key(request, caller)
        except FactcheckError as error:
            response: HttpResponseBase = problem_response(error, request)
        else:
            response = self.get_response(request)
        if standing is not None:
            response["RateLimit-Policy"] = standing.policy.header
            response["RateLimit"] = standing.header
        return response

    def standing_of(self, request: HttpRequest, caller: Caller) -> Standing | None:
        """What is left after this request; None where nothing is counted."""
        meta = request.META
        if STANDING in meta:
            return cast(Standing | None, meta[STANDING])
        limits: Limits = meta.get(LIMITS, self.limits)
        return limits.standing(meta, key_prefix=caller.key_prefix, cost=cost_of(meta))


def check_standing(standing: Standing | None, caller: Caller) -> None:
    """Raise QuotaExceeded for who has asked too much."""
    if standing is None or not standing.wait:
        return
    advice = "" if caller.key_prefix else " With a key you may ask more."
    raise QuotaExceeded(
        f"Too many requests: try again in {standing.wait} s.{advice}",
        retry_after=standing.wait,
        policies=[standing.policy.name],
    )


def check_key(request: HttpRequest, caller: Caller) -> None:
    """Raise InvalidInput for a key in the address, UnknownKey for one that opens nothing, and
    NotAllowed for one that is good for something else. The façade has words of its own.
    """
    check_address(request)
    if speaks_rpc(request.path):
        return
    if caller.is_refused:
        raise UnknownKey(OPENS_NOTHING)
    if caller.key_prefix and Scope.READ not in caller.scopes:
        raise NotAllowed("This key is good for the fact check façade alone. Ask for another.")

"""Where readers write to us: an error, a claim to check, a complaint, a request to be removed."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from claims.models import PublicClaim
from claims.models.report import MAX_WORDS
from claims.presentation.answering import BY_CODE, WISHES
from claims.presentation.lines import line_of
from claims.published import newest_of, told, told_in_full
from claims.services.receiving import receive_from_reader
from claims.services.reports import MAX_CONTACT
from claims.views.page import error_page, ignore_cookies, page
from factcheck.common.client import client_network
from factcheck.common.errors import FactcheckError, InvalidInput, NotFound, TooMany

# In seconds: nobody reads and writes faster, and no page stays open for longer in one sitting.
SOONEST, LATEST = 3, 24 * 60 * 60
SIGNER = TimestampSigner(salt="claims.answer")
# The database's word for a day on which nobody writes; see the read-only switch.
READ_ONLY = "desk_read_only"
RETRY_READ_ONLY = 600


@dataclass(frozen=True)
class Typed:
    """What stands in the form. `homepage` is for programs that fill in whatever they find."""

    kind: str = ""
    text: str = ""
    contact: str = ""
    claim: str = ""
    homepage: str = ""
    opened: str = ""


# Where a refusal stands in the form, and in which words a reader is told.
BEFORE_ALL = ""
WORDS_OF_REFUSALS = {
    "kind": gettext_lazy("Choose what you want to tell us."),
    "text": gettext_lazy(
        "Something in your message cannot be kept: it is longer than 20,000 characters, or there "
        "is a control character in it."
    ),
    "contact": gettext_lazy(
        "Give one address or number of at most 300 characters, without control characters."
    ),
}


class Refused(Exception):
    """What was sent is not kept: why, by field, and under which status."""

    def __init__(self, errors: dict[str, str], *, status: int = 400, retry_after: int = 0) -> None:
        super().__init__(errors)
        self.errors = errors
        self.status = status
        self.retry_after = retry_after


# Without an account and a cookie nobody's rights can be borrowed: a page elsewhere that posts here
# does nothing that whoever made it could not do by themselves, but count on the network of who
# reads it. Browsers say where a form stood, and that has to be here.
@method_decorator(csrf_exempt, name="dispatch")
class AnswerPage(View):
    """The form, and what becomes of it. Never kept by anybody, and not for search engines."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the page that says why there is none."""
        ignore_cookies(request)
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except FactcheckError as error:
            response = error_page(error)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, filled in with what the link says."""
        query = request.GET
        kind = query.get("kind", "")
        typed = Typed(
            kind=kind if kind in BY_CODE else "",
            text=query.get("about", "")[:MAX_WORDS],
            claim=query.get("claim", ""),
            opened=SIGNER.sign("answer"),
        )
        return form_page(request, typed)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep what was sent and say what happens next, or show it again with what is wrong."""
        typed = typed_in(request.POST)
        try:
            check_sender(request, typed)
            check_form(typed)
            reference = send(request, typed)
        except Refused as refused:
            if "opened" in refused.errors:
                typed = replace(typed, opened=SIGNER.sign("answer"))
            return form_page(request, typed, refused)
        context = {
            "wish": BY_CODE[typed.kind],
            "reference": reference,
            "has_contact": bool(typed.contact.strip()),
            "claim": told_claim(typed.claim),
        }
        return page("claims/answered.html", context, request=request)


def typed_in(sent: QueryDict) -> Typed:
    """The form as it was sent, its line breaks as the page counts them."""
    names = ("kind", "text", "contact", "claim", "homepage", "opened")
    return Typed(**{name: sent.get(name, "").replace("\r\n", "\n") for name in names})


def check_sender(request: HttpRequest, typed: Typed) -> None:
    """Raises Refused for a form that stood elsewhere, or was filled in by a program."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc not in own_hosts(request):
        raise Refused({BEFORE_ALL: _("This was sent from another site. Send it here.")}, status=403)
    if typed.homepage:
        raise Refused({"homepage": _("Leave the last field empty: it is there for programs.")})
    try:
        SIGNER.unsign(typed.opened, max_age=LATEST)
    except SignatureExpired:
        raise Refused({"opened": _("This page was open for long. Press “Send” again.")}) from None
    except BadSignature:
        raise Refused({"opened": _("This page was not whole. Press “Send” again.")}) from None
    try:
        SIGNER.unsign(typed.opened, max_age=SOONEST)
    except SignatureExpired:
        return
    raise Refused({BEFORE_ALL: _("That was faster than people write. Press “Send” again.")})


def own_hosts(request: HttpRequest) -> set[str]:
    """Under which hosts the form stands."""
    known = {urlsplit(url).netloc for url in (settings.SITE_URL, *settings.CSRF_TRUSTED_ORIGINS)}
    # Not the host of no address, which is that of “null” too.
    return {request.get_host(), *known} - {""}


def check_form(typed: Typed) -> None:
    """Raises Refused for what is left out, all of it at once."""
    errors = {}
    if typed.kind not in BY_CODE:
        errors["kind"] = _("Choose what you want to tell us.")
    if not typed.text.strip():
        errors["text"] = _("Write what you want to tell us.")
    if errors:
        raise Refused(errors)


def send(request: HttpRequest, typed: Typed) -> str:
    """Hand it to the desk, and give the number under which it is known there."""
    try:
        report = receive_from_reader(
            kind=typed.kind,
            text=typed.text,
            network=client_network(request),
            claim_id=typed.claim,
            contact=typed.contact,
        )
    except InvalidInput as error:
        field = error.errors[0].pointer
        raise Refused({field: str(WORDS_OF_REFUSALS[field])}) from None
    except TooMany as error:
        raise Refused(
            {BEFORE_ALL: later(error)}, status=429, retry_after=error.retry_after
        ) from None
    except IntegrityError as error:
        diagnostic = getattr(error.__cause__, "diag", None)
        if diagnostic is None or diagnostic.constraint_name != READ_ONLY:
            raise
        sentence = _("We cannot take anything in for the time being. Please try again later today.")
        raise Refused({BEFORE_ALL: sentence}, status=503, retry_after=RETRY_READ_ONLY) from None
    return report.public_id


def later(error: TooMany) -> str:
    """When it may be sent again."""
    minutes = -(-error.retry_after // 60)
    sentence = ngettext(
        "Too many messages have come within this hour. Please send it again in %(minutes)s minute.",
        "Too many messages have come within this hour. Please send it again in %(minutes)s "
        "minutes.",
        minutes,
    )
    return sentence % {"minutes": minutes}


def form_page(request: HttpRequest, typed: Typed, refused: Refused | None = None) -> HttpResponse:
    """The form with what was typed, and what is wrong with it."""
    claim = told_claim(typed.claim)
    context = {
        "typed": typed if claim else replace(typed, claim=""),
        "claim": claim,
        "wishes": WISHES,
        "errors": refused.errors if refused else {},
        "max_words": MAX_WORDS,
        "max_contact": MAX_CONTACT,
    }
    status = refused.status if refused else 200
    response = page("claims/answer.html", context, request=request, status=status)
    if refused and refused.retry_after:
        response["Retry-After"] = str(refused.retry_after)
    return response


def told_claim(claim_id: str) -> dict[str, SafeString | str] | None:
    """The claim that it is about, with its status line if it stands; None for what was never
    published, as if there were no such id.
    """
    if not claim_id:
        return None
    try:
        newest_of(claim_id)
    except NotFound:
        return None
    standing = told_in_full(PublicClaim.objects.using("public").current())
    current = standing.filter(claim_id=claim_id).first()
    if current is None:
        return {"path": f"/claims/{claim_id}/", "status_line": ""}
    return {"path": current.get_absolute_url(), "status_line": line_of(told(current))}

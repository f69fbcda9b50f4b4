"""The pages between the password and the desk, and those about one's own second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import django_otp
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import RedirectURLMixin, redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_static.models import StaticDevice

from factcheck.common.errors import InvalidInput
from factcheck.signing_in import confirming, second_factor, sessions

# Where the session keeps the secret of a device that has not been confirmed yet.
KEY = "second_factor_key"

View = Callable[..., HttpResponse]


class Target(RedirectURLMixin):
    """Where a person wanted to go before signing in: an address of this site, or the desk."""

    next_page = "admin:index"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request


def target(request: HttpRequest) -> str:
    """The address asked for, if it is one of ours."""
    return Target(request).get_success_url()


def next_step(request: HttpRequest) -> HttpResponseRedirect:
    """On the way from the password to the desk: to the code, to setting one up, or there."""
    if second_factor.is_through(request.user):
        return redirect(target(request))
    page = "desk:code" if second_factor.device_of(request.user) else "desk:second_factor"
    query = urlencode({REDIRECT_FIELD_NAME: target(request)})
    return redirect(f"{reverse(page)}?{query}")


def with_password(view: View) -> View:
    """Lets staff in who have given their password, whether or not the code too."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not (user.is_active and user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, *args, **kwargs)

    return never_cache(sensitive_post_parameters("code", "password", "current_code")(inner))


def show(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """One of the pages of signing in."""
    return TemplateResponse(
        request,
        f"admin/signing_in/{template}.html",
        {**admin.site.each_context(request), "title": title, **context},
        status=status,
    )


@with_password
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the moment, or a recovery code, and open the desk."""
    user: Any = request.user
    if second_factor.is_through(user) or second_factor.device_of(user) is None:
        return next_step(request)
    error = ""
    if request.method == "POST":
        try:
            device = second_factor.check_code(user, request.POST.get("code", ""))
        except InvalidInput as refusal:
            error = refusal.errors[0].message
        else:
            let_through(request, device)
            if isinstance(device, StaticDevice):
                messages.warning(request, used_up(second_factor.recovery_codes_left(user)))
            return redirect(target(request))
    return show(request, "code", "Enter your code", error=error, next=target(request))


@with_password
@require_http_methods(["GET", "POST"])
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Set up a device: the first, or another instead of the one that the person has shown. Who is
    in the desk already is asked once more who they are.
    """
    user: Any = request.user
    if second_factor.device_of(user) is not None and not second_factor.is_through(user):
        return next_step(request)
    if request.method != "POST":
        return show_second_factor(request)
    key, code = request.session.get(KEY) or second_factor.new_key(), request.POST.get("code", "")
    try:
        # First what uses nothing up: a slip in it shall not cost the code of the device in use.
        second_factor.check_first_code(key, code)
        if second_factor.is_through(user):
            check_person(request)
        device, codes = second_factor.set_up(user, key=key, code=code)
    except InvalidInput as refusal:
        return show_second_factor(request, refused="set-up", refusal=refusal)
    del request.session[KEY]
    let_through(request, device)
    sessions.end_others(request)
    return show_codes(request, codes)


@never_cache
@sensitive_post_parameters("password", "current_code")
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes for who has a device, and shows once more who they are."""
    user: Any = request.user
    if second_factor.device_of(user) is None:
        return redirect("desk:second_factor")
    try:
        check_person(request)
    except InvalidInput as refusal:
        return show_second_factor(request, refused="recovery", refusal=refusal)
    return show_codes(request, second_factor.new_recovery_codes(user))


def check_person(request: HttpRequest) -> None:
    """Raise InvalidInput unless password and code that were sent are of who is signed in."""
    confirming.check_person(
        request,
        password=request.POST.get("password", ""),
        code=request.POST.get("current_code", ""),
    )


def show_second_factor(
    request: HttpRequest, *, refused: str = "", refusal: InvalidInput | None = None
) -> HttpResponse:
    """The page about one's own second factor, with what was wrong in which of its forms."""
    user: Any = request.user
    device = second_factor.device_of(user)
    key = request.session.setdefault(KEY, second_factor.new_key())
    wrong = refusal.errors[0] if refusal else None
    return show(
        request,
        "set_up",
        "Second factor" if device else "Set up your second factor",
        error=wrong.message if wrong else "",
        wrong=f"{refused}-{wrong.pointer}" if wrong else "",
        device=device,
        left=second_factor.recovery_codes_left(user),
        is_demanded=settings.SECOND_FACTOR,
        is_asked_again=second_factor.is_through(user),
        failures=settings.AXES_FAILURE_LIMIT,
        minutes=int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60,
        picture=mark_safe(second_factor.qr_code(user, key)),  # segno's own SVG
        secret=second_factor.key_as_text(key),
        next=target(request),
    )


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The page that shows recovery codes, this once."""
    return show(request, "recovery_codes", "Your recovery codes", codes=codes, next=target(request))


def let_through(request: HttpRequest, device: Any) -> None:
    """Note in the session that the second factor was shown. The session gets another key, so that
    one who knew the key before the code was given has nothing.
    """
    request.session.cycle_key()
    django_otp.login(request, device)


def used_up(left: int) -> str:
    """What to tell who has used a recovery code: setting up another telephone takes one more."""
    if not left:
        return (
            "You have used up your last recovery code. If your telephone is lost, ask an "
            "administrator to remove your second factor; else make new codes at “Second factor”."
        )
    return (
        f"You have used up a recovery code; {left} are left. If your telephone is lost, set up "
        "another one at “Second factor”, with one more of them."
    )

"""That it is still the person who sits there: asked before what would shut the person out.

A session in other hands could otherwise be made into the account itself.
"""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest

from factcheck.common.errors import InvalidInput
from factcheck.signing_in import second_factor


def check_person(request: HttpRequest, *, password: str, code: str) -> None:
    """Raise InvalidInput unless the password is that of who is signed in and, where a device is set
    up, the code is one of it, or a recovery code, which is then used up.

    Wrong passwords count as those of signing in do, and wrong codes as those after it. While one
    has to wait, the right ones are refused as well.
    """
    user: Any = request.user
    if not password:
        raise InvalidInput.at("password", "Give your password.")
    if not knows_password(request, password):
        raise InvalidInput.at("password", "This is not your password.")
    if second_factor.device_of(user) is not None:
        try:
            second_factor.check_code(user, code)
        except InvalidInput as refusal:
            raise InvalidInput.at("current_code", refusal.errors[0].message) from refusal


def knows_password(request: HttpRequest, password: str) -> bool:
    """Whether the password is that of who is signed in; another one is counted. False for any while
    the name has to wait.
    """
    user: Any = request.user
    found = authenticate(request, username=user.get_username(), password=password)
    return found is not None and found.pk == user.pk


def has_to_wait(request: HttpRequest) -> bool:
    """Whether a password of this request was one too many, or came while the name has to wait.
    Whatever the view answers, the response is then the page that says so.
    """
    return bool(getattr(request, "axes_locked_out", False))

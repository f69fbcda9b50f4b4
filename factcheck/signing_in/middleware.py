"""Sessions know whom they belong to and from where, and end at the end of a working day.

They are the desk's alone, as are those whom they belong to and what is told to them: pages and API
know nobody, and their requests pass all that by. What refuses changes (csrf, the read-only switch)
stands before every address.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_otp.middleware import OTPMiddleware

from factcheck.common.client import client_address
from factcheck.common.middleware import GetResponse

DESK = "/admin/"
# How exactly "last seen" is kept: a write a minute at most.
SEEN_EVERY = 60
SINCE, SEEN = "signed_in_at", "seen_at"


class AtTheDesk:
    """Mixed into a middleware, keeps it from requests for other addresses than the desk's."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        """The middleware's response; elsewhere that of what stands behind it."""
        if request.path.startswith(DESK):
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)


class Authentication(AtTheDesk, AuthenticationMiddleware):
    """Tells whose session it is."""


class SecondFactor(AtTheDesk, OTPMiddleware):
    """Tells whether that person has shown the second factor."""


class Messages(AtTheDesk, MessageMiddleware):
    """Keeps what the next page has to tell."""


class Sessions(AtTheDesk, SessionMiddleware):
    """Django's middleware on qsessions' store, with the client's address as proxies report it."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request its session."""
        request.session = self.SessionStore(  # type: ignore[call-arg]
            session_key=request.COOKIES.get(settings.SESSION_COOKIE_NAME),
            ip=client_address(request),
            user_agent=request.headers.get("User-Agent", ""),
        )


class WorkingDay:
    """Ends a session some hours after the sign-in, however busy it is; an idle one ends earlier,
    by SESSION_COOKIE_AGE, which counts from when it was last seen.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response; to who was signed in for too long, that of a stranger."""
        if request.path.startswith(DESK) and request.user.is_authenticated:
            self.look_at(request)
        return self.get_response(request)

    def look_at(self, request: HttpRequest) -> None:
        """Note that the session was used, or end it."""
        now = int(time.time())
        session = request.session
        if SINCE not in session:
            session[SINCE] = session[SEEN] = now
        elif now - session[SINCE] > settings.SESSION_LONGEST_AGE:
            logout(request)
        elif now - session[SEEN] > SEEN_EVERY:
            session[SEEN] = now

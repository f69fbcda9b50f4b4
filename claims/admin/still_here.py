"""Whether somebody is still signed in, asked by a page before it sends what was typed into it."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_safe


@require_safe
def still_here(request: HttpRequest) -> JsonResponse:
    """The token that forms of this session carry now; who is signed out is led to the sign-in."""
    return JsonResponse({"token": get_token(request)})

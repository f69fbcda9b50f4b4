"""Who is answered in JSON: whoever asks for it, and every caller of an address that gives nothing
else.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import Resolver404, resolve

HTML, JSON = "text/html", "application/json"
MARK = "answers_json"

V = TypeVar("V", bound=Callable[..., Any])


def gives_json(view: V) -> V:
    """View decorator: this address gives JSON alone, so what stands before it does too."""
    setattr(view, MARK, True)
    return view


def wants_json(request: HttpRequest) -> bool:
    """Whether the request is to be answered in JSON rather than with a page."""
    # Who takes anything gets a page, as does who takes both alike.
    if request.get_preferred_type([HTML, JSON]) == JSON:
        return True
    try:
        view = resolve(request.path_info, getattr(request, "urlconf", None)).func
    except Resolver404:
        return False
    return bool(getattr(view, MARK, False))

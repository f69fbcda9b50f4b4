"""Health, and what is said when something goes wrong."""

import functools
from typing import Any

from django.db import Error, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from claims.views.page import NOT_FOUND, error_page, ignore_cookies, page
from factcheck.common.errors import FactcheckError, InvalidInput, NotAllowed
from factcheck.common.problems import problem_response
from factcheck.ledger.models import Head
from factcheck.partners.doors import is_for_programs

# Health


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive; asks nothing of anybody."""
    ignore_cookies(request)
    return health(200, status="alive")


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 while pages can be served, 503 with the reason while they cannot."""
    ignore_cookies(request)
    try:
        missing = known_migrations() - applied_migrations()
        head = Head.objects.using("public").get()
    except Error:
        return health(503, status="not ready", reason="The database does not answer.")
    except Head.DoesNotExist:
        return health(503, status="not ready", reason="No ledger yet: run prepare_database.")
    if missing:
        reason = f"{len(missing)} migrations are not applied: run prepare_database."
        return health(503, status="not ready", reason=reason)
    return health(200, status="ready", seq=head.seq)


def health(code: int, **facts: Any) -> HttpResponse:
    """Facts for whoever watches the server, never kept."""
    return JsonResponse(facts, status=code, headers={"Cache-Control": "no-store"})


@functools.cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of this release."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def applied_migrations() -> set[tuple[str, str]]:
    """The migrations that the database has."""
    return set(MigrationRecorder(connections["public"]).applied_migrations())


# When something goes wrong


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be read."""
    return answer(request, InvalidInput("This request is malformed."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that this person may not do."""
    return answer(request, NotAllowed("You may not do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The one answer to every address that has nothing, drafts' included."""
    ignore_cookies(request)
    if is_program(request):
        return problem_response(Http404(), request)
    return error_page(NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something nobody expected: says nothing about it, and asks nothing of the database."""
    if is_program(request):
        return problem_response(RuntimeError(), request)
    return page("500.html", {}, status=500)


def is_program(request: HttpRequest) -> bool:
    """Whether the address is one for programs, which no page is an answer to."""
    return is_for_programs(request.path)


def answer(request: HttpRequest, error: FactcheckError) -> HttpResponse:
    """The error as a page, or as problem details at the addresses for programs."""
    if is_program(request):
        return problem_response(error, request)
    return error_page(error)

"""Views that take and give JSON: what was posted read strictly, every refusal a sentence."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError

from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import FactcheckError, InvalidInput
from factcheck.common.json_callers import gives_json
from factcheck.common.json_input import parse_json

View = Callable[..., HttpResponse]
Post = dict[str, Any]


def refusal(status: int, sentence: str) -> JsonResponse:
    """The answer to a whole request that is refused."""
    return JsonResponse({"detail": sentence}, status=status)


def answers_json(*, method: str) -> Callable[[View], View]:
    """View decorator: this method alone, and every refusal as JSON with one sentence."""

    def decorate(view: View) -> View:
        @gives_json
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != method:
                answer = refusal(HTTPStatus.METHOD_NOT_ALLOWED, f"Send this with {method}.")
                answer["Allow"] = method
                return answer
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied as error:
                return refusal(403, str(error) or "You may not do this.")
            except Http404:
                return refusal(404, "There is no such document.")
            except RequestDataTooBig:
                return refusal(413, "Send a smaller request: fewer rows at a time.")
            except UnreadablePostError:
                return refusal(400, "The request broke off before its end. Send it again.")
            except FactcheckError as error:
                return refusal(error.status, error.message)
            except (IntegrityError, OperationalError) as error:
                return refusal(409, " ".join(sentences_of(error)))

        return wrapped

    return decorate


def posted(request: HttpRequest) -> Post:
    """The object that was posted. Raises InvalidInput."""
    value = parse_json(request.body)
    if not isinstance(value, dict):
        raise InvalidInput("Send a JSON object.")
    return value


def posted_rows(request: HttpRequest, *, limit: int) -> tuple[Post, list[Any]]:
    """The object that was posted, and its rows. Raises InvalidInput."""
    value = posted(request)
    rows = value.get("rows")
    if not isinstance(rows, list) or len(rows) > limit:
        raise InvalidInput(f"Send a list of at most {limit} rows.")
    return value, rows

import json

import pytest
from django import forms
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404
from django.test import RequestFactory
from rest_framework import exceptions, serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from factcheck.common.errors import (
    Conflict,
    FactcheckError,
    FieldError,
    Gone,
    InvalidInput,
    NoAnswer,
    NotAllowed,
    NotFound,
    NotOffered,
    NotReady,
    NotYet,
    QuotaExceeded,
    TooMany,
    UnknownKey,
    UnsupportedCharset,
)
from factcheck.common.problems import exception_handler, problem_response

FAMILY = [
    InvalidInput,
    UnknownKey,
    NotAllowed,
    NotFound,
    Conflict,
    Gone,
    UnsupportedCharset,
    NotReady,
    TooMany,
    NotOffered,
    NoAnswer,
    NotYet,
]


class RaisingView(APIView):
    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (JSONRenderer,)
    error: Exception | None = None

    def get_exception_handler(self):
        return exception_handler

    def get(self, request):
        raise self.error

    def post(self, request):
        raise self.error


def answer(error, *, method="get", path="/api/v1/claims/"):
    request = getattr(APIRequestFactory(), method)(path)
    response = RaisingView.as_view(error=error)(request)
    assert response["Content-Type"] == "application/problem+json"
    return response, json.loads(response.content)


@pytest.mark.parametrize("error_class", [cls for cls in FAMILY if cls is not NotFound])
def test_an_error_of_ours_says_what_it_says(error_class):
    response, body = answer(error_class("Say it again, in other words."))

    assert response.status_code == error_class.status
    assert response["Cache-Control"] == "no-store"
    assert body == {
        "type": f"urn:factcheck:problem:{error_class.code}",
        "title": error_class.title,
        "status": error_class.status,
        "detail": "Say it again, in other words.",
        "instance": "/api/v1/claims/",
    }


def test_the_family_is_told_apart_by_code_and_status():
    assert set(FactcheckError.__subclasses__()) == set(FAMILY)
    assert [cls.status for cls in FAMILY] == [
        400,
        401,
        403,
        404,
        409,
        410,
        415,
        422,
        429,
        501,
        502,
        503,
    ]
    assert len({cls.code for cls in FAMILY}) == len(FAMILY)


def test_wrong_values_are_located_in_query_or_body():
    error = InvalidInput(
        "Two values are wrong.",
        [
            FieldError("page_size", "Give less."),
            FieldError("/figures/0/as printed", "Give more."),
            FieldError("", "Give something."),
        ],
    )

    _, body = answer(error)

    assert body["errors"] == [
        {"parameter": "page_size", "detail": "Give less."},
        {"pointer": "#/figures/0/as%20printed", "detail": "Give more."},
        {"detail": "Give something."},
    ]


def test_a_refused_step_gives_its_reasons():
    _, body = answer(NotReady("Cannot publish yet.", ["No quote.", "No harm check."]))

    assert body["errors"] == [{"detail": "No quote."}, {"detail": "No harm check."}]


def test_all_that_is_not_there_looks_the_same():
    errors = [
        Http404("No Claim matches the given query."),
        NotFound("The draft k3x9 is not public."),
        exceptions.NotFound("nothing"),
    ]

    answers = [answer(error, path=f"/api/v1/claims/{n}/")[0] for n, error in enumerate(errors)]

    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert len({str(response.headers) for response in answers}) == 1
    assert json.loads(answers[0].content) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
    }


@pytest.mark.parametrize(
    ("error", "status", "title", "detail"),
    [
        (PermissionDenied("secret"), 403, "Forbidden", "You may not do this."),
        (BadRequest("secret"), 400, "Bad Request", "This request is malformed."),
        (SuspiciousOperation("secret"), 400, "Bad Request", "This request is malformed."),
        (RequestDataTooBig("secret"), 413, "Request Entity Too Large", "Send a smaller request."),
        (
            exceptions.MethodNotAllowed("GET"),
            405,
            "Method Not Allowed",
            'Method "GET" not allowed.',
        ),
        (exceptions.APIException("secret"), 500, "Internal Server Error", "Internal Server Error"),
        (exceptions.ParseError("no"), 400, "Bad Request", "no"),
    ],
)
def test_errors_of_the_frameworks_become_plain_problems(error, status, title, detail):
    response, body = answer(error)

    assert response.status_code == status
    assert body == {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": "/api/v1/claims/",
    }


@pytest.mark.parametrize(("wait", "seconds"), [(0.2, "1"), (3, "3"), (3.1, "4")])
def test_too_many_requests_say_when_to_come_back(wait, seconds):
    response, body = answer(exceptions.Throttled(wait=wait))

    assert (response.status_code, response["Retry-After"]) == (429, seconds)
    assert body["detail"] == f"Too many requests; please try again in {seconds} s."


def test_too_many_requests_may_not_know_when():
    response, body = answer(exceptions.Throttled())

    assert "Retry-After" not in response
    assert body["detail"] == "Too many requests; please try again later."


def test_too_much_says_when_to_come_back():
    response, _ = answer(TooMany("Later.", retry_after=7))

    assert (response.status_code, response["Retry-After"]) == (429, "7")


def test_a_limit_that_was_passed_is_named():
    response, body = answer(QuotaExceeded("Later.", retry_after=7, policies=["anonymous"]))

    assert (response.status_code, response["Retry-After"]) == (429, "7")
    assert body == {
        "type": "https://iana.org/assignments/http-problem-types#quota-exceeded",
        "title": "Too many requests",
        "status": 429,
        "detail": "Later.",
        "instance": "/api/v1/claims/",
        "violated-policies": ["anonymous"],
    }


def test_a_key_that_opens_nothing_is_answered_with_how_to_give_one():
    response, _ = answer(UnknownKey("Ask for another."))

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_a_missing_key_is_asked_for():
    class Keys(BaseAuthentication):
        def authenticate(self, request):
            return None

        def authenticate_header(self, request):
            return "Bearer"

    request = APIRequestFactory().get("/api/v1/claims/")

    response = RaisingView.as_view(
        error=exceptions.NotAuthenticated(), authentication_classes=(Keys,)
    )(request)

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_wrong_parameters_are_named():
    error = exceptions.ValidationError(
        {"page_size": ["Give a number.", "Give less."], "non_field_errors": ["Give a or b."]}
    )

    response, body = answer(error)

    assert response.status_code == 400
    assert body == {
        "type": "urn:factcheck:problem:invalid-input",
        "title": "Invalid input",
        "status": 400,
        "detail": "page_size: Give a number.",
        "instance": "/api/v1/claims/",
        "errors": [
            {"parameter": "page_size", "detail": "Give a number."},
            {"parameter": "page_size", "detail": "Give less."},
            {"detail": "Give a or b."},
        ],
    }


def test_wrong_members_of_a_body_are_pointed_at():
    class Figure(serializers.Serializer):
        low = serializers.IntegerField()

    class Claim(serializers.Serializer):
        figures = Figure(many=True)

    claim = Claim(data={"figures": [{"low": 1}, {"low": "x"}]})
    assert not claim.is_valid()

    _, body = answer(exceptions.ValidationError(claim.errors), method="post")

    assert body["errors"] == [
        {"pointer": "#/figures/1/low", "detail": "A valid integer is required."}
    ]
    assert body["detail"] == "figures/1/low: A valid integer is required."


def test_a_form_that_is_wrong_is_explained():
    class Search(forms.Form):
        q = forms.CharField(max_length=3)

    form = Search({"q": "abcd"})
    with pytest.raises(ValidationError) as caught:
        raise ValidationError(form.errors.as_data())

    _, body = answer(caught.value)

    assert body["errors"] == [
        {
            "parameter": "q",
            "detail": "Ensure this value has at most 3 characters (it has 4).",
        }
    ]


def test_input_is_not_repeated_at_length():
    hostile = "<script>" * 1_000

    for error in (
        exceptions.ValidationError({hostile: [f'"{hostile}" is not a valid choice.']}),
        exceptions.ValidationError(f'"{hostile}" is not a valid choice.'),
        exceptions.ParseError(hostile),
        exceptions.UnsupportedMediaType(hostile),
    ):
        for method in ("get", "post"):
            response, _ = answer(error, method=method)
            assert len(response.content) < 1_000


def test_a_long_address_is_not_repeated():
    _, body = answer(Conflict("Again."), path="/api/" + "a" * 5_000)

    assert "instance" not in body


def test_the_address_is_repeated_as_an_address():
    _, body = answer(Conflict("Again."), path="/api/%D0%B6%20%22")

    assert body["instance"] == "/api/%D0%B6%20%22"


def test_at_most_fifty_errors_are_told():
    error = exceptions.ValidationError({f"field{n}": ["No."] for n in range(1_000)})

    _, body = answer(error)

    assert len(body["errors"]) == 50


def test_a_lone_surrogate_in_a_message_does_not_break_the_answer():
    response, body = answer(InvalidInput("Not \ud800 but ж."))

    assert body["detail"] == "Not ? but ж."
    assert "ж".encode() in response.content


def test_an_error_that_nobody_expected_stays_an_error():
    with pytest.raises(ZeroDivisionError):
        answer(ZeroDivisionError("secret"))

    assert exception_handler(ZeroDivisionError("secret"), {"request": None}) is None


def test_code_outside_of_views_can_answer_with_a_problem():
    request = RequestFactory().get("/api/v1/claims/")

    response = problem_response(ZeroDivisionError("secret"), request)

    assert response.status_code == 500
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "Something went wrong on our side; please try again later.",
        "instance": "/api/v1/claims/",
    }


def test_a_status_without_a_phrase_is_an_error():
    error = exceptions.APIException("Odd.")
    error.status_code = 499

    _, body = answer(error)

    assert (body["title"], body["detail"]) == ("Error", "Odd.")


def test_a_view_that_works_is_left_alone():
    class View(RaisingView):
        def get(self, request):
            return Response({"a": 1})

    response = View.as_view()(APIRequestFactory().get("/"))

    assert response.data == {"a": 1}

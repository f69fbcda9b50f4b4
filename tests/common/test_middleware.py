import json
from io import BytesIO

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import path, re_path
from hypothesis import given
from hypothesis import strategies as st

from factcheck.common.middleware import (
    MAX_QUERY,
    REQUEST_ID,
    SECURITY_HEADERS,
    RefuseMalformedRequests,
    Request,
    SecurityHeaders,
)


def raise_error(request, name):
    raise {"404": Http404, "403": PermissionDenied, "400": SuspiciousOperation, "500": KeyError}[
        name
    ]


urlpatterns = [
    path("error/<str:name>/", raise_error),
    re_path("^.*$", lambda request: HttpResponse("seen")),
]

handle = RefuseMalformedRequests(lambda request: HttpResponse("seen"))


def send(path="/claims/", query="", **headers):
    """What the middleware answers to a request as the server hands it over, bytes as latin-1."""
    environ = RequestFactory()._base_environ(
        PATH_INFO=path, QUERY_STRING=query, REQUEST_METHOD="GET", **headers
    )
    return handle(Request(environ))


def latin(text):
    return text.encode().decode("latin-1")


def refused(response, status=400):
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    return response.content.decode()


@pytest.fixture
def no_page(settings):
    settings.TEMPLATES = []


# Requests that pass


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"path": latin("/claimants/ж/гладков/")},
        {"query": "q=%D0%B6+36%25&as_of=2024-05-14"},
        {"query": latin("q=дрон")},
        {"query": "q=a%0Ab"},
        {"query": "a" * MAX_QUERY},
        {"HTTP_USER_AGENT": latin("Обозреватель\t1.0")},
        {"HTTP_COOKIE": 'sessionid=abc; theme="dark mode"'},
        {"CONTENT_TYPE": "application/json"},
        {"CONTENT_TYPE": "application/json; charset=UTF-8"},
        {"CONTENT_TYPE": 'multipart/form-data; boundary=x; charset="utf8"'},
    ],
)
def test_well_formed_requests_reach_the_view(options):
    assert send(**options).content == b"seen"


# Requests that do not


@pytest.mark.parametrize(
    "path",
    [
        "/claims/\0/",
        "/a\n2026 ERROR forged",
        "/\x1b[2J",
        "/\x7f",
        "/\xff\xfe",
        "/\xed\xa0\x80",
        "/%zz",
        "/%00",
        "/%",
    ],
)
def test_malformed_paths_are_refused(path, no_page):
    assert refused(send(path=path)) == (
        "Invalid input: Write the address in UTF-8, with whole % escapes, without controls.\n"
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=%00", "Remove the NUL character (%00) from the query."),
        ("%00=q", "Remove the NUL character (%00) from the query."),
        ("q=\0", "Remove the NUL character (%00) from the query."),
        ("q=%zz", 'Write "%" as "%25" in the query.'),
        ("q=100%", 'Write "%" as "%25" in the query.'),
        ("q=%u0416", 'Write "%" as "%25" in the query.'),
        ("q=%ff", "Write the query in UTF-8."),
        ("q=\xff", "Write the query in UTF-8."),
        ("q=%ED%A0%80", "Write the query in UTF-8."),
        ("q=\u0416", "Write the query in UTF-8."),
        ("q" * (MAX_QUERY + 1), "Shorten the query to at most 8,192 bytes."),
    ],
)
def test_malformed_queries_are_refused(query, sentence, no_page):
    assert refused(send(query=query)) == f"Invalid input: {sentence}\n"


@pytest.mark.parametrize("name", ["HTTP_USER_AGENT", "HTTP_AUTHORIZATION", "HTTP_X_ANYTHING"])
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("a\0", "Remove control characters from the headers."),
        ("a\r\nb", "Remove control characters from the headers."),
        ("a\x1b", "Remove control characters from the headers."),
        ("\xff", "Write the headers in ASCII or UTF-8."),
        ("\xed\xa0\x80", "Write the headers in ASCII or UTF-8."),
        ("\u0416", "Write the headers in ASCII or UTF-8."),
    ],
)
def test_malformed_headers_are_refused(name, value, sentence, no_page):
    assert refused(send(**{name: value})) == f"Invalid input: {sentence}\n"


@pytest.mark.parametrize("cookie", [r'sessionid="\000\000\000\000\000\000\000\000"', r'a="\012"'])
def test_control_characters_hidden_in_cookies_are_refused(cookie, no_page):
    assert refused(send(HTTP_COOKIE=cookie)) == (
        "Invalid input: Delete the cookies of this site: one has a control character.\n"
    )


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
@pytest.mark.parametrize(
    "charset",
    [
        "charset=idna",
        "charset=punycode",
        "CHARSET=latin-1",
        "charset=",
        "charset=nope",
        'charset="utf-16"',
        "charset*=utf-8''latin-1",
    ],
)
def test_other_charsets_are_unsupported(kind, charset, no_page):
    assert refused(send(CONTENT_TYPE=f"{kind}; {charset}"), 415) == (
        "Unsupported charset: Send the body in UTF-8.\n"
    )


@pytest.mark.parametrize(
    "kind",
    ["text/plain; a*=nope''x", "text/plain; charset*=utf-8''a%00b", "text/plain; charset*=x'"],
)
def test_a_nonsensical_content_type_is_unsupported(kind, no_page):
    assert refused(send(CONTENT_TYPE=kind), 415).startswith("Unsupported charset: Send ")


def test_a_content_type_that_ends_djangos_request_in_an_error_does_not_end_ours():
    environ = RequestFactory()._base_environ(CONTENT_TYPE="text/plain; charset*=utf-8''a%00b")

    with pytest.raises(ValueError, match="null"):
        WSGIRequest(dict(environ))

    assert Request(dict(environ)).content_type == ""


def test_a_sound_content_type_is_read_as_ever():
    environ = RequestFactory()._base_environ(CONTENT_TYPE="text/plain; charset=utf-8")

    assert Request(environ).content_params == {"charset": "utf-8"}


LATIN = st.text(st.characters(max_codepoint=0xFF), max_size=40)
PARAMETERS = st.text("charset*=\"'%0;-utf8 \\x.1", max_size=40)


@given(path=LATIN, query=LATIN, header=LATIN, cookie=LATIN, kind=st.one_of(LATIN, PARAMETERS))
def test_any_bytes_are_served_or_refused(path, query, header, cookie, kind):
    response = send(
        path=f"/{path}",
        query=query,
        HTTP_ACCEPT=header,
        HTTP_COOKIE=cookie,
        CONTENT_TYPE=f"text/plain; {kind}",
    )

    assert response.status_code in (200, 400, 415)


# How it is said


def test_a_page_says_what_is_wrong_where_there_is_one(settings):
    page = "{{ status }} {{ title }}: {{ detail }}"
    loaders = [("django.template.loaders.locmem.Loader", {"400.html": page})]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": loaders},
        }
    ]

    response = send(query="q=%zz")

    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert refused(response) == (
        "400 Invalid input: Write &quot;%&quot; as &quot;%25&quot; in the query."
    )


def test_a_sentence_says_what_is_wrong_where_there_is_no_page(no_page):
    assert send(query="q=%zz")["Content-Type"] == "text/plain; charset=utf-8"


def test_the_api_says_what_is_wrong_as_a_problem():
    response = send(path="/api/v1/claims/\0/")

    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(refused(response)) == {
        "type": "urn:factcheck:problem:invalid-input",
        "title": "Invalid input",
        "status": 400,
        "detail": "Write the address in UTF-8, with whole % escapes, without controls.",
    }
    assert json.loads(refused(send(path="/api/", CONTENT_TYPE="a/b; charset=idna"), 415))[
        "type"
    ] == ("urn:factcheck:problem:unsupported-charset")


# Headers


@pytest.fixture
def answered(settings):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.TEMPLATES = []
    settings.MIDDLEWARE = [
        "factcheck.common.middleware.SecurityHeaders",
        "factcheck.common.middleware.RefuseMalformedRequests",
        "django.middleware.common.CommonMiddleware",
    ]

    def answer(path, query=""):
        environ = RequestFactory()._base_environ(PATH_INFO=path, QUERY_STRING=query)
        environ["wsgi.input"] = BytesIO()
        handler = WSGIHandler()
        handler.request_class = Request
        started = {}
        handler(
            environ, lambda status, headers: started.update({"status": status, **dict(headers)})
        )
        return started

    return answer


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/", "", 200),
        ("/", "q=%00", 400),
        ("/error/400/", "", 400),
        ("/error/403/", "", 403),
        ("/error/404/", "", 404),
        ("/error/500/", "", 500),
        ("/api/\0", "", 400),
    ],
)
def test_every_response_has_the_security_headers(answered, path, query, status):
    headers = answered(path, query)

    assert headers["status"].startswith(str(status))
    assert {name: headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert headers["X-Frame-Options"] == "DENY"
    assert len(headers["X-Request-Id"]) == 32


def test_no_script_or_style_stands_in_a_page():
    policy = SECURITY_HEADERS["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none';")
    assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= set(
        policy.split("; ")
    )


def test_only_the_request_id_differs_between_two_responses(answered):
    one, other = answered("/error/404/"), answered("/error/404/")

    assert one.pop("X-Request-Id") != other.pop("X-Request-Id")
    assert one == other


def test_the_request_id_is_known_to_the_logs():
    seen = []

    def view(request):
        seen.append(request.META[REQUEST_ID])
        return HttpResponse()

    response = SecurityHeaders(view)(RequestFactory().get("/", HTTP_X_REQUEST_ID="forged"))

    assert [response["X-Request-Id"]] == seen


@pytest.mark.parametrize(("demonstration", "robots"), [(True, "noindex"), (False, None)])
def test_a_demonstration_is_not_indexed(settings, demonstration, robots):
    settings.DEMONSTRATION = demonstration

    response = SecurityHeaders(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert response.get("X-Robots-Tag") == robots


def test_a_view_may_set_its_own_policy():
    def view(request):
        response = HttpResponse(headers={"Content-Security-Policy": "frame-ancestors *"})
        response.xframe_options_exempt = True
        return response

    response = SecurityHeaders(view)(RequestFactory().get("/"))

    assert response["Content-Security-Policy"] == "frame-ancestors *"
    assert "X-Frame-Options" not in response
    assert response["X-Content-Type-Options"] == "nosniff"


def test_both_stand_where_they_see_everything():
    middleware = django_settings.MIDDLEWARE

    assert middleware[0] == "factcheck.common.middleware.SecurityHeaders"
    assert middleware.index("factcheck.common.middleware.RefuseMalformedRequests") < min(
        middleware.index(name)
        for name in (
            "factcheck.signing_in.middleware.Sessions",
            "django.middleware.common.CommonMiddleware",
        )
    )

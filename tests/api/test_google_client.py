"""Google's own client, unchanged, against a server of ours: what it asks, and what it makes of it.

Which of the checks of `google_checks` a test makes stands above it.
"""

import re
from datetime import date
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from jsonschema import Draft202012Validator, FormatChecker

from claims import workflow
from claims.api.google.described import NAME, schema_of
from claims.models import PublicClaim
from factcheck.common.errors import TooMany
from factcheck.ledger.choices import PublicationKind
from tests.api.asking_google import (
    JUDGED,
    KEY,
    NO_KEY,
    OTHER_KEY,
    client,
    discovered,
    ids_of,
    make_review,
    make_reviews,
    refusal,
)
from tests.api.google_checks import checks
from tests.factories import make_published_claim, make_ready_claim, make_user, withhold
from tests.surfaces.ledgering import bury
from tests.surfaces.rich import make_rich_claim

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
    pytest.mark.usefixtures("keys"),
]

LONG = "boats " * 500


def pages_of(service: Any, **asked: Any) -> list[list[str]]:
    """The ids on each page, until the client finds that there is no next one."""
    claims, pages = service.claims(), []
    call = claims.search(**asked)
    while call is not None:
        answer = call.execute()
        pages.append(ids_of(answer))
        call = claims.search_next(call, answer)
    return pages


def error_of(service: Any, **asked: Any) -> tuple[int, str, str]:
    """Status, reason and name of the error that a search ends in."""
    error = refusal(service.claims().search(**asked))
    return error.status_code, error.reason, status_of(error)


def status_of(error: Any) -> str:
    """The name of the error's status, as its body has it."""
    [name] = re.findall(rb'"status": "(\w+)"', error.content)
    return str(name.decode())


@checks(1, 27)
def test_search_tells_of_the_review(public_server: str):
    claim = make_rich_claim()
    row = PublicClaim.objects.current().get(claim_id=claim.public_id)
    site = {"name": "Factcheck", "site": "localhost"}

    with client(public_server) as service:
        answer = service.claims().search(query="boats").execute()

    assert answer == {
        "claims": [
            {
                "text": row.text,
                "claimant": "Harbour Ministry of Exampleland",
                "claimDate": "2020-03-02T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": site,
                        "url": f"{public_server}{row.get_absolute_url()}",
                        "title": "Disputed, reported – Harbour Ministry of Exampleland: "
                        + row.text,
                        "reviewDate": row.published_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                        "textualRating": "Disputed",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    }
    Draft202012Validator(schema_of(NAME), format_checker=FormatChecker()).validate(answer)


@checks(2, 3, 4, 5, 6, 7)
def test_the_other_methods_say_that_they_are_not_offered(public_server: str):
    body = {"pageUrl": "https://facts.example/"}

    with client(public_server) as service:
        pages = service.pages()
        errors = [
            refusal(call)
            for call in (
                service.claims().imageSearch(imageUri="https://facts.example/a.jpg"),
                service.claims().imageSearch(imageUri="https://facts.example/" + "a" * 3_000),
                pages.list(organization="facts.example"),
                pages.create(body=body),
                pages.get(name="pages/1 2ї"),
                pages.update(name="pages/1", body=body),
                pages.delete(name="pages/1"),
            )
        ]

    assert {(error.status_code, status_of(error)) for error in errors} == {(501, "UNIMPLEMENTED")}
    assert all(error.reason.startswith("This site offers claims:search") for error in errors)


@checks(8, 9, 10, 14, 15)
def test_pages_lead_to_the_end(public_server: str):
    """Also while others publish, and from an offset on."""
    ids = make_reviews(7)

    with client(public_server) as service:
        claims = service.claims()
        pages = pages_of(service, query="boats", pageSize=3)
        from_second = pages_of(service, query="boats", pageSize=3, offset=1)
        exact = pages_of(service, query="boats", pageSize=7)
        first = claims.search(query="boats", pageSize=3)
        answer = first.execute()
        make_review()
        second = claims.search_next(first, answer).execute()

    assert pages == [ids[:3], ids[3:6], ids[6:]]
    assert from_second == [ids[1:4], ids[4:]]
    assert exact == [ids]
    assert ids_of(second) == ids[3:6]


@checks(11, 12, 13, 16)
def test_token_is_good_for_its_own_search_only(public_server: str):
    ids = make_reviews(4)
    refused = "pageToken: Start again without this token: it was not given out for this search."

    with client(public_server) as service:
        search = service.claims().search
        token = search(query="boats", pageSize=2).execute()["nextPageToken"]
        asked = {"query": "boats", "pageSize": 2, "pageToken": token}
        errors = [
            error_of(service, **{**asked, **other})
            for other in (
                {"query": "twelve"},
                {"pageSize": 3},
                {"languageCode": "en"},
                {"maxAgeDays": 3},
                {"reviewPublisherSiteFilter": "localhost"},
                {"pageToken": "1"},
                {"pageToken": token[:-1]},
            )
        ]
        passed_over = search(**asked, offset=1_000_000).execute()

    assert errors == [(400, refused, "INVALID_ARGUMENT")] * 7
    assert passed_over == search(**asked).execute()
    assert ids_of(passed_over) == ids[2:]


@checks(17, 18, 19, 20, 21)
def test_size_of_a_page_is_ten_and_never_above_a_hundred(public_server: str):
    make_reviews(102)
    number = "Give a whole number from 0 to 2147483647, in the digits 0 to 9."

    with client(public_server) as service:
        sizes = [
            len(service.claims().search(query="boats", **asked).execute()["claims"])
            for asked in ({}, {"pageSize": 0}, {"pageSize": 11}, {"pageSize": 1_000_000_000})
        ]
        errors = [error_of(service, query="boats", pageSize=size) for size in (-1, 2**31)]

    assert sizes == [10, 10, 11, 100]
    assert errors == [(400, f"pageSize: {number}", "INVALID_ARGUMENT")] * 2


@checks(22, 23)
def test_language_is_asked_for_with_script_and_without_region(public_server: str):
    english, serbian = make_review(), make_review(language="sr-Latn")
    asked = {
        "en": [english],
        "en-US": [english],
        "EN-us": [english],
        "sr": [serbian],
        "sr-Latn-RS": [serbian],
        "sr-latn": [serbian],
        "sr-Cyrl": [],
        "fr": [],
        "tlh": [],
    }

    with client(public_server) as service:
        found = {
            code: ids_of(service.claims().search(query="boats", languageCode=code).execute())
            for code in asked
        }
        error = error_of(service, query="boats", languageCode="en_US")

    assert found == {code: [one.public_id for one in claims] for code, claims in asked.items()}
    assert error[1] == "languageCode: Give the code of a language, such as en-US or sr-Latn."


@checks(26)
def test_a_long_query_comes_as_a_post(public_server: str):
    claim = make_review()

    with client(public_server) as service:
        call = service.claims().search(query=LONG, pageSize=1)
        length = len(call.uri)
        answer = call.execute()
        unwanted = service.claims().search(query=LONG + "-boats").execute()

    assert length > 2048
    assert call.method == "POST"
    assert ids_of(answer) == [claim.public_id]
    assert ids_of(unwanted) == [claim.public_id]  # Of a long text the first ten words count.


@checks(28)
def test_nothing_found_is_an_empty_object(public_server: str):
    make_review()

    with client(public_server) as service:
        search = service.claims().search
        answers = [
            search(query="zeppelins").execute(),
            search(query="…").execute(),
            search(reviewPublisherSiteFilter="other.example").execute(),
            search(query="boats", reviewPublisherSiteFilter="other.example").execute(),
        ]

    assert answers == [{}] * 4


@checks(34)
def test_this_site_is_found_by_its_name(public_server: str):
    """The filter by publisher, alone and with words."""
    claim = make_review()

    with client(public_server) as service:
        found = [
            ids_of(service.claims().search(**asked).execute())
            for asked in (
                {"reviewPublisherSiteFilter": "localhost"},
                {"reviewPublisherSiteFilter": "www.LocalHost"},
                {"reviewPublisherSiteFilter": "localhost", "query": "boats"},
            )
        ]

    assert found == [[claim.public_id]] * 3


@checks(30, 31)
def test_who_has_no_key_is_told_so(public_server: str):
    missing = (
        "Callers must say who they are: pass an API key as the parameter key, or as a bearer token."
    )
    answers = {}

    for key in (None, NO_KEY, OTHER_KEY):
        with client(public_server, developerKey=key) as service:
            error = refusal(service.claims().search(query="boats"))
            [info] = error.error_details
            answers[key] = (error.status_code, error.reason, status_of(error), info["reason"])

    assert answers == {
        None: (403, missing, "PERMISSION_DENIED", "API_KEY_MISSING"),
        NO_KEY: (
            400,
            "API key not valid. Please pass a valid API key.",
            "INVALID_ARGUMENT",
            "API_KEY_INVALID",
        ),
        OTHER_KEY: (
            403,
            "This API key is not meant for the fact check façade.",
            "PERMISSION_DENIED",
            "API_KEY_SERVICE_BLOCKED",
        ),
    }


@pytest.mark.parametrize("query", ["boats", LONG], ids=["short", "long"])
def test_a_key_may_come_as_a_bearer_token(public_server: str, query: str):
    """With credentials in place of a key, in an address and in a long query's POST."""
    claim = make_review()
    credentials = Credentials(token=KEY)

    with client(public_server, developerKey=None, credentials=credentials) as service:
        answer = service.claims().search(query=query).execute()

    assert ids_of(answer) == [claim.public_id]


@checks(29, 32, 33)
def test_every_refusal_has_its_reason(public_server: str):
    asked: list[tuple[dict[str, Any], str]] = [
        ({}, "query: Give a query, or a reviewPublisherSiteFilter."),
        ({"query": "  "}, "query: Give a query, or a reviewPublisherSiteFilter."),
        ({"query": "a\x01"}, "query: Remove character 2 (U+0001): a control character cannot"),
        ({"query": "a", "offset": 1_001}, "offset: Go on with pageToken: an offset leads to 1,000"),
        ({"query": "a", "offset": -1}, "offset: Give a whole number from 0 to 2147483647, in"),
        ({"query": "a", "maxAgeDays": -1}, "maxAgeDays: Give a whole number from 0 to 2147483647"),
        ({"query": "a", "maxAgeDays": 2**31}, "maxAgeDays: Give a whole number from 0 to 2147483"),
        ({"query": "a", "callback": "f"}, "callback: Leave this out: answers are never scripts."),
        ({"query": "a", "quotaUser": "u" * 41}, "quotaUser: Shorten this to at most 40 characters"),
        (
            {"query": "a", "fields": "claims/words"},
            "fields: Name fields of the answer, for example",
        ),
    ]

    with client(public_server) as service:
        answers = [error_of(service, **parameters) for parameters, _ in asked]

    assert [(code, status) for code, _, status in answers] == [(400, "INVALID_ARGUMENT")] * 10
    assert [
        (reason, told)
        for (_, reason, _), (_, told) in zip(answers, asked, strict=True)
        if not reason.startswith(told)
    ] == []


@checks(35, 36)
def test_what_was_too_much_is_tried_again(public_server: str, monkeypatch: pytest.MonkeyPatch):
    """The client waits after a 429, and reads what a failure of ours says."""
    claim = make_review()
    failures: list[Exception] = [TooMany("Slower, please."), TooMany("Slower, please.")]

    def fails(*args: Any) -> None:
        if failures:
            raise failures.pop()

    monkeypatch.setattr("claims.api.google.views.check_caller", fails)
    monkeypatch.setattr("googleapiclient.http.time.sleep", lambda seconds: None)

    with client(public_server) as service:
        call = service.claims().search(query="boats")
        answer = call.execute(num_retries=2)
        failures.append(TooMany("Slower, please."))
        too_many = error_of(service, query="boats")
        failures.append(RuntimeError("a secret of ours"))
        broken = error_of(service, query="boats")

    assert ids_of(answer) == [claim.public_id]
    assert too_many == (429, "Slower, please.", "RESOURCE_EXHAUSTED")
    assert broken == (
        500,
        "Something went wrong on our side; please try again later.",
        "INTERNAL",
    )


@checks(37, 38)
def test_only_what_carries_a_review_now_is_told(public_server: str):
    """Drafts, claims without a finding, and what was withdrawn are absent."""
    live, unchecked, revised = make_review(), make_published_claim(), make_published_claim()
    draft = make_ready_claim(**JUDGED)
    workflow.revise(revised, by=make_user("reporter"))
    revised.verification_status, revised.as_of = "unverifiable", date(2020, 4, 1)
    revised.save()
    for kind in ("suspend", "retract"):
        withhold(make_review(), kind)
    bury(make_review(), PublicationKind.MERGE, successor=live)
    restored = withhold(withhold(make_review(), "suspend"), "restore")

    with client(public_server) as service:
        answer = service.claims().search(reviewPublisherSiteFilter="localhost").execute()

    assert ids_of(answer) == [restored.public_id, live.public_id]
    absent = {one.public_id for one in (draft, unchecked, revised)}
    assert not absent & set(ids_of(answer))


@checks(39)
def test_client_that_knows_nothing_but_our_discovery_document_works(public_server: str):
    claim = make_review()

    with client(public_server, **discovered(public_server)) as service:
        short = service.claims().search(query="boats", maxAgeDays=1).execute()
        long = service.claims().search(query=LONG).execute()
        image = refusal(service.claims().imageSearch(imageUri="https://facts.example/a.jpg"))
        batch = service.new_batch_http_request()
        batch.add(service.claims().search(query="boats"))
        together = refusal(batch)

    assert ids_of(short) == ids_of(long) == [claim.public_id]
    assert image.uri.startswith(f"{public_server}/v1alpha1/claims:imageSearch?")
    assert (together.status_code, together.uri) == (501, f"{public_server}/v1alpha1/batch")


@checks(40)
def test_fields_that_are_wanted_are_given(public_server: str):
    make_reviews(2)

    with client(public_server) as service:
        search = service.claims().search
        answers = [
            search(query="boats", pageSize=1, fields=fields).execute()
            for fields in (
                "claims/text",
                "claims(claimant,claimReview(publisher/site,textualRating))",
                "claims/claimReview/publisher/*,claims/claimant",
            )
        ]
        token = search(query="boats", pageSize=1, fields="nextPageToken").execute()

    review = {"publisher": {"site": "localhost"}, "textualRating": "Cannot be verified"}
    publisher = {"name": "Factcheck", "site": "localhost"}
    claimant = answers[1]["claims"][0]["claimant"]
    assert list(answers[0]["claims"][0]) == ["text"]
    assert answers[1] == {"claims": [{"claimant": claimant, "claimReview": [review]}]}
    assert answers[2] == {
        "claims": [{"claimant": claimant, "claimReview": [{"publisher": publisher}]}]
    }
    assert list(token) == ["nextPageToken"]

"""A draft answers exactly like a claim that does not exist."""

import pytest
from django.test import Client

from tests.factories import make_approved_claim, make_claim, make_ready_claim
from tests.surfaces.rich import make_rich_draft

pytestmark = pytest.mark.django_db

NOBODY = "zzzzzzzzzz"
# What may differ between two answers to the same question.
OF_ONE_ANSWER = {"Date", "X-Request-Id"}
ADDRESSES = [
    "/claims/{id}/",
    "/claims/{id}/a-slug/",
    "/claims/{id}/versions/1/",
    "/api/v1/claims/{id}/",
    "/api/v1/claims/{id}/versions/",
    "/api/v1/claims/{id}/versions/1/",
    "/api/v1/claims/{id}/compare/1...2/",
    "/api/v1/claimants/{id}/",
    "/api/v1/events/{id}/figures/",
    "/api/v1/documents/{id}/",
    "/api/v1/topics/{id}/",
]
NOT_IDS = ["0", "ZZZZZZZZZZ", "zzzzzzzzzzz", "iiiiiiiiii", "zzzzzzzzz'", "𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎", "a" * 2000]


def answer(reader: Client, method: str, address: str) -> tuple[int, dict[str, str], bytes]:
    response = getattr(reader, method)(address)
    headers = {name: value for name, value in response.items() if name not in OF_ONE_ANSWER}
    return response.status_code, headers, response.content


@pytest.mark.parametrize("method", ["get", "head", "options", "post"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_draft_is_answered_like_nothing(reader: Client, address: str, method: str):
    drafts = [make_claim(), make_ready_claim(), make_approved_claim(), make_rich_draft()]
    nothing = answer(reader, method, address.format(id=NOBODY))

    answers = [answer(reader, method, address.format(id=draft.public_id)) for draft in drafts]

    assert nothing[0] == {"get": 404, "head": 404, "post": 405}.get(method, nothing[0])
    if method == "post" and "/api/" in address:
        # The address asked for is repeated, and nothing else differs.
        answers = [
            (status, {**headers, "Content-Length": ""}, body.replace(draft.encode(), b""))
            for (status, headers, body), draft in zip(
                answers, [draft.public_id for draft in drafts], strict=True
            )
        ]
        status, headers, body = nothing
        nothing = (status, {**headers, "Content-Length": ""}, body.replace(NOBODY.encode(), b""))
    assert answers == [nothing] * 4


@pytest.mark.parametrize("not_an_id", NOT_IDS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_cannot_be_an_id_is_answered_like_nothing(
    reader: Client, address: str, not_an_id: str
):
    nothing = answer(reader, "get", address.format(id=NOBODY))

    assert answer(reader, "get", address.format(id=not_an_id)) == nothing


def test_unknown_addresses_have_the_same_pages(reader: Client):
    page = answer(reader, "get", f"/claims/{NOBODY}/")
    problem = answer(reader, "get", f"/api/v1/claims/{NOBODY}/")

    assert answer(reader, "get", "/nothing/at/all/") == page
    assert answer(reader, "get", "/api/nothing/")[2] == problem[2]
    assert problem[1]["Content-Type"] == "application/problem+json"

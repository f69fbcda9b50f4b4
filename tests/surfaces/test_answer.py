"""Readers write to us: without an account, without a cookie, and never in vain."""

import datetime
import html
import re
import time
from typing import Any

import pytest
from django.core.signing import TimestampSigner, b62_encode
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from claims.models import Report, ReportContact, ReportCount
from claims.services.receiving import MOST_OF_A_NETWORK, MOST_OF_ALL, hashed
from factcheck import read_only
from factcheck.ledger.choices import PublicationKind
from tests.admin_pages import address, signed_in
from tests.factories import make_claim, make_published_claim, make_user, withhold
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db

PAGE = "/answer/"
WORDS = "It was <b>thirteen</b> boats & “more”.\n\nI counted."


class Earlier(TimestampSigner):
    """Signs as if it were that many seconds ago."""

    def __init__(self, seconds: int) -> None:
        super().__init__(salt="claims.answer")
        self.seconds = seconds

    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - self.seconds)


def opened(seconds: int = 60) -> str:
    """What the form carries that was opened so many seconds ago."""
    return Earlier(seconds).sign("answer")


def send(reader: Client, page: str = PAGE, **values: Any) -> HttpResponse:
    headers = values.pop("headers", {})
    given = {"kind": "error", "text": WORDS, "contact": "reader@mail.example", "homepage": ""}
    form = {**given, "opened": opened(), **values}
    answer: Any = reader.post(page, form, headers=headers)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in str(answer.serialize_headers())
    return answer


def typed_in(response: Any) -> dict[str, str]:
    """What stands in the form."""
    page = response.content.decode()
    found = dict(re.findall(r'<input [^>]*name="(\w+)"[^>]*value="([^"]*)"[^>]*>', page))
    found["kind"] = "".join(re.findall(r'value="([\w-]+)"[^>]* checked', page))
    found["text"] = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[0]
    return {name: html.unescape(value) for name, value in found.items()}


def assert_refused(response: Any, status: int, why: str, **kept: str) -> None:
    """Nothing is kept at the desk, everything in the form."""
    assert response.status_code == status
    assert why in html.unescape(text_of(response))
    assert not Report.objects.exists()
    assert not ReportContact.objects.exists()
    wanted = {"kind": "error", "text": WORDS, "contact": "reader@mail.example"} | kept
    assert {name: typed_in(response).get(name) for name in wanted} == wanted


# The form


def test_the_form_is_for_everybody_and_kept_by_nobody(reader: Client):
    response = reader.get(PAGE)

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "ETag" not in response.headers
    assert not response.cookies
    assert typed_in(response)["kind"] == ""


def test_a_link_fills_it_in(reader: Client):
    claim = make_published_claim()

    response = reader.get(
        PAGE, {"kind": "check", "about": "<b>bread</b>\n“dear”", "claim": claim.public_id}
    )

    typed = typed_in(response)
    assert (typed["kind"], typed["text"]) == ("check", "<b>bread</b>\n“dear”")
    assert typed["claim"] == claim.public_id
    assert current(claim).status_line in html.unescape(text_of(response))


def test_a_draft_is_no_claim_to_readers(reader: Client):
    draft = make_claim()

    answers = [
        re.sub(
            'name="opened" value="[^"]*"',
            "",
            reader.get(PAGE, {"claim": claim_id}).content.decode().replace(claim_id, "ID"),
        )
        for claim_id in (draft.public_id, "zzzzzzzzzz", "nonsense")
    ]
    sent = send(reader, claim=draft.public_id)

    assert answers[0] == answers[1] == answers[2]
    assert draft.public_id not in sent.content.decode()
    assert Report.objects.get().claim is None


def test_a_claim_that_was_taken_back_can_be_named_without_its_words(reader: Client):
    claim = withhold(make_published_claim(text="Not to be read."), PublicationKind.SUSPEND)

    response = reader.get(PAGE, {"claim": claim.public_id})
    send(reader, claim=claim.public_id)

    assert "Not to be read" not in response.content.decode()
    assert typed_in(response)["claim"] == claim.public_id
    assert Report.objects.get().claim == claim


@pytest.mark.parametrize("prefix", ["/fr", "/uk"])
def test_it_stands_in_each_language(reader: Client, prefix: str):
    page = reader.get(f"{prefix}{PAGE}").content.decode()

    assert f'action="{prefix}{PAGE}"' in page
    assert send(reader, f"{prefix}{PAGE}").status_code == 200


def test_the_claim_page_leads_to_it(reader: Client):
    row = current(make_published_claim())

    page = reader.get(row.get_absolute_url()).content.decode()

    assert f'<a href="/answer/?kind=error&amp;claim={row.claim_id}">' in page


# What comes of it


@pytest.mark.parametrize("kind", ["error", "check", "complaint", "removal"])
def test_it_lands_at_the_desk(reader: Client, kind: str):
    claim = make_published_claim()

    response = send(reader, kind=kind, claim=claim.public_id)

    report = Report.objects.get()
    assert response.status_code == 200
    assert (report.kind, report.text, report.claim) == (kind, WORDS, claim)
    assert (report.state, report.created_by) == ("new", None)
    assert (report.contact.words, report.contact.created_by) == ("reader@mail.example", None)
    assert report.public_id in text_of(response)
    assert "reader@mail.example" not in response.content.decode()


def test_nobody_has_to_say_who_they_are(reader: Client):
    response = send(reader, contact="  ")

    assert response.status_code == 200
    assert not ReportContact.objects.exists()
    assert "we cannot write back" in text_of(response)


def test_the_desk_opens_takes_and_finds_it(reader: Client):
    send(reader)
    report = Report.objects.get()
    desk = signed_in(make_user())

    form = desk.get(address(report))
    found = desk.get(f"/admin/claims/report/?q={report.public_id}")

    assert form.status_code == 200
    assert list(found.context["cl"].queryset) == [report]


def test_somebody_who_is_signed_in_at_the_desk_is_a_reader_too():
    desk = signed_in(make_user())

    response = send(desk)

    assert response.status_code == 200
    assert Report.objects.get().created_by is None
    assert desk.get("/admin/").status_code == 200


# What is refused


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"kind": ""}, "Choose what you want to tell us."),
        ({"kind": "praise"}, "Choose what you want to tell us."),
        ({"text": " \n "}, "Write what you want to tell us."),
        ({"text": "a" * 20_001}, "longer than 20,000 characters"),
        ({"text": "a\x07b"}, "a control character"),
        ({"contact": "a" * 301}, "at most 300 characters"),
        ({"homepage": "https://x.example"}, "Leave the last field empty"),
        ({"opened": 1}, "faster than people write"),
        ({"opened": 86_401}, "open for long"),
        ({"opened": ""}, "not whole"),
        ({"opened": "x:y:z"}, "not whole"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_refused_loses_nothing(reader: Client, values: dict[str, Any], why: str):
    kept = {name: value for name, value in values.items() if name != "opened"}
    if kept.get("kind") == "praise":
        kept["kind"] = ""

    if isinstance(seconds := values.get("opened"), int):
        values = {"opened": opened(seconds)}

    response = send(reader, **values)

    assert_refused(response, 400, why, **kept)
    assert not ReportCount.objects.exists()


def test_who_was_too_fast_or_too_late_presses_again(reader: Client):
    for old in (opened(86_401), ""):
        again = typed_in(send(reader, opened=old))["opened"]
        assert again != old
    fast = opened(1)

    assert typed_in(send(reader, opened=fast))["opened"] == fast


def test_several_mistakes_are_told_at_once(reader: Client):
    page = text_of(send(reader, kind="", text=""))

    assert "Choose what you want" in page
    assert "Write what you want" in page


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "nonsense"])
def test_forms_of_other_sites_are_refused(reader: Client, origin: str):
    assert_refused(send(reader, headers={"origin": origin}), 403, "from another site")


@override_settings(SITE_URL="https://facts.example")
@pytest.mark.parametrize("origin", ["http://testserver", "https://facts.example"])
def test_our_own_form_is_taken(reader: Client, origin: str):
    assert send(reader, headers={"origin": origin}).status_code == 200


@pytest.fixture
def not_at_the_end_of_an_hour() -> None:
    """Counting starts anew with the hour: wait where a test would meet that."""
    now = timezone.now()
    if now.minute == 59 and now.second > 45:
        time.sleep(60 - now.second)


@pytest.mark.usefixtures("not_at_the_end_of_an_hour")
def test_a_network_sends_only_so_much_within_an_hour(reader: Client):
    for _ in range(MOST_OF_A_NETWORK):
        assert send(reader).status_code == 200
    Report.objects.all().delete()

    response = send(reader)
    elsewhere = reader.post(
        PAGE, {"kind": "error", "text": WORDS, "opened": opened()}, REMOTE_ADDR="192.0.2.7"
    )

    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 3600
    assert "Too many messages have come within this hour." in text_of(response)
    assert typed_in(response)["text"] == WORDS
    assert elsewhere.status_code == 200
    counted = {bytes(row.network): row.count for row in ReportCount.objects.all()}
    assert counted == {
        hashed("127.0.0.1"): MOST_OF_A_NETWORK,
        hashed("192.0.2.7"): 1,
        b"": MOST_OF_A_NETWORK + 1,
    }


@pytest.mark.usefixtures("not_at_the_end_of_an_hour")
def test_all_together_send_only_so_much_within_an_hour(reader: Client):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    ReportCount.objects.create(hour=hour, network=b"", count=MOST_OF_ALL)

    assert_refused(send(reader), 429, "Too many messages")


def test_what_was_counted_is_forgotten(reader: Client):
    long_ago = timezone.now() - datetime.timedelta(hours=2)
    ReportCount.objects.create(hour=long_ago, network=hashed("192.0.2.7"), count=9)

    send(reader)

    assert not ReportCount.objects.filter(hour=long_ago).exists()


def test_nobody_reads_an_address_in_the_count(reader: Client):
    send(reader)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(told)::text FROM claims_reportcount AS told")
        rows = cursor.fetchall()

    assert len(rows) == 2
    assert "127.0.0.1" not in str(rows)
    assert b"127.0.0.1".hex() not in str(rows)


def test_on_a_read_only_day_nothing_is_taken_and_nothing_lost(reader: Client):
    read_only.switch(on=True, why="Synthetic attack.", by=None)

    response = send(reader)

    assert response["Retry-After"] == "600"
    assert_refused(response, 503, "We cannot take anything in for the time being.")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_else_is_done_here(reader: Client, method: str):
    assert getattr(reader, method)(PAGE).status_code == 405


def test_a_body_of_another_kind_is_an_empty_form(reader: Client):
    response = reader.post(PAGE, "{", content_type="application/json")

    assert response.status_code == 400
    assert not Report.objects.exists()

"""What the sheet proposes from its document's text, and what it leaves to people."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from claims.models import Citation, Claim, Figure, RejectedProposal
from claims.proposing.proposers import LONGEST_TEXT
from claims.sheet.known_names import candidates_in, known_names_in
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from sources.models import ActorName, Furniture
from tests.admin_pages import signed_in
from tests.claims.sheet_calls import save, send
from tests.factories import make_actor, make_capture, make_document, make_user

pytestmark = pytest.mark.django_db

MINISTRY = "The Synthetic Ministry said on Tuesday that 12 boats and at least 3 cars were counted."
OFFICE = "“Twelve boats are too many,” the harbour office wrote."
OWN = "The harbour was closed in April."
TEXT = f"SYNTHETIC 🛶\n\n{MINISTRY} {OFFICE}\n\nRead more: boats of the world\n\n{OWN}\n"


@pytest.fixture
def document():
    document = make_capture(text=TEXT).document
    document.published = DateBounds.on(datetime.date(2031, 5, 14))
    document.save()
    return document


def proposed(document, browser=None):
    response = send(document, "propose", {}, browser=browser)
    assert response.status_code == 200, response.content
    return response.json()


def quotes(answer):
    return [one["quote"] for one in answer["proposals"]]


def test_each_claim_is_proposed_with_all_that_its_row_would_say(document):
    ministry = make_actor(name="Ministry of Examples")
    ActorName.objects.create(
        actor=ministry,
        name="The Synthetic Ministry",
        language="en",
        form="as-printed",
        created_by=make_user(),
    )

    answer = proposed(document)

    assert quotes(answer) == [MINISTRY, MINISTRY, OFFICE, OWN]
    first, second, office, own = answer["proposals"]
    start = TEXT.index(MINISTRY)
    assert first == {
        "key": first["key"],
        "quote": MINISTRY,
        "ranges": [[start, start + len(MINISTRY)]],
        "voice": "actor",
        "speaker": "actor",
        "claimant": {"id": ministry.pk, "label": "Ministry of Examples"},
        "outlet": None,
        "named_speaker": "The Synthetic Ministry",
        "cue": "said",
        "form": "indirect",
        "kind": "quantitative",
        "figure": {
            "as_printed": "12 boats",
            "counts": "boats",
            "qualifier": "bare",
            "unit": "",
            "low": None,
            "best": "12",
            "high": None,
        },
        "said": {"not_before": "2031-05-13", "not_after": "2031-05-13", "as_printed": "Tuesday"},
        "is_dated": True,
    }
    assert (second["figure"]["as_printed"], second["figure"]["low"]) == ("at least 3 cars", "3")
    # Nobody here is known as the harbour office: whose word it is stays open.
    assert (office["voice"], office["speaker"], office["claimant"]) == ("actor", "", None)
    assert office["said"] == {"not_before": None, "not_after": "2031-05-14", "as_printed": ""}
    assert own["outlet"]["id"] == document.source_id
    assert (answer["rejected"], answer["problems"]) == ([], [])


def test_asking_writes_nothing(document):
    proposed(document)

    assert not Claim.objects.exists()
    assert not Citation.objects.exists()
    assert not RejectedProposal.objects.exists()


def test_an_accepted_proposal_is_a_row_like_any_other_and_is_not_proposed_again(document):
    browser = signed_in(make_user(Role.REPORTER))
    first, second, office, own = proposed(document, browser)["proposals"]
    cells = ("quote", "ranges", "speaker", "outlet", "cue", "form", "kind", "figure", "said")

    [outcome] = save(document, {"key": "n", **{one: first[one] for one in cells}}, browser=browser)

    assert outcome["row"]["stage"] == "draft"
    claim = Claim.objects.get()
    assert (claim.text, claim.kind) == (MINISTRY, "quantitative")
    assert Figure.objects.get().best == 12
    # Its sentence has another number, which is another claim.
    left = proposed(document, browser)["proposals"]
    assert [one["key"] for one in left] == [second["key"], office["key"], own["key"]]


def test_what_is_cited_or_marked_as_furniture_is_not_proposed(document):
    browser = signed_in(make_user(Role.REPORTER))
    save(
        document,
        {"key": "n", "quote": "12 boats and at least 3 cars were counted"},
        browser=browser,
    )
    start = TEXT.index(OWN)
    Furniture.objects.create(
        capture=document.captures.get(),
        start=start,
        end=start + len(OWN),
        created_by=make_user(),
    )

    assert quotes(proposed(document, browser)) == [OFFICE]


def test_what_was_rejected_stays_away_in_a_new_capture_too_until_it_is_brought_back(document):
    browser = signed_in(make_user(Role.REPORTER))
    [*_, own] = proposed(document, browser)["proposals"]

    for _ in range(2):
        assert (
            send(
                document, "reject", {"key": own["key"], "is_rejected": True}, browser=browser
            ).json()
            == {}
        )
    make_capture(document=document, text=f"A new beginning stands here.\n\n{TEXT}")

    answer = proposed(document)
    assert OWN not in quotes(answer)
    assert [one["quote"] for one in answer["rejected"]] == [OWN]
    for _ in range(2):
        send(document, "reject", {"key": own["key"], "is_rejected": False}, browser=browser)
    assert OWN in quotes(proposed(document))


@pytest.mark.parametrize(
    "posted",
    [{}, {"key": "x", "is_rejected": True}, {"key": 3, "is_rejected": True}, {"key": "0" * 64},
     {"key": "0" * 64, "is_rejected": "yes"}],
)  # fmt: skip
def test_a_rejection_says_what_and_whether(document, posted):
    assert send(document, "reject", posted).status_code == 400
    assert not RejectedProposal.objects.exists()


def test_the_database_holds_one_rejection_of_each_and_nothing_but_hashes(document):
    row = {"document": document, "created_by": make_user()}
    RejectedProposal.objects.create(**row, fingerprint="0" * 64)

    for fingerprint, name in (("0" * 64, "is_rejected_once"), ("words", "has_a_fingerprint")):
        with pytest.raises(IntegrityError, match=f"rejectedproposal_{name}"), transaction.atomic():
            RejectedProposal.objects.create(**row, fingerprint=fingerprint)
        with pytest.raises(ValidationError):
            RejectedProposal(**row, fingerprint=fingerprint).full_clean()


def test_who_may_not_enter_rows_is_not_offered_any(document):
    browser = signed_in(make_user(Role.ADMINISTRATOR))

    for to, body in (("propose", {}), ("reject", {"key": "0" * 64, "is_rejected": True})):
        assert send(document, to, body, browser=browser).status_code == 403
    address = reverse("desk:sheet_propose", args=[document.pk])
    assert signed_in(make_user(Role.REPORTER)).get(address).status_code == 405


def test_without_a_text_there_is_nothing_to_read():
    response = send(make_document(), "propose", {})

    assert response.status_code == 400
    assert "Nothing is held" in response.json()["detail"]


def test_other_proposers_are_named_by_a_setting_and_a_broken_one_is_told(document, settings):
    settings.PROPOSERS = ["nowhere.at.all", "tests.proposing.test_proposers.Later"]

    answer = proposed(document)

    assert quotes(answer) == [TEXT[0:9], TEXT[10:15]]
    assert answer["problems"] == ["The proposer nowhere.at.all failed; the log says how."]


def test_a_long_text_is_answered_with_few_questions(document, django_assert_max_num_queries):
    browser = signed_in(make_user(Role.REPORTER))
    lines = (f"Police said that {number} boats came to the harbour." for number in range(4_500))
    long = make_capture(text="\n".join(lines)).document

    with django_assert_max_num_queries(30):
        answer = proposed(long, browser)

    assert len(answer["proposals"]) > 2_000
    assert (
        answer["problems"][0]
        == f"The text is long: its first {LONGEST_TEXT:,} characters were read."
    )


# Known names


def test_names_are_known_letter_by_letter_whatever_their_case(document):
    mayor = make_actor(name="Ann O’Sample", kind="person")
    make_actor(name="Ann")
    make_actor(name="Somebody Else")

    found = known_names_in("The mayor, ANN O'SAMPLE’s sister, came.")

    assert [(one.key, one.name, one.is_person) for one in found if " " in one.name] == [
        (mayor.pk, "Ann O’Sample", True)
    ]


def test_candidates_for_names_are_bound():
    assert "the town hall" in candidates_in("Then the town hall spoke.")
    assert "ann o'sample" in candidates_in("It was Ann O’Sample’s.")
    assert candidates_in("of A b, c") == {"of a", "a", "a b"}

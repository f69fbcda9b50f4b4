"""Rows for tests, made through services and workflow. Everything here is synthetic."""

import datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims import workflow
from claims.choices import HarmCheck
from claims.models import Citation, Claim, Event, Figure, ImportedReview, Relay, Topic
from factcheck.accounts import make_account
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind
from factcheck.partners import keys
from factcheck.partners.models import ApiKey
from sources.choices import CaptureStatus
from sources.models import Actor, Capture, Document, Passage, Source
from sources.services import Quote, add_capture, anchor_passage

TEXT = (
    "SYNTHETIC. The mayor of Exampleton said on Monday that 12 boats were counted. "
    "“Twelve boats,” the harbour office wrote. Nobody else has counted them."
)
QUOTE = "The mayor of Exampleton said on Monday that 12 boats were counted."
numbers = count(1)


def make_user(role: Role | str = Role.REPORTER, username: str = "") -> User:
    """A staff account with one role. tests/conftest.py has made the groups."""
    return make_account(
        username or f"{role}-{next(numbers)}", role=Role(role), password="synthetic-password"
    )


def somebody() -> User:
    """The person who entered the rows that no test asks about."""
    user, _ = User.objects.get_or_create(username="somebody")
    return user


def make_key(**values: Any) -> tuple[ApiKey, str]:
    """A key for reading, and its text. Keys that were read before are forgotten."""
    row = {"name": "Synthetic Partner", "contact": "partner@mail.example", "scopes": ["read"]}
    key = ApiKey(**row | values)
    text = keys.issue(key, by=make_user(Role.ADMINISTRATOR))
    keys.KNOWN.forget()
    return key, text


def make_actor(**values: Any) -> Actor:
    """An organisation with a name of its own."""
    row = {"kind": "organisation", "name": f"Synthetic Actor {next(numbers)}"} | values
    actor = Actor.objects.create(**{"created_by": somebody()} | row)
    actor.refresh_from_db()
    return actor


def make_source(**values: Any) -> Source:
    """A news site."""
    row = {"kind": "news-site", "name": f"Synthetic Gazette {next(numbers)}"} | values
    source = Source.objects.create(**{"created_by": somebody()} | row)
    source.refresh_from_db()
    return source


def make_document(**values: Any) -> Document:
    """An article of a source of its own, not held."""
    if "source" not in values:
        values["source"] = make_source()
    row = {"kind": "article", "title": f"Synthetic article {next(numbers)}", "language": "en"}
    document = Document.objects.create(**{"created_by": somebody()} | row | values)
    document.refresh_from_db()
    return document


def make_capture(document: Document | None = None, text: str = TEXT) -> Capture:
    """A supplied text file of the document."""
    return add_capture(
        document or make_document(),
        content=text.encode(),
        media_type="text/plain",
        status=CaptureStatus.SUPPLIED,
        captured_at=timezone.now(),
        by=somebody(),
        supplied_by=somebody(),
    )


def make_passage(capture: Capture | None = None, *quotes: str) -> Passage:
    """A passage with these words, by default the first sentence of the synthetic text."""
    capture = capture or make_capture()
    return anchor_passage(capture, [Quote(words) for words in quotes or (QUOTE,)], by=somebody())


def make_event(**values: Any) -> Event:
    """An event on a day."""
    row = {
        "title": f"Synthetic count of boats {next(numbers)}",
        "happened": DateBounds.on(datetime.date(2020, 3, 2)),
    } | values
    event = Event.objects.create(**{"created_by": somebody()} | row)
    event.refresh_from_db()
    return event


def make_topic(**values: Any) -> Topic:
    """A topic with a name of its own."""
    n = next(numbers)
    row = {"name": f"Synthetic topic {n}", "slug": f"synthetic-topic-{n}"} | values
    topic = Topic.objects.create(**{"created_by": somebody()} | row)
    topic.refresh_from_db()
    return topic


def make_claim(**values: Any) -> Claim:
    """A draft without any citation: not ready."""
    by = values.pop("created_by", None) or somebody()
    row: dict[str, Any] = {
        "text": f"Synthetic claim {next(numbers)}: twelve boats were counted.",
        "about": "toll",
        "said": DateBounds.on(datetime.date(2020, 3, 2)),
        "harm_check": [HarmCheck.NONE],
    } | values
    if row.get("speaker", "actor") == "actor" and "claimant" not in row:
        row["claimant"] = make_actor()
    claim = Claim.objects.create(created_by=by, **row)
    claim.refresh_from_db()
    return claim


def make_ready_claim(**values: Any) -> Claim:
    """A draft that meets the rules: a quote in a held document, relayed from one told of."""
    passage = values.pop("passage", None) or make_passage()
    claim = make_claim(**values)
    held = passage.capture.document
    utterance = make_document(
        source=None, title="Synthetic statement", kind="statement", told_by=passage
    )
    carrier = Citation.objects.create(
        claim=claim,
        position=1,
        document=held,
        passage=passage,
        first_hand=False,
        cue="said",
        form="indirect",
        created_by=somebody(),
    )
    origin = Citation.objects.create(
        claim=claim, position=2, document=utterance, first_hand=True, created_by=somebody()
    )
    Relay.objects.create(
        claim=claim, carrier=carrier, taken_from=origin, manner="paraphrases", created_by=somebody()
    )
    claim.refresh_from_db()
    return claim


def make_imported_review(claim: Claim | None = None, **values: Any) -> ImportedReview:
    """A review of a claim by a synthetic organisation, with its document."""
    n = next(numbers)
    url = f"https://checks.example.org/{n}"
    row = {
        "key": f"{n:064x}",
        "address": url,
        "site": "checks.example.org",
        "publisher": "Synthetic Checks",
        "label": "False",
        "language": "en",
        "published": DateBounds.on(datetime.date(2020, 3, 5)),
        "suggested_status": "false",
        "claim": claim or make_claim(),
        "tie": "made",
        "review_sha256": "0" * 64,
        "document_edit_number": 0,
    } | values
    row.setdefault("document", make_document(url=url))
    row.setdefault("edit_number", row["claim"].edit_number)
    return ImportedReview.objects.create(**{"created_by": somebody()} | row)


def add_figure(claim: Claim, **values: Any) -> Figure:
    """The number twelve."""
    row = {"as_printed": "12 boats", "counts": "boats counted", "best": 12, "unit": "boats"}
    return Figure.objects.create(claim=claim, **{"created_by": somebody()} | row | values)


def make_approved_claim(**values: Any) -> Claim:
    """A claim that a reporter submitted and a checker approved."""
    claim = make_ready_claim(**values)
    workflow.submit(claim, by=make_user(Role.REPORTER))
    return workflow.approve(claim, by=make_user(Role.CHECKER))


def make_published_claim(**values: Any) -> Claim:
    """A claim that an editor published."""
    return workflow.publish(make_approved_claim(**values), by=make_user(Role.EDITOR))


def revise_and_publish(claim: Claim, action: str = "correct", **changes: Any) -> Claim:
    """Change a live claim and take it through review again, with a public note."""
    reporter = make_user(Role.REPORTER)
    workflow.revise(claim, by=reporter)
    for name, value in changes.items():
        setattr(claim, name, value)
    claim.save()
    claim.refresh_from_db()
    workflow.submit(claim, by=reporter)
    workflow.approve(claim, by=make_user(Role.CHECKER))
    return workflow.take(
        action, claim, by=make_user(Role.EDITOR), note="Synthetic note: the text was wrong."
    )


def withhold(claim: Claim, kind: PublicationKind | str, *, note: str = "Synthetic note.") -> Claim:
    """Suspend or retract a live claim, by an editor of its own."""
    return workflow.take(PublicationKind(kind).value, claim, by=make_user(Role.EDITOR), note=note)

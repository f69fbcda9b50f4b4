"""A claim's whole file in which every text column holds a word of its own."""

import datetime
import hashlib
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from claims.models import (
    Assignment,
    Citation,
    Claim,
    ClaimRelation,
    ClaimTopic,
    Comment,
    Depiction,
    Embargo,
    Event,
    EventParty,
    Figure,
    ImportedReview,
    ImportedRow,
    ImportRun,
    Inquiry,
    JobFailure,
    Measure,
    MediaFinding,
    Override,
    RejectedProposal,
    Relay,
    Report,
    ReportContact,
    SavedFilter,
    Topic,
    TopicName,
    Upload,
)
from factcheck.common.dates import DateBounds
from sources.models import (
    Actor,
    ActorName,
    ActorRole,
    Capture,
    CaptureDeletion,
    CaptureRequest,
    CaptureStamp,
    Control,
    Document,
    Passage,
    Source,
    SourceAddress,
    SourceGrade,
)
from sources.services import Quote, anchor_passage
from tests.factories import somebody

numbers = count(100)
DAY = datetime.date(2019, 3, 4)
MARK = "canary"

# Text columns without words of anybody: codes, hashes, and what services write by themselves.
WITHOUT_WORDS = {
    "public_id",
    "language",
    "original_language",
    "sha256",
    "payload_sha256",
    "row_sha256",
    "fingerprint",
    "reviewed_hash",
    "content_hash",
    "object_id",
    "kind",
    "media_type",
    "extractor",
    "extractor_version",
    "wikidata_id",
    # The capture's text has them.
    "prefix",
    "suffix",
}


def word() -> str:
    """A word that stands nowhere else."""
    return f"{MARK}{next(numbers)}"


def url() -> str:
    return f"https://{word()}.example/"


def bounds() -> DateBounds:
    day = datetime.date(2019, 2, 3)
    return DateBounds(day, day, word(), "night", word())


def enter(model: type[models.Model], **values: Any) -> Any:
    """A row of the model."""
    row = model._default_manager.create(created_by=somebody(), **values)
    row.refresh_from_db()
    return row


def make_canary_claim() -> Claim:
    """The claim, a draft, with everything that a claim can have."""
    passage, document = make_canary_document()
    actor = make_canary_actor(passage)
    source = enter(Source, kind="agency", name=word(), operator=actor, operator_passage=passage)
    enter(SourceAddress, source=source, url=url())
    post = enter(
        Document,
        kind="post",
        title=word(),
        source=source,
        author=actor,
        url=url(),
        published=bounds(),
        told_by=passage,
        language="uk",
    )
    document.hop_of, document.hop_manner, document.translator = post, "translates", "machine"
    document.save()
    claim = enter(
        Claim,
        text=word(),
        original_words=word(),
        original_language="uk",
        claimant=actor,
        voiced_by=actor,
        said=bounds(),
        event=make_canary_event(actor, passage),
        about="toll",
        attribution_reason=word(),
        verification_status="unverified",
        as_of=datetime.date(2019, 3, 4),
        rationale=word(),
        unknowns=word(),
        would_settle=word(),
        why_checked=word(),
        harm_check=["source-at-risk"],
        harm_note=word(),
        kind="image-or-video",
    )
    enter(
        Embargo,
        claim=claim,
        action="update",
        note=word(),
        publish_at=timezone.now() + datetime.timedelta(days=1),
        content_hash="0" * 64,
        state="failed",
        reason=word(),
        closed_at=timezone.now(),
    )
    topic = enter(Topic, name=word(), slug=word())
    enter(TopicName, topic=topic, language="uk", name=word(), slug=word())
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())
    enter(
        Figure,
        claim=claim,
        as_printed=word(),
        counts=word(),
        best=12,
        unit=word(),
        period=word(),
        counted_as_of=bounds(),
        measure=claim.event.measures.get(),
    )
    make_canary_citations(claim, passage, document, post)
    make_canary_inquiry(claim, passage)
    enter(SourceGrade, source=source, about=word(), grade="C", as_of=DAY, note=word())
    enter(
        ImportedRow,
        collection=word(),
        key=word(),
        kind="claim",
        object_id=claim.public_id,
        row_sha256="0" * 64,
        edit_number=0,
    )
    enter(
        ImportedReview,
        key=word(),
        address=f"https://canary.example/{word()}",
        site=word(),
        publisher=word(),
        label=word(),
        explanation=word(),
        rating=word(),
        language="en",
        published=bounds(),
        appearances=[f"https://canary.example/{word()}"],
        document=document,
        claim=claim,
        tie="linked",
        review_sha256=word(),
        edit_number=0,
        document_edit_number=0,
    )
    make_canary_notes(claim)
    claim.refresh_from_db()
    return claim


def make_canary_notes(claim: Claim) -> None:
    """What the desk says and plans beside the claim, and what a reader wrote about it."""
    enter(Comment, claim=claim, text=word())
    draft = enter(Claim, text=word(), speaker="", about="", attribution_status="")
    document = claim.citations.all()[0].document
    enter(Citation, claim=draft, document=document, first_hand=False, unfound_quote=word())
    content = word().encode()
    upload = enter(Upload, name=word(), content=content, sha256=hashlib.sha256(content).hexdigest())
    enter(
        ImportRun,
        upload=upload,
        dry_run=True,
        state="failed",
        failure=word(),
        ended_at=timezone.now(),
    )
    person = User.objects.create(username=word(), is_staff=True)
    enter(
        Assignment,
        claim=claim,
        assignee=person,
        assigned_by=person,
        assigned_at=timezone.now(),
        due_on=DAY,
    )
    document = claim.citations.all()[0].document
    enter(RejectedProposal, document=document, fingerprint="0" * 64)
    enter(SavedFilter, name=word(), query=f"q={word()}", is_shared=True)
    report = enter(
        Report,
        claim=claim,
        kind="complaint",
        text=word(),
        received_at=timezone.now(),
        state="closed",
        taken_by=person,
        taken_at=timezone.now(),
        settled_by=person,
        settled_at=timezone.now(),
        answer=word(),
        outcome=word(),
    )
    enter(ReportContact, report=report, words=word())


def make_canary_document() -> tuple[Passage, Document]:
    """A document that we hold, and a passage in it."""
    document = enter(
        Document,
        kind="article",
        title=word(),
        url=url(),
        published=bounds(),
        language="en",
        source=enter(Source, kind="news-site", name=word()),
    )
    quote = word()
    text = f"{word()} {quote} {word()}"
    capture = enter(
        Capture,
        document=document,
        content=text.encode(),
        media_type="text/plain",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        captured_at=timezone.now(),
        final_url=url(),
        asked_url=url(),
        tool=word(),
        reason=word(),
        status="live",
        text=text,
        extractor="x",
        extractor_version="1",
    )
    passage = anchor_passage(capture, [Quote(quote)], by=somebody(), locator=word())
    enter(CaptureDeletion, capture=capture, delete_on=DAY, reason=word())
    now = timezone.now()
    enter(CaptureStamp, capture=capture, authority=url(), stamped_at=now, token=b"canary")
    enter(CaptureRequest, document=document, url=url(), next_try_at=now, reason=word())
    JobFailure.objects.create(job=1, reason=word(), at=now)
    return passage, document


def make_canary_actor(passage: Passage) -> Actor:
    """An actor with names, a role and a parent."""
    actor = enter(Actor, kind="organisation", name=word(), description=word())
    parent = enter(Actor, kind="government-body", name=word(), description=word())
    enter(ActorName, actor=actor, name=word(), language="uk", form="alias")
    enter(ActorRole, actor=actor, title=word(), as_printed=word(), body=parent, passage=passage)
    enter(Control, actor=actor, parent=parent, passage=passage)
    return actor


def make_canary_event(actor: Actor, passage: Passage) -> Event:
    """An event with a party and a measure."""
    event = enter(
        Event,
        title=word(),
        happened=bounds(),
        place=word(),
        place_as_printed=word(),
        summary=word(),
        summary_as_of=datetime.date(2019, 2, 3),
    )
    enter(
        EventParty, event=event, actor=actor, interest="other-stake", stake=word(), passage=passage
    )
    enter(Measure, event=event, what=word(), unit=word(), counting="cumulative")
    return event


def make_canary_inquiry(claim: Claim, passage: Passage) -> None:
    """What was asked, what an image shows, and a rule that an editor overrides."""
    enter(
        Inquiry,
        claim=claim,
        asked_of=enter(Actor, kind="government-body", name=word(), description=word()),
        place=word(),
        question=word(),
        asked_on=DAY,
        result="answered",
        answer=word(),
        newsroom=enter(Source, kind="agency", name=word()),
        passage=passage,
    )
    media = enter(Document, kind="photo", title=word(), told_by=passage, published=bounds())
    enter(Depiction, claim=claim, media=media, shows=word(), place=word(), taken=bounds())
    enter(Override, claim=claim, rule=word(), reason=word())


def make_canary_citations(
    claim: Claim, passage: Passage, document: Document, post: Document
) -> None:
    """A carrier, the utterance, evidence, and a relation to another draft."""
    carrier = enter(
        Citation,
        claim=claim,
        document=document,
        passage=passage,
        first_hand=False,
        cue=word(),
        named_speaker=word(),
        fidelity="suspected",
        fidelity_words=word(),
        likely_reading=word(),
        fidelity_reason=word(),
    )
    said = enter(Citation, claim=claim, position=2, document=post, first_hand=True)
    enter(
        Citation,
        claim=claim,
        position=3,
        document=document,
        passage=passage,
        role="evidence",
        stance="refutes",
        basis="holds-record",
        anonymity_reason=word(),
        answer=word(),
    )
    enter(
        MediaFinding,
        claim=claim,
        finding="staged",
        evidence=claim.citations.get(position=3),
        explanation=word(),
    )
    enter(Relay, claim=claim, carrier=carrier, taken_from=said, manner="quotes", words=word())
    other = enter(Claim, text=word(), claimant=claim.claimant, about="toll")
    enter(ClaimRelation, claim=claim, kind="denies", other=other, note=word())


def text_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of the editing side in which somebody writes words."""
    for app in ("claims", "sources"):
        for model in apps.get_app_config(app).get_models():
            if model.__name__.startswith("Public") or model.__name__.endswith("Changed"):
                continue
            if hasattr(model, "pgh_tracked_model"):
                continue
            for field in model._meta.concrete_fields:
                has_words = isinstance(field, models.CharField | models.TextField)
                if has_words and not field.choices and field.name not in WITHOUT_WORDS:
                    yield model, field.name

"""What is not published is nowhere to be seen: every address, every text column."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from claims import workflow
from claims.api.dumps import dumps
from claims.dumps.shelf import export
from claims.embargoes import set_embargo
from claims.models import ClaimRelation
from factcheck.ledger.models import Decision
from tests.api.asking_google import KEY
from tests.factories import (
    make_approved_claim,
    make_capture,
    make_document,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
    somebody,
)
from tests.surfaces.canaries import MARK, make_canary_claim, text_columns
from tests.surfaces.ledgering import publish
from tests.surfaces.rich import make_rich_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]

Addresses = Callable[[list[str]], list[str]]


def once(address: str) -> Addresses:
    return lambda ids: [address]


def each(*addresses: str) -> Addresses:
    return lambda ids: [
        address.format(id=id, today=timezone.now().date()) for address in addresses for id in ids
    ]


# Every pattern of the URLconf, and how to try it with the ids of everything that there is.
PUBLIC: dict[str, Addresses] = {
    "": once("/"),
    "claims/": each(
        "/claims/",
        "/claims/?claimant={id}",
        "/claims/?outlet={id}",
        "/claims/?source={id}",
        "/claims/?event={id}",
        "/claims/?about=toll&kind=factual",
        "/claims/?sort=said",
        "/claims/?q=boats+mayor",
    ),
    "topics/": once("/topics/"),
    "topics/<slug>/": each("/topics/{id}/"),
    "claims/<claim_id>/": each("/claims/{id}/", "/claims/{id}/?as_of=2026-01-01"),
    "claims/<claim_id>/embed/": each("/claims/{id}/embed/"),
    "claims/<claim_id>/<slug>/": each("/claims/{id}/a-slug/", "/claims/{id}/versions/"),
    "claims/<claim_id>/versions/<number>/": each(
        "/claims/{id}/versions/1/", "/claims/{id}/versions/2/"
    ),
    "claims/<claim_id>/versions/<number>/cite.json": each("/claims/{id}/versions/1/cite.json"),
    "oembed": each("/oembed?url=http%3A%2F%2Ftestserver%2Fclaims%2F{id}%2F"),
    "claims/<claim_id>/compare/<first>...<second>/": each("/claims/{id}/compare/1...2/"),
    "documents/<document_id>/": each("/documents/{id}/"),
    "documents/<document_id>/<slug>/": each("/documents/{id}/a-slug/"),
    "events/<public_id>/figures.csv": each(
        "/events/{id}/figures.csv", "/events/{id}/figures.csv?as_of={today}"
    ),
    "events/<public_id>/": each("/events/{id}/", "/events/{id}/?as_of={today}"),
    "events/<public_id>/<slug>/": each("/events/{id}/a-slug/"),
    "events/<public_id>/versions/<number>/": each(
        "/events/{id}/versions/1/", "/events/{id}/versions/2/"
    ),
    "claimants/<public_id>/": each("/claimants/{id}/", "/claimants/{id}/?as_of={today}"),
    "claimants/<public_id>/<slug>/": each("/claimants/{id}/a-slug/"),
    "claimants/<public_id>/versions/<number>/": each(
        "/claimants/{id}/versions/1/", "/claimants/{id}/versions/2/"
    ),
    "sources/<public_id>/": each("/sources/{id}/", "/sources/{id}/?as_of={today}"),
    "sources/<public_id>/<slug>/": each("/sources/{id}/a-slug/"),
    "sources/<public_id>/versions/<number>/": each(
        "/sources/{id}/versions/1/", "/sources/{id}/versions/2/"
    ),
    "corrections/": each("/corrections/", "/corrections/?show=updates", "/corrections/?before=9"),
    "policies/": once("/policies/"),
    "methodology/": once("/methodology/"),
    "log/": once("/log/"),
    "log/checkpoint": once("/log/checkpoint"),
    "log/keys": once("/log/keys"),
    "log/tile/<path:path>": each(
        "/log/tile/entries/000.p/1", "/log/tile/0/000.p/1", "/log/tile/{id}"
    ),
    "log/proof/<seq>": each("/log/proof/1", "/log/proof/{id}"),
    "log/verify.py": once("/log/verify.py"),
    "feed.atom": once("/feed.atom"),
    "corrections/feed.atom": once("/corrections/feed.atom"),
    "claimants/<public_id>/feed.atom": each("/claimants/{id}/feed.atom"),
    "events/<public_id>/feed.atom": each("/events/{id}/feed.atom"),
    "topics/<slug>/feed.atom": each("/topics/{id}/feed.atom"),
    "answer/": each("/answer/", "/answer/?kind=error&claim={id}"),
    "sitemap.xml": once("/sitemap.xml"),
    "sitemap-lists.xml": once("/sitemap-lists.xml"),
    "sitemap-<int:number>.xml": once("/sitemap-0.xml"),
    "robots.txt": once("/robots.txt"),
    ".well-known/security.txt": once("/.well-known/security.txt"),
    "healthz": once("/healthz"),
    "readyz": once("/readyz"),
    "api/v1/": once("/api/v1/"),
    "api/v1/claims/": each(
        "/api/v1/claims/?page_size=100",
        "/api/v1/claims/?claimant={id}",
        "/api/v1/claims/?outlet={id}",
        "/api/v1/claims/?source={id}",
        "/api/v1/claims/?event={id}",
        "/api/v1/claims/?controlled_by={id}",
        "/api/v1/claims/?voiced_by={id}",
        "/api/v1/claims/?q=boats+mayor",
        "/api/v1/claims/?as_of=2026-01-01",
        "/api/v1/claims/?domain=news.example",
    ),
    "api/v1/claims/<claim_id>/": each("/api/v1/claims/{id}/"),
    "api/v1/claims/<claim_id>/compare/<first>...<second>/": each(
        "/api/v1/claims/{id}/compare/1...2/"
    ),
    "api/v1/claimants/": each("/api/v1/claimants/?page_size=100", f"/api/v1/claimants/?q={MARK}"),
    "api/v1/sources/": each("/api/v1/sources/?page_size=100", "/api/v1/sources/?operator={id}"),
    "api/v1/events/": once("/api/v1/events/?page_size=100"),
    "api/v1/events/<public_id>/figures/": each(
        "/api/v1/events/{id}/figures/?page_size=100", "/api/v1/events/{id}/figures/?claimant={id}"
    ),
    "api/v1/topics/": once("/api/v1/topics/?page_size=100"),
    "api/v1/topics/<slug>/": each("/api/v1/topics/{id}/"),
    "api/v1/documents/": once("/api/v1/documents/?url=https%3A%2F%2Fnews.example%2Fboats"),
    "api/v1/documents/<document_id>/": each("/api/v1/documents/{id}/"),
    "api/v1/claims/<claim_id>/versions/": each("/api/v1/claims/{id}/versions/"),
    "api/v1/claims/<claim_id>/versions/<number>/": each(
        "/api/v1/claims/{id}/versions/1/", "/api/v1/claims/{id}/versions/2/"
    ),
    "api/v1/claimants/<public_id>/": each("/api/v1/claimants/{id}/"),
    "api/v1/sources/<public_id>/": each("/api/v1/sources/{id}/"),
    "api/v1/events/<public_id>/": each("/api/v1/events/{id}/"),
    "api/v1/match/": once("/api/v1/match/?text=Twelve+boats+were+counted+by+the+mayor"),
    "api/v1/changes/": once("/api/v1/changes/?limit=1000"),
    "api/v1/dumps/": once("/api/v1/dumps/"),
    "api/v1/dumps/<seq>/<name>": lambda ids: [
        f"/api/v1/dumps/{dump.seq}/{file.name}" for dump in dumps() for file in dump.files
    ],
    "api/v1/openapi.json": once("/api/v1/openapi.json"),
    "api/docs/": once("/api/docs/"),
    "api/examples/": once("/api/examples/"),
    "api/v1/vocabulary/": once("/api/v1/vocabulary/"),
    "api/v1/vocabulary/<name>/": each("/api/v1/vocabulary/{id}/"),
    "$discovery/rest": once("/$discovery/rest"),
    "v1alpha1/claims:search": each(
        f"/v1alpha1/claims:search?reviewPublisherSiteFilter=testserver&pageSize=100&key={KEY}",
        f"/v1alpha1/claims:search?query=boats+ministry&key={KEY}",
    ),
    "v1alpha1/claims:imageSearch": each("/v1alpha1/claims:imageSearch?imageUri={id}"),
    "v1alpha1/batch": once("/v1alpha1/batch"),
    "v1alpha1/pages": once("/v1alpha1/pages"),
    "v1alpha1/pages/<path:name>": each("/v1alpha1/pages/{id}"),
}
NOT_OFFERED = 501
NOT_SIGNED = 503


# The list of what is looked for is public; what was found in a claim is not.
DEFINITIONS = (
    "/methodology/",
    "/api/v1/vocabulary/",
    "/api/v1/vocabulary/harm-check/",
    "/api/v1/openapi.json",
)


def patterns(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every route of the URLconf; the admin as one."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            is_desk = entry.app_name in ("admin", "desk")
            yield from ["admin/"] if is_desk else patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def known_ids() -> list[str]:
    """The public id of everything on the editing side."""
    return sorted(
        {
            public_id
            for app in ("claims", "sources")
            for model in apps.get_app_config(app).get_models()
            if any(field.name == "public_id" for field in model._meta.concrete_fields)
            for public_id in model._default_manager.values_list("public_id", flat=True)
        }
    )


def crawl(reader: Client) -> Iterator[tuple[str, str]]:
    """Every address with every id, and all that is answered: status, headers and body."""
    ids = known_ids()
    for addresses in PUBLIC.values():
        for address in dict.fromkeys(addresses(ids)):
            for method in ("get", "options"):
                response = getattr(reader, method)(address)
                status = response.status_code
                assert status < 500 or status in (NOT_OFFERED, NOT_SIGNED), address
                answer = f"{response.serialize_headers()!r}{response.getvalue().decode()}"
                yield address, answer
                if method == "get" and response.status_code in (301, 302):
                    # A page stands at its right address, which ids alone do not tell.
                    there = reader.get(response["Location"])
                    yield address, there.content.decode()


def test_every_address_is_tried_or_is_the_admin():
    assert set(patterns()) == set(PUBLIC) | {"admin/"}


def test_every_text_column_of_the_editing_side_has_its_canary():
    make_canary_claim()

    without = {
        f"{model.__name__}.{name}"
        for model, name in text_columns()
        if not model._default_manager.filter(**{f"{name}__contains": MARK}).exists()
    }

    assert without == set()


def test_no_word_of_an_unpublished_file_is_to_be_seen(reader: Client, home: Path):
    make_rich_claim()
    draft = make_canary_claim()
    export(home)
    secret = [draft.public_id, *draft.relations.values_list("other__public_id", flat=True)]

    for address, answer in crawl(reader):
        assert MARK not in answer, address
        for public_id in secret:
            assert public_id not in answer or public_id in address, address


def test_no_word_of_an_unpublished_file_is_shown_to_strangers_by_the_admin(reader: Client):
    draft = make_canary_claim()

    for model in admin.site._registry:
        at = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for address in (at, f"{at}add/", f"{at}{draft.pk}/change/", f"{at}?q={MARK}"):
            response = reader.get(address)
            assert response.status_code in (302, 404), address
            assert MARK not in response.content.decode(), address


def test_revision_in_progress_is_not_to_be_seen(reader: Client):
    claim = make_published_claim()
    workflow.revise(claim, by=make_user("reporter"))
    claim.verification_status, claim.as_of = "unverified", date(2020, 4, 1)
    for name in ("text", "rationale", "unknowns", "why_checked", "attribution_reason"):
        setattr(claim, name, f"{MARK} {name}")
    claim.save()
    claim.citations.update(cue=MARK, named_speaker=MARK)

    for address, answer in crawl(reader):
        assert MARK not in answer, address


def test_change_of_what_a_published_claim_mentions_is_not_to_be_seen(reader: Client):
    claim = make_rich_claim()
    claim.event.title = f"{MARK} event"
    claim.event.save()
    claim.claimant.name = f"{MARK} claimant"
    claim.claimant.save()
    claim.topics.update(name=f"{MARK} topic", slug=f"{MARK}-topic")

    for address, answer in crawl(reader):
        assert MARK not in answer, address


def test_text_that_we_hold_is_not_to_be_seen_beyond_the_quote(reader: Client):
    padding = "and so on, and so on, and so on, and so on, and so on."
    text = f"{MARK} {padding} The mayor said that 12 boats were counted. {padding} {MARK}"
    capture = make_capture(make_document(), text)
    passage = make_passage(capture, "The mayor said that 12 boats were counted.")
    make_published_claim(passage=passage)

    for address, answer in crawl(reader):
        assert MARK not in answer, address


def test_an_embargo_leaves_no_trace_before_its_time(reader: Client):
    make_published_claim()
    claim = make_approved_claim(text=f"{MARK} in the text.")
    before = list(crawl(reader))

    set_embargo(
        claim,
        action="publish",
        publish_at=timezone.now() + timedelta(hours=1),
        by=make_user("editor"),
    )

    after = list(crawl(reader))
    assert [without_its_id(answer) for answer in after] == list(map(without_its_id, before))
    assert not [address for address, answer in after if MARK in answer]


def without_its_id(answer: tuple[str, str]) -> tuple[str, str]:
    """An address and its answer without the random number of the request, and without the time at
    which a form was opened.
    """
    address, text = answer
    return address, re.sub('X-Request-Id: [0-9a-f]+|name="opened" value="[^"]+"', "", text)


def test_relation_to_a_draft_is_not_to_be_seen(reader: Client):
    draft, claim = make_ready_claim(text=MARK), make_ready_claim()
    ClaimRelation.objects.create(
        claim=claim, kind="denies", other=draft, note=MARK, created_by=somebody()
    )
    publish(claim)

    for address, answer in crawl(reader):
        assert MARK not in answer, address
        assert draft.public_id not in answer or draft.public_id in address, address


def test_harm_check_notes_and_people_are_never_to_be_seen(reader: Client):
    reporter, checker = make_user("reporter", f"{MARK}-rita"), make_user("checker", f"{MARK}-chen")
    claim = make_ready_claim(
        harm_check=["source-at-risk", "child"], harm_note=f"{MARK} note", created_by=reporter
    )
    workflow.submit(claim, by=reporter)
    workflow.return_to_draft(claim, by=checker, note=f"{MARK} private note")
    workflow.submit(claim, by=reporter)
    workflow.approve(claim, by=checker)
    workflow.publish(claim, by=make_user("editor", f"{MARK}-edna"))
    secrets_of_decisions = Decision.objects.values_list("salt", flat=True)

    for address, answer in crawl(reader):
        assert MARK not in answer, address
        if address not in DEFINITIONS:
            assert not re.search("source.at.risk|harm.check", answer), address
        assert not any(salt in answer for salt in secrets_of_decisions), address


def test_what_was_published_is_to_be_seen(reader: Client):
    """The crawl finds what there is: otherwise the tests above would prove nothing."""
    claim = revise_and_publish(make_rich_claim(), text=f"{MARK} in the text.")

    seen = {address for address, answer in crawl(reader) if MARK in answer}

    assert {
        "/",
        "/claims/",
        "/api/v1/claims/?page_size=100",
        "/corrections/",
        f"/claims/?event={claim.event.public_id}",
        f"/claimants/{claim.claimant.public_id}/",
        f"/api/v1/claims/{claim.public_id}/",
        f"/v1alpha1/claims:search?reviewPublisherSiteFilter=testserver&pageSize=100&key={KEY}",
    } <= seen

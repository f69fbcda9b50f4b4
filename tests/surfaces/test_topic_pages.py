"""Topics: what they are called, how many claims they have, and where they lead."""

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, ClaimTopic, PublicTopic, Topic, TopicName
from factcheck.public_side import rebuild
from tests.factories import (
    make_published_claim,
    make_topic,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)
from tests.surfaces.listing import found, make_claim_on
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db


def make_harbours() -> Topic:
    """A topic with a French name."""
    topic = make_topic(name="Harbours", slug="harbours")
    TopicName.objects.create(
        topic=topic, language="fr", name="Ports", slug="ports", created_by=somebody()
    )
    return topic


def counted() -> list[tuple[str, int]]:
    """Every topic of the public side with its number of claims."""
    return [(topic.slug, topic.claims) for topic in PublicTopic.objects.all()]


def take_on(claim: Claim, topic: Topic) -> None:
    """Publish a new version of the claim that names the topic too."""
    workflow.revise(claim, by=make_user("reporter"))
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user("reporter"))
    workflow.approve(claim, by=make_user("checker"))
    workflow.take("update", claim, by=make_user("editor"), note="Synthetic note: on boats too.")


def test_topics_are_counted_by_what_stands(reader: Client):
    topic, other = make_harbours(), make_topic(name="Boats", slug="boats")
    first = make_claim_on(topic)
    make_claim_on(topic)
    make_claim_on(other)

    text = text_of(reader.get("/topics/"))

    assert "Boats 1 Harbours 2" in text
    withhold(first, "suspend")
    assert sorted(counted()) == [("boats", 1), ("harbours", 1)]
    assert rebuild(check_only=True) == []


def test_a_new_version_is_counted_once_and_only_under_its_topics():
    topic, other = make_harbours(), make_topic(name="Boats", slug="boats")
    claim = make_claim_on(topic)
    revise_and_publish(claim, text="Thirteen boats were counted.")
    assert counted() == [("harbours", 1)]

    take_on(claim, other)

    assert sorted(counted()) == [("boats", 1), ("harbours", 1)]
    withhold(claim, "retract")

    assert counted() == []
    assert rebuild(check_only=True) == []


def test_a_topic_is_drawn_from_the_newest_record_that_names_it():
    topic = make_harbours()
    make_claim_on(topic)
    topic.name = "Ports and harbours"
    topic.save()
    newest = make_claim_on(topic)
    assert PublicTopic.objects.get().names[0]["name"] == "Ports and harbours"

    withhold(newest, "retract")

    assert PublicTopic.objects.get().names[0]["name"] == "Harbours"
    assert rebuild(check_only=True) == []


def test_a_topic_shows_its_claims_what_was_checked_first(reader: Client):
    topic = make_harbours()
    recorded = make_claim_on(topic)
    make_published_claim()

    page = reader.get("/topics/harbours/")

    assert found(reader, "/topics/harbours/") == [recorded.public_id]
    text = text_of(page)
    assert "Harbours 1 claim · Search and narrow down" in text
    assert "None of these has been checked yet." in text
    assert '<a href="/claims/?topic=harbours">Search and narrow down' in page.content.decode()


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/topics/ports/", "/topics/harbours/"),
        ("/fr/topics/harbours/", "/fr/topics/ports/"),
        ("/uk/topics/ports/", "/uk/topics/harbours/"),
        ("/topics/harbours/?as_of=2020-03-02", "/claims/?topic=harbours&as_of=2020-03-02"),
        ("/fr/topics/ports/?as_of=2020-03-02", "/fr/claims/?topic=harbours&as_of=2020-03-02"),
    ],
)
def test_other_names_lead_on(reader: Client, address: str, to: str):
    make_claim_on(make_harbours())

    response = reader.get(address)

    assert (response.status_code, response["Location"]) == (302, to)


def test_a_topic_has_its_name_in_the_readers_language(reader: Client):
    make_claim_on(make_harbours())

    assert '<h1 lang="fr" dir="ltr">Ports</h1>' in reader.get("/fr/topics/ports/").content.decode()
    assert '<a href="/fr/topics/ports/" lang="fr" dir="ltr">Ports</a>' in (
        reader.get("/fr/topics/").content.decode()
    )
    assert '<h1 lang="en" dir="ltr">Harbours</h1>' in (
        reader.get("/uk/topics/harbours/").content.decode()
    )


def test_a_name_that_a_topic_had_leads_to_it(reader: Client):
    topic = make_topic(name="Harbours", slug="harbours")
    old = make_claim_on(topic)
    topic.slug = "ports-and-harbours"
    topic.save()
    new = make_claim_on(topic)

    response = reader.get("/topics/harbours/")

    assert (response.status_code, response["Location"]) == (302, "/topics/ports-and-harbours/")
    both = [new.public_id, old.public_id]
    assert found(reader, "/topics/ports-and-harbours/") == both
    assert found(reader, "/claims/?topic=ports-and-harbours") == both


@pytest.mark.parametrize("slug", ["nothing", "ключ", "a" * 200, "%00", "-"])
def test_a_topic_that_nothing_names_is_not_there(reader: Client, slug: str):
    make_topic(name="Nothing", slug="nothing")
    make_published_claim()

    assert reader.get(f"/topics/{slug}/").status_code in (400, 404)


def test_no_topics_are_said_to_be_none(reader: Client):
    make_topic()

    assert "No published claim names a topic yet." in text_of(reader.get("/topics/"))


def test_a_draft_names_no_topic_in_public(reader: Client):
    topic = make_harbours()
    workflow.revise(claim := make_published_claim(), by=make_user("reporter"))
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())

    assert counted() == []
    assert reader.get("/topics/harbours/").status_code == 404

"""Claims as the list shows them, made for its tests. Everything here is synthetic."""

import datetime
import re
from typing import Any

from django.test import Client

from claims.models import Claim, ClaimTopic, Topic
from sources.models import Actor, ActorName
from tests.factories import make_actor, make_published_claim, make_ready_claim, somebody
from tests.surfaces.ledgering import publish

EXAMINED = {
    "verification_status": "unverified",
    "why_checked": "Many asked.",
    "would_settle": "The harbour master's book.",
    "rationale": "Nothing settles it.",
    "as_of": datetime.date(2020, 4, 1),
}


def make_checked_claim(**values: Any) -> Claim:
    """A published claim that somebody has examined."""
    return make_published_claim(**EXAMINED | values)


def make_claim_on(topic: Topic, **values: Any) -> Claim:
    """A published claim on a topic."""
    claim = make_ready_claim(**values)
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())
    return publish(claim)


def make_named_actor(name: str, *further: tuple[str, str], **values: Any) -> Actor:
    """An actor with names in further languages."""
    actor = make_actor(name=name, **values)
    for language, other in further:
        ActorName.objects.create(
            actor=actor, name=other, language=language, form="our-style", created_by=somebody()
        )
    return actor


def found(reader: Client, address: str, **query: str) -> list[str]:
    """The ids of the claims on the page, in its order."""
    response = reader.get(address, query)
    assert response.status_code == 200, response.content.decode()
    return re.findall(
        r'<h3 class="words"[^>]*><a href="(?:/\w\w)?/claims/(\w+)/', response.content.decode()
    )

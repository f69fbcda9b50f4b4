"""The first article, loaded through review and publication, and loaded again."""

from collections import Counter

import pytest

from claims.choices import Fidelity, Interest, Speaker, Stage
from claims.importing import ImportReport, import_file
from claims.models import (
    Citation,
    Claim,
    Event,
    EventParty,
    Figure,
    ImportedRow,
    Measure,
    PublicClaim,
    Relay,
)
from claims.workflow import public_state_of
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from sources.models import (
    Actor,
    ActorName,
    Capture,
    Document,
    Furniture,
    PassageRange,
    Source,
)
from tests.factories import make_user
from tests.seed.article import CLAIMS, FILE, ROWS, TEXT, furniture_ranges, quotes_in

WAITING = {"russia-attack-took-place", "russia-drones-were-ukrainian", "crimea-annexed"}
DRAFTS = {
    "moscow-rockets-were-ukrainian",
    "town-hall-evacuation",
    "pellistrandi-ukrainians-did-it",
    "pellistrandi-special-forces",
    "lacroix-videos",
}
PUBLISHED = 77


@pytest.fixture
def people():
    return {
        "by": make_user(Role.REPORTER),
        "review_by": make_user(Role.CHECKER),
        "publish_by": make_user(Role.EDITOR),
    }


@pytest.fixture
def loaded(people) -> ImportReport:
    return import_file(FILE, **people)


# One test, because loading is what takes the time.
@pytest.mark.django_db
def test_the_seed_becomes_claims_at_their_stages(loaded, people):
    assert loaded.rejected == []
    assert dict(loaded.created) == Counter(row["kind"] for row in ROWS[1:])
    check_stages()
    check_ranges()
    check_chains()
    check_names_and_interests()
    check_loading_again(loaded, people)


def check_stages() -> None:
    """Most are published; the rest wait, each for what its own words say."""
    assert Counter(Claim.objects.values_list("stage", flat=True)) == {
        Stage.SETTLED: PUBLISHED,
        Stage.IN_REVIEW: len(WAITING),
        Stage.DRAFT: len(DRAFTS),
    }
    by_text = {row["text"]: key for key, row in CLAIMS.items()}
    stages = {by_text[claim.text]: claim.stage for claim in Claim.objects.all()}
    assert {key for key, stage in stages.items() if stage == Stage.IN_REVIEW} == WAITING
    assert {key for key, stage in stages.items() if stage == Stage.DRAFT} == DRAFTS
    public = set(PublicClaim.objects.values_list("claim_id", flat=True))
    live = {claim.public_id for claim in Claim.objects.all() if public_state_of(claim) == "live"}
    assert public == live
    assert len(live) == PUBLISHED
    assert Publication.objects.filter(subject_kind="claim").count() == PUBLISHED


def check_ranges() -> None:
    """Every range is at its offsets, and what is marked as furniture is what the file says."""
    assert Capture.objects.get().text == TEXT
    ranges = PassageRange.objects.values_list("start", "end", "exact", "prefix", "suffix")
    assert [
        exact
        for start, end, exact, prefix, suffix in ranges
        if (exact, prefix, suffix)
        != (TEXT[start:end], TEXT[max(start - 32, 0) : start], TEXT[end : end + 32])
    ] == []
    assert len(ranges) == len(quotes_in(ROWS))
    assert list(Furniture.objects.values_list("start", "end")) == sorted(furniture_ranges())


def check_chains() -> None:
    """Read in the translation; taken from what nobody here has seen."""
    held = Document.objects.held().get()
    assert (held.url, held.hop_manner, held.translator) == ("", "translates", "machine")
    assert (held.hop_of.language, held.hop_of.source.name) == ("fr", "HuffPost")
    told = Document.objects.known_by_report()
    assert {document.told_by.capture for document in told} == {Capture.objects.get()}
    assert Citation.objects.count() == 32 * 2 + 51 * 2 + 2
    assert Relay.objects.count() == Claim.objects.filter(speaker=Speaker.ACTOR).count() == 32
    assert {relay.carrier.document for relay in Relay.objects.all()} == {held}
    assert {relay.taken_from.first_hand for relay in Relay.objects.all()} == {True}
    own = Citation.objects.filter(claim__speaker=Speaker.OWN_VOICE, first_hand=True)
    assert {citation.document for citation in own} == {held.hop_of}
    assert Citation.objects.filter(fidelity=Fidelity.SUSPECTED).count() == 23
    assert Citation.objects.exclude(fidelity=Fidelity.NOT_COMPARED).count() == 23


def check_names_and_interests() -> None:
    """Operators, spellings, interests and measures."""
    assert {source.operator.name for source in Source.objects.exclude(operator=None)} == {
        "Ministry of Defence of Russia"
    }
    for spelling, printed in {
        "Mikhail Razvozhayev": "Mikhail Razvojaev",
        "Volodymyr Zelenskyy": "Volodymyr Zelensky",
        "Вячеслав Гладков": "Vyacheslav Gladkov",
    }.items():
        assert ActorName.objects.get(name=spelling).actor.name == printed
    assert Counter(EventParty.objects.values_list("interest", flat=True)) == {
        Interest.SPEAKS_FOR: 3,
        Interest.OTHER_STAKE: 3,
        Interest.NOT_ASSESSED: 2,
    }
    assert (Figure.objects.count(), Measure.objects.count()) == (16, 10)
    assert {figure.as_printed for figure in Figure.objects.filter(measure=None)} == {
        "a certain number of missiles",
        "Several",
        "for a year",
        "50 kilometers",
        "for a week",
        "thousands of kilometers",
    }


def check_loading_again(loaded: ImportReport, people: dict) -> None:
    """Nothing is new, and an account that could do nothing of it is enough."""
    before = list(Publication.objects.values_list("seq", flat=True))
    again = import_file(FILE, by=people["by"])
    assert dict(again.unchanged) == dict(loaded.created)
    assert (again.kept, again.rejected, again.written) == ([], [], False)
    assert list(Publication.objects.values_list("seq", flat=True)) == before
    for kind, model in {"claim": Claim, "event": Event, "actor": Actor}.items():
        assert dict(model.objects.values_list("public_id", "edit_number")) == dict(
            ImportedRow.objects.filter(kind=kind).values_list("object_id", "edit_number")
        )

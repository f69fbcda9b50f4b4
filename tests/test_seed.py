"""The first article: entered honestly, word by word, and loaded through the workflow."""

import hashlib
import json
import re
from collections import Counter

import pytest
from django.conf import settings

from claims.choices import Fidelity, Stage
from claims.importing import ImportReport, import_file
from claims.models import Citation, Claim, Event, Figure, ImportedRow, PublicClaim, Relay
from claims.workflow import public_state_of
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from sources.models import (
    Actor,
    ActorRole,
    Capture,
    Document,
    Furniture,
    PassageRange,
    Source,
)
from sources.services import Quote, find_quote
from tests.factories import make_user

FILE = settings.SEEDS_DIR / "claims.jsonl"
ARTICLE = settings.SEEDS_DIR / "seed-article.txt"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
CLAIMS = {row["key"]: row for row in ROWS if row["kind"] == "claim"}
# Bytes, not universal newlines: offsets count what was supplied.
TEXT = ARTICLE.read_bytes().decode("utf-8")

WAITING = {"russia-attack-took-place", "pellistrandi-special-forces"}
DRAFTS = {
    "moscow-rockets-were-ukrainian",
    "town-hall-evacuation",
    "pellistrandi-ukrainians-did-it",
}
SPOKEN = {
    "zelensky": 1,
    "russia": 4,
    "russian-defence-ministry": 2,
    "razvojaev": 2,
    "gladkov": 4,
    "belgorod-town-hall": 2,
    "pellistrandi": 15,
}
# What is spoken in the article, by its first words; each must be cited by a claim.
SPEECH = [
    "vowed to “wreak havoc” on Russian forces",
    "Russia claimed this Friday",
    "“Deployed air defense systems",
    "Moscow announced that it had fired",
    "According to the city's governor",
    "According to the region's governor",
    "the town hall even asked residents",
    "those who wish can evacuate",
    "“Attacking Belgorod",
    "“We are in a consumer war",
    "“It also means participating",
    "considers these attacks “an epiphenomenon”",
    "“The Ukrainians are aware",
    "For General Pellistrandi, a repeat",
    "“There may always be actions",
    "This is essentially ground infiltration",
]


def quotes_in(value: object) -> list[str]:
    """Every exact quote of a row, however deep."""
    if isinstance(value, list):
        return [quote for one in value for quote in quotes_in(one)]
    if not isinstance(value, dict):
        return []
    inside = [quote for one in value.values() for quote in quotes_in(one)]
    return [*value.get("quotes", []), *inside]


def furniture_ranges() -> list[tuple[int, int]]:
    """The ranges that the capture's row marks as page furniture."""
    capture = next(row for row in ROWS if row["kind"] == "capture")
    ranges = []
    for mark in capture["furniture"]:
        start, _ = find_quote(TEXT, Quote(mark["from"], mark.get("occurrence")))
        _, end = find_quote(TEXT[start:], Quote(mark["to"], 1))
        ranges.append((start, start + end))
    return ranges


# The files


def test_the_article_is_kept_byte_by_byte():
    digest = hashlib.sha256(ARTICLE.read_bytes()).hexdigest()

    assert digest == "7f76ef2097ac2f5b8f308331e7c94e6550796c3b1d8ed0a3f9dcf5e83a5d73f8"
    assert digest in (settings.SEEDS_DIR / "README.md").read_text(encoding="utf-8")


def test_every_quote_stands_in_the_article_once_in_the_articles_own_characters():
    quotes = quotes_in(ROWS)

    assert len(quotes) > 50
    assert [quote for quote in quotes if TEXT.count(quote) != 1] == []


def test_cue_speaker_and_doubtful_words_stand_in_the_quotes():
    missing = []
    for key, row in CLAIMS.items():
        read = row["citations"][0]
        relay = row["relays"][0]
        words = [
            read[name] for name in ("cue", "named_speaker", "fidelity_words") if read.get(name)
        ]
        words += [relay["words"]] if relay.get("words") else []
        missing += [(key, one) for one in words if not any(one in q for q in read["quotes"])]

    assert missing == []


def test_figures_are_given_as_printed():
    printed = [
        (key, figure["as_printed"], quote)
        for key, row in CLAIMS.items()
        for figure in row.get("figures", [])
        for quote in row["citations"][0]["quotes"][-1:]
    ]

    assert len(printed) == 6
    assert [(key, figure) for key, figure, quote in printed if figure not in quote] == []


def test_nothing_is_given_that_the_article_does_not_give():
    text = FILE.read_text(encoding="utf-8")

    assert "http" not in text
    assert (
        re.findall(r"wikidata_id|latitude|longitude|original_words|rationale\": \"\"", text) == []
    )
    assert {row["attribution_status"] for row in CLAIMS.values()} == {"reported"}
    assert {row["verification_status"] for row in CLAIMS.values()} == {"unchecked", "not-checkable"}
    assert {one["role"] for row in CLAIMS.values() for one in row["citations"]} == {"attribution"}
    assert "1704471271" not in re.sub(r'"from": "1704471271', "", text)


def test_every_spoken_claim_is_entered():
    cited = [quote for row in CLAIMS.values() for quote in row["citations"][0]["quotes"]]

    assert Counter(row["claimant"] for row in CLAIMS.values()) == SPOKEN
    assert [words for words in SPEECH if not any(words in quote for quote in cited)] == []


def test_the_furniture_is_all_of_the_page_and_nothing_of_the_article():
    kept = TEXT
    for start, end in sorted(furniture_ranges(), reverse=True):
        kept = kept[:start] + kept[end:]

    furniture = (
        "You cannot view",
        "France imposes",
        "cookies",
        "ad blocker",
        "protected",
        "170447",
    )
    assert [words for words in furniture if words in kept] == []
    assert kept.count("HANDOUT / AFP") == 1
    outside = [quote for row in CLAIMS.values() for quote in quotes_in(row)]
    assert [quote for quote in outside if quote not in kept] == []


def test_prose_of_ours_says_what_is_open_and_who_looked():
    assert [key for key, row in CLAIMS.items() if not row.get("attribution_reason")] == []
    assert {tuple(row["harm_check"]) for row in CLAIMS.values()} == {("none",)}
    open_ended = [key for key, row in CLAIMS.items() if row["advance_to"] != "published"]
    assert [key for key in open_ended if not CLAIMS[key].get("unknowns")] == []


# What becomes of them


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


@pytest.mark.django_db
def test_the_seed_becomes_claims_at_their_stages(loaded, people):
    assert loaded.rejected == []
    assert dict(loaded.created) == Counter(row["kind"] for row in ROWS[1:])
    assert Counter(Claim.objects.values_list("stage", flat=True)) == {
        Stage.SETTLED: 25,
        Stage.IN_REVIEW: 2,
        Stage.DRAFT: 3,
    }
    by_text = {row["text"]: key for key, row in CLAIMS.items()}
    stages = {by_text[claim.text]: claim.stage for claim in Claim.objects.all()}
    assert {key for key, stage in stages.items() if stage == Stage.IN_REVIEW} == WAITING
    assert {key for key, stage in stages.items() if stage == Stage.DRAFT} == DRAFTS
    public = set(PublicClaim.objects.values_list("claim_id", flat=True))
    live = {claim.public_id for claim in Claim.objects.all() if public_state_of(claim) == "live"}
    assert public == live
    assert len(live) == 25
    assert Publication.objects.filter(subject_kind="claim").count() == 25

    # Every range is at its offsets, and what is marked as furniture is what the file says.
    capture = Capture.objects.get()
    assert capture.text == TEXT
    ranges = PassageRange.objects.values_list("start", "end", "exact", "prefix", "suffix")
    assert [
        exact
        for start, end, exact, prefix, suffix in ranges
        if (exact, prefix, suffix)
        != (TEXT[start:end], TEXT[max(start - 32, 0) : start], TEXT[end : end + 32])
    ] == []
    assert len(ranges) == len(quotes_in(ROWS))
    assert list(Furniture.objects.values_list("start", "end")) == sorted(furniture_ranges())

    # Each claim's chain: read in the translation, taken from what nobody here has seen.
    assert Relay.objects.count() == Claim.objects.count() == 30
    held = Document.objects.held().get()
    assert (held.url, held.hop_manner, held.translator) == ("", "translates", "machine")
    assert (held.hop_of.language, held.hop_of.source.name) == ("fr", "HuffPost")
    told = Document.objects.known_by_report()
    assert {document.told_by.capture for document in told} == {capture}
    assert {relay.carrier.document for relay in Relay.objects.all()} == {held}
    assert {relay.taken_from.first_hand for relay in Relay.objects.all()} == {True}
    assert Citation.objects.exclude(fidelity=Fidelity.NOT_COMPARED).count() == 4
    assert {source.operator.name for source in Source.objects.exclude(operator=None)} == {
        "Ministry of Defence of Russia"
    }
    assert {role.held_from.isoformat() for role in ActorRole.objects.all()} == {"2024-01-05"}
    assert {str(figure) for figure in Figure.objects.filter(measure=None)} == {
        "a certain number of missiles (missiles the Russians are forced to fire)"
    }

    # And again: nothing is new, and an account that could do nothing of it is enough.
    before = list(Publication.objects.values_list("seq", flat=True))
    again = import_file(FILE, by=people["by"])
    assert dict(again.unchanged) == dict(loaded.created)
    assert (again.kept, again.rejected, again.written) == ([], [], False)
    assert list(Publication.objects.values_list("seq", flat=True)) == before
    for kind, model in {"claim": Claim, "event": Event, "actor": Actor}.items():
        assert dict(model.objects.values_list("public_id", "edit_number")) == dict(
            ImportedRow.objects.filter(kind=kind).values_list("object_id", "edit_number")
        )

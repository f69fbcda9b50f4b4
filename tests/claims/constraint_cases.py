"""Rows to break, and for each constraint a change that it refuses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from claims.models import (
    Citation,
    ClaimRelation,
    ClaimTopic,
    Depiction,
    EventParty,
    ImportedRow,
    Inquiry,
    Measure,
    MediaFinding,
    Relay,
    TopicName,
)
from sources.models import (
    ActorName,
    ActorRole,
    Control,
    Furniture,
    PublicSuccessor,
    SourceAddress,
    SourceGrade,
)
from tests.factories import (
    add_figure,
    make_actor,
    make_capture,
    make_claim,
    make_document,
    make_event,
    make_imported_review,
    make_passage,
    make_ready_claim,
    make_source,
    make_topic,
    somebody,
)


def citation() -> Citation:
    return make_ready_claim().citations.get(position=1)


def relay() -> Relay:
    return make_ready_claim().relays.get()


def figure() -> models.Model:
    return add_figure(make_claim())


def depiction() -> Depiction:
    return Depiction.objects.create(
        claim=make_claim(), media=make_document(), shows="Boats.", created_by=somebody()
    )


def finding() -> MediaFinding:
    claim = make_claim()
    evidence = Citation.objects.create(
        claim=claim,
        document=make_document(),
        role="evidence",
        stance="refutes",
        basis="was-told",
        created_by=somebody(),
    )
    return MediaFinding.objects.create(
        claim=claim, finding="staged", evidence=evidence, explanation="So.", created_by=somebody()
    )


def inquiry() -> Inquiry:
    return Inquiry.objects.create(
        claim=make_claim(),
        place="by e-mail",
        question="How many?",
        asked_on=NEXT,
        result="declined",
        created_by=somebody(),
    )


def grade() -> SourceGrade:
    return SourceGrade.objects.create(
        source=make_source(), about="boats", grade="B", as_of=DAY, created_by=somebody()
    )


def successor() -> PublicSuccessor:
    return PublicSuccessor.objects.create(
        seq=1, kind="actor", public_id="aaaaaaaaaa", successor_id="bbbbbbbbbb"
    )


def actor_name() -> ActorName:
    return ActorName.objects.create(
        actor=make_actor(), name="Alias", language="en", form="alias", created_by=somebody()
    )


def actor_role() -> ActorRole:
    return ActorRole.objects.create(actor=make_actor(), title="mayor", created_by=somebody())


def control() -> Control:
    return Control.objects.create(
        actor=make_actor(), parent=make_actor(), passage=make_passage(), created_by=somebody()
    )


def address() -> SourceAddress:
    return SourceAddress.objects.create(
        source=make_source(), url="https://gazette.example/", created_by=somebody()
    )


def furniture() -> Furniture:
    return Furniture.objects.create(capture=make_capture(), start=0, end=9, created_by=somebody())


def party() -> EventParty:
    return EventParty.objects.create(event=make_event(), actor=make_actor(), created_by=somebody())


def measure() -> Measure:
    return Measure.objects.create(
        event=make_event(),
        what="boats counted",
        unit="boats",
        counting="per-period",
        created_by=somebody(),
    )


def topic_name() -> TopicName:
    return TopicName.objects.create(
        topic=make_topic(), language="fr", name="Bateaux", slug="bateaux", created_by=somebody()
    )


def claim_topic() -> ClaimTopic:
    return ClaimTopic.objects.create(claim=make_claim(), topic=make_topic(), created_by=somebody())


def relation() -> ClaimRelation:
    return ClaimRelation.objects.create(
        claim=make_claim(), other=make_claim(), kind="repeats", created_by=somebody()
    )


def imported() -> ImportedRow:
    return ImportedRow.objects.create(
        collection="synthetic",
        key="a",
        kind="claim",
        object_id="0000000000",
        row_sha256="0" * 64,
        edit_number=0,
        created_by=somebody(),
    )


@dataclass(frozen=True)
class Broken:
    """A change that a constraint refuses, and one beside it that it takes."""

    constraint: str
    make: Callable[[], Any]
    change: dict[str, Any]
    beside: dict[str, Any] = field(default_factory=dict)


DAY, NEXT = date(2020, 1, 1), date(2020, 1, 2)
AWAY = date(1066, 1, 1)


def bounds(table: str, name: str, make: Callable[[], Any]) -> list[Broken]:
    first, last = f"{name}_not_before", f"{name}_not_after"
    return [
        Broken(
            f"{table}_{name}_bounds_in_order",
            make,
            {first: NEXT, last: DAY},
            {first: DAY, last: DAY},
        ),
        Broken(
            f"{table}_{name}_days_can_be_meant",
            make,
            {first: AWAY, last: None},
            {first: None, last: NEXT},
        ),
    ]


CHECKS = [
    *bounds("claim", "said", make_claim),
    *bounds("event", "happened", make_event),
    *bounds("document", "published", make_document),
    *bounds("figure", "counted_as_of", figure),
    *bounds("depiction", "taken", depiction),
    *bounds("importedreview", "published", make_imported_review),
    Broken(
        "importedreview_codes_are_known", make_imported_review, {"tie": "liked"}, {"tie": "linked"}
    ),
    Broken(
        "actor_wikidata_id_is_an_item", make_actor, {"wikidata_id": "42"}, {"wikidata_id": "Q42"}
    ),
    Broken(
        "actor_private_person_is_described",
        make_actor,
        {"is_private": True, "kind": "person"},
        {"is_private": True, "kind": "person", "description": "a resident"},
    ),
    Broken("actor_kind_is_known", make_actor, {"kind": "ghost"}, {"kind": "armed-force"}),
    Broken("actorname_form_is_known", actor_name, {"form": "nickname"}, {"form": "as-printed"}),
    Broken(
        "actorrole_days_in_order",
        actor_role,
        {"held_from": NEXT, "held_until": DAY},
        {"held_from": DAY, "held_until": DAY},
    ),
    Broken(
        "actorrole_days_can_be_meant",
        actor_role,
        {"held_from": AWAY},
        {"held_from": DAY},
    ),
    Broken("control_days_can_be_meant", control, {"held_until": AWAY}, {"held_until": DAY}),
    Broken("claim_days_can_be_meant", make_claim, {"review_by": AWAY}, {"review_by": DAY}),
    Broken(
        "event_days_can_be_meant",
        make_event,
        {"summary": "Boats were counted.", "summary_as_of": AWAY},
        {"summary": "Boats were counted.", "summary_as_of": DAY},
    ),
    Broken(
        "control_days_in_order",
        control,
        {"held_from": NEXT, "held_until": DAY},
        {"held_from": DAY, "held_until": NEXT},
    ),
    Broken("source_operator_rests_on_a_passage", make_source, {"operator": make_actor}),
    Broken("source_kind_is_known", make_source, {"kind": "rumour"}, {"kind": "agency"}),
    Broken(
        "sourceaddress_is_http",
        address,
        {"url": "javascript:alert(1)"},
        {"url": "http://gazette.example/news"},
    ),
    Broken(
        "document_hop_has_a_manner",
        make_document,
        {"hop_of": make_document},
        {"hop_of": make_document, "hop_manner": "republishes"},
    ),
    Broken(
        "document_translation_has_a_translator",
        make_document,
        {"hop_of": make_document, "hop_manner": "translates"},
        {"hop_of": make_document, "hop_manner": "translates", "translator": "machine"},
    ),
    Broken(
        "document_address_is_http",
        make_document,
        {"url": "ftp://a.example/"},
        {"url": "https://a.example/"},
    ),
    Broken("document_kind_is_known", make_document, {"kind": "rumour"}, {"kind": "photo"}),
    Broken("furniture_range_in_order", furniture, {"start": 9}, {"start": 8}),
    Broken(
        "event_coordinates_come_together",
        make_event,
        {"latitude": 1},
        {"latitude": 1, "longitude": 1, "place_precision": "region"},
    ),
    Broken(
        "event_summary_is_dated",
        make_event,
        {"summary": "Boats were counted."},
        {"summary": "Boats were counted.", "summary_as_of": DAY},
    ),
    Broken(
        "eventparty_names_its_party",
        party,
        {"interest": "speaks-for", "passage": make_passage},
        {"interest": "speaks-for", "passage": make_passage, "party": make_actor},
    ),
    Broken(
        "eventparty_rests_on_a_passage",
        party,
        {"interest": "other-stake"},
        {"interest": "other-stake", "passage": make_passage},
    ),
    Broken("measure_counting_is_known", measure, {"counting": "twice"}, {"counting": "cumulative"}),
    Broken("topicname_is_not_english", topic_name, {"language": "en"}, {"language": "uk"}),
    Broken(
        "claim_has_one_speaker",
        make_claim,
        {"outlet": make_source},
        {"outlet": make_source, "speaker": "own-voice", "claimant": None},
    ),
    Broken(
        "claim_nobody_named_has_no_attribution",
        make_claim,
        {"attribution_status": ""},
        {"attribution_status": "", "speaker": "nobody-named", "claimant": None},
    ),
    Broken(
        "claim_original_words_have_a_language",
        make_claim,
        {"original_words": "Zwölf"},
        {"original_words": "Zwölf", "original_language": "de"},
    ),
    Broken(
        "claim_verdict_is_dated",
        make_claim,
        {"verification_status": "unverified"},
        {"verification_status": "unverified", "as_of": DAY},
    ),
    Broken(
        "claim_unchecked_carries_no_verdict",
        make_claim,
        {"rationale": "We think so."},
        {"rationale": "Nobody knows.", "verification_status": "unverified", "as_of": DAY},
    ),
    Broken(
        "claim_not_checkable_is_no_fact",
        make_claim,
        {"verification_status": "not-checkable"},
        {"verification_status": "not-checkable", "kind": "opinion"},
    ),
    Broken(
        "claim_harm_check_is_known",
        make_claim,
        {"harm_check": ["boredom"]},
        {"harm_check": ["child", "graphic"]},
    ),
    Broken(
        "claim_harm_none_stands_alone",
        make_claim,
        {"harm_check": ["none", "child"]},
        {"harm_check": ["none"]},
    ),
    Broken("claim_codes_are_known", make_claim, {"about": "gossip"}, {"about": "intent"}),
    Broken(
        "figure_numbers_fit_the_qualifier",
        figure,
        {"qualifier": "more-than"},
        {"qualifier": "more-than", "low": 12, "best": None},
    ),
    Broken(
        "figure_numbers_in_order",
        figure,
        {"qualifier": "between", "low": 13, "best": None, "high": 12},
        {"qualifier": "between", "low": 12, "best": None, "high": 13},
    ),
    Broken("figure_codes_are_known", figure, {"basis": "dreamt"}, {"basis": "observed"}),
    Broken(
        "citation_evidence_points_somewhere",
        citation,
        {"role": "evidence"},
        {"role": "evidence", "stance": "supports", "basis": "was-told", "first_hand": None},
    ),
    Broken(
        "citation_suspicion_says_which_words",
        citation,
        {"fidelity": "suspected"},
        {
            "fidelity": "suspected",
            "fidelity_words": "counted",
            "likely_reading": "found",
            "fidelity_reason": "The next sentence speaks of finding.",
        },
    ),
    Broken(
        "citation_finding_needs_the_original",
        citation,
        {"fidelity": "misquoted"},
        {"fidelity": "misquoted", "compared_with": make_document},
    ),
    Broken("citation_codes_are_known", citation, {"form": "whisper"}, {"form": "headline"}),
    Broken("relay_manner_is_known", relay, {"manner": "whispers"}, {"manner": "quotes"}),
    Broken("claimrelation_kind_is_known", relation, {"kind": "likes"}, {"kind": "denies"}),
    Broken("mediafinding_is_known", finding, {"finding": "odd"}, {"finding": "satire"}),
    Broken("inquiry_days_can_be_meant", inquiry, {"asked_on": AWAY}, {"asked_on": DAY}),
    Broken("sourcegrade_is_known", grade, {"grade": "G"}, {"grade": "F"}),
    Broken("sourcegrade_days_can_be_meant", grade, {"as_of": AWAY}, {"as_of": NEXT}),
]

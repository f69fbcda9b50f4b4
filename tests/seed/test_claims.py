"""What the first article's claims are: whose word, of what kind, how sure of the words."""

import re
from collections import Counter

from tests.seed.article import CLAIMS, EVENTS, ROWS, TEXT, read_citation

ACCIDENTS = {
    "fired": "shot down",
    "still in Crimea": "again in Crimea",
    "launched off the coast": "shot down off the coast",
    "it was only on December 30": "it was above all on December 30",
    "bomb attacks": "bombardment",
    "bombings": "bombardments",
    "consumer war": "war of attrition",
    "along the border. »": "along the border.”",
    "shared videos on It remains on alert": (
        "shared videos on [words lost]. […] It remains on alert"
    ),
    "extend their closure during the holidays": "extend their holiday closure",
    "at the beginning of the war": "since the beginning of the war",
    "actions in depth": "actions deep behind the front line",
    "inability to do so “To send significant cargoes": "inability “to send significant payloads",
    "HANDOUT / AFP This photo from a video released by Russia's Ministry of Emergency Situations "
    "on December 30, 2023": "HANDOUT / AFP",
}


def test_claims_are_whose_word_they_are():
    assert Counter(row["speaker"] for row in CLAIMS.values()) == {
        "actor": 32,
        "own-voice": 51,
        "nobody-named": 2,
    }
    assert Counter(row["claimant"] for row in CLAIMS.values() if row["speaker"] == "actor") == {
        "zelensky": 1,
        "russia": 6,
        "russian-defence-ministry": 2,
        "razvojaev": 2,
        "gladkov": 4,
        "belgorod-town-hall": 2,
        "pellistrandi": 15,
    }
    for row in CLAIMS.values():
        held, *reported = [citation["document"] for citation in row["citations"]]
        assert held == "website-article"
        if row["speaker"] == "own-voice":
            # The article translates the other one as a whole: a hop, and no relay beside it.
            assert (row["outlet"], reported, "relays" in row) == (
                "huffpost",
                ["french-article"],
                False,
            )
        elif row["speaker"] == "actor":
            assert (len(reported), len(row["relays"])) == (1, 1)
        else:
            assert (reported, row.get("attribution_status")) == ([], None)
    named = [row for row in CLAIMS.values() if row["speaker"] != "nobody-named"]
    assert {row["attribution_status"] for row in named} == {"reported"}


def test_claims_are_told_apart_by_kind_form_and_part():
    parts = [
        relation
        for row in CLAIMS.values()
        for relation in row.get("relations", [])
        if relation["kind"] == "part-of"
    ]

    assert len(CLAIMS) == 85
    assert len(parts) == 37
    assert [key for key in (relation["other"] for relation in parts) if key not in CLAIMS] == []
    assert Counter(row["claim_kind"] for row in CLAIMS.values()) == {
        "factual": 39,
        "assessment": 26,
        "quantitative": 13,
        "image-or-video": 2,
        "opinion": 2,
        "pledge": 1,
        "instruction": 1,
        "prediction": 1,
    }
    forms = Counter(read_citation(row)["form"] for row in CLAIMS.values())
    assert (forms["headline"], forms["caption"]) == (4, 3)


def test_who_did_it_is_told_apart_from_what_happened():
    happened = {key: row["text"] for key, row in CLAIMS.items() if row["about"] == "occurrence"}

    assert [key for key, text in happened.items() if "Ukrain" in text or "Russian" in text] == [
        "ukrainian-cities-attacked"  # whose the cities are, not who attacked them
    ]
    assert Counter(row["about"] for row in CLAIMS.values())["responsibility"] == 11


def test_what_is_open_is_said():
    unsaid = [
        key
        for key, row in CLAIMS.items()
        if not (row.get("attribution_reason") and row.get("why_checked") and row.get("harm_check"))
    ]

    assert unsaid == []
    open_ended = [key for key, row in CLAIMS.items() if row["advance_to"] != "published"]
    assert [key for key in open_ended if not CLAIMS[key].get("unknowns")] == []
    assert [key for key, row in CLAIMS.items() if row["harm_check"] != ["none"]] == [
        "fleet-headquarters"
    ]


def test_events_have_neutral_titles_and_dated_summaries():
    titles = " ".join(event["title"] for event in EVENTS.values())

    assert len(EVENTS) == 14
    assert [key for key, event in EVENTS.items() if not event.get("summary_as_of")] == []
    assert re.findall(r"Ukrainian|Russian|terror|annex|shell|bomb|success|repel", titles) == []
    assert {event.get("part_of") for event in EVENTS.values()} == {
        None,
        "war",
        "attacks-since-december",
        "moscow-drones-2023",
    }


def test_an_interest_rests_on_words_and_is_told_of_office_holders_only():
    parties = [party for event in EVENTS.values() for party in event.get("parties", [])]

    told = {party["actor"]: party["interest"] for party in parties}
    assert told == {
        "zelensky": "speaks-for",
        "russian-defence-ministry": "speaks-for",
        "emergencies-ministry": "speaks-for",
        "razvojaev": "other-stake",
        "gladkov": "other-stake",
        "belgorod-town-hall": "other-stake",
        "pellistrandi": "not-assessed",
    }
    assert [
        party for party in parties if ("passage" in party) != (party["interest"] != "not-assessed")
    ] == []


def test_roles_are_as_printed_and_of_the_one_day_that_the_article_establishes():
    roles = [role for row in ROWS for role in row.get("roles", [])]

    assert {(role["held_from"], role["held_until"]) for role in roles} == {
        ("2024-01-05", "2024-01-05")
    }
    assert [role["as_printed"] for role in roles] == [
        "the city's governor",
        "the region's governor",
        "General",
        "editor-in-chief of National Defense magazine",
        "a former correspondent for France Télévisions in Moscow",
    ]
    assert [role["as_printed"] for role in roles if TEXT.count(role["as_printed"]) == 0] == []


def test_accidents_of_the_translation_are_suspected_with_the_likely_reading_and_why():
    doubtful = [
        citation
        for row in CLAIMS.values()
        for citation in row["citations"]
        if citation.get("fidelity")
    ]

    assert {citation["fidelity"] for citation in doubtful} == {"suspected"}
    found = {citation["fidelity_words"]: citation["likely_reading"] for citation in doubtful}
    assert found == ACCIDENTS
    assert [citation for citation in doubtful if not citation["fidelity_reason"]] == []
    # A reading that is only likely is in no claim: there the words stay as printed.
    assert [
        key for key, row in CLAIMS.items() if re.search("shot down|attrition", row["text"])
    ] == []

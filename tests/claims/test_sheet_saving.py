"""Rows of a sheet saved: what one cell says of the others, and what is kept when it is refused."""

from datetime import date

import pytest

from claims import workflow
from claims.choices import Stage
from claims.models import Citation, Claim, Figure, Relay
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from sources.models import ActorName, Passage
from tests.admin_pages import signed_in
from tests.claims.sheet_calls import changed, data_of, save, saved, sheet_of
from tests.factories import (
    QUOTE,
    add_figure,
    make_actor,
    make_capture,
    make_document,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_source,
    make_topic,
    make_user,
    somebody,
)

pytestmark = pytest.mark.django_db


def test_a_quote_alone_saves_a_draft():
    document = make_capture(make_document(published=DateBounds.on(date(2020, 3, 3)))).document
    reporter = make_user(Role.REPORTER)

    row = saved(document, signed_in(reporter), quote=QUOTE)

    claim = Claim.objects.get(pk=row["id"])
    citation = claim.citations.get()
    assert claim.created_by == citation.created_by == reporter
    assert (claim.text, claim.stage, claim.speaker, claim.about) == (QUOTE, "draft", "", "")
    assert claim.said == DateBounds(None, date(2020, 3, 3))
    assert (citation.cue, citation.form, citation.position) == ("said", "indirect", 1)
    assert (row["ranges"], row["unfound_quote"]) == ([[11, 77]], "")
    assert {rule["name"] for rule in row["unmet"]} == {"speaker", "about", "harm-check"}


def test_a_quote_is_stored_in_the_documents_own_characters():
    document = make_capture().document

    row = saved(document, quote='"Twelve   boats,"\nthe harbour office wrote.')

    assert row["quote"] == "“Twelve boats,” the harbour office wrote."
    assert (row["form"], row["cue"]) == ("direct", "wrote")


def test_a_quote_of_several_runs_has_several_ranges():
    document = make_capture().document

    row = saved(document, quote="12 boats were counted.\n[…]\nNobody else")

    assert [row["quote"], row["ranges"]] == [
        "12 boats were counted.\n[…]\nNobody else",
        [[55, 77], [120, 131]],
    ]
    assert row["text"] == "12 boats were counted. […] Nobody else"


def test_a_selection_is_exact():
    document = make_capture().document

    row = saved(document, ranges=[[120, 131]], text="Nobody.")

    assert (row["quote"], row["ranges"]) == ("Nobody else", [[120, 131]])


def test_words_that_are_not_found_are_kept_and_said():
    document = make_capture().document

    [outcome] = save(document, {"key": 7, "quote": "Thirteen boats were counted."})

    row = outcome["row"]
    [warning] = outcome["warnings"]
    assert outcome["key"] == 7
    assert (row["quote"], row["unfound_quote"]) == ("", "Thirteen boats were counted.")
    assert row["text"] == "Thirteen boats were counted."
    assert (warning["field"], "does not stand in what we hold" in warning["message"]) == (
        ("quote", True)
    )
    assert "quote" in {rule["name"] for rule in row["unmet"]}


def test_words_of_a_document_that_nobody_has_seen_are_kept():
    [outcome] = save(make_document(), {"key": 1, "quote": "Twelve."})

    assert outcome["row"]["unfound_quote"] == "Twelve."
    assert outcome["warnings"][0]["message"].startswith("Nothing is held of this document")


def test_found_words_take_the_place_of_those_that_were_not():
    document = make_capture().document
    row = saved(document, quote="Thirteen boats.")

    after = changed(document, row, quote="Nobody else")["row"]

    assert (after["quote"], after["unfound_quote"]) == ("Nobody else", "")


def test_a_quote_that_stays_makes_no_further_passage():
    document = make_capture().document
    row = saved(document, quote=QUOTE)

    after = changed(document, row, quote=QUOTE, cue="told")["row"]

    assert after["cue"] == "told"
    assert Passage.objects.count() == 1


def test_a_quote_can_be_taken_out():
    document = make_capture().document
    row = saved(document, quote=QUOTE)

    after = changed(document, row, quote="")["row"]

    assert (after["quote"], after["ranges"], after["text"]) == ("", [], QUOTE)


def test_a_name_is_resolved_whatever_its_case_and_by_alias():
    document = make_capture().document
    actor = make_actor(name="Hafenamt Ёж")
    ActorName.objects.create(
        actor=actor, name="Harbour Office", language="en", form="alias", created_by=somebody()
    )

    rows = [
        saved(document, quote=QUOTE, claimant={"name": name})
        for name in ("HAFENAMT ёЖ", "harbour office")
    ]

    assert [row["claimant"]["id"] for row in rows] == [actor.pk, actor.pk]
    assert [(row["speaker"], row["attribution_status"]) for row in rows] == [
        ("actor", "reported")
    ] * 2


def test_a_name_that_is_nobodys_or_two_peoples_is_refused_with_what_is_like_it():
    document = make_capture().document
    one, other = make_actor(name="Synthetic Mayor"), make_actor(name="Synthetic Mayor")

    outcomes = save(
        document,
        {"key": 1, "quote": QUOTE, "claimant": {"name": "Synthetic Mayor"}},
        {"key": 2, "quote": QUOTE, "claimant": {"name": "Synthetic Mayors"}},
        {"key": 3, "quote": QUOTE},
    )

    errors = [outcome["errors"][0] for outcome in outcomes[:2]]
    assert [error["field"] for error in errors] == ["claimant", "claimant"]
    assert errors[0]["message"] == "More than one has the name “Synthetic Mayor”: choose one."
    assert errors[1]["message"] == "Nothing here has the name “Synthetic Mayors”: choose one."
    for error in errors:
        assert {found["id"] for found in error["similar"]} == {one.pk, other.pk}
    assert "row" in outcomes[2]
    assert Claim.objects.count() == 1


def test_who_says_it_settles_all_that_hangs_on_it():
    source = make_source()
    document = make_capture(make_document(source=source)).document
    row = saved(document, quote=QUOTE, claimant={"id": make_actor().pk})

    own = changed(document, row, speaker="own-voice")["row"]
    nobody = changed(document, own, speaker="nobody-named")["row"]
    again = changed(document, nobody, claimant={"id": make_actor().pk})["row"]
    unsaid = changed(document, again, claimant=None)["row"]

    said = [
        (one["speaker"], bool(one["claimant"]), one["outlet"], one["attribution_status"])
        for one in (own, nobody, again, unsaid)
    ]
    assert said == [
        ("own-voice", False, {"id": source.pk, "label": source.name}, "reported"),
        ("nobody-named", False, None, ""),
        ("actor", True, None, "reported"),
        ("", False, None, ""),
    ]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"speaker": "actor"}, "claimant"),
        ({"speaker": "nobody-named", "claimant": True}, "claimant"),
        ({"speaker": "own-voice", "voiced_by": True}, "voiced_by"),
        ({"voiced_by": True}, "voiced_by"),
    ],
)
def test_cells_that_say_two_things_are_refused_at_their_names(cells, field):
    document = make_capture().document
    given = {
        name: {"id": make_actor().pk} if value is True else value for name, value in cells.items()
    }

    [outcome] = save(document, {"key": 1, "quote": QUOTE, **given})

    assert [error["field"] for error in outcome["errors"]] == [field]
    assert not Claim.objects.exists()


def test_an_opinion_is_not_checkable_and_a_fact_is():
    document = make_capture().document
    row = saved(document, quote=QUOTE, kind="opinion")

    after = changed(document, row, kind="factual")["row"]

    assert (row["verification_status"], after["verification_status"]) == (
        ("not-checkable", "unchecked")
    )


def test_a_number_as_printed_is_read_and_makes_it_quantitative():
    document = make_capture().document

    [clear, vague] = save(
        document,
        {"key": 1, "quote": QUOTE, "figure": {"as_printed": "more than 100 boats"}},
        {"key": 2, "quote": QUOTE, "figure": {"as_printed": "dozens"}},
    )

    assert clear["row"]["kind"] == "quantitative"
    assert clear["row"]["figure"] == {
        "as_printed": "more than 100 boats",
        "counts": "boats",
        "qualifier": "more-than",
        "low": "100",
        "best": None,
        "high": None,
        "unit": "boats",
    }
    assert vague["row"]["figure"]["qualifier"] == "vague"
    assert [warning["field"] for warning in vague["warnings"]] == ["figure"]


def test_a_figure_is_changed_and_taken_out_and_leaves_the_others():
    claim = make_ready_claim()
    add_figure(claim, period="that day")
    add_figure(claim, position=2, as_printed="a dozen")
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]

    after = changed(document, row, figure={**row["figure"], "best": "13"})["row"]
    period = claim.figures.first().period
    last = changed(document, after, figure=None)["row"]

    assert (after["figure"]["best"], period) == ("13", "that day")
    assert (last["figure"]["as_printed"], last["figures_more"]) == ("a dozen", 0)


def test_numbers_that_do_not_fit_are_refused_at_the_figure():
    document = make_capture().document

    [outcome] = save(
        document,
        {
            "key": 1,
            "quote": QUOTE,
            "figure": {"as_printed": "12", "qualifier": "more-than", "best": 12},
        },
    )

    assert [error["field"] for error in outcome["errors"]] == ["figure"]
    assert not Claim.objects.exists()
    assert not Passage.objects.exists()


def test_the_next_row_begins_as_the_last_one_ends():
    document = make_capture().document
    event, topic = make_event(), make_topic()

    rows = [
        outcome["row"]
        for outcome in save(
            document,
            {
                "key": 1,
                "quote": QUOTE,
                "event": {"id": event.pk},
                "about": "toll",
                "topics": [{"name": topic.name.upper()}],
            },
            {"key": 2, "quote": "Nobody else"},
            {"key": 3, "quote": "Twelve boats", "event": None, "about": "", "topics": []},
        )
    ]

    assert [bool(row["event"]) for row in rows] == [True, True, False]
    assert [row["about"] for row in rows] == ["toll", "toll", ""]
    assert [len(row["topics"]) for row in rows] == [1, 1, 0]


def test_topics_are_just_those_that_are_given():
    document = make_capture().document
    first, second, third = make_topic(), make_topic(), make_topic()
    row = saved(document, quote=QUOTE, topics=[{"id": first.pk}, {"id": second.pk}])

    after = changed(document, row, topics=[{"id": third.pk}, {"id": second.pk}])["row"]

    assert {topic["id"] for topic in after["topics"]} == {second.pk, third.pk}


def test_the_origin_is_a_first_hand_citation_with_its_relay():
    document = make_capture().document
    origin = make_document(source=None, title="Synthetic post")

    direct, indirect = [
        saved(document, quote=quote, origin={"id": origin.pk})
        for quote in ("“Twelve boats,” the harbour office wrote.", QUOTE)
    ]

    claim = Claim.objects.get(pk=direct["id"])
    carrier, cited = claim.citations.order_by("position")
    relay = Relay.objects.get(claim=claim)
    assert (relay.carrier, relay.taken_from) == (carrier, cited)
    assert (cited.document, cited.first_hand, carrier.first_hand) == (origin, True, False)
    assert [direct["manner"], indirect["manner"]] == ["quotes", "paraphrases"]


def test_an_origin_is_replaced_and_taken_out_with_its_bare_citation():
    document = make_capture().document
    first, second = make_document(title="First post"), make_document(title="Second post")
    row = saved(document, quote=QUOTE, origin={"name": "first POST"})

    other = changed(document, row, origin={"id": second.pk}, manner="excerpts")["row"]
    none = changed(document, other, origin=None)["row"]

    assert (row["origin"]["id"], other["origin"]["id"], none["origin"]) == (
        (first.pk, second.pk, None)
    )
    assert (other["manner"], none["manner"]) == ("excerpts", "")
    assert Citation.objects.count() == 1


def test_an_origin_that_says_more_than_that_is_kept():
    claim = make_ready_claim()
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]
    claim.citations.filter(position=2).update(first_hand=False)
    claim.refresh_from_db()
    row["edit_number"] = claim.edit_number

    changed(document, row, origin=None)

    assert claim.citations.count() == 2
    assert not Relay.objects.exists()


@pytest.mark.parametrize("cells", [{"manner": "quotes"}, {"origin": "itself"}])
def test_an_origin_has_to_be_another_document(cells):
    document = make_capture().document
    given = {"origin": {"id": document.pk}} if "origin" in cells else cells

    [outcome] = save(document, {"key": 1, "quote": QUOTE, **given})

    assert [error["field"] for error in outcome["errors"]] == ["origin"]


def test_original_words_take_the_language_of_the_original():
    translated = make_document(
        hop_of=make_document(language="ru"), hop_manner="translates", translator="machine"
    )
    document = make_capture(translated).document

    row = saved(document, quote=QUOTE, original_words="Двенадцать лодок.\r\nНикто.")

    assert row["original_language"] == "ru"
    assert row["original_words"] == "Двенадцать лодок.\nНикто."


def test_original_words_without_a_language_are_refused():
    document = make_capture(make_document(language="")).document

    [outcome] = save(document, {"key": 1, "quote": QUOTE, "original_words": "Zwölf"})

    assert [error["field"] for error in outcome["errors"]] == ["original_words"]


def test_saving_under_review_takes_the_claim_back_to_draft():
    claim = make_ready_claim()
    document = sheet_of(claim)
    workflow.submit(claim, by=make_user(Role.REPORTER))
    [row] = data_of(document)["rows"]

    after = changed(document, row, cue="told")["row"]

    assert (row["stage"], after["stage"]) == ("in_review", "draft")
    assert [step["action"] for step in after["steps"]] == ["submit"]


def test_a_settled_claim_is_refused_with_the_words_of_its_form():
    claim = make_published_claim()
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]

    outcome = changed(document, row, text="Mine.")

    assert outcome["errors"] == [
        {"field": "", "message": "This claim is settled: revise it first, then change it."}
    ]


def test_nothing_changed_is_no_edit():
    claim = make_ready_claim(original_language="fr")
    add_figure(claim)
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]

    after = changed(document, row, **{name: row[name] for name in row if name != "ranges"})["row"]

    assert after == row


def test_a_refused_row_takes_nothing_with_it():
    document = make_capture().document

    outcomes = save(
        document,
        {"key": "a", "quote": QUOTE},
        {"key": "b", "quote": QUOTE, "event": {"id": 987654321}, "about": "gossip"},
        {"key": "c", "quote": "Nobody else"},
    )

    assert [sorted(outcome) for outcome in outcomes] == [
        ["key", "row"],
        ["errors", "key"],
        ["key", "row"],
    ]
    assert {error["field"] for error in outcomes[1]["errors"]} == {"event", "about"}
    assert Claim.objects.count() == 2


def test_a_row_of_another_sheet_is_not_changed():
    claim = make_ready_claim()
    [row] = data_of(sheet_of(claim))["rows"]

    outcome = changed(make_capture().document, row, text="Mine.")

    assert outcome["errors"] == [{"field": "id", "message": "There is no such row on this sheet."}]


def test_the_history_says_who_saved_a_row():
    claim, reporter = make_ready_claim(), make_user(Role.REPORTER)
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]

    changed(document, row, signed_in(reporter), text="Mine.")

    event = claim.history.order_by("pgh_id").last()
    assert event.pgh_context.metadata["user"] == reporter.pk


def test_an_edit_of_the_sheet_is_no_step():
    document = make_capture().document

    saved(document, quote=QUOTE)

    assert not Decision.objects.exists()
    assert Claim.objects.get().stage == Stage.DRAFT
    assert not Figure.objects.exists()


def test_what_is_counted_is_left_open_where_the_words_do_not_say_it():
    document = make_capture().document

    row = saved(document, quote=QUOTE, figure={"as_printed": "More than 100"})

    assert (row["figure"]["counts"], row["figure"]["low"]) == ("", "100")
    assert "counts" in [rule["name"] for rule in row["unmet"]]


def test_the_day_of_publication_is_proposed_as_the_last_on_which_it_can_have_been_said():
    published = DateBounds.on(date(2020, 3, 5))
    document = make_capture(make_document(published=published)).document

    claim = Claim.objects.get(pk=saved(document, quote=QUOTE)["id"])

    assert (claim.said.not_before, claim.said.not_after) == (None, date(2020, 3, 5))


def test_what_an_outlet_says_itself_is_in_its_own_voice_unless_it_quotes():
    document = make_capture().document
    quoted, plain = (
        saved(document, quote=words, speaker="own-voice")
        for words in ("“Twelve boats,”", "the harbour office wrote")
    )

    assert (quoted["form"], plain["form"]) == ("direct", "own-voice")

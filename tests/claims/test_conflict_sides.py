"""What a conflict page says of base, theirs and mine, and what comes of putting them together."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import workflow
from claims.choices import HarmCheck, Stage
from claims.models import Citation, Claim, ClaimTopic, Depiction, Figure
from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from sources import services
from sources import workflow as sources_workflow
from sources.models import Actor
from tests import factories
from tests.admin_pages import Values, add_row, address, open_form, opened_at, signed_in, values_of

pytestmark = pytest.mark.django_db

FIGURE = {
    "position": "1",
    "counts": "boats counted",
    "qualifier": "bare",
    "best": "12",
    "basis": "claimed",
}


@pytest.fixture
def mira() -> User:
    return factories.make_user(Role.CHECKER, "mira")


@pytest.fixture
def one() -> Client:
    return signed_in(factories.make_user(Role.REPORTER, "one"))


@pytest.fixture
def other(mira: User) -> Client:
    return signed_in(mira)


def lines(response: Any, *, changed: str = "") -> list[tuple[str, ...]]:
    """Heading, label and the three sides of each line that somebody has changed."""
    return [
        (part.heading, line.label, line.base, line.theirs, line.mine)
        for part in response.context["parts"]
        for line in part.lines
        if line.changed == changed or (not changed and line.changed != "nobody")
    ]


def sides(response: Any) -> dict[str, tuple[str, ...]]:
    """The same by label, with who has changed it."""
    return {
        line.label: (line.changed.value, line.base, line.theirs, line.mine)
        for part in response.context["parts"]
        for line in part.lines
        if line.changed != "nobody"
    }


def merged(response: Any, take: str = "") -> Values:
    """What the conflict page would send, with the same side taken in every conflict."""
    values = values_of(response, "merge_form")
    names = values.get("conflict", [])
    for name in [names] if isinstance(names, str) else names:
        values |= {f"take:{name}": take} if take else {}
    return values | {"_continue": "1"}


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def conflict(one: Client, other: Client, row: Any, mine: Values, theirs: Values) -> Any:
    """The page that one gets who saves after the other, both having opened the same version."""
    my_form, their_form = open_form(one, row), open_form(other, row)
    assert other.post(address(row), their_form | theirs).status_code == 302
    response = one.post(address(row), my_form | mine)
    assert response.status_code == 409
    return response


# Who changed what


def test_each_field_says_who_changed_it_with_all_three_sides(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.", unknowns="Base.", why_checked="Base.")
    mine = {"text": "My text.", "unknowns": "Both say this.", "why_checked": "Only mine."}
    theirs = {"text": "Their text.", "unknowns": "Both say this.", "would_settle": "Only theirs."}

    page = conflict(one, other, claim, mine, theirs)

    assert sides(page) == {
        "Text": ("both", "Base.", "Their text.", "My text."),
        "What we don't know": ("same", "Base.", "Both say this.", "Both say this."),
        "Why checked": ("mine", "Base.", "Base.", "Only mine."),
        "What would settle this": ("theirs", "—", "Only theirs.", "—"),
    }


def test_what_the_other_did_has_a_name_and_a_time(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.")

    page = conflict(one, other, claim, {"text": "Mine."}, {"text": "Theirs."})

    [line] = [line for part in page.context["parts"] for line in part.conflicts]
    changed_at = claim.history.get().pgh_created_at
    assert line.who == f"mira, {changed_at:%Y-%m-%d %H:%M} UTC"


def test_each_change_is_laid_to_who_made_it_last(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.", unknowns="Base.")
    mine = open_form(one, claim)
    other.post(address(claim), open_form(other, claim) | {"text": "By mira."})
    with acting(factories.make_user(Role.EDITOR, "noor")):
        Claim.objects.filter(pk=claim.pk).update(unknowns="By noor.")
    Claim.objects.filter(pk=claim.pk).update(why_checked="By nobody.")

    page = one.post(address(claim), mine)

    told = {line.label: line.who.split(",")[0] for p in page.context["parts"] for line in p.changes}
    assert told == {
        "Text": "mira",
        "What we don't know": "noor",
        "Why checked": "nobody known",
    }


def test_every_kind_of_value_is_told_in_words(one: Client, other: Client) -> None:
    base, theirs, mine = (factories.make_actor(name=f"{who} Actor") for who in "BTM")
    claim = factories.make_claim(claimant=base, harm_check=["none"], language="en")
    page = conflict(
        one,
        other,
        claim,
        {
            "claimant": str(mine.pk),
            "said_not_before": "2020-03-01",
            "translation_reviewed": "on",
            "language": "uk",
        },
        {
            "claimant": str(theirs.pk),
            "said_not_before": "2020-02-29",
            "about": "effect",
            "language": "de",
        },
    )

    assert sides(page) == {
        "Claimant": ("both", "B Actor", "T Actor", "M Actor"),
        "Said, not before": ("both", "2020-03-02", "2020-02-29", "2020-03-01"),
        "Translation reviewed": ("mine", "no", "no", "yes"),
        "About": ("theirs", "toll or size", "effect", "toll or size"),
        "Language": ("both", "English", "German", "Ukrainian"),
    }


def test_lists_are_compared_as_what_was_ticked(one: Client, other: Client) -> None:
    first, second = [code for code in HarmCheck.values if code != "none"][:2]
    claim = factories.make_claim(harm_check=["none"])

    page = conflict(
        one, other, claim, {"harm_check": [first, second]}, {"harm_check": [second, first]}
    )
    labels = f"{HarmCheck(first).label}, {HarmCheck(second).label}"
    assert [line[1:] for line in lines(page, changed="same")] == [
        ("Harm check", HarmCheck.NONE.label, lines(page)[0][3], labels)
    ]
    saved = one.post(address(claim), merged(page))
    assert saved.status_code == 302
    assert set(fresh(claim).harm_check) == {first, second}


# Putting it together


def test_what_only_one_has_changed_is_put_together_and_saved(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.", unknowns="Base.")
    page = conflict(one, other, claim, {"unknowns": "Mine."}, {"text": "Theirs."})

    response = one.post(address(claim), merged(page))

    claim = fresh(claim)
    assert response.status_code == 302
    assert (claim.text, claim.unknowns) == ("Theirs.", "Mine.")


@pytest.mark.parametrize(("take", "text"), [("mine", "My\r\ntext."), ("theirs", "Their text.")])
def test_a_conflict_ends_as_it_is_decided(one: Client, other: Client, take: str, text: str) -> None:
    claim = factories.make_claim(text="Base.", unknowns="Base.")
    page = conflict(
        one, other, claim, {"text": "My\r\ntext."}, {"text": "Their text.", "unknowns": "Theirs."}
    )

    response = one.post(address(claim), merged(page, take))

    claim = fresh(claim)
    assert response.status_code == 302
    assert (claim.text, claim.unknowns) == (text.replace("\r", ""), "Theirs.")


def test_a_box_that_they_unticked_stays_so_where_theirs_is_taken(
    one: Client, other: Client
) -> None:
    claim = factories.make_claim(translation_reviewed=True, text="Base.")
    mine, theirs = open_form(one, claim), open_form(other, claim)
    theirs.pop("translation_reviewed")
    other.post(address(claim), theirs)

    page = one.post(address(claim), mine | {"text": "Mine."})
    one.post(address(claim), merged(page))

    claim = fresh(claim)
    assert (claim.translation_reviewed, claim.text) == (False, "Mine.")


@pytest.mark.parametrize("take", ["", "nonsense"])
def test_what_is_not_decided_is_not_saved_but_shown_in_the_form(
    one: Client, other: Client, take: str
) -> None:
    claim = factories.make_claim(text="Base.", unknowns="Base.")
    page = conflict(
        one, other, claim, {"text": "Mine.", "unknowns": "Mine too."}, {"text": "Their <b>."}
    )

    response = one.post(address(claim), merged(page, take))

    form = response.context["adminform"].form
    assert response.status_code == 200
    assert fresh(claim).text == "Their <b>."
    assert form["text"].value() == "Mine."
    assert "Theirs: “Their &lt;b&gt;.”" in response.content.decode()
    assert list(form.errors) == ["__all__", "text", "unknowns"]
    assert form.errors["unknowns"] == ["You have changed this. It is not saved yet."]


def test_the_form_can_be_gone_on_with_and_saved(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.", unknowns="Base.")
    page = conflict(one, other, claim, {"text": "Mine."}, {"text": "Theirs.", "unknowns": "Too."})
    values = merged(page)
    values.pop("_continue")
    form = one.post(address(claim), values | {"_reopen": "1"})

    response = one.post(address(claim), values_of(form, "claim_form") | {"text": "Both."})

    claim = fresh(claim)
    assert response.status_code == 302
    assert (claim.text, claim.unknowns) == ("Both.", "Too.")


def test_a_second_conflict_leads_to_the_same_page_with_the_new_base(
    one: Client, other: Client
) -> None:
    claim = factories.make_claim(text="Base.", unknowns="Base.", why_checked="Base.")
    first = conflict(one, other, claim, {"text": "Mine."}, {"text": "Theirs."})
    other.post(
        address(claim), open_form(other, claim) | {"text": "Theirs again.", "unknowns": "New."}
    )

    second = one.post(address(claim), merged(first, "mine"))
    third = one.post(address(claim), merged(second, "theirs"))

    assert (first.status_code, second.status_code, third.status_code) == (409, 409, 302)
    assert sides(second) == {
        "Text": ("both", "Theirs.", "Theirs again.", "Mine."),
        "What we don't know": ("theirs", "Base.", "New.", "Base."),
    }
    assert (fresh(claim).text, fresh(claim).unknowns) == ("Theirs again.", "New.")


def test_what_was_left_undecided_is_asked_again(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.")
    first = conflict(one, other, claim, {"text": "Mine."}, {"text": "Theirs."})
    other.post(address(claim), open_form(other, claim) | {"unknowns": "New."})

    second = one.post(address(claim), merged(first))

    assert sides(second)["Text"] == ("both", "Theirs.", "Theirs.", "Mine.")


def test_theirs_taken_is_no_change_of_mine_when_somebody_changes_it_again(
    one: Client, other: Client
) -> None:
    claim = factories.make_claim(text="Base.")
    first = conflict(one, other, claim, {"text": "Mine."}, {"text": "Theirs."})
    other.post(address(claim), open_form(other, claim) | {"text": "Theirs again."})

    second = one.post(address(claim), merged(first, "theirs"))

    assert sides(second)["Text"] == ("theirs", "Theirs.", "Theirs again.", "Theirs.")


# Rows of inlines


def test_rows_that_both_add_are_both_kept(one: Client, other: Client) -> None:
    claim = factories.make_claim()
    mine, theirs = open_form(one, claim), open_form(other, claim)
    other.post(address(claim), add_row(theirs, "figures", as_printed="a dozen", **FIGURE))

    page = one.post(address(claim), add_row(mine, "figures", as_printed="twelve", **FIGURE))
    response = one.post(address(claim), merged(page))

    assert response.status_code == 302
    assert [row.as_printed for row in claim.figures.order_by("pk")] == ["a dozen", "twelve"]
    assert ("Added by you: figure “new”", "As printed", "—", "—", "twelve") in lines(page)
    assert (
        "Added meanwhile: figure “a dozen (boats counted)”", "As printed", "—", "a dozen", "—"
    ) in lines(page)  # fmt: skip


def test_the_same_row_added_by_both_is_there_once(one: Client, other: Client) -> None:
    claim, topic = factories.make_claim(), factories.make_topic()
    mine, theirs = open_form(one, claim), open_form(other, claim)
    other.post(address(claim), add_row(theirs, "claim_topics", topic=str(topic.pk)))

    page = one.post(
        address(claim), add_row(mine | {"text": "Mine."}, "claim_topics", topic=str(topic.pk))
    )
    response = one.post(address(claim), merged(page))

    assert [line[1:] for line in lines(page, changed="same")] == [
        ("The whole row", "—", "added", "added")
    ]
    assert response.status_code == 302
    assert ClaimTopic.objects.filter(claim=claim).count() == 1
    assert fresh(claim).text == "Mine."


def test_the_one_row_that_there_can_be_is_compared_when_both_add_it(
    one: Client, other: Client
) -> None:
    claim, media = factories.make_claim(), factories.make_document()
    mine, theirs = open_form(one, claim), open_form(other, claim)
    row = {"media": str(media.pk), "place": "Exampleton"}
    other.post(address(claim), add_row(theirs, "depiction", **row, shows="Their boats."))

    page = one.post(address(claim), add_row(mine, "depiction", **row, shows="My boats."))
    one.post(address(claim), merged(page, "mine"))

    assert [line[1:] for line in lines(page, changed="both")] == [
        ("Shows", "not known", "Their boats.", "My boats.")
    ]
    assert Depiction.objects.get().shows == "My boats."


@pytest.mark.parametrize(("take", "cues"), [("theirs", [""]), ("mine", ["", "my cue"])])
def test_a_row_they_deleted_and_i_changed_is_left_so_or_added_again(
    one: Client, other: Client, take: str, cues: list[str]
) -> None:
    claim = factories.make_claim()
    citations = [
        Citation.objects.create(
            claim=claim,
            position=n,
            document=factories.make_document(),
            first_hand=False,
            created_by=factories.somebody(),
        )
        for n in (1, 2)
    ]
    name = str(citations[0])

    page = conflict(one, other, claim, {"citations-0-cue": "my cue"}, {"citations-0-DELETE": "on"})
    heading = f"Deleted meanwhile: citation “{name}”"
    assert lines(page) == [
        (heading, "The whole row", "there", "deleted", "changed, see below"),
        (heading, "Cue", "—", "deleted", "my cue"),
    ]
    response = one.post(address(claim), merged(page, take))

    assert response.status_code == 302
    assert sorted(row.cue for row in claim.citations.all()) == cues


def test_a_row_they_deleted_and_i_left_alone_stays_deleted(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.")
    factories.add_figure(claim)

    page = conflict(one, other, claim, {"text": "Mine."}, {"figures-0-DELETE": "on"})
    response = one.post(address(claim), merged(page))

    [line] = lines(page, changed="theirs")
    assert line[1:] == ("The whole row", "there", "deleted", "there")
    assert response.status_code == 302
    assert not Figure.objects.exists()


@pytest.mark.parametrize(("take", "left"), [("theirs", ["a dozen"]), ("mine", [])])
def test_a_row_i_deleted_and_they_changed_goes_only_if_i_say_so_again(
    one: Client, other: Client, take: str, left: list[str]
) -> None:
    claim = factories.make_claim()
    factories.add_figure(claim, as_printed="12")
    page = conflict(
        one, other, claim, {"figures-0-DELETE": "on"}, {"figures-0-as_printed": "a dozen"}
    )

    response = one.post(address(claim), merged(page, take))

    assert [line[1:] for line in lines(page)] == [
        ("The whole row", "there", "changed, see below", "to be deleted"),
        ("As printed", "12", "a dozen", "12"),
    ]
    assert response.status_code == 302
    assert [row.as_printed for row in Figure.objects.all()] == left


def test_a_deletion_that_is_not_decided_deletes_nothing(one: Client, other: Client) -> None:
    claim = factories.make_claim()
    factories.add_figure(claim, as_printed="12")
    page = conflict(
        one, other, claim, {"figures-0-DELETE": "on"}, {"figures-0-as_printed": "a dozen"}
    )

    form = one.post(address(claim), merged(page))
    response = one.post(address(claim), values_of(form, "claim_form"))

    assert "You wanted to delete this row" in form.content.decode()
    assert response.status_code == 302
    assert [row.as_printed for row in Figure.objects.all()] == ["a dozen"]


def test_a_row_i_delete_that_nobody_touched_is_deleted(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.")
    factories.add_figure(claim)
    page = conflict(one, other, claim, {"figures-0-DELETE": "on"}, {"text": "Theirs."})

    response = one.post(address(claim), merged(page))

    assert response.status_code == 302
    assert not Figure.objects.exists()
    assert fresh(claim).text == "Theirs."


def test_rows_are_found_by_what_they_are_not_by_their_place(one: Client, other: Client) -> None:
    claim = factories.make_claim()
    for n in (1, 2, 3):
        factories.add_figure(claim, position=n, as_printed=f"figure {n}")
    page = conflict(
        one,
        other,
        claim,
        {"figures-2-unit": "my unit"},
        {"figures-0-DELETE": "on", "figures-1-period": "their period"},
    )

    one.post(address(claim), merged(page))

    rows = [(row.as_printed, row.period, row.unit) for row in claim.figures.order_by("position")]
    assert rows == [("figure 2", "their period", "boats"), ("figure 3", "", "my unit")]


def test_a_new_quote_on_both_sides_is_a_conflict_of_words(one: Client, other: Client) -> None:
    claim = factories.make_ready_claim()
    page = conflict(
        one,
        other,
        claim,
        {"citations-0-quote": "Nobody else has counted them."},
        {"citations-0-quote": "the harbour office wrote"},
    )
    document = claim.citations.get(position=1).document

    one.post(address(claim), merged(page, "theirs"))

    quote = [line[1:] for line in lines(page, changed="both")]
    assert quote == [
        (
            "Quote",
            f"“{factories.QUOTE}” in {document}",
            f"“the harbour office wrote” in {document}",
            "Nobody else has counted them.",
        )
    ]
    [words] = claim.citations.get(position=1).passage.ranges.all()
    assert words.exact == "the harbour office wrote"


def test_another_document_does_not_take_their_new_quote_away_unasked(
    one: Client, other: Client
) -> None:
    claim, document = factories.make_ready_claim(), factories.make_document()
    page = conflict(
        one,
        other,
        claim,
        {"citations-0-document": str(document.pk)},
        {"citations-0-quote": "the harbour office wrote"},
    )

    form = one.post(address(claim), merged(page))

    labels = [line[1] for line in lines(page, changed="both")]
    assert labels == ["Document"]
    assert form.status_code == 200
    assert claim.citations.get(position=1).passage.ranges.get().exact == "the harbour office wrote"


# Stages, permissions, other rows


def test_a_stage_that_moved_is_told_and_my_words_can_be_saved_as_a_draft(one: Client) -> None:
    claim = factories.make_ready_claim()
    mine = open_form(one, claim)
    workflow.submit(claim, by=factories.make_user(Role.REPORTER, "noor"))

    page = one.post(address(claim), mine | {"unknowns": "Mine."})
    response = one.post(address(claim), merged(page))

    assert sides(page)["Stage"][:3] == ("theirs", "draft", "in review")
    assert response.status_code == 302
    assert (fresh(claim).stage, fresh(claim).unknowns) == (Stage.DRAFT, "Mine.")


def test_a_settled_claim_says_revise_first_and_keeps_my_words(one: Client) -> None:
    claim = factories.make_approved_claim()
    mine = open_form(one, claim)
    workflow.publish(claim, by=factories.make_user(Role.EDITOR))

    page = one.post(address(claim), mine | {"unknowns": "My words."})

    text = page.content.decode()
    assert "This claim is settled: revise it first" in text
    assert "My words." in text
    assert 'id="merge_form"' not in text


def test_a_merged_form_saves_nothing_into_a_settled_claim(one: Client, other: Client) -> None:
    claim = factories.make_ready_claim()
    page = conflict(one, other, claim, {"unknowns": "Mine."}, {"why_checked": "Theirs."})
    claim = fresh(claim)
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))
    workflow.approve(claim, by=factories.make_user(Role.CHECKER))
    workflow.publish(claim, by=factories.make_user(Role.EDITOR))

    response = one.post(address(claim), merged(page))

    assert response.status_code == 409
    assert fresh(claim).unknowns == ""


def test_who_may_not_change_the_row_gets_neither_page_nor_merger(mira: User) -> None:
    claim = factories.make_claim(text="Base.")
    stale = open_form(signed_in(mira), claim)
    reader = signed_in(factories.make_user(Role.ADMINISTRATOR))
    Claim.objects.filter(pk=claim.pk).update(text="Theirs.")

    answers = [
        reader.post(address(claim), stale | {"text": "Mine."} | more).status_code
        for more in ({}, {"_reopen": "1"}, {"conflict": "text", "take:text": "mine"})
    ]

    assert answers == [403, 403, 403]
    assert fresh(claim).text == "Theirs."


def test_the_edit_that_nobody_knows_makes_every_difference_a_conflict(one: Client) -> None:
    claim = factories.make_claim(text="Stored.")
    mine = open_form(one, claim) | {"text": "Mine.", "edit_number": "4711"}

    page = one.post(address(claim), mine)

    assert page.status_code == 409
    assert sides(page) == {"Text": ("both", "not known", "Stored.", "Mine.")}


@pytest.mark.parametrize(
    ("make", "field", "label"),
    [
        (factories.make_actor, "description", "Description"),
        (factories.make_source, "name", "Name"),
        (factories.make_event, "place", "Place"),
        (factories.make_document, "title", "Title"),
        (factories.make_topic, "name", "Name"),
    ],
)
def test_every_form_with_an_edit_number_has_the_same_page(
    one: Client, other: Client, make: Any, field: str, label: str
) -> None:
    row = make(**{field: "Base"})

    page = conflict(one, other, row, {field: "Mine"}, {field: "Theirs"})
    response = one.post(address(row), merged(page, "mine"))

    assert sides(page) == {label: ("both", "Base", "Theirs", "Mine")}
    assert response.status_code == 302
    assert getattr(fresh(row), field) == "Mine"


def test_a_merger_meanwhile_is_told_in_names(one: Client) -> None:
    editor = factories.make_user(Role.EDITOR)
    into = factories.make_actor(name="Synthetic Successor")
    actor = factories.make_actor(name="Base")
    mine = open_form(one, actor)
    sources_workflow.merge(
        actor, into=into, by=editor, note="Synthetic note.", kinds=sources_workflow.KINDS
    )

    page = one.post(address(actor), mine | {"name": "Mine"})

    assert page.status_code == 409
    assert sides(page)["Merged into"][:3] == ("theirs", "—", "Synthetic Successor")
    assert "This was merged into" in page.content.decode()
    assert Actor.objects.get(pk=actor.pk).name == "Base"


# Steps and deletions


def test_what_was_typed_into_a_row_that_is_deleted_by_now_is_not_lost(
    one: Client, other: Client
) -> None:
    claim = factories.make_ready_claim(text="Base.")
    mine = open_form(one, claim) | {"text": "My words.", "citations-0-cue": "my cue"}
    path = address(claim)
    seen = opened_at(open_form(other, claim)) | {"post": "yes"}
    assert other.post(address(claim, "delete"), seen).status_code == 302

    page = one.post(path, mine)

    assert page.status_code == 409
    assert "Somebody has deleted this since you opened it." in page.content.decode()
    assert ("Claim", "Text", "Base.", "Base.", "My words.") in lines(page)
    assert "my cue" in page.content.decode()
    assert not Claim.objects.exists()


def test_a_step_on_a_stale_page_says_what_has_changed(one: Client, other: Client) -> None:
    claim = factories.make_ready_claim(text="Base.")
    seen = opened_at(open_form(one, claim))
    other.post(address(claim), open_form(other, claim) | {"citations-0-cue": "alleged"})
    with acting(factories.make_user(Role.EDITOR, "noor")):
        Claim.objects.filter(pk=claim.pk).update(text="Changed by a service.")
        factories.add_figure(claim, as_printed="twelve", created_by=factories.somebody())

    page = one.post(address(claim, "step", "submit"), seen)

    text = page.content.decode()
    told = {
        (part.heading, line.label): (line.base, line.theirs, line.who.split(",")[0])
        for part in page.context["parts"]
        for line in part.lines
    }
    added = "Added meanwhile: figure “twelve (boats counted)”"
    citation = f"Citation “{claim.citations.get(position=1)}”"
    assert page.status_code == 409
    assert told["Claim", "Text"] == ("Base.", "Changed by a service.", "noor")
    assert told[citation, "Cue"] == ("said", "alleged", "mira")
    assert told[added, "The whole row"] == ("—", "added", "somebody")
    assert told[added, "As printed"][:2] == ("—", "twelve")
    assert {heading for heading, _ in told} == {"Claim", citation, added}
    assert "What has changed since you opened it" in text


def test_a_deletion_on_a_stale_page_says_what_has_changed(one: Client, other: Client) -> None:
    claim = factories.make_claim(text="Base.")
    seen = opened_at(open_form(one, claim))
    other.post(address(claim), open_form(other, claim) | {"text": "Theirs."})

    page = one.post(address(claim, "delete"), seen | {"post": "yes"})

    assert page.status_code == 409
    assert [line[1:4] for line in lines(page)] == [("Text", "Base.", "Theirs.")]
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_merger_of_documents_on_a_stale_page_says_what_has_changed(mira: User) -> None:
    editor = signed_in(factories.make_user(Role.EDITOR))
    document, other = factories.make_document(title="Base"), factories.make_document()
    seen = opened_at(open_form(editor, document))
    signed_in(mira).post(
        address(document), open_form(signed_in(mira), document) | {"title": "Theirs"}
    )

    page = editor.post(address(document, "merging"), seen | {"successor": other.public_id})

    assert page.status_code == 409
    assert [line[1:4] for line in lines(page)] == [("Title", "Base", "Theirs")]


def test_a_step_that_is_not_open_says_its_reason_alone(one: Client) -> None:
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))
    seen = opened_at(open_form(one, claim))

    page = one.post(address(claim, "step", "submit"), seen)

    assert page.status_code == 409
    assert page.context["parts"] == []


def test_a_quote_that_a_service_moved_is_told_by_its_words(one: Client) -> None:
    claim = factories.make_ready_claim()
    citation = claim.citations.get(position=1)
    seen = opened_at(open_form(one, claim))
    words = services.anchor_passage(
        citation.passage.capture, [services.Quote("Twelve boats")], by=factories.somebody()
    )
    Citation.objects.filter(pk=citation.pk).update(passage=words)

    page = one.post(address(claim, "step", "submit"), seen)

    assert [line[1:4] for line in lines(page)] == [
        (
            "Passage",
            f"“{factories.QUOTE}” in {citation.document}",
            f"“Twelve boats” in {citation.document}",
        )
    ]


def test_days_are_told_as_days(one: Client, other: Client) -> None:
    claim = factories.make_claim(review_by=datetime.date(2030, 1, 1))

    page = conflict(one, other, claim, {"review_by": ""}, {"review_by": "2030-01-02"})

    assert sides(page) == {"Review by": ("both", "2030-01-01", "2030-01-02", "—")}


def test_a_page_that_says_nonsense_of_a_merger_is_a_conflict_like_any_other(one: Client) -> None:
    actor = factories.make_actor()
    values = open_form(one, actor)

    response = one.post(address(actor), {**values, "opened_merged": "9" * 5_000})

    assert response.status_code == 409

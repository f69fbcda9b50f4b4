"""Rows beside the form that both have changed, added or deleted."""

import pytest
from django.test import Client

from claims.models import Citation, ClaimTopic, Depiction, Figure
from tests import factories
from tests.admin_pages import add_row, address, open_form, values_of
from tests.claims.conflict_pages import FIGURE, conflict, fresh, lines, merged, mira, one, other

__all__ = ["mira", "one", "other"]

pytestmark = pytest.mark.django_db


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

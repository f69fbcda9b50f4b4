"""What a conflict page says of base, theirs and mine, and what comes of putting them together."""

import pytest
from django.test import Client

from claims.choices import HarmCheck
from claims.models import Claim
from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from tests import factories
from tests.admin_pages import address, open_form, values_of
from tests.claims.conflict_pages import conflict, fresh, lines, merged, mira, one, other, sides

__all__ = ["mira", "one", "other"]

pytestmark = pytest.mark.django_db


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

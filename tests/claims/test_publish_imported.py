"""The command that publishes an archive's claims as imported: each by itself, or none to see."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims import workflow
from claims.choices import Stage
from claims.models import Claim, ImportedRow
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision, Publication
from tests.factories import make_claim, make_ready_claim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims() -> dict[str, Claim]:
    """An archive of a claim that can go out, one that cannot, and two that are no drafts."""
    made = {
        "good": make_claim(),
        "unchecked": make_claim(harm_check=[]),
        "in review": workflow.submit(make_ready_claim(), by=make_user()),
        "public": make_claim(),
        "of another": make_claim(),
    }
    for name, claim in made.items():
        ImportedRow.objects.create(
            collection="other" if name == "of another" else "archive",
            key=name,
            kind="claim",
            object_id=claim.public_id,
            row_sha256="0" * 64,
            edit_number=claim.edit_number,
            created_by=make_user(),
        )
    workflow.publish_imported(made["public"], by=make_user(Role.ADMINISTRATOR))
    workflow.revise(Claim.objects.get(pk=made["public"].pk), by=make_user())
    return made


def run(*arguments: str, role: Role = Role.ADMINISTRATOR) -> tuple[str, str]:
    """What the command prints, and the message with which it ends."""
    out = StringIO()
    try:
        call_command("publish_imported", *arguments, "--by", make_user(role).username, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def stages(claims: dict[str, Claim]) -> dict[str, str]:
    return {name: Claim.objects.get(pk=claim.pk).stage for name, claim in claims.items()}


def test_drafts_of_the_collection_go_out_and_what_is_refused_says_why(claims):
    before = stages(claims)

    out, end = run("archive")

    assert stages(claims) == before | {"good": Stage.SETTLED}
    newest = Publication.objects.latest("pk")
    assert (newest.subject_id, newest.content["was_imported"]) == (claims["good"].public_id, True)
    refusal, count = out.splitlines()
    assert refusal.startswith(f"{claims['unchecked'].public_id} ")
    assert "Check what publishing could harm" in refusal
    assert count.startswith("1 published as imported, 1 refused, 2 left as they are")
    assert end == "1 refused, each with its reasons above."


def test_a_dry_run_says_the_same_and_publishes_nothing(claims):
    before = stages(claims), Decision.objects.count(), Publication.objects.count()

    out, end = run("archive", "--dry-run")

    assert (stages(claims), Decision.objects.count(), Publication.objects.count()) == before
    assert out.splitlines()[-1].startswith("1 would be published as imported, 1 refused, 2 left")
    assert end == "1 refused, each with its reasons above."


def test_what_was_published_is_not_published_again(claims):
    Claim.objects.filter(pk=claims["unchecked"].pk).update(harm_check=["none"])
    first, second = run("archive"), run("archive")

    assert first[0].startswith("2 published as imported, 0 refused")
    assert second[0].startswith("0 published as imported, 0 refused, 4 left")
    assert (first[1], second[1]) == ("", "")


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.EDITOR])
def test_nobody_but_an_administrator_publishes_so(claims, role):
    before = stages(claims)

    out, end = run("archive", role=role)

    assert (out, stages(claims)) == ("", before)
    assert end != ""


@pytest.mark.parametrize("collection", ["", "no-such-archive"])
def test_a_collection_that_nobody_imported_is_refused(claims, collection):
    assert run(collection) == ("", f"No claim was imported as “{collection}”.")

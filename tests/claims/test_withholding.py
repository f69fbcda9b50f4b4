"""Taking a live claim off, and bringing it back."""

import pytest

from claims import workflow
from claims.models import ClaimRelation, PublicCitation, PublicClaim
from factcheck.common.errors import NotAllowed, NotReady
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.choices import PublicState
from factcheck.ledger.models import Publication
from factcheck.public_side import rebuild
from tests.factories import (
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
    somebody,
)

pytestmark = pytest.mark.django_db
NOTE = "Synthetic note: a document is in doubt."


def publications(claim) -> list[Publication]:
    return list(log.versions(workflow.subject_of_claim(claim)))


def test_a_suspended_claim_has_no_words_in_public_and_keeps_its_working_copy():
    claim = make_published_claim()
    workflow.revise(claim, by=make_user())

    workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)

    newest = publications(claim)[-1]
    assert (newest.kind, newest.note, newest.content) == ("suspend", NOTE, None)
    assert claim.text not in newest.record
    assert PublicClaim.objects.current().count() == 0
    assert PublicCitation.objects.count() == 0
    assert claim.stage == "draft"


def test_a_restored_claim_is_what_readers_last_saw():
    claim = make_published_claim()
    revise_and_publish(claim, text="Thirteen boats were counted.")
    workflow.revise(claim, by=make_user())
    claim.text = "Unpublished words."
    claim.save()
    claim.refresh_from_db()
    workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)

    workflow.restore(claim, by=make_user(Role.EDITOR), note="Synthetic note: the doubt is gone.")

    first, second, _, restored = publications(claim)
    assert restored.content == second.content
    assert restored.content != first.content
    assert list(restored.mentions.order_by("subject_id").values_list("subject_id")) == list(
        second.mentions.order_by("subject_id").values_list("subject_id")
    )
    assert PublicClaim.objects.current().get().text == "Thirteen boats were counted."
    assert rebuild(check_only=True) == []


@pytest.mark.parametrize("step", [workflow.suspend, workflow.retract])
def test_who_took_a_claim_off_does_not_bring_it_back(step):
    claim, editor = make_published_claim(), make_user(Role.EDITOR)
    step(claim, by=editor, note=NOTE)

    with pytest.raises(NotAllowed, match="somebody else has to restore it"):
        workflow.restore(claim, by=editor, note=NOTE)
    workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)

    assert workflow.public_state_of(claim) == PublicState.LIVE


def test_a_claim_is_not_retracted_while_a_live_one_speaks_of_it():
    claim, other = make_published_claim(), make_ready_claim()
    ClaimRelation.objects.create(claim=other, other=claim, kind="repeats", created_by=somebody())
    other.refresh_from_db()
    workflow.submit(other, by=make_user())
    workflow.approve(other, by=make_user(Role.CHECKER))
    workflow.publish(other, by=make_user(Role.EDITOR))

    with pytest.raises(NotReady) as refused:
        workflow.retract(claim, by=make_user(Role.EDITOR), note=NOTE)

    assert refused.value.reasons == [f"The claim {other.public_id} mentions it."]
    assert workflow.public_state_of(claim) == PublicState.LIVE


def test_a_retracted_claim_is_published_anew_by_restoring_it_alone():
    claim = make_published_claim()
    workflow.retract(claim, by=make_user(Role.EDITOR), note=NOTE)
    workflow.revise(claim, by=make_user())
    workflow.submit(claim, by=make_user())
    workflow.approve(claim, by=make_user(Role.CHECKER))

    steps = {step.action for step in workflow.open_steps(claim, make_user(Role.EDITOR))}

    assert steps == {"return", "restore", "discard"}


def test_retracting_what_is_suspended_brings_no_words_back(client):
    claim = make_published_claim()
    workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)
    workflow.retract(claim, by=make_user(Role.EDITOR), note=NOTE)
    seq = publications(claim)[0].seq
    addresses = [
        f"/claims/{claim.public_id}/versions/1/",
        f"/api/v1/claims/{claim.public_id}/versions/1/",
    ]

    withheld = [client.get(address) for address in addresses]
    as_of = PublicClaim.objects.as_of(seq).count()
    workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)
    restored = [client.get(address) for address in addresses]

    assert [answer.status_code for answer in withheld] == [410, 410]
    assert not any(claim.text in answer.content.decode() for answer in withheld)
    assert as_of == 0
    assert [answer.status_code for answer in restored] == [200, 200]
    assert PublicClaim.objects.as_of(seq).count() == 1


def test_the_versions_of_a_retracted_claim_stay_readable(client):
    claim = make_published_claim()
    workflow.retract(claim, by=make_user(Role.EDITOR), note=NOTE)

    answer = client.get(f"/claims/{claim.public_id}/versions/1/")

    assert answer.status_code == 200
    assert claim.text in answer.content.decode()

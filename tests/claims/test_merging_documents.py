"""Documents entered twice: what stands for which in what is published from now on."""

import pytest

from claims.kinds import KINDS
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed
from factcheck.common.roles import Role
from factcheck.ledger.history import acting
from sources import workflow
from sources.models import Document
from sources.models.merging import resolved
from sources.publishing import gather
from sources.services import merge_document, unmerge_document
from tests.claims.mergers import NOTE, live, refusal_of
from tests.factories import (
    make_actor,
    make_capture,
    make_document,
    make_passage,
    make_ready_claim,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_a_document_stands_for_another_in_what_is_published_from_now_on():
    claim, twin = make_ready_claim(), make_document()
    carried = claim.citations.get(position=1).document

    merge_document(carried, into=twin, by=make_user(Role.EDITOR))
    content = gather(claim, KINDS).root.content

    ids = {document["id"] for document in content["documents"]}
    assert twin.public_id in ids
    assert carried.public_id not in ids
    [first, _] = content["citations"]
    assert first["document"] == twin.public_id
    [told] = [document for document in content["documents"] if document["id"] == twin.public_id]
    assert told["is_held"]


def test_a_passage_is_told_in_the_document_that_stands_now():
    passage, twin = make_passage(), make_document()
    source = make_source(operator=make_actor(), operator_passage=passage)
    merge_document(passage.capture.document, into=twin, by=make_user(Role.EDITOR))

    content = gather(source, KINDS).root.content

    assert content["operator_passage"]["document"]["id"] == twin.public_id
    assert content["operator_passage"]["document"]["source"]["id"] == twin.source.public_id
    assert content["operator_passage"]["capture"]["sha256"] == passage.capture.sha256


def test_a_document_is_held_through_all_that_was_merged_into_it():
    one, two, three, four = (make_document() for _ in range(4))
    make_capture(one)
    editor = make_user(Role.EDITOR)
    merge_document(one, into=two, by=editor)
    merge_document(two, into=three, by=editor)

    held = dict(Document.objects.for_records().values_list("pk", "is_held"))

    assert held == {one.pk: True, two.pk: True, three.pk: True, four.pk: False}
    assert resolved(one) == three


def test_who_merged_a_document_does_not_send_out_what_it_tells_alone():
    passage, twin, editor = make_passage(), make_document(), make_user(Role.EDITOR)
    source = make_source(operator=make_actor(), operator_passage=passage)
    live(source)
    merge_document(passage.capture.document, into=twin, by=editor)

    with pytest.raises(NotAllowed, match="You have changed it"):
        workflow.correct(source, by=editor, note=NOTE)
    workflow.correct(source, by=make_user(Role.EDITOR), note=NOTE)


def test_who_changed_the_document_that_stands_does_not_send_it_out_alone():
    passage, twin, editor = make_passage(), make_document(), make_user(Role.EDITOR)
    source = make_source(operator=make_actor(), operator_passage=passage)
    merge_document(passage.capture.document, into=twin, by=make_user(Role.EDITOR))
    live(source)
    with acting(editor):
        twin.title = "Changed"
        twin.save()

    with pytest.raises(NotAllowed, match="You have changed it"):
        workflow.correct(source, by=editor, note=NOTE)


def test_a_documents_merger_is_undone():
    one, other, editor = make_document(), make_document(), make_user(Role.EDITOR)
    merge_document(one, into=other, by=editor)

    unmerge_document(one, by=editor)

    assert Document.objects.get(pk=one.pk).merged_into is None
    assert [event.merged_into_id for event in one.history.order_by("pgh_id")] == [None, other.pk]
    with pytest.raises(Conflict, match="was not merged"):
        unmerge_document(one, by=editor)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.ADMINISTRATOR])
def test_documents_are_merged_by_editors_alone(role):
    one, other = make_document(), make_document()

    with pytest.raises(NotAllowed):
        merge_document(one, into=other, by=make_user(role))
    merge_document(one, into=other, by=make_user(Role.EDITOR))
    with pytest.raises(NotAllowed):
        unmerge_document(one, by=make_user(role))


def test_documents_that_carry_each_other_are_two():
    inner = make_document()
    middle = make_document(hop_of=inner, hop_manner="republishes")
    outer = make_document(hop_of=middle, hop_manner="republishes")
    editor = make_user(Role.EDITOR)

    for one, other in ((inner, outer), (outer, inner), (middle, inner)):
        with pytest.raises(InvalidInput, match="carries the other"):
            merge_document(one, into=other, by=editor)


def test_a_document_is_merged_once_and_into_what_stands():
    one, two, three = make_document(), make_document(), make_document()
    editor = make_user(Role.EDITOR)
    merge_document(one, into=two, by=editor)

    with pytest.raises(Conflict, match="merged already"):
        merge_document(one, into=three, by=editor)
    with pytest.raises(InvalidInput, match="choose what stands for it"):
        merge_document(three, into=one, by=editor)
    with pytest.raises(InvalidInput, match="another document"):
        merge_document(three, into=three, by=editor)


def test_no_document_is_merged_in_a_circle():
    one, other = make_document(), make_document()
    merge_document(one, into=other, by=make_user(Role.EDITOR))

    refusal = refusal_of(lambda: Document.objects.filter(pk=other.pk).update(merged_into=one))

    assert refusal == "sources_document_acyclic"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"kind": "photo"}, "they are two documents"),
        ({"source": None}, "Enter there first what this one says: source"),
        ({"language": ""}, "Enter there first what this one says: language"),
    ],
    ids=["kind", "source", "language"],
)
def test_a_document_is_not_merged_into_one_that_tells_less(told, reason):
    document, other = make_document(), make_document(**told)

    with pytest.raises(InvalidInput, match=reason):
        merge_document(document, into=other, by=make_user(Role.EDITOR))

    document.refresh_from_db()
    assert document.merged_into is None

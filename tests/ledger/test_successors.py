"""What was merged goes on in what stands for it."""

import pytest
from django.db import transaction

from factcheck.common.errors import Conflict, NotReady
from factcheck.ledger import log
from factcheck.ledger.subjects import Subject
from tests.ledger.conftest import ACTOR, CLAIM, OTHER_CLAIM, SOURCE, draft_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

TWIN, THIRD = Subject("actor", "0act0r0002"), Subject("actor", "0act0r0003")


@pytest.fixture(autouse=True)
def three_actors_and_a_claim_of_the_first(publish):
    for actor in (ACTOR, TWIN, THIRD):
        publish(actor)
    publish(CLAIM, mentions=frozenset({ACTOR}))


def test_what_is_mentioned_is_merged_and_goes_on_being_mentioned(publish):
    merged = publish(ACTOR, "merge", successor=TWIN)

    assert (merged.successor, merged.successor_id) == (TWIN, TWIN.id)
    assert [one.subject for one in log.live_mentions(ACTOR)] == [CLAIM]
    assert [one.subject for one in log.live_mentions(TWIN)] == [CLAIM]


def test_what_stands_for_something_mentioned_stays(publish):
    publish(ACTOR, "merge", successor=TWIN)

    with pytest.raises(NotReady) as refused:
        publish(TWIN, "retract")
    publish(CLAIM, "update")
    publish(TWIN, "retract")

    assert refused.value.reasons == ["The claim 0c1a1m0001 mentions it."]


def test_what_stands_for_something_mentioned_stays_down_the_whole_chain(publish):
    publish(ACTOR, "merge", successor=TWIN)
    publish(TWIN, "merge", successor=THIRD)

    with pytest.raises(NotReady, match="while something live mentions it"):
        publish(THIRD, "retract")

    assert log.standing([ACTOR, TWIN, THIRD, CLAIM]) == {
        ACTOR: THIRD,
        TWIN: THIRD,
        THIRD: THIRD,
        CLAIM: CLAIM,
    }
    assert log.merged_into(THIRD) == {ACTOR, TWIN}
    assert log.merged_into(ACTOR) == set()


def test_a_record_of_its_own_does_not_keep_a_successor(publish):
    publish(TWIN, "update", mentions=frozenset({ACTOR}))
    publish(CLAIM, "update")
    publish(ACTOR, "merge", successor=TWIN)

    publish(TWIN, "retract")

    assert list(log.live_mentions(TWIN)) == []


def test_a_merger_that_was_undone_moves_nothing(publish):
    publish(ACTOR, "merge", successor=TWIN)
    publish(ACTOR, "restore")

    assert log.standing([ACTOR]) == {ACTOR: ACTOR}
    assert log.merged_into(TWIN) == set()
    publish(TWIN, "retract")


@pytest.mark.parametrize("kind", ["suspend", "retract", "redact"])
def test_only_something_live_takes_the_place_of_something_else(publish, kind):
    publish(TWIN, kind)

    with pytest.raises(NotReady):
        publish(ACTOR, "merge", successor=TWIN)


def test_two_do_not_stand_for_each_other(publish):
    publish(ACTOR, "merge", successor=TWIN)

    with pytest.raises(NotReady):
        publish(TWIN, "merge", successor=ACTOR)


def test_a_restored_record_names_what_was_merged_since(publish):
    publish(CLAIM, "suspend")
    publish(ACTOR, "merge", successor=TWIN)
    publish(TWIN, "merge", successor=THIRD)

    restored = publish(CLAIM, "restore", mentions=frozenset({ACTOR}))

    assert [mention.subject for mention in restored.mentions.all()] == [ACTOR]


@pytest.mark.parametrize("kind", ["suspend", "redact"])
def test_a_restored_record_names_nothing_whose_successor_is_gone(publish, kind):
    publish(CLAIM, "suspend")
    publish(ACTOR, "merge", successor=TWIN)
    publish(TWIN, kind)

    with pytest.raises(NotReady) as refused:
        publish(CLAIM, "restore", mentions=frozenset({ACTOR}))

    assert refused.value.reasons == [
        "The actor 0act0r0001 is mentioned and is retracted in public."
    ]


def test_a_restored_record_names_nothing_that_is_only_withheld(publish):
    publish(CLAIM, "suspend")
    publish(ACTOR, "suspend")

    with pytest.raises(NotReady) as refused:
        publish(CLAIM, "restore", mentions=frozenset({ACTOR}))

    assert refused.value.reasons == [
        "The actor 0act0r0001 is mentioned and is suspended in public."
    ]


@pytest.mark.parametrize(("kind", "subject"), [("publish", OTHER_CLAIM), ("update", CLAIM)])
def test_a_new_record_names_what_stands_now(publish, kind, subject):
    publish(ACTOR, "merge", successor=TWIN)

    with pytest.raises(NotReady):
        publish(subject, kind, mentions=frozenset({ACTOR}))
    publish(subject, kind, mentions=frozenset({TWIN}))

    assert log.standing([ACTOR])[ACTOR] == TWIN


def test_beside_a_restored_record_a_new_one_still_names_what_stands_now(publish, by):
    publish(CLAIM, "suspend")
    publish(ACTOR, "merge", successor=TWIN)
    drafts = [
        draft_of(CLAIM, "restore", mentions=frozenset({ACTOR})),
        draft_of(SOURCE, mentions=frozenset({ACTOR})),
    ]

    with pytest.raises(NotReady), transaction.atomic():
        log.append(drafts, by=by)


def test_nothing_follows_a_redaction_and_it_may_name_a_successor(publish):
    redacted = publish(ACTOR, "redact", successor=TWIN)

    with pytest.raises(Conflict, match="its public state is now “redacted”"):
        publish(ACTOR, "restore")
    with pytest.raises(Conflict, match="its public state is now “redacted”"):
        publish(ACTOR, "redact")

    assert redacted.successor == TWIN
    assert log.standing([ACTOR]) == {ACTOR: TWIN}


def test_mergers_are_followed_in_a_query_each(publish, django_assert_num_queries):
    publish(ACTOR, "merge", successor=TWIN)

    with django_assert_num_queries(1):
        log.standing([TWIN, THIRD, CLAIM])
    with django_assert_num_queries(2):
        log.standing([ACTOR])
    with django_assert_num_queries(0):
        assert log.standing([]) == {}

"""Broken rows of what readers are served."""

from factcheck.ledger.choices import PublicationKind
from tests.factories import make_published_claim, withhold
from tests.integrity.broken import Broken, breaks, new_record, publish_actor


@breaks("schemas")
def record_of_an_unknown_schema() -> Broken:
    publish_actor()
    return (
        new_record(1, "replace(record, '\"schema\":1', '\"schema\":9')"),
        ["publication 1: it names no schema that there is."],
    )


@breaks("schemas")
def record_unlike_its_schema() -> Broken:
    publish_actor()
    return (
        new_record(1, "replace(record, '\"organisation\"', '\"weather\"')"),
        ["publication 1: its schema refuses $.content.kind."],
    )


@breaks("projections")
def projection_unlike_the_ledger() -> Broken:
    actor = publish_actor()
    return (
        "UPDATE sources_publicactor SET name = 'Another name'",
        [f"sources_publicactor {actor.public_id}: name."],
    )


@breaks("current")
def older_version_served() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE claims_publicclaim SET version = 7",
        [f"claim {claim.public_id}: version 1 is public, and readers are served version 7."],
    )


@breaks("current")
def live_claim_not_served() -> Broken:
    claim = make_published_claim()
    return (
        "DELETE FROM claims_publicclaim",
        [f"claim {claim.public_id}: version 1 is public, and readers are served version none."],
    )


@breaks("current")
def suspended_claim_served() -> Broken:
    claim = withhold(make_published_claim(), PublicationKind.SUSPEND)
    return (
        "UPDATE claims_publicclaim SET until_seq = NULL",
        [f"claim {claim.public_id}: version none is public, and readers are served version 1."],
    )

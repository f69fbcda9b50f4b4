"""What the desk says among itself about a claim that is public stays at the desk."""

import pytest
from django.db import connection
from django.test import Client

from claims import workflow
from factcheck.ledger.models import Publication
from tests.factories import make_ready_claim, make_user, revise_and_publish
from tests.surfaces.canaries import MARK, make_canary_notes
from tests.surfaces.conftest import PUBLIC_TABLES
from tests.surfaces.test_visibility import crawl

pytestmark = pytest.mark.django_db


def tables_with_the_mark(tables: list[str]) -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%%{MARK}%%'")
            if cursor.fetchone() != (0,):
                found.add(table)
    return found


def test_internal_notes_reach_no_record_no_projection_and_no_address(reader: Client):
    claim = make_ready_claim(harm_check=["child"], harm_note=f"{MARK} note")
    make_canary_notes(claim)
    workflow.submit(claim, by=make_user("reporter"))
    workflow.approve(claim, by=make_user("checker"))
    workflow.publish(claim, by=make_user("editor"))
    revise_and_publish(claim, "update", unknowns="Who counted?")

    assert Publication.objects.filter(subject_id=claim.public_id).count() == 2
    assert tables_with_the_mark(["claims_claim", "claims_comment", "claims_report"]) == {
        "claims_claim",
        "claims_comment",
        "claims_report",
    }
    assert tables_with_the_mark([*PUBLIC_TABLES, "ledger_decision"]) == set()
    for address, answer in crawl(reader):
        assert MARK not in answer, address

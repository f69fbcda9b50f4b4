"""Whether the process lives, and whether it can serve."""

import pytest
from django.db import OperationalError, connections
from django.test import Client

from factcheck.ledger.models import Head
from tests.factories import make_published_claim


def test_process_is_alive_without_a_database(reader: Client):
    response = reader.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "alive"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_server_is_ready_when_the_ledger_can_be_read(reader: Client):
    make_published_claim()

    response = reader.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ready", "seq": Head.objects.get().seq}


@pytest.mark.django_db
def test_server_is_not_ready_before_its_migrations(reader: Client):
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'claims'")

    response = reader.get("/readyz")

    assert response.status_code == 503
    assert response.json()["reason"].endswith("migrations are not applied: run prepare_database.")


@pytest.mark.django_db
def test_server_is_not_ready_without_its_database(reader: Client):
    def refuse(*args: object) -> None:
        raise OperationalError("password of nobody is wrong")

    with connections["public"].execute_wrapper(refuse):
        response = reader.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "reason": "The database does not answer.",
    }


@pytest.mark.django_db
def test_failure_of_ours_says_nothing_about_itself(reader: Client):
    def refuse(*args: object) -> None:
        raise OperationalError("password of nobody is wrong")

    with connections["public"].execute_wrapper(refuse):
        page, problem = reader.get("/claims/"), reader.get("/api/v1/claims/")

    assert (page.status_code, problem.status_code) == (500, 500)
    assert "Something went wrong on our side" in page.content.decode()
    assert problem["Content-Type"] == "application/problem+json"
    for response in (page, problem):
        assert b"password" not in response.content

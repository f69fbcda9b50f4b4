"""Whatever is asked of the API, its answer is one that it describes."""

from pathlib import Path
from typing import Any

import pytest

from claims.api.openapi import document
from factcheck.common.rpc_errors import speaks_rpc
from factcheck.wsgi import application
from tests.api.asking_google import KEY
from tests.api.fuzzing import fuzz, operations_of
from tests.api.test_openapi import file_of, ids_of, newest
from tests.surfaces.rich import make_rich_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("connection_stays")]

# The kinds of subject by the operations that ask for one.
SUBJECTS = {
    "getEvent": lambda told: told["event"]["id"],
    "listFigures": lambda told: told["event"]["id"],
    "getClaimant": lambda told: told["speaker"]["claimant"]["id"],
    "getSource": lambda told: next(one["source"]["id"] for one in told["documents"]),
}


def headers_of(path: str) -> dict[str, str]:
    """Who asks: at the façade a key is needed."""
    return {"Authorization": f"Bearer {KEY}"} if speaks_rpc(path) else {}


@pytest.mark.usefixtures("keys")
def test_no_request_is_answered_otherwise_than_described(settings: Any, home: Path):
    settings.ALLOWED_HOSTS, settings.API_LIMITS = ["*"], {}
    claim = make_rich_claim()
    told = newest(claim)["content"]
    file = file_of(home)
    asked, failed = {}, []

    for operation in operations_of(document(), application):
        name = operation.definition.raw["operationId"]
        known = ids_of(claim) | (file if name == "getDumpFile" else {})
        if name in SUBJECTS:
            known["public_id"] = SUBJECTS[name](told)
        try:
            asked[name] = fuzz(operation, known=known, headers=headers_of(operation.path))
        except (Exception, BaseExceptionGroup) as error:  # every operation is to be looked at
            failed.append(f"{name}: {error}")

    print(sum(asked.values()), "requests to", len(asked), "operations")
    assert not failed, (
        "\
\
".join(failed)
    )

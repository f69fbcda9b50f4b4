"""The description of the API: complete, as committed, and true."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import get_resolver
from jsonschema import Draft202012Validator

from claims.api.components import EXAMPLE
from claims.api.described.claims import MEANINGS
from claims.api.filters import ProgramFilter
from claims.api.google.urls import urlpatterns as google
from claims.api.openapi import ADDRESS, document
from claims.dumps import shelf
from factcheck.common.rpc_errors import speaks_rpc
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from tests.api.asking_google import KEY, SEARCH
from tests.openapi import RENEW, SNAPSHOT, as_text
from tests.surfaces.ledgering import bury
from tests.surfaces.rich import make_rich_claim

RENEW_RECORD = "RENEW_RECORD"
DOCUMENT = json.loads(json.dumps(document()))
OPERATIONS = {
    operation["operationId"]: (path, method, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}


# What has to be asked for at some addresses.
NEEDED = {
    "/api/v1/documents/": {"url": "https://example.org/"},
    "/api/v1/match/": {"text": "Twelve boats were counted."},
    SEARCH: {"query": "boats", "key": KEY},
}


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """A part of the document, or what it refers to."""
    if "$ref" not in part:
        return part
    found: Any = DOCUMENT
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def errors_of(value: Any, schema: dict[str, Any]) -> list[str]:
    """What a schema of the document refuses."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return [
        f"{one.json_path}: {one.message}" for one in Draft202012Validator(whole).iter_errors(value)
    ]


def answers(operation: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """What an operation may answer: bodies by status and type."""
    return {
        (status, kind): body
        for status, response in operation["responses"].items()
        for kind, body in resolved(response).get("content", {}).items()
    }


def test_description_is_the_one_that_was_committed():
    assert as_text(document()) == SNAPSHOT.read_text(), f"The API has changed: run {RENEW}."


def test_description_is_openapi_with_true_references():
    def refer(part: Any) -> list[str]:
        if isinstance(part, list):
            return [one for item in part for one in refer(item)]
        if not isinstance(part, dict):
            return []
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return [*own, *(one for item in part.values() for one in refer(item))]

    assert DOCUMENT["openapi"] == "3.1.0"
    for reference in refer(DOCUMENT):
        assert resolved({"$ref": reference}) is not None
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_nothing_is_left_to_be_guessed():
    found = run_checks(include_deployment_checks=True)

    assert [one for one in found if one.id.startswith("drf_spectacular")] == []


def test_every_address_of_the_api_and_of_the_facade_is_described():
    [prefix] = [one for one in get_resolver().url_patterns if str(one.pattern) == "api/v1/"]
    addresses = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/api/v1/{pattern.pattern}")
        for pattern in prefix.url_patterns
    }
    facade = {f"/{pattern.pattern}".replace("<path:name>", "{page}") for pattern in google}

    assert set(DOCUMENT["paths"]) == addresses | facade


def test_every_method_of_googles_api_is_described():
    described = {
        operation["operationId"] for path, _, operation in OPERATIONS.values() if speaks_rpc(path)
    }

    assert described == {
        "factchecktools_claims_search",
        "factchecktools_claims_search_long",
        "factchecktools_claims_imageSearch",
        *(f"factchecktools_pages_{verb}" for verb in ("list", "create", "get", "update", "delete")),
        "factchecktools_batch",
        "factchecktools_discovery",
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_told_in_full(name: str):
    path, _, operation = OPERATIONS[name]

    assert operation["summary"]
    assert operation["tags"]
    if speaks_rpc(path):
        assert {"400", "429"} < operation["responses"].keys()
    else:
        assert {"200", "400", "401", "403", "429"} <= operation["responses"].keys()
    in_path = {one["name"] for one in operation.get("parameters", []) if one.get("in") == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", path))
    if in_path and "501" not in operation["responses"]:
        assert "404" in operation["responses"]
    for parameter in map(resolved, operation.get("parameters", [])):
        assert parameter["description"], parameter["name"]
        assert parameter["schema"] != {"type": "string"} or parameter["in"] == "header"
    for status, response in operation["responses"].items():
        assert resolved(response)["description"], status


def asked_for(path: str, reader: Client) -> set[str]:
    """The parameters that an address says it has, asked for one that it has not."""
    detail = reader.get(path, {"no-such-parameter": "x"}).json()["errors"][0]["detail"]
    return set(re.search(r"there (?:is|are) (.*)\.$", detail)[1].split(", "))


@pytest.mark.django_db
def test_described_parameters_are_those_that_are_taken(reader: Client):
    claim = make_rich_claim()
    places, event = ids_of(claim), newest(claim)["content"]["event"]["id"]

    for path, _, operation in OPERATIONS.values():
        given = [resolved(one) for one in operation.get("parameters", [])]
        names = {one["name"] for one in given if one["in"] == "query"}
        if names and not speaks_rpc(path):
            assert asked_for(path.format(**places, public_id=event), reader) == names, path


def test_filters_are_told_and_no_others():
    assert MEANINGS.keys() == ProgramFilter.base_filters.keys()


# What is answered is what is described


def ids_of(claim: Any) -> dict[str, str]:
    """What to ask for, by the name that an address has for it."""
    record = newest(claim)
    return {
        "claim_id": claim.public_id,
        "number": "1",
        "first": "1",
        "second": "1",
        "document_id": record["content"]["citations"][0]["document"],
        "slug": record["content"]["topics"][0]["names"][0]["slug"],
        "name": "about",
    }


def newest(claim: Any) -> dict[str, Any]:
    [record] = Publication.objects.filter(subject_id=claim.public_id, version=1).values_list(
        "record", flat=True
    )
    return json.loads(record)


def subject_of(path: str, claim: Any) -> str:
    """The id that an address of an actor, source or event is asked with."""
    content = newest(claim)["content"]
    if "/events/" in path:
        return str(content["event"]["id"])
    if "/claimants/" in path:
        return str(content["speaker"]["claimant"]["id"])
    return str(next(one["source"]["id"] for one in content["documents"] if one["source"]))


def file_of(home: Path) -> dict[str, str]:
    """The same for a file of a dump, made at `home`."""
    return {"seq": str(shelf.export(home).seq), "name": "datapackage.json"}


@pytest.mark.django_db
@pytest.mark.usefixtures("keys")
def test_what_is_answered_is_what_is_described(reader: Client, home: Path):
    claim = make_rich_claim()
    ids, file = ids_of(claim), file_of(home)

    for path, method, operation in OPERATIONS.values():
        if method != "get":
            continue
        places = {**ids, **file} if "/dumps/" in path else ids
        address = path.format(**places, public_id=subject_of(path, claim), page="1")
        query = NEEDED.get(path, {})
        status = "200" if "200" in operation["responses"] else "501"
        response = reader.get(address, query)

        assert str(response.status_code) == status, address
        body = answers(operation)[(status, response["Content-Type"].partition(";")[0])]
        # Files are streamed.
        assert errors_of(json.loads(response.getvalue()), body["schema"]) == [], address
        if "304" in operation["responses"]:
            again = reader.get(address, query, headers={"If-None-Match": response["ETag"]})
            assert (again.status_code, again.content) == (304, b""), address


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [PublicationKind.SUSPEND, PublicationKind.RETRACT])
def test_tombstones_are_answered_as_described(reader: Client, kind: PublicationKind):
    claim = make_rich_claim()
    bury(claim, kind)

    response = reader.get(f"/api/v1/claims/{claim.public_id}/")

    assert response.status_code == 410
    body = answers(OPERATIONS["getClaim"][2])[("410", response["Content-Type"])]
    assert errors_of(response.json(), body["schema"]) == []


@pytest.mark.django_db
def test_schemas_among_the_components_are_those_of_all_that_is_published():
    make_rich_claim()

    for kind, record in Publication.objects.values_list("subject_kind", "record"):
        component = {"$ref": f"#/components/schemas/{kind.capitalize()}Record"}
        assert errors_of(json.loads(record), component) == []
        broken = json.loads(record) | {"salt": "none"}
        assert errors_of(broken, component) != []


# Examples


def shape_of(value: Any, at: str = "") -> set[str]:
    """Every place in a value with what kind of thing stands there, whatever the order of lists."""
    if isinstance(value, dict):
        return {part for name, one in value.items() for part in shape_of(one, f"{at}/{name}")}
    if isinstance(value, list):
        return {part for one in value for part in shape_of(one, f"{at}/*")} or {f"{at} empty"}
    return {f"{at} {type(value).__name__}"}


@pytest.mark.django_db
def test_the_example_of_a_record_is_as_full_as_one_that_is_published_now():
    record = newest(make_rich_claim())
    if os.environ.get(RENEW_RECORD):
        EXAMPLE.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")
        pytest.fail(f"{EXAMPLE} was written: run {RENEW}, and this again without {RENEW_RECORD}.")

    [example] = DOCUMENT["components"]["schemas"]["ClaimRecord"]["examples"]

    assert errors_of(example, {"$ref": "#/components/schemas/ClaimRecord"}) == []
    assert shape_of(example) == shape_of(record), f"Set {RENEW_RECORD}=1 to write it anew."


EXAMPLES = [
    (name, status, example)
    for name, (_, _, operation) in OPERATIONS.items()
    for (status, _), body in answers(operation).items()
    for example in body.get("examples", {}).values()
]


def test_examples_meet_their_schemas():
    checked = 0
    for _, _, operation in OPERATIONS.values():
        for body in answers(operation).values():
            for example in body.get("examples", {}).values():
                assert errors_of(example["value"], body["schema"]) == []
                checked += 1
        for parameter in map(resolved, operation.get("parameters", [])):
            for value in parameter["schema"].get("examples", []):
                assert errors_of(value, parameter["schema"]) == []
                checked += 1

    assert checked >= 4


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "status", "example"), EXAMPLES)
def test_example_is_what_is_answered(
    reader: Client, name: str, status: str, example: dict[str, Any]
):
    response = reader.get(example["description"].removeprefix("GET "))

    assert str(response.status_code) == status
    assert response.json() == example["value"]


# How it is served


def test_description_is_served_once_for_a_release(reader: Client):
    response = reader.get(ADDRESS)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response.json() == DOCUMENT
    again = reader.get(ADDRESS, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_description_names_no_installation():
    assert "testserver" not in json.dumps(DOCUMENT)
    assert DOCUMENT["servers"] == [{"url": "/", "description": "This installation."}]

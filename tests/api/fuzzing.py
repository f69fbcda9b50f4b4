"""Throwing at the API whatever its description allows, and what it does not allow.

Every operation is asked with made-up values, good and bad ones, and with ids that exist; answers
are held against the description: no server error, no status, type, header or body that is not
described, nothing bad that is taken.

`tests.fuzz_api` does so for longer than the tests do, each time with other values.
"""

import datetime
import os
from collections.abc import Iterator
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.specs.openapi import checks

from claims.api.filters import OF_TODAY
from factcheck.common.numbers import EARLIEST, LATEST
from tests.fuzz_api import EXAMPLES

# How many good and how many bad requests there are for each operation.
IN_TESTS = 15
ONCE_OR_TWICE = 2
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
    checks.allow_header_conformance,
]


# What is refused although its schema allows it, since no schema can say it: by parameter, what is
# asked instead where a request is to be taken (None: nothing), and why.
LEFT_OUT: dict[str, tuple[Any, str]] = {
    "cursor": (None, "signed by us, and good for the same question alone"),
    "pageToken": (None, "signed by us, and good for the same question alone"),
    "document": ("https://example.org/a?b=c", "what is a web address, no pattern says in full"),
    "url": ("https://example.org/a?b=c", "what is a web address, no pattern says in full"),
    "as_of": (
        "2020-05-14",
        "which days there are in a month, and which have come, no schema knows",
    ),
    "fields": ("claims/text", "a language of its own"),
    "sum": (None, "whether figures are alike, they alone tell: others are refused in words"),
    "key": (None, "a secret of ours, which no schema tells: all others are refused"),
    "domain": ("example.org", "what is a domain, in any script, no pattern says in full"),
}
# OpenAPI has no word for parameters that exclude each other, nor for the first and last day.
NOT_WITH_AS_OF = {*OF_TODAY, "ordering"}
schemathesis.openapi.format("date", st.dates(EARLIEST, LATEST).map(datetime.date.isoformat))


def asked_well(case: Case) -> Case:
    """The request, as far as its schema can say what is right."""
    for parameters in (case.query, case.body):
        if isinstance(parameters, dict):
            better(parameters)
    if case.path.endswith("claims:search"):
        given = case.body if isinstance(case.body, dict) else case.query
        # One of two parameters has to be there, and to have words in it.
        given["query"] = given.get("query", "").strip() or "boats"
    return case


def better(query: dict[str, Any]) -> None:
    """The parameters, without what no schema says to be wrong."""
    for name in query.keys() & LEFT_OUT.keys():
        instead, _ = LEFT_OUT[name]
        if instead is None:
            del query[name]
        else:
            query[name] = instead
    if query.keys() & NOT_WITH_AS_OF:
        query.pop("as_of", None)


def operations_of(document: dict[str, Any], application: Any) -> Iterator[APIOperation]:
    """The operations, each to be asked of the application itself, without a network."""
    schema = schemathesis.openapi.from_dict(document)
    schema.app = application
    for found in schema.get_all_operations():
        yield found.ok()


def fuzz(operation: APIOperation, *, known: dict[str, str], headers: dict[str, str]) -> int:
    """Ask one operation, with made-up ids and with known ones, and say how many requests that was.

    Raises what the checks raise, with a request to repeat it.
    """
    examples = int(os.environ.get(EXAMPLES, IN_TESTS))
    held_against = CHECKS
    if "501" in operation.definition.raw["responses"]:
        # Not offered, whatever is asked: that is told, and no error.
        examples, held_against = ONCE_OR_TWICE, CHECKS[1:]
    asked = 0
    places = {one.name: known[one.name] for one in operation.path_parameters if one.name in known}
    strategies = [operation.as_strategy(mode) for mode in GenerationMode if has(operation, mode)]
    if places:
        strategies.append(operation.as_strategy(path_parameters=places))
    strategies = [strategy.map(bettered) for strategy in strategies]

    @settings(
        max_examples=examples * len(strategies),
        derandomize=EXAMPLES not in os.environ,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(strategies))
    def ask(case: Case) -> None:
        nonlocal asked
        asked += 1
        # Asked in-process, nothing would unpack what was packed.
        case.call_and_validate(
            headers={"Accept-Encoding": "identity", **headers}, checks=held_against
        )

    ask()
    return asked


def bettered(case: Case) -> Case:
    """The request, with `asked_well` where all of it is meant to be right."""
    is_good = case.meta is not None and case.meta.generation.mode.is_positive
    return asked_well(case) if is_good else case


def has(operation: APIOperation, mode: GenerationMode) -> bool:
    """Whether there is anything that could be wrong with a request."""
    return mode == GenerationMode.POSITIVE or any(
        [*operation.path_parameters, *operation.query, operation.body]
    )

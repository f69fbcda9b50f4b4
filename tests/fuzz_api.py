"""Throwing at the API whatever its description allows, and what it does not allow.

Every operation is asked with made-up values, good and bad ones, and with ids that exist; answers
are held against the description: no server error, no status, type, header or body that is not
described, nothing bad that is taken.

`python -m tests.fuzz_api --examples 2000` does so for longer than the tests do, each time with
other values.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.specs.openapi import checks

# How many good and how many bad requests there are for each operation.
EXAMPLES = "FUZZ_EXAMPLES"
IN_TESTS = 20
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.allow_header_conformance,
]


def operations_of(document: dict[str, Any], application: Any) -> Iterator[APIOperation]:
    """The operations, each to be asked of the application itself, without a network."""
    schema = schemathesis.openapi.from_dict(document)
    schema.app = application
    for found in schema.get_all_operations():
        yield found.ok()


def fuzz(operation: APIOperation, *, known: dict[str, str]) -> int:
    """Ask one operation, with made-up ids and with known ones, and say how many requests that was.

    Raises what the checks raise, with a request to repeat it.
    """
    examples = int(os.environ.get(EXAMPLES, IN_TESTS))
    asked = 0
    places = {one.name: known[one.name] for one in operation.path_parameters if one.name in known}
    strategies = [operation.as_strategy(mode) for mode in GenerationMode if has(operation, mode)]
    if places:
        strategies.append(operation.as_strategy(path_parameters=places))

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
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, checks=CHECKS)

    ask()
    return asked


def has(operation: APIOperation, mode: GenerationMode) -> bool:
    """Whether there is anything that could be wrong with a request."""
    return mode == GenerationMode.POSITIVE or any(
        [*operation.path_parameters, *operation.query, operation.body]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=500, help="for each operation and way")
    os.environ[EXAMPLES] = str(parser.parse_args().examples)
    sys.exit(pytest.main(["-q", "-s", "tests/api/test_fuzz.py"]))

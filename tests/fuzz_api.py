"""Asking the API everything that its description allows, and more: `python -m tests.fuzz_api`.

Runs the test of `tests.api.fuzzing` with more examples, each time with other values.
"""

import argparse
import os
import sys

import pytest

EXAMPLES = "FUZZ_EXAMPLES"

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=500, help="for each operation and way")
    os.environ[EXAMPLES] = str(parser.parse_args().examples)
    sys.exit(pytest.main(["-q", "-s", "tests/api/test_fuzz.py"]))

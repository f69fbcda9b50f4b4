"""README says what is so."""

import re
from pathlib import Path

from claims.choices import Stage
from claims.steps import STEPS, Note
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicState

BASE = Path(__file__).resolve().parent.parent.parent
README = (BASE / "README.md").read_text()

NOTES = {Note.NONE: "", Note.PRIVATE: "private", Note.PUBLIC: "public"}


def steps_table() -> str:
    """The table of steps as README shows it."""
    lines = ["| step | from | public state | to | roles | note |", "|---|---|---|---|---|---|"]
    for step in STEPS.values():
        to_stage = step.to_stage.label if step.to_stage else "as it was"
        states = (
            "any"
            if len(step.public_states) == len(PublicState)
            else ", ".join(sorted(step.public_states))
        )
        roles = ", ".join(role for role in Role if role in step.roles)
        stages = (
            "any"
            if len(step.stages) == len(Stage)
            else ", ".join(sorted(stage.label for stage in step.stages))
        )
        lines.append(
            f"| *{step.action}* | {stages} | {states} | {to_stage} | {roles} | {NOTES[step.note]} |"
        )
    return "\n".join(lines)


def test_the_steps_are_those_of_the_workflow():
    shown = re.search(r"<!-- steps: [^>]*-->\n(.*?)\n<!-- /steps -->", README, re.S)

    assert shown is not None
    assert shown[1] == steps_table()


def test_ci_calls_the_readmes_test_command():
    commands = re.findall(r"^```sh\n(python3 -m venv .*?)\n```", README, re.M)

    assert len(commands) == 2
    assert commands[1] in (BASE / ".ci" / "run").read_text()


def test_every_variable_that_the_settings_read_is_told():
    settings = (BASE / "factcheck" / "settings.py").read_text()
    read = set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"', settings))

    assert {name for name in read if f"`{name}" not in README and f"{name}`" not in README} == set()

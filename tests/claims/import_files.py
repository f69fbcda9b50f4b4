"""A file of claims of every kind, whoever brings it, and ways to change it."""

import json
from pathlib import Path

import pytest
from django.apps import apps

from factcheck.common.roles import Role
from tests.factories import make_user

TEXT = (
    "SYNTHETIC. Menu. The mayor of Exampleton said that at least 12 boats were counted. "
    "“Twelve boats,” the harbour office wrote. See also."
)
ROWS = {
    "file": {"kind": "collection", "name": "synthetic", "provenance": "Made up for tests."},
    "topic": {
        "kind": "topic",
        "key": "boats",
        "name": "Boats",
        "slug": "boats",
        "names": [{"language": "uk", "name": "Човни", "slug": "човни"}],
    },
    "mayor": {
        "kind": "actor",
        "key": "mayor",
        "actor_kind": "person",
        "name": "Synthetic Mayor",
        "names": [{"name": "the mayor", "language": "en", "form": "as-printed"}],
        "roles": [
            {
                "title": "mayor of Exampleton",
                "body": "town",
                "held_from": "2020-03-02",
                "passage": {"document": "article", "quotes": ["The mayor of Exampleton"]},
            }
        ],
        "controls": [
            {
                "parent": "town",
                "passage": {"document": "article", "quotes": ["mayor of Exampleton"]},
            }
        ],
    },
    "town": {"kind": "actor", "key": "town", "actor_kind": "government-body", "name": "Exampleton"},
    "site": {
        "kind": "source",
        "key": "site",
        "source_kind": "news-site",
        "name": "Synthetic Site",
        "addresses": ["https://synthetic.example/"],
    },
    "article": {
        "kind": "document",
        "key": "article",
        "document_kind": "article",
        "title": "Boats counted",
        "source": "site",
        "language": "en",
        "published": {"on": "2020-03-02"},
        "hop": {"of": "original", "manner": "translates", "translator": "machine"},
    },
    "text": {
        "kind": "capture",
        "key": "text",
        "document": "article",
        "file": "article.txt",
        "media_type": "text/plain",
        "status": "supplied",
        "furniture": [{"from": "Menu.", "to": "Menu."}, {"from": "See", "to": "also."}],
    },
    "original": {
        "kind": "document",
        "key": "original",
        "document_kind": "article",
        "title": "The article in its own language",
        "told_by": {"document": "article", "quotes": ["SYNTHETIC."]},
    },
    "statement": {
        "kind": "document",
        "key": "statement",
        "document_kind": "statement",
        "title": "The mayor's statement",
        "author": "mayor",
        "told_by": {"document": "article", "quotes": ["The mayor of Exampleton said"]},
    },
    "count": {
        "kind": "event",
        "key": "count",
        "title": "Count of boats",
        "happened": {"not_before": "2020-03-01", "not_after": "2020-03-02"},
        "parties": [
            {
                "actor": "mayor",
                "interest": "speaks-for",
                "party": "town",
                "passage": {"document": "article", "quotes": ["mayor of Exampleton said"]},
            }
        ],
        "measures": [
            {"key": "boats", "what": "boats counted", "unit": "boats", "counting": "cumulative"}
        ],
    },
    "claim": {
        "kind": "claim",
        "key": "twelve",
        "text": "At least twelve boats were counted.",
        "claimant": "mayor",
        "said": {"not_after": "2020-03-02", "as_printed": "on Monday"},
        "event": "count",
        "about": "toll",
        "claim_kind": "quantitative",
        "topics": ["boats"],
        "harm_check": ["none"],
        "figures": [
            {
                "as_printed": "at least 12 boats",
                "counts": "boats counted",
                "qualifier": "at-least",
                "low": 12,
                "unit": "boats",
                "measure": "boats",
            }
        ],
        "citations": [
            {
                "key": "read",
                "document": "article",
                "quotes": ["at least 12 boats were counted", {"exact": "boats", "occurrence": 2}],
                "cue": "said",
                "form": "indirect",
                "first_hand": False,
            },
            {"key": "said", "document": "statement", "first_hand": True},
        ],
        "relays": [{"carrier": "read", "taken_from": "said", "manner": "paraphrases"}],
        "advance_to": "draft",
    },
    "part": {
        "kind": "claim",
        "key": "counted",
        "text": "Boats were counted.",
        "claimant": "mayor",
        "about": "occurrence",
        "harm_check": ["none"],
        "citations": [
            {
                "key": "read",
                "document": "article",
                "quotes": ["boats were counted"],
                "first_hand": False,
            }
        ],
        "relations": [{"kind": "part-of", "other": "twelve", "note": "A premise."}],
        "advance_to": "published",
    },
}
# The quote of two ranges overlaps in the raw table; this is the one that stands there.
ROWS["claim"]["citations"][0]["quotes"] = ["at least 12 boats were counted", "“Twelve boats,”"]


@pytest.fixture
def people():
    return {
        "by": make_user(Role.REPORTER),
        "review_by": make_user(Role.CHECKER),
        "publish_by": make_user(Role.EDITOR),
    }


@pytest.fixture
def write(tmp_path):
    """Writes the rows as JSON lines, with some of them changed; a row of None is left out."""
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")

    def written(**changes: dict | None) -> Path:
        rows = [
            ROWS[name] | (changes.get(name) or {})
            for name in ROWS
            if not (name in changes and changes[name] is None)
        ]
        path = tmp_path / "claims.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return path

    return written


def changed(name: str, place: str, value: object) -> dict:
    """The row with one value, anywhere inside, set anew."""
    row = json.loads(json.dumps(ROWS[name]))
    *way, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    inner = row
    for step in way:
        inner = inner[step]
    inner[last] = value
    return row


def row_of(name: str) -> int:
    return list(ROWS).index(name) + 1


def everything() -> dict[str, list]:
    """All rows of the project, history and ledger included, but for the accounts'."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for label in ("ledger", "sources", "claims")
        for model in apps.get_app_config(label).get_models()
    }

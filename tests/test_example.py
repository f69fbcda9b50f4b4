"""The worked example: fiction on every page, and all it is to show, found in the public records."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from claims.choices import EvidenceBasis, RelayManner
from claims.models import Claim
from claims.rechecks import waiting
from factcheck import example as worked_example
from factcheck.common.errors import InvalidInput
from factcheck.common.roles import Role
from factcheck.example import FILE, WHAT_FOLLOWED, claims_by_key, load_example
from factcheck.ledger.models import Decision, Head, Publication
from factcheck.management.commands.quickstart import Command
from tests.factories import make_user

MARK = "(fiction)"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
KEYS = [row["key"] for row in ROWS if row["kind"] == "claim"]
VERSIONS = {"siren": 2, "homes": 2, "letter": 2}
Content = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """The loaded example as readers and partners meet it."""

    ids: dict[str, str]
    said: str

    def path(self, key: str) -> str:
        return f"/claims/{self.ids[key]}/"

    def get(self, path: str) -> Any:
        return Client().get(path, follow=True)

    def record(self, key: str, version: int | None = None) -> Content:
        """The record of a claim from the API; the newest, unless a version is asked for."""
        part = f"versions/{version}/" if version else ""
        return orjson.loads(self.get(f"/api/v1{self.path(key)}{part}").content)

    def content(self, key: str, version: int | None = None) -> Content:
        return self.record(key, version)["content"]

    @property
    def contents(self) -> list[Content]:
        """What stands of every claim that is live."""
        return [self.content(key) for key in KEYS if key != "letter"]


@pytest.fixture(scope="module")
def example(django_db_setup: None, django_db_blocker: Any) -> Iterator[Example]:
    """Loaded once for all tests here, as the command does it, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        for role in (Role.REPORTER, Role.CHECKER, Role.EDITOR):
            make_user(role, role.value)
        said = StringIO()
        Command(stdout=said).load_example()
        yield Example(claims_by_key(), said.getvalue())
        transaction.set_rollback(True)


def people() -> dict[str, User]:
    names = {"by": "reporter", "review_by": "checker", "publish_by": "editor"}
    return {name: User.objects.get(username=username) for name, username in names.items()}


def whys(side: Content) -> Counter[str]:
    return Counter(end["why"] for end in side["ends"])


def evidence_of(content: Content) -> dict[str, Content]:
    """The claim's evidence by the title of its document."""
    titles = {document["id"]: document["title"] for document in content["documents"]}
    rows = [one for one in content["citations"] if one["role"] == "evidence"]
    return {titles[one["document"]].removesuffix(f" {MARK}"): one for one in rows}


# That it is fiction


def test_every_name_in_the_files_says_that_it_is_fiction():
    names = []
    for row in ROWS[1:]:
        shown = row.get("description") if row.get("is_private") else row.get("name")
        names += [shown, row.get("title"), *(name["name"] for name in row.get("names", []))]
    named = [name for name in names if name]

    assert len(named) == 100
    assert [name for name in named if not name.endswith(MARK)] == []
    assert ROWS[0]["provenance"].startswith("Fiction.")


def test_every_text_begins_by_saying_so_and_every_address_is_reserved():
    texts = sorted((FILE.parent / "texts").iterdir())
    captured = [row["file"] for row in ROWS if row["kind"] == "capture"]
    written = "".join(path.read_text(encoding="utf-8") for path in (FILE, *texts))
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s\"]+", written)}

    assert sorted(f"texts/{path.name}" for path in texts) == sorted(captured)
    assert [path for path in texts if not path.read_text().startswith(f"{MARK} Everything")] == []
    assert len(hosts) == 22
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_every_page_and_record_of_a_claim_says_that_it_is_fiction(example):
    paths = []
    for key in KEYS:
        numbers = range(1, VERSIONS.get(key, 1) + 1)
        pages = [example.path(key), *(f"{example.path(key)}versions/{n}/" for n in numbers)]
        paths += [*pages, *(f"/api/v1{path}" for path in pages)]
    answers = {path: example.get(path) for path in paths}

    assert len(answers) == 102
    assert {path for path, answer in answers.items() if answer.status_code != 200} == {
        f"/api/v1{example.path('letter')}"
    }
    assert [path for path in paths if MARK not in answers[path].content.decode()] == []


def test_every_line_of_a_list_says_that_it_is_fiction(example):
    lines = []
    path = "/claims/"
    while path:
        page = example.get(path).content.decode()
        lines += re.findall(r"<article>.*?</article>", page, re.DOTALL)
        following = re.search(r'href="([^"]+)"[^>]*rel="next"', page)
        path = following and following[1].replace("&amp;", "&")
    summaries = orjson.loads(example.get("/api/v1/claims/?page_size=100").content)["results"]

    assert (len(lines), len(summaries)) == (23, 23)
    assert [line for line in lines if MARK not in line] == []
    assert [one["id"] for one in summaries if MARK not in one["status_line"]] == []


def test_every_public_record_and_note_says_that_it_is_fiction(example):
    publications = list(Publication.objects.all())
    records = [one for one in publications if MARK not in one.record]
    notes = [one.note for one in publications if one.note]

    assert Counter(one.subject_kind for one in publications) == {
        "actor": 24,
        "source": 22,
        "event": 2,
        "claim": 27,
    }
    assert records == []
    assert len(notes) == 3
    assert [note for note in notes if MARK not in note] == []


def test_private_people_are_described_and_never_named(example):
    private = [row for row in ROWS if row.get("is_private")]
    records = [one.record for one in Publication.objects.all()]

    assert [row["name"] for row in private] == [f"Private person 1 {MARK}"]
    assert [record for record in records if "Private person" in record] == []
    assert sum(private[0]["description"] in record for record in records) == 3


# Loading it


def test_loading_again_changes_nothing(example):
    head = Head.objects.get().seq
    decisions = Decision.objects.count()

    report = load_example(**people())

    assert sum(report.created.values()) + sum(report.updated.values()) == 0
    assert {row.key for row in report.kept} == WHAT_FOLLOWED.keys() - {"letter"}
    assert Head.objects.get().seq == head == Publication.objects.count() == 75
    assert Decision.objects.count() == decisions


def test_the_command_says_what_it_loads_and_only_when_asked(example):
    parser = Command().create_parser("manage.py", "quickstart")

    assert example.said == "  24 claims, each marked as fiction\n"
    assert parser.parse_args([]).example is False
    assert parser.parse_args(["--example"]).example is True


@pytest.mark.django_db
def test_files_that_do_not_fit_are_refused_by_row(tmp_path, monkeypatch):
    short = tmp_path / "claims.jsonl"
    short.write_text("\n".join(json.dumps(row) for row in [ROWS[0], {"kind": "rumour"}]))
    monkeypatch.setattr(worked_example, "FILE", short)
    roles = {"by": Role.REPORTER, "review_by": Role.CHECKER, "publish_by": Role.EDITOR}

    with pytest.raises(InvalidInput) as refused:
        load_example(**{name: make_user(role) for name, role in roles.items()})

    assert refused.value.message.startswith("The worked example is refused in row 2, kind: ")


# What it is to show


def test_one_wire_story_in_five_outlets_is_one_origin(example):
    content = example.content("footbridge")
    found = content["corroboration"]
    manners = {relay["manner"] for relay in content["relays"]}

    assert (found["carriers"], len(found["utterances"])) == (6, 1)
    assert (found["supports"]["origins"], len(found["supports"]["ends"])) == (1, 1)
    assert manners == set(RelayManner.values) - {"quotes", "aggregates"}


def test_the_corroborated_claim_has_two_origins_beside_the_claimants_side(example):
    content = example.content("level")
    supports = content["corroboration"]["supports"]

    assert content["verification"]["status"] == "corroborated"
    assert supports["origins"] == 2
    assert whys(supports) == {"counts": 2, "claimants-side": 1}
    assert "Our measurement of the high-water mark in Mill Street" in evidence_of(content)


def test_the_disputed_claim_has_evidence_on_both_sides(example):
    content = example.content("no-warning")
    found = content["corroboration"]
    evidence = evidence_of(content)

    assert content["verification"]["status"] == "disputed"
    assert found["contested"] is True
    assert whys(found["supports"]) == {"counts": 2, "claimants-side": 1}
    assert whys(found["refutes"]) == {"counts": 1, "was-told": 1}
    assert evidence["Interview with an official of the Water Office"]["anonymity_reason"]
    assert evidence["Call register of the Water Office's duty desk, 11 March 2025"]["answer"]


def test_evidence_has_every_basis(example):
    bases = {one["basis"] for content in example.contents for one in content["citations"]}

    assert bases - {None} == set(EvidenceBasis.values)


def test_the_false_claim_has_an_editors_override(example):
    content = example.content("wall")

    assert content["verification"]["status"] == "false"
    assert content["overrides"] == [{"rule": "heard", "reason": worked_example.NOT_HEARD}]
    assert worked_example.NOT_HEARD in example.get(example.path("wall")).content.decode()


def test_the_partly_true_claim_says_which_part(example):
    content = example.content("moved")

    assert content["verification"]["status"] == "partly-true"
    assert content["verification"]["rationale"].startswith("The number is so: ")
    assert [one["result"] for one in content["inquiries"]] == ["no-answer"]


def test_the_retracted_claim_answers_as_retracted(example):
    api = example.get(f"/api/v1{example.path('letter')}")
    page = example.get(example.path("letter"))

    assert api.status_code == 410
    assert orjson.loads(api.content)["note"] == worked_example.RETRACTED
    assert "<h1>We have retracted this claim</h1>" in page.content.decode()
    assert example.content("letter", 1)["text"] not in page.content.decode()


def test_tolls_of_several_days_stand_side_by_side(example):
    figures = [example.content(f"dead-{day}")["figures"][0] for day in (12, 13, 14, 20)]

    assert [figure["counted_as_of"]["not_after"] for figure in figures] == [
        *("2025-03-12", "2025-03-13", "2025-03-14", "2025-03-20")
    ]
    assert [figure["low"] or figure["best"] for figure in figures] == ["3", "7", "5", "9"]
    assert len({figure["measure"]["id"] for figure in figures}) == 1
    assert (
        len(
            {
                example.content(f"dead-{day}")["speaker"]["claimant"]["id"]
                for day in (12, 13, 14, 20)
            }
        )
        == 3
    )


def test_a_mistranslation_stands_beside_the_original_that_is_held(example):
    content = example.content("bridge-defended")
    documents = {document["id"]: document for document in content["documents"]}
    carrier, original = content["citations"]

    assert content["attribution"]["status"] == carrier["fidelity"]["finding"] == "mistranslated"
    assert carrier["fidelity"]["compared_with"] == original["document"]
    assert documents[carrier["document"]]["hop"] == {
        "of": original["document"],
        "manner": "translates",
        "translator": "machine",
    }
    assert (documents[original["document"]]["language"], original["first_hand"]) == ("fr", True)
    assert documents[original["document"]]["is_held"] is True


def test_an_update_follows_the_other_sides_concession(example):
    first, second = example.content("siren", 1), example.content("siren", 2)
    concession = example.content("siren-conceded")

    assert first["verification"]["status"] == "unverified"
    assert second["verification"]["status"] == "confirmed"
    assert [first["inquiries"][0]["result"], second["inquiries"][0]["result"]] == [
        *("waiting", "answered")
    ]
    assert [(one["kind"], one["claim"]) for one in concession["relations"]] == [
        ("concedes", example.ids["siren"])
    ]
    assert second["corroboration"]["supports"]["origins"] == 0
    assert example.record("siren", 2)["note"] == worked_example.UPDATED


def test_the_correction_carries_its_note_and_leaves_the_slip_readable(example):
    first, second = example.content("homes", 1), example.content("homes", 2)
    page = example.get(f"{example.path('homes')}versions/2/").content.decode()

    assert [one["figures"][0]["best"] for one in (first, second)] == ["1400", "1040"]
    assert example.record("homes", 2)["publication"] == "correct"
    assert example.record("homes", 2)["note"] == worked_example.CORRECTED
    assert worked_example.CORRECTED in page


def test_inquiries_were_answered_and_not_by_us_and_by_others(example):
    inquiries = [one for content in example.contents for one in content["inquiries"]]

    assert Counter(one["result"] for one in inquiries) == {
        "answered": 4,
        "no-answer": 2,
        "nothing-found": 3,
        "declined": 1,
    }
    assert [one["newsroom"]["name"] for one in inquiries if one["newsroom"]] == [
        f"The Quenbury Lantern {MARK}"
    ]


def test_claims_repeat_contradict_deny_concede_update_correct_and_lie_in_others(example):
    kinds = {one["kind"] for content in example.contents for one in content["relations"]}

    assert kinds == {
        *("repeats", "contradicts", "denies", "concedes", "updates", "corrects", "part-of")
    }


def test_the_image_is_of_another_flood(example):
    content = example.content("photo")
    [finding] = content["media_findings"]
    catalogue = evidence_of(content)["Catalogue entry MPA 2019-0417"]

    assert (content["kind"], finding["finding"]) == ("image-or-video", "wrong-place-or-time")
    assert finding["evidence"] == catalogue["id"]


def test_a_quote_was_looked_for_and_not_found(example):
    content = example.content("let-it-drown")

    assert content["attribution"]["status"] == "no-record"
    assert {(one["manner"], one["result"]) for one in content["inquiries"]} == {
        ("looked-for", "nothing-found")
    }


def test_some_speak_in_their_own_voice_and_a_rumour_is_nobodys(example):
    speakers = {key: example.content(key)["speaker"]["kind"] for key in KEYS if key != "letter"}

    assert {key for key, kind in speakers.items() if kind == "own-voice"} == {
        *("highest", "highest-corrected", "photo")
    }
    assert {key for key, kind in speakers.items() if kind == "nobody-named"} == {"thieves"}


def test_predictions_come_back_to_the_desk_on_their_day(example):
    checked = example.content("below-five")
    keys = {claim_id: key for key, claim_id in example.ids.items()}
    back = {keys[claim.public_id]: reasons for claim, reasons in waiting(Claim.objects.all())}

    assert (checked["kind"], checked["verification"]["status"]) == ("prediction", "false")
    assert example.content("rebuilt")["kind"] == "prediction"
    assert back == {
        "rebuilt": ["It was to be looked at again by 2025-09-30."],
    }


def test_two_outlets_have_one_owner_and_interests_rest_on_passages(example):
    contents = [one.content for one in Publication.objects.filter(subject_kind="actor")]
    owned = {
        content["name"]: [range["exact"] for range in control["passage"]["ranges"]]
        for content in contents
        for control in content["controls"]
        if control["parent"]["name"] == f"Lantern Media Group {MARK}"
    }
    events = [one.content for one in Publication.objects.filter(subject_kind="event")]
    interests = {party["interest"]: party for event in events for party in event["parties"]}

    assert owned.keys() == {f"Quenbury Lantern Ltd {MARK}", f"Radio Ilvane Ltd {MARK}"}
    assert all(owned.values())
    assert interests.keys() == {
        *("speaks-for", "declared-ally-of", "other-stake", "none-known", "not-assessed")
    }
    assert all(interests[kind]["passage"] for kind in ("speaks-for", "declared-ally-of"))


# What it weighs


def test_every_claim_page_with_the_style_sheet_is_light(example: Example):
    """Under 60 kB as browsers ask for it. Unpacked, the heaviest page, of a claim that six outlets
    carry and give evidence for, has about 70 kB, and only that of another one more than 60.
    """
    sheet = Path(settings.BASE_DIR, "factcheck/static/factcheck/site.css").read_bytes()
    packed, plain = {}, {}
    for key in KEYS:
        response = Client().get(example.path(key), headers={"Accept-Encoding": "gzip"}, follow=True)
        assert (response["Content-Encoding"], response["Vary"]) == ("gzip", "Accept-Encoding")
        packed[key] = len(response.content) + len(sheet)
        plain[key] = len(gzip.decompress(response.content)) + len(sheet)

    # As if the style sheet alone were not packed.
    assert max(packed.values()) < 60_000
    assert max(plain.values()) < 72_000
    assert sum(size > 60_000 for size in plain.values()) <= 2

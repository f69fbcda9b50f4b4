"""Files brought to the desk: checked row by row, then imported, or mended from the rejects."""

import csv
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from claims import tasks
from claims.importing.uploads import ask_for_import, carry_out, keep_upload
from claims.models import Claim, ImportRun, Upload
from claims.models.upload import SILENCE
from factcheck.common.errors import Conflict, InvalidInput
from factcheck.common.roles import Role
from sources.models import Capture
from tests.admin_pages import signed_in
from tests.factories import make_actor, make_capture, make_user

pytestmark = [pytest.mark.django_db]

HEADER = ["key", "text", "claimant", "about", "document", "quote", "first_hand"]


def sheet(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    return text.getvalue().encode()


@pytest.fixture
def rows() -> dict[str, list[str]]:
    actor = make_actor(name="Synthetic mayor")
    document = make_capture().document
    told = [actor.name, "toll", document.public_id, "12 boats", "false"]
    return {
        "good": ["1", "Twelve synthetic boats were counted.", *told],
        "other": ["2", "Twelve synthetic boats were counted again.", *told],
        "bad": ["3", "Nobody knows this claimant.", "Nobody", *told[1:]],
    }


def brought(content: bytes, name: str = "synthetic.csv", by=None) -> ImportRun:
    return carry_out(keep_upload(name=name, content=content, by=by or make_user()))


def test_a_dry_run_says_what_would_become_of_each_row_and_writes_nothing(rows):
    run = brought(sheet(rows["good"], rows["bad"]))

    assert (run.state, run.failure) == ("done", "")
    assert [(one["row"], one["column"]) for one in run.report["rejected"]] == [(3, "claimant")]
    assert run.report["kinds"] == [
        {"kind": "claim", "created": 1, "updated": 0, "unchanged": 0, "kept": 0}
    ]
    assert Claim.objects.count() == 0


def test_an_import_writes_drafts_as_the_person_who_asked_for_it(rows):
    reporter, other = make_user(), make_user()
    run = brought(sheet(rows["good"]), by=reporter)

    done = carry_out(ask_for_import(run.upload, leave_out_rejected=False, by=other))

    assert (done.state, done.has_written) == ("done", True)
    assert [(claim.stage, claim.created_by) for claim in Claim.objects.all()] == [("draft", other)]


def test_refused_rows_are_left_out_where_that_is_asked_for(rows):
    run = brought(sheet(rows["bad"], rows["good"], rows["other"]))

    done = carry_out(ask_for_import(run.upload, leave_out_rejected=True, by=make_user()))

    assert done.state == "done"
    assert Claim.objects.count() == 2
    assert [one["row"] for one in done.report["rejected"]] == [2]


def test_what_refers_to_a_refused_row_is_left_out_with_it():
    lines = [
        {"kind": "collection", "name": "synthetic", "provenance": "Made up for tests."},
        {"kind": "actor", "key": "bad", "actor_kind": "nonsense", "name": "Synthetic one"},
        {
            "kind": "source",
            "key": "of-bad",
            "source_kind": "newspaper",
            "name": "S",
            "operator": "bad",
        },
        {"kind": "actor", "key": "good", "actor_kind": "person", "name": "Synthetic two"},
    ]
    content = "\n".join(json.dumps(line) for line in lines).encode()
    run = brought(content, "synthetic.jsonl")

    done = carry_out(ask_for_import(run.upload, leave_out_rejected=True, by=make_user()))

    assert sorted({one["row"] for one in done.report["rejected"]}) == [2, 3]
    assert [one["created"] for one in done.report["kinds"]] == [1]


def test_without_that_a_refused_row_keeps_everything_out(rows):
    run = brought(sheet(rows["good"], rows["bad"]))

    done = carry_out(ask_for_import(run.upload, leave_out_rejected=False, by=make_user()))

    assert (done.state, done.failure) == ("failed", "Rows were refused, so nothing was written.")
    assert Claim.objects.count() == 0


def test_a_file_is_imported_once(rows):
    run = brought(sheet(rows["good"]))
    begun = ask_for_import(run.upload, leave_out_rejected=False, by=make_user())

    with pytest.raises(Conflict, match="being imported, or has been"):
        ask_for_import(run.upload, leave_out_rejected=False, by=make_user())

    carry_out(begun)
    assert carry_out(begun).report["kinds"][0]["created"] == 1
    assert Claim.objects.count() == 1


def test_nothing_is_imported_before_its_dry_run_is_done(rows):
    run = keep_upload(name="synthetic.csv", content=sheet(rows["good"]), by=make_user())

    with pytest.raises(Conflict, match="Wait for the dry run"):
        ask_for_import(run.upload, leave_out_rejected=False, by=make_user())


@pytest.mark.parametrize(("silent_for", "state"), [(SILENCE * 2, "done"), (SILENCE / 2, "running")])
def test_a_run_that_was_broken_off_is_taken_up_again(rows, silent_for, state):
    run = keep_upload(name="synthetic.csv", content=sheet(rows["good"]), by=make_user())
    ImportRun.objects.update(state="running", seen_at=timezone.now() - silent_for)

    assert carry_out(run).state == state


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("claims.txt", b"x", "Bring a file whose name ends in .jsonl, .csv or .zip."),
        ("claims.csv", b"", "The file is empty."),
    ],
)
def test_a_file_of_another_kind_is_refused(name, content, message):
    with pytest.raises(InvalidInput, match=message):
        keep_upload(name=name, content=content, by=make_user())


@pytest.mark.parametrize(
    ("name", "content", "failure"),
    [
        ("claims.csv", b"\xff\xfe", "Save this as UTF-8: there are other bytes in line 1."),
        ("claims.csv", b"nonsense\n1\n", "There is no column “nonsense”"),
        ("claims.zip", b"PK\x03\x04", "This is not a ZIP archive that can be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, failure):
    run = brought(content, name)

    assert run.state == "failed"
    assert run.failure.startswith(failure)


def archive(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(name, text)
    return content.getvalue()


def test_an_archive_brings_the_files_that_its_rows_name():
    lines = [
        {"kind": "collection", "name": "synthetic", "provenance": "Made up for tests."},
        {"kind": "document", "key": "d", "document_kind": "article", "title": "Synthetic"},
        {
            "kind": "capture",
            "key": "c",
            "document": "d",
            "file": "texts/one.txt",
            "media_type": "text/plain",
            "status": "supplied",
        },
    ]
    rows = "\n".join(json.dumps(line) for line in lines).encode()
    run = brought(archive(**{"in/a.jsonl": rows, "in/texts/one.txt": b"Twelve."}), "a.zip")

    done = carry_out(ask_for_import(run.upload, leave_out_rejected=False, by=make_user()))

    assert (run.report["rejected"], done.state) == ([], "done")
    assert Capture.objects.get().text == "Twelve."


def test_an_archive_that_is_damaged_says_so():
    content = bytearray(archive(**{"a.csv": b"x" * 5_000}))
    content[35:41] = b"\xff" * 6

    run = brought(bytes(content), "a.zip")

    assert run.state == "failed"
    assert run.failure.startswith("This is not a ZIP archive that can be read")


def test_an_archive_whose_names_are_in_no_encoding_says_so():
    content = bytearray(archive(**{"abc.csv": b"x"}).replace(b"abc.csv", b"a\xffc.csv"))
    # The archive's list says that the name is UTF-8.
    content[content.index(b"PK\x01\x02") + 9] |= 0x08

    run = brought(bytes(content), "a.zip")

    assert run.state == "failed"
    assert run.failure.startswith("This is not a ZIP archive that can be read")


@pytest.mark.parametrize(
    ("files", "failure"),
    [
        ({"../a.csv": b"x"}, "The archive names a file that lies outside of it."),
        ({"/etc/a.csv": b"x"}, "The archive names a file that lies outside of it."),
        ({"a.txt": b"x"}, "Put one .jsonl or .csv file into the archive"),
        ({"a.csv": b"x", "b.csv": b"x"}, "Put one .jsonl or .csv file into the archive"),
        ({"a.csv": b"0" * 50_000_001}, "Unpacked, it has more than 50,000,000 bytes"),
    ],
    ids=["above", "absolute", "none", "two", "bomb"],
)
def test_an_archive_that_holds_something_else_is_refused(files, failure):
    run = brought(archive(**files), "a.zip")

    assert run.state == "failed"
    assert run.failure.startswith(failure)


def test_what_was_brought_never_changes(rows):
    run = brought(sheet(rows["good"]))

    with pytest.raises(IntegrityError, match="never changes"):
        Upload.objects.filter(pk=run.upload_id).update(name="other.csv")


def test_the_worker_is_woken_once_for_what_waits(rows):
    for _ in range(2):
        keep_upload(name="synthetic.csv", content=sheet(rows["good"]), by=make_user())

    jobs = ProcrastinateJob.objects.filter(task_name="claims.carry_out_imports", status="todo")
    assert jobs.count() == 1


def test_the_worker_carries_out_what_waits(rows):
    runs = [
        keep_upload(name="synthetic.csv", content=sheet(rows["good"]), by=make_user())
        for _ in range(2)
    ]

    tasks.carry_out_imports(timestamp=0)

    assert [ImportRun.objects.get(pk=run.pk).state for run in runs] == ["done", "done"]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "nonsense"}, "importrun_(state_is_known|ends_once)"),
        ({"state": "done"}, "importrun_ends_once"),
        ({"ended_at": timezone.now()}, "importrun_ends_once"),
        ({"done": 2, "every": 1}, "importrun_counts_no_further_than_there_is"),
    ],
)
def test_a_run_is_what_it_can_be(rows, change, constraint):
    run = keep_upload(name="synthetic.csv", content=sheet(rows["good"]), by=make_user())

    with pytest.raises(IntegrityError, match=constraint):
        ImportRun.objects.filter(pk=run.pk).update(**change)


# At the desk


def post_file(client, content: bytes, name: str = "synthetic.csv"):
    return client.post(reverse("desk:upload"), {"file": SimpleUploadedFile(name, content)})


def test_a_file_goes_from_the_form_to_the_claims(rows):
    client = signed_in(make_user())

    answer = post_file(client, sheet(rows["good"]))
    carry_out(ImportRun.objects.get())
    page = client.get(answer.url)
    begun = client.post(reverse("desk:import_upload", args=[ImportRun.objects.get().pk]))
    carry_out(ImportRun.objects.get(dry_run=False))

    assert "Import 1 row" in page.content.decode()
    assert "What was written" in client.get(begun.url).content.decode()
    assert Claim.objects.count() == 1


def test_a_run_that_goes_on_shows_how_far_it_is_and_looks_again(rows):
    client = signed_in(make_user())
    post_file(client, sheet(rows["good"]))
    run = ImportRun.objects.get()
    ImportRun.objects.update(state="running", seen_at=timezone.now(), done=3, every=8)

    page = client.get(reverse("desk:import", args=[run.pk]))

    assert page["Refresh"] == "2"
    assert "3 of 8 rows" in page.content.decode()
    assert "No worker is running" in page.content.decode()


def test_rejects_are_a_file_that_is_safe_in_a_spreadsheet(rows):
    bad = [*rows["bad"]]
    bad[2] = "=HYPERLINK(1)"
    run = brought(sheet(bad))
    client = signed_in(make_user())

    answer = client.get(reverse("desk:rejects", args=[run.pk]))

    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["row", "column", "reason"]
    assert lines[1][:2] == ["2", "claimant"]
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [(b"", "a.csv", "empty"), (b"x", "a.pdf", "Bring a file whose name ends in")],
)
def test_a_refused_file_is_told_on_the_form(content, name, message):
    answer = post_file(signed_in(make_user()), content, name)

    assert answer.status_code == 422
    assert message in answer.content.decode()


@pytest.mark.parametrize("name", ["imports", "upload", "import", "import_upload", "rejects"])
def test_nobody_imports_without_a_role(rows, name):
    run = brought(sheet(rows["good"]))
    stranger = make_user()
    stranger.groups.clear()
    args = [] if name in ("imports", "upload") else [run.pk]
    method = "post" if name in ("upload", "import_upload") else "get"

    assert (
        getattr(signed_in(stranger), method)(reverse(f"desk:{name}", args=args)).status_code == 403
    )


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_bring_a_file(role):
    assert signed_in(make_user(role)).get(reverse("desk:imports")).status_code == 200

"""Copies at the desk: asked for, seen, compared, taken home, and their jobs."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.job_failures import forget_failure, note_failure
from factcheck.common.roles import Role
from sources.capturing.by_address import capture_address
from sources.capturing.differing import differences
from sources.capturing.requests import carry_out_due
from sources.models import Capture, CaptureDeletion
from sources.network import Unreachable
from sources.services import erase_due
from tests.admin_pages import add_row, address, signed_in, values_of
from tests.factories import make_capture, make_document, make_user
from tests.intake.site import URL, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(reporter):
    return signed_in(reporter)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def press(browser: Client, at: str, **values: Any) -> str:
    """Press a button; the newest message that comes back."""
    response = browser.post(at, values)
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def words_at(browser: Client, at: str) -> str:
    """What the page says, without its tags."""
    return " ".join(re.sub("<[^>]+>", " ", text_of(browser.get(at))).split())


def test_a_copy_is_asked_for_on_the_page_of_its_document(site, browser):
    document = make_document(url=URL)
    site.puts(b"Synthetic.", status="503 Busy")

    told = press(browser, address(document, "copy"))
    again = press(browser, address(document, "copy"))
    waiting = words_at(browser, address(document))
    carry_out_due()
    tried = words_at(browser, address(document))
    wish = document.capture_requests.get()
    site.puts(page())
    press(browser, address(wish, "step", "again"), document="1")
    carry_out_due()
    kept = words_at(browser, address(document))

    assert told == "A copy is being taken: the worker has been told."
    assert again == "A copy of this document is being taken already."
    assert "It waits for the worker." in waiting
    assert "No worker is running" in waiting
    assert "Tried once: The site answered with an error (503). It is tried again at" in tried
    assert "Done. See the copy" in kept
    assert "Keep a copy now" in kept


def test_a_document_without_an_address_says_what_to_do(browser):
    said = words_at(browser, address(make_document()))

    assert "This document has no address: enter one and save, or supply a file of it." in said
    assert "Keep a copy now" not in said


def test_what_cannot_be_cancelled_is_said(site, browser):
    site.puts(page())
    press(browser, address(make_document(url=URL), "copy"))
    [done] = carry_out_due()

    assert press(browser, address(done, "step", "cancel")) == "Only what waits can be cancelled."
    assert browser.get(address(done, "step", "cancel")).status_code == 405
    assert browser.post(address(done, "step", "odd")).status_code == 404


def test_the_copies_of_a_document_are_listed_with_what_came_of_each(site, browser, reporter):
    document = make_document(url=URL)
    for body in (page(), page(), page("13")):
        site.puts(body)
        capture_address(URL, by=reporter)
    site.puts(b"Synthetic.", status="410 Gone")
    capture_address(URL, by=reporter)

    said = words_at(browser, address(document))

    first, second, changed, _ = Capture.objects.order_by("pk")
    assert f"{first.sha256[:12]}…" in said
    assert f"Live, the same as on {first.captured_at:%Y-%m-%d %H:%M}" in said
    assert "Gone. The page was taken away for good (410)." in said
    assert f"the copy of {first.captured_at:%Y-%m-%d %H:%M}" in said
    link = reverse("admin:sources_capture_changes", args=[first.pk, changed.pk])
    assert link in text_of(browser.get(address(document)))
    assert words_at(browser, address(second)).count("has its bytes and its text") == 1


def test_what_has_changed_between_two_copies_can_be_read(site, browser, reporter):
    make_document(url=URL)
    for count in ("12", "13"):
        site.puts(page(count))
        capture_address(URL, by=reporter)
    first, second = Capture.objects.order_by("pk")

    shown = text_of(
        browser.get(reverse("admin:sources_capture_changes", args=[second.pk, first.pk]))
    )

    assert re.search(r"<del><span[^>]*>\[removed:</span>12<span", shown)
    assert re.search(r"<ins><span[^>]*>\[added:</span>13<span", shown)
    other = make_capture()
    for pair in ([first.pk, other.pk], [first.pk, first.pk], [first.pk, "x"], [first.pk, "9" * 30]):
        at = reverse("admin:sources_capture_changes", args=pair)
        assert browser.get(at).status_code == 404


def test_unchanged_paragraphs_are_left_out_of_a_comparison():
    same = [f"Paragraph {n}." for n in range(9)]
    shown = differences("\n".join([*same, "Old."]), "\n\n".join([*same, "New one.", "New two."]))

    assert shown is not None
    assert [one.left_out for one in shown] == [8, 0, 0, 0, 0]
    assert [[piece.how for piece in one.pieces] for one in shown] == [
        [],
        [""],
        ["removed"],
        ["added"],
        ["added"],
    ]
    assert differences("a\n" * 20_001, "") is None


def test_bytes_are_a_file_to_be_saved_and_never_a_page(site, browser, reporter):
    make_document(url=URL)
    site.puts(b"<script>alert(1)</script><p>Twelve boats.</p>")
    fetched = capture_address(URL, by=reporter)
    supplied = make_capture()

    for capture, name in ((fetched, "warc.gz"), (supplied, "txt")):
        response = browser.get(address(capture, "file"))
        assert response.content == bytes(capture.content)
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"] == (
            f'attachment; filename="{capture.public_id}.{name}"'
        )
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["X-Content-Type-Options"] == "nosniff"
    assert signed_in(make_user(Role.REPORTER)).get(address(supplied, "stamp")).status_code == 404
    assert Client().get(address(supplied, "file")).status_code == 302


def test_an_editor_sets_the_day_on_which_bytes_go(reporter):
    capture = make_capture()
    editor = signed_in(make_user(Role.EDITOR))
    values = values_of(editor.get(address(capture)), "capture_form")
    values = add_row(values, "deletion", delete_on="2020-03-02", reason="Synthetic wish.")

    assert signed_in(reporter).post(address(capture), values).status_code == 302
    assert not CaptureDeletion.objects.exists()
    assert editor.post(address(capture), values).status_code == 302
    assert "To be erased on 2020-03-02." in words_at(editor, address(capture))
    erase_due()

    said = words_at(editor, address(capture))
    assert "Synthetic wish. Hash, time and status stay." in said
    assert capture.sha256 in said
    assert editor.get(address(capture, "file")).status_code == 404
    assert "erased on" in words_at(editor, address(capture.document))


@pytest.mark.parametrize(
    ("name", "content", "kind", "text", "reason"),
    [
        ("boats.html", page(), "text/html", "12 boats were counted", ""),
        ("boats.txt", "човни".encode("cp1251") * 9, "text/plain", "", ""),
        ("boats.png", b"\x89PNG\r\n\x1a\n", "image/png", "", "No text is taken from this kind"),
        ("boats.pdf", b"%PDF-1.7 damaged", "application/pdf", "", "Its text could not be read"),
    ],
)
def test_a_file_that_is_supplied_is_kept_whatever_can_be_read_of_it(
    browser, reporter, name, content, kind, text, reason
):
    document = make_document()

    told = press(browser, address(document, "supply"), file=SimpleUploadedFile(name, content))

    capture = document.captures.get()
    assert told == "The file is kept as a capture."
    assert (bytes(capture.content), capture.media_type, capture.supplied_by) == (
        content,
        kind,
        reporter,
    )
    assert text in capture.text
    assert capture.reason.startswith(reason)


# Jobs


def test_an_administrator_sees_why_a_job_failed_and_has_it_tried_again():
    browser = signed_in(make_user(Role.ADMINISTRATOR))
    key = app.configure_task("sources.carry_out_captures").defer(timestamp=0)
    job = ProcrastinateJob.objects.get(pk=key)
    waiting = words_at(browser, reverse("admin:procrastinate_procrastinatejob_changelist"))
    note_failure(key, Unreachable("Nobody answers at this address."))
    note_failure(key, ZeroDivisionError())
    one = words_at(browser, address(job))

    assert "Keep copies of pages" in waiting
    assert "waits; no worker is running" in waiting
    assert "timestamp" not in waiting + one
    assert "A fault of the program (ZeroDivisionError): its log says where." in one
    refused = press(browser, address(job, "step", "again"))
    assert refused == "Only what has failed can be tried again."
    assert press(browser, address(job, "step", "cancel")) == "Done."
    assert press(browser, address(job, "step", "cancel")) == "Only what waits can be cancelled."
    forget_failure(key)
    assert "A fault" not in words_at(browser, address(job))


def test_a_job_that_failed_is_put_back_in_line():
    browser = signed_in(make_user(Role.ADMINISTRATOR))
    key = app.configure_task("sources.erase_captures").defer(timestamp=0)
    with connection.cursor() as cursor:
        for status in ("doing", "failed"):
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, key])
    at = address(ProcrastinateJob.objects.get(pk=key), "step", "again")

    assert browser.get(at).status_code == 405
    assert press(browser, at) == "Done."
    assert ProcrastinateJob.objects.get(pk=key).status == "todo"

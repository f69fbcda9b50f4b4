from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from sources.models import Actor, Capture, Control, Furniture, Passage
from tests import factories
from tests.admin_pages import add_row, address, errors_of, open_form, signed_in, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter() -> Any:
    return factories.make_user(Role.REPORTER)


@pytest.fixture
def browser(reporter: Any) -> Client:
    return signed_in(reporter)


def supply(browser: Client, document: Any, content: bytes, kind: str = ".txt") -> list[str]:
    """Send a file; the messages that come back."""
    file = SimpleUploadedFile(f"synthetic{kind}", content)
    response = browser.post(address(document, "supply"), {"file": file})
    assert response.status_code == 302
    return [str(message) for message in response.wsgi_request._messages]  # type: ignore[attr-defined]


# Actors and sources


def test_an_actor_is_entered_with_names_roles_and_controls(browser: Client, reporter: Any) -> None:
    parent = factories.make_actor()
    passage = factories.make_passage()
    values = values_of(browser.get(reverse("admin:sources_actor_add")), "actor_form") | {
        "kind": "outlet",
        "name": "Synthetic Gazette",
    }
    values = add_row(values, "names", name="Газета", language="uk", form="as-printed")
    values = add_row(values, "controls", parent=parent.pk, passage=passage.pk)

    response = browser.post(reverse("admin:sources_actor_add"), values)

    assert response.status_code == 302
    actor = Actor.objects.get(name="Synthetic Gazette")
    assert actor.created_by == reporter
    assert actor.names.get().created_by == reporter
    assert actor.controls.get().created_by == reporter


def test_a_circle_of_controls_is_a_form_error(browser: Client) -> None:
    passage = factories.make_passage()
    one, other = factories.make_actor(), factories.make_actor()
    Control.objects.create(
        actor=one, parent=other, passage=passage, created_by=factories.somebody()
    )
    values = add_row(open_form(browser, other), "controls", parent=one.pk, passage=passage.pk)

    response = browser.post(address(other), values)

    assert response.status_code == 200
    assert "This control would close a circle" in errors_of(response)
    assert not other.controls.exists()


def test_a_name_with_characters_nobody_sees_is_a_form_error(browser: Client) -> None:
    actor = factories.make_actor(name="Synthetic Name")

    response = browser.post(
        address(actor), open_form(browser, actor) | {"name": "Synthetic\u200b Name"}
    )

    actor.refresh_from_db()
    assert response.status_code == 200
    assert "an invisible character cannot stand here" in errors_of(response)
    assert actor.name == "Synthetic Name"


def test_two_people_who_change_the_same_name_of_an_actor_are_a_conflict(browser: Client) -> None:
    actor = factories.make_actor()
    actor.names.create(
        name="As printed", language="fr", form="as-printed", created_by=factories.somebody()
    )
    other = signed_in(factories.make_user(Role.REPORTER))
    mine, theirs = open_form(browser, actor), open_form(other, actor)

    first = other.post(address(actor), theirs | {"names-0-name": "Theirs"})
    second = browser.post(address(actor), mine | {"names-0-name": "Mine"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert actor.names.get().name == "Theirs"
    assert "Mine" in second.content.decode()


@pytest.mark.parametrize("make", ["make_actor", "make_source", "make_document", "make_topic"])
def test_the_second_of_two_open_forms_overwrites_nothing(browser: Client, make: str) -> None:
    row = getattr(factories, make)()
    field = "title" if make == "make_document" else "name"
    other = signed_in(factories.make_user(Role.REPORTER))
    mine, theirs = open_form(browser, row), open_form(other, row)

    first = other.post(address(row), theirs | {field: "Theirs"})
    second = browser.post(address(row), mine | {field: "Mine"})

    row.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 409)
    assert getattr(row, field) == "Theirs"


def test_an_editor_publishes_an_actor_that_others_have_entered() -> None:
    actor = factories.make_actor()
    browser = signed_in(factories.make_user(Role.EDITOR))

    page: Any = browser.get(address(actor))
    values = {"edit_number": actor.edit_number}
    published = browser.post(address(actor, "step", "publish"), values)
    forged = browser.post(address(actor, "step", "redact"), values)

    assert [button.action for button in page.context["steps"]] == ["publish", "merge"]
    assert (published.status_code, forged.status_code) == (302, 403)
    assert [row.kind for row in Publication.objects.all()] == ["publish"]


def test_who_changed_an_actor_does_not_publish_it() -> None:
    actor = factories.make_actor()
    browser = signed_in(factories.make_user(Role.EDITOR))
    browser.post(address(actor), open_form(browser, actor) | {"name": "Changed"})
    actor.refresh_from_db()

    page: Any = browser.get(address(actor))
    response = browser.post(address(actor, "step", "publish"), {"edit_number": actor.edit_number})

    assert [button.action for button in page.context["steps"]] == ["merge"]
    assert response.status_code == 403
    assert not Publication.objects.exists()


# Documents and captures


def test_a_supplied_text_is_kept_as_a_capture(browser: Client, reporter: Any) -> None:
    document = factories.make_document()

    told = supply(browser, document, "Дванадцять човнів.\n".encode())

    capture = document.captures.get()
    assert told == ["The file is kept as a capture."]
    assert bytes(capture.content) == "Дванадцять човнів.\n".encode()
    assert capture.text == "Дванадцять човнів.\n"
    assert (capture.status, capture.supplied_by, capture.created_by) == (
        "supplied",
        reporter,
        reporter,
    )


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"", ".txt", "The file is empty"),
        (b"12 boats", ".docx", "Supply a text (.txt), a saved page (.html, .mhtml), a PDF"),
        (b"12 boats", ".pdf", "The file is not what its name says: it is no .pdf file."),
        (b"<p>12 boats</p>", ".png", "The file is not what its name says: it is no .png file."),
        (b"12\x00boats", ".txt", "a control character cannot stand here"),
        (b"x" * (25 * 1024 * 1024 + 1), ".txt", "The file is larger than 25 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_a_reason(
    browser: Client, content: bytes, kind: str, sentence: str
) -> None:
    document = factories.make_document()

    told = supply(browser, document, content, kind)

    assert len(told) == 1
    assert sentence in told[0]
    assert not document.captures.exists()


def test_the_same_file_is_kept_once(browser: Client) -> None:
    document = factories.make_document()
    supply(browser, document, b"Twelve boats.")

    told = supply(browser, document, b"Twelve boats.")

    assert told[-1] == "This file was supplied for this Document already."
    assert document.captures.count() == 1


def test_a_capture_is_supplied_by_post_alone_and_with_the_permission() -> None:
    document = factories.make_document()
    administrator = signed_in(factories.make_user(Role.ADMINISTRATOR))
    file = SimpleUploadedFile("synthetic.txt", b"12 boats", content_type="text/plain")

    read = signed_in(factories.make_user(Role.REPORTER)).get(address(document, "supply"))
    forged = administrator.post(address(document, "supply"), {"file": file})

    assert (read.status_code, forged.status_code) == (405, 403)
    assert not Capture.objects.exists()


def test_a_capture_is_shown_and_never_edited(browser: Client) -> None:
    capture = factories.make_capture()

    page = browser.get(address(capture))
    values = values_of(page, "capture_form") | {"text": "Forged.", "sha256": "0" * 64}
    response = browser.post(address(capture), values)

    before = capture.sha256
    capture.refresh_from_db()
    assert capture.sha256 in page.content.decode()
    assert "The mayor of Exampleton" in page.content.decode()
    assert response.status_code == 302
    assert (capture.text, capture.sha256) == (factories.TEXT, before)


def test_furniture_is_marked_in_a_capture(browser: Client, reporter: Any) -> None:
    capture = factories.make_capture()
    values = values_of(browser.get(address(capture)), "capture_form")

    response = browser.post(address(capture), add_row(values, "furniture", start="0", end="10"))

    furniture = Furniture.objects.get()
    assert response.status_code == 302
    assert (furniture.start, furniture.end, furniture.created_by) == (0, 10, reporter)


@pytest.mark.parametrize("end", ["999999", "0", "9" * 30, ""])
def test_furniture_beyond_the_text_is_a_form_error(browser: Client, end: str) -> None:
    capture = factories.make_capture()
    values = values_of(browser.get(address(capture)), "capture_form")

    response = browser.post(address(capture), add_row(values, "furniture", start="0", end=end))

    assert response.status_code == 200
    assert errors_of(response)
    assert not Furniture.objects.exists()


# Passages


def test_a_passage_is_made_from_quoted_words(browser: Client, reporter: Any) -> None:
    capture = factories.make_capture()

    response = browser.post(
        reverse("admin:sources_passage_add"),
        {
            "capture": capture.pk,
            "quote": '"Twelve boats,"\r\n[…]\r\nNobody else has counted them.',
        },
    )

    passage = Passage.objects.get()
    assert response.status_code == 302
    assert passage.created_by == reporter
    assert [row.exact for row in passage.ranges.all()] == [
        "“Twelve boats,”",
        "Nobody else has counted them.",
    ]


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("Thirteen boats", "does not stand in what we hold"),
        ("counted", "stands there more than once"),
        ("Twelve boats\n[…]\nboats,", "Two of these quotes overlap"),
        ("", "Give the exact words, or a page, timecode or frame."),
        ("\n[…]\n".join(["boats"] * 21), "Give at most 20 runs of words."),
    ],
)
def test_words_that_cannot_be_anchored_are_a_form_error(
    browser: Client, quote: str, sentence: str
) -> None:
    capture = factories.make_capture()

    response = browser.post(
        reverse("admin:sources_passage_add"), {"capture": capture.pk, "quote": quote}
    )

    assert response.status_code == 200
    assert sentence in errors_of(response)
    assert not Passage.objects.exists()


def test_passages_are_looked_for_and_shown_by_their_words(browser: Client) -> None:
    passage = factories.make_passage()
    query = "app_label=sources&model_name=control&field_name=passage&term=mayor"

    answer = browser.get(f"{reverse('admin:sources_passage_words')}?{query}").json()

    [result] = answer["results"]
    assert result["id"] == str(passage.pk)
    assert result["text"].startswith("“The mayor of Exampleton said on Monday")


def test_a_passage_is_never_changed(browser: Client) -> None:
    passage = factories.make_passage()

    page = browser.get(address(passage))
    response = browser.post(address(passage), {"locator": "page 7"})

    assert "The mayor of Exampleton" in page.content.decode()
    assert response.status_code == 403

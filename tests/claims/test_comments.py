"""What the desk says of a claim, and whom that tells."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from claims import workflow
from claims.models import Claim, Comment, CommentMention
from claims.services.comments import comment, named_in, see_comments
from factcheck.common.errors import InvalidInput, NotAllowed
from factcheck.common.roles import Role
from tests.admin_pages import address, signed_in
from tests.factories import (
    make_approved_claim,
    make_claim,
    make_published_claim,
    make_ready_claim,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def say(user: User, claim: Claim, text: str) -> Any:
    return signed_in(user).post(f"/admin/desk/claims/{claim.pk}/comments/", {"text": text})


def told(row: Comment) -> list[str]:
    return [mention.person.username for mention in row.mentions.all()]


def messages_after(response: Any, user: User) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)


def deleted_for_good(rows: QuerySet[Any]) -> None:
    """Delete the rows as far as a commit would."""
    with transaction.atomic():
        rows.delete()
        connection.check_constraints()


# Saying something


def test_a_comment_stands_on_the_claim_with_who_wrote_it_and_when():
    claim, reporter = make_claim(), make_user(Role.REPORTER)

    row = comment(claim, text="  Who counted?\r\nAsk the harbour.  ", by=reporter)

    row.refresh_from_db()
    assert row.text == "Who counted?\nAsk the harbour."
    assert (row.claim, row.created_by) == (claim, reporter)
    assert row.created_at is not None


@pytest.mark.parametrize("text", ["", "  \n ", "a" * 20_001, "with\x00nothing"])
def test_a_comment_says_something_that_can_be_kept(text: str):
    with pytest.raises(InvalidInput):
        comment(make_claim(), text=text, by=make_user())

    assert Comment.objects.count() == 0


def test_a_comment_is_no_edit_at_any_stage():
    reporter = make_user(Role.REPORTER)
    for claim in (make_ready_claim(), make_approved_claim(), make_published_claim()):
        claim.refresh_from_db()
        before = (claim.edit_number, claim.stage, claim.reviewed_hash, claim.decision_id)

        comment(claim, text="Seen.", by=reporter)

        claim.refresh_from_db()
        assert (claim.edit_number, claim.stage, claim.reviewed_hash, claim.decision_id) == before


def test_discarding_the_changes_of_a_claim_leaves_its_comments():
    claim, reporter = make_published_claim(), make_user(Role.REPORTER)
    first = comment(claim, text="Before.", by=reporter)
    workflow.revise(claim, by=reporter)
    second = comment(claim, text="Meanwhile.", by=reporter)

    workflow.discard(claim, by=reporter, note="Not needed.")

    assert list(claim.comments.all()) == [first, second]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR])
def test_who_does_not_work_on_claims_cannot_comment(role: Role):
    with pytest.raises(NotAllowed):
        comment(make_claim(), text="Hello.", by=make_user(role))


# Whom it tells


def test_a_comment_tells_whom_it_names_once_and_never_its_writer():
    make_user(Role.CHECKER, "chen")
    make_user(Role.EDITOR, "edna.m")
    rita = make_user(Role.REPORTER, "rita")

    row = comment(make_claim(), text="@chen, @Chen and @edna.m. And I, @rita.", by=rita)

    assert told(row) == ["chen", "edna.m"]


def test_names_of_nobody_here_stay_text():
    make_user(Role.CHECKER, "chen")
    gone = make_user(Role.CHECKER, "gone")
    gone.is_active = False
    gone.save()
    User.objects.create(username="reader", is_staff=False)

    named = named_in("mail press@chen.example, @gone, @reader, @SomeMinistry and @chen")

    assert [person.username for person in named.people] == ["chen"]
    assert named.unknown == ["gone", "reader", "SomeMinistry"]


def test_two_names_that_differ_in_their_letters_case_are_told_apart():
    make_user(Role.CHECKER, "sam")
    make_user(Role.CHECKER, "Sam")

    named = named_in("@sam @SAM")

    assert [person.username for person in named.people] == ["sam"]
    assert named.unknown == ["SAM"]


def test_whoever_has_seen_the_comments_is_told_no_more():
    claim, rita = make_claim(), make_user(Role.REPORTER, "rita")
    chen = make_user(Role.CHECKER, "chen")
    shown = comment(claim, text="@chen?", by=rita)
    other = comment(make_claim(), text="@chen!", by=rita)

    assert see_comments(claim, up_to=shown.pk, by=chen) == 1
    assert see_comments(claim, up_to=shown.pk, by=chen) == 0
    assert CommentMention.objects.get(seen_at=None).comment == other


def test_what_came_after_the_page_was_drawn_is_not_seen():
    claim, rita = make_claim(), make_user(Role.REPORTER, "rita")
    chen = make_user(Role.CHECKER, "chen")
    comment(claim, text="@chen?", by=rita)
    browser = signed_in(chen)
    drawn = browser.get(address(claim)).context["panel"]["talk"]["up_to"]
    later = comment(claim, text="@chen, stop!", by=rita)

    browser.post(f"/admin/desk/claims/{claim.pk}/seen/", {"up_to": drawn})
    browser.post(f"/admin/desk/claims/{claim.pk}/comments/", {"up_to": drawn, "text": "Yes."})

    assert CommentMention.objects.get(person=chen, seen_at=None).comment == later


def test_who_answers_has_seen_what_was_said():
    claim, rita = make_claim(), make_user(Role.REPORTER, "rita")
    chen = make_user(Role.CHECKER, "chen")
    asked = comment(claim, text="@chen?", by=rita)

    comment(claim, text="@rita: yes.", by=chen, seen_up_to=asked.pk)

    assert [str(mention) for mention in CommentMention.objects.filter(seen_at=None)] == ["@rita"]


# What the database holds


def test_a_comment_is_never_changed():
    row = comment(make_claim(), text="As it was said.", by=make_user())

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Comment.objects.filter(pk=row.pk).update(text="Otherwise.")

    row.refresh_from_db()
    assert row.text == "As it was said."


def test_a_comment_is_not_deleted_by_itself():
    row = comment(make_claim(), text="As it was said.", by=make_user())

    with pytest.raises(IntegrityError, match="only along with a draft"):
        deleted_for_good(Comment.objects.filter(pk=row.pk))

    assert Comment.objects.get() == row


@pytest.mark.parametrize("text", [" \n", "a" * 20_001])
def test_the_database_keeps_no_comment_that_says_nothing_or_too_much(text: str):
    with pytest.raises(IntegrityError, match="comment_says_something"), transaction.atomic():
        Comment.objects.create(claim=make_claim(), text=text, created_by=make_user())


def test_a_deleted_draft_takes_its_comments_along():
    make_user(Role.CHECKER, "chen")
    claim = make_claim()
    comment(claim, text="@chen, look.", by=make_user())

    deleted_for_good(Claim.objects.filter(pk=claim.pk))

    assert (Comment.objects.count(), CommentMention.objects.count()) == (0, 0)


def test_who_has_left_cannot_be_named_by_whatever_way():
    gone, row = make_user(), comment(make_claim(), text="Hello.", by=make_user())
    gone.is_active = False
    gone.save()

    with pytest.raises(IntegrityError, match="does not work at the desk"), transaction.atomic():
        CommentMention.objects.create(comment=row, person=gone, created_by=gone)


def test_a_draft_that_people_talk_about_is_deleted_at_the_desk():
    editor = make_user(Role.EDITOR)
    claim = make_claim()
    comment(claim, text="Twice.", by=editor)
    browser = signed_in(editor)
    values = {"post": "yes", "edit_number": claim.edit_number, "opened_stage": claim.stage}

    assert browser.post(address(claim, "delete"), values).status_code == 302

    connection.check_constraints()
    assert (Claim.objects.count(), Comment.objects.count()) == (0, 0)


# On the claim's page


def test_the_page_keeps_a_comment_and_says_whom_it_told():
    claim, rita = make_claim(), make_user(Role.REPORTER, "rita")
    make_user(Role.CHECKER, "chen")

    response = say(rita, claim, "@chen, is it so? @nobody")

    page = signed_in(rita).get(address(claim))
    assert (response.status_code, response["Location"]) == (302, f"{address(claim)}#comments")
    assert messages_after(response, rita) == (
        "Commented. Told: chen. Nobody at the desk is called @nobody: that stays text."
    )
    talk = page.context["panel"]["talk"]
    assert [row.text for row in talk["comments"]] == ["@chen, is it so? @nobody"]
    assert talk["names"] == ["chen"]


def test_markup_in_a_comment_is_text():
    claim, rita = make_claim(), make_user(Role.REPORTER)
    comment(claim, text="<b>bold</b> https://example.org/<i>", by=rita)

    page = signed_in(rita).get(address(claim)).content.decode()

    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>bold" not in page


def test_the_page_refuses_an_empty_comment_with_a_sentence():
    claim, rita = make_claim(), make_user(Role.REPORTER)

    response = say(rita, claim, "  ")

    assert messages_after(response, rita) == "Write something first."
    assert claim.comments.count() == 0


@pytest.mark.parametrize("page", ["comments", "seen", "assignment"])
def test_the_desks_pages_take_posts_of_staff_alone(page: str):
    claim = make_claim()
    at = f"/admin/desk/claims/{claim.pk}/{page}/"
    stranger = signed_in(User.objects.create(username="reader"))
    administrator = signed_in(make_user(Role.ADMINISTRATOR))
    roleless = User.objects.create(username="staff", is_staff=True)

    assert signed_in(make_user()).get(at).status_code == 405
    assert stranger.post(at).status_code == 302
    assert stranger.post(at)["Location"].startswith("/admin/login/")
    assert signed_in(roleless).post(at).status_code == 403
    if page != "seen":
        assert administrator.post(at, {"text": "Hello."}).status_code == 403
    assert claim.comments.count() == 0


def test_a_superuser_without_a_role_cannot_comment():
    root = User.objects.create(username="root", is_staff=True, is_superuser=True)
    claim = make_claim()

    assert say(root, claim, "Hello.").status_code == 403
    assert claim.comments.count() == 0


def test_no_claim_no_comment():
    editor = make_user(Role.EDITOR)
    for key in (0, 10**30):
        at = f"/admin/desk/claims/{key}/comments/"
        assert signed_in(editor).post(at, {"text": "Hello."}).status_code == 404


def test_who_is_named_can_say_that_they_have_seen_it():
    claim, rita = make_claim(), make_user(Role.REPORTER, "rita")
    chen = make_user(Role.CHECKER, "chen")
    comment(claim, text="@chen?", by=rita)
    browser = signed_in(chen)
    talk = browser.get(address(claim)).context["panel"]["talk"]
    assert talk["names_me"] is True

    response = browser.post(f"/admin/desk/claims/{claim.pk}/seen/", {"up_to": talk["up_to"]})

    assert response["Location"] == f"{address(claim)}#comments"
    assert browser.get(address(claim)).context["panel"]["talk"]["names_me"] is False

"""A page that has changed brings the claims that cite it back to the desk; nothing is pushed."""

import pytest

from claims.queues.behind import changed_behind
from claims.rechecks import recheck_reasons
from factcheck.common.roles import Role
from sources.capturing.by_address import capture_address
from sources.models import Capture
from tests.factories import (
    make_document,
    make_passage,
    make_published_claim,
    make_user,
    revise_and_publish,
)
from tests.intake.site import URL, page

pytestmark = pytest.mark.django_db


def test_claims_come_back_when_a_page_that_they_cite_has_other_words(site, reporter):
    make_document(url=URL, title="Synthetic boats")
    site.puts(page())
    capture = capture_address(URL, by=reporter)
    gone, stays = (
        make_published_claim(passage=make_passage(capture, words))
        for words in ("said on Monday that 12 boats were counted", "more than were ever seen there")
    )
    other = make_published_claim()
    capture_address(URL, by=reporter)
    unchanged = [recheck_reasons(claim) for claim in (gone, stays, other)]

    site.puts(page("13"))
    changed = capture_address(URL, by=reporter)

    seen = f"“Synthetic boats” has changed at its address, seen on {changed.captured_at:%Y-%m-%d}; "
    assert unchanged == [[], [], []]
    assert recheck_reasons(gone) == [f"{seen}what we quote of it does not stand there any more."]
    assert recheck_reasons(stays) == [f"{seen}what we quote of it still stands there."]
    assert recheck_reasons(other) == []
    assert set(changed_behind(make_user(Role.EDITOR))) == {gone, stays}

    looked_at = revise_and_publish(stays)

    assert recheck_reasons(looked_at) == []
    assert list(changed_behind(make_user(Role.EDITOR))) == [gone]
    assert Capture.objects.count() == 4

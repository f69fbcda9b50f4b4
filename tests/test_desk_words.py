"""The desk speaks of what there is to do, and not of what it is built with."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from factcheck.common.roles import Role
from tests.admin_pages import signed_in
from tests.factories import make_user
from tests.test_sign_in import NEW_CODES, shown_again

pytestmark = pytest.mark.django_db


def test_no_table_is_called_by_the_library_that_keeps_it() -> None:
    page = signed_in(make_user(Role.ADMINISTRATOR)).get("/admin/").content.decode()

    assert "Lock-outs" in page
    assert "Failed attempts to sign in" in page
    assert "Background jobs" in page
    assert "Jobs of the worker" in page
    assert "Axes" not in page
    assert "Procrastinate" not in page


def test_who_signs_out_is_told_so_and_led_back() -> None:
    page = signed_in(make_user(Role.REPORTER)).post("/admin/logout/").content.decode()

    assert "<h1>Signed out</h1>" in page
    assert "quality time" not in page
    assert 'href="/admin/login/"' in page


def test_the_ways_about_the_desk_stand_beside_the_second_factor_once() -> None:
    page = signed_in(make_user(Role.REPORTER)).get("/admin/sign-in/second-factor/")
    reporter = make_user(Role.REPORTER)
    codes = signed_in(reporter).post(NEW_CODES, shown_again(TOTPDevice.objects.get(user=reporter)))

    assert page.content.decode().count('class="desk-nav"') == 1
    assert "css/login.css" not in page.content.decode()
    assert "desk-codes" in codes.content.decode()
    assert 'class="desk-nav"' not in codes.content.decode()


def test_every_list_has_its_filters_above_it() -> None:
    client = signed_in(make_user(Role.EDITOR))

    for model in ("claims/claim", "claims/report", "sources/document", "ledger/decision"):
        page = client.get(f"/admin/{model}/").content.decode()
        assert '<details class="desk-filters"' in page, model
        assert 'id="changelist-filter"' not in page, model
        assert '<div class="desk-filter-choices">' in page, model

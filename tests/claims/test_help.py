"""Every field of the desk says what its value does."""

import pytest
from django.contrib.admin.sites import site
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from claims.choices import About
from claims.models import Claim
from claims.rules import RULES
from claims.steps import STEPS
from claims.vocabulary import LISTS
from factcheck.common.roles import Role
from tests.admin_pages import signed_in
from tests.factories import make_claim, make_user
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = pytest.mark.django_db
ROOMS = ("claims", "sources", "ledger")
# What a formset adds by itself.
OF_THE_FORMSET = {"DELETE", "id"}


def fields_of_the_desk():
    request = RequestFactory().get("/admin/")
    request.user = make_user(Role.EDITOR)
    request.user.is_superuser = True
    for model, model_admin in site._registry.items():
        if model._meta.app_label not in ROOMS:
            continue
        yield from (
            (f"{model.__name__}.{name}", field)
            for name, field in model_admin.get_form(request).base_fields.items()
        )
        for inline in model_admin.get_inline_instances(request):
            form = inline.get_formset(request).form
            yield from (
                (f"{model.__name__}.{inline.model.__name__}.{name}", field)
                for name, field in form.base_fields.items()
                if name not in OF_THE_FORMSET
            )


def test_every_field_says_what_its_value_does():
    without = {name for name, field in fields_of_the_desk() if not field.help_text}

    assert without == set()


def test_every_code_that_is_chosen_has_its_definition():
    answer = signed_in(make_user()).get(reverse("desk:definitions")).json()

    assert answer["fields"]["claims.claim.about"] == "about"
    assert answer["lists"]["about"][About.TOLL] == LISTS["about"].meanings[About.TOLL].definition
    with_codes = {name for name, field in fields_with_codes()}
    assert with_codes - answer["fields"].keys() == WITHOUT_LIST


# The Admiralty's grades, what readers report and how a review came to its claim say in their labels
# what they mean, and are in no record.
WITHOUT_LIST = {"claims.importedreview.tie", "claims.report.kind", "sources.sourcegrade.grade"}


def fields_with_codes():
    for name, field in fields_of_the_desk():
        defined = field.widget.attrs.get("data-defined")
        if defined and not name.startswith(("Publication", "Decision", "Mention")):
            yield defined, field


def test_definitions_are_sent_once():
    client = signed_in(make_user())
    etag = client.get(reverse("desk:definitions"))["ETag"]

    answer = client.get(reverse("desk:definitions"), headers={"if-none-match": etag})

    assert (answer.status_code, answer.content) == (304, b"")


def test_help_names_every_step_and_every_rule():
    page = signed_in(make_user()).get(reverse("desk:help"))

    for step in STEPS.values():
        if not step.in_bulk:
            assert f'<th scope="row">{step.button}</th>' in page.content.decode()
    assert page.context["rules"] == RULES


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_a_code_means_stands_beneath_it(browser, live_server):
    claim = make_claim(about=About.TOLL)
    page = open_desk(browser, live_server, make_user())
    complaints = watched(page)
    page.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")
    meaning = page.locator("#id_about_definition")

    before = meaning.inner_text()
    page.select_option("#id_about", About.INTENT)

    assert before == LISTS["about"].meanings[About.TOLL].definition
    assert meaning.inner_text() == LISTS["about"].meanings[About.INTENT].definition
    assert "id_about_definition" in (page.get_attribute("#id_about", "aria-describedby") or "")
    assert LISTS["harm-check"].meanings["none"].definition in page.inner_text("#id_harm_check")
    assert complaints == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_keys_lead_and_save(browser, live_server):
    claim = make_claim()
    page = open_desk(browser, live_server, make_user())
    page.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")

    page.fill("#id_unknowns", "Who counted? gc/?")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/admin/claims/claim/")
    page.keyboard.press("/")
    focused = page.evaluate("document.activeElement.id")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_url("**/admin/help/")

    assert focused == "searchbar"
    assert Claim.objects.get().unknowns == "Who counted? gc/?"
    assert serious(page) == []
    page.context.close()


def test_help_has_the_keys_of_the_sheet_as_the_sheet_tells_them():
    page = signed_in(make_user()).get(reverse("desk:help")).content.decode()
    keys = render_to_string("admin/desk/_sheet_key_tables.html")

    assert keys.strip() in page
    assert "<kbd>F8</kbd>" in keys

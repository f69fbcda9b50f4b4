"""Role × model × verb × stage at the desk: all that is registered, asked by real requests."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import URLPattern, reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from claims import workflow
from claims.embargoes import set_embargo
from claims.importing.uploads import carry_out, keep_upload
from claims.models import Claim, Embargo, ImportedRow
from claims.services.desk_work import save_filter
from claims.services.reports import receive
from claims.steps import STEPS
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision, Mention, Publication
from factcheck.partners.models import Delivery
from factcheck.partners.sending import put_in_line
from factcheck.urls import urlpatterns
from sources.capturing.requests import ask_for_copy
from sources.models import Capture, CaptureRequest, CaptureStamp
from sources.steps import SUBJECT_STEPS
from tests import factories
from tests.admin_pages import address, signed_in, values_of
from tests.claims.role_matrix import CLAIMS, EVERYBODY, MODELS, NOBODY, PAGES, Model, Page, Roles
from tests.partners.hooks import make_webhook

pytestmark = pytest.mark.django_db

STANDARD = ("changelist", "add", "history", "delete", "change")
REGISTERED = {model._meta.label: model_admin for model, model_admin in admin.site._registry.items()}
WHO = sorted(EVERYBODY)


# What there is to be asked


def named_addresses() -> Iterator[str]:
    """All names of addresses of admin and desk that are not those of every registered model."""
    standard = {
        f"{model._meta.app_label}_{model._meta.model_name}_{page}"
        for model in admin.site._registry
        for page in STANDARD
    }
    for prefix, patterns in (("admin", admin.site.get_urls()), ("desk", desk_patterns())):
        for pattern in walk(patterns):
            # Two have no name: the old address of a row, which leads to its form, and what is at no
            # other address, which is 404 to staff.
            if pattern.name is not None and pattern.name not in standard:
                yield f"{prefix}:{pattern.name}"


def desk_patterns() -> list[Any]:
    [desk] = [one for one in urlpatterns if getattr(one, "namespace", None) == "desk"]
    return desk.url_patterns


def walk(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from walk(pattern.url_patterns)


def test_every_registered_model_has_a_row() -> None:
    missing = REGISTERED.keys() - MODELS.keys()

    assert not missing, "\n".join(
        f'Add to MODELS in tests/claims/role_matrix.py: "{label}": Model(add, change, delete),'
        for label in sorted(missing)
    )
    assert MODELS.keys() == REGISTERED.keys()


def test_every_address_has_a_row() -> None:
    missing = set(named_addresses()) - PAGES.keys()

    assert not missing, "\n".join(
        f'Add to PAGES in tests/claims/role_matrix.py: "{name}": Page(get=…, post=…),'
        for name in sorted(missing)
    )
    assert PAGES.keys() == set(named_addresses())


@pytest.mark.parametrize("pattern", list(walk(desk_patterns())), ids=lambda one: one.name)
def test_every_page_of_the_desk_has_a_name(pattern: URLPattern) -> None:
    assert pattern.name, f"{pattern.pattern} has no name, so that no row can be asked of it"


# Who asks


class People:
    """One person a role, each with a browser."""

    def __init__(self) -> None:
        users = {role.value: factories.make_user(role) for role in Role}
        users["nobody"] = User.objects.create_user("nobody", is_staff=True)
        users["superuser"] = User.objects.create_superuser("superuser")
        self.users = users
        self.clients = {name: signed_in(user) for name, user in users.items()}
        self.clients["anonymous"] = Client()

    def allowed(self, ask: Callable[[Client], HttpResponse]) -> Roles:
        """The roles that were not refused. Whatever asking has changed is undone again."""
        return frozenset(name for name in WHO if is_allowed(self.undone(name, ask)))

    def undone(self, name: str, ask: Callable[[Client], HttpResponse]) -> HttpResponse:
        browser = self.clients[name]
        cookies = {key: morsel.value for key, morsel in browser.cookies.items()}
        with transaction.atomic():
            response = ask(browser)
            transaction.set_rollback(True)
        browser.cookies.clear()
        browser.cookies.load(cookies)
        return response


def is_allowed(response: HttpResponse) -> bool:
    """Whether the answer is another than: sign in first, not allowed, no such page, not this way.

    A form that is shown again, or a conflict, comes after the question who may.
    """
    assert response.status_code < 500
    to_login = response.status_code == 302 and response["Location"].startswith("/admin/login/")
    return not to_login and response.status_code not in (403, 404, 405)


@pytest.fixture
def people() -> People:
    return People()


# Rows to ask about


def imported_row() -> ImportedRow:
    claim = factories.make_claim()
    return ImportedRow.objects.create(
        collection="synthetic",
        key="1",
        kind="claim",
        object_id=claim.public_id,
        row_sha256="0" * 64,
        edit_number=0,
        created_by=factories.somebody(),
    )


def published(model: Any) -> Any:
    factories.make_published_claim()
    return model.objects.first()


ROWS: dict[str, Callable[[], Any]] = {
    "auth.User": lambda: factories.make_user(Role.REPORTER),
    "auth.Group": lambda: Group.objects.first(),
    "axes.AccessAttempt": lambda: AccessAttempt.objects.create(
        username="synthetic", ip_address="192.0.2.1", failures_since_start=5
    ),
    "ledger.Publication": lambda: published(Publication),
    "ledger.Decision": lambda: published(Decision),
    "ledger.Mention": lambda: published(Mention),
    "sources.Passage": factories.make_passage,
    "sources.Actor": factories.make_actor,
    "sources.Capture": factories.make_capture,
    "sources.CaptureRequest": lambda: wish(),
    "sources.Document": factories.make_document,
    "sources.Source": factories.make_source,
    "claims.Claim": lambda: factories.make_imported_review(factories.make_ready_claim()).claim,
    "claims.Event": factories.make_event,
    "claims.ImportedReview": factories.make_imported_review,
    "claims.ImportedRow": imported_row,
    "claims.Report": lambda: receive(kind="error", text="Synthetic.", by=factories.make_user()),
    "claims.Topic": factories.make_topic,
    "partners.ApiKey": lambda: factories.make_key()[0],
    "partners.Webhook": lambda: make_webhook()[0],
    "partners.Delivery": lambda: waiting_notice(),
    "procrastinate.ProcrastinateJob": lambda: planned_job(),
}


def waiting_notice() -> Delivery:
    make_webhook()
    factories.make_published_claim()
    put_in_line()
    return Delivery.objects.first()


def planned_job() -> ProcrastinateJob:
    key = app.configure_task("claims.publish_due").defer(timestamp=0)
    return ProcrastinateJob.objects.get(pk=key)


def revised() -> Claim:
    return workflow.revise(factories.make_published_claim(), by=factories.make_user(Role.REPORTER))


def in_review() -> Claim:
    claim = factories.make_ready_claim()
    return workflow.submit(claim, by=factories.make_user(Role.REPORTER))


CLAIMS_AT: dict[str, Callable[[], Claim]] = {
    "draft": factories.make_ready_claim,
    "in review": in_review,
    "approved": factories.make_approved_claim,
    "live": factories.make_published_claim,
    "revised": revised,
    "suspended": lambda: factories.withhold(factories.make_published_claim(), "suspend"),
    "retracted": lambda: factories.withhold(factories.make_published_claim(), "retract"),
}


def row_of(label: str) -> Any:
    assert label in ROWS, f'Add to ROWS in {__name__}: "{label}": a factory of one row,'
    return ROWS[label]()


# Asking: each model


def change(row: Any) -> Callable[[Client], HttpResponse]:
    """Send the row's form as it is opened; who is shown none sends an empty one."""

    def ask(browser: Client) -> HttpResponse:
        opened = browser.get(address(row))
        values = (
            values_of(opened, f"{row._meta.model_name}_form") if opened.status_code == 200 else {}
        )
        return browser.post(address(row), values)

    return ask


def delete(row: Any) -> Callable[[Client], HttpResponse]:
    values = {"post": "yes", "edit_number": str(getattr(row, "edit_number", 0))}
    return lambda browser: browser.post(address(row, "delete"), values)


def list_of(row: Any, page: str = "changelist") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}")


def assert_row(people: People, row: Any, expected: dict[str, Roles], *, at: str = "") -> None:
    """What depends on the row itself."""
    asked = {
        "view": lambda browser: browser.get(address(row)),
        "change": change(row),
        "delete": delete(row),
    }
    found = {verb: people.allowed(ask) for verb, ask in asked.items()}

    assert found == {verb: expected[verb] for verb in asked}, f"{row._meta.label} {at}"


def assert_table(people: People, row: Any, expected: dict[str, Roles]) -> None:
    """What is the same for all rows."""
    asked = {
        "list": lambda browser: browser.get(list_of(row)),
        "history": lambda browser: browser.get(address(row, "history")),
        "old address": lambda browser: browser.get(address(row).removesuffix("change/")),
        "add": lambda browser: browser.get(list_of(row, "add")),
        "add by post": lambda browser: browser.post(list_of(row, "add"), {}),
        "delete page": lambda browser: browser.get(address(row, "delete")),
    }
    found = {verb: people.allowed(ask) for verb, ask in asked.items()}

    assert found == {
        "list": expected["view"],
        "history": expected["view"],
        # Leads everybody of the desk to the form, which asks again.
        "old address": EVERYBODY - {"anonymous"},
        "add": expected["add"],
        "add by post": expected["add"],
        "delete page": expected["delete"],
    }, row._meta.label


def verbs_of(model: Model) -> dict[str, Roles]:
    return {verb: getattr(model, verb) for verb in ("view", "add", "change", "delete")}


@pytest.mark.parametrize("label", sorted(REGISTERED))
def test_each_verb_of_a_model_is_for_the_roles_of_its_row(label: str, people: People) -> None:
    row, expected = row_of(label), verbs_of(MODELS[label])

    assert_row(people, row, expected)
    assert_table(people, row, expected)


@pytest.mark.parametrize("at", CLAIMS)
def test_each_verb_of_a_claim_is_so_at_its_stage(at: str, people: People) -> None:
    assert CLAIMS.keys() == CLAIMS_AT.keys()

    assert_row(people, CLAIMS_AT[at](), verbs_of(MODELS["claims.Claim"]) | CLAIMS[at], at=at)


def autocomplete_of(model: Any) -> dict[str, str] | None:
    """How to ask for rows of the model, by some foreign key to it; None where nothing has one."""
    for source in apps.get_models():
        for one in source._meta.get_fields():
            if one.concrete and one.is_relation and one.related_model is model:
                return {
                    "app_label": source._meta.app_label,
                    "model_name": source._meta.model_name,
                    "field_name": one.name,
                    "term": "",
                }
    return None


@pytest.mark.parametrize("label", sorted(REGISTERED))
def test_autocomplete_finds_rows_for_who_may_see_them(label: str, people: People) -> None:
    query = autocomplete_of(apps.get_model(label))
    if query is None:
        return

    found = people.allowed(lambda browser: browser.get("/admin/autocomplete/", query))

    expected = MODELS[label].view if REGISTERED[label].search_fields else NOBODY
    assert found == expected


@pytest.mark.parametrize("label", sorted(REGISTERED))
def test_each_action_is_offered_to_its_roles_and_obeys_nobody_else(
    label: str, people: People
) -> None:
    row, expected = row_of(label), MODELS[label].actions

    offered: dict[str, set[str]] = {}
    for name in WHO:
        response = people.clients[name].get(list_of(row))
        form = response.context.get("action_form") if response.status_code == 200 else None
        for action, _ in form.fields["action"].choices if form else []:
            offered.setdefault(action, set()).add(name)
    offered.pop("", None)
    unknown = offered.keys() - expected.keys()
    assert not unknown, f'Add to "{label}" in MODELS: actions={{"{min(unknown)}": …}}'
    assert offered == {action: set(allowed) for action, allowed in expected.items()}

    declared = {getattr(one, "__name__", one) for one in REGISTERED[label].actions or ()} | {
        "delete_selected"
    }
    for action in declared | expected.keys():
        chosen = {"action": action, "_selected_action": str(row.pk), "post": "yes"}
        for name in EVERYBODY - expected.get(action, NOBODY):
            people.clients[name].post(list_of(row), chosen)
            assert type(row).objects.filter(pk=row.pk).exists(), f"{name}: {action}"


@pytest.mark.parametrize("label", sorted(REGISTERED))
def test_each_inline_gives_each_verb_to_its_roles(label: str, people: People) -> None:
    inlines = {one.model._meta.label for one in REGISTERED[label].inlines}
    missing = inlines - MODELS[label].inlines.keys()
    assert not missing, f'Add to "{label}" in MODELS: inlines={{"{min(missing)}": ENTERED}}'
    row = row_of(label)

    found: dict[str, dict[str, set[str]]] = {
        inline: {verb: set() for verb in ("view", "add", "change", "delete")} for inline in inlines
    }
    for name in WHO:
        response = people.clients[name].get(address(row))
        if response.status_code != 200:
            continue
        for formset in response.context["inline_admin_formsets"]:
            for verb, names in found[formset.opts.model._meta.label].items():
                if getattr(formset, f"has_{verb}_permission"):
                    names.add(name)

    assert found == {
        inline: {verb: set(getattr(given, verb)) for verb in ("view", "add", "change", "delete")}
        for inline, given in MODELS[label].inlines.items()
    }


# Asking: all other addresses


@pytest.fixture
def things(people: People) -> dict[str, Any]:
    return make_things(people.users["reporter"])


def make_things(account: User) -> dict[str, Any]:
    """What the arguments in PAGES stand for."""
    return {
        "account": account,
        "actor": factories.make_actor(),
        "capture": (capture := factories.make_capture()),
        "other capture": factories.make_capture(capture.document, text="Other words."),
        "stamped capture": stamped_capture(),
        "wish": row_of("sources.CaptureRequest"),
        "job": planned_job(),
        "api key": factories.make_key()[0],
        "document": factories.make_document(),
        "other document": factories.make_document(),
        "draft": factories.make_ready_claim(),
        "delivery": (delivery := waiting_notice()),
        "dry run": carry_out(keep_upload(name="a.csv", content=b"key", by=factories.make_user())),
        "embargo": (embargo := planned_embargo()),
        "embargoed claim": embargo.claim,
        "event": factories.make_event(),
        "live claim": factories.make_published_claim(),
        "report": row_of("claims.Report"),
        "shared filter": save_filter(
            name="Synthetic", query="about=toll", is_shared=True, by=factories.make_user()
        ),
        "source": factories.make_source(),
        "webhook": delivery.webhook,
        "type": ContentType.objects.get_for_model(Claim),
    }


def stamped_capture() -> Capture:
    capture = factories.make_capture()
    CaptureStamp.objects.create(
        capture=capture,
        authority="http://clock.example/",
        stamped_at=timezone.now(),
        token=b"Synthetic.",
        created_by=factories.somebody(),
    )
    return capture


def wish() -> CaptureRequest:
    document = factories.make_document(url="http://news.example/boats")
    return ask_for_copy(document, by=factories.somebody())


def planned_embargo() -> Embargo:
    claim = factories.make_approved_claim()
    soon = timezone.now() + timedelta(hours=1)
    editor = factories.make_user(Role.EDITOR)
    return set_embargo(claim, action="publish", publish_at=soon, by=editor)


def asked_with(page: Page, things: dict[str, Any]) -> dict[str, str]:
    data = {
        name: getattr(things[value], "public_id", things[value].pk) if value in things else value
        for name, value in page.data.items()
    }
    return data | opened_at(things[page.row]) if page.row else data


def opened_at(row: Any) -> dict[str, str]:
    """What the form of a step says of the row that it was opened for."""
    return {"edit_number": str(row.edit_number), "opened_stage": getattr(row, "stage", "")}


@pytest.mark.parametrize("name", PAGES)
def test_each_address_answers_the_roles_of_its_row(
    name: str, people: People, things: dict[str, Any]
) -> None:
    page = PAGES[name]
    arguments = [things[one].pk if one in things else one for one in page.arguments]
    url, data = reverse(name, args=arguments), asked_with(page, things)

    found = {
        "get": people.allowed(lambda browser: browser.get(url, page.data)),
        "post": people.allowed(
            lambda browser: browser.post(
                url,
                data if page.json is None else page.json,
                content_type=MULTIPART_CONTENT if page.json is None else "application/json",
            )
        ),
    }

    assert found == {"get": page.get, "post": page.post}


# Steps

WITHOUT_ROLE = ("superuser", "nobody", "anonymous")


def assert_no_step_opens(people: People, row: Any, actions: Iterable[str], successor: Any) -> None:
    before = Decision.objects.count()
    form = opened_at(row) | {"note": "Synthetic note.", "successor": successor.public_id}

    for who in WITHOUT_ROLE:
        for action in actions:
            response = people.undone(
                who,
                lambda browser, action=action: browser.post(address(row, "step", action), form),
            )
            assert not is_allowed(response), f"{who}: {action}"

    assert Decision.objects.count() == before


@pytest.mark.parametrize("at", CLAIMS)
def test_no_step_of_a_claim_opens_to_who_has_no_role(at: str, people: People) -> None:
    assert_no_step_opens(people, CLAIMS_AT[at](), STEPS, factories.make_claim())


@pytest.mark.parametrize("label", ["sources.Actor", "sources.Source", "claims.Event"])
def test_no_step_of_a_subject_opens_to_who_has_no_role(label: str, people: People) -> None:
    assert_no_step_opens(people, row_of(label), SUBJECT_STEPS, row_of(label))

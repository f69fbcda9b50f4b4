"""Reading and filling in the admin's forms as a browser does, hidden inputs included."""

import time
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from qsessions.backends.db import SessionStore

from factcheck.signing_in.middleware import SEEN, SINCE

Values = dict[str, Any]


class FormReader(HTMLParser):
    """What a browser would send for one form of a page."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.values: dict[str, list[str]] = {}
        self.select = self.textarea = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        elif not self.inside:
            return
        elif tag == "input" and name and given.get("type") not in ("submit", "file"):
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.add(name, given.get("value") or ("on" if is_box else ""))
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, [])
        elif tag == "option" and self.select and "selected" in given:
            self.add(self.select, given.get("value") or "")
        elif tag == "textarea":
            self.textarea, self.text = name, ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.textarea:
            # The line break after the start tag is the template's, not the text's.
            self.add(self.textarea, self.text.removeprefix("\n"))
            self.textarea = ""

    def add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


def values_of(response: HttpResponse, form_id: str) -> Values:
    """The names and values that the form would send untouched, without its empty rows."""
    reader = FormReader(form_id)
    reader.feed(response.content.decode())
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in reader.values.items()
        if "__prefix__" not in name
    }


def signed_in(user: User, **options: Any) -> Client:
    """A browser in which the person has signed in with both factors, a moment ago. `options` go to
    Django's client.
    """
    # Known as whoever asks with Django's client is, so that the first request has nothing to mend.
    store = SessionStore(user_agent="", ip="127.0.0.1")
    device, _ = TOTPDevice.objects.get_or_create(user=user, defaults={"name": "Synthetic"})
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[DEVICE_ID_SESSION_KEY] = device.persistent_id
    store[SINCE] = store[SEEN] = int(time.time())
    store.save()
    client = Client(**options)
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def address(row: Model, page: str = "change", *args: Any) -> str:
    """The address of one of a row's admin pages."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
    return reverse(name, args=[row.pk, *args])


def open_form(client: Client, row: Model) -> Values:
    """What the row's form would send as it was opened."""
    response = client.get(address(row))
    assert response.status_code == 200
    return values_of(response, f"{row._meta.model_name}_form")


def add_row(values: Values, prefix: str, **row: Any) -> Values:
    """The values with one more row in an inline."""
    number = int(values[f"{prefix}-TOTAL_FORMS"])
    return {
        **values,
        f"{prefix}-TOTAL_FORMS": str(number + 1),
        **{f"{prefix}-{number}-{name}": value for name, value in row.items()},
    }


def errors_of(response: HttpResponse) -> str:
    """All error messages of a form that is shown again, as one text."""
    context: Any = response.context
    return " ".join(str(message) for message in context["errors"])


def opened_at(values: Values) -> Values:
    """The hidden inputs alone, as the buttons of steps send them."""
    return {name: values[name] for name in ("edit_number", "opened_stage") if name in values}

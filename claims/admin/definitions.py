"""What the codes mean, where they are chosen: the methodology's definitions, field by field."""

import functools
import hashlib
from typing import Any

import orjson
from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.vocabulary import LISTS, CodeList
from factcheck.common.admin.fields import name_of_field

ROOMS = ("claims", "sources")


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """The definitions as JSON: `fields` says which of the `lists` a field chooses from."""
    body = definitions_bytes()
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


@functools.cache
def definitions_bytes() -> bytes:
    """They change with the code alone, so they are written once."""
    fields = {
        name_of_field(field): codes.name
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.fields
        if (codes := list_of(field)) is not None
    }
    fields["claims.claim.harm_check"] = "harm-check"
    lists = {
        name: {str(code): meaning.definition for code, meaning in LISTS[name].meanings.items()}
        for name in sorted(set(fields.values()))
    }
    return orjson.dumps({"fields": fields, "lists": lists})


def list_of(field: "models.Field[Any, Any]") -> CodeList | None:
    """The list of codes that the field chooses from; None where it chooses from none."""
    if not field.choices:
        return None
    given = [str(code) for code, _ in field.flatchoices if code not in ("", None)]
    for codes in LISTS.values():
        if given == [str(choice.value) for choice in codes.choices]:
            return codes
    return None

"""The article sheet: a page, and behind it data in and out as JSON."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from claims.models import Claim
from claims.sheet.opened import Sheet
from claims.sheet.whole import sheet_as_data
from sources.models import Document

SEES = ("sources.view_document", "claims.view_claim")
DATA_ADDRESSES = ("data",)


@require_GET
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, with all of its data in it."""
    sheet = opened(request, pk)
    context = {
        **admin.site.each_context(request),
        "title": f"Article sheet: {sheet.document}",
        "document": sheet.document,
        "bootstrap": {
            **sheet_as_data(sheet),
            "urls": addresses_of(sheet),
            "csrf": get_token(request),
        },
    }
    return TemplateResponse(request, "admin/desk/sheet.html", context)


@require_GET
def sheet_data(request: HttpRequest, pk: int) -> HttpResponse:
    """The same data anew."""
    return JsonResponse(sheet_as_data(opened(request, pk)))


def opened(request: HttpRequest, pk: int) -> Sheet:
    """The sheet of a document, for who may see documents and claims."""
    by: Any = request.user
    if not by.has_perms(SEES):
        raise PermissionDenied
    document = Document.objects.select_related("source", "author", "hop_of").filter(pk=pk).first()
    if document is None:
        raise Http404
    return Sheet(document, by, address=mending_address)


def addresses_of(sheet: Sheet) -> dict[str, str]:
    """Where the page sends and asks for what."""
    own = {name: reverse(f"desk:sheet_{name}", args=[sheet.document.pk]) for name in DATA_ADDRESSES}
    form = reverse("admin:sources_document_change", args=[sheet.document.pk])
    return {**own, "document_form": form}


def mending_address(claim: Claim, field: str) -> str:
    """The claim's form, or the place in it that mends a field."""
    form = reverse("admin:claims_claim_change", args=[claim.pk])
    if not field:
        return form
    claims: Any = admin.site.get_model_admin(Claim)
    in_rows = claims.inline_fields()
    return f"{form}#{field}-group" if field in in_rows else f"{form}#id_{field}"

"""The article sheet: a page, and behind it data in and out as JSON."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from claims.admin.json_views import Post, answers_json, posted, posted_rows
from claims.admin.panel.readiness import anchor_of
from claims.models import Claim
from claims.sheet.anchoring import reanchor
from claims.sheet.cells import occurrence, ranges, words
from claims.sheet.chain import StaleDocument, document_as_data, set_on_document
from claims.sheet.conflicts import Stale
from claims.sheet.creating import CREATED, AlreadyThere, create
from claims.sheet.drafting import proposals_for, reject
from claims.sheet.naming import find, named_kind
from claims.sheet.offers import defaults_of
from claims.sheet.opened import MAX_ROWS, Sheet
from claims.sheet.placing import (
    Places,
    hits_of,
    located,
    places_of_ranges,
    places_of_words,
)
from claims.sheet.problems import Problem, Refused, refused_input
from claims.sheet.reading import Data, rows_as_data
from claims.sheet.saving import save_rows
from claims.sheet.stepping import take_step
from claims.sheet.whole import sheet_as_data
from factcheck.common.errors import InvalidInput
from sources.models import Document

SEES = ("sources.view_document", "claims.view_claim")
ADDRESSES = (
    *("data", "rows", "steps", "locate", "reanchor", "document", "create"),
    *("propose", "reject"),
)


# What is shown


@require_GET
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, with all of its data in it."""
    sheet = opened(request, pk)
    context = {
        **admin.site.each_context(request),
        "title": f"Article sheet: {sheet.document}",
        "document": sheet.document,
        "opts": sheet.document._meta,
        "has_text": bool(sheet.text),
        "bootstrap": {
            **sheet_as_data(sheet),
            "urls": addresses_of(sheet),
            "csrf": get_token(request),
        },
    }
    return TemplateResponse(request, "admin/desk/sheet.html", context)


@answers_json(method="GET")
def sheet_data(request: HttpRequest, pk: int) -> HttpResponse:
    """The same data anew."""
    return JsonResponse(sheet_as_data(opened(request, pk)))


@answers_json(method="GET")
def sheet_find(request: HttpRequest) -> HttpResponse:
    """What a cell may refer to, by a part of its name."""
    kind = request.GET.get("kind", "")
    meta = named_kind(kind).model._meta
    user: Any = request.user
    if not user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        raise PermissionDenied
    return JsonResponse({"results": find(kind, request.GET.get("q", ""))})


# What is done


@answers_json(method="POST")
def sheet_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Save rows, each for itself."""
    sheet = opened(request, pk)
    _, rows = posted_rows(request, limit=MAX_ROWS)
    if not all(sheet.may_change if is_known(row) else sheet.may_add for row in rows):
        raise PermissionDenied
    return JsonResponse({"rows": save_rows(sheet, rows)})


@answers_json(method="POST")
def sheet_steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step with many rows, each for itself. Whether the person may, the workflow says."""
    sheet = opened(request, pk)
    given, rows = posted_rows(request, limit=MAX_ROWS)
    answers = take_step(sheet, given.get("action"), rows, note=given.get("note", ""))
    return JsonResponse({"rows": answers})


@answers_json(method="POST")
def sheet_locate(request: HttpRequest, pk: int) -> HttpResponse:
    """Where words stand, or which words a selection has. Changes nothing."""
    sheet = opened(request, pk)
    given = posted(request)
    try:
        places = places_in(sheet, given)
    except Refused as refused:
        told: Data = {"errors": [problem.as_data() for problem in refused.problems]}
        hits = hits_of(sheet, given["quote"]) if isinstance(given.get("quote"), str) else []
        return JsonResponse({**told, "hits": hits} if len(hits) > 1 else told, status=422)
    return JsonResponse(located(sheet, places))


@answers_json(method="POST")
def sheet_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the text, and say which claims it may hold. Changes nothing."""
    return JsonResponse(proposals_for(opened_to_add(request, pk)))


@answers_json(method="POST")
def sheet_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a proposal stay away from this sheet, or come back."""
    sheet = opened_to_add(request, pk)
    reject(sheet, posted(request))
    return JsonResponse({})


@answers_json(method="POST")
def sheet_reanchor(request: HttpRequest, pk: int) -> HttpResponse:
    """Point an orphaned quote at where its words stand now."""
    sheet = opened(request, pk)
    if not sheet.may_change:
        raise PermissionDenied
    given = posted(request)
    try:
        claim = reanchor(sheet, given, places_in(sheet, given))
    except Refused as refused:
        return refused_as_data(refused)
    except Stale as stale:
        [row] = rows_as_data(sheet, [stale.claim])
        return JsonResponse({"conflict": {**stale.as_data(), "row": row}}, status=409)
    [row] = rows_as_data(sheet, [claim])
    return JsonResponse({"row": row})


@answers_json(method="POST")
def sheet_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Set on the document what all claims of the sheet inherit."""
    sheet = opened(request, pk)
    if not sheet.by.has_perm("sources.change_document"):
        raise PermissionDenied
    try:
        changed = set_on_document(sheet, posted(request))
    except Refused as refused:
        return refused_as_data(refused)
    except StaleDocument as stale:
        now = document_as_data(opened(request, pk).document)
        conflict = {"sentence": str(stale), "fields": stale.fields, "document": now}
        return JsonResponse({"conflict": conflict}, status=409)
    now_open = opened(request, pk)
    return JsonResponse(
        {
            "document": document_as_data(now_open.document),
            "defaults": defaults_of(now_open).as_data(),
            "rows": rows_as_data(now_open, changed),
        }
    )


@answers_json(method="POST")
def sheet_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter who or what a row refers to, unless something like it is there already."""
    sheet = opened(request, pk)
    given = posted(request)
    kind = given.get("kind")
    if kind not in CREATED:
        raise InvalidInput(f"Give as kind one of {', '.join(CREATED)}.")
    meta = named_kind(kind).model._meta
    if not sheet.by.has_perm(f"{meta.app_label}.add_{meta.model_name}"):
        raise PermissionDenied
    try:
        places = places_in(sheet, given) if given.get("quote") or given.get("ranges") else []
        return JsonResponse(create(sheet, given, places), status=201)
    except AlreadyThere as there:
        return JsonResponse({"similar": there.found}, status=409)
    except Refused as refused:
        return refused_as_data(refused)
    except InvalidInput as error:
        return refused_as_data(refused_at_its_cells(error))


# Reading


def opened(request: HttpRequest, pk: int) -> Sheet:
    """The sheet of a document, for who may see documents and claims."""
    by: Any = request.user
    if not by.has_perms(SEES):
        raise PermissionDenied
    document = Document.objects.select_related("source", "author", "hop_of").filter(pk=pk).first()
    if document is None:
        raise Http404
    return Sheet(document, by, address=mending_address)


def opened_to_add(request: HttpRequest, pk: int) -> Sheet:
    """The same, for who may enter new rows."""
    sheet = opened(request, pk)
    if not sheet.may_add:
        raise PermissionDenied
    return sheet


def places_in(sheet: Sheet, given: Post) -> Places:
    """The places that are posted as words, as ranges or as one range. Raises Refused."""
    try:
        if "start" in given or "end" in given:
            one = [given.get("start"), given.get("end")]
            return places_of_ranges(sheet, ranges("ranges", [one]))
        if given.get("ranges"):
            return places_of_ranges(sheet, ranges("ranges", given["ranges"]))
        nth = occurrence("occurrence", given.get("occurrence"))
        return places_of_words(sheet, words("quote", given.get("quote")), occurrence=nth)
    except InvalidInput as error:
        raise refused_at_its_cells(error) from error


def is_known(row: Any) -> bool:
    """Whether a posted row is one that is there already."""
    return isinstance(row, dict) and row.get("id") is not None


# Answering


def refused_at_its_cells(error: InvalidInput) -> Refused:
    """The refusal, at the names that it gives."""
    if not error.errors:
        return refused_input("", error)
    return Refused(Problem(one.pointer, one.message) for one in error.errors)


def refused_as_data(refused: Refused) -> JsonResponse:
    """Why nothing was done, cell by cell."""
    return JsonResponse({"errors": [one.as_data() for one in refused.problems]}, status=422)


def addresses_of(sheet: Sheet) -> dict[str, str]:
    """Where the page sends and asks for what."""
    own = {name: reverse(f"desk:sheet_{name}", args=[sheet.document.pk]) for name in ADDRESSES}
    asked = {"find": reverse("desk:sheet_find"), "similar": reverse("desk:similar")}
    return {**own, **asked}


def mending_address(claim: Claim, field: str) -> str:
    """The claim's form, or the place in it that mends a field."""
    form = reverse("admin:claims_claim_change", args=[claim.pk])
    if not field:
        return form
    claims: Any = admin.site.get_model_admin(Claim)
    return f"{form}#{anchor_of(field, claims.in_rows())}"

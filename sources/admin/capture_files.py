"""What the desk may do with the bytes and texts of captures: take them home, and compare them."""

from typing import Any

from django.contrib.admin.sites import site
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from sources.capturing.differing import differences
from sources.models import Capture

# Whatever the bytes are, no browser shows them as a page of ours: they are a file to be saved, and
# were they opened after all, they may run nothing and know nothing of who is signed in.
GUARDED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}
ENDINGS = {
    "text/plain": "txt",
    "text/html": "html",
    "multipart/related": "mhtml",
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
may_see = permission_required("sources.view_capture", raise_exception=True)


@require_safe
@may_see
def capture_file(request: HttpRequest, object_id: str) -> HttpResponse:
    """The bytes as we keep them, as a file to be saved."""
    capture = held(object_id)
    ending = "warc.gz" if capture.is_warc else ENDINGS.get(capture.media_type, "bin")
    return to_be_saved(bytes(capture.content), f"{capture.public_id}.{ending}")


@require_safe
@may_see
def capture_stamp(request: HttpRequest, object_id: str) -> HttpResponse:
    """The answer of the time-stamping authority, as `openssl ts -verify` takes it."""
    capture = get_object_or_404(Capture.objects.defer("content", "text"), pk=key(object_id))
    stamp = getattr(capture, "stamp", None)
    if stamp is None:
        raise Http404
    return to_be_saved(bytes(stamp.token), f"{capture.public_id}.tsr")


@require_safe
@may_see
def capture_changes(request: HttpRequest, object_id: str, other_id: str) -> HttpResponse:
    """What has changed between the texts of two captures of one document, the older one first."""
    pair = [held(object_id), held(other_id)]
    if pair[0].document_id != pair[1].document_id or pair[0] == pair[1]:
        raise Http404
    before, after = sorted(pair, key=lambda one: (one.captured_at, one.pk))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "What has changed between two copies",
        "document": before.document,
        "opts": Capture._meta,
        "before": before,
        "after": after,
        "paragraphs": differences(before.text, after.text),
    }
    return TemplateResponse(request, "admin/sources/capture/changes.html", context)


def held(object_id: str) -> Capture:
    """The capture, if its bytes are still there. Raises Http404."""
    rows = Capture.objects.select_related("document").filter(erased_at=None)
    return get_object_or_404(rows, pk=key(object_id))


def key(object_id: str) -> int:
    """The primary key that an address names. Raises Http404."""
    if not (object_id.isascii() and object_id.isdigit() and len(object_id) < 19):
        raise Http404
    return int(object_id)


def to_be_saved(content: bytes, name: str) -> HttpResponse:
    """The bytes as a file, of no type that a browser shows."""
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={**GUARDED, "Content-Disposition": f'attachment; filename="{name}"'},
    )

"""Bringing a file to the desk: its dry run row by row, then the import, or the rejects to mend."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.sites import site
from django.contrib.auth.decorators import permission_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.importing.columns import COLUMNS, template_rows
from claims.importing.reading import MAX_FILE
from claims.importing.report import Reject
from claims.importing.spreadsheet import csv_text, rejects_csv
from claims.importing.uploads import ask_for_import, keep_upload
from claims.models import ImportRun
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import FactcheckError
from sources.jobs import worker_runs

RUNS_SHOWN = 50
REJECTS_SHOWN = 200
SECONDS_BETWEEN_LOOKS = "2"
may_import = permission_required("claims.add_upload", raise_exception=True)


class UploadForm(forms.Form):
    """A file to be imported."""

    file = forms.FileField(
        help_text="A .csv of claims, a .jsonl of everything, or a .zip with the .jsonl and the "
        "files that it names. It is checked first; nothing is written before you say so.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.jsonl,.ndjson,.zip"}),
    )


@require_safe
@may_import
def imports(request: HttpRequest, form: UploadForm | None = None) -> HttpResponse:
    """What was brought so far, and the form that takes another file."""
    runs = ImportRun.objects.select_related("upload", "created_by").defer(
        "upload__content", "report"
    )
    context = {
        **site.each_context(request),
        "title": "Imports",
        "form": form or UploadForm(),
        "runs": runs[:RUNS_SHOWN],
        "columns": COLUMNS.values(),
    }
    return render(request, "admin/desk/imports.html", context, status=422 if form else 200)


@require_safe
@may_import
def template(request: HttpRequest) -> HttpResponse:
    """The columns as a file to be filled in, with one row that shows how."""
    return csv_response(csv_text(template_rows()), name="claims-template.csv")


@require_POST
@may_import
def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file, and have its dry run carried out."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return again(request, form)
    file: UploadedFile = form.cleaned_data["file"]
    if (file.size or 0) > MAX_FILE:
        form.add_error("file", f"The file has more than {MAX_FILE:,} bytes: divide it.")
        return again(request, form)
    try:
        run = keep_upload(name=str(file.name), content=file.read(), by=person(request))
    except FactcheckError as error:
        form.add_error("file", sentences_of(error))
        return again(request, form)
    return redirect("desk:import", run.pk)


def again(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """The page again, with what is wrong with the file."""
    request.method = "GET"
    return imports(request, form)


@require_safe
@may_import
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, or what came of it, row by row."""
    run = get_object_or_404(
        ImportRun.objects.select_related("upload", "created_by").defer("upload__content"), pk=pk
    )
    rejected = run.report.get("rejected", [])
    context = {
        **site.each_context(request),
        "title": f"{'Dry run' if run.dry_run else 'Import'} of {run.upload}",
        "run": run,
        "report": run.report,
        "rejected": rejected[:REJECTS_SHOWN],
        "rejected_rows": len({one["row"] for one in rejected}),
        "not_shown": max(len(rejected) - REJECTS_SHOWN, 0),
        "news": sum(one["created"] + one["updated"] for one in run.report.get("kinds", [])),
        "no_worker": not run.is_over and not worker_runs(),
        "imported": run.upload.runs.filter(dry_run=False).exclude(state="failed").first(),
    }
    response = render(request, "admin/desk/import.html", context)
    if not run.is_over:
        # Works without a script, and stops by itself when there is nothing more to wait for.
        response["Refresh"] = SECONDS_BETWEEN_LOOKS
    return response


@require_POST
@may_import
def import_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the file of a dry run imported."""
    run = get_object_or_404(ImportRun.objects.select_related("upload"), pk=pk, dry_run=True)
    try:
        begun = ask_for_import(
            run.upload, leave_out_rejected="leave_out_rejected" in request.POST, by=person(request)
        )
    except FactcheckError as error:
        messages.error(request, error.message)
        return redirect("desk:import", run.pk)
    return redirect("desk:import", begun.pk)


@require_safe
@may_import
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows with their reasons, as a CSV file that is safe in a spreadsheet."""
    run = get_object_or_404(ImportRun.objects.select_related("upload"), pk=pk)
    rejected = [Reject(**one) for one in run.report.get("rejected", [])]
    return csv_response(rejects_csv(rejected), name=f"rejects-of-import-{run.pk}.csv")


def person(request: HttpRequest) -> Any:
    """Who is signed in; `may_import` has let nobody else through."""
    return request.user


def csv_response(text: str, *, name: str) -> HttpResponse:
    """A CSV file to be kept, with the mark by which spreadsheets know UTF-8."""
    return HttpResponse(
        "\ufeff" + text,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )

"""The desk's help: how an article becomes published claims, in the words of the screens."""

from django.contrib.admin.sites import site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.rules import RULES
from claims.steps import STEPS


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What a newcomer reads first, and everybody when a key escapes them."""
    context = {
        **site.each_context(request),
        "title": "Help",
        "steps": [step for step in STEPS.values() if not step.in_bulk],
        "rules": RULES,
    }
    return render(request, "admin/desk/help.html", context)

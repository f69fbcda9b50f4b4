"""What templates of the desk need beyond Django's own tags."""

import re

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.steps import STEPS
from sources.steps import SUBJECT_STEPS

# A sentence of ours names a claim by its public id.
_NAMED_CLAIM = re.compile(r"(?<=\bclaim )[0-9a-hjkmnp-tv-z]{10}\b")

register = template.Library()


@register.filter
def linked_claims(sentence: str) -> SafeString:
    """The sentence, with the claims that it names by public id as links into the desk."""
    parts: list[str] = []
    end = 0
    for found in _NAMED_CLAIM.finditer(sentence):
        address = f"{reverse('admin:claims_claim_changelist')}?q={found[0]}"
        parts += [
            sentence[end : found.start()],
            format_html('<a href="{}">{}</a>', address, found[0]),
        ]
        end = found.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, sentence[end:]]))


@register.filter
def step_words(action: str) -> str:
    """A step that was taken, as its button calls it."""
    step = STEPS.get(action) or SUBJECT_STEPS.get(action)
    return step.button if step else action.replace("_", " ").capitalize()

"""The form of a conflict page: the merged values, and for each conflict what the person decides."""

from collections.abc import Collection, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, QueryDict

from factcheck.common.admin.entered import REFUSAL, REOPENED
from factcheck.common.admin.merging import Merging

# The inputs of the page: which ones are in conflict, whose is taken, and what theirs would send.
CONFLICT, TAKE, THEIRS, REOPEN = "conflict", "take:", "theirs:", "_reopen"
# What a form that stands in a window of its own says of itself.
POPUP = ("_popup", "_to_field")

NOT_SAVED = (
    "Nothing is saved yet. This is the current version, with your changes on top, each of them "
    "marked. Save it when it is right."
)
CHOOSE = (
    "Nothing is saved yet: both of you have changed the same, and you have not chosen. Yours "
    "stands here, marked. Save it when it is right."
)


def inputs_of(
    merging: Merging, *, opened_at: Mapping[str, str], post: QueryDict
) -> Iterator[tuple[str, str]]:
    """The hidden inputs of the page: the merged form, and the other side of each conflict."""
    for name in merging.data:
        yield from ((name, str(value)) for value in merging.data.getlist(name))
    for choice in merging.choices:
        yield CONFLICT, choice.name
        for value in choice.theirs:
            yield f"{THEIRS}{choice.name}", value
    for name in POPUP:
        if name in post:
            yield name, str(post[name])
    yield from opened_at.items()


def take_decisions(request: HttpRequest) -> tuple[set[str], bool]:
    """Make what a conflict page has sent the form that it stands for.

    Returns the names of inputs in conflict that are not decided, and whether the person wants to go
    on in the form rather than to save.
    """
    if CONFLICT not in request.POST and REOPEN not in request.POST:
        return set(), False
    post = request.POST.copy()
    undecided = set()
    for name in post.pop(CONFLICT, []):
        taken, theirs = post.pop(f"{TAKE}{name}", [""])[-1], post.pop(f"{THEIRS}{name}", [])
        if taken == "theirs":
            post.setlist(name, theirs)
        elif taken != "mine":
            undecided.add(name)
        if not post.getlist(name):
            post.pop(name, None)  # An unticked box.
    wants_form = bool(post.pop(REOPEN, []))
    request.POST = post  # type: ignore[assignment]
    return undecided, wants_form


def reopen(request: HttpRequest, undecided: Collection[str], *, wants_form: bool) -> None:
    """Let the form be shown instead of saved, each change in it marked."""
    post = request.POST.copy()
    for name in filter(is_deletion, undecided):
        post.pop(name, None)  # Nobody deletes what nobody has decided to delete.
    request.POST = post  # type: ignore[assignment]
    request.META[REFUSAL] = ValidationError(NOT_SAVED if wants_form else CHOOSE)
    request.META[REOPENED] = undecided


def is_deletion(name: str) -> bool:
    """Whether the input is the box that deletes a row."""
    return name.endswith(f"-{DELETION_FIELD_NAME}")

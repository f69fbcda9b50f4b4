"""How a reader narrows the list of claims: the form, what is chosen, and counts that are links."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.choices import VerificationStatus
from claims.facets import Count, Facets
from claims.listing import CHECKED, NEWEST, REGISTER, RELEVANCE, SAID, Question
from claims.models import PublicEvent, PublicTopic
from claims.presentation.statuses import Status, attribution, verification
from claims.presentation.topics import told_in
from claims.presentation.words import day_words, label, number_words
from claims.public_search import Name
from factcheck.common.page_language import here
from sources.models import PublicActor, PublicSource

NAMED = {
    "claimant": PublicActor,
    "outlet": PublicSource,
    "source": PublicSource,
    "event": PublicEvent,
}
YES_OR_NO = ("checked", "has_figures")
STATUSES: dict[str, Callable[[str], Status]] = {
    "attribution_status": attribution,
    "verification_status": verification,
}


@dataclass(frozen=True)
class Chosen:
    """A filter in words, with the address of the list without it, and those of the words that are
    in a language of their own.
    """

    text: str
    without: str
    words: str = ""
    language: str = ""


@dataclass(frozen=True)
class Choice:
    """A value of a filter with the address of the list that has it, and how many claims that is;
    `language` is that of the text, where it is one of its own.
    """

    text: str
    address: str
    number: str
    status: Status | None = None
    language: str = ""


@dataclass(frozen=True)
class Group:
    """The values of one filter."""

    name: str
    title: str
    choices: list[Choice]


# The form


def form_fields(question: Question) -> list[dict[str, Any]]:
    """The selects of the form, each with what is chosen."""
    form = question.asked.filter.form
    selects = [
        {
            "name": name,
            "label": titles()[name],
            "options": [(code, in_words(name, code)) for code, words in choices if code],
            "chosen": question.filters.get(name, ""),
            "any": _("any"),
        }
        for name in ("attribution_status", "verification_status", "about", "kind")
        for choices in [form.fields[name].choices]
    ]
    sorts = {RELEVANCE: _("best match"), NEWEST: _("newest publication"), SAID: _("said last")}
    selects.append(
        {
            "name": "sort",
            "label": _("Order"),
            "options": [
                (code, words)
                for code, words in sorts.items()
                if code != RELEVANCE or question.search
            ],
            "chosen": question.parameters.get("sort", ""),
            "any": _("checked first"),
        }
    )
    return selects


def kept_in_form(question: Question) -> Iterator[tuple[str, str]]:
    """What the form sends along unseen."""
    shown = {"q", *(field["name"] for field in form_fields(question)), "page", "cursor", "as_of"}
    return ((name, value) for name, value in question.parameters.items() if name not in shown)


def titles() -> dict[str, str]:
    """What each filter asks."""
    return {
        "attribution_status": _("Did they say it?"),
        "verification_status": _("Is it so?"),
        # Not “about” a number.
        "about": pgettext("question", "About"),
        "kind": _("Kind"),
        "topic": _("Topic"),
        "claimant": _("Who said it"),
    }


def in_words(name: str, code: str) -> str:
    """A code of a filter in words."""
    if name in STATUSES:
        return STATUSES[name](code).label
    return label(code, name)


# What is chosen


def chosen(question: Question) -> list[Chosen]:
    """Every filter that is set, in words, each with the address of the list without it."""
    names = [*question.filters, *(["checked"] if question.checked else [])]
    return [
        chosen_one(name, question.parameters[name], here(question.without(name).address))
        for name in names
    ]


def chosen_one(name: str, value: str, without: str) -> Chosen:
    """A filter that is set."""
    words, language = value_in_words(name, value)
    return Chosen(chosen_words(name, value, words), without, words if language else "", language)


def chosen_words(name: str, value: str, words: str) -> str:
    """A filter as the end of a sentence that begins with “Only”; `words` are those of its value."""
    sentences = {
        "claimant": _("said by %(value)s"),
        "outlet": _("in the voice of %(value)s"),
        "source": _("read in %(value)s"),
        "event": _("about %(value)s"),
        "topic": _("on the topic: %(value)s"),
        "language": _("in this language: %(value)s"),
        "said_on_or_after": _("said on or after %(value)s"),
        "said_on_or_before": _("said on or before %(value)s"),
        "attribution_status": _("“Did they say it?” – %(value)s"),
        "verification_status": _("“Is it so?” – %(value)s"),
        "about": _("about this side of it: %(value)s"),
        "kind": _("of this kind: %(value)s"),
    }
    if name == "checked":
        return _("what was checked") if value == CHECKED else _("the register: not checked")
    if name == "has_figures":
        return _("with figures") if value == "true" else _("without figures")
    return sentences[name] % {"value": words}


def value_in_words(name: str, value: str) -> tuple[str, str]:
    """The value of a filter in words, by name where it is an id; and their language where it is one
    of their own: an event's title and a topic's name are words, names of others are names.
    """
    if name in NAMED:
        named = NAMED[name]._default_manager.using("public").filter(public_id=value).first()
        return (
            (named.name, settings.LANGUAGE_CODE if name == "event" else "")
            if named
            else (value, "")
        )
    if name == "topic":
        topic = PublicTopic.objects.using("public").filter(slugs__contains=[value]).first()
        told = told_in(topic.names) if topic else {"name": value, "language": ""}
        return told["name"], told["language"]
    if name.startswith("said_on"):
        return day_words(value), ""
    return (value if name in YES_OR_NO else in_words(name, value)), ""


# Counts


def groups_of(question: Question, facets: Facets) -> Iterator[Group]:
    """The filters that would narrow the list further."""
    yield from checked_group(question, facets)
    for name, title in titles().items():
        counts = facets.counts.get(name, [])
        is_told = all(count.claims == facets.total for count in counts)
        if name not in question.filters and not is_told:
            choices = [choice_of(question, name, count) for count in counts]
            yield Group(name, title, choices)


def checked_group(question: Question, facets: Facets) -> Iterator[Group]:
    """How many were checked, and how many are only recorded."""
    if question.checked or "verification_status" in question.filters:
        return
    counts = {count.value: count.claims for count in facets.counts.get("verification_status", [])}
    recorded = counts.get(VerificationStatus.UNCHECKED.value, 0)
    numbers = {CHECKED: facets.total - recorded, REGISTER: recorded}
    if all(numbers.values()):
        words = {CHECKED: _("Checked"), REGISTER: _("Recorded, not checked")}
        choices = [
            Choice(
                words[value],
                here(question.with_(checked=value).address),
                number_words(str(number)),
            )
            for value, number in numbers.items()
        ]
        yield Group("checked", _("Checked or recorded"), choices)


def choice_of(question: Question, name: str, count: Count) -> Choice:
    """One value of a filter as a link."""
    status = STATUSES[name](count.value) if name in STATUSES else None
    language = ""
    if name == "topic":
        told = told_in(count.names)
        text, language = told["name"], told["language"]
    elif name == "claimant":
        text = count.name
    else:
        text = in_words(name, count.value)
    address = here(question.with_(**{name: count.value}).address)
    return Choice(text, address, number_words(str(count.claims)), status, language)


def name_links(question: Question, names: list[Name], *, exact: bool) -> list[Choice]:
    """Those who are called so, or nearly so, as links to what they said."""
    return [
        Choice(
            name.name, here(question.without("q").with_(**{name.role: name.public_id}).address), ""
        )
        for name in names
        if name.is_exact == exact and question.filters.get(name.role) != name.public_id
    ]

"""Where actors, outlets and documents are looked for by what somebody typed at the desk: in lists,
in fields to choose from and on the article sheet.
"""

from django.db.models import Q

from factcheck.common.finding import Names, Places, at_address, having_words, spelt_like
from sources.models import Actor, ActorName, Document, Source, SourceAddress

ACTOR_NAMES = (Names(Actor), Names(ActorName, whose="actor_id"))
SOURCE_NAMES = (Names(Source),)
DOCUMENT_NAMES = (Names(Document, "title"),)


def actors_found(typed: str) -> Places:
    """By the words of names, by ids."""
    ids = Q(public_id=typed.lower()) | Q(wikidata_id=typed.upper())
    return [
        Actor.objects.filter(having_words(typed, "name")).values_list("pk"),
        ActorName.objects.filter(having_words(typed, "name")).values_list("actor_id"),
        Actor.objects.filter(ids).values_list("pk"),
    ]


def actors_nearly_found(typed: str) -> Places:
    """By names that are spelt nearly so."""
    return [
        Actor.objects.filter(spelt_like(typed, "name")).values_list("pk"),
        ActorName.objects.filter(spelt_like(typed, "name")).values_list("actor_id"),
    ]


def sources_found(typed: str) -> Places:
    """By the words of the name, by what lies at an address, by the id."""
    return [
        Source.objects.filter(having_words(typed, "name")).values_list("pk"),
        SourceAddress.objects.filter(at_address(typed, "url")).values_list("source_id"),
        Source.objects.filter(public_id=typed.lower()).values_list("pk"),
    ]


def sources_nearly_found(typed: str) -> Places:
    """By names that are spelt nearly so."""
    return [Source.objects.filter(spelt_like(typed, "name")).values_list("pk")]


def documents_found(typed: str) -> Places:
    """By the words of the title, by the address, by the id."""
    return [
        Document.objects.filter(having_words(typed, "title")).values_list("pk"),
        Document.objects.filter(at_address(typed, "url")).values_list("pk"),
        Document.objects.filter(public_id=typed.lower()).values_list("pk"),
    ]

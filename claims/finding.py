"""Where events and topics are looked for by what somebody typed; claims have `claims.search`."""

from django.db.models import Q

from claims.models import Event, Topic, TopicName
from factcheck.common.finding import Names, Places, having_words

EVENT_NAMES = (Names(Event, "title", words=("title", "place")),)
# Topics are few, and have no index of words.
TOPIC_NAMES = (Names(Topic), Names(TopicName, whose="topic_id"))


def events_found(typed: str) -> Places:
    """By the words of title and place, by the id."""
    return [
        Event.objects.filter(having_words(typed, "title", "place")).values_list("pk"),
        Event.objects.filter(public_id=typed.lower()).values_list("pk"),
    ]


def topics_found(typed: str) -> Places:
    """By a part of a name, by the id."""
    return [
        Topic.objects.filter(Q(name__icontains=typed) | Q(public_id=typed)).values_list("pk"),
        TopicName.objects.filter(name__icontains=typed).values_list("topic_id"),
    ]

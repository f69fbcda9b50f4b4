"""Where words come from: actors, sources and documents."""

from claims.vocabulary.entry import Chapter, CodeList, Meaning
from sources.choices import ActorKind, DocumentKind, NameForm, SourceKind

ACTOR_KIND = CodeList(
    name="actor-kind",
    title="Actors",
    question="What is it that speaks or publishes?",
    choices=ActorKind,
    meanings={
        ActorKind.PERSON: Meaning(
            "Person",
            "A human being. A private person has no page, and a description in place of a name.",
        ),
        ActorKind.ORGANISATION: Meaning(
            "Organisation", "A body outside the state: a company, a party, an association."
        ),
        ActorKind.GOVERNMENT_BODY: Meaning(
            "Government body", "A ministry, an office or another body of a state, at any level."
        ),
        ActorKind.ARMED_FORCE: Meaning(
            "Armed force", "A force under arms or a part of it, whether of a state or not."
        ),
        ActorKind.OUTLET: Meaning("Outlet", "A newsroom or publisher, where it speaks for itself."),
        ActorKind.ANONYMOUS_VOICE: Meaning(
            "Anonymous voice", "Somebody quoted without a name, such as “a senior official”."
        ),
    },
)

NAME_FORM = CodeList(
    name="name-form",
    title="Names",
    question="How does a further name of an actor come to us?",
    choices=NameForm,
    meanings={
        NameForm.AS_PRINTED: Meaning("As printed", "The name as a document has it."),
        NameForm.OUR_STYLE: Meaning("In our style", "The name as we write it."),
        NameForm.TRANSLITERATION: Meaning(
            "Transliteration", "The name in another script, carried over by letters or by sound."
        ),
        NameForm.ALIAS: Meaning("Alias", "Another name that the actor uses or is known by."),
    },
)

SOURCE_KIND = CodeList(
    name="source-kind",
    title="Sources",
    question="Through what kind of outlet or channel do the words reach us?",
    choices=SourceKind,
    meanings={
        SourceKind.AGENCY: Meaning("News agency", "It supplies other outlets with news."),
        SourceKind.NEWSPAPER: Meaning(
            "Newspaper", "It appears in print; its website is part of it."
        ),
        SourceKind.BROADCASTER: Meaning(
            "Broadcaster", "Radio or television; its website is part of that."
        ),
        SourceKind.NEWS_SITE: Meaning("News site", "It publishes news on the web alone."),
        SourceKind.OFFICIAL_CHANNEL: Meaning(
            "Official channel", "A website or account in which a public body speaks for itself."
        ),
        SourceKind.SOCIAL_ACCOUNT: Meaning(
            "Social account", "Any other account on a social network or messenger."
        ),
        SourceKind.COURT: Meaning("Court", "A court, by its rulings, files and announcements."),
        SourceKind.DATASET: Meaning("Dataset", "Ordered data that is published to be used."),
        SourceKind.UNNAMED_WEBSITE: Meaning(
            "Unnamed website", "A website that does not say by what name it goes."
        ),
    },
)

DOCUMENT_KIND = CodeList(
    name="document-kind",
    title="Documents",
    question="What kind of item is cited?",
    choices=DocumentKind,
    meanings={
        DocumentKind.ARTICLE: Meaning("Article", "A text of an outlet, in print or on the web."),
        DocumentKind.POST: Meaning("Post", "A message on a social network, messenger or forum."),
        DocumentKind.BROADCAST: Meaning(
            "Broadcast", "A programme on radio or television, as it went out."
        ),
        DocumentKind.PHOTO: Meaning("Photo", "A still picture, satellite images included."),
        DocumentKind.VIDEO: Meaning("Video", "Moving pictures that are no broadcast."),
        DocumentKind.REPORT: Meaning(
            "Report", "A body's account of what it examined, with its findings."
        ),
        DocumentKind.TRANSCRIPT: Meaning("Transcript", "Spoken words, written down."),
        DocumentKind.NOTICE: Meaning("Notice", "A short announcement by an office or a body."),
        DocumentKind.ADDRESS: Meaning("Address", "A speech before an audience."),
        DocumentKind.INTERVIEW: Meaning("Interview", "Answers to somebody's questions."),
        DocumentKind.STATEMENT: Meaning(
            "Statement", "Words given out, in writing or by mouth, for others to carry."
        ),
    },
)

SOURCES = Chapter(
    name="sources",
    title="Where words come from",
    words="An actor speaks; a source is the outlet or channel through which the words come; a "
    "document is the single item that has them.",
    lists=(ACTOR_KIND, NAME_FORM, SOURCE_KIND, DOCUMENT_KIND),
)

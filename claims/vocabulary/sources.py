"""Where words come from: actors, sources and documents."""

from django.utils.translation import gettext_noop as _

from claims.vocabulary.entry import Chapter, CodeList, Meaning
from sources.choices import ActorKind, DocumentKind, NameForm, SourceKind

ACTOR_KIND = CodeList(
    name="actor-kind",
    title=_("Actors"),
    question=_("What is it that speaks or publishes?"),
    choices=ActorKind,
    meanings={
        ActorKind.PERSON: Meaning(
            _("Person"),
            _("A human being. A private person has no page, and a description in place of a name."),
        ),
        ActorKind.ORGANISATION: Meaning(
            _("Organisation"), _("A body outside the state: a company, a party, an association.")
        ),
        ActorKind.GOVERNMENT_BODY: Meaning(
            _("Government body"),
            _("A ministry, an office or another body of a state, at any level."),
        ),
        ActorKind.ARMED_FORCE: Meaning(
            _("Armed force"), _("A force under arms or a part of it, whether of a state or not.")
        ),
        ActorKind.OUTLET: Meaning(
            _("Outlet"), _("A newsroom or publisher, where it speaks for itself.")
        ),
        ActorKind.ANONYMOUS_VOICE: Meaning(
            _("Anonymous voice"), _("Somebody quoted without a name, such as “a senior official”.")
        ),
    },
)

NAME_FORM = CodeList(
    name="name-form",
    title=_("Names"),
    question=_("How does a further name of an actor come to us?"),
    choices=NameForm,
    meanings={
        NameForm.AS_PRINTED: Meaning(_("As printed"), _("The name as a document has it.")),
        NameForm.OUR_STYLE: Meaning(_("In our style"), _("The name as we write it.")),
        NameForm.TRANSLITERATION: Meaning(
            _("Transliteration"),
            _("The name in another script, carried over by letters or by sound."),
        ),
        NameForm.ALIAS: Meaning(_("Alias"), _("Another name that the actor uses or is known by.")),
    },
)

SOURCE_KIND = CodeList(
    name="source-kind",
    title=_("Sources"),
    question=_("Through what kind of outlet or channel do the words reach us?"),
    choices=SourceKind,
    meanings={
        SourceKind.AGENCY: Meaning(_("News agency"), _("It supplies other outlets with news.")),
        SourceKind.NEWSPAPER: Meaning(
            _("Newspaper"), _("It appears in print; its website is part of it.")
        ),
        SourceKind.BROADCASTER: Meaning(
            _("Broadcaster"), _("Radio or television; its website is part of that.")
        ),
        SourceKind.NEWS_SITE: Meaning(_("News site"), _("It publishes news on the web alone.")),
        SourceKind.OFFICIAL_CHANNEL: Meaning(
            _("Official channel"),
            _("A website or account in which a public body speaks for itself."),
        ),
        SourceKind.SOCIAL_ACCOUNT: Meaning(
            _("Social account"), _("Any other account on a social network or messenger.")
        ),
        SourceKind.COURT: Meaning(
            _("Court"), _("A court, by its rulings, files and announcements.")
        ),
        SourceKind.DATASET: Meaning(_("Dataset"), _("Ordered data that is published to be used.")),
        SourceKind.UNNAMED_WEBSITE: Meaning(
            _("Unnamed website"), _("A website that does not say by what name it goes.")
        ),
    },
)

DOCUMENT_KIND = CodeList(
    name="document-kind",
    title=_("Documents"),
    question=_("What kind of item is cited?"),
    choices=DocumentKind,
    meanings={
        DocumentKind.ARTICLE: Meaning(
            _("Article"), _("A text of an outlet, in print or on the web.")
        ),
        DocumentKind.POST: Meaning(
            _("Post"), _("A message on a social network, messenger or forum.")
        ),
        DocumentKind.BROADCAST: Meaning(
            _("Broadcast"), _("A programme on radio or television, as it went out.")
        ),
        DocumentKind.PHOTO: Meaning(_("Photo"), _("A still picture, satellite images included.")),
        DocumentKind.VIDEO: Meaning(_("Video"), _("Moving pictures that are no broadcast.")),
        DocumentKind.REPORT: Meaning(
            _("Report"), _("A body's account of what it examined, with its findings.")
        ),
        DocumentKind.TRANSCRIPT: Meaning(_("Transcript"), _("Spoken words, written down.")),
        DocumentKind.NOTICE: Meaning(
            _("Notice"), _("A short announcement by an office or a body.")
        ),
        DocumentKind.ADDRESS: Meaning(_("Address"), _("A speech before an audience.")),
        DocumentKind.INTERVIEW: Meaning(_("Interview"), _("Answers to somebody's questions.")),
        DocumentKind.STATEMENT: Meaning(
            _("Statement"), _("Words given out, in writing or by mouth, for others to carry.")
        ),
    },
)

SOURCES = Chapter(
    name="sources",
    title=_("Where words come from"),
    words=_(
        "An actor speaks; a source is the outlet or channel through which the words come; a "
        "document is the single item that has them."
    ),
    lists=(ACTOR_KIND, NAME_FORM, SOURCE_KIND, DOCUMENT_KIND),
)

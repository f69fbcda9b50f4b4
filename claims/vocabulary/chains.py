"""By which way words reach us: passages, what they were taken from, and how."""

from django.utils.translation import gettext_noop as _

from claims.choices import CitationForm, CitationRole, Fidelity, RelayManner
from claims.vocabulary.entry import Chapter, CodeList, Meaning
from sources.choices import CaptureStatus, HopManner, Translator

CITATION_ROLE = CodeList(
    name="citation-role",
    title=_("What a passage is cited for"),
    question=_("Does the passage carry the claim, or bear on whether it is so?"),
    choices=CitationRole,
    meanings={
        CitationRole.ATTRIBUTION: Meaning(
            _("Attribution"),
            _("The passage carries the claim: it says it, or says that it was said."),
        ),
        CitationRole.EVIDENCE: Meaning(
            _("Evidence"), _("The passage says something on whether the claim is so.")
        ),
    },
)

FORM = CodeList(
    name="form",
    title=_("Form of the words"),
    question=_("In what form does the passage give the words?"),
    choices=CitationForm,
    meanings={
        CitationForm.DIRECT: Meaning(
            _("Direct quote"), _("Whole sentences, marked as the speaker's own words.")
        ),
        CitationForm.PART_QUOTE: Meaning(
            _("Part quote"),
            _("Single words of the speaker, marked as such, inside a sentence of the outlet."),
        ),
        CitationForm.INDIRECT: Meaning(
            _("Indirect speech"), _("The outlet tells in words of its own what was said.")
        ),
        CitationForm.HEADLINE: Meaning(
            _("Headline"), _("A headline, which may say more, or less, than the text beneath it.")
        ),
        CitationForm.CAPTION: Meaning(_("Caption"), _("Words beside an image or in a video.")),
        CitationForm.OWN_VOICE: Meaning(
            _("Own voice"),
            _("The outlet says it as something that it knows, not as somebody's word."),
        ),
    },
)

FIDELITY = CodeList(
    name="fidelity",
    title=_("Fidelity"),
    question=_("How does the passage stand to the words that it carries?"),
    choices=Fidelity,
    meanings={
        Fidelity.NOT_COMPARED: Meaning(
            _("Not compared"), _("Nobody here has laid the passage beside the original.")
        ),
        Fidelity.FAITHFUL: Meaning(
            _("Faithful"),
            _("Laid beside the original, the passage keeps its words and their meaning."),
        ),
        Fidelity.SUSPECTED: Meaning(
            _("Suspected"),
            _(
                "Something looks like an accident on the way. We say which words, what they should "
                "probably be, and why; the original is not there to settle it."
            ),
        ),
        Fidelity.MISQUOTED: Meaning(
            _("Misquoted"),
            _("Laid beside the original, the passage has other words in its quotation."),
        ),
        Fidelity.MISTRANSLATED: Meaning(
            _("Mistranslated"),
            _("Laid beside the original, the passage says something else in its language."),
        ),
        Fidelity.OUT_OF_CONTEXT: Meaning(
            _("Out of context"),
            _("Laid beside the original, the words are right, and mean something else there."),
        ),
        Fidelity.DAMAGED: Meaning(
            _("Damaged"),
            _("Part of the text was lost before it came to us, or letters were spoilt."),
        ),
    },
    note=_("This is a finding about one carrier. What was said stays what it was."),
)

RELAY_MANNER = CodeList(
    name="relay-manner",
    title=_("From passage to passage"),
    question=_("How did one passage take its words from another?"),
    choices=RelayManner,
    meanings={
        RelayManner.QUOTES: Meaning(
            _("Quotes"), _("It gives the other's words as they stand there.")
        ),
        RelayManner.PARAPHRASES: Meaning(
            _("Paraphrases"), _("It tells in words of its own what the other says.")
        ),
        RelayManner.TRANSLATES: Meaning(
            _("Translates"), _("It gives the other's words in another language.")
        ),
        RelayManner.REPUBLISHES: Meaning(
            _("Republishes"), _("It prints the other passage once more, unchanged.")
        ),
        RelayManner.EXCERPTS: Meaning(
            _("Excerpts"), _("It gives a part of the other passage and leaves out the rest.")
        ),
        RelayManner.AGGREGATES: Meaning(
            _("Aggregates"), _("It is put together from this passage and further ones.")
        ),
    },
)

HOP_MANNER = CodeList(
    name="hop-manner",
    title=_("From document to document"),
    question=_("How does a whole document carry another one?"),
    choices=HopManner,
    meanings={
        HopManner.TRANSLATES: Meaning(
            _("Translates"), _("All of it is the other document in another language.")
        ),
        HopManner.REPUBLISHES: Meaning(
            _("Republishes"), _("All of it is the other document, published in a further place.")
        ),
    },
)

TRANSLATOR = CodeList(
    name="translator",
    title=_("Translator"),
    question=_("Who or what made the translation?"),
    choices=Translator,
    meanings={
        Translator.MACHINE: Meaning(
            _("A machine"), _("A program translated it; we always say so.")
        ),
        Translator.HUMAN: Meaning(
            _("A person"), _("Somebody translated it, with or without a program.")
        ),
        Translator.NOT_STATED: Meaning(
            _("Not stated"), _("The document does not say how the translation was made.")
        ),
    },
)

CAPTURE_STATUS = CodeList(
    name="capture-status",
    title=_("Copies"),
    question=_("What was found when the document was captured?"),
    choices=CaptureStatus,
    meanings={
        CaptureStatus.LIVE: Meaning(
            _("Taken from its address"),
            _("The document stood at its address, and was copied there."),
        ),
        CaptureStatus.CHANGED: Meaning(
            _("Changed"), _("The document at its address was no longer what it had been before.")
        ),
        CaptureStatus.GONE: Meaning(
            _("Gone"), _("The address answered that there is nothing any more.")
        ),
        CaptureStatus.BLOCKED: Meaning(
            _("Blocked"), _("The address refused to give us the document.")
        ),
        CaptureStatus.FAILED: Meaning(
            _("Failed"), _("The attempt broke off, for whatever reason.")
        ),
        CaptureStatus.SUPPLIED: Meaning(
            _("Supplied as a file"), _("Somebody gave us the file; we keep by whom and when.")
        ),
    },
)

CHAINS = Chapter(
    name="chain",
    title=_("How it reached us"),
    words=_(
        "We follow a claim from the text we hold back to where it was first said. The chain "
        "is complete when it ends with the claimant's own utterance, or its recording, in a "
        "document of which we hold a copy; otherwise it is open, and the page says where it "
        "ends. A document that nobody here has seen is marked so, with the words by which we"
        " know of it."
    ),
    lists=(
        CITATION_ROLE,
        FORM,
        FIDELITY,
        RELAY_MANNER,
        HOP_MANNER,
        TRANSLATOR,
        CAPTURE_STATUS,
    ),
)

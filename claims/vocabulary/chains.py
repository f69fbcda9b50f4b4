"""By which way words reach us: passages, what they were taken from, and how."""

from claims.choices import CitationForm, CitationRole, Fidelity, RelayManner
from claims.vocabulary.entry import Chapter, CodeList, Meaning
from sources.choices import CaptureStatus, HopManner, Translator

CITATION_ROLE = CodeList(
    name="citation-role",
    title="What a passage is cited for",
    question="Does the passage carry the claim, or bear on whether it is so?",
    choices=CitationRole,
    meanings={
        CitationRole.ATTRIBUTION: Meaning(
            "Attribution", "The passage carries the claim: it says it, or says that it was said."
        ),
        CitationRole.EVIDENCE: Meaning(
            "Evidence", "The passage says something on whether the claim is so."
        ),
    },
)

FORM = CodeList(
    name="form",
    title="Form of the words",
    question="In what form does the passage give the words?",
    choices=CitationForm,
    meanings={
        CitationForm.DIRECT: Meaning(
            "Direct quote", "Whole sentences, marked as the speaker's own words."
        ),
        CitationForm.PART_QUOTE: Meaning(
            "Part quote",
            "Single words of the speaker, marked as such, inside a sentence of the outlet.",
        ),
        CitationForm.INDIRECT: Meaning(
            "Indirect speech", "The outlet tells in words of its own what was said."
        ),
        CitationForm.HEADLINE: Meaning(
            "Headline", "A headline, which may say more, or less, than the text beneath it."
        ),
        CitationForm.CAPTION: Meaning("Caption", "Words beside an image or in a video."),
        CitationForm.OWN_VOICE: Meaning(
            "Own voice", "The outlet says it as something that it knows, not as somebody's word."
        ),
    },
)

FIDELITY = CodeList(
    name="fidelity",
    title="Fidelity",
    question="How does the passage stand to the words that it carries?",
    choices=Fidelity,
    meanings={
        Fidelity.NOT_COMPARED: Meaning(
            "Not compared", "Nobody here has laid the passage beside the original."
        ),
        Fidelity.FAITHFUL: Meaning(
            "Faithful", "Laid beside the original, the passage keeps its words and their meaning."
        ),
        Fidelity.SUSPECTED: Meaning(
            "Suspected",
            "Something looks like an accident on the way. We say which words, what they should "
            "probably be, and why; the original is not there to settle it.",
        ),
        Fidelity.MISQUOTED: Meaning(
            "Misquoted", "Laid beside the original, the passage has other words in its quotation."
        ),
        Fidelity.MISTRANSLATED: Meaning(
            "Mistranslated",
            "Laid beside the original, the passage says something else in its language.",
        ),
        Fidelity.OUT_OF_CONTEXT: Meaning(
            "Out of context",
            "Laid beside the original, the words are right, and mean something else there.",
        ),
        Fidelity.DAMAGED: Meaning(
            "Damaged", "Part of the text was lost before it came to us, or letters were spoilt."
        ),
    },
    note="This is a finding about one carrier. What was said stays what it was.",
)

RELAY_MANNER = CodeList(
    name="relay-manner",
    title="From passage to passage",
    question="How did one passage take its words from another?",
    choices=RelayManner,
    meanings={
        RelayManner.QUOTES: Meaning("Quotes", "It gives the other's words as they stand there."),
        RelayManner.PARAPHRASES: Meaning(
            "Paraphrases", "It tells in words of its own what the other says."
        ),
        RelayManner.TRANSLATES: Meaning(
            "Translates", "It gives the other's words in another language."
        ),
        RelayManner.REPUBLISHES: Meaning(
            "Republishes", "It prints the other passage once more, unchanged."
        ),
        RelayManner.EXCERPTS: Meaning(
            "Excerpts", "It gives a part of the other passage and leaves out the rest."
        ),
        RelayManner.AGGREGATES: Meaning(
            "Aggregates", "It is put together from this passage and further ones."
        ),
    },
)

HOP_MANNER = CodeList(
    name="hop-manner",
    title="From document to document",
    question="How does a whole document carry another one?",
    choices=HopManner,
    meanings={
        HopManner.TRANSLATES: Meaning(
            "Translates", "All of it is the other document in another language."
        ),
        HopManner.REPUBLISHES: Meaning(
            "Republishes", "All of it is the other document, published in a further place."
        ),
    },
)

TRANSLATOR = CodeList(
    name="translator",
    title="Translator",
    question="Who or what made the translation?",
    choices=Translator,
    meanings={
        Translator.MACHINE: Meaning("A machine", "A program translated it; we always say so."),
        Translator.HUMAN: Meaning("A person", "Somebody translated it, with or without a program."),
        Translator.NOT_STATED: Meaning(
            "Not stated", "The document does not say how the translation was made."
        ),
    },
)

CAPTURE_STATUS = CodeList(
    name="capture-status",
    title="Copies",
    question="What was found when the document was captured?",
    choices=CaptureStatus,
    meanings={
        CaptureStatus.LIVE: Meaning(
            "Taken from its address", "The document stood at its address, and was copied there."
        ),
        CaptureStatus.CHANGED: Meaning(
            "Changed", "The document at its address was no longer what it had been before."
        ),
        CaptureStatus.GONE: Meaning("Gone", "The address answered that there is nothing any more."),
        CaptureStatus.BLOCKED: Meaning("Blocked", "The address refused to give us the document."),
        CaptureStatus.FAILED: Meaning("Failed", "The attempt broke off, for whatever reason."),
        CaptureStatus.SUPPLIED: Meaning(
            "Supplied as a file", "Somebody gave us the file; we keep by whom and when."
        ),
    },
)

CHAINS = Chapter(
    name="chain",
    title="How it reached us",
    words="We follow a claim from the text we hold back to where it was first said. The chain is "
    "complete when it ends with the claimant's own utterance, or its recording, in a document of "
    "which we hold a copy; otherwise it is open, and the page says where it ends. A document that "
    "nobody here has seen is marked so, with the words by which we know of it.",
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

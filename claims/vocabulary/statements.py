"""What a claim is: whose word, on what, of which sort, and how it stands to others."""

from claims.choices import About, ClaimKind, RelationKind, Speaker
from claims.vocabulary.entry import Chapter, CodeList, Meaning

SPEAKER = CodeList(
    name="speaker",
    title="Speaker",
    question="Whose word is it?",
    choices=Speaker,
    meanings={
        Speaker.ACTOR: Meaning(
            "A named claimant",
            "Somebody is named as having said it: a person, a body, or a voice that is described "
            "without a name.",
        ),
        Speaker.OWN_VOICE: Meaning(
            "The outlet in its own voice",
            "The outlet states it as its own, and lays it on nobody else.",
        ),
        Speaker.NOBODY_NAMED: Meaning(
            "Nobody named", "It is passed on as said, and the text does not tell by whom."
        ),
    },
)

ABOUT = CodeList(
    name="about",
    title="About",
    question="Which question about an event does the claim answer?",
    choices=About,
    meanings={
        About.OCCURRENCE: Meaning("Occurrence", "Whether it happened: what, where and when."),
        About.RESPONSIBILITY: Meaning("Responsibility", "Who did it, ordered it or let it happen."),
        About.TOLL: Meaning(
            "Toll or size", "How many or how much: people, things, areas, sums of money."
        ),
        About.INTENT: Meaning("Intent", "What somebody meant to bring about."),
        About.EFFECT: Meaning("Effect", "What came of it."),
        About.POSITION: Meaning("Position", "What somebody thinks of it, offers or demands."),
        About.OUTLOOK: Meaning("Outlook", "What is to come of it, as expected or promised."),
        About.BACKGROUND: Meaning(
            "Background", "What was so before, or has to be known to understand the event."
        ),
    },
    note="Accounts of an event are set side by side within one of these, never across them.",
)

CLAIM_KIND = CodeList(
    name="claim-kind",
    title="Kind of statement",
    question="What sort of statement is it, and so how can it be checked?",
    choices=ClaimKind,
    meanings={
        ClaimKind.FACTUAL: Meaning(
            "Factual", "It says that something is or was so, which evidence can settle."
        ),
        ClaimKind.QUANTITATIVE: Meaning(
            "Quantitative",
            "It turns on a number, which we keep as printed, with our reading of it beside it.",
        ),
        ClaimKind.IMAGE: Meaning(
            "Image or video",
            "It says what an image or a video shows, and where and when that was taken.",
        ),
        ClaimKind.ASSESSMENT: Meaning(
            "Assessment",
            "A judgement that somebody draws from facts. The facts can be checked, and whether "
            "they bear it.",
        ),
        ClaimKind.OPINION: Meaning(
            "Opinion", "What somebody finds good or bad, right or wrong. Not checked as a fact."
        ),
        ClaimKind.PREDICTION: Meaning(
            "Prediction", "It says what will be so. It is looked at again when its date has come."
        ),
        ClaimKind.PLEDGE: Meaning(
            "Pledge",
            "What somebody says they will do, a threat included. That it was said can be checked, "
            "the deed only later.",
        ),
        ClaimKind.INSTRUCTION: Meaning(
            "Instruction", "What somebody tells others to do, or not to do. Never true or false."
        ),
    },
)

RELATION_KIND = CodeList(
    name="relation-kind",
    title="Between claims",
    question="How does one claim stand to another?",
    choices=RelationKind,
    meanings={
        RelationKind.REPEATS: Meaning("Repeats", "It says the same as the other claim once more."),
        RelationKind.UPDATES: Meaning(
            "Updates", "It gives a later state of what the other claim tells, such as a new count."
        ),
        RelationKind.CORRECTS: Meaning(
            "Corrects", "It says that the other claim was wrong, and what is right in its place."
        ),
        RelationKind.WITHDRAWS: Meaning(
            "Withdraws", "It takes the other claim back and puts nothing in its place."
        ),
        RelationKind.CONTRADICTS: Meaning(
            "Contradicts", "It cannot be so if the other claim is, whether or not it names it."
        ),
        RelationKind.DENIES: Meaning(
            "Denies", "It says of the other claim that it is not so, and no more than that."
        ),
        RelationKind.CONCEDES: Meaning(
            "Concedes", "It grants the other claim, which harms the party that grants it."
        ),
        RelationKind.PART_OF: Meaning(
            "Is part of", "It is one part of the other claim, true or false by itself."
        ),
    },
)

STATEMENTS = Chapter(
    name="claims",
    title="What a claim is",
    words="A claim is one thing that can be true or false by itself, said by one claimant. A "
    "sentence that says several things becomes several claims.",
    lists=(SPEAKER, CLAIM_KIND, ABOUT, RELATION_KIND),
)

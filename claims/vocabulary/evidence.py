"""What bears on whether a claim is so, and what of it counts."""

from claims.choices import EvidenceBasis, Interest, Stance
from claims.corroboration import Why
from claims.vocabulary.entry import Chapter, CodeList, Meaning

STANCE = CodeList(
    name="stance",
    title="Which way evidence points",
    question="Does the evidence support the claim or refute it?",
    choices=Stance,
    meanings={
        Stance.SUPPORTS: Meaning("Supports", "It speaks for the claim's being so."),
        Stance.REFUTES: Meaning("Refutes", "It speaks against the claim's being so."),
        Stance.CONTEXT: Meaning(
            "Context", "It helps to understand the claim, and speaks neither for it nor against it."
        ),
    },
)

EVIDENCE_BASIS = CodeList(
    name="evidence-basis",
    title="How a source knows",
    question="How does the source of the evidence know?",
    choices=EvidenceBasis,
    meanings={
        EvidenceBasis.SAW_OR_MEASURED: Meaning(
            "Saw or measured it", "It saw it happen, recorded it, or measured it by itself."
        ),
        EvidenceBasis.HOLDS_RECORD: Meaning(
            "Holds the record",
            "It keeps what the fact is set down in, such as a register, a log or a file.",
        ),
        EvidenceBasis.WAS_TOLD: Meaning("Was told", "It has it from somebody else."),
        EvidenceBasis.NOT_ESTABLISHED: Meaning(
            "Not established", "Nobody here knows how it knows."
        ),
    },
)

INTEREST = CodeList(
    name="interest",
    title="Interest in an event",
    question="What interest does an actor have in the event?",
    choices=Interest,
    meanings={
        Interest.SPEAKS_FOR: Meaning(
            "Speaks for a party", "It is the party's own body or voice, and stands on its side."
        ),
        Interest.DECLARED_ALLY_OF: Meaning(
            "Declared ally of a party", "It has itself declared that it stands with the party."
        ),
        Interest.OTHER_STAKE: Meaning(
            "Other stake", "It stands to gain or to lose in another way, which is said."
        ),
        Interest.NONE_KNOWN: Meaning("None known", "Somebody here has looked, and found none."),
        Interest.NOT_ASSESSED: Meaning("Not assessed", "Nobody here has looked into it yet."),
    },
    note="Said of bodies and office-holders, on a source, and only on claims about that event; "
    "never inferred from nationality, and in the same words for every side.",
)

ORIGIN = CodeList(
    name="origin",
    title="What counts as an independent origin",
    question="Does the origin in which a piece of evidence ends count, and if not, why?",
    choices=Why,
    meanings={
        Why.COUNTS: Meaning(
            "Counts",
            "It knows by itself, we know who is behind it, and nobody behind it is behind another "
            "that counts, or on the claimant's side.",
        ),
        Why.SAME_ORIGIN: Meaning(
            "Same origin", "Somebody behind it is behind another that counts: the two are one."
        ),
        Why.WAS_TOLD: Meaning(
            "Was told", "Its source had it from somebody else, and from whom is not in our file."
        ),
        Why.NOT_ESTABLISHED: Meaning(
            "Not established", "It is not established how its source knows."
        ),
        Why.OPERATOR_UNKNOWN: Meaning(
            "Operator unknown",
            "Nobody here knows who runs its source, so it may not be independent of the others.",
        ),
        Why.CLAIMANTS_SIDE: Meaning(
            "The claimant's side",
            "Somebody behind it is behind the claimant too, or stands on the claimant's side in "
            "the event.",
        ),
        Why.CLAIMANT_UNKNOWN: Meaning(
            "Claimant unknown",
            "Nobody here knows who runs the outlet that says it, so nothing can be shown to be "
            "independent of that outlet.",
        ),
        Why.ANONYMOUS: Meaning(
            "Anonymous", "It is an anonymous voice, and no editor has given a reason to count it."
        ),
        Why.LEAVES_ITS_ROLE: Meaning(
            "Leaves its role",
            "It was taken from a passage that is not cited as evidence of this kind.",
        ),
    },
    note="We follow each piece of evidence back, through all who passed it on, to where it ends. "
    "Ten outlets that carry the word of one agency are one origin. Behind an origin are its "
    "author, whoever runs its source, and all who control these.",
)

EVIDENCE = Chapter(
    name="evidence-counts",
    title="Evidence, and what of it counts",
    words="Evidence for a claim and evidence against it are counted by the same rule, and shown "
    "beside each other.",
    lists=(STANCE, EVIDENCE_BASIS, ORIGIN, INTEREST),
)

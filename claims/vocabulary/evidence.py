"""What bears on whether a claim is so, and what of it counts."""

from django.utils.translation import gettext_noop as _

from claims.choices import EvidenceBasis, Interest, Stance
from claims.corroboration import Why
from claims.vocabulary.entry import Chapter, CodeList, Meaning

STANCE = CodeList(
    name="stance",
    title=_("Which way evidence points"),
    question=_("Does the evidence support the claim or refute it?"),
    choices=Stance,
    meanings={
        Stance.SUPPORTS: Meaning(_("Supports"), _("It speaks for the claim's being so.")),
        Stance.REFUTES: Meaning(_("Refutes"), _("It speaks against the claim's being so.")),
        Stance.CONTEXT: Meaning(
            _("Context"),
            _("It helps to understand the claim, and speaks neither for it nor against it."),
        ),
    },
)

EVIDENCE_BASIS = CodeList(
    name="evidence-basis",
    title=_("How a source knows"),
    question=_("How does the source of the evidence know?"),
    choices=EvidenceBasis,
    meanings={
        EvidenceBasis.SAW_OR_MEASURED: Meaning(
            _("Saw or measured it"), _("It saw it happen, recorded it, or measured it by itself.")
        ),
        EvidenceBasis.HOLDS_RECORD: Meaning(
            _("Holds the record"),
            _("It keeps what the fact is set down in, such as a register, a log or a file."),
        ),
        EvidenceBasis.WAS_TOLD: Meaning(_("Was told"), _("It has it from somebody else.")),
        EvidenceBasis.NOT_ESTABLISHED: Meaning(
            _("Not established"), _("Nobody here knows how it knows.")
        ),
    },
)

INTEREST = CodeList(
    name="interest",
    title=_("Interest in an event"),
    question=_("What interest does an actor have in the event?"),
    choices=Interest,
    meanings={
        Interest.SPEAKS_FOR: Meaning(
            _("Speaks for a party"),
            _("It is the party's own body or voice, and stands on its side."),
        ),
        Interest.DECLARED_ALLY_OF: Meaning(
            _("Declared ally of a party"),
            _("It has itself declared that it stands with the party."),
        ),
        Interest.OTHER_STAKE: Meaning(
            _("Other stake"), _("It stands to gain or to lose in another way, which is said.")
        ),
        Interest.NONE_KNOWN: Meaning(
            _("None known"), _("Somebody here has looked, and found none.")
        ),
        Interest.NOT_ASSESSED: Meaning(_("Not assessed"), _("Nobody here has looked into it yet.")),
    },
    note=_(
        "Said of bodies and office-holders, on a source, and only on claims about that event; "
        "never inferred from nationality, and in the same words for every side."
    ),
)

ORIGIN = CodeList(
    name="origin",
    title=_("What counts as an independent origin"),
    question=_("Does the origin in which a piece of evidence ends count, and if not, why?"),
    choices=Why,
    meanings={
        Why.COUNTS: Meaning(
            _("Counts"),
            _(
                "It knows by itself, we know who is behind it, and nobody behind it is "
                "behind another that counts, or on the claimant's side."
            ),
        ),
        Why.SAME_ORIGIN: Meaning(
            _("Same origin"),
            _("Somebody behind it is behind another that counts: the two are one."),
        ),
        Why.WAS_TOLD: Meaning(
            _("Was told"),
            _("Its source had it from somebody else, and from whom is not in our file."),
        ),
        Why.NOT_ESTABLISHED: Meaning(
            _("Not established"), _("It is not established how its source knows.")
        ),
        Why.OPERATOR_UNKNOWN: Meaning(
            _("Operator unknown"),
            _("Nobody here knows who runs its source, so it may not be independent of the others."),
        ),
        Why.CLAIMANTS_SIDE: Meaning(
            _("The claimant's side"),
            _(
                "Somebody behind it is behind the claimant too, or stands on the claimant's "
                "side in the event."
            ),
        ),
        Why.CLAIMANT_UNKNOWN: Meaning(
            _("Claimant unknown"),
            _(
                "Nobody here knows who runs the outlet that says it, so nothing can be shown to be "
                "independent of that outlet."
            ),
        ),
        Why.ANONYMOUS: Meaning(
            _("Anonymous"),
            _("It is an anonymous voice, and no editor has given a reason to count it."),
        ),
        Why.LEAVES_ITS_ROLE: Meaning(
            _("Leaves its role"),
            _("It was taken from a passage that is not cited as evidence of this kind."),
        ),
    },
    note=_(
        "We follow each piece of evidence back, through all who passed it on, to where it ends. "
        "Ten outlets that carry the word of one agency are one origin. Behind an origin are its "
        "author, whoever runs its source, and all who control these."
    ),
)

EVIDENCE = Chapter(
    name="evidence-counts",
    title=_("Evidence, and what of it counts"),
    words=_(
        "Evidence for a claim and evidence against it are counted by the same rule, and shown "
        "beside each other."
    ),
    lists=(STANCE, EVIDENCE_BASIS, ORIGIN, INTEREST),
)

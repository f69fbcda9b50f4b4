"""What a claim is: whose word, on what, of which sort, and how it stands to others."""

from django.utils.translation import gettext_noop as _

from claims.choices import About, ClaimKind, RelationKind, Speaker
from claims.vocabulary.entry import Chapter, CodeList, Meaning

SPEAKER = CodeList(
    name="speaker",
    title=_("Speaker"),
    question=_("Whose word is it?"),
    choices=Speaker,
    meanings={
        Speaker.ACTOR: Meaning(
            _("A named claimant"),
            _(
                "Somebody is named as having said it: a person, a body, or a voice that is "
                "described without a name."
            ),
        ),
        Speaker.OWN_VOICE: Meaning(
            _("The outlet in its own voice"),
            _("The outlet states it as its own, and lays it on nobody else."),
        ),
        Speaker.NOBODY_NAMED: Meaning(
            _("Nobody named"), _("It is passed on as said, and the text does not tell by whom.")
        ),
    },
)

ABOUT = CodeList(
    name="about",
    title=_("What it is about"),
    question=_("Which question about an event does the claim answer?"),
    choices=About,
    meanings={
        About.OCCURRENCE: Meaning(_("Occurrence"), _("Whether it happened: what, where and when.")),
        About.RESPONSIBILITY: Meaning(
            _("Responsibility"), _("Who did it, ordered it or let it happen.")
        ),
        About.TOLL: Meaning(
            _("Toll or size"), _("How many or how much: people, things, areas, sums of money.")
        ),
        About.INTENT: Meaning(_("Intent"), _("What somebody meant to bring about.")),
        About.EFFECT: Meaning(_("Effect"), _("What came of it.")),
        About.POSITION: Meaning(_("Position"), _("What somebody thinks of it, offers or demands.")),
        About.OUTLOOK: Meaning(_("Outlook"), _("What is to come of it, as expected or promised.")),
        About.BACKGROUND: Meaning(
            _("Background"), _("What was so before, or has to be known to understand the event.")
        ),
    },
    note=_("Accounts of an event are set side by side within one of these, never across them."),
)

CLAIM_KIND = CodeList(
    name="claim-kind",
    title=_("Kind of statement"),
    question=_("What sort of statement is it, and so how can it be checked?"),
    choices=ClaimKind,
    meanings={
        ClaimKind.FACTUAL: Meaning(
            _("Factual"), _("It says that something is or was so, which evidence can settle.")
        ),
        ClaimKind.QUANTITATIVE: Meaning(
            _("Quantitative"),
            _("It turns on a number, which we keep as printed, with our reading of it beside it."),
        ),
        ClaimKind.IMAGE: Meaning(
            _("Image or video"),
            _("It says what an image or a video shows, and where and when that was taken."),
        ),
        ClaimKind.ASSESSMENT: Meaning(
            _("Assessment"),
            _(
                "A judgement that somebody draws from facts. The facts can be checked, and whether "
                "they bear it."
            ),
        ),
        ClaimKind.OPINION: Meaning(
            _("Opinion"),
            _("What somebody finds good or bad, right or wrong. Not checked as a fact."),
        ),
        ClaimKind.PREDICTION: Meaning(
            _("Prediction"),
            _("It says what will be so. It is looked at again when its date has come."),
        ),
        ClaimKind.PLEDGE: Meaning(
            _("Pledge"),
            _(
                "What somebody says they will do, a threat included. That it was said can be"
                " checked, the deed only later."
            ),
        ),
        ClaimKind.INSTRUCTION: Meaning(
            _("Instruction"),
            _("What somebody tells others to do, or not to do. Never true or false."),
        ),
    },
)

RELATION_KIND = CodeList(
    name="relation-kind",
    title=_("Between claims"),
    question=_("How does one claim stand to another?"),
    choices=RelationKind,
    meanings={
        RelationKind.REPEATS: Meaning(
            _("Repeats"), _("It says the same as the other claim once more.")
        ),
        RelationKind.UPDATES: Meaning(
            _("Updates"),
            _("It gives a later state of what the other claim tells, such as a new count."),
        ),
        RelationKind.CORRECTS: Meaning(
            _("Corrects"),
            _("It says that the other claim was wrong, and what is right in its place."),
        ),
        RelationKind.WITHDRAWS: Meaning(
            _("Withdraws"), _("It takes the other claim back and puts nothing in its place.")
        ),
        RelationKind.CONTRADICTS: Meaning(
            _("Contradicts"),
            _("It cannot be so if the other claim is, whether or not it names it."),
        ),
        RelationKind.DENIES: Meaning(
            _("Denies"), _("It says of the other claim that it is not so, and no more than that.")
        ),
        RelationKind.CONCEDES: Meaning(
            _("Concedes"), _("It grants the other claim, which harms the party that grants it.")
        ),
        RelationKind.PART_OF: Meaning(
            _("Is part of"), _("It is one part of the other claim, true or false by itself.")
        ),
    },
)

STATEMENTS = Chapter(
    name="claims",
    title=_("What a claim is"),
    words=_(
        "A claim is one thing that can be true or false by itself, said by one claimant. A "
        "sentence that says several things becomes several claims."
    ),
    lists=(SPEAKER, CLAIM_KIND, ABOUT, RELATION_KIND),
)

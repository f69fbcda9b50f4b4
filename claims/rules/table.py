"""The publication rules: one table, shown as a checklist and enforced by the workflow."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from claims.claim_file import ClaimFile, load_file
from claims.models import Claim, Override
from claims.rules import handling, speech, verdict
from factcheck.common.roles import Role, roles_of


@dataclass(frozen=True)
class Rule:
    """What a Claim must meet before it is submitted or published. `field` mends it.

    `overridable` says whether an editor may publish all the same, for a published reason;
    `for_imports` whether claims from another newsroom's archive have to meet it too.
    """

    name: str
    sentence: str
    field: str
    is_met: Callable[[ClaimFile], bool]
    overridable: bool = True
    for_imports: bool = False


def unmet(claim: Claim) -> list[Rule]:
    """The rules that the claim does not meet and that nobody has overridden, in the order of the
    table; last the one on overrides themselves, where one of them does not hold.
    """
    return unmet_by(load_file(claim))


def unmet_by(file: ClaimFile, *, is_import: bool = False) -> list[Rule]:
    """The same of a file that is loaded already; for an import, only those that imports meet."""
    rules = [rule for rule in RULES if rule.for_imports or not is_import]
    broken = {rule.name for rule in rules if not rule.is_met(file)}
    overrides = list(file.claim.overrides.all())
    overridden = {override.rule for override in overrides if holds(override, broken)}
    left = [rule for rule in rules if rule.name in broken - overridden]
    return [*left, OVERRIDES] if any(not holds(one, broken) for one in overrides) else left


def holds(override: Override, broken: set[str]) -> bool:
    """Whether an editor entered it, for a rule that may be overridden and that is not met."""
    rule = BY_NAME.get(override.rule)
    return (
        rule is not None
        and rule.overridable
        and rule.name in broken
        and Role.EDITOR in roles_of(override.created_by)
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "speaker",
        _("Name the claimant, the outlet, or say that nobody is named."),
        "speaker",
        speech.has_speaker,
        overridable=False,
        for_imports=True,
    ),
    Rule(
        "about",
        _("Say which question of the event the claim answers."),
        "about",
        speech.says_what_it_is_about,
        overridable=False,
        for_imports=True,
    ),
    Rule(
        "quote",
        _("Find the quote in a captured document, or give its place by a locator."),
        "citations",
        speech.has_quote,
        overridable=False,
    ),
    Rule(
        "two-people",
        _("Somebody else than who submitted it has to approve it."),
        "stage",
        handling.two_people_stand_behind_it,
        overridable=False,
    ),
    Rule(
        "harm-check",
        _("Check what publishing could harm; where it could, write down what was done about it."),
        "harm_check",
        handling.harm_is_checked,
        overridable=False,
        for_imports=True,
    ),
    Rule(
        "anchored",
        _("Every citation of a document we hold needs the passage it points at."),
        "citations",
        speech.held_citations_are_anchored,
    ),
    Rule(
        "told-of",
        _("Say for each document that nobody here has seen which passage tells of it."),
        "citations",
        speech.reported_documents_are_told_of,
    ),
    Rule(
        "on-record",
        _("“On record” needs the claimant's own words, held, in their own language."),
        "attribution_status",
        speech.on_record_holds_the_original,
    ),
    Rule(
        "translation",
        _("“On record” in another language needs somebody who reads it to compare our text."),
        "translation_reviewed",
        speech.translation_is_reviewed,
    ),
    Rule(
        "original-first",
        _("We hold the claimant's own words: this status would say that we have not seen them."),
        "attribution_status",
        speech.original_goes_first,
    ),
    Rule(
        "original",
        _("This attribution finding needs the original, held, beside the passage."),
        "attribution_status",
        speech.departure_has_the_original,
    ),
    Rule(
        "attribution-reason",
        _("Give the reason for this attribution finding."),
        "attribution_reason",
        speech.attribution_finding_is_reasoned,
        for_imports=True,
    ),
    Rule(
        "no-record",
        _("“No record found” needs a search where it should be, with nothing found."),
        "inquiries",
        speech.no_record_was_searched_for,
    ),
    Rule(
        "disowned",
        _("“Disowned” needs the denial: an answer to us, or a passage that has it."),
        "inquiries",
        speech.disowned_is_denied,
    ),
    Rule(
        "opinion",
        _("An opinion, pledge or instruction is “not checkable”."),
        "verification_status",
        verdict.opinion_is_not_checked,
        for_imports=True,
    ),
    Rule(
        "prediction",
        _("A prediction needs the day on which to look again, until it is settled."),
        "review_by",
        verdict.prediction_comes_back,
    ),
    Rule(
        "prediction-due",
        _("The prediction's day has come: say what became of it, or why to look again later."),
        "verification_status",
        verdict.prediction_is_not_due,
    ),
    Rule(
        "rationale",
        _("Say why this verdict, in words for the reader."),
        "rationale",
        verdict.verdict_is_reasoned,
        for_imports=True,
    ),
    Rule(
        "why-checked",
        _("Say why this claim was taken up, and not another."),
        "why_checked",
        verdict.verdict_says_why_checked,
    ),
    Rule(
        "would-settle",
        _("Say what would settle it, where it is unverified or disputed."),
        "would_settle",
        verdict.open_verdict_says_what_would_settle_it,
    ),
    Rule(
        "confirmed",
        _(
            "“Confirmed” needs evidence from who saw, measured or holds the record, or a "
            "concession by the other side."
        ),
        "citations",
        verdict.confirmed_has_first_hand_evidence,
    ),
    Rule(
        "against",
        _(
            "“False”, “misleading”, “misattributed” and “fabricated” need evidence against "
            "it from who saw, measured or holds the record."
        ),
        "citations",
        verdict.finding_against_has_first_hand_evidence,
    ),
    Rule(
        "heard",
        _(
            "Before a finding against somebody who can answer, ask, and wait for the answer "
            "or for the deadline to pass."
        ),
        "inquiries",
        verdict.claimant_was_heard,
    ),
    Rule(
        "corroborated",
        _("“Corroborated” needs two independent origins, and none against without an answer."),
        "citations",
        verdict.corroborated_has_origins,
    ),
    Rule(
        "disputed",
        _("“Disputed” needs evidence on both sides, from origins outside each other's control."),
        "citations",
        verdict.disputed_has_both_sides,
    ),
    Rule(
        "quantity",
        _("A quantitative claim needs its figure."),
        "figures",
        verdict.quantity_has_a_figure,
    ),
    Rule(
        "counts",
        _("Say for each figure what is counted."),
        "figures",
        verdict.figures_say_what_is_counted,
    ),
    Rule(
        "measure",
        _("The figures' measures must belong to the claim's event."),
        "figures",
        verdict.figures_belong_to_the_event,
        for_imports=True,
    ),
    Rule(
        "depiction",
        _("Say what the image or video is said to show; only a claim about one has that."),
        "depiction",
        verdict.image_says_what_it_shows,
    ),
    Rule(
        "media-finding",
        _("A verdict on an image or video needs a finding, and each finding its evidence."),
        "media_findings",
        verdict.image_verdict_rests_on_findings,
    ),
)

# Not in the table: it is asked of the overrides, and cannot be met by another one.
OVERRIDES = Rule(
    "overrides",
    _("An override is entered by an editor, for a rule that may be overridden and is not met."),
    "overrides",
    lambda file: True,
    overridable=False,
    for_imports=True,
)

BY_NAME = {rule.name: rule for rule in RULES}

"""How numbers, times and places are given."""

from django.utils.translation import gettext_noop as _

from claims.choices import Counting, FigureBasis, PlacePrecision, Qualifier
from claims.vocabulary.entry import Chapter, CodeList, Meaning
from factcheck.common.dates import PartOfDay

QUALIFIER = CodeList(
    name="qualifier",
    title=_("How a number is given"),
    question=_("How exactly do the words give the number?"),
    choices=Qualifier,
    meanings={
        Qualifier.BARE: Meaning(
            _("A number, not said how exact"),
            _(
                "The number and no word on how exact it is. It is the best value, without a "
                "lowest or highest."
            ),
        ),
        Qualifier.EXACTLY: Meaning(
            _("Exactly"), _("The words themselves say that it is this number and no other.")
        ),
        Qualifier.AT_LEAST: Meaning(
            _("At least"),
            _("The number or more: it is the lowest value, and there is no best one."),
        ),
        Qualifier.MORE_THAN: Meaning(
            _("More than"),
            _("More, and not the number itself: it is a lower bound that is left out."),
        ),
        Qualifier.UP_TO: Meaning(
            _("Up to"), _("The number or less: it is the highest value, and there is no best one.")
        ),
        Qualifier.FEWER_THAN: Meaning(
            _("Fewer than"),
            _("Less, and not the number itself: it is an upper bound that is left out."),
        ),
        Qualifier.ABOUT: Meaning(
            _("About"), _("The number or something near it. It is the best value, and not exact.")
        ),
        Qualifier.BETWEEN: Meaning(
            _("Between"), _("From one number to another, both of them given.")
        ),
        Qualifier.VAGUE: Meaning(
            _("Vague"), _("Words such as “dozens” or “many”. We put no number in their place.")
        ),
    },
)

FIGURE_BASIS = CodeList(
    name="figure-basis",
    title=_("How a number was come by"),
    question=_("How was the number come by, according to the source?"),
    choices=FigureBasis,
    meanings={
        FigureBasis.CLAIMED: Meaning(
            _("Stated, not shown how"),
            _("The source states it and does not show how it was come by."),
        ),
        FigureBasis.OBSERVED: Meaning(
            _("Counted or measured"), _("It was counted or measured, and the source says by whom.")
        ),
        FigureBasis.ESTIMATED: Meaning(
            _("Estimated"),
            _("The source says that it was worked out, or guessed, from something else."),
        ),
    },
)

COUNTING = CodeList(
    name="counting",
    title=_("How an event is counted"),
    question=_("Does the count begin anew, or go on from the start?"),
    choices=Counting,
    meanings={
        Counting.PER_PERIOD: Meaning(
            _("Per period"), _("Each period, such as a day or a night, has a count of its own.")
        ),
        Counting.CUMULATIVE: Meaning(
            _("From the start"),
            _("Everything up to the day of the count, the earlier counts included."),
        ),
    },
)

PART_OF_DAY = CodeList(
    name="part-of-day",
    title=_("Parts of the day"),
    question=_("Of which part of the day does the source speak, where it gives no hour?"),
    choices=PartOfDay,
    meanings={
        PartOfDay.NIGHT: Meaning(
            _("In the night"),
            _("The source says night or overnight. The date is the one it gives."),
        ),
        PartOfDay.EARLY_MORNING: Meaning(
            _("Early in the morning"), _("The source says early morning, dawn or the small hours.")
        ),
        PartOfDay.MORNING: Meaning(_("In the morning"), _("The source says morning.")),
        PartOfDay.AFTERNOON: Meaning(_("In the afternoon"), _("The source says afternoon.")),
        PartOfDay.EVENING: Meaning(_("In the evening"), _("The source says evening.")),
        PartOfDay.LATE_EVENING: Meaning(
            _("Late in the evening"), _("The source says late evening.")
        ),
    },
)

PLACE_PRECISION = CodeList(
    name="place-precision",
    title=_("Places"),
    question=_("How exactly do the coordinates point?"),
    choices=PlacePrecision,
    meanings={
        PlacePrecision.EXACT: Meaning(_("Exact"), _("They point at the spot itself.")),
        PlacePrecision.SETTLEMENT: Meaning(
            _("Settlement"), _("They stand for a town or village, not for a spot in it.")
        ),
        PlacePrecision.REGION: Meaning(
            _("Region"), _("They stand for a region, by a point within it.")
        ),
        PlacePrecision.COUNTRY: Meaning(
            _("Country"), _("They stand for a country. On a disputed place they decide nothing.")
        ),
    },
    note=_(
        "In public a place is given no finer than by its settlement, until an editor has released "
        "the exact one."
    ),
)

NUMBERS = Chapter(
    name="numbers",
    title=_("Numbers, times and places"),
    words=_(
        "The words as printed are the fact; the numbers beside them are our reading. Numbers "
        "share a table or a sum only where they count the same thing on the same basis."
    ),
    lists=(QUALIFIER, FIGURE_BASIS, COUNTING, PART_OF_DAY, PLACE_PRECISION),
)

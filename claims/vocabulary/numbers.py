"""How numbers, times and places are given."""

from claims.choices import Counting, FigureBasis, PlacePrecision, Qualifier
from claims.vocabulary.entry import Chapter, CodeList, Meaning
from factcheck.common.dates import PartOfDay

QUALIFIER = CodeList(
    name="qualifier",
    title="How a number is given",
    question="How exactly do the words give the number?",
    choices=Qualifier,
    meanings={
        Qualifier.BARE: Meaning(
            "A bare number",
            "The number and no word on how exact it is. It is the best value, without a lowest or "
            "highest.",
        ),
        Qualifier.EXACTLY: Meaning(
            "Exactly", "The words themselves say that it is this number and no other."
        ),
        Qualifier.AT_LEAST: Meaning(
            "At least", "The number or more: it is the lowest value, and there is no best one."
        ),
        Qualifier.MORE_THAN: Meaning(
            "More than", "More, and not the number itself: it is a lower bound that is left out."
        ),
        Qualifier.UP_TO: Meaning(
            "Up to", "The number or less: it is the highest value, and there is no best one."
        ),
        Qualifier.FEWER_THAN: Meaning(
            "Fewer than", "Less, and not the number itself: it is an upper bound that is left out."
        ),
        Qualifier.ABOUT: Meaning(
            "About", "The number or something near it. It is the best value, and not exact."
        ),
        Qualifier.BETWEEN: Meaning("Between", "From one number to another, both of them given."),
        Qualifier.VAGUE: Meaning(
            "Vague", "Words such as “dozens” or “many”. We put no number in their place."
        ),
    },
)

FIGURE_BASIS = CodeList(
    name="figure-basis",
    title="How a number was come by",
    question="How was the number come by, according to the source?",
    choices=FigureBasis,
    meanings={
        FigureBasis.CLAIMED: Meaning(
            "Claimed", "The source states it and does not show how it was come by."
        ),
        FigureBasis.OBSERVED: Meaning(
            "Observed", "It was counted or measured, and the source says by whom."
        ),
        FigureBasis.ESTIMATED: Meaning(
            "Estimated", "The source says that it was worked out, or guessed, from something else."
        ),
    },
)

COUNTING = CodeList(
    name="counting",
    title="How an event is counted",
    question="Does the count begin anew, or go on from the start?",
    choices=Counting,
    meanings={
        Counting.PER_PERIOD: Meaning(
            "Per period", "Each period, such as a day or a night, has a count of its own."
        ),
        Counting.CUMULATIVE: Meaning(
            "From the start", "Everything up to the day of the count, the earlier counts included."
        ),
    },
)

PART_OF_DAY = CodeList(
    name="part-of-day",
    title="Parts of the day",
    question="Of which part of the day does the source speak, where it gives no hour?",
    choices=PartOfDay,
    meanings={
        PartOfDay.NIGHT: Meaning(
            "In the night", "The source says night or overnight. The date is the one it gives."
        ),
        PartOfDay.EARLY_MORNING: Meaning(
            "Early in the morning", "The source says early morning, dawn or the small hours."
        ),
        PartOfDay.MORNING: Meaning("In the morning", "The source says morning."),
        PartOfDay.AFTERNOON: Meaning("In the afternoon", "The source says afternoon."),
        PartOfDay.EVENING: Meaning("In the evening", "The source says evening."),
        PartOfDay.LATE_EVENING: Meaning("Late in the evening", "The source says late evening."),
    },
)

PLACE_PRECISION = CodeList(
    name="place-precision",
    title="Places",
    question="How exactly do the coordinates point?",
    choices=PlacePrecision,
    meanings={
        PlacePrecision.EXACT: Meaning("Exact", "They point at the spot itself."),
        PlacePrecision.SETTLEMENT: Meaning(
            "Settlement", "They stand for a town or village, not for a spot in it."
        ),
        PlacePrecision.REGION: Meaning("Region", "They stand for a region, by a point within it."),
        PlacePrecision.COUNTRY: Meaning(
            "Country", "They stand for a country. On a disputed place they decide nothing."
        ),
    },
    note="In public a place is given no finer than by its settlement, until an editor has released "
    "the exact one.",
)

NUMBERS = Chapter(
    name="numbers",
    title="Numbers, times and places",
    words="The words as printed are the fact; the numbers beside them are our reading. Numbers "
    "share a table or a sum only where they count the same thing on the same basis.",
    lists=(QUALIFIER, FIGURE_BASIS, COUNTING, PART_OF_DAY, PLACE_PRECISION),
)

"""Addresses of actors, sources and events."""

from typing import Any

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from claims.api.components import NAME
from claims.api.shapes import (
    DAY,
    GONE,
    ID,
    NOT_CHANGED,
    NOT_FOUND,
    PAGING,
    PROBLEM,
    Schema,
    in_path,
    in_query,
    line,
    ok,
    ordering,
    page_of,
    problem,
    ref,
)
from claims.choices import FigureBasis
from factcheck.ledger.choices import SubjectKind
from sources.choices import ActorKind, SourceKind

MAX_NAME = 200
ORDERINGS = ("-published", "published")
LEADS_ON = ok(
    ref("Tombstone"),
    "It was merged into another: `Location` says where, the body is the tombstone. Not for ever,"
    " since a merge can be undone.",
)


TAGS = {
    SubjectKind.ACTOR: "claimants",
    SubjectKind.SOURCE: "sources",
    SubjectKind.EVENT: "events",
}
AN = {
    SubjectKind.ACTOR: "an actor",
    SubjectKind.SOURCE: "a source",
    SubjectKind.EVENT: "an event",
}


def subject_list(kind: SubjectKind, summary: str, parameters: list[OpenApiParameter]) -> Any:
    """What a list of subjects says of itself."""
    order = ordering(ORDERINGS, "By their newest publication.")
    asked = [NAMED, *parameters, order, *PAGING]
    page = ok(page_of(ref(f"{NAME[kind]}Summary")), "A page of summaries.")
    tag = TAGS[kind]
    return extend_schema_view(
        get=extend_schema(
            operation_id=f"list{tag.capitalize()}",
            tags=[tag],
            summary=summary,
            parameters=asked,
            responses={200: page, 304: NOT_CHANGED},
        )
    )


def subject_record(kind: SubjectKind) -> Any:
    """What the record of a subject says of itself."""
    return extend_schema_view(
        get=extend_schema(
            operation_id="getClaimant" if kind == SubjectKind.ACTOR else f"get{NAME[kind]}",
            tags=[TAGS[kind]],
            summary=f"The newest record of {AN[kind]}: exactly the bytes that were logged",
            parameters=[in_path("public_id", ID, f"The id of {AN[kind]}.")],
            responses={
                200: ok(ref(f"{NAME[kind]}Record"), "The record."),
                304: NOT_CHANGED,
                307: LEADS_ON,
                (404, PROBLEM): NOT_FOUND,
                410: GONE,
            },
        )
    )


def of_kind(codes: list[str], name: str) -> OpenApiParameter:
    """The filter by kind."""
    return in_query("kind", {"enum": codes}, f"As in the vocabulary list `{name}`.")


NAMED = in_query(
    "q",
    line(MAX_NAME),
    "Words of the name, the last of them maybe only begun.",
)

actor_record = subject_record(SubjectKind.ACTOR)
source_record = subject_record(SubjectKind.SOURCE)
event_record = subject_record(SubjectKind.EVENT)

actor_list = subject_list(
    SubjectKind.ACTOR,
    "Those who speak; private persons are in no list",
    [of_kind(ActorKind.values, "actor-kind")],
)
source_list = subject_list(
    SubjectKind.SOURCE,
    "Outlets and channels",
    [
        of_kind(SourceKind.values, "source-kind"),
        in_query("operator", ID, "Run by this actor, under any of the ids that it stands for."),
    ],
)
event_list = subject_list(
    SubjectKind.EVENT,
    "Happenings that claims are about",
    [
        in_query("happened_on_or_after", DAY, "Possibly on this day or later."),
        in_query("happened_on_or_before", DAY, "Possibly on this day or earlier."),
    ],
)

FIGURES: Schema = {
    **page_of(ref("FigureRow"), most=1_000, sum=ref("Sum")),
    # Only where it is asked for.
    "required": ["next", "previous", "results"],
}

event_figures = extend_schema(
    operation_id="listFigures",
    tags=["events"],
    summary="The figures of an event side by side, per claimant",
    description=(
        "A row for each figure of each claim that stands now, with both statuses of the claim."
        " Figures are never averaged. They are added up by `sum=true` alone, and only those of one"
        " measure, one basis and one claimant that count day by day in one unit; everything else is"
        " refused with the reason, since a sum of unlike figures is a claim that nobody made."
    ),
    parameters=[
        in_path("public_id", ID, "The id of an event."),
        in_query("measure", ID, "Of this measure of the event."),
        in_query("basis", {"enum": FigureBasis.values}, "As in the list `figure-basis`."),
        in_query("claimant", ID, "Of this actor."),
        in_query("sum", {"enum": ["true"]}, "With the sum, and all figures on one page."),
        *PAGING,
    ],
    responses={
        200: ok(FIGURES, "A page of figures."),
        304: NOT_CHANGED,
        307: OpenApiResponse(description="The event was merged: `Location` says into which."),
        (404, PROBLEM): NOT_FOUND,
        (410, PROBLEM): problem("The event was taken back."),
    },
)

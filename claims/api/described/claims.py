"""Addresses of claims."""

from typing import Any

from django_filters import ChoiceFilter, Filter
from drf_spectacular.utils import OpenApiParameter, extend_schema

from claims.api.components import VERSION
from claims.api.filters import (
    MAX_URL,
    MOST_ORIGINS,
    OF_TODAY,
    HostFilter,
    ProgramFilter,
    UrlFilter,
    WholeNumberFilter,
)
from claims.api.questions import ORDERINGS
from claims.api.shapes import (
    DAY,
    GONE,
    ID,
    JSON_LD,
    NOT_CHANGED,
    NOT_FOUND,
    PAGING,
    PROBLEM,
    RECORD,
    Schema,
    in_path,
    in_query,
    line,
    many,
    nullable,
    ok,
    ordering,
    page_of,
    problem,
    ref,
    shape,
    shown,
)
from claims.as_of import PARAMETER as AS_OF
from claims.filters import DayFilter, PublicIdFilter
from claims.listing import MAX_QUERY

CLAIM_ID = in_path("claim_id", ID, "The id of a claim.")
A_DAY = "(1[89]|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
A_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
NUMBER: Schema = {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}
MEANINGS = {
    "attribution_status": "Did they say it? Codes of the vocabulary list `attribution-status`.",
    "verification_status": "Is it so? Codes of the vocabulary list `verification-status`.",
    "about": "What it is about, as in the vocabulary list `about`.",
    "kind": "What kind of claim it is, as in the vocabulary list `claim-kind`.",
    "claimant": "Said by this actor.",
    "voiced_by": "Spoken by this actor for somebody else.",
    "controlled_by": "Said by this actor, or by one that it controlled then, as published now.",
    "outlet": "Said by this source in its own voice.",
    "source": "Resting on a document of this source.",
    "event": "About this event.",
    "topic": "On this topic, by its slug in any language.",
    "language": "In which language its text is.",
    "said_on_or_after": "Possibly said on this day or later.",
    "said_on_or_before": "Possibly said on this day or earlier.",
    "has_figures": "With figures, or without.",
    "document": "Citing a document at this address. Letter case, scheme, a leading `www.`, fragment"
    " and tracking parameters make no difference.",
    "domain": "Citing a document at this domain or below it.",
    "published_on_or_after": "Whose newest version was published on this day (UTC) or later.",
    "published_on_or_before": "Whose newest version was published on this day (UTC) or earlier.",
    "first_published_on_or_after": "First published on this day (UTC) or later.",
    "first_published_on_or_before": "First published on this day (UTC) or earlier.",
    "min_origins": "Supported by at least so many independent origins.",
}


def filter_schema(name: str, asked: Filter) -> Schema:
    """What a filter takes, read from the filter itself."""
    match asked:
        case ChoiceFilter():
            return {"enum": [code for code, _ in asked.extra["choices"]]}
        case PublicIdFilter():
            return ID
        case DayFilter():
            return DAY
        case WholeNumberFilter():
            return {"type": "integer", "minimum": 1, "maximum": MOST_ORIGINS}
        case UrlFilter():
            # No more than `format` says: what is no address of a document is refused in words.
            return {"type": "string", "minLength": 1, "maxLength": MAX_URL}
        case HostFilter():
            return {"type": "string", "minLength": 1, "maxLength": 253}
    return line(asked.extra["max_length"])


def filters() -> list[OpenApiParameter]:
    """The filters of the list, every one of them: a new one needs its meaning above."""
    return [
        in_query(name, filter_schema(name, asked), meaning(name))
        for name, asked in ProgramFilter.base_filters.items()
    ]


def meaning(name: str) -> str:
    """What a filter asks for."""
    today = f" Not together with `{AS_OF}`." if name in OF_TODAY else ""
    merged = " What was merged since is asked for under any of its ids."
    is_subject = isinstance(ProgramFilter.base_filters[name], PublicIdFilter)
    return MEANINGS[name] + (merged if is_subject else "") + today


TOO_SMALL: dict[str, Any] = {
    "type": "urn:factcheck:problem:invalid-input",
    "title": "Invalid input",
    "status": 400,
    "detail": "page_size: Give a whole number from 1 to 100, in the digits 0 to 9.",
    "instance": "/api/v1/claims/",
    "errors": [
        {
            "parameter": "page_size",
            "detail": "Give a whole number from 1 to 100, in the digits 0 to 9.",
        }
    ],
}

claim_list = extend_schema(
    operation_id="listClaims",
    tags=["claims"],
    summary="Claims that stand now, or stood on a past day",
    description=(
        "Summaries, by default the newest publication first. Filters are combined with *and*. Days"
        " of saying are bounds: a claim is kept if it may have been said in the time asked for."
    ),
    parameters=[
        in_query(
            "q",
            line(MAX_QUERY),
            "Words, “phrases” and -minus, as readers search: in our words and the original ones, in"
            " names, events and titles of documents, across scripts. Not together with"
            f" `{AS_OF}`.",
        ),
        *filters(),
        in_query(
            AS_OF,
            {"type": "string", "pattern": f"^{A_DAY}(T{A_TIME}Z)?$"},
            "What stood at the end of this day (UTC), or at this second, by the order of"
            " publication.",
        ),
        ordering(
            ORDERINGS, "By the day of publication, or by the last day on which it may be said."
        ),
        *PAGING,
    ],
    responses={
        200: ok(page_of(ref("ClaimSummary")), "A page of claims."),
        304: NOT_CHANGED,
        (400, PROBLEM): ok(
            ref("Problem"),
            "Something is wrong with the parameters.",
            [
                shown(
                    "/api/v1/claims/?page_size=0",
                    TOO_SMALL,
                    summary="Too small a page",
                    media_type=PROBLEM,
                    status_codes=[400],
                )
            ],
        ),
    },
)

claim_record = extend_schema(
    operation_id="getClaim",
    tags=["claims"],
    summary="The newest record of a claim: exactly the bytes that were logged",
    description=(
        "The SHA-256 of the body is the ETag and stands in the public log. With"
        " `Accept: application/ld+json` the answer is the schema.org markup of the claim's page."
    ),
    parameters=[CLAIM_ID],
    responses={
        (200, RECORD): ok(ref("ClaimRecord"), "The record."),
        (200, JSON_LD): ok({"type": "object"}, "A ClaimReview or Claim of schema.org."),
        304: NOT_CHANGED,
        (404, PROBLEM): NOT_FOUND,
        410: GONE,
    },
)

claim_versions = extend_schema(
    operation_id="listVersions",
    tags=["claims"],
    summary="All versions of a claim, oldest first",
    parameters=[CLAIM_ID],
    responses={
        200: ok(
            shape(
                {
                    "next": {"type": "null"},
                    "previous": {"type": "null"},
                    "results": many(shape({**VERSION, "url": {"type": "string", "format": "uri"}})),
                }
            ),
            "What each version is, and where its bytes are.",
        ),
        304: NOT_CHANGED,
        (404, PROBLEM): NOT_FOUND,
    },
)

claim_version = extend_schema(
    operation_id="getVersion",
    tags=["claims"],
    summary="The record of one version",
    parameters=[CLAIM_ID, in_path("number", NUMBER, "Counted from 1.")],
    responses={
        200: ok(
            {"anyOf": [ref("ClaimRecord"), ref("Tombstone")]},
            "The bytes as they were logged then.",
        ),
        304: NOT_CHANGED,
        (404, PROBLEM): NOT_FOUND,
        (410, PROBLEM): problem("The claim is withheld, and this version with it."),
    },
)

DIFFERENCE = shape(
    {
        "part": {"type": "string"},
        "key": nullable({"type": "object"}),
        "title": {"type": "string"},
        "how": {"type": "string"},
        "changes": many(
            shape(
                {
                    "field": {"type": "string"},
                    "label": {"type": "string"},
                    "how": {"type": "string"},
                    "before": {},
                    "after": {},
                }
            )
        ),
    },
    "What changed in one part of the record: the claim itself, or one entry of a list.",
)

claim_comparison = extend_schema(
    operation_id="compareVersions",
    tags=["claims"],
    summary="What changed between two versions of a claim",
    parameters=[
        CLAIM_ID,
        in_path("first", NUMBER, "The version before."),
        in_path("second", NUMBER, "The version after."),
    ],
    responses={
        200: ok(
            shape(
                {
                    "claim": ID,
                    "before": ref("Version"),
                    "after": ref("Version"),
                    "differences": many(DIFFERENCE),
                }
            ),
            "The differences, field by field.",
        ),
        304: NOT_CHANGED,
        (404, PROBLEM): NOT_FOUND,
        (410, PROBLEM): problem("One of the versions is withheld, or has no words to compare."),
    },
)

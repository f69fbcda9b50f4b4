"""The address that tells whether something has been checked."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema

from claims.api.shapes import NOT_CHANGED, Schema, in_query, many, ok, ref, shape
from claims.matching import MAX_TEXT, MOST_FOUND
from factcheck.common.text import QUOTE_PATTERN

TEXT: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": MAX_TEXT,
    "pattern": QUOTE_PATTERN,
}
SUMMARY = "Has this been checked?"
DESCRIPTION = (
    "The claims that stand now and say nearly the same as the text or one of its sentences, most"
    " alike first; none where nothing is alike enough. Words are compared, not what they mean: a"
    " denial is as like as what it denies, so what is found is for a person to look at."
)
FOUND: dict[int, OpenApiResponse] = {
    200: ok(
        shape(
            {
                "results": many(
                    shape(
                        {
                            "alike": {
                                "type": "number",
                                "minimum": 0,
                                "maximum": 1,
                                "description": "How much of its letters it shares.",
                            },
                            "other_numbers": {
                                **many({"type": "string"}),
                                "description": "Its numbers, where they are not those of the text.",
                            },
                            "claim": ref("ClaimSummary"),
                        }
                    ),
                    MOST_FOUND,
                )
            }
        ),
        "The claims that were found.",
    )
}

get_matches: Any = extend_schema(
    operation_id="match",
    tags=["match"],
    summary=SUMMARY,
    description=DESCRIPTION,
    parameters=[
        in_query(
            "text",
            TEXT,
            "A sentence, a post or a paragraph.",
            required=True,
            example="Twelve boats were counted.",
        )
    ],
    responses={**FOUND, 304: NOT_CHANGED},
)
post_matches: Any = extend_schema(
    operation_id="matchLongText",
    tags=["match"],
    summary=f"{SUMMARY} For a text that no address is long enough for",
    description=DESCRIPTION,
    request={"application/json": shape({"text": TEXT})},
    responses=FOUND,
)

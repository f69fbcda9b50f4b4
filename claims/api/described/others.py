"""Addresses of documents, topics and codes, and the first one."""

from typing import Any

from drf_spectacular.utils import extend_schema

from claims.api.components import TOPIC
from claims.api.filters import MAX_URL
from claims.api.shapes import (
    DAY,
    ID,
    NOT_CHANGED,
    NOT_FOUND,
    PAGING,
    PROBLEM,
    in_path,
    in_query,
    many,
    ok,
    page_of,
    ref,
    shape,
    shown,
)
from claims.vocabulary import LISTS
from factcheck.ledger.choices import METHODOLOGY

NOTHING: dict[str, Any] = {"next": None, "previous": None, "results": []}
UNCITED = "https://example.org/cited-by-nobody"

index = extend_schema(
    operation_id="getIndex",
    tags=["about"],
    summary="Where to start",
    responses={
        200: ok(
            {"type": "object", "additionalProperties": {"type": "string"}},
            "The addresses of the API, as URI templates.",
        ),
    },
)

document_list = extend_schema(
    operation_id="findDocuments",
    tags=["documents"],
    summary="Which claims cite an address",
    description=(
        "Letter case, scheme, a leading `www.`, fragment and tracking parameters make no"
        " difference. An address that nobody cites is no error."
    ),
    parameters=[
        in_query(
            "url",
            {"type": "string", "minLength": 1, "maxLength": MAX_URL},
            "The address of a document, with https://.",
            required=True,
            example=UNCITED,
        ),
        *PAGING,
    ],
    responses={
        200: ok(
            page_of(
                ref("ClaimSummary"),
                url={"type": "string"},
                documents=many(ref("CitedDocument"), 20),
            ),
            "The documents at the address, and a page of the claims that cite them.",
            [
                shown(
                    f"/api/v1/documents/?url={UNCITED}",
                    {"url": UNCITED, "documents": [], **NOTHING},
                    summary="Cited by nobody",
                )
            ],
        ),
        304: NOT_CHANGED,
    },
)

document = extend_schema(
    operation_id="getDocument",
    tags=["documents"],
    summary="A document, and the claims that cite it",
    parameters=[in_path("document_id", ID, "The id of a document."), *PAGING],
    responses={
        200: ok(page_of(ref("ClaimSummary"), document=ref("Document")), "The document."),
        304: NOT_CHANGED,
        307: ok(
            shape({"successor": shape({"kind": {"const": "document"}, "id": ID})}),
            "It was entered twice, and merged into another: `Location` says where. Not for ever,"
            " since a merger can be undone.",
        ),
        (404, PROBLEM): NOT_FOUND,
    },
)

topic_list = extend_schema(
    operation_id="listTopics",
    tags=["topics"],
    summary="All topics that a claim names now",
    parameters=PAGING,
    responses={200: ok(page_of(ref("Topic")), "A page of topics."), 304: NOT_CHANGED},
)

topic = extend_schema(
    operation_id="getTopic",
    tags=["topics"],
    summary="One topic, under any of its names",
    parameters=[
        in_path(
            "slug",
            {
                "type": "string",
                "minLength": 1,
                "maxLength": 100,
                "pattern": r"^[^\s\x00-\x1f\x7f/?#%]+$",
            },
            "A slug of the topic in any language.",
        )
    ],
    responses={
        200: ok(shape({**TOPIC, "claims_url": {"type": "string", "format": "uri"}}), "The topic."),
        304: NOT_CHANGED,
        (404, PROBLEM): NOT_FOUND,
    },
)

SAID = LISTS["figure-basis"]

vocabulary = extend_schema(
    operation_id="getVocabulary",
    tags=["vocabulary"],
    summary="Every code of the records, with its meaning",
    responses={
        200: ok(
            shape({"methodology": {**DAY, "const": METHODOLOGY}, "lists": many(ref("CodeList"))}),
            "The lists in the order of the methodology page.",
        ),
        304: NOT_CHANGED,
    },
)

vocabulary_list = extend_schema(
    operation_id="getVocabularyList",
    tags=["vocabulary"],
    summary="One list of codes",
    parameters=[in_path("name", {"enum": list(LISTS)}, "The name of a list.")],
    responses={
        200: ok(
            ref("CodeList"),
            "The list.",
            [
                shown(
                    f"/api/v1/vocabulary/{SAID.name}/", SAID.as_json(), summary="Basis of a figure"
                )
            ],
        ),
        304: NOT_CHANGED,
        (404, PROBLEM): NOT_FOUND,
    },
)

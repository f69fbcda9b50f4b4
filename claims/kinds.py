"""How each of the four kinds of public record is loaded, told, checked and projected."""

import json
from pathlib import Path

from claims import projection, record
from claims.claim_file import load_file
from claims.models import Claim, Event
from factcheck.ledger.choices import SubjectKind
from sources import workflow as sources_workflow
from sources.publishing import Kind, Kinds

SCHEMAS = Path(__file__).parent / "schemas"

KINDS: Kinds = {
    **sources_workflow.KINDS,
    SubjectKind.EVENT.value: Kind(
        model=Event,
        load=record.load_event,
        name=lambda event: event.title,
        content=record.event_content,
        mentions=record.event_mentions,
        documents=record.event_documents,
        schema=json.loads((SCHEMAS / "event.1.json").read_text()),
        others_words=record.EVENT_OTHERS_WORDS,
        project=projection.project_event,
    ),
    SubjectKind.CLAIM.value: Kind(
        model=Claim,
        load=load_file,
        name=record.claim_name,
        content=record.claim_content,
        mentions=record.claim_mentions,
        documents=record.claim_documents,
        schema=json.loads((SCHEMAS / "claim.3.json").read_text()),
        schema_version=3,
        older_schemas={
            version: json.loads((SCHEMAS / f"claim.{version}.json").read_text())
            for version in (1, 2)
        },
        others_words=record.CLAIM_OTHERS_WORDS,
        project=projection.project_claim,
        project_new=projection.project_new_claims,
        goes_along=False,
    ),
}

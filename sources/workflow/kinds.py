"""The two kinds of subject that this room publishes."""

import json
from pathlib import Path

from factcheck.ledger.choices import SubjectKind
from sources import projection, record
from sources.models import Actor, Source
from sources.publishing import Kind, Kinds

SCHEMAS = Path(__file__).parents[1] / "schemas"

KINDS: Kinds = {
    SubjectKind.ACTOR.value: Kind(
        model=Actor,
        load=record.load_actor,
        name=record.actor_name,
        content=record.actor_content,
        mentions=record.actor_mentions,
        documents=record.actor_documents,
        secrets=record.actor_secrets,
        schema=json.loads((SCHEMAS / "actor.1.json").read_text()),
        others_words=record.ACTOR_OTHERS_WORDS,
        project=projection.project_actor,
        project_new=projection.project_new_actors,
        load_many=record.load_actors,
    ),
    SubjectKind.SOURCE.value: Kind(
        model=Source,
        load=record.load_source,
        name=lambda source: source.name,
        content=record.source_content,
        mentions=record.source_mentions,
        documents=record.source_documents,
        schema=json.loads((SCHEMAS / "source.1.json").read_text()),
        others_words=record.SOURCE_OTHERS_WORDS,
        project=projection.project_source,
        project_new=projection.project_new_sources,
        load_many=record.load_sources,
    ),
}

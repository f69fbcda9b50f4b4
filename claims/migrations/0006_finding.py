"""What claims are found by at the desk, kept by triggers, and an index for the events' words."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import factcheck.common.finding
from django.conf import settings
from django.db import migrations, models


# What no word can be begins with "=": the parser of words takes that for a space.
TERMS = """
CREATE FUNCTION finding_terms(claim_id bigint) RETURNS tsvector LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT
        to_tsvector('finding', left(claim.text, 20000))
        || to_tsvector('finding', left(claim.original_words, 20000))
        || array_to_tsvector(array_remove(ARRAY[
            '=id:' || claim.public_id,
            '=stage:' || claim.stage,
            '=attribution:' || claim.attribution_status,
            '=verification:' || claim.verification_status,
            '=about:' || claim.about,
            '=kind:' || claim.kind,
            '=speaker:' || claim.speaker,
            '=by:' || claim.created_by_id,
            '=actor:' || claim.claimant_id,
            '=actor:' || claim.voiced_by_id,
            '=outlet:' || claim.outlet_id,
            '=event:' || claim.event_id,
            '=public:' || coalesce((
                SELECT CASE
                    WHEN publication.kind IN ('publish', 'update', 'correct', 'restore') THEN 'live'
                    WHEN publication.kind = 'suspend' THEN 'suspended'
                    WHEN publication.kind = 'redact' THEN 'redacted'
                    ELSE 'retracted'
                END
                FROM ledger_publication AS publication
                WHERE subject_kind = 'claim' AND subject_id = claim.public_id
                ORDER BY version DESC LIMIT 1
            ), 'never')
        ]
        || ARRAY(SELECT '=topic:' || topic_id FROM claims_claimtopic AS browsed
            WHERE browsed.claim_id = claim.id)
        || ARRAY(SELECT '=document:' || document_id FROM claims_citation AS citation
            WHERE citation.claim_id = claim.id)
        || ARRAY(SELECT '=source:' || document.source_id FROM claims_citation AS citation
            JOIN sources_document AS document ON document.id = citation.document_id
            WHERE citation.claim_id = claim.id),
        NULL))
    FROM claims_claim AS claim WHERE claim.id = $1
$$;
"""

# Everything of a claim's file touches the claim's row, so that row tells of citations and topics
# too. A claim's end takes its finding aid along.
CLAIM_CHANGED = """
CREATE FUNCTION finding_aid_of_claim() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM claims_findingaid WHERE claim_id = OLD.id;
        RETURN NULL;
    END IF;
    INSERT INTO claims_findingaid (claim_id, terms, said_on, changed_at)
    VALUES (
        NEW.id,
        finding_terms(NEW.id),
        coalesce(NEW.said_not_before, NEW.said_not_after),
        clock_timestamp()
    )
    ON CONFLICT (claim_id) DO UPDATE SET
        terms = EXCLUDED.terms, said_on = EXCLUDED.said_on, changed_at = EXCLUDED.changed_at;
    RETURN NULL;
END;
$$;
CREATE TRIGGER finding_aid AFTER INSERT OR UPDATE OR DELETE ON claims_claim
    FOR EACH ROW EXECUTE FUNCTION finding_aid_of_claim();
"""

DOCUMENT_MOVED = """
CREATE FUNCTION finding_aid_of_document() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE claims_findingaid SET terms = finding_terms(claim_id)
    WHERE claim_id IN (SELECT claim_id FROM claims_citation WHERE document_id = NEW.id);
    RETURN NULL;
END;
$$;
CREATE TRIGGER finding_aid AFTER UPDATE OF source_id ON sources_document
    FOR EACH ROW WHEN (NEW.source_id IS DISTINCT FROM OLD.source_id)
    EXECUTE FUNCTION finding_aid_of_document();
"""

CLAIM_PUBLISHED = """
CREATE FUNCTION finding_aid_of_publication() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE claims_findingaid SET terms = finding_terms(claim_id)
    WHERE claim_id = (SELECT id FROM claims_claim WHERE public_id = NEW.subject_id);
    RETURN NULL;
END;
$$;
CREATE TRIGGER finding_aid AFTER INSERT ON ledger_publication
    FOR EACH ROW WHEN (NEW.subject_kind = 'claim') EXECUTE FUNCTION finding_aid_of_publication();
"""

FROM_NOW_ON = """
DROP TRIGGER finding_aid ON ledger_publication;
DROP FUNCTION finding_aid_of_publication();
DROP TRIGGER finding_aid ON sources_document;
DROP FUNCTION finding_aid_of_document();
DROP TRIGGER finding_aid ON claims_claim;
DROP FUNCTION finding_aid_of_claim();
DROP FUNCTION finding_terms(bigint);
"""

# The index is made after the rows, which is quicker by far.
ROWS = """
INSERT INTO claims_findingaid (claim_id, terms, said_on, changed_at)
SELECT claim.id, finding_terms(claim.id), coalesce(said_not_before, said_not_after),
    coalesce((SELECT max(pgh_created_at) FROM claims_claimevent WHERE pgh_obj_id = claim.id),
        claim.created_at)
FROM claims_claim AS claim;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_presence'),
        ('ledger', '0005_erasure'),
        ('sources', '0008_finding_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FindingAid',
            fields=[
                ('claim', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='finding_aid', serialize=False, to='claims.claim')),
                ('terms', django.contrib.postgres.search.SearchVectorField()),
                ('said_on', models.DateField(null=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.RunSQL(
            TERMS + CLAIM_CHANGED + DOCUMENT_MOVED + CLAIM_PUBLISHED, reverse_sql=FROM_NOW_ON
        ),
        migrations.RunSQL(ROWS, reverse_sql="DELETE FROM claims_findingaid;"),
        migrations.AddIndex(
            model_name='event',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('title', 'place'), fastupdate=False, name='event_words'),
        ),
        migrations.AddIndex(
            model_name='findingaid',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['terms'], name='findingaid_terms'),
        ),
        migrations.AddIndex(
            model_name='findingaid',
            index=models.Index(fields=['said_on'], name='findingaid_said_on'),
        ),
        migrations.AddIndex(
            model_name='findingaid',
            index=models.Index(fields=['changed_at'], name='findingaid_changed_at'),
        ),
    ]

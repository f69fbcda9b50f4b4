"""The ids under which a Document stood before others were merged into it, whose addresses lead on."""

from django.db import migrations

FORMER_IDS = """
CREATE FUNCTION document_former_ids(document bigint) RETURNS text[] LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE stood_for(id, public_id) AS (
        SELECT id, public_id FROM sources_document WHERE merged_into_id = $1
        UNION
        SELECT merged.id, merged.public_id FROM sources_document AS merged
            JOIN stood_for ON merged.merged_into_id = stood_for.id
    )
    SELECT coalesce(array_agg(public_id::text ORDER BY public_id COLLATE "C"), '{}') FROM stood_for
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0010_controls_and_summaries")]

    operations = [
        migrations.RunSQL(FORMER_IDS, "DROP FUNCTION document_former_ids(bigint);"),
    ]

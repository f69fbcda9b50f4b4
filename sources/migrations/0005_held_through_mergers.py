"""A Document is held as well through what was merged into it."""

from django.db import migrations

IS_HELD = """
CREATE FUNCTION document_is_held(document bigint) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE stood_for(id) AS (
        SELECT $1
        UNION
        SELECT merged.id FROM sources_document AS merged
            JOIN stood_for ON merged.merged_into_id = stood_for.id
    )
    SELECT EXISTS (
        SELECT FROM sources_capture AS capture JOIN stood_for ON capture.document_id = stood_for.id
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_successors")]

    operations = [
        migrations.RunSQL(IS_HELD, "DROP FUNCTION document_is_held(bigint);"),
    ]

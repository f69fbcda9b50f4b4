"""What counts as held, and how the bytes of a capture go on the day that was set."""

from django.db import migrations

# Until now every capture was of the document itself, and none was ever erased.
IS_HELD = """
CREATE OR REPLACE FUNCTION document_is_held(document bigint) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE stood_for(id) AS (
        SELECT $1
        UNION
        SELECT merged.id FROM sources_document AS merged
            JOIN stood_for ON merged.merged_into_id = stood_for.id
    )
    SELECT EXISTS (
        SELECT FROM sources_capture AS capture JOIN stood_for ON capture.document_id = stood_for.id
        {condition}
    )
$$;
"""
SEEN = "WHERE capture.status IN ('live', 'changed', 'supplied') AND capture.erased_at IS NULL"

# Whether something published rests on it: the newest content of a subject that is not retracted,
# merged or redacted mentions it by its public id. What is suspended may come back as it was.
RESTS_ON = """
CREATE FUNCTION capture_is_rested_on(capture bigint) RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM sources_capture AS held JOIN ledger_publication AS told
            ON position('"' || held.public_id || '"' IN told.record) > 0
        WHERE held.id = $1
            AND told.kind IN ('publish', 'update', 'correct', 'restore')
            AND NOT EXISTS (
                SELECT FROM ledger_publication AS later
                WHERE later.subject_kind = told.subject_kind AND later.subject_id = told.subject_id
                    AND later.version > told.version AND later.kind <> 'suspend'
            )
    )
$$;
"""

# Runs as the table's owner, so that the app can have bytes erased and still change no row itself.
# Whoever may call it is granted that beside the tables; PUBLIC may not.
ERASE = """
CREATE FUNCTION capture_erase(capture bigint) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM public.sources_capture WHERE id = capture_erase.capture FOR UPDATE;
    IF public.capture_is_rested_on(capture_erase.capture) THEN
        RETURN FALSE;
    END IF;
    UPDATE public.sources_capture AS held SET content = '', text = '', erased_at = now()
        WHERE held.id = capture_erase.capture AND held.erased_at IS NULL
            AND EXISTS (
                SELECT FROM public.sources_capturedeletion AS deletion
                WHERE deletion.capture_id = held.id AND deletion.delete_on <= current_date
            );
    RETURN FOUND;
END;
$$;
REVOKE ALL ON FUNCTION capture_erase(bigint) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0012_keeping_copies"), ("ledger", "0005_erasure")]

    operations = [
        migrations.RunSQL(IS_HELD.format(condition=SEEN), IS_HELD.format(condition="")),
        migrations.RunSQL(RESTS_ON, "DROP FUNCTION capture_is_rested_on(bigint);"),
        migrations.RunSQL(ERASE, "DROP FUNCTION capture_erase(bigint);"),
    ]

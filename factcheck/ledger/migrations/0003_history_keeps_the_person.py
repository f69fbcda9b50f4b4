"""Who changed a row is kept as the row is: pghistory's contexts lose nobody."""

from django.db import migrations

KEEP = """
CREATE FUNCTION history_keeps_the_person() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (
        OLD.metadata ? 'user' AND NEW.metadata -> 'user' IS DISTINCT FROM OLD.metadata -> 'user'
    ) THEN
        RAISE EXCEPTION 'Who changed what is never changed or removed.'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'history_keeps_the_person', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER history_keeps_the_person BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION history_keeps_the_person();
"""
LOSE = """
DROP TRIGGER history_keeps_the_person ON pghistory_context;
DROP FUNCTION history_keeps_the_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_head"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [migrations.RunSQL(KEEP, LOSE)]

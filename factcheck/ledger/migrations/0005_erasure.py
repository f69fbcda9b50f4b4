"""The words of what is redacted can be erased, and nothing else."""

import factcheck.common.guards
import factcheck.ledger.models.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Runs as the tables' owner, so that the app can have words erased and still change no row itself.
# Whoever may call it is granted that beside the tables; PUBLIC may not.
ERASE = """
CREATE FUNCTION ledger_erase(kind text, id text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    redacted public.ledger_publication%ROWTYPE;
    erased bigint;
BEGIN
    SELECT * INTO redacted FROM public.ledger_publication
        WHERE subject_kind = ledger_erase.kind AND subject_id = ledger_erase.id
        ORDER BY version DESC LIMIT 1;
    IF (redacted.kind = 'redact') IS NOT TRUE THEN
        RAISE EXCEPTION 'Only the words of what was redacted are erased.'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'ledger_erase_follows_a_redaction', TABLE = 'ledger_publication';
    END IF;
    UPDATE public.ledger_publication AS earlier SET record = '', note = ''
        WHERE earlier.subject_kind = redacted.subject_kind
            AND earlier.subject_id = redacted.subject_id
            AND earlier.version < redacted.version AND earlier.record <> '';
    GET DIAGNOSTICS erased = ROW_COUNT;
    RETURN erased;
END;
$$;
REVOKE ALL ON FUNCTION ledger_erase(text, text) FROM PUBLIC;
"""
KEEP = "DROP FUNCTION ledger_erase(text, text);"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_successors")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='publication',
            name='append_only',
        ),
        migrations.RemoveConstraint(
            model_name='publication',
            name='ledger_publication_says_what_changed',
        ),
        migrations.RemoveConstraint(
            model_name='publication',
            name='ledger_publication_hash_is_records',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=factcheck.common.guards.GuardSql(func="RAISE EXCEPTION 'Rows of ledger_publication are never changed or removed; append a new one.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_publication_append_only', TABLE = TG_TABLE_NAME;", hash='e237fe54db0844038a4d668d5240b1c46cd03b22', level='STATEMENT', operation='DELETE OR TRUNCATE', pgid='pgtrigger_append_only_7f859', table='ledger_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='erases_only', sql=factcheck.common.guards.GuardSql(func="IF (\n        OLD.record <> '' AND NEW.record = '' AND NEW.note = ''\n        AND (to_jsonb(NEW) - ARRAY['record', 'note']) = (to_jsonb(OLD) - ARRAY['record', 'note'])\n        AND EXISTS (\n            SELECT FROM ledger_publication AS later\n            WHERE later.subject_kind = OLD.subject_kind AND later.subject_id = OLD.subject_id\n                AND later.version > OLD.version AND later.kind = 'redact')\n        ) IS NOT TRUE THEN RAISE EXCEPTION 'Rows of ledger_publication are never changed or removed; append a new one.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_publication_append_only', TABLE = TG_TABLE_NAME; END IF;\nRETURN NEW;", hash='77071ed063817dfa135766ca7369431f8944261a', operation='UPDATE', pgid='pgtrigger_erases_only_51156', table='ledger_publication', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'publish'), ('note__regex', '\\S'), ('record', ''), _connector='OR'), name='ledger_publication_says_what_changed'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('record_sha256', factcheck.ledger.models.constraints.Sha256Hex('record')), ('record', ''), _connector='OR'), name='ledger_publication_hash_is_records'),
        ),
        migrations.RunSQL(ERASE, KEEP),
    ]

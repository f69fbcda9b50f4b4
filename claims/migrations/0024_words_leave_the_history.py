"""The words of what was redacted leave its history as well: who changed it when stays."""

from django.db import migrations

# Runs as the tables' owner, since the app may only add to histories. Of a row before a change all
# that could hold words is emptied; its keys, the person and the time are not.
ERASE = """
CREATE FUNCTION history_erase(kind text, id text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    redacted boolean;
    own bigint;
    history record;
    assignments text;
    changed bigint;
    erased bigint := 0;
BEGIN
    SELECT newest.kind = 'redact' INTO redacted FROM public.ledger_publication AS newest
        WHERE newest.subject_kind = history_erase.kind AND newest.subject_id = history_erase.id
        ORDER BY newest.version DESC LIMIT 1;
    IF redacted IS NOT TRUE THEN
        RAISE EXCEPTION 'Only the words of what was redacted are erased.'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'history_erase_follows_a_redaction', TABLE = 'ledger_publication';
    END IF;
    EXECUTE CASE history_erase.kind
        WHEN 'claim' THEN 'SELECT id FROM public.claims_claim WHERE public_id = $1'
        WHEN 'event' THEN 'SELECT id FROM public.claims_event WHERE public_id = $1'
        WHEN 'actor' THEN 'SELECT id FROM public.sources_actor WHERE public_id = $1'
        WHEN 'source' THEN 'SELECT id FROM public.sources_source WHERE public_id = $1'
    END INTO own USING history_erase.id;
    FOR history IN
        SELECT * FROM (VALUES
            ('claim', 'claims_claimevent', 'pgh_obj_id'),
            ('claim', 'claims_claimtopicevent', 'claim_id'),
            ('claim', 'claims_citationevent', 'claim_id'),
            ('claim', 'claims_relayevent', 'claim_id'),
            ('claim', 'claims_depictionevent', 'claim_id'),
            ('claim', 'claims_mediafindingevent', 'claim_id'),
            ('claim', 'claims_figureevent', 'claim_id'),
            ('claim', 'claims_inquiryevent', 'claim_id'),
            ('claim', 'claims_overrideevent', 'claim_id'),
            ('claim', 'claims_claimrelationevent', 'claim_id'),
            ('event', 'claims_eventevent', 'pgh_obj_id'),
            ('event', 'claims_eventpartyevent', 'event_id'),
            ('event', 'claims_measureevent', 'event_id'),
            ('actor', 'sources_actorevent', 'pgh_obj_id'),
            ('actor', 'sources_actornameevent', 'actor_id'),
            ('actor', 'sources_actorroleevent', 'actor_id'),
            ('actor', 'sources_controlevent', 'actor_id'),
            ('source', 'sources_sourceevent', 'pgh_obj_id'),
            ('source', 'sources_sourceaddressevent', 'source_id')
        ) AS place (subject_kind, name, key) WHERE place.subject_kind = history_erase.kind
    LOOP
        SELECT string_agg(format('%I = %L', column_name, ''), ', ') INTO assignments
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = history.name
            -- Codes are short, and say nothing of the words.
            AND (data_type = 'text' OR character_maximum_length > 60)
            AND column_name <> 'pgh_label';
        IF assignments IS NOT NULL THEN
            EXECUTE format('UPDATE public.%I SET %s WHERE %I = $1', history.name, assignments,
                history.key) USING own;
            GET DIAGNOSTICS changed = ROW_COUNT;
            erased := erased + changed;
        END IF;
    END LOOP;
    RETURN erased;
END;
$$;
REVOKE ALL ON FUNCTION history_erase(text, text) FROM PUBLIC;
"""
KEEP = "DROP FUNCTION history_erase(text, text);"


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0023_public_claims_say_imported"),
        ("ledger", "0009_log_tree"),
        ("sources", "0013_held_and_erased"),
    ]

    operations = [migrations.RunSQL(ERASE, KEEP)]

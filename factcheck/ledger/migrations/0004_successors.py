"""What was merged says what stands in its place, and nothing follows a redaction."""

import factcheck.common.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_history_keeps_the_person")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='publication',
            name='is_in_its_place',
        ),
        migrations.AddField(
            model_name='publication',
            name='successor_id',
            field=models.CharField(blank=True, help_text='What stands in its place, of the same kind.', max_length=10),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('successor_id', ''), _negated=True), fields=['subject_kind', 'successor_id'], name='ledger_publication_successor'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='is_in_its_place', sql=factcheck.common.guards.GuardSql(declare='DECLARE head ledger_head%ROWTYPE; previous ledger_publication%ROWTYPE; deciding ledger_decision%ROWTYPE; told jsonb;', func='SELECT * INTO head FROM ledger_head;\nSELECT * INTO previous FROM ledger_publication ORDER BY seq DESC LIMIT 1;\nIF (NEW.seq = coalesce(previous.seq, 0) + 1 AND NEW.seq <= head.seq) IS NOT TRUE THEN RAISE EXCEPTION \'A publication takes the next place, and the head gives it out.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_seq_has_no_gap\', TABLE = TG_TABLE_NAME; END IF;\n\nIF (NEW.published_at = head.at AND NEW.published_at >= coalesce(previous.published_at, NEW.published_at)) IS NOT TRUE THEN RAISE EXCEPTION \'A publication has the time at which the head gave out its place.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_time_is_the_heads\', TABLE = TG_TABLE_NAME; END IF;\n\n\n        SELECT * INTO previous FROM ledger_publication\n            WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id\n            ORDER BY version DESC LIMIT 1;\n        \nIF (NEW.version = coalesce(previous.version, 0) + 1) IS NOT TRUE THEN RAISE EXCEPTION \'A publication is the next version of its subject.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_version_has_no_gap\', TABLE = TG_TABLE_NAME; END IF;\n\nIF (coalesce(previous.kind, \'\') || \'>\' || NEW.kind IN (\'>publish\', \'correct>correct\', \'correct>merge\', \'correct>redact\', \'correct>retract\', \'correct>suspend\', \'correct>update\', \'merge>redact\', \'merge>restore\', \'publish>correct\', \'publish>merge\', \'publish>redact\', \'publish>retract\', \'publish>suspend\', \'publish>update\', \'restore>correct\', \'restore>merge\', \'restore>redact\', \'restore>retract\', \'restore>suspend\', \'restore>update\', \'retract>redact\', \'retract>restore\', \'suspend>redact\', \'suspend>restore\', \'suspend>retract\', \'update>correct\', \'update>merge\', \'update>redact\', \'update>retract\', \'update>suspend\', \'update>update\')) IS NOT TRUE THEN RAISE EXCEPTION \'A publication of this kind cannot follow the one before it.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_kind_follows\', TABLE = TG_TABLE_NAME; END IF;\n\nSELECT * INTO deciding FROM ledger_decision WHERE id = NEW.decision_id;\nIF (deciding.subject_kind = NEW.subject_kind AND deciding.subject_id = NEW.subject_id) IS NOT TRUE THEN RAISE EXCEPTION \'A publication rests on a decision about its own subject.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_decision_is_its_own\', TABLE = TG_TABLE_NAME; END IF;\n\ntold := NEW.record::jsonb;\nIF (\n    told @> jsonb_build_object(\n        \'note\', nullif(NEW.note, \'\'),\n        \'publication\', NEW.kind,\n        \'published_at\', to_char(NEW.published_at AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\'),\n        \'seq\', NEW.seq,\n        \'successor\', CASE WHEN NEW.successor_id <> \'\' THEN\n            jsonb_build_object(\'id\', NEW.successor_id, \'kind\', NEW.subject_kind) END,\n        \'subject\', jsonb_build_object(\'id\', NEW.subject_id, \'kind\', NEW.subject_kind),\n        \'version\', NEW.version)\n    AND (told ? \'content\') = (NEW.kind NOT IN (\'merge\', \'redact\', \'retract\', \'suspend\'))\n) IS NOT TRUE THEN RAISE EXCEPTION \'The record of a publication must say what its columns say.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_record_describes_it\', TABLE = TG_TABLE_NAME; END IF;\n\nIF (NEW.entry = \n    \'{"decision_sha256":"\' || deciding.body_sha256\n    || \'","kind":"\' || NEW.kind\n    || \'","record_sha256":"\' || NEW.record_sha256\n    || \'","seq":\' || NEW.seq\n    || \',"subject":{"id":"\' || NEW.subject_id || \'","kind":"\' || NEW.subject_kind\n    || \'"},"time":"\' || to_char(NEW.published_at AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')\n    || \'","version":\' || NEW.version || \'}\'\n) IS NOT TRUE THEN RAISE EXCEPTION \'The entry of a publication must say exactly what its columns say.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_entry_describes_it\', TABLE = TG_TABLE_NAME; END IF;\n\n\n        IF NEW.successor_id <> \'\' THEN\n            SELECT * INTO previous FROM ledger_publication\n                WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.successor_id\n                ORDER BY version DESC LIMIT 1;\n            IF (previous.kind NOT IN (\'merge\', \'redact\', \'retract\', \'suspend\')) IS NOT TRUE THEN RAISE EXCEPTION \'What stands in the place of something else must be public.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_successor_is_live\', TABLE = TG_TABLE_NAME; END IF;\n\n        END IF;\n        RETURN NEW;\n        ', hash='ec82f4e5c16d9a87d03bda430c51c77c51ca20f8', operation='INSERT', pgid='pgtrigger_is_in_its_place_a528a', table='ledger_publication', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'merge'), models.Q(('successor_id', ''), _negated=True)), ('kind', 'redact'), models.Q(models.Q(('kind', 'merge'), _negated=True), ('successor_id', '')), _connector='OR'), name='ledger_publication_merge_has_a_successor'),
        ),
    ]

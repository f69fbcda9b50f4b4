"""The function that gives public ids, and the ledger: four tables and what guards them."""

import django.db.models.deletion
import factcheck.ledger.models.constraints
import factcheck.common.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# Ten characters of Crockford's base 32, fifty random bits. gen_random_uuid() is PostgreSQL's only
# strong source of chance that needs no extension; hashing it spreads its 122 bits evenly.
CREATE_PUBLIC_ID = """
    CREATE FUNCTION public_id() RETURNS text
        LANGUAGE sql VOLATILE PARALLEL SAFE SET search_path = pg_catalog
    AS $$
        SELECT string_agg(
            substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(hash, place) & 31) + 1, 1), '')
        FROM (SELECT sha256(uuid_send(gen_random_uuid())) AS hash) AS chance,
            generate_series(0, 9) AS place
    $$;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Other apps' tables take their public ids from it and depend on this migration.
        migrations.RunSQL(CREATE_PUBLIC_ID, reverse_sql="DROP FUNCTION public_id();"),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(choices=[('claim', 'Claim'), ('event', 'Event'), ('actor', 'Actor'), ('source', 'Source')], max_length=10)),
                ('subject_id', models.CharField(max_length=10)),
            ],
            options={
                'db_table': 'ledger_mention',
                'ordering': ['publication', 'subject_kind', 'subject_id'],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(choices=[('claim', 'Claim'), ('event', 'Event'), ('actor', 'Actor'), ('source', 'Source')], max_length=10)),
                ('subject_id', models.CharField(max_length=10)),
                ('version', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('publish', 'Publish'), ('update', 'Update'), ('correct', 'Correct'), ('suspend', 'Suspend'), ('restore', 'Restore'), ('retract', 'Retract'), ('merge', 'Merge'), ('redact', 'Redact')], max_length=10)),
                ('note', models.TextField(blank=True, help_text='Public: what changed, and why.')),
                ('published_at', models.DateTimeField()),
                ('record', models.TextField()),
                ('record_sha256', models.CharField(max_length=64)),
                ('entry', models.TextField()),
            ],
            options={
                'db_table': 'ledger_publication',
                'ordering': ['seq'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(choices=[('claim', 'Claim'), ('event', 'Event'), ('actor', 'Actor'), ('source', 'Source')], max_length=10)),
                ('subject_id', models.CharField(max_length=10)),
                ('action', models.CharField(max_length=40)),
                ('stage_from', models.CharField(blank=True, max_length=20)),
                ('stage_to', models.CharField(blank=True, max_length=20)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True, help_text='For the desk; never published.')),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('salt', models.CharField(max_length=32)),
                ('body', models.TextField(help_text='The canonical JSON of all of the above.')),
                ('body_sha256', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'ledger_decision',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'ledger_head',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='ledger_head_is_one_row'), models.CheckConstraint(condition=models.Q(('seq__gte', 0)), name='ledger_head_counts_from_zero')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='head',
            trigger=pgtrigger.compiler.Trigger(name='only_grows', sql=factcheck.common.guards.GuardSql(func="IF (NEW.seq > OLD.seq) IS NOT TRUE THEN RAISE EXCEPTION 'The head of the ledger only moves forward.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_head_only_grows', TABLE = TG_TABLE_NAME; END IF;\nNEW.at := greatest(OLD.at, clock_timestamp()); RETURN NEW;", hash='7dd1809df159f3e1aa0300f37eebed4798638daf', operation='UPDATE', pgid='pgtrigger_only_grows_41062', table='ledger_head', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='head',
            trigger=pgtrigger.compiler.Trigger(name='stays', sql=factcheck.common.guards.GuardSql(func="RAISE EXCEPTION 'The head of the ledger is never removed.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_head_stays', TABLE = TG_TABLE_NAME;", hash='694cf1e73ad951031b4b9acf132e5aaa94f093fe', level='STATEMENT', operation='DELETE OR TRUNCATE', pgid='pgtrigger_stays_d1482', table='ledger_head', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='head',
            trigger=pgtrigger.compiler.Trigger(name='leaves_no_gap', sql=factcheck.common.guards.GuardSql(constraint='CONSTRAINT', func="IF (EXISTS (SELECT FROM ledger_publication WHERE seq = NEW.seq)) IS NOT TRUE THEN RAISE EXCEPTION 'Every place given out by the head must be filled before the commit.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_head_leaves_no_gap', TABLE = TG_TABLE_NAME; END IF;\nRETURN NULL;", hash='fb4335abf69783ad40ff80da5db6ca3f14ac59fd', operation='UPDATE', pgid='pgtrigger_leaves_no_gap_ba3d3', table='ledger_head', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.AddField(
            model_name='publication',
            name='decision',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='ledger.decision'),
        ),
        migrations.AddField(
            model_name='mention',
            name='publication',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='ledger.publication'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['subject_kind', 'subject_id'], name='ledger_decision_subject'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('subject_id__regex', '^[0-9abcdefghjkmnpqrstvwxyz]{10}$'), ('subject_kind__in', ['claim', 'event', 'actor', 'source'])), name='ledger_decision_has_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('action', ''), _negated=True), name='ledger_decision_has_an_action'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('content_hash', ''), ('content_hash__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='ledger_decision_content_hash_is_one'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('salt__regex', '^[0-9a-f]{32}$')), name='ledger_decision_is_salted'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('body_sha256', factcheck.ledger.models.constraints.Sha256Hex('body'))), name='ledger_decision_hash_is_bodys'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=factcheck.common.guards.GuardSql(func="RAISE EXCEPTION 'Rows of ledger_decision are never changed or removed; append a new one.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_decision_append_only', TABLE = TG_TABLE_NAME;", hash='4c35f27d9a11ed188c7999df4aba4cddd579e4da', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_527cb', table='ledger_decision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='decision',
            trigger=pgtrigger.compiler.Trigger(name='is_what_it_says', sql=factcheck.common.guards.GuardSql(func='IF (\n    NEW.body::jsonb = jsonb_build_object(\n        \'action\', NEW.action,\n        \'at\', to_char(NEW.at AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\'),\n        \'by\', jsonb_build_object(\n            \'id\', NEW.by_id, \'username\', NEW.body::jsonb #>> \'{by,username}\'),\n        \'content_hash\', NEW.content_hash,\n        \'from\', NEW.stage_from,\n        \'note\', NEW.note,\n        \'salt\', NEW.salt,\n        \'subject\', jsonb_build_object(\'id\', NEW.subject_id, \'kind\', NEW.subject_kind),\n        \'to\', NEW.stage_to)\n) IS NOT TRUE THEN RAISE EXCEPTION \'The body of a decision must say exactly what its columns say.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_decision_body_describes_it\', TABLE = TG_TABLE_NAME; END IF;\nIF (\n    NEW.at BETWEEN transaction_timestamp()\n        AND (SELECT greatest(head.at, clock_timestamp()) FROM ledger_head AS head)\n) IS NOT TRUE THEN RAISE EXCEPTION \'A decision is dated when it is taken, by the clock of the database.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_decision_is_dated_now\', TABLE = TG_TABLE_NAME; END IF;\nRETURN NEW;', hash='4a65de38cbe29ae7990c8225686a612d547c72b4', operation='INSERT', pgid='pgtrigger_is_what_it_says_f9e9c', table='ledger_decision', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'version'), name='ledger_publication_one_per_version'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'publish'), ('note__regex', '\\S'), _connector='OR'), name='ledger_publication_says_what_changed'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('record_sha256', factcheck.ledger.models.constraints.Sha256Hex('record'))), name='ledger_publication_hash_is_records'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=factcheck.common.guards.GuardSql(func="RAISE EXCEPTION 'Rows of ledger_publication are never changed or removed; append a new one.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_publication_append_only', TABLE = TG_TABLE_NAME;", hash='6e2db83952e9169d15671a0aa9a3b1930bea7ad9', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_7f859', table='ledger_publication', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='is_in_its_place', sql=factcheck.common.guards.GuardSql(declare='DECLARE head ledger_head%ROWTYPE; previous ledger_publication%ROWTYPE; deciding ledger_decision%ROWTYPE; told jsonb;', func='SELECT * INTO head FROM ledger_head;\nSELECT * INTO previous FROM ledger_publication ORDER BY seq DESC LIMIT 1;\nIF (NEW.seq = coalesce(previous.seq, 0) + 1 AND NEW.seq <= head.seq) IS NOT TRUE THEN RAISE EXCEPTION \'A publication takes the next place, and the head gives it out.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_seq_has_no_gap\', TABLE = TG_TABLE_NAME; END IF;\n\nIF (NEW.published_at = head.at AND NEW.published_at >= coalesce(previous.published_at, NEW.published_at)) IS NOT TRUE THEN RAISE EXCEPTION \'A publication has the time at which the head gave out its place.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_time_is_the_heads\', TABLE = TG_TABLE_NAME; END IF;\n\n\n        SELECT * INTO previous FROM ledger_publication\n            WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id\n            ORDER BY version DESC LIMIT 1;\n        \nIF (NEW.version = coalesce(previous.version, 0) + 1) IS NOT TRUE THEN RAISE EXCEPTION \'A publication is the next version of its subject.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_version_has_no_gap\', TABLE = TG_TABLE_NAME; END IF;\n\nIF (coalesce(previous.kind, \'\') || \'>\' || NEW.kind IN (\'>publish\', \'correct>correct\', \'correct>merge\', \'correct>redact\', \'correct>retract\', \'correct>suspend\', \'correct>update\', \'merge>redact\', \'merge>restore\', \'publish>correct\', \'publish>merge\', \'publish>redact\', \'publish>retract\', \'publish>suspend\', \'publish>update\', \'redact>redact\', \'redact>restore\', \'restore>correct\', \'restore>merge\', \'restore>redact\', \'restore>retract\', \'restore>suspend\', \'restore>update\', \'retract>redact\', \'retract>restore\', \'suspend>redact\', \'suspend>restore\', \'suspend>retract\', \'update>correct\', \'update>merge\', \'update>redact\', \'update>retract\', \'update>suspend\', \'update>update\')) IS NOT TRUE THEN RAISE EXCEPTION \'A publication of this kind cannot follow the one before it.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_kind_follows\', TABLE = TG_TABLE_NAME; END IF;\n\nSELECT * INTO deciding FROM ledger_decision WHERE id = NEW.decision_id;\nIF (deciding.subject_kind = NEW.subject_kind AND deciding.subject_id = NEW.subject_id) IS NOT TRUE THEN RAISE EXCEPTION \'A publication rests on a decision about its own subject.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_decision_is_its_own\', TABLE = TG_TABLE_NAME; END IF;\n\ntold := NEW.record::jsonb;\nIF (\n    told @> jsonb_build_object(\n        \'note\', nullif(NEW.note, \'\'),\n        \'publication\', NEW.kind,\n        \'published_at\', to_char(NEW.published_at AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\'),\n        \'seq\', NEW.seq,\n        \'subject\', jsonb_build_object(\'id\', NEW.subject_id, \'kind\', NEW.subject_kind),\n        \'version\', NEW.version)\n    AND (told ? \'content\') = (NEW.kind NOT IN (\'merge\', \'redact\', \'retract\', \'suspend\'))\n) IS NOT TRUE THEN RAISE EXCEPTION \'The record of a publication must say what its columns say.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_record_describes_it\', TABLE = TG_TABLE_NAME; END IF;\n\nIF (NEW.entry = \n    \'{"decision_sha256":"\' || deciding.body_sha256\n    || \'","kind":"\' || NEW.kind\n    || \'","record_sha256":"\' || NEW.record_sha256\n    || \'","seq":\' || NEW.seq\n    || \',"subject":{"id":"\' || NEW.subject_id || \'","kind":"\' || NEW.subject_kind\n    || \'"},"time":"\' || to_char(NEW.published_at AT TIME ZONE \'UTC\', \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')\n    || \'","version":\' || NEW.version || \'}\'\n) IS NOT TRUE THEN RAISE EXCEPTION \'The entry of a publication must say exactly what its columns say.\' USING ERRCODE = \'integrity_constraint_violation\', CONSTRAINT = \'ledger_publication_entry_describes_it\', TABLE = TG_TABLE_NAME; END IF;\n\nRETURN NEW;', hash='e911c950c9761d0528e8812fa390e82e0f5663c8', operation='INSERT', pgid='pgtrigger_is_in_its_place_a528a', table='ledger_publication', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(fields=['subject_kind', 'subject_id', 'publication'], name='ledger_mention_subject'),
        ),
        migrations.AddConstraint(
            model_name='mention',
            constraint=models.UniqueConstraint(fields=('publication', 'subject_kind', 'subject_id'), name='ledger_mention_once_in_a_publication'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=factcheck.common.guards.GuardSql(func="RAISE EXCEPTION 'Rows of ledger_mention are never changed or removed; append a new one.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_mention_append_only', TABLE = TG_TABLE_NAME;", hash='3bcf60317c901d914aac9ce5d838f1939894ca2f', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_4d35c', table='ledger_mention', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mention',
            trigger=pgtrigger.compiler.Trigger(name='is_of_what_is_public', sql=factcheck.common.guards.GuardSql(func="IF (\n    EXISTS (\n        SELECT FROM ledger_publication AS publication JOIN ledger_head AS head\n            ON publication.published_at = head.at\n        WHERE publication.seq = NEW.publication_id)\n) IS NOT TRUE THEN RAISE EXCEPTION 'A mention goes out with its publication, not later.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_mention_goes_out_with_its_publication', TABLE = TG_TABLE_NAME; END IF;\nIF (\n    EXISTS (\n        SELECT FROM ledger_publication\n        WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id)\n) IS NOT TRUE THEN RAISE EXCEPTION 'A publication mentions only what was published, or goes out with it.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_mention_is_of_something_published', TABLE = TG_TABLE_NAME; END IF;\nRETURN NEW;", hash='3f67da025b3fd20e0cea76a78c9dab9cf898836b', operation='INSERT', pgid='pgtrigger_is_of_what_is_public_b52a4', table='ledger_mention', when='BEFORE')),
        ),
    ]

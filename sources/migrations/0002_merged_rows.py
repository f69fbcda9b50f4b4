"""A row that was entered twice goes on being pointed at, and says which one stands for it."""

import django.db.models.deletion
import factcheck.common.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('ledger', '0005_erasure'),
        ('sources', '0001_initial'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='actor',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='actor',
            name='deleted_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='deleted_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='source',
            name='deleted_delete',
        ),
        migrations.AddField(
            model_name='actor',
            name='merged_into',
            field=models.ForeignKey(editable=False, help_text='The Actor that stands for this one, which was entered twice.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='sources.actor'),
        ),
        migrations.AddField(
            model_name='actorevent',
            name='merged_into',
            field=models.ForeignKey(db_constraint=False, editable=False, help_text='The Actor that stands for this one, which was entered twice.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.actor'),
        ),
        migrations.AddField(
            model_name='document',
            name='merged_into',
            field=models.ForeignKey(editable=False, help_text='The Document that stands for this one, which was entered twice.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='sources.document'),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='merged_into',
            field=models.ForeignKey(db_constraint=False, editable=False, help_text='The Document that stands for this one, which was entered twice.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document'),
        ),
        migrations.AddField(
            model_name='source',
            name='merged_into',
            field=models.ForeignKey(editable=False, help_text='The Source that stands for this one, which was entered twice.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='sources.source'),
        ),
        migrations.AddField(
            model_name='sourceevent',
            name='merged_into',
            field=models.ForeignKey(db_constraint=False, editable=False, help_text='The Source that stands for this one, which was entered twice.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='merges_by_a_decision', sql=factcheck.common.guards.GuardSql(func="\n    IF TG_OP = 'INSERT' THEN\n        IF NEW.merged_into_id IS NULL THEN\n            RETURN NEW;\n        END IF;\n    ELSIF NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN\n        RETURN NEW;\n    END IF;\n    IF (\n        SELECT CASE WHEN NEW.merged_into_id IS NULL\n            THEN action = 'restore' ELSE action IN ('merge', 'redact') END\n        FROM ledger_decision\n        WHERE subject_kind = 'actor' AND subject_id = NEW.public_id\n            AND at >= transaction_timestamp()\n        ORDER BY id DESC LIMIT 1\n    ) IS NOT TRUE THEN\n        RAISE EXCEPTION 'What a row was merged into changes only by a step of the workflow.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'sources_actor_merges_by_a_decision', TABLE = TG_TABLE_NAME;\n    END IF;\n    \n    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - ARRAY['merged_into_id', 'edit_number'])\n            = (to_jsonb(OLD) - ARRAY['merged_into_id', 'edit_number']) THEN\n        NEW.edit_number := OLD.edit_number;\n    END IF;\n\n    RETURN NEW;\n", hash='0f80efd3a95d2572a6b40c8ef17fd56fcbfce115', operation='INSERT OR UPDATE', pgid='pgtrigger_merges_by_a_decision_d2e2b', table='sources_actor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='merges_in_line', sql=factcheck.common.guards.GuardSql(func="\n    IF NEW.merged_into_id IS NULL OR NOT (TRUE) OR (\n        TG_OP = 'UPDATE' AND NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id\n            AND NEW.id IS NOT DISTINCT FROM OLD.id AND (TRUE)\n    ) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM pg_advisory_xact_lock(hashtext('sources_actor_acyclic'));\n    IF EXISTS (\n        WITH RECURSIVE above(node) AS (\n            SELECT NEW.merged_into_id\n            UNION\n            SELECT edge.merged_into_id FROM sources_actor AS edge JOIN above ON edge.id = above.node\n            WHERE edge.merged_into_id IS NOT NULL AND (TRUE)\n        )\n        SELECT 1 FROM above WHERE node = NEW.id\n    ) THEN\n        RAISE EXCEPTION 'This would close a circle: what stands for another is not merged into it.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'sources_actor_acyclic', TABLE = TG_TABLE_NAME;\n    END IF;\n    RETURN NEW;\n", hash='7755329d19a6508fa99926a14f0a38e0f4350ab0', operation='INSERT OR UPDATE', pgid='pgtrigger_merges_in_line_ca640', table='sources_actor', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=factcheck.common.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_actorevent" ("created_at", "created_by_id", "description", "edit_number", "id", "is_private", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "wikidata_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."description", OLD."edit_number", OLD."id", OLD."is_private", OLD."kind", OLD."merged_into_id", OLD."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'changed\', OLD."id", OLD."public_id", OLD."wikidata_id"); RETURN NULL;', hash='e6326ef6a36463f3bf17091347758e0e2efd7f6f', operation='UPDATE', pgid='pgtrigger_changed_update_d8a01', table='sources_actor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='actor',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=factcheck.common.guards.GuardSql(func='INSERT INTO "sources_actorevent" ("created_at", "created_by_id", "description", "edit_number", "id", "is_private", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "wikidata_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."description", OLD."edit_number", OLD."id", OLD."is_private", OLD."kind", OLD."merged_into_id", OLD."name", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'deleted\', OLD."id", OLD."public_id", OLD."wikidata_id"); RETURN NULL;', hash='ecc8b80799a5b3ac4f092f32fe4f08d50175b95b', operation='DELETE', pgid='pgtrigger_deleted_delete_e6c29', table='sources_actor', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='merges_in_line', sql=factcheck.common.guards.GuardSql(func="\n    IF NEW.merged_into_id IS NULL OR NOT (TRUE) OR (\n        TG_OP = 'UPDATE' AND NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id\n            AND NEW.id IS NOT DISTINCT FROM OLD.id AND (TRUE)\n    ) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM pg_advisory_xact_lock(hashtext('sources_document_acyclic'));\n    IF EXISTS (\n        WITH RECURSIVE above(node) AS (\n            SELECT NEW.merged_into_id\n            UNION\n            SELECT edge.merged_into_id FROM sources_document AS edge JOIN above ON edge.id = above.node\n            WHERE edge.merged_into_id IS NOT NULL AND (TRUE)\n        )\n        SELECT 1 FROM above WHERE node = NEW.id\n    ) THEN\n        RAISE EXCEPTION 'This would close a circle: what stands for another is not merged into it.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'sources_document_acyclic', TABLE = TG_TABLE_NAME;\n    END IF;\n    RETURN NEW;\n", hash='573f548daa9e82d551213590868284d145fc97e3', operation='INSERT OR UPDATE', pgid='pgtrigger_merges_in_line_12510', table='sources_document', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=factcheck.common.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_documentevent" ("author_id", "created_at", "created_by_id", "edit_number", "hop_manner", "hop_of_id", "id", "kind", "language", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_as_printed", "published_not_after", "published_not_before", "published_part_of_day", "published_time_zone", "source_id", "title", "told_by_id", "translator", "url") VALUES (OLD."author_id", OLD."created_at", OLD."created_by_id", OLD."edit_number", OLD."hop_manner", OLD."hop_of_id", OLD."id", OLD."kind", OLD."language", OLD."merged_into_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'changed\', OLD."id", OLD."public_id", OLD."published_as_printed", OLD."published_not_after", OLD."published_not_before", OLD."published_part_of_day", OLD."published_time_zone", OLD."source_id", OLD."title", OLD."told_by_id", OLD."translator", OLD."url"); RETURN NULL;', hash='99f182c8980d5ae1eaa54ccb743302cbe4ec9de5', operation='UPDATE', pgid='pgtrigger_changed_update_319f1', table='sources_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=factcheck.common.guards.GuardSql(func='INSERT INTO "sources_documentevent" ("author_id", "created_at", "created_by_id", "edit_number", "hop_manner", "hop_of_id", "id", "kind", "language", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "published_as_printed", "published_not_after", "published_not_before", "published_part_of_day", "published_time_zone", "source_id", "title", "told_by_id", "translator", "url") VALUES (OLD."author_id", OLD."created_at", OLD."created_by_id", OLD."edit_number", OLD."hop_manner", OLD."hop_of_id", OLD."id", OLD."kind", OLD."language", OLD."merged_into_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'deleted\', OLD."id", OLD."public_id", OLD."published_as_printed", OLD."published_not_after", OLD."published_not_before", OLD."published_part_of_day", OLD."published_time_zone", OLD."source_id", OLD."title", OLD."told_by_id", OLD."translator", OLD."url"); RETURN NULL;', hash='3a8cedd1eab68ee4dc82457106e8c3e047fd3963', operation='DELETE', pgid='pgtrigger_deleted_delete_4365c', table='sources_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='merges_by_a_decision', sql=factcheck.common.guards.GuardSql(func="\n    IF TG_OP = 'INSERT' THEN\n        IF NEW.merged_into_id IS NULL THEN\n            RETURN NEW;\n        END IF;\n    ELSIF NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN\n        RETURN NEW;\n    END IF;\n    IF (\n        SELECT CASE WHEN NEW.merged_into_id IS NULL\n            THEN action = 'restore' ELSE action IN ('merge', 'redact') END\n        FROM ledger_decision\n        WHERE subject_kind = 'source' AND subject_id = NEW.public_id\n            AND at >= transaction_timestamp()\n        ORDER BY id DESC LIMIT 1\n    ) IS NOT TRUE THEN\n        RAISE EXCEPTION 'What a row was merged into changes only by a step of the workflow.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'sources_source_merges_by_a_decision', TABLE = TG_TABLE_NAME;\n    END IF;\n    \n    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - ARRAY['merged_into_id', 'edit_number'])\n            = (to_jsonb(OLD) - ARRAY['merged_into_id', 'edit_number']) THEN\n        NEW.edit_number := OLD.edit_number;\n    END IF;\n\n    RETURN NEW;\n", hash='8de6f1ce8c61d2573a5c99a8ae54748c52903544', operation='INSERT OR UPDATE', pgid='pgtrigger_merges_by_a_decision_1acba', table='sources_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='merges_in_line', sql=factcheck.common.guards.GuardSql(func="\n    IF NEW.merged_into_id IS NULL OR NOT (TRUE) OR (\n        TG_OP = 'UPDATE' AND NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id\n            AND NEW.id IS NOT DISTINCT FROM OLD.id AND (TRUE)\n    ) THEN\n        RETURN NEW;\n    END IF;\n    PERFORM pg_advisory_xact_lock(hashtext('sources_source_acyclic'));\n    IF EXISTS (\n        WITH RECURSIVE above(node) AS (\n            SELECT NEW.merged_into_id\n            UNION\n            SELECT edge.merged_into_id FROM sources_source AS edge JOIN above ON edge.id = above.node\n            WHERE edge.merged_into_id IS NOT NULL AND (TRUE)\n        )\n        SELECT 1 FROM above WHERE node = NEW.id\n    ) THEN\n        RAISE EXCEPTION 'This would close a circle: what stands for another is not merged into it.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'sources_source_acyclic', TABLE = TG_TABLE_NAME;\n    END IF;\n    RETURN NEW;\n", hash='e14abe3ca1994d15aa1d15b5feac2dbf343b0837', operation='INSERT OR UPDATE', pgid='pgtrigger_merges_in_line_ff7c0', table='sources_source', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=factcheck.common.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourceevent" ("created_at", "created_by_id", "edit_number", "id", "kind", "language", "merged_into_id", "name", "operator_id", "operator_passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."edit_number", OLD."id", OLD."kind", OLD."language", OLD."merged_into_id", OLD."name", OLD."operator_id", OLD."operator_passage_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'changed\', OLD."id", OLD."public_id"); RETURN NULL;', hash='9a40a6f4d18ef8b236997094f7cb1f2ae6ff5dd4', operation='UPDATE', pgid='pgtrigger_changed_update_f17fb', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=factcheck.common.guards.GuardSql(func='INSERT INTO "sources_sourceevent" ("created_at", "created_by_id", "edit_number", "id", "kind", "language", "merged_into_id", "name", "operator_id", "operator_passage_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."edit_number", OLD."id", OLD."kind", OLD."language", OLD."merged_into_id", OLD."name", OLD."operator_id", OLD."operator_passage_id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'deleted\', OLD."id", OLD."public_id"); RETURN NULL;', hash='3350b7439749a06a04c4be4f7f9964ae7bdd6c7a', operation='DELETE', pgid='pgtrigger_deleted_delete_dc7a5', table='sources_source', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='actor_is_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='document_is_not_merged_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='source_is_not_merged_into_itself'),
        ),
    ]

"""A proposal that somebody has rejected is remembered with its document."""

import django.db.models.deletion
import django.db.models.functions.datetime
import factcheck.common.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0020_why_jobs_failed'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0010_controls_and_summaries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RejectedProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('fingerprint', models.CharField(help_text='SHA-256 of the words, the speaker and the figure.', max_length=64)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejected_proposals', to='sources.document')),
            ],
            options={
                'ordering': ['document_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RejectedProposalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('fingerprint', models.CharField(help_text='SHA-256 of the words, the speaker and the figure.', max_length=64)),
                ('created_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='+', to='claims.rejectedproposal')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='rejectedproposal',
            constraint=models.UniqueConstraint(fields=('document', 'fingerprint'), name='rejectedproposal_is_rejected_once', violation_error_message='This proposal was rejected already.'),
        ),
        migrations.AddConstraint(
            model_name='rejectedproposal',
            constraint=models.CheckConstraint(condition=models.Q(('fingerprint__regex', '^[0-9a-f]{64}$')), name='rejectedproposal_has_a_fingerprint', violation_error_message='A fingerprint is a SHA-256 in hexadecimal.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rejectedproposal',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=factcheck.common.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_rejectedproposalevent" ("created_at", "created_by_id", "document_id", "fingerprint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."document_id", OLD."fingerprint", OLD."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'changed\', OLD."id"); RETURN NULL;', hash='225a935f1674b275eed5aa7113fc47247345b0ba', operation='UPDATE', pgid='pgtrigger_changed_update_aec2e', table='claims_rejectedproposal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rejectedproposal',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=factcheck.common.guards.GuardSql(func='INSERT INTO "claims_rejectedproposalevent" ("created_at", "created_by_id", "document_id", "fingerprint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."created_at", OLD."created_by_id", OLD."document_id", OLD."fingerprint", OLD."id", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'deleted\', OLD."id"); RETURN NULL;', hash='23826aa68f336ac41989311655bd479a74675e43', operation='DELETE', pgid='pgtrigger_deleted_delete_d9191', table='claims_rejectedproposal', when='AFTER')),
        ),
    ]

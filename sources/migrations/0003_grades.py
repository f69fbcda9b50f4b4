"""What the desk thinks of a source's reliability."""

import datetime
import django.db.models.deletion
import django.db.models.functions.datetime
import factcheck.common.dates
import factcheck.common.guards
import factcheck.common.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('sources', '0002_merged_rows'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceGrade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('about', models.CharField(help_text='On what it was found so, such as “casualties in the region”.', max_length=200, validators=[factcheck.common.text.validate_line])),
                ('grade', models.CharField(choices=[('A', 'A: completely reliable'), ('B', 'B: usually reliable'), ('C', 'C: fairly reliable'), ('D', 'D: not usually reliable'), ('E', 'E: unreliable'), ('F', 'F: reliability cannot be judged')], help_text='The Admiralty grade: how often it was right before, not whether it is now.', max_length=1)),
                ('as_of', models.DateField(help_text='The day on which the desk found it so.', validators=[factcheck.common.dates.validate_day])),
                ('note', models.TextField(blank=True, help_text='Why, for the desk; never published.', validators=[factcheck.common.text.validate_text])),
            ],
            options={
                'ordering': ['source_id', 'about', '-as_of'],
            },
        ),
        migrations.CreateModel(
            name='SourceGradeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('about', models.CharField(help_text='On what it was found so, such as “casualties in the region”.', max_length=200, validators=[factcheck.common.text.validate_line])),
                ('grade', models.CharField(choices=[('A', 'A: completely reliable'), ('B', 'B: usually reliable'), ('C', 'C: fairly reliable'), ('D', 'D: not usually reliable'), ('E', 'E: unreliable'), ('F', 'F: reliability cannot be judged')], help_text='The Admiralty grade: how often it was right before, not whether it is now.', max_length=1)),
                ('as_of', models.DateField(help_text='The day on which the desk found it so.', validators=[factcheck.common.dates.validate_day])),
                ('note', models.TextField(blank=True, help_text='Why, for the desk; never published.', validators=[factcheck.common.text.validate_text])),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='sourcegrade',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sourcegrade',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='sources.source'),
        ),
        migrations.AddField(
            model_name='sourcegradeevent',
            name='created_by',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sourcegradeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='sourcegradeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='+', to='sources.sourcegrade'),
        ),
        migrations.AddField(
            model_name='sourcegradeevent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source'),
        ),
        migrations.AddConstraint(
            model_name='sourcegrade',
            constraint=models.UniqueConstraint(fields=('source', 'about', 'as_of'), name='sourcegrade_is_given_once', violation_error_message='This Source has a grade on this for that day already.'),
        ),
        migrations.AddConstraint(
            model_name='sourcegrade',
            constraint=models.CheckConstraint(condition=models.Q(('grade__in', ['A', 'B', 'C', 'D', 'E', 'F'])), name='sourcegrade_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sourcegrade',
            constraint=models.CheckConstraint(condition=models.Q(('as_of', None), ('as_of__range', (datetime.date(1800, 1, 1), datetime.date(2200, 12, 31))), _connector='OR'), name='sourcegrade_days_can_be_meant', violation_error_message='Days lie from 1800 to 2200.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sourcegrade',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=factcheck.common.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourcegradeevent" ("about", "as_of", "created_at", "created_by_id", "grade", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (OLD."about", OLD."as_of", OLD."created_at", OLD."created_by_id", OLD."grade", OLD."id", OLD."note", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'changed\', OLD."id", OLD."source_id"); RETURN NULL;', hash='6544037953db3ab6d4327e3fc1977b7b929a9c52', operation='UPDATE', pgid='pgtrigger_changed_update_0da8c', table='sources_sourcegrade', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sourcegrade',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=factcheck.common.guards.GuardSql(func='INSERT INTO "sources_sourcegradeevent" ("about", "as_of", "created_at", "created_by_id", "grade", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id") VALUES (OLD."about", OLD."as_of", OLD."created_at", OLD."created_by_id", OLD."grade", OLD."id", OLD."note", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'deleted\', OLD."id", OLD."source_id"); RETURN NULL;', hash='4feed20731add926042ee0a4a967453cc51e0d21', operation='DELETE', pgid='pgtrigger_deleted_delete_bc9d5', table='sources_sourcegrade', when='AFTER')),
        ),
    ]

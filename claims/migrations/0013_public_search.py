"""What readers find claims by, and the topics that claims name. Rows that stand stay as they are
until `rebuild_public` fills them: the ledger alone knows what belongs there.
"""

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0012_old_code_adds_citations'),
        ('sources', '0009_public_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicTopic',
            fields=[
                ('public_id', models.CharField(max_length=10, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('names', models.JSONField()),
                ('slugs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), size=None)),
                ('claims', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['-claims', 'public_id'],
            },
        ),
        migrations.AddField(
            model_name='publicclaim',
            name='original_language',
            field=models.CharField(db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='publicclaim',
            name='original_words',
            field=models.TextField(db_default=''),
        ),
        migrations.AddField(
            model_name='publicclaim',
            name='topic_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='publicclaim',
            name='words',
            field=django.contrib.postgres.search.SearchVectorField(db_default=''),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('said_not_after', 'said_not_before', models.Value(datetime.date(1, 1, 1))), descending=True), models.OrderBy(models.F('from_seq'), descending=True), condition=models.Q(('until_seq', None)), name='publicclaim_said'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None), models.Q(('verification_status', 'unchecked'), _negated=True)), fields=['-from_seq'], name='publicclaim_checked'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('until_seq', None)), fastupdate=False, fields=['topics'], name='publicclaim_topics'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('until_seq', None)), fastupdate=False, fields=['topic_ids'], name='publicclaim_topic_ids'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('until_seq', None)), fastupdate=False, fields=['words'], name='publicclaim_words'),
        ),
        migrations.AddIndex(
            model_name='publictopic',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['slugs'], name='publictopic_slugs'),
        ),
        migrations.AddIndex(
            model_name='publictopic',
            index=models.Index(fields=['-claims', 'public_id'], name='publictopic_largest'),
        ),
    ]

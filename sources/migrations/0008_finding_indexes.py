"""Indexes for the desk's search and autocomplete: words, spellings, addresses."""

import django.contrib.postgres.indexes
import factcheck.common.finding
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0007_finding'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='actor',
            index=models.Index(fields=['name', 'id'], name='actor_by_name'),
        ),
        migrations.AddIndex(
            model_name='actor',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('name'), fastupdate=False, name='actor_words'),
        ),
        migrations.AddIndex(
            model_name='actor',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), fastupdate=False, name='actor_spelt_like'),
        ),
        migrations.AddIndex(
            model_name='actorname',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('name'), fastupdate=False, name='actorname_words'),
        ),
        migrations.AddIndex(
            model_name='actorname',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), fastupdate=False, name='actorname_spelt_like'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('title'), fastupdate=False, name='document_words'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(django.contrib.postgres.indexes.OpClass(factcheck.common.finding.AddressKey('url'), name='text_pattern_ops'), condition=models.Q(('url', ''), _negated=True), name='document_key'),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('locator'), fastupdate=False, name='passage_words'),
        ),
        migrations.AddIndex(
            model_name='passagerange',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('exact'), fastupdate=False, name='passagerange_words'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['name', 'id'], name='source_by_name'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('name'), fastupdate=False, name='source_words'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), fastupdate=False, name='source_spelt_like'),
        ),
        migrations.AddIndex(
            model_name='sourceaddress',
            index=models.Index(django.contrib.postgres.indexes.OpClass(factcheck.common.finding.AddressKey('url'), name='text_pattern_ops'), condition=models.Q(('url', ''), _negated=True), name='sourceaddress_key'),
        ),
    ]

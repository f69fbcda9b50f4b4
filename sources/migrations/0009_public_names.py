"""All published names of an actor, and indexes by which readers find names, misspelt ones too."""

import django.contrib.postgres.indexes
import factcheck.common.finding
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0008_finding_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='publicactor',
            name='names',
            field=models.TextField(db_default=''),
        ),
        migrations.AddIndex(
            model_name='publicactor',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('names'), fastupdate=False, name='publicactor_words'),
        ),
        migrations.AddIndex(
            model_name='publicactor',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('names', name='gin_trgm_ops'), fastupdate=False, name='publicactor_spelt_like'),
        ),
        migrations.AddIndex(
            model_name='publicsource',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('name'), fastupdate=False, name='publicsource_words'),
        ),
        migrations.AddIndex(
            model_name='publicsource',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), fastupdate=False, name='publicsource_spelt_like'),
        ),
    ]

"""Ids under which a document stood before, whose addresses lead on. No record of before says any."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0016_reviews_are_found'),
    ]

    operations = [
        migrations.AddField(
            model_name='publiccitation',
            name='former_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), db_default=[], default=list, size=None),
        ),
        migrations.AddIndex(
            model_name='publiccitation',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['former_ids'], name='publiccitation_former_ids'),
        ),
    ]

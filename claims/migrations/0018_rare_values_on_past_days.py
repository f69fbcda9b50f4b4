"""A list as of a past day finds what is rare without reading all versions."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0017_former_document_ids'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(fields=['about', '-from_seq'], name='publicclaim_ever_about'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(fields=['kind', '-from_seq'], name='publicclaim_ever_kind'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(fields=['language', '-from_seq'], name='publicclaim_ever_language'),
        ),
    ]

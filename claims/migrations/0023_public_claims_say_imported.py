"""Public claims say which were imported, so that their reviews are not taken for ours."""

from django.db import migrations, models


# The records have said it since their second schema.
SAY = """
UPDATE claims_publicclaim SET was_imported = true
FROM ledger_publication WHERE seq = from_seq AND record <> ''
    AND (record::jsonb #>> '{content,was_imported}')::boolean;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0022_imported_reviews'),
    ]

    operations = [
        migrations.AddField(
            model_name='publicclaim',
            name='was_imported',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(SAY, migrations.RunSQL.noop),
    ]

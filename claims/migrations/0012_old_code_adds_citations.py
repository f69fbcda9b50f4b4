"""Citations can be added by code from before the column for quotes that were not found.

That code goes on running while the new one is put in its place. Kept in the database alone: no row is
written, and the table is locked for a moment only.
"""

import factcheck.common.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0011_codes_together'),
    ]

    operations = [
        migrations.AlterField(
            model_name='citation',
            name='unfound_quote',
            field=models.TextField(blank=True, db_default='', default='', help_text='Words that were entered as the quote, and are not in what we hold. Never published; the claim waits until they are found, or taken out here.', validators=[factcheck.common.text.validate_quote]),
        ),
        migrations.AlterField(
            model_name='citationevent',
            name='unfound_quote',
            field=models.TextField(blank=True, db_default='', default='', help_text='Words that were entered as the quote, and are not in what we hold. Never published; the claim waits until they are found, or taken out here.', validators=[factcheck.common.text.validate_quote]),
        ),
    ]

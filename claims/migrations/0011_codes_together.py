"""Which codes occur together, so that filters of which each is common and both are not end at once."""

import claims.models.finding
from django.db import migrations, models


# In one order always: the same codes are the same text.
CODES = """
CREATE FUNCTION finding_codes(terms tsvector) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(string_agg(term, ' ' ORDER BY term COLLATE "C"), '')
    FROM unnest(tsvector_to_array($1)) AS term
    WHERE term ~ '^=(stage|public|attribution|verification|about|kind|speaker):'
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0010_figures_may_leave_open'),
    ]

    operations = [
        migrations.RunSQL(CODES, reverse_sql="DROP FUNCTION finding_codes(tsvector);"),
        migrations.AddField(
            model_name='findingaid',
            name='codes',
            field=models.GeneratedField(db_persist=True, expression=claims.models.finding.Codes('terms'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='findingaid',
            index=models.Index(fields=['codes'], name='findingaid_codes'),
        ),
    ]

"""The one row of ledger_head: no place given out yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        # The head is never deleted, so going back leaves the row; before that, its table goes.
        migrations.RunSQL(
            "INSERT INTO ledger_head (id, seq, at) VALUES (1, 0, clock_timestamp());",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]

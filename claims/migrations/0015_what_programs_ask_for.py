"""What programs ask the lists for: origins, hosts, and an index for each filter. Rows that stand
stay as they are until `rebuild_public` fills them: the ledger alone knows what belongs there.
"""

import claims.models.public
import django.contrib.postgres.indexes
import factcheck.common.finding
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0014_reports_from_readers'),
    ]

    operations = [
        migrations.AddField(
            model_name='publiccitation',
            name='host',
            field=models.CharField(db_collation='C', db_default='', max_length=300),
        ),
        migrations.AddField(
            model_name='publicclaim',
            name='origins',
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name='publicevent',
            name='summary',
            field=models.TextField(db_default=''),
        ),
        migrations.AddIndex(
            model_name='publiccitation',
            index=models.Index(django.contrib.postgres.indexes.OpClass(factcheck.common.finding.AddressKey('document_url'), name='text_pattern_ops'), condition=models.Q(('document_url', ''), _negated=True), name='publiccitation_key'),
        ),
        migrations.AddIndex(
            model_name='publiccitation',
            index=models.Index(condition=models.Q(('host', ''), _negated=True), fields=['host'], name='publiccitation_host'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None)), fields=['voiced_by_id', '-from_seq'], name='publicclaim_voiced_by'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None)), fields=['outlet_id', '-from_seq'], name='publicclaim_outlet'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None)), fields=['about', '-from_seq'], name='publicclaim_about'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None)), fields=['kind', '-from_seq'], name='publicclaim_kind'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None)), fields=['language', '-from_seq'], name='publicclaim_language'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None)), fields=['first_published_at', '-from_seq'], name='publicclaim_first'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('has_figures', True), ('until_seq', None)), fields=['-from_seq'], name='publicclaim_figures'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('origins__gt', 0), ('until_seq', None)), fields=['origins', '-from_seq'], name='publicclaim_origins'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('verification_status', 'unchecked'), _negated=True), fields=['verification_status', '-from_seq'], name='publicclaim_ever_verified'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('attribution_status', 'reported'), _negated=True), fields=['attribution_status', '-from_seq'], name='publicclaim_ever_attributed'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=django.contrib.postgres.indexes.GistIndex(claims.models.public.DaysSaid('said_not_before', 'said_not_after'), condition=models.Q(('until_seq', None)), name='publicclaim_days_said'),
        ),
        migrations.AddIndex(
            model_name='publicevent',
            index=django.contrib.postgres.indexes.GinIndex(factcheck.common.finding.Words('name'), fastupdate=False, name='publicevent_words'),
        ),
    ]

"""Which claims carry a review is asked without reading the others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0015_what_programs_ask_for'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None), models.Q(('verification_status__in', ['confirmed', 'corroborated', 'disputed', 'false', 'misleading', 'partly-true', 'unverifiable']), ('attribution_status__in', ['fabricated', 'misattributed', 'misquoted', 'mistranslated', 'out-of-context']), _connector='OR')), fields=['-from_seq'], name='publicclaim_reviewed'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None), models.Q(('verification_status__in', ['confirmed', 'corroborated', 'disputed', 'false', 'misleading', 'partly-true', 'unverifiable']), ('attribution_status__in', ['fabricated', 'misattributed', 'misquoted', 'mistranslated', 'out-of-context']), _connector='OR')), fields=['language', '-from_seq'], name='publicclaim_reviewed_in'),
        ),
        migrations.AddIndex(
            model_name='publicclaim',
            index=models.Index(condition=models.Q(('until_seq', None), models.Q(('verification_status__in', ['confirmed', 'corroborated', 'disputed', 'false', 'misleading', 'partly-true', 'unverifiable']), ('attribution_status__in', ['fabricated', 'misattributed', 'misquoted', 'mistranslated', 'out-of-context']), _connector='OR')), fields=['said_not_after'], name='publicclaim_reviewed_said'),
        ),
    ]

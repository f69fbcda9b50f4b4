"""What stands in the place of a merged subject, for readers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('sources', '0003_grades'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicSuccessor',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('claim', 'Claim'), ('event', 'Event'), ('actor', 'Actor'), ('source', 'Source')], max_length=10)),
                ('public_id', models.CharField(max_length=10)),
                ('successor_id', models.CharField(max_length=10)),
            ],
            options={
                'ordering': ['seq'],
            },
        ),
        migrations.AddIndex(
            model_name='publicsuccessor',
            index=models.Index(fields=['kind', 'successor_id'], name='publicsuccessor_of'),
        ),
        migrations.AddConstraint(
            model_name='publicsuccessor',
            constraint=models.UniqueConstraint(fields=('kind', 'public_id'), name='publicsuccessor_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='publicsuccessor',
            constraint=models.CheckConstraint(condition=models.Q(('successor_id', models.F('public_id')), _negated=True), name='publicsuccessor_is_another'),
        ),
    ]

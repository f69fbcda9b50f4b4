"""Who controls whom, and subjects as lists of programs show them. Rows that stand stay as they are
until `rebuild_public` fills them: the ledger alone knows what belongs there.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0009_public_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='publicactor',
            name='summary',
            field=models.TextField(db_default=''),
        ),
        migrations.AddField(
            model_name='publicsource',
            name='summary',
            field=models.TextField(db_default=''),
        ),
        migrations.AlterField(
            model_name='publicsource',
            name='operator_id',
            field=models.CharField(blank=True, db_index=True, max_length=10),
        ),
        migrations.CreateModel(
            name='PublicControl',
            fields=[
                ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('actor_id', models.CharField(max_length=10)),
                ('parent_id', models.CharField(max_length=10)),
                ('held_from', models.DateField(null=True)),
                ('held_until', models.DateField(null=True)),
            ],
            options={
                'ordering': ['key'],
                'indexes': [models.Index(fields=['parent_id', 'actor_id'], name='publiccontrol_of'), models.Index(fields=['actor_id'], name='publiccontrol_told_by')],
            },
        ),
    ]

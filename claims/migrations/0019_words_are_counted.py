"""How many public claims have which word. What stands is counted here, under the lock that the
triggers were made with: between the two nobody can publish anything that would be counted twice,
or not at all.
"""

import factcheck.common.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

COUNT = """
INSERT INTO claims_publicword (word, claims)
SELECT word, ndoc FROM ts_stat('SELECT words FROM claims_publicclaim WHERE until_seq IS NULL')
WHERE left(word, 1) <> '='
UNION ALL
SELECT '', count(*) FROM claims_publicclaim WHERE until_seq IS NULL AND words <> ''
HAVING count(*) > 0
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0018_rare_values_on_past_days'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicWord',
            fields=[
                ('word', models.TextField(db_collation='C', primary_key=True, serialize=False)),
                ('claims', models.IntegerField()),
            ],
            options={
                'ordering': ['word'],
            },
        ),
        migrations.CreateModel(
            name='PublicWordChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.TextField(db_collation='C')),
                ('claims', models.IntegerField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicclaim',
            trigger=pgtrigger.compiler.Trigger(name='counts_words_of_added', sql=factcheck.common.guards.GuardSql(func="\n    INSERT INTO claims_publicwordchange (word, claims)\n    SELECT word, sum(one) FROM (\n        SELECT words, 1 AS one FROM come WHERE until_seq IS NULL\n    ) AS changed\n    CROSS JOIN LATERAL (\n        SELECT '' AS word WHERE words <> ''\n        UNION ALL\n        SELECT lexeme FROM unnest(tsvector_to_array(words)) AS lexeme WHERE left(lexeme, 1) <> '='\n    ) AS had\n    GROUP BY word HAVING sum(one) <> 0;\n    RETURN NULL;\n", hash='014ffbcf8da445fde26e1fe2523c5fd2344634a9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_counts_words_of_added_bfb23', referencing='REFERENCING NEW TABLE AS come ', table='claims_publicclaim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicclaim',
            trigger=pgtrigger.compiler.Trigger(name='counts_words_of_changed', sql=factcheck.common.guards.GuardSql(func="\n    INSERT INTO claims_publicwordchange (word, claims)\n    SELECT word, sum(one) FROM (\n        SELECT words, -1 AS one FROM gone WHERE until_seq IS NULL\n        UNION ALL\n        SELECT words, 1 AS one FROM come WHERE until_seq IS NULL\n    ) AS changed\n    CROSS JOIN LATERAL (\n        SELECT '' AS word WHERE words <> ''\n        UNION ALL\n        SELECT lexeme FROM unnest(tsvector_to_array(words)) AS lexeme WHERE left(lexeme, 1) <> '='\n    ) AS had\n    GROUP BY word HAVING sum(one) <> 0;\n    RETURN NULL;\n", hash='90e97a3792525884378d749d48c8aab1db111d8a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_counts_words_of_changed_d9de2', referencing='REFERENCING OLD TABLE AS gone  NEW TABLE AS come ', table='claims_publicclaim', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicclaim',
            trigger=pgtrigger.compiler.Trigger(name='counts_words_of_removed', sql=factcheck.common.guards.GuardSql(func="\n    INSERT INTO claims_publicwordchange (word, claims)\n    SELECT word, sum(one) FROM (\n        SELECT words, -1 AS one FROM gone WHERE until_seq IS NULL\n    ) AS changed\n    CROSS JOIN LATERAL (\n        SELECT '' AS word WHERE words <> ''\n        UNION ALL\n        SELECT lexeme FROM unnest(tsvector_to_array(words)) AS lexeme WHERE left(lexeme, 1) <> '='\n    ) AS had\n    GROUP BY word HAVING sum(one) <> 0;\n    RETURN NULL;\n", hash='7eefb5e5f7dfdd3171f0850db5cd9478c55f7023', level='STATEMENT', operation='DELETE', pgid='pgtrigger_counts_words_of_removed_308b4', referencing='REFERENCING OLD TABLE AS gone ', table='claims_publicclaim', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='publicwordchange',
            index=models.Index(fields=['word'], include=('claims',), name='publicwordchange_word'),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]

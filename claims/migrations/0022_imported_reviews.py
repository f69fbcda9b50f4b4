"""What other organisations' reviews were imported, and claims found by their words."""

import claims.models.claim
import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import factcheck.common.dates
import factcheck.common.guards
import factcheck.common.languages
import factcheck.common.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# The words of a text without case, marks and spaces, as one key of fixed length.
WORDS_KEY = """
CREATE FUNCTION words_key(text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT md5(btrim(regexp_replace(lower(normalize($1, NFKC)), '[^[:alnum:]]+', ' ', 'g')))
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0021_rejected_proposals_stay_away'),
        ('ledger', '0008_corrections_index'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0010_controls_and_summaries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(WORDS_KEY, "DROP FUNCTION words_key(text);"),
        migrations.CreateModel(
            name='ImportedReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('key', models.CharField(help_text="A hash of the review's address and the claim.", max_length=64, unique=True)),
                ('address', models.CharField(help_text='Where the review stands.', max_length=2000, validators=[factcheck.common.text.validate_url])),
                ('site', models.CharField(help_text='The host of who reviewed.', max_length=253, validators=[factcheck.common.text.validate_line])),
                ('publisher', models.CharField(help_text='Who reviewed, as the review says.', max_length=200, validators=[factcheck.common.text.validate_name])),
                ('label', models.TextField(blank=True, help_text='Their verdict, in their own words.', validators=[factcheck.common.text.validate_line])),
                ('explanation', models.TextField(blank=True, help_text='Why, in their own words.', validators=[factcheck.common.text.validate_text])),
                ('rating', models.CharField(blank=True, help_text='Their number with best and worst, as printed.', max_length=130)),
                ('language', models.CharField(help_text='The language of the review.', max_length=20, validators=[factcheck.common.languages.validate_language])),
                ('appearances', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2000), blank=True, default=list, help_text='Where the claim was made or carried, as the review says.', size=None)),
                ('suggested_status', models.CharField(blank=True, choices=[('unchecked', 'unchecked'), ('unverified', 'unverified'), ('corroborated', 'corroborated'), ('confirmed', 'confirmed'), ('disputed', 'disputed'), ('partly-true', 'partly true'), ('misleading', 'misleading'), ('false', 'false'), ('unverifiable', 'unverifiable'), ('not-checkable', 'not checkable')], help_text='What the table of labels suggests; empty for a label that it does not know.', max_length=20)),
                ('tie', models.CharField(choices=[('made', 'the claim was entered from it'), ('cited', 'cited for a claim that another review had brought'), ('linked', 'about a claim that was here already, which stays as it is')], help_text='What the review was to the claim.', max_length=20)),
                ('review_sha256', models.CharField(help_text='Of the review as it was read.', max_length=64)),
                ('edit_number', models.PositiveIntegerField(help_text="The claim's at the end of the import.")),
                ('document_edit_number', models.PositiveIntegerField(help_text="The document's, likewise.")),
                ('took_verdict', models.BooleanField(default=False, help_text='The claim was given the verdict, in order to be published.')),
                ('published_not_before', models.DateField(blank=True, help_text='The first possible day: when the review was published.', null=True, validators=[factcheck.common.dates.validate_day], verbose_name='published, not before')),
                ('published_not_after', models.DateField(blank=True, help_text='The last possible day; the same as the first where the day is known.', null=True, validators=[factcheck.common.dates.validate_day], verbose_name='published, not after')),
                ('published_as_printed', models.CharField(blank=True, help_text="The source's own words for the date, such as “the day before”.", max_length=200, validators=[factcheck.common.text.validate_line], verbose_name='published, as printed')),
                ('published_part_of_day', models.CharField(blank=True, choices=[('night', 'Night'), ('early-morning', 'Early Morning'), ('morning', 'Morning'), ('afternoon', 'Afternoon'), ('evening', 'Evening'), ('late-evening', 'Late Evening')], help_text='Only where the source says so.', max_length=20, verbose_name='published, part of day')),
                ('published_time_zone', models.CharField(blank=True, help_text='Only where the source says whose clock it means.', max_length=60, validators=[factcheck.common.text.validate_line], verbose_name='published, time zone')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ImportedReviewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('key', models.CharField(help_text="A hash of the review's address and the claim.", max_length=64)),
                ('address', models.CharField(help_text='Where the review stands.', max_length=2000, validators=[factcheck.common.text.validate_url])),
                ('site', models.CharField(help_text='The host of who reviewed.', max_length=253, validators=[factcheck.common.text.validate_line])),
                ('publisher', models.CharField(help_text='Who reviewed, as the review says.', max_length=200, validators=[factcheck.common.text.validate_name])),
                ('label', models.TextField(blank=True, help_text='Their verdict, in their own words.', validators=[factcheck.common.text.validate_line])),
                ('explanation', models.TextField(blank=True, help_text='Why, in their own words.', validators=[factcheck.common.text.validate_text])),
                ('rating', models.CharField(blank=True, help_text='Their number with best and worst, as printed.', max_length=130)),
                ('language', models.CharField(help_text='The language of the review.', max_length=20, validators=[factcheck.common.languages.validate_language])),
                ('appearances', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2000), blank=True, default=list, help_text='Where the claim was made or carried, as the review says.', size=None)),
                ('suggested_status', models.CharField(blank=True, choices=[('unchecked', 'unchecked'), ('unverified', 'unverified'), ('corroborated', 'corroborated'), ('confirmed', 'confirmed'), ('disputed', 'disputed'), ('partly-true', 'partly true'), ('misleading', 'misleading'), ('false', 'false'), ('unverifiable', 'unverifiable'), ('not-checkable', 'not checkable')], help_text='What the table of labels suggests; empty for a label that it does not know.', max_length=20)),
                ('tie', models.CharField(choices=[('made', 'the claim was entered from it'), ('cited', 'cited for a claim that another review had brought'), ('linked', 'about a claim that was here already, which stays as it is')], help_text='What the review was to the claim.', max_length=20)),
                ('review_sha256', models.CharField(help_text='Of the review as it was read.', max_length=64)),
                ('edit_number', models.PositiveIntegerField(help_text="The claim's at the end of the import.")),
                ('document_edit_number', models.PositiveIntegerField(help_text="The document's, likewise.")),
                ('took_verdict', models.BooleanField(default=False, help_text='The claim was given the verdict, in order to be published.')),
                ('published_not_before', models.DateField(blank=True, help_text='The first possible day: when the review was published.', null=True, validators=[factcheck.common.dates.validate_day], verbose_name='published, not before')),
                ('published_not_after', models.DateField(blank=True, help_text='The last possible day; the same as the first where the day is known.', null=True, validators=[factcheck.common.dates.validate_day], verbose_name='published, not after')),
                ('published_as_printed', models.CharField(blank=True, help_text="The source's own words for the date, such as “the day before”.", max_length=200, validators=[factcheck.common.text.validate_line], verbose_name='published, as printed')),
                ('published_part_of_day', models.CharField(blank=True, choices=[('night', 'Night'), ('early-morning', 'Early Morning'), ('morning', 'Morning'), ('afternoon', 'Afternoon'), ('evening', 'Evening'), ('late-evening', 'Late Evening')], help_text='Only where the source says so.', max_length=20, verbose_name='published, part of day')),
                ('published_time_zone', models.CharField(blank=True, help_text='Only where the source says whose clock it means.', max_length=60, validators=[factcheck.common.text.validate_line], verbose_name='published, time zone')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(claims.models.claim.WordsKey('text'), name='claim_by_words'),
        ),
        migrations.AddField(
            model_name='importedreview',
            name='citation',
            field=models.ForeignKey(blank=True, help_text='The citation of the document. Empty where the claim was not ours to change.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imported_reviews', to='claims.citation'),
        ),
        migrations.AddField(
            model_name='importedreview',
            name='claim',
            field=models.ForeignKey(blank=True, help_text='The claim that is reviewed. Empty where it was deleted here.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imported_reviews', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='importedreview',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importedreview',
            name='document',
            field=models.ForeignKey(help_text='The review as a document of who reviewed.', on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='sources.document'),
        ),
        migrations.AddField(
            model_name='importedreviewevent',
            name='citation',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The citation of the document. Empty where the claim was not ours to change.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.citation'),
        ),
        migrations.AddField(
            model_name='importedreviewevent',
            name='claim',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The claim that is reviewed. Empty where it was deleted here.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='importedreviewevent',
            name='created_by',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='importedreviewevent',
            name='document',
            field=models.ForeignKey(db_constraint=False, help_text='The review as a document of who reviewed.', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.document'),
        ),
        migrations.AddField(
            model_name='importedreviewevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='importedreviewevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', related_query_name='+', to='claims.importedreview'),
        ),
        migrations.AddIndex(
            model_name='importedreview',
            index=models.Index(condition=models.Q(('suggested_status', ''), models.Q(('label', ''), _negated=True)), fields=['site', 'language'], name='importedreview_unmapped'),
        ),
        migrations.AddConstraint(
            model_name='importedreview',
            constraint=models.CheckConstraint(condition=models.Q(('published_not_before', None), ('published_not_after', None), ('published_not_before__lte', models.F('published_not_after')), _connector='OR'), name='importedreview_published_bounds_in_order', violation_error_message='“published”: not before must not be later than not after.'),
        ),
        migrations.AddConstraint(
            model_name='importedreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_not_before', None), ('published_not_before__range', (datetime.date(1800, 1, 1), datetime.date(2200, 12, 31))), _connector='OR'), models.Q(('published_not_after', None), ('published_not_after__range', (datetime.date(1800, 1, 1), datetime.date(2200, 12, 31))), _connector='OR')), name='importedreview_published_days_can_be_meant', violation_error_message='“published”: days lie from 1800 to 2200.'),
        ),
        migrations.AddConstraint(
            model_name='importedreview',
            constraint=models.UniqueConstraint(condition=models.Q(('tie', 'made')), fields=('claim',), name='importedreview_claim_is_made_of_one'),
        ),
        migrations.AddConstraint(
            model_name='importedreview',
            constraint=models.CheckConstraint(condition=models.Q(('tie__in', ['made', 'cited', 'linked']), models.Q(('suggested_status', ''), ('suggested_status__in', ['unchecked', 'unverified', 'corroborated', 'confirmed', 'disputed', 'partly-true', 'misleading', 'false', 'unverifiable', 'not-checkable']), _connector='OR')), name='importedreview_codes_are_known'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedreview',
            trigger=pgtrigger.compiler.Trigger(name='told_stays', sql=factcheck.common.guards.GuardSql(func="\n    IF (NEW.publisher IS DISTINCT FROM OLD.publisher OR NEW.label IS DISTINCT FROM OLD.label OR NEW.explanation IS DISTINCT FROM OLD.explanation OR NEW.language IS DISTINCT FROM OLD.language OR NEW.address IS DISTINCT FROM OLD.address OR NEW.published_not_before IS DISTINCT FROM OLD.published_not_before OR NEW.published_not_after IS DISTINCT FROM OLD.published_not_after) AND EXISTS (\n        SELECT 1 FROM claims_claim WHERE id = OLD.claim_id AND was_imported\n    ) THEN\n        RAISE EXCEPTION 'A record tells this review: it stays as it was published.' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'importedreview_told_stays', TABLE = TG_TABLE_NAME;\n    END IF;\n    RETURN NEW;\n", hash='74fca6dc71826f17b524acd3422e957f5af4384e', operation='UPDATE', pgid='pgtrigger_told_stays_21cf4', table='claims_importedreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedreview',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=factcheck.common.guards.GuardSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_importedreviewevent" ("address", "appearances", "citation_id", "claim_id", "created_at", "created_by_id", "document_edit_number", "document_id", "edit_number", "explanation", "id", "key", "label", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_as_printed", "published_not_after", "published_not_before", "published_part_of_day", "published_time_zone", "publisher", "rating", "review_sha256", "site", "suggested_status", "tie", "took_verdict") VALUES (OLD."address", OLD."appearances", OLD."citation_id", OLD."claim_id", OLD."created_at", OLD."created_by_id", OLD."document_edit_number", OLD."document_id", OLD."edit_number", OLD."explanation", OLD."id", OLD."key", OLD."label", OLD."language", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'changed\', OLD."id", OLD."published_as_printed", OLD."published_not_after", OLD."published_not_before", OLD."published_part_of_day", OLD."published_time_zone", OLD."publisher", OLD."rating", OLD."review_sha256", OLD."site", OLD."suggested_status", OLD."tie", OLD."took_verdict"); RETURN NULL;', hash='d709c141ab467ce0bcfd596d98b0af756e5f1200', operation='UPDATE', pgid='pgtrigger_changed_update_801a5', table='claims_importedreview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importedreview',
            trigger=pgtrigger.compiler.Trigger(name='deleted_delete', sql=factcheck.common.guards.GuardSql(func='INSERT INTO "claims_importedreviewevent" ("address", "appearances", "citation_id", "claim_id", "created_at", "created_by_id", "document_edit_number", "document_id", "edit_number", "explanation", "id", "key", "label", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_as_printed", "published_not_after", "published_not_before", "published_part_of_day", "published_time_zone", "publisher", "rating", "review_sha256", "site", "suggested_status", "tie", "took_verdict") VALUES (OLD."address", OLD."appearances", OLD."citation_id", OLD."claim_id", OLD."created_at", OLD."created_by_id", OLD."document_edit_number", OLD."document_id", OLD."edit_number", OLD."explanation", OLD."id", OLD."key", OLD."label", OLD."language", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'deleted\', OLD."id", OLD."published_as_printed", OLD."published_not_after", OLD."published_not_before", OLD."published_part_of_day", OLD."published_time_zone", OLD."publisher", OLD."rating", OLD."review_sha256", OLD."site", OLD."suggested_status", OLD."tie", OLD."took_verdict"); RETURN NULL;', hash='4050ffb2380f312a73f3bbecf5744034bb5307cb', operation='DELETE', pgid='pgtrigger_deleted_delete_ae647', table='claims_importedreview', when='AFTER')),
        ),
    ]

"""The command that publishes what another newsroom has reviewed, as what it is: imported."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from claims import workflow
from claims.importing.writing import step_reasons
from claims.management.commands.import_claims import account
from claims.models import Claim, ImportedRow
from claims.workflow import public_state_of
from factcheck.common.errors import FactcheckError, NotAllowed
from factcheck.ledger.choices import PublicState


class Command(BaseCommand):
    """Takes the drafts of one collection, each by itself: what is refused keeps no other back, and
    can be mended and asked for again.
    """

    help = (
        "Publish the claims of an imported collection that are drafts still, without review here, "
        "which their records say. For another newsroom's archive."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("collection", help="The name that the import gave its rows.")
        parser.add_argument(
            "--by", required=True, metavar="USERNAME", help="Who publishes; an administrator."
        )
        parser.add_argument("--dry-run", action="store_true", help="Check each, publish none.")

    def handle(self, *args: Any, **options: Any) -> None:
        by, dry_run = account(options["by"]), options["dry_run"]
        rows = ImportedRow.objects.filter(collection=options["collection"], kind="claim")
        if not rows.exists():
            raise CommandError(f"No claim was imported as “{options['collection']}”.")
        published = refused = 0
        drafts = Claim.objects.filter(stage="draft", public_id__in=rows.values("object_id"))
        for claim in drafts.order_by("pk"):
            if public_state_of(claim) != PublicState.NEVER:
                continue
            try:
                with transaction.atomic():
                    workflow.publish_imported(claim, by=by)
                    transaction.set_rollback(dry_run)
            except NotAllowed as error:
                raise CommandError(error.message) from error
            except FactcheckError as error:
                refused += 1
                self.stdout.write(f"{claim.public_id} {claim}: {step_reasons(error)}")
            else:
                published += 1
        verb = "would be published" if dry_run else "published"
        left = rows.count() - published - refused
        self.stdout.write(
            f"{published} {verb} as imported, {refused} refused, {left} left as they are: public "
            "before, no draft any more, or deleted."
        )
        if refused:
            raise CommandError(f"{refused} refused, each with its reasons above.")

"""What an import made of which row, so that importing twice changes nothing."""

from django.db import models

from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_line


@tracked
class ImportedRow(Entered):
    """A row of an import file and the object it became. Written by `claims.importing` alone.

    `edit_number` is the object's at the end of the import: when it differs, a person has changed
    the object since, and no import touches it again.
    """

    collection = models.CharField(
        max_length=100, validators=[validate_line], help_text="The name the file gives itself."
    )
    key = models.CharField(
        max_length=100, validators=[validate_line], help_text="The row's own stable key."
    )
    kind = models.CharField(max_length=20, help_text="What it became: actor, claim and so on.")
    object_id = models.CharField(max_length=10, help_text="The object's public id.")
    row_sha256 = models.CharField(max_length=64, help_text="Of the row as it was imported.")
    edit_number = models.PositiveIntegerField(help_text="The object's at the end of the import.")

    class Meta:
        ordering = ["collection", "kind", "key"]
        constraints = [
            models.UniqueConstraint(
                name="importedrow_key_means_one_object", fields=["collection", "kind", "key"]
            ),
            models.UniqueConstraint(
                name="importedrow_object_comes_from_one_row",
                fields=["collection", "kind", "object_id"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection}:{self.kind}:{self.key}"

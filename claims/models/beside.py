"""What stands beside a claim's file and is no part of it."""

from typing import Any

from django.db import models


def goes_with_the_claim(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """`on_delete`: a deleted draft takes these rows along.

    The file of a claim is the rows that point at it by Django's own CASCADE: steps that undo an
    edit put those back, and must leave the desk's notes as they are.
    """
    models.CASCADE(collector, field, sub_objs, using)

"""Rows entered twice: the one that stands for the other, which goes on being pointed at."""

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def chain(row: Row) -> list[Row]:
    """The row, then each that it was merged into one after the other; what stands for it is last.

    Asks the database only where there was a merge. Any row will do, also of a model without merges.
    """
    rows = [row]
    while getattr(rows[-1], "merged_into_id", None) is not None:
        rows.append(rows[-1].merged_into)  # type: ignore[attr-defined]
    return rows


def resolved(row: Row) -> Row:
    """What stands for the row now: itself, unless it was merged into another."""
    return chain(row)[-1]


def stood_for(row: Row) -> list[Row]:
    """All rows that this one stands for, itself not among them."""
    found: list[Row] = []
    frontier = [row]
    while frontier and hasattr(row, "merged_into_id"):
        merged = type(row)._default_manager.filter(merged_into__in=frontier)
        frontier = list(merged.order_by("pk"))
        found += frontier
    return found

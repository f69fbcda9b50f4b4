"""Edges that must never close a circle: control, hops, events within events, relays."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models

from factcheck.common.guards import Guard, refuse

# The lock makes two sessions that would close a circle together take turns; the second one's query
# then sees what the first has committed, since each statement of a volatile function looks anew.
# Nothing is locked where no edge is made or moved.
CHECK = """
    IF NEW.{parent} IS NULL OR NOT ({new_counts}) OR (
        TG_OP = 'UPDATE' AND NEW.{parent} IS NOT DISTINCT FROM OLD.{parent}
            AND NEW.{child} IS NOT DISTINCT FROM OLD.{child} AND ({old_counts})
    ) THEN
        RETURN NEW;
    END IF;
    {lock}
    IF EXISTS (
        WITH RECURSIVE above(node) AS (
            SELECT NEW.{parent}
            UNION
            SELECT edge.{parent} FROM {table} AS edge JOIN above ON edge.{child} = above.node
            WHERE edge.{parent} IS NOT NULL AND ({edge_counts})
        )
        SELECT 1 FROM above WHERE node = NEW.{child}
    ) THEN
        {refusal}
    END IF;
    RETURN NEW;
"""


def acyclic(
    *, table: str, child: str, parent: str, message: str, lock: str = "", counts: str = "TRUE"
) -> Guard:
    """A trigger that refuses an edge from column `child` to column `parent` that closes a circle.

    `lock` is the statement that makes writers of the same graph take turns; by default all writers
    of the table's edges do. `counts` is SQL that says of `{row}` whether it is an edge at all. The
    error is an IntegrityError whose constraint is `<table>_acyclic`.
    """
    return Guard(
        name="acyclic",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=CHECK.format(
            table=table,
            child=child,
            parent=parent,
            new_counts=counts.format(row="NEW"),
            old_counts=counts.format(row="OLD"),
            edge_counts=counts.format(row="edge"),
            refusal=refuse(name=f"{table}_acyclic", message=message),
            lock=lock or f"PERFORM pg_advisory_xact_lock(hashtext('{table}_acyclic'));",
        ),
    )


def check_acyclic(
    instance: models.Model, *, child: str, parent: str, message: str, **counts: object
) -> None:
    """The trigger's rule for `full_clean`: walks the stored edges up from the new one.

    `child` and `parent` are attribute names (`actor_id`, `parent_id`; `pk` for a row that is its
    own node); `counts` are the values of the rows that are edges. Raises ValidationError on the
    field.
    """
    start, node = getattr(instance, child), getattr(instance, parent)
    edges = type(instance)._default_manager.exclude(pk=instance.pk).filter(*counts.items())
    frontier, seen = {node} - {None}, set()
    while frontier:
        if start in frontier:
            raise ValidationError({parent.removesuffix("_id"): message})
        seen |= frontier
        above = edges.filter((f"{child}__in", frontier)).exclude((parent, None))
        frontier = set(above.values_list(parent, flat=True)) - seen

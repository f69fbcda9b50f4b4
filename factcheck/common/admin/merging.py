"""A stale form on three sides, and what it would send if it were opened on the current version with
the person's own changes on top.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.text import capfirst

from factcheck.common.admin.sides import (
    IS_DELETED,
    IS_THERE,
    NOTHING,
    TO_BE_DELETED,
    UNKNOWN,
    WHOLE,
    Changed,
    Choice,
    Line,
    Names,
    Part,
    label_of,
    sent_for,
    shown,
)
from factcheck.common.admin.since import ADDED, DELETED, column_lines, entered, heading
from factcheck.common.admin.threeway import compare, own_fields, value_of
from factcheck.common.history import Past


class Merging:
    """Compares a bound form and its formsets with their rows, as they were and as they are.

    `data` is the merged form: theirs where only they have changed something, mine where only I
    have. Where both have, differently, it holds mine, and the line has a Choice. `undecided` names
    the inputs that the person was asked about before, and has not decided.
    """

    def __init__(self, request: Any, names: Names, *, undecided: Collection[str] = ()) -> None:
        self.request = request
        self.names = names
        self.undecided = undecided
        self.parts: list[Part] = []
        self.data = QueryDict(mutable=True)

    @property
    def choices(self) -> list[Choice]:
        """What the person has to decide."""
        return [line.choice for part in self.parts for line in part.lines if line.choice]

    def add(self, title: str, lines: Iterable[Line]) -> None:
        """One part, unless it has nothing to say."""
        if found := tuple(lines):
            self.parts.append(Part(title, found))

    def put(self, name: str, values: Iterable[str]) -> None:
        """What the merged form sends under a name; an unticked box sends nothing."""
        if found := list(values):
            self.data.setlist(name, found)

    # The object

    def add_form(self, admin: Any, form: Any, past: Past, *, also: Collection[str] = ()) -> None:
        """The object itself, with `also` these columns that only steps change."""
        title = capfirst(str(admin.opts.verbose_name))
        self.add(title, self.sides(admin, form, past, target="", also=also))

    def sides(
        self,
        admin: Any,
        form: Any,
        past: Past,
        *,
        target: str,
        may_change: bool = True,
        also: Collection[str] = (),
    ) -> list[Line]:
        """All that is to say of one row; what is merged is sent under names that begin `target`."""
        lines = []
        for field in compare(
            form, past, self.names, may_change=may_change, undecided=self.undecided
        ):
            name = f"{target}{field.name}"
            self.put(name, field.sent)
            choice = field.line.choice
            lines.append(
                replace(field.line, choice=replace(choice, name=name)) if choice else field.line
            )
        if past.base is not None:
            skip = {*form.fields, *getattr(form, "replaces", {}), *keys_of(form)}
            lines += column_lines(admin, self.request, past, self.names, skip=skip, also=also)
        return lines

    # Rows of an inline

    def add_formset(self, inline: Any, formset: Any, pasts: dict[Any, Past], obj: Any) -> None:
        """The rows that there are now, in their order, then those that the person adds."""
        rows = Rows(inline, formset, pasts, self.names)
        may_change = inline.has_change_permission(self.request, obj)
        number = 0
        for row in formset.get_queryset():
            target, past = rows.target(number), pasts.get(row.pk, Past(now=row))
            form = rows.form_of(row)
            self.put(f"{target}{formset._pk_field.name}", [str(row.pk)])
            self.put(f"{target}{formset.fk.name}", [str(obj.pk)])
            if form is None:
                self.add_theirs(rows, past, target)
            elif rows.deletes(form):
                self.add_my_deletion(rows, form, past, target)
            else:
                lines = self.sides(inline, form, past, target=target, may_change=may_change)
                self.add(rows.heading(row), lines)
            number += 1
        initial = number
        for form, past in rows.gone():
            number += self.add_gone(rows, form, past, rows.target(number))
        for form in rows.added:
            number += self.add_mine(rows, form, rows.target(number))
        counts = {"TOTAL": number, "INITIAL": initial, "MIN_NUM": 0, "MAX_NUM": 1_000}
        for name, count in counts.items():
            self.put(f"{formset.prefix}-{name}_FORMS", [str(count)])

    def add_theirs(self, rows: "Rows", past: Past, target: str) -> None:
        """A row that the submitted form does not know: somebody has added it."""
        form, who = rows.form_for(past.now), self.names.who(entered(past.now))
        lines = []
        for name, field in own_fields(form):
            value = value_of(form, name, past.now)
            self.put(f"{target}{name}", sent_for(field, value))
            if (theirs := shown(field, value, self.names)) != NOTHING:
                line = Line(label=label_of(field, name), base=NOTHING, theirs=theirs, mine=NOTHING)
                lines.append(replace(line, changed=Changed.THEIRS, who=who))
        skip = {*form.fields, *keys_of(form)}
        for line in column_lines(
            rows.inline, self.request, Past(now=past.now), self.names, skip=skip
        ):
            if line.theirs != NOTHING:
                lines.append(replace(line, mine=NOTHING, who=who))
        if rows.take_same(past.now):
            line = Line(label=WHOLE, base=NOTHING, theirs="added", mine="added", who=who)
            both = [replace(line, changed=Changed.SAME)]
            self.add(rows.heading(past.now, "Added by both, the same"), both)
        else:
            self.add(rows.heading(past.now, ADDED), lines)

    def add_my_deletion(self, rows: "Rows", form: Any, past: Past, target: str) -> None:
        """A row that the person wants to delete: a conflict if somebody has worked on it since."""
        marked = f"{target}{DELETION_FIELD_NAME}"
        is_asked = form.add_prefix(DELETION_FIELD_NAME) in self.undecided
        is_conflict = past.is_changed or is_asked
        line = Line(
            label=WHOLE,
            base=UNKNOWN if past.base is None else IS_THERE,
            theirs="changed, see below" if past.is_changed else IS_THERE,
            mine=TO_BE_DELETED,
            changed=Changed.BOTH if is_conflict else Changed.MINE,
            choice=Choice(marked, (), ("on",)) if is_conflict else None,
        )
        fields = self.sides(rows.inline, form, past, target=target, may_change=False)
        self.put(marked, ["on"])
        self.add(rows.heading(past.now, "To be deleted by you"), [line, *fields])

    def add_gone(self, rows: "Rows", form: Any, past: Past, target: str) -> bool:
        """A row that somebody has deleted; whether the merged form has it as a new one.

        It has if the person has changed it, to be left deleted or to be added again.
        """
        who = self.names.who(past.gone)
        title = rows.heading(past.base, DELETED)
        line = Line(label=WHOLE, base=IS_THERE, theirs=IS_DELETED, who=who)
        if rows.deletes(form):
            self.add(title, [replace(line, mine=TO_BE_DELETED, changed=Changed.SAME)])
            return False
        before = self.data.copy()
        fields = self.sides(rows.inline, form, Past(past.base, past.base), target=target)
        is_mine = past.base is None or any(one.changed != Changed.NOBODY for one in fields)
        is_offered = is_mine and rows.formset.can_delete
        if not is_offered:
            self.data = before
        line = replace(line, mine="changed, see below" if is_mine else IS_THERE)
        choice = Choice(f"{target}{DELETION_FIELD_NAME}", ("on",), ()) if is_offered else None
        changed = Changed.BOTH if is_mine else Changed.THEIRS
        # What is left out as a whole has no fields to choose in.
        fields = [replace(one, theirs=IS_DELETED, choice=None) for one in fields if is_mine]
        self.add(title, [replace(line, changed=changed, choice=choice), *fields])
        return is_offered

    def add_mine(self, rows: "Rows", form: Any, target: str) -> bool:
        """A row that the person adds: the merged form has it."""
        marked = form.add_prefix(DELETION_FIELD_NAME)
        lines = []
        if marked in self.undecided:
            line = Line(label=WHOLE, base=IS_THERE, theirs=IS_DELETED, mine="changed, see below")
            choice = Choice(f"{target}{DELETION_FIELD_NAME}", ("on",), ())
            lines.append(replace(line, changed=Changed.BOTH, choice=choice))
        for name, field in own_fields(form):
            self.put(f"{target}{name}", form.data.getlist(form.add_prefix(name)))
            if (mine := shown(field, form[name].data, self.names)) != NOTHING:
                line = Line(label=label_of(field, name), base=NOTHING, theirs=NOTHING, mine=mine)
                lines.append(replace(line, changed=Changed.MINE))
        self.put(f"{target}{rows.formset.fk.name}", [str(rows.formset.instance.pk)])
        self.add(rows.heading(None, "Added by you"), lines)
        return True


class Rows:
    """The rows of a formset as they were submitted, found by their keys.

    `added` are the new ones, as far as nobody else has added the same.
    """

    def __init__(self, inline: Any, formset: Any, pasts: dict[Any, Past], names: Names) -> None:
        self.inline = inline
        self.names = names
        self.formset = formset
        self.pasts = pasts
        self.known: dict[Any, Any] = {}
        for form in formset.initial_forms:
            self.known[form[formset._pk_field.name].data] = form
        self.added = [
            form for form in formset.extra_forms if form.has_changed() and not self.deletes(form)
        ]

    def heading(self, row: Any, state: str = "") -> str:
        """What the row is, what it is called, and what became of it."""
        return heading(self.inline, "new" if row is None else self.names.name(row), state)

    def target(self, number: int) -> str:
        """How the names of a row's inputs begin."""
        return f"{self.formset.prefix}-{number}-"

    def form_of(self, row: Any) -> Any:
        """The submitted form of a stored row, if there is one. Where there can be one row alone,
        the one that both have added is the same row.
        """
        form = self.known.pop(str(row.pk), None)
        if form is None and self.formset.fk.unique and self.added:
            return self.added.pop()
        return form

    def gone(self) -> Iterator[tuple[Any, Past]]:
        """The submitted forms that are of no row any more, once `form_of` has had the others."""
        by_text = {str(pk): past for pk, past in self.pasts.items()}
        for key, form in self.known.items():
            yield form, by_text.get(key, Past())

    def deletes(self, form: Any) -> bool:
        """Whether the row is marked to be deleted."""
        return self.formset.can_delete and form.add_prefix(DELETION_FIELD_NAME) in form.data

    def form_for(self, row: Any) -> Any:
        """A form that shows a stored row."""
        form = self.formset.form(instance=row, **self.formset.get_form_kwargs(None))
        self.formset.add_fields(form, None)
        return form

    def take_same(self, row: Any) -> bool:
        """Take out a new row that says the same as this one; whether there was one."""
        for form in self.added:
            if not any(
                field.has_changed(value_of(form, name, row), form[name].data)
                for name, field in own_fields(form)
            ):
                self.added.remove(form)
                return True
        return False


def keys_of(form: Any) -> set[str]:
    """The columns of a form's row that tell where it belongs."""
    return {name for name in form.fields if form[name].is_hidden}

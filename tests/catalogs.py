"""The catalogs of translations: what has to be in them, and writing them.

`python -m tests.catalogs` brings both into step with the templates and the code: it adds what is
new without a translation, drops what is used no more, and compiles what programs read.
"""

import ast
import datetime
import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

BASE = Path(__file__).resolve().parent.parent
LOCALES = BASE / "factcheck" / "locale"
LANGUAGES = ("fr", "uk")
# In the header of a catalog; always the same, so that only words make a difference.
MADE = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
ROOMS = ("claims", "factcheck", "sources")

# The name of the function, and how many of its first arguments are words; "context" comes first.
FUNCTIONS = {
    "_": (False, 1),
    "gettext": (False, 1),
    "gettext_lazy": (False, 1),
    "gettext_noop": (False, 1),
    "ngettext": (False, 2),
    "ngettext_lazy": (False, 2),
    "pgettext": (True, 1),
    "pgettext_lazy": (True, 1),
    "npgettext": (True, 2),
}

# Context (or None), words, and their plural (or None).
Message = tuple[str | None, str, str | None]


def messages() -> dict[Message, list[str]]:
    """All that readers are told in words of ours, each with the files in which it stands."""
    found: dict[Message, list[str]] = {}
    for path in public_templates():
        for message in in_template(path):
            found.setdefault(message, []).append(str(path.relative_to(BASE)))
    for path in sorted(path for room in ROOMS for path in (BASE / room).rglob("*.py")):
        for message in in_code(path):
            found.setdefault(message, []).append(str(path.relative_to(BASE)))
    return found


def public_templates() -> list[Path]:
    """The templates of pages for readers."""
    paths = [path for room in ROOMS for path in (BASE / room / "templates").rglob("*.*")]
    return sorted(path for path in paths if path.is_file() and "admin" not in path.parts)


def in_template(path: Path) -> Iterator[Message]:
    """The messages of one template, as Django itself reads it."""
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    nodes = engines["django"].from_string(path.read_text()).template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        literal = getattr(node.filter_expression.var, "literal", None)
        if isinstance(literal, str):
            yield context_of(node), str(literal), None
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        plural = node.render_token_list(node.plural)[0] if node.plural else None
        yield context_of(node), node.render_token_list(node.singular)[0], plural


def context_of(node: object) -> str | None:
    """The context that a tag gives its words."""
    context = getattr(node, "message_context", None)
    return str(context.resolve({})) if context else None


def in_code(path: Path) -> Iterator[Message]:
    """The messages of one module: the constant words that it hands to gettext's functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        has_context, count = FUNCTIONS.get(node.func.id, (False, 0))
        wanted = node.args[: count + has_context]
        words = [one.value for one in wanted if isinstance(one, ast.Constant)]
        if count and len(words) == len(wanted):
            context = words.pop(0) if has_context else None
            yield context, words[0], words[1] if count == 2 else None


def catalog_of(language: str) -> Catalog:
    """The catalog as translators left it."""
    with (LOCALES / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog: Catalog) -> bytes:
    """What programs read of a catalog."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def bring_into_step(language: str) -> int:
    """Write one language's catalog anew, and say how many messages still lack a translation."""
    folder = LOCALES / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    known = catalog_of(language) if (folder / "django.po").exists() else Catalog(locale=language)
    catalog = Catalog(
        locale=language,
        project="factcheck",
        version="1",
        header_comment="# The words of the public pages. Written by python -m tests.catalogs.",
        creation_date=MADE,
        revision_date=MADE,
        last_translator="",
        language_team="",
        msgid_bugs_address="",
        fuzzy=False,
    )
    missing = 0
    for (context, words, plural), places in sorted(messages().items(), key=lambda one: one[1]):
        before = known.get(words, context=context)
        text = before.string if before is not None else ("" if plural is None else ())
        catalog.add(
            (words, plural) if plural is not None else words,
            string=text,
            context=context,
            locations=[(place, 0) for place in dict.fromkeys(places)],
        )
        missing += not any(text) if plural is not None else not text
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalog, width=100, omit_header=False, include_lineno=False)
    (folder / "django.mo").write_bytes(compiled(catalog_of(language)))
    return missing


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    for code in LANGUAGES:
        print(f"{code}: {bring_into_step(code)} messages to translate")

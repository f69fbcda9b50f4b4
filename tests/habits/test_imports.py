"""The house's floor plan: who may import whom, and in which layer a module lives."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent.parent

# From the floor up. The roof is all of factcheck/ that is neither ledger nor common.
ROOMS = ["factcheck.common", "factcheck.ledger", "sources", "claims", "factcheck"]

# Inside an app, from the floor up; a module imports its own layer or a lower one.
LAYERS = [
    {
        "asking",
        "choices",
        "desk_choices",
        "steps",
        "status_line",
        "corroboration",
        "vocabulary",
        "presentation",
        "proposing",
        "apps",
        "schemas",
    },
    {"models"},
    {
        "addresses",
        "archive_workflow",
        "as_of",
        "claim_file",
        "embargoes",
        "lineage",
        "opening",
        "drafted",
        "event_workflow",
        "kinds",
        "rechecks",
        "search",
        "matching",
        "rare_words",
        "word_counts",
        "similar",
        "record",
        "projection",
        "public_search",
        "publishing",
        "rules",
        "workflow",
        "services",
        "presence",
        "published",
        "publisher",
        "queues",
        "finding",
        "job_failures",
        "jobs",
        "sheet",
    },
    {
        "importing",
        "reviews",
        "exporting",
        "dumps",
        "forms",
        "facets",
        "filters",
        "listing",
        "capturing",
        "network",
        "paging",
        "tasks",
        "claimreview",
        "page_markup",
        "feeds",
        "sitemap",
    },
    {"admin", "views", "urls", "api", "management", "templatetags"},
]

# What speaks to other machines, and who may: the one door. `quickstart` looks for a free port.
NETWORK = ("urllib3", "urllib.request", "http.client", "socket", "ssl", "requests", "httpx")
NETWORK += ("aiohttp", "ftplib", "smtplib", "socketserver", "xmlrpc", "http.server", "telnetlib")
DOOR = "sources.network"
# Programs of partners and readers, which run elsewhere; nothing of ours imports them.
EXAMPLES = ("claims.api.examples.", "factcheck.log.verify")
LOOKS_FOR_A_PORT = ("factcheck.management.commands.quickstart", "socket")

# What the floor stands on besides Django, DRF and the standard library.
FLOOR_MAY_USE = {"django", "rest_framework", "pgtrigger", "pghistory", "orjson", "factcheck"}
THIRD_PARTY = FLOOR_MAY_USE | {"psycopg", "jsonschema", "granian", "django_filters", "sources"}

MODULES = sorted(
    path
    for top in ("factcheck", "sources", "claims")
    for path in (BASE / top).rglob("*.py")
    if "migrations" not in path.parts
)


def name_of(path: Path) -> str:
    parts = path.relative_to(BASE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    for room in ROOMS:
        if module == room or module.startswith(room + "."):
            return room
    return None


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way_through_the_rooms(path):
    room = room_of(name_of(path))

    above = {
        module
        for module in imported_by(path)
        if (other := room_of(module))
        and ROOMS.index(other) > ROOMS.index(room)
        # A bare `factcheck.common` is imported as `factcheck` too; the room decides.
        and not any(module.startswith(f"{lower}.") or module == lower for lower in ROOMS[:2])
    }

    assert above == set()


def layer_of(module: str) -> int | None:
    app, *rest = module.split(".")
    if app not in ("sources", "claims") or not rest:
        return None
    for number, modules in enumerate(LAYERS):
        if rest[0] in modules:
            return number
    raise AssertionError(f"{module} has no layer: give it one in LAYERS")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if name_of(path).count(".")], ids=name_of
)
def test_a_module_imports_its_own_layer_or_a_lower_one(path):
    module = name_of(path)
    app, layer = module.split(".")[0], layer_of(module)
    if layer is None:
        return

    above = {
        imported
        for imported in imported_by(path)
        if imported.startswith(f"{app}.")
        and (BASE / app / f"{imported.split('.')[1]}").with_suffix(".py").exists()
        | (BASE / app / imported.split(".")[1]).is_dir()
        and (layer_of(imported) or 0) > layer
    }

    assert above == set()


@pytest.mark.parametrize("path", [p for p in MODULES if "common" in p.parts], ids=name_of)
def test_the_floor_stands_on_little(path):
    import sys

    roots = {module.split(".")[0] for module in imported_by(path)}

    assert roots - set(sys.stdlib_module_names) <= FLOOR_MAY_USE


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_there_is_one_door_to_the_network(path):
    module = name_of(path)
    if module == DOOR or module.startswith((f"{DOOR}.", *EXAMPLES)):
        return

    beside = {
        imported
        for imported in imported_by(path)
        if imported.startswith(NETWORK) and (module, imported) != LOOKS_FOR_A_PORT
    }

    assert beside == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_stand_at_the_top_of_the_file(path):
    if path.name == "apps.py":
        return  # Django forbids importing models there at the top.
    tree = ast.parse(path.read_text())
    top = {id(node) for node in tree.body}
    guarded = [node for node in tree.body if isinstance(node, ast.If)]
    top |= {id(node) for block in guarded for node in ast.walk(block)}

    nested = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top
    ]

    assert nested == []

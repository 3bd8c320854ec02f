"""The habits of the house that a machine can see. Import contracts are in pyproject.toml."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from partnership.models import Versioned

ROOT = Path(__file__).parent.parent
# From the top down: each room knows those after it, and none before.
ROOMS = ["commissioning", "papers", "changeplan", "standards", "partnership"]
LONGEST_FUNCTION, USUAL_FUNCTION, USUAL_SHARE = 40, 25, 0.9
LONGEST_FILE = 400
# These write the history themselves; what joins two records is in that of one of them.
HISTORIANS = {ROOT / "partnership" / name for name in ("links.py", "order.py")}
# Files asked for, and tasks: they have no history, and none is read from a query's name.
FILES = {ROOT / "papers" / name for name in ("ahead.py", "files.py", "renditions.py", "workers.py")}

# Django prefers psycopg 3 in silence where it is installed; Celery answers no measured need;
# averages in SQL would count steps in floats. Signals hide who calls whom.
FORBIDDEN_IMPORTS = {"psycopg", "celery", "django.dispatch", "django.db.models.signals"}
FORBIDDEN_NAMES = {"Avg", "StdDev", "Variance"}
SKIPPING = {"skip", "skipif", "skipIf", "skipUnless", "skipTest", "xfail", "importorskip"}

INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event attribute": r"<[^>]*\s(?:on[a-z]+|hx-on[^\s=]*)\s*=",
    "a script in the page": r"<script(?![^>]*\ssrc=)",
    "a style sheet in the page": r"<style\b",
    "a script in an address": r"javascript:",
}
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
HOME = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")


@cache
def files() -> list[Path]:
    """Every file that git keeps, or would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = [ROOT / line for line in listed.stdout.splitlines()]
    return sorted(path for path in found if path.is_file())


def written(*suffixes: str) -> list[Path]:
    """Our own files of these kinds; migrations are Django's."""
    return [path for path in files() if path.suffix in suffixes and "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(tree(path)))


def product() -> list[Path]:
    return [path for path in written(".py") if path.relative_to(ROOT).parts[0] in ROOMS]


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def lines_matching(pattern: "re.Pattern[str]", paths: list[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            text = path.read_text()
        except UnicodeDecodeError:  # a picture
            continue
        for match in pattern.finditer(text):
            yield place(path, text.count("\n", 0, match.start()) + 1), match.group()


def test_no_relation_reaches_up_or_shows_itself_in_another_room():
    wrong = [
        f"{model.__name__}.{relation.name}"
        for model in our_models()
        for relation in model._meta.get_fields(include_hidden=True)
        if reaches_too_far(model, relation)
    ]
    assert wrong == []


def reaches_too_far(model: type[models.Model], relation) -> bool:
    here, there = room(model), room(relation.related_model)
    if there in ("", here):
        return False
    if relation.auto_created:  # what the other end of a relation is called here
        return not relation.hidden
    return ROOMS.index(there) < ROOMS.index(here) or not relation.remote_field.hidden


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if room(model)]


def room(model: "type[models.Model] | None") -> str:
    """The room that a model lives in, "" for what is not ours."""
    label = model._meta.app_label if model and hasattr(model, "_meta") else ""
    return label if label in ROOMS else ""


def functions() -> Iterator[tuple[str, int]]:
    for path in written(".py"):
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{place(path, node.lineno)} {node.name}: {length} lines", length


def test_functions_are_short():
    found = list(functions())

    assert [where for where, length in found if length > LONGEST_FUNCTION] == []
    usual = sum(length <= USUAL_FUNCTION for _, length in found)
    assert usual >= len(found) * USUAL_SHARE


def test_files_are_short():
    lengths = {
        path: path.read_text().count("\n") for path in written(".py", ".js", ".scss", ".html")
    }

    assert [f"{place(path, n)} lines" for path, n in lengths.items() if n > LONGEST_FILE] == []


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, and every name that it takes from one."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def test_nothing_forbidden_is_imported():
    wrong = [
        f"{place(path, line)} {name}"
        for path in product()
        for line, name in imported(path)
        if any(name == each or name.startswith(f"{each}.") for each in FORBIDDEN_IMPORTS)
        or name.rpartition(".")[2] in FORBIDDEN_NAMES
    ]
    assert wrong == []


def test_no_figure_passes_through_a_float():
    wrong = [
        f"{place(path, node.lineno)} {node.func.id}()"
        for path in product()
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in {"float", "round"} and not measures_time(path)
    ]
    assert wrong == []


def measures_time(path: Path) -> bool:
    rooms = (ROOT / "commissioning/bench", ROOT / "commissioning/load")
    return any(path.is_relative_to(room) for room in rooms)


def test_relations_that_share_a_table_are_never_cleared():
    shared = {"standards", "priorities", "depends_on"}
    wrong = [
        place(path, node.lineno)
        for path in product()
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if any(keyword.arg == "clear" for keyword in node.keywords)
        or (node.func.attr == "clear" and getattr(node.func.value, "attr", "") in shared)
    ]
    assert wrong == []


def test_records_with_a_history_are_never_changed_in_bulk():
    wrong = [
        f"{place(path, node.lineno)} {node.func.attr}()"
        for path in product()
        for node in nodes(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if changes_in_bulk(node, node.func) and has_history(node.func)
        if path not in HISTORIANS | FILES and not measures_time(path)
    ]
    assert wrong == []


def changes_in_bulk(call: ast.Call, method: ast.Attribute) -> bool:
    """A query's `update` has keywords only, unlike that of a dictionary or a digest."""
    if method.attr == "update":
        return bool(call.keywords)
    return method.attr in {"bulk_update", "bulk_create", "update_or_create"}


def has_history(chain: ast.AST) -> bool:
    """Whether `Model.objects.…` is about a model with a history, or cannot be told."""
    first = ast.unparse(chain).split(".")[0]
    plain = {m.__name__ for m in apps.get_models() if not issubclass(m, Versioned)}
    return first not in plain


def test_no_test_is_skipped():
    wrong = [
        f"{place(path, node.lineno)} {node.attr}"
        for path in written(".py")
        if path.is_relative_to(ROOT / "tests")
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in SKIPPING
    ]
    assert wrong == []


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_that_the_policy_blocks(what: str):
    assert list(lines_matching(re.compile(INLINE[what], re.IGNORECASE), written(".html"))) == []


def test_locks_name_no_address():
    locks = [path for path in files() if path.suffix == ".lock" or path.name == "package-lock.json"]

    assert len(locks) >= 3
    assert list(lines_matching(re.compile(r"https?://\S*"), locks)) == []


def test_no_path_of_a_machine_is_kept():
    others = [path for path in files() if path != Path(__file__)]

    assert list(lines_matching(HOME, others)) == []


def test_no_address_of_a_person_is_kept():
    found = lines_matching(ADDRESS, files())

    assert [
        each for each in found if not each[1].lower().endswith(("@example.org", ".example.org"))
    ] == []

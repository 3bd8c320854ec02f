"""A plan as a table in a file, with every column: for Excel, as CSV, and as a Word table.

A row tells of a standard, of an action under the first standard that it serves, and of support.
What a row says again, so that it can be read alone, are references, numbers and headlines.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from partnership.sheets import CSV, Cell, Sheet, csv_file, xlsx_file

from .current import CurrentAction, CurrentPlan, CurrentStandard, CurrentSupport
from .fields import FIELDS, Field, Kind
from .sheet import DOCX
from .word import Column, word_file

Words = dict[str, str]  # a field's key to what its cell says

NAME = "Change plan"
NUMERIC = {Kind.WHOLE, Kind.HALVES, Kind.DAYS}
FIGURES = {"standard", "score", "action_number", "delivered"}  # told, and numbers in Excel too
ALWAYS = (
    "standard", "title", "score", "status", "action", "headline", "detail", "purpose", "estimated",
)  # fmt: skip
WIDE = {Kind.TEXT: 5, Kind.STATEMENTS: 5, Kind.LINE: 4, Kind.REFERENCE: 2, Kind.PRIORITIES: 3}
NARROW = {"standard": 1, "score": 1, "action_number": 1, "title": 3, "action_standards": 1}


def plan_file(plan: CurrentPlan, title: str, format: str) -> bytes:
    """Return the plan as a file of this format: sheet.CSV, XLSX or DOCX."""
    if format == DOCX:
        return word_table(title, list(rows(plan)))
    sheet = table(rows(plan))
    return csv_file(sheet) if format == CSV else xlsx_file([sheet], title)


def table(rows: Iterable[Words], name: str = NAME) -> Sheet:
    """Return rows as a table with every column, figures as numbers."""
    cells = tuple(tuple(_cell(field, row.get(field.key, "")) for field in FIELDS) for row in rows)
    return Sheet(name, tuple(field.heading for field in FIELDS), cells)


def word_table(
    title: str, rows: list[Words], always: Sequence[str] = ALWAYS, notes: Sequence[str] = ()
) -> bytes:
    """Return rows as a table in a Word file. Columns that say nothing are left out, so that it
    can be read: a Word page is not as wide as a sheet."""
    told = [f for f in FIELDS if f.key in always or any(row.get(f.key) for row in rows)]
    columns = [Column(f.heading, _width(f), f.kind in (Kind.TEXT, Kind.STATEMENTS)) for f in told]
    return word_file(title, columns, [[row.get(f.key, "") for f in told] for row in rows], notes)


def rows(plan: CurrentPlan) -> Iterator[Words]:
    """Return the plan's rows in the order of its standards; what serves none comes last."""
    for standard in plan.standards:
        told = {"status": "\n\n".join(standard.status)}
        for row in _under(plan, standard.number) or [{}]:
            yield _heading(standard) | told | row
            told = {}
    yield from _under(plan, None)


def _under(plan: CurrentPlan, number: int | None) -> list[Words]:
    """Return the rows of all that stands under a standard, which is the first that it serves."""
    actions = [action for action in plan.actions if _first(action.standards) == number]
    loose = [s for s in plan.support if not s.action and _first(s.standards) == number]
    found = [row for action in actions for row in _action_rows(plan, action)]
    return [*found, *(_support(asked) for asked in loose)]


def _action_rows(plan: CurrentPlan, action: CurrentAction) -> Iterator[Words]:
    named = {"action": action.reference, "action_number": str(action.number)}
    told = named | dict(action.values)
    asked_for = [asked for asked in plan.support if asked.action == action.reference]
    if not asked_for:
        yield told
    for asked in asked_for:
        yield told | _support(asked)
        told = named | {"headline": action.values["headline"]}


def _heading(standard: CurrentStandard) -> Words:
    return {
        "standard": str(standard.number),
        "title": standard.title,
        "score": standard.score,
        "change": standard.change,
    }


def _support(asked: CurrentSupport) -> Words:
    return {"support": asked.reference} | dict(asked.values)


def _first(numbers: tuple[int, ...]) -> int | None:
    return min(numbers, default=None)


def _cell(field: Field, words: str) -> Cell:
    if field.kind not in NUMERIC and field.key not in FIGURES:
        return words or None
    try:
        return Decimal(words) if words else None
    except InvalidOperation:
        return words


def _width(field: Field) -> int:
    return NARROW.get(field.key) or WIDE.get(field.kind, 2)

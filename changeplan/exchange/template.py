"""A file to fill in and send back: every column that can be filled in, a row for each standard, an
example that an import leaves out, and what each column takes."""

from dataclasses import replace

from openpyxl.utils import get_column_letter

from partnership import sheets

from .current import CurrentPlan
from .fields import BY_KEY, FIELDS, Field, Kind
from .sheet import DOCX, Sheet
from .tables import PASSED_OVER
from .taking import nameable
from .writing import NAME, Words, word_table

EXAMPLE = "Example, left out when the file comes back"
NOTES, CHOICES = "Notes", "Choices"
IN_WORD = (
    "standard", "title", "status", "headline", "detail", "success", "owner", "due", "purpose",
    "estimated",
)  # fmt: skip
NOTE = (
    "Fill in a row for each action. A standard with several actions has several rows; repeat its "
    "number. Columns may be left empty, left out, moved or renamed: you say which is which when "
    "you send the file back, and see what it would make before anything is made."
)
HOW = {
    Kind.NUMBERS: "Numbers of standards: 3, or 3, 4",
    Kind.SHOWN: "Told for the reader; not read",
    Kind.LINE: "One line of words",
    Kind.TEXT: "Words; a blank line begins a paragraph, a line with “- ” before it is a bullet",
    Kind.STATEMENTS: "One or more statements, a blank line between them",
    Kind.WHOLE: "A whole number",
    Kind.HALVES: "A score, in half points",
    Kind.DAYS: "Days, in quarters: 2, 2.5 or 2.25. Leave it empty where no figure is known",
    Kind.DATE: "A day, a month, a year or words: 30 September 2026, September 2026, 2026",
    Kind.CHOICE: "One of the choices",
    Kind.BODY: "One of the choices, by its name or its short name",
    Kind.OWNER: "A member’s name, or a job title",
    Kind.PRIORITIES: "Improvement priorities, a line each: 2. Listen to schools",
    Kind.ACTIONS: "Numbers of other actions of the plan",
    Kind.LIST: "A line for each",
}
LEFT_OUT = {"score", "change", "action_number", "delivered"}  # told by exports alone
IN_EXCEL = tuple(f.key for f in FIELDS if f.kind != Kind.REFERENCE and f.key not in LEFT_OUT)


def template_file(plan: CurrentPlan, title: str, format: str) -> bytes:
    """Return an Excel file with choices, or for DOCX a Word table of the columns that most plans
    have."""
    if format == DOCX:
        return word_table(title, _rows(plan, IN_WORD), IN_WORD, (NOTE,))
    columns = [BY_KEY[key] for key in IN_EXCEL]
    offered = {place: words for place, f in enumerate(columns) if (words := _offered(f, plan))}
    rows = _rows(plan, IN_EXCEL)
    lists = {
        place: f"={CHOICES}!${letter}$2:${letter}${len(words) + 1}"
        for letter, (place, words) in zip(_letters(len(offered)), offered.items(), strict=True)
    }
    sheet = sheets.Sheet(
        NAME,
        tuple(field.heading for field in columns),
        tuple(tuple(row.get(field.key) for field in columns) for row in rows),
        lists,
    )
    choices = _choices({columns[place].heading: words for place, words in offered.items()})
    return sheets.xlsx_file([sheet, _notes(columns), *choices], title)


def without_examples(sheet: Sheet) -> Sheet:
    """Return what was read without what is the template's own: its example, and its sheets that
    hold no plan."""
    kept = (r for r in sheet.rows if not any(cell.startswith(EXAMPLE) for cell in r.cells))
    ours = tuple(PASSED_OVER.format(f"Sheet “{name}”") for name in (NOTES, CHOICES))
    doubts = (doubt for doubt in sheet.doubts if doubt not in ours)
    return replace(sheet, rows=tuple(kept), doubts=tuple(doubts))


def _rows(plan: CurrentPlan, keys: tuple[str, ...]) -> list[Words]:
    example = {key: BY_KEY[key].example for key in keys} | {"title": EXAMPLE}
    told = [{"standard": str(s.number), "title": s.title} for s in plan.standards]
    return [example, *told]


def _offered(field: Field, plan: CurrentPlan) -> tuple[str, ...]:
    if field.kind == Kind.CHOICE:
        return tuple(words[0] for words in field.choices.values())
    return tuple(body.names[0] for body in nameable(field, plan))


def _letters(count: int) -> list[str]:
    return [get_column_letter(place) for place in range(1, count + 1)]


def _choices(offered: dict[str, tuple[str, ...]]) -> list[sheets.Sheet]:
    longest = max((len(words) for words in offered.values()), default=0)
    lines = tuple(
        tuple(words[place] if place < len(words) else None for words in offered.values())
        for place in range(longest)
    )
    headings = tuple(f"Offered for {heading.lower()}" for heading in offered)  # no plan's headings
    return [sheets.Sheet(CHOICES, headings, lines)] if offered else []


def _notes(columns: list[Field]) -> sheets.Sheet:
    lines = [(f"{field.heading}: {HOW[field.kind]}",) for field in columns]
    return sheets.Sheet(NOTES, ("How to fill in the change plan",), ((NOTE,), *lines))

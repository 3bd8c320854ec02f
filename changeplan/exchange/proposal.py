"""What a file would make of a plan: row by row, each record made, changed or left as it is."""

from collections import defaultdict

from .columns import Columns
from .comparing import Comparing
from .current import CurrentPlan
from .drafts import Drafting, RowDraft
from .fields import Part
from .matching import match
from .sheet import Sheet
from .standing import Standing
from .steps import Change, Doubt, Proposal, ProposedRow, Step, Value, Verdict
from .telling import Told, told_rows
from .values import line, says_nothing

__all__ = ["Change", "Doubt", "Proposal", "ProposedRow", "Step", "Value", "Verdict", "propose"]

REFERENCES = {"action", "support"}  # columns that exports and the template alone have
NO_WORDS = "The column “{}” holds no words: what colours say is not read."
NO_HEADLINE = "The row tells of an action without a headline: it was passed over."
OF_NONE = "The row names no standard: its action serves none."
NO_STANDARD = "The status belongs to no standard: it was passed over."


def propose(sheet: Sheet, columns: Columns, plan: CurrentPlan) -> Proposal:
    """Return what the sheet would make of the plan, its columns read as `columns` says."""
    exact = bool(REFERENCES & set(columns))
    drafting = Drafting(plan, sheet.format, exact=exact)
    standing = Standing(plan, sheet.format, fills_down=not exact)
    status: defaultdict[int, list[str]] = defaultdict(list)
    rows = [_row(told, standing, drafting, status) for told in told_rows(sheet, columns)]
    match(drafting)
    comparing = Comparing(plan, drafting, columns, programme=_programme(sheet, columns))
    told: set[int] = set()
    proposed = tuple(_proposed(row, comparing, status, told) for row in rows)
    matched = {draft.key for draft in drafting.actions}
    untouched = (a for a in plan.actions if a.reference not in matched)
    return Proposal(
        proposed,
        tuple(action.values["headline"] for action in untouched),
        tuple(Doubt(words) for words in (*sheet.doubts, *_colours(sheet, columns))),
    )


def _row(
    told: Told, standing: Standing, drafting: Drafting, status: dict[int, list[str]]
) -> RowDraft:
    numbers, doubts = standing.of(told)
    row = RowDraft(told, numbers, [*map(Doubt, told.doubts), *doubts])
    words = told.cells.get("status", "")
    if not drafting.exact and says_nothing(line(words, drafting.form)):
        words = ""
    of_none = not numbers and not drafting.exact and not told.cells.get("priorities")
    if of_none and not doubts and told.of(Part.ACTION):
        row.doubts.append(Doubt(OF_NONE, "standard"))
    for number in numbers if words else ():
        if words not in status[number]:
            status[number].append(words)
    if words and not numbers:
        row.doubts.append(Doubt(NO_STANDARD, "status"))
    drafting.add(row)
    return row


def _proposed(
    row: RowDraft, comparing: Comparing, status: dict[int, list[str]], told: set[int]
) -> ProposedRow:
    """Return what follows from a row. A standard's status is told with its first row."""
    by_number = {standard.number: standard for standard in comparing.plan.standards}
    first = [number for number in row.standards if number in status and number not in told]
    steps = [comparing.standard(by_number[number], status[number]) for number in first]
    told.update(row.standards)
    for draft in row.actions:
        if draft.headline or draft.current:
            steps.append(comparing.action(draft))
        else:
            row.doubts.append(Doubt(NO_HEADLINE, "headline"))
    steps += map(comparing.support, row.support)
    return ProposedRow(tuple(row.told.places), row.standards, tuple(steps), tuple(row.doubts))


def _colours(sheet: Sheet, columns: Columns) -> list[str]:
    """Say that a column of ratings holds none in words."""
    places = [columns.get(key, -1) for key in ("rating", "headline")]
    if REFERENCES & set(columns) or not all(0 <= p < len(sheet.headings) for p in places):
        return []
    place, actions = places
    if sheet.examples(place, 1) or not sheet.examples(actions, 1):
        return []
    return [NO_WORDS.format(sheet.headings[place])]


def _programme(sheet: Sheet, columns: Columns) -> str:
    """Return the programme that the heading of the column for support names, "" for none."""
    place = columns.get("purpose", -1)
    heading = sheet.headings[place] if 0 <= place < len(sheet.headings) else ""
    return heading if "programme" in heading.lower() else ""

"""The rows of a sheet as they are meant: by field, whole again where a page broke them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .columns import Columns
from .fields import BY_KEY, Kind, Part
from .markdown import plain_lines
from .sheet import Row, Sheet
from .splitting import LABEL

# What makes a row one of its own.
KEYS = ("standard", "title", "score", "action", "support", "action_number", "estimated", "agreed")
# What a cell that is merged over several rows says of each of them.
CARRIED = {
    "status", "lead", "owner", "monitored_by", "reports_to", "start", "due", "recurrence",
    "priorities", "success", "target_score", "action_status", "rating",
}  # fmt: skip
TEXTS = {Kind.TEXT, Kind.STATEMENTS, Kind.LINE}
ENDS = re.compile(r"[.:;!?][\"”’')]*$")
GOES_ON = "Goes on from the row before, and was joined to it ({})."


@dataclass
class Told:
    """A row: its cells by field, those merged with the row above, and what is doubtful."""

    places: list[str]
    cells: dict[str, str]
    joined: set[str]
    doubts: list[str] = field(default_factory=list)
    begins: bool = False

    def of(self, part: Part) -> dict[str, str]:
        """Return the cells of a part that hold something."""
        return {
            key: words for key, words in self.cells.items() if words and BY_KEY[key].part == part
        }


def told_rows(sheet: Sheet, columns: Columns) -> Iterator[Told]:
    """Return every row that says something."""
    before: Told | None = None
    above: dict[str, str] = {}
    for row in sheet.rows:
        told = _told(row, columns)
        told.cells |= {key: above.get(key, "") for key in told.joined & CARRIED}
        above = told.cells
        if not any(told.cells.values()) and not told.joined:
            continue
        if before and _goes_on(row, told):
            _join(before, told)
            continue
        if before:
            yield before
        before = told
    if before:
        yield before


def _told(row: Row, columns: Columns) -> Told:
    cells = {
        key: row.cells[place].strip()
        for key, place in columns.items()
        if key in BY_KEY and 0 <= place < len(row.cells)
    }
    joined = {key for key, place in columns.items() if key in BY_KEY and place in row.joined}
    return Told([row.place], cells, joined, list(row.doubts), row.begins)


def _goes_on(row: Row, told: Told) -> bool:
    """Whether a row is what a page break left of the row before: it has texts alone, and follows
    a break, or begins in the middle of a sentence."""
    filled = [key for key, words in told.cells.items() if words]
    if not filled or told.joined or any(key in KEYS for key in filled):
        return False
    if any(BY_KEY[key].kind not in TEXTS for key in filled):
        return False
    starts = [(plain_lines(told.cells[key]) or [""])[0] for key in filled]
    if row.after_break:
        headline = told.cells.get("headline", "")
        return not LABEL.match((plain_lines(headline) or [""])[0])
    return all(start[:1].islower() for start in starts)


def _join(before: Told, more: Told) -> None:
    for key, words in more.cells.items():
        if words:
            before.cells[key] = joined(before.cells.get(key, ""), words)
    before.places += more.places
    before.doubts += [*more.doubts, GOES_ON.format(more.places[0])]


def joined(one: str, other: str) -> str:
    """Return two halves of a text (Markdown) as one: in one paragraph where the first stops in the
    middle of a sentence."""
    if not one:
        return other
    last = (plain_lines(one) or [""])[-1]
    begins = (plain_lines(other) or [""])[0]
    in_sentence = begins[:1].islower() and not ENDS.search(last) and other[:1].isalpha()
    return f"{one} {other}" if in_sentence else f"{one}\n\n{other}"

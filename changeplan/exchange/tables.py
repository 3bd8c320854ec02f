"""The tables of a file made into one: which row holds the headings, what goes on after a page
break, and which standard a heading across the table stands for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .grid import Grid, Line, Spot
from .headings import BETWEEN, LONGEST, NEARLY, meanings, plain, recognised
from .markdown import plain_lines
from .sheet import MOST_COLUMNS, MOST_ROWS, NoTable, Row, Sheet, Unreadable

FAR_DOWN = 30  # rows; the headings stand within
FEWEST = 2  # headings that make a table look like a plan
SECTION = "Section"
STANDS_FOR = re.compile(
    r"(?:commissioning )?(?:standard|std)\.?\s*\d+\b|\d{1,2}[.):]?\s+\D{5}", re.IGNORECASE
)
STANDARD = re.compile(r"(?:commissioning )?(?:standard|std)\.?\s*\d+\b", re.IGNORECASE)
TOTAL = re.compile(r"(?:grand )?totals?\b", re.IGNORECASE)

UNKNOWN = (
    "No table in this file has headings that a change plan knows. Say below which column is which."
)
PASSED_OVER = "{} was passed over: it does not look like a change plan."
NO_ROWS = "The file holds no table with headings and rows. See the template for what is expected."
MORE_CELLS = (
    "The row has more cells than there are headings. A comma inside a cell without quotation marks?"
)
FEWER_CELLS = "The row has fewer cells than there are headings: see that each stands in its column."
TOO_LONG = (
    f"The plan in the file has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns. Send it in "
    "parts."
)


@dataclass(frozen=True)
class Head:
    """The headings: they take `size` rows from `start`, and name so many fields."""

    start: int
    size: int
    headings: tuple[str, ...]
    known: int


@dataclass(frozen=True)
class Record:
    """A row of a part; `section` is the heading across the table that it stands under."""

    place: str
    spots: tuple[Spot, ...]
    section: str
    after_break: bool
    doubts: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class Piece:
    """A table, or what goes on with one, and its rows."""

    headings: tuple[str, ...]
    records: tuple[Record, ...]
    doubts: tuple[str, ...]


def one_table(grids: Sequence[Grid], form: str) -> Sheet:
    """Return all tables that look like a plan as one. Raises Unreadable where there is none."""
    pieces, passed = _pieces(grids)
    doubts = [doubt for grid in grids for doubt in grid.doubts]
    if not pieces:
        widest = max(grids, key=lambda grid: (min(grid.width, 4), len(grid.lines)))
        pieces, passed = _blindly(widest), []
        doubts.append(UNKNOWN)
    doubts += [PASSED_OVER.format(name[:1].upper() + name[1:]) for name in passed if name]
    sheet = _united(pieces, form, doubts)
    if not sheet.rows:
        raise NoTable(NO_ROWS)
    if len(sheet.rows) > MOST_ROWS or len(sheet.headings) > MOST_COLUMNS:
        raise Unreadable(TOO_LONG)
    return sheet


def _pieces(grids: Sequence[Grid]) -> tuple[list[Piece], list[str]]:
    pieces: list[Piece] = []
    passed: list[str] = []
    for grid in grids:
        lines = [line for line in grid.lines if line.filled or any(s.up for s in line.spots)]
        head, turned = _head(lines), _turned(lines)
        if turned and turned.known > (head.known if head else 0):
            pieces.append(_turned_piece(grid, lines, turned))
        elif head and head.known >= FEWEST:
            pieces.append(_piece(grid, lines, head, goes_on=head.headings in _heads(pieces)))
        elif pieces and lines and grid.width == len(pieces[-1].headings):
            head = Head(0, 0, pieces[-1].headings, 0)
            pieces.append(_piece(grid, lines, head, goes_on=True))
        elif lines:
            passed.append(grid.name)
    return pieces, passed


def _heads(pieces: Iterable[Piece]) -> set[tuple[str, ...]]:
    return {piece.headings for piece in pieces}


def _blindly(grid: Grid) -> list[Piece]:
    """Take the first row with more than one cell for headings."""
    lines = [line for line in grid.lines if line.filled]
    start = next((n for n, line in enumerate(lines) if len(line.filled) > 1), None)
    if start is None:
        raise NoTable(NO_ROWS)
    head = Head(start, 1, _headings(lines[start], grid.width), 0)
    return [_piece(grid, lines, head, goes_on=False)]


def _words(spot: Spot) -> str:
    return " ".join(plain_lines(spot.text)) if spot.text else ""


def _headings(line: Line, width: int) -> tuple[str, ...]:
    """Return the headings of a row; a merged one counts once."""
    found = [_words(spot)[:LONGEST] for spot in line.spots]
    return tuple(found + [""] * (width - len(found)))


def _spread(line: Line, width: int) -> tuple[str, ...]:
    """Return the headings of a row; one that is merged, or has nothing after it, goes across."""
    found: list[str] = []
    for place, heading in enumerate(_headings(line, width)):
        left = place < len(line.spots) and line.spots[place].left
        found.append(found[-1] if left else heading)
    return tuple(found)


def _head(lines: Sequence[Line]) -> Head | None:
    """Return the row of headings that names most fields, or the two rows."""
    width = max((len(line.spots) for line in lines), default=0)
    best: Head | None = None
    for start, line in enumerate(lines[:FAR_DOWN]):
        if not _like_headings(line):
            continue
        one = _headings(line, width)
        heads = [Head(start, 1, one, recognised(list(one)))]
        below = lines[start + 1] if start + 1 < len(lines) else None
        if below and _like_headings(below):
            both = _both(_spread(line, width), _headings(below, width), below)
            heads.append(Head(start, 2, both, recognised(list(both))))
        for head in heads:
            if head.known > (best.known if best else 0):
                best = head
    return best


def _like_headings(line: Line) -> bool:
    words = [_words(line.spots[place]) for place in line.filled]
    return len(words) > 1 and not any(
        len(each) > LONGEST or re.fullmatch(r"[\d.,]+", each) for each in words[1:]
    )


def _both(top: Sequence[str], bottom: Sequence[str], below: Line) -> tuple[str, ...]:
    return tuple(
        BETWEEN.join(dict.fromkeys(each for each in pair if each))
        for pair in zip(top, bottom, strict=True)
    )


def _turned(lines: Sequence[Line]) -> Head | None:
    """Return the headings of a table that has them in its first column, one below the other."""
    first = [_words(line.spots[0]) if line.spots else "" for line in lines]
    if len(first) > FAR_DOWN or not lines:
        return None
    return Head(0, 1, tuple(each[:LONGEST] for each in first), recognised(first))


def _turned_piece(grid: Grid, lines: Sequence[Line], head: Head) -> Piece:
    width = max(len(line.spots) for line in lines)
    title, named, headings = _title(grid), _named_above(lines[:1]), head.headings
    if named:
        title, lines, headings = named, lines[1:], headings[1:]
    records = []
    for column in range(1, width):
        spots = tuple(line.spots[column] if column < len(line.spots) else Spot() for line in lines)
        if any(spot.text for spot in spots):
            place = _place(grid, f"column {column + 1}" if width > 2 else "")
            records.append(Record(place, spots, title, False, ()))
    return Piece(headings, tuple(records), ())


def _place(grid: Grid, within: str) -> str:
    return ", ".join(each for each in (grid.name, within) if each)


def _title(grid: Grid) -> str:
    return grid.title if STANDS_FOR.match(grid.title) else ""


def _named_above(lines: Sequence[Line]) -> str:
    """Return the standard that a line of its own names above the headings."""
    alone = (_words(line.spots[line.filled[0]]) for line in lines if len(line.filled) == 1)
    return next((words for words in alone if STANDARD.match(words)), "")


def _piece(grid: Grid, lines: Sequence[Line], head: Head, *, goes_on: bool) -> Piece:
    repeated = {_signs(line) for line in lines[head.start : head.start + head.size]}
    section, broken = _title(grid) or _named_above(lines[: head.start]), goes_on
    records, doubts = [], []
    for line in lines[head.start + head.size :]:
        if _repeats(line, repeated):
            broken = True
        elif name := _section(line, len(head.headings)):
            section = name
        elif total := _total(line):
            doubts.append(f"“{total}” in {_place(grid, f'row {line.number}')} was passed over.")
        else:
            place = _place(grid, f"row {line.number}")
            told = (*line.doubts, *_uneven(line, head.headings, grid))
            records.append(Record(place, line.spots, section, broken, told))
            broken = False
    if records and not goes_on:
        records[0] = replace(records[0], begins=True)
    return Piece(head.headings, tuple(records), tuple(doubts))


def _uneven(line: Line, headings: Sequence[str], grid: Grid) -> Iterator[str]:
    """Doubt a row whose cells may stand under other headings than they belong to."""
    named = max((place for place, name in enumerate(headings, 1) if name), default=0)
    if grid.is_text and any(spot.text for spot in line.spots[named:]):
        yield MORE_CELLS
    elif grid.is_word and 1 < len(line.spots) < named:
        yield FEWER_CELLS


def _repeats(line: Line, headings: set[tuple[str, ...]]) -> bool:
    """Whether a row tells the headings once more, as on a new page."""
    short = all(len(spot.text) <= 2 * LONGEST for spot in line.spots)
    return short and _signs(line) in headings


def _signs(line: Line) -> tuple[str, ...]:
    return tuple(plain(_words(spot)) for spot in line.spots if spot.text)


def _section(line: Line, width: int) -> str:
    """Return the words of a row that stand across the table, or name a standard alone."""
    if len(line.filled) != 1 or width <= 2:
        return ""
    (place,) = line.filled
    words = _words(line.spots[place])
    across = len(line.spots) > 1 and all(spot.left for spot in line.spots[place + 1 :])
    if across and place == 0:
        return words
    alone = place == 0 and not any(spot.up for spot in line.spots)
    return words if alone and STANDS_FOR.match(words) else ""


def _total(line: Line) -> str:
    words = _words(line.spots[line.filled[0]]) if line.filled else ""
    return words if TOTAL.match(words) and len(words) <= LONGEST else ""


def _united(pieces: Sequence[Piece], form: str, doubts: Sequence[str]) -> Sheet:
    """Return the rows of all pieces under the headings of all."""
    columns: dict[tuple[str, int], int] = {}
    names: list[str] = []
    rows: list[Row] = []
    for piece in pieces:
        places = []
        for key, name in _keys(piece.headings):
            if key not in columns:
                columns[key] = len(names)
                names.append(name)
            places.append(columns[key])
        rows += [_row(record, places) for record in piece.records]
    more = [doubt for piece in pieces for doubt in piece.doubts]
    if sections := [record.section for piece in pieces for record in piece.records]:
        names, rows = _with_sections(names, rows, sections)
    width = len(names)
    filled = (replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows)
    return Sheet(form, tuple(names), tuple(filled), (*doubts, *more))


def _keys(headings: Iterable[str]) -> Iterator[tuple[tuple[str, int], str]]:
    """Return what makes each column the same as one of another table: its name, and which one
    of that name it is."""
    counted: dict[str, int] = {}
    for heading in headings:
        name = _meaning(heading) or plain(heading)
        counted[name] = counted.get(name, 0) + 1
        yield (name, counted[name]), heading


def _meaning(heading: str) -> str:
    """Return the one field that a heading names, "" where it names none or may name several."""
    fits = {key: fit for key, fit in meanings(heading).items() if fit >= NEARLY}
    return f"={next(iter(fits))}" if len(fits) == 1 else ""


def _row(record: Record, places: Sequence[int]) -> Row:
    cells = [""] * (max(places, default=-1) + 1)
    joined = []
    for place, spot in zip(places, record.spots, strict=False):
        cells[place] = spot.text
        if spot.up:
            joined.append(place)
    return Row(
        record.place, tuple(cells), tuple(joined), record.after_break, record.doubts, record.begins
    )


def _with_sections(
    names: list[str], rows: list[Row], sections: list[str]
) -> tuple[list[str], list[Row]]:
    if not any(sections):
        return names, rows
    width = len(names)
    return [*names, SECTION], [
        replace(row, cells=(*row.cells, *[""] * (width - len(row.cells)), section))
        for row, section in zip(rows, sections, strict=True)
    ]

"""Which column of a file holds which field of the plan: guessed, and open to change."""

import re
from collections.abc import Callable, Mapping, Sequence

from .fields import BY_KEY, Kind
from .headings import EXACT, OWN, PART, meanings, plain
from .sheet import Sheet
from .splitting import LABEL
from .tables import SECTION
from .values import NONE, line, numbers_in
from .words import days_in, number

Columns = Mapping[str, int]  # a field's key to the place of its column, from 0
Check = Callable[[str], bool]

SCORE = re.compile(r"[0-5](?:[.,]\d{1,2})?")
OUTLINE = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?(?:\s|$)")
WITH_POINT = re.compile(r"\d[.,]\d")
ENOUGH = 60  # per cent of a column's cells
HIGHEST_STANDARD = 60


def guess(sheet: Sheet) -> dict[str, int]:
    """Return each field that a column seems to hold: by its heading, where what is in it does not
    speak against that, else by what is in it."""
    cells = [_cells(sheet, place) for place in range(len(sheet.headings))]
    references = {BY_KEY["action"].heading, BY_KEY["support"].heading}
    ours = bool(references & set(sheet.headings))  # whose columns hold what they say
    fits = [
        (fit, -place, key)
        for place, heading in enumerate(sheet.headings)
        for key, fit in meanings(heading).items()
        if ours or _is_sure(key, heading) or _plausible(key, cells[place], heading)
    ]
    found: dict[str, int] = {}
    for _, place, key in sorted(fits, key=lambda each: (-each[0], -each[1], _preference(each[2]))):
        if key not in found and -place not in found.values():
            found[key] = -place
    if not ours:
        _by_content(found, sheet, cells)
    return found


def _cells(sheet: Sheet, place: int) -> list[str]:
    found = (line(row.cells[place], sheet.format) for row in sheet.rows)
    return [words for words in found if words.lower() not in NONE]


def _preference(key: str) -> int:
    """Of fields that fit equally well, one that only some contents fit comes first."""
    return 0 if key in CHECKS or BY_KEY[key].kind == Kind.CHOICE else 1


def _is_sure(key: str, heading: str) -> bool:
    """Whether a column can be nothing else, whatever it holds: what does not fit is told later."""
    fits = meanings(heading)
    if key == "standard" and fits.get(key) == OWN:
        return True
    return BY_KEY[key].kind == Kind.CHOICE and fits.keys() == {key} and fits[key] >= EXACT


def _plausible(key: str, cells: Sequence[str], heading: str) -> bool:
    """Whether what is in a column can be this field; an empty column can be any."""
    if key == "standard" and meanings(heading).get(key, 0) >= PART and _is_outline(cells):
        return True
    if BY_KEY[key].kind == Kind.CHOICE:
        return not cells or _share(cells, lambda words: _is_choice(key, words)) >= ENOUGH
    check = CHECKS.get(key)
    return not cells or check is None or _share(cells, check) >= ENOUGH


def _share(cells: Sequence[str], check: Check) -> int:
    """Return how many of the cells pass, in per cent."""
    return 100 * sum(map(check, cells)) // len(cells)


def _is_choice(key: str, words: str) -> bool:
    return any(plain(words) in map(plain, meant) for meant in BY_KEY[key].choices.values())


def _is_number(words: str) -> bool:
    found = numbers_in(words)
    return bool(found) and max(found) <= HIGHEST_STANDARD and not WITH_POINT.match(words)


def _is_title(words: str) -> bool:
    return bool(
        re.search(r"[^\W\d_]{3}", re.sub(r"^(?:standard\s*)?\d+", "", words, flags=re.IGNORECASE))
    )


CHECKS: dict[str, Check] = {
    "standard": _is_number,
    "title": _is_title,
    "score": lambda words: bool(SCORE.fullmatch(words)),
    "target_score": lambda words: bool(SCORE.fullmatch(words)),
    "events": lambda words: number(words) is not None,
    "estimated": lambda words: number(words) is not None or days_in(words) is not None,
    "agreed": lambda words: number(words) is not None or days_in(words) is not None,
}


def _is_outline(cells: Sequence[str]) -> bool:
    """Whether cells hold numbers such as 3.1, the first action of standard 3."""
    return bool(cells) and _share(cells, lambda words: bool(OUTLINE.match(words))) >= ENOUGH


def _by_content(found: dict[str, int], sheet: Sheet, cells: Sequence[Sequence[str]]) -> None:
    """Add fields that no heading names, but what is in a column does."""
    sections = [place for place, name in enumerate(sheet.headings) if name == SECTION]
    for key, check in CONTENTS.items():
        free = [
            place
            for place, heading in enumerate(sheet.headings)
            if place not in found.values() and (not (fits := meanings(heading)) or key in fits)
        ]
        likely = [place for place in free if cells[place] and _share(cells[place], check) >= ENOUGH]
        if key not in found and likely:
            found[key] = likely[0]
    if "standard" not in found:
        _from_title(found, cells)
    if "standard" not in found and "title" not in found and sections:
        found["title"] = sections[0]


def _from_title(found: dict[str, int], cells: Sequence[Sequence[str]]) -> None:
    """Read the number from the title's column where it stands before each title."""
    place = found.get("title")
    if place is not None and cells[place] and _share(cells[place], _is_number) >= ENOUGH:
        found["standard"] = found.pop("title")


CONTENTS: dict[str, Check] = {
    "standard": lambda words: (
        _is_number(words) and (len(words) <= 4 or "standard" in words.lower())
    ),
    "score": lambda words: bool(SCORE.fullmatch(words)) and "." in words,
    "headline": lambda words: bool(LABEL.match(words)),
    "purpose": lambda words: days_in(words) is not None,
}

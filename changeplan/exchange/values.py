"""A cell read as the value of a field, with what is doubtful about it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from partnership.richtext import parse, text
from standards.scale import SCALE_HIGH, SCALE_LOW

from .current import CurrentPlan
from .fields import Field, Kind
from .headings import plain
from .markdown import plain_lines, same, written
from .said_dates import said_date
from .sheet import DOCX
from .steps import Value
from .taking import nameable
from .words import days_in, number

NONE = {"", "-", "–", "—", "n/a", "na", "nil", "none", "none asked", "not applicable", "tbc", "tba"}
MOST = Decimal(10_000)
LONGEST_NAME = 400  # characters; names and titles are shorter
LIKE = 0.84  # how alike two names are that may be one, misspelt
STEPS = {Kind.DAYS: 4, Kind.HALVES: 2, Kind.WHOLE: 1}
NUMBER_LIST = re.compile(
    r"(?:commissioning )?(?:standards?|stds?\.?|nos?\.?|numbers?|#)?\s*"
    r"\d{1,3}[a-z]?(?:\s*(?:,|;|/|&|\+|-|–|and|to|\s)\s*(?:standard )?\d{1,3})*\s*[.):]?",
    re.IGNORECASE,
)
RANGE = re.compile(r"(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})")
LEADING_NUMBER = re.compile(
    r"(?:commissioning )?(?:standard|std)?\.?\s*(?:no\.?\s*)?(\d{1,3})\b", re.IGNORECASE
)


NOTHING = re.compile(
    r"(?:no|none|nil|not|nothing)(?: (?:further|additional|external|csp|consultancy))*"
    r"(?: (?:support|actions?|days|help))?(?: (?:is|are|was|were|has been))?"
    r"(?: (?:required|needed|requested|identified|planned|asked for|proposed|sought|applicable))?"
    r"(?: (?:yet|currently|at present|at this (?:time|stage)))?",
    re.IGNORECASE,
)


def says_nothing(words: str) -> bool:
    """Whether words stand for an empty cell: "None", "n/a", "No support required."."""
    said = words.strip(" .\\").lower()
    return said in NONE or bool(NOTHING.fullmatch(said))


@dataclass(frozen=True)
class Taken:
    """What became of a cell: `value` where `fits`, and `doubt` in words, "" for none."""

    value: Value = None
    fits: bool = True
    doubt: str = ""


def lines(words: str, form: str) -> list[str]:
    """Return what a cell says, in plain lines: Word's cells hold Markdown, others their words."""
    found = plain_lines(words) if form == DOCX else tuple(words.split("\n"))
    return [line.strip() for line in found if line.strip()]


def line(words: str, form: str) -> str:
    """Return what a cell says on one line."""
    return " ".join(" ".join(lines(words, form)).split())


def cell(plain_words: str, form: str) -> str:
    """Return plain words as a cell holds them."""
    return written(text(plain_words)) if form == DOCX else plain_words


def markdown(words: str) -> str:
    """Return a cell's text as Markdown, with its bullets as lists."""
    return written(parse(words))


def take(field: Field, words: str, form: str, plan: CurrentPlan) -> Taken:
    """Return what a cell says for a field. `form` is the format of the file."""
    if field.kind in (Kind.TEXT, Kind.STATEMENTS):
        return _text(field, words)
    if field.kind in (Kind.BODY, Kind.OWNER):
        return _body(field, line(words, form), plan)
    if field.kind == Kind.PRIORITIES:
        return _priorities(lines(words, form), plan)
    if field.kind == Kind.LIST:
        return Taken(tuple(each.lstrip("•·- ").rstrip(";. ") for each in lines(words, form)))
    return READERS.get(field.kind, _line)(field, line(words, form))


def unchanged(field: Field, old: str, new: str, form: str, plan: CurrentPlan) -> bool:
    """Whether a cell says what the plan says already, `old` being as an export writes it."""
    if old == new:
        return True
    if field.kind in (Kind.TEXT, Kind.STATEMENTS):
        return same(old, new)
    if line(new, form) == " ".join(old.split()):
        return True
    before, now = take(field, old, "", plan), take(field, new, form, plan)
    return before.fits and now.fits and bool(old) and before.value == now.value


def numbers_in(words: str) -> tuple[int, ...]:
    """Return the numbers of a list of standards: "1, 3 and 7", "Standards 2-4", or of one with its
    title: "3. We have the right governance"; () where there are none."""
    said = words.strip()
    if not NUMBER_LIST.fullmatch(said):
        first = LEADING_NUMBER.match(said)
        return (int(first[1]),) if first else ()
    found = [int(each) for each in re.findall(r"\d+", said)]
    for low, high in RANGE.findall(said):
        found += range(int(low), min(int(high), int(low) + 100) + 1)
    return tuple(sorted(set(found)))


@lru_cache(4_000)
def alike(one: str, other: str) -> Decimal:
    """Return how alike two names are, from 0 to 1, whatever their capitals and signs."""
    first, second = plain(one[:LONGEST_NAME]), plain(other[:LONGEST_NAME])
    ratio = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return Decimal(str(ratio))


def _text(field: Field, words: str) -> Taken:
    if len(words) > field.longest:
        return _unfit(f"is longer than {field.longest} characters, and was left out. Shorten it.")
    return Taken(words)


def _unfit(words: str) -> Taken:
    return Taken(fits=False, doubt=words)


def _line(field: Field, words: str) -> Taken:
    if len(words) <= field.longest:
        return Taken(words)
    clipped = words[: field.longest - 1].rsplit(" ", 1)[0]
    return Taken(f"{clipped}…", doubt=f"was cut to {field.longest} characters.")


def _figure(field: Field, words: str) -> Taken:
    steps = STEPS[field.kind]
    if words.lower() in NONE:
        return Taken(None)
    figure, doubt = number(words), ""
    if figure is None and field.kind == Kind.DAYS and (said := days_in(words)):
        figure, doubt = said.days, f"says “{said.words}”, and was read as {said.days} days."
    if figure is None:
        return _unfit(f"says “{_short(words)}”, which is no number, and was left out.")
    if not 0 < figure <= MOST or figure * steps % 1:
        smallest = {4: "quarter days", 2: "half points", 1: "whole numbers"}[steps]
        return _unfit(f"says {words}, which does not fit: it goes in {smallest} above 0.")
    if field.key == "target_score" and not SCALE_LOW <= figure <= SCALE_HIGH:
        return _unfit(
            f"says {words}, and was left out: a score goes from {SCALE_LOW} to {SCALE_HIGH}."
        )
    return Taken(int(figure) if field.kind == Kind.WHOLE else figure, doubt=doubt)


def _date(field: Field, words: str) -> Taken:
    if words.lower() in NONE - {"tbc", "tba"}:
        return Taken("")
    said = said_date(words)
    if not said.stored:
        return _unfit(f"says “{_short(words)}”, which is no date, and was left out.")
    if said.other_way:
        return Taken(said.stored, doubt=f"says “{words}”, and was read with the day first.")
    return _line(field, said.stored)


def _choice(field: Field, words: str) -> Taken:
    said = plain(words)
    for stored, meant in field.choices.items():
        if said in [plain(each) for each in meant] or said == stored:
            return Taken(stored)
    allowed = ", ".join(f"“{meant[0]}”" for meant in field.choices.values())
    return _unfit(f"says “{_short(words)}”, and was left out: it can be {allowed}.")


def _body(field: Field, words: str, plan: CurrentPlan) -> Taken:
    if words.lower() in NONE:
        return Taken(None)
    known = nameable(field, plan)
    for body in known:
        if plain(words) in [plain(name) for name in body.names]:
            return Taken(body)
    near = max(known, key=lambda body: alike(words, body.names[0]), default=None)
    close = near if near and alike(words, near.names[0]) >= Decimal(str(LIKE)) else None
    hint = f" Is it “{close.names[0]}”?" if close else ""
    if field.kind == Kind.OWNER:
        doubt = f"says “{_short(words)}”, who is no member: it stays as a job title.{hint}"
        return Taken(_line(field, words).value, doubt=doubt)
    if field.key == "programme":
        return Taken(
            words, doubt=f"names “{_short(words)}”, a programme that the plan has not yet.{hint}"
        )
    return _unfit(f"says “{_short(words)}”, a name that the partnership does not know.{hint}")


def _priorities(said: list[str], plan: CurrentPlan) -> Taken:
    found, unknown = [], []
    for words in said:
        if key := _priority(words, plan):
            found.append(key)
        else:
            unknown.append(words)
    keys = tuple(dict.fromkeys(found))
    if not unknown:
        return Taken(keys)
    doubt = f"names {_quoted(unknown)}: the exercise has no such improvement priority."
    return Taken(keys, bool(found), doubt)


def _priority(words: str, plan: CurrentPlan) -> str:
    """Return the key of a priority, by its number and title or by either; "" for none."""
    numbered = re.match(r"(\d{1,3})[.):]?\s*(.*)", words)
    title = numbered[2] if numbered else words
    for each in plan.priorities:
        same_number = numbered is not None and each.number == int(numbered[1])
        alike = plain(each.title) == plain(title) != "" or each.title == title
        if alike or words == each.title or (same_number and not title):
            return each.key
    return ""


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{_short(name)}”" for name in names)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"


READERS: Mapping[Kind, Callable[[Field, str], Taken]] = {
    Kind.WHOLE: _figure,
    Kind.HALVES: _figure,
    Kind.DAYS: _figure,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
}

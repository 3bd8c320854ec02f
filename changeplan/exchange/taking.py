"""Words that a person gives for one doubtful value, taken as the value they mean."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from partnership.dates import PreciseDate

from .current import Body, CurrentPlan
from .fields import Field, Kind
from .steps import Value

REQUIRED = {
    "headline": "Enter a headline",
    "purpose": "Enter what the support is for",
    "programme": "Name the programme that the support comes from",
}
BODIES = {
    "lead": ("group", "organisation"),
    "owner": ("member",),
    "monitored_by": ("group",),
    "reports_to": ("group",),
    "programme": ("programme",),
}
MOST = 10_000  # days, points and events: more is a slip


class NotTaken(Exception):
    """What is wrong with the words, and what to write instead."""


def taken(known: Field, words: str, plan: CurrentPlan) -> Value:
    """Return the value that the words mean. Raises NotTaken for what means none."""
    if not words and known.key in REQUIRED:
        raise NotTaken(REQUIRED[known.key])
    if len(words) > known.longest:
        raise NotTaken(f"Shorten it to {known.longest} characters")
    if known.kind in (Kind.BODY, Kind.OWNER):
        return _body(known, words, plan)
    return TAKERS.get(known.kind, _line)(known, words)


def nameable(known: Field, plan: CurrentPlan) -> tuple[Body, ...]:
    """Return the bodies that a cell of this column can name."""
    kinds = BODIES.get(known.key, ())
    return tuple(body for body in plan.bodies if body.kind in kinds)


def _line(_: Field, words: str) -> Value:
    return words


def _figure(known: Field, words: str, steps: int, kind: str) -> Value:
    if not words:
        return None
    try:
        figure = Decimal(words)
    except InvalidOperation:
        raise NotTaken(f"Enter {kind}, or nothing") from None
    if not figure.is_finite() or not 0 < figure <= MOST or figure * steps % 1:
        raise NotTaken(f"Enter {kind}, or nothing")
    return figure


def _days(known: Field, words: str) -> Value:
    return _figure(known, words, 4, "days in quarters, such as 2, 2.5 or 2.25")


def _halves(known: Field, words: str) -> Value:
    return _figure(known, words, 2, "a score in half points, such as 3 or 3.5")


def _whole(known: Field, words: str) -> Value:
    figure = _figure(known, words, 1, "a whole number")
    return None if figure is None else int(str(figure))


def _date(_: Field, words: str) -> Value:
    try:
        return PreciseDate(words).stored if words else ""
    except ValueError:
        raise NotTaken("Enter a date as year-month-day, year-month or year, or words") from None


def _choice(known: Field, words: str) -> Value:
    stored = (key for key, meant in known.choices.items() if words == meant[0])
    if (found := next(stored, None)) is None:
        raise NotTaken("Choose one of the choices")
    return found


def _body(known: Field, words: str, plan: CurrentPlan) -> Value:
    named = (body for body in nameable(known, plan) if words == body.names[0])
    if found := next(named, None):
        return found
    if words and known.key not in ("owner", "programme"):
        raise NotTaken("Choose one of the choices")
    return words or None


TAKERS: Mapping[Kind, Callable[[Field, str], Value]] = {
    Kind.DAYS: _days,
    Kind.HALVES: _halves,
    Kind.WHOLE: _whole,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
}

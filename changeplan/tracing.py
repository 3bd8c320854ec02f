"""The line from an improvement priority to what is done about it, in one sentence.

Plain Python on the facts of a plan; pages and papers print the same words.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from partnership.numbers import days, in_words, listing, plain
from standards.models import Attribution

from .plan import PlannedAction, Priority

# Raised so strongly that the line names them; others are named where nobody is.
STRONG = (Attribution.Strength.ALL, Attribution.Strength.MANY, Attribution.Strength.PARTICULARLY)
NAMED = 3  # at most, where nobody raised it more strongly than others


def line(priority: Priority) -> str:
    """Return "Raised by the Executive (particularly) and one other; answered by actions 1 and 3;
    4 days estimated, 2 agreed"; no full stop."""
    parts = _raised(priority.raised_by), _answered(priority.actions), _asked(priority.actions)
    return "; ".join(part for part in parts if part)


def raiser(attribution: Attribution) -> str:
    """Return "the Executive (particularly)"; "Unattributed" where nobody is named."""
    name, strength = attribution.raiser or "Unattributed", attribution.strength
    return f"{name} ({attribution.get_strength_display().lower()})" if strength else name


def _raised(raised_by: Sequence[Attribution]) -> str:
    """Name who raised it strongly and count the others; where nobody did, name the first."""
    known = [each for each in raised_by if each.raiser]
    unattributed = len(raised_by) - len(known)
    strong = [each for each in known if each.strength in STRONG]
    named = strong or (known if len(known) <= NAMED else known[:1])
    others = len(known) - len(named)
    said = [raiser(each) for each in named]
    if others:
        said.append(f"{in_words(others)} {'other' if others == 1 else 'others'}")
    if said and unattributed:
        said.append(f"{in_words(unattributed)} unattributed")
    return f"Raised by {listing(said)}" if said else "Raised by nobody named"


def _answered(actions: Iterable[PlannedAction]) -> str:
    numbers = [planned.action.number for planned in actions]
    if not numbers:
        return "answered by no action yet"
    return f"answered by {'action' if len(numbers) == 1 else 'actions'} {listing(numbers)}"


def _asked(actions: Iterable[PlannedAction]) -> str:
    """Return the days that its actions ask for; a sum that nobody gave a figure for is left out,
    and is not 0."""
    asked = [support for planned in actions for support in planned.support]
    sums = {
        "estimated": _sum(support.allocation.estimated for support in asked),
        "agreed": _sum(support.allocation.agreed for support in asked),
        "delivered": _sum(support.delivered or None for support in asked),
    }
    known = [(figure, word) for word, figure in sums.items() if figure is not None]
    if not known:
        return "support asked for, days not stated" if asked else "no support asked for"
    (figure, word), *rest = known
    return ", ".join((f"{days(figure)} {word}", *(f"{plain(n)} {what}" for n, what in rest)))


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known, Decimal()) if known else None

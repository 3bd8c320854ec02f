"""Numbers as people read them. Everything is Decimal; rounding happens here, once, half up."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

WORDS = (
    "zero", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
MINUS = "\N{MINUS SIGN}"


def round_half_up(value: Decimal, places: int = 1) -> Decimal:
    """Return `value` at `places` decimal places; a half goes away from zero (2.25 is 2.3)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def display(value: Decimal | None, places: int = 1, missing: str = "") -> str:
    """Return "3.2", always with `places` places; `missing` where there is no value."""
    return missing if value is None else str(round_half_up(value, places))


def plain(value: Decimal) -> str:
    """Return the value with no more digits than it has: "3", "2.5", "0.25", "−1"."""
    return format(value.normalize(), "f").replace("-", MINUS)


def days(value: Decimal | None, missing: str = "") -> str:
    """Return "12 days", "1 day", "2.5 days"; `missing` where no figure was given."""
    if value is None:
        return missing
    return f"{plain(value)} {'day' if value == 1 else 'days'}"


def in_words(number: int) -> str:
    """Return a count in words from zero to twelve, in digits beyond."""
    return WORDS[number] if 0 <= number < len(WORDS) else str(number)


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 group" or "7 groups"; `plural` where adding an s will not do."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listing(items: Iterable[object]) -> str:
    """Return "1", "1 and 6", "1, 6 and 7"."""
    *rest, last = [str(item) for item in items] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def signed(change: Decimal | None, places: int = 1, missing: str = "") -> str:
    """Return "+0.4", "−0.2" (a true minus sign) or, where nothing shows, "no change"."""
    if change is None:
        return missing
    shown = round_half_up(change, places)
    if not shown:
        return "no change"
    return f"{'+' if shown > 0 else MINUS}{abs(shown)}"

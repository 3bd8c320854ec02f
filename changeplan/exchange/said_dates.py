"""Dates as people write them in plans, day before month: "17/5/2010", "by April 2011", "Q3"."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})"
LEADING = re.compile(
    r"^(?:(?:by|in|on|from|due|before|until|the)\s+|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)"
    r"(?:day)?,?\s+)+",
    re.IGNORECASE,
)
YEARS = re.compile(r"(\d{4})\s?[/–-]\s?(?:20)?(\d{2})", re.ASCII)
FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d{2})",
        r"(?P<month>\d{1,2})[/.](?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH}[\s,-]*{_YEAR}",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?:(?:the )?end of |end |mid[ -])?{_MONTH}[\s,-]*{_YEAR}",
    )
)


@dataclass(frozen=True)
class SaidDate:
    """`stored` is a date as PreciseDate stores it, "" for figures that are none; `other_way` is
    the date it would be with the month first."""

    stored: str
    other_way: str = ""


def said_date(words: str) -> SaidDate:
    """Return the date that words name; other words stay as they are."""
    said = " ".join(words.split())
    if (years := YEARS.fullmatch(said)) and int(years[2]) == (int(years[1]) + 1) % 100:
        return SaidDate(f"year {years[1]}/{years[2]}")  # a financial or school year, no month
    for form in FORMS:
        if match := form.fullmatch(LEADING.sub("", said).strip(" .,;")):
            return _date({key: value for key, value in match.groupdict().items() if value})
    return SaidDate(said if re.search(r"[^\W\d_]", said) else "")


def _date(parts: dict[str, str]) -> SaidDate:
    year = parts["year"].lstrip("'’")
    year = year if len(year) == 4 else f"20{year}"
    name = parts.get("name", "").lower()
    month = MONTHS[name] if name else int(parts.get("month", 0))
    day = int(parts.get("day", 0))
    figures = "name" not in parts and len(parts["year"].lstrip("'’")) and "day" in parts
    swapped = bool(figures) and day <= 12 and day != month and not _iso_first(parts)
    return SaidDate(_stored(year, month, day), _stored(year, day, month) if swapped else "")


def _iso_first(parts: dict[str, str]) -> bool:
    return next(iter(parts)) == "year"


def _stored(year: str, month: int, day: int) -> str:
    try:
        date(int(year), month or 1, day or 1)
    except ValueError:
        return ""
    return "-".join([year, *(f"{part:02d}" for part in (month, day) if part)])

"""The ledger of a support programme's days, as the plan and its days page show it."""

from dataclasses import dataclass

from partnership.charts import Picture, both, days_chart
from partnership.numbers import days

from .. import words
from ..allocation import Days
from ..plan import PlanFacts


@dataclass(frozen=True)
class Line:
    """A programme's line, or the total: figures as words, so that none is taken for 0."""

    programme: str
    available: str
    estimated: str
    agreed: str
    delivered: str
    unplanned: str


@dataclass(frozen=True)
class LedgerTable:
    """The lines, the total where there are several, the charts of those that have figures, and
    a sentence for every sum that has run over. `has_days`: whether anybody named a number."""

    lines: tuple[Line, ...]
    total: Line | None
    pictures: tuple[tuple[str, Picture], ...]
    warnings: tuple[str, ...]
    has_days: bool


def ledger_table(facts: PlanFacts) -> LedgerTable:
    programmes = facts.ledger.programmes
    stated = [line for line in programmes if _has_days(line)]
    return LedgerTable(
        tuple(_line(line) for line in programmes),
        _line(facts.ledger.total) if len(programmes) > 1 else None,
        tuple((line.programme, _picture(line, place)) for place, line in enumerate(stated)),
        facts.ledger.warnings,
        has_days=bool(stated),
    )


def _has_days(line: Days) -> bool:
    return any(figure is not None for figure in (line.available, line.estimated, line.agreed))


def _line(line: Days) -> Line:
    unsaid = "Not stated" if line.unquantified else "None"
    return Line(
        line.programme,
        words.available(line),
        words.figure(line.estimated, unsaid),
        words.figure(line.agreed),
        words.figure(line.delivered or None),
        words.figure(line.unplanned, "Not known"),
    )


def _picture(line: Days, place: int) -> Picture:
    said = (
        f"Of {line.available_words} available, {days(line.estimated, 'no days')} are estimated, "
        f"{days(line.agreed, 'no days')} agreed and "
        f"{days(line.delivered or None, 'no days')} delivered."
    )
    return both(
        days_chart,
        line.available,
        line.estimated,
        line.agreed,
        line.delivered or None,
        title=f"Consultancy days: {line.programme}",
        description=said,
        key=f"days-{place}",
        approximate=line.approximate,
    )

"""The ledger of a support programme's days: on the plan, on its days page, beside every form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from partnership.charts import Picture, both, days_chart
from partnership.numbers import days, plain

from .. import words
from ..allocation import Days, Ledger, StandardDays, days_left
from ..models import ChangePlan, SupportAllocation
from ..plan import PlanFacts, days_of, entitlement_of, programme_name
from ..services.days import agreed_of


@dataclass(frozen=True)
class Figure:
    """A number of days as words, so that none is taken for 0; `over` says by how much it is too
    many, "" where it is not."""

    label: str
    words: str
    over: str = ""


@dataclass(frozen=True)
class Line:
    """A programme's line, or the total, in the order of its columns."""

    programme: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class StandardLine:
    """The days that serve one standard, as words; `title` may carry emphasis, or be ""."""

    number: int
    title: str
    estimated: str
    agreed: str
    delivered: str


@dataclass(frozen=True)
class LedgerTable:
    """The lines, the total where there are several, the charts of those that have figures, and
    a sentence for every sum that has run over. `has_days`: whether anybody named a number."""

    lines: tuple[Line, ...]
    total: Line | None
    pictures: tuple[tuple[str, Picture], ...]
    warnings: tuple[str, ...]
    has_days: bool


@dataclass(frozen=True)
class Strip:
    """The ledger as it stands beside a form. `after` is what a form would leave of one programme;
    `standards` are the days by standard, of those that are served."""

    table: LedgerTable
    standards: tuple[StandardLine, ...]
    after: Figure | None = None


def ledger_table(facts: PlanFacts) -> LedgerTable:
    """Return the ledger of a plan."""
    return _table(facts.ledger)


def strip(plan: ChangePlan, allocation: SupportAllocation | None = None) -> Strip:
    """Return the ledger for the side of a form, in four queries: of every programme, or of the one
    that `allocation` is asked of beside the total."""
    ledger, standards = days_of(plan)
    only = programme_name(allocation.entitlement) if allocation else ""
    return Strip(_table(ledger, only), tuple(standard_line(line) for line in standards))


def agreeing_strip(
    plan: ChangePlan, allocation: SupportAllocation, proposed: Decimal | None
) -> Strip:
    """The same beside the form that agrees days: with what `proposed` days would leave."""
    beside, programme = strip(plan, allocation), allocation.entitlement
    if proposed is None:
        return beside
    left = days_left(entitlement_of(programme), agreed_of(programme, but=allocation), proposed)
    return beside if left is None else replace(beside, after=_after(proposed, left))


def standard_line(line: StandardDays, title: str = "") -> StandardLine:
    """Return the days that serve a standard, as words."""
    asked = bool(line.allocations)
    unsaid = "Not stated" if asked else "None asked"
    return StandardLine(
        line.standard,
        title,
        words.figure(line.estimated, unsaid),
        words.figure(line.agreed, "None" if asked else ""),
        words.figure(line.delivered or None, "None" if asked else ""),
    )


def standard_lines(
    lines: Iterable[StandardDays], titles: Mapping[int, str]
) -> tuple[StandardLine, ...]:
    return tuple(standard_line(line, titles[line.standard]) for line in lines)


def _after(proposed: Decimal, left: Decimal) -> Figure:
    over = f"{plain(-left)} over" if left < 0 else ""
    return Figure(f"Left after agreeing {days(proposed)} here", plain(left), over)


def _table(ledger: Ledger, only: str = "") -> LedgerTable:
    programmes = [line for line in ledger.programmes if only in ("", line.programme)]
    stated = [line for line in programmes if _has_days(line)]
    return LedgerTable(
        tuple(_line(line) for line in programmes),
        _line(ledger.total) if len(ledger.programmes) > 1 else None,
        tuple((line.programme, _picture(line, place)) for place, line in enumerate(stated)),
        ledger.warnings,
        has_days=bool(stated),
    )


def _has_days(line: Days) -> bool:
    return any(figure is not None for figure in (line.available, line.estimated, line.agreed))


def _line(line: Days) -> Line:
    unsaid = "Not stated" if line.unquantified else "None"
    over_delivered = line.delivered - (line.agreed or 0)
    return Line(
        line.programme,
        (
            Figure("Available", words.available(line)),
            Figure("Estimated", words.figure(line.estimated, unsaid), _over(line.unplanned)),
            Figure("Agreed", words.figure(line.agreed), _over(line.remaining)),
            Figure("Delivered", words.figure(line.delivered or None), _over(-over_delivered)),
            Figure("Not asked for", words.figure(line.unplanned, "Not known")),
            Figure("Left to agree", words.figure(line.remaining, "Not known")),
        ),
    )


def _over(left: Decimal | None) -> str:
    return f"{plain(-left)} over" if left is not None and left < 0 else ""


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

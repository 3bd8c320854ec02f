"""The days of a support programme: what is available, asked for, agreed, delivered and left.

Days are Decimals in quarter days. A figure nobody gave is None and never 0: support may be
asked for without days, and a programme may offer support without saying how much.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from partnership.numbers import WORDS, days, plain

ALL_PROGRAMMES = "All programmes"
QUARTER = Decimal("0.25")
NOT_DAYS = "Enter days in quarters, for example 2, 2.5 or 2¼"

# What people write for figures, in the order in which it is read.
WRITTEN = (
    (r"\b(of a day|days?)$", ""),
    ("¼", " 1/4"),
    ("½", " 1/2"),
    ("¾", " 3/4"),
    (r"\bthree[ -]quarters\b", " 3/4"),
    (r"\b(a )?quarter( a)?\b", " 1/4"),
    (r"\b(a )?half( a)?\b", " 1/2"),
    (r"\band\b", " "),
    *((rf"\b{word}\b", str(number)) for number, word in enumerate(WORDS)),
)
IN_FIGURES = re.compile(
    r"(?P<figure>[0-9]{1,6}(\.[0-9]{0,6})?|\.[0-9]{1,6})|"
    r"((?P<whole>[0-9]{1,6}) )?(?P<part>[1-9])/(?P<of>[24])"
)


@dataclass(frozen=True)
class Entitlement:
    """The days a programme makes available; None if it has not said. `approximate` figures
    ("approximately 20") may be passed with an acknowledged warning, confirmed ones may not."""

    programme: str
    days: Decimal | None
    approximate: bool = False

    def __post_init__(self) -> None:
        _require_quarter_days(self.days)

    @property
    def words(self) -> str:
        """ "approximately 20 days", "20 days" or "an unstated number of days"."""
        if self.days is None:
            return "an unstated number of days"
        return f"{'approximately ' if self.approximate else ''}{days(self.days)}"


@dataclass(frozen=True)
class Allocation:
    """Support asked of a programme for one purpose, which may serve several standards or none.
    `estimated` and `agreed` are None until somebody gives a figure."""

    programme: str
    standards: tuple[int, ...]
    estimated: Decimal | None = None
    agreed: Decimal | None = None
    delivered: Decimal = Decimal(0)
    key: str = ""

    def __post_init__(self) -> None:
        for figure in (self.estimated, self.agreed, self.delivered):
            _require_quarter_days(figure)

    @property
    def quantified(self) -> bool:
        """Whether anybody has put a number of days to it."""
        return self.estimated is not None or self.agreed is not None

    @property
    def over_delivered(self) -> str:
        """What to say where more was delivered than was agreed; "" where it was not."""
        return _over_delivered(self.agreed, self.delivered)


@dataclass(frozen=True)
class Days:
    """A line of the ledger. Sums skip what has no figure, and are None if nothing has one;
    `unquantified` counts the allocations without any. Every derived figure can be worked out
    from the others on its line."""

    programme: str
    available: Decimal | None
    approximate: bool
    estimated: Decimal | None
    agreed: Decimal | None
    delivered: Decimal
    allocations: int
    unquantified: int

    @property
    def remaining(self) -> Decimal | None:
        """Days not yet agreed: available less agreed. Below 0 if too much was agreed."""
        return _less(self.available, self.agreed)

    @property
    def unplanned(self) -> Decimal | None:
        """Days nobody has asked for: available less estimated. Below 0 if too much is asked."""
        return _less(self.available, self.estimated)

    @property
    def to_deliver(self) -> Decimal | None:
        """Days agreed and not yet delivered; None if none are agreed."""
        return _less(self.agreed, self.delivered)

    @property
    def over_estimated(self) -> bool:
        return self.unplanned is not None and self.unplanned < 0

    @property
    def over_agreed(self) -> bool:
        return self.remaining is not None and self.remaining < 0

    @property
    def over_delivered(self) -> bool:
        """Whether more was delivered than was agreed; with nothing agreed, any delivery is."""
        return bool(_over_delivered(self.agreed, self.delivered))

    @property
    def available_words(self) -> str:
        """As `Entitlement.words`."""
        return Entitlement(self.programme, self.available, self.approximate).words

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each sum that has run over, to be shown loudly."""
        limit = f"more than the {self.available_words} available."
        found = (
            f"{days(self.estimated)} estimated, {limit}" if self.over_estimated else "",
            f"{days(self.agreed)} agreed, {limit}" if self.over_agreed else "",
            _over_delivered(self.agreed, self.delivered),
        )
        return tuple(f"{self.programme}: {words}" for words in found if words)


@dataclass(frozen=True)
class Ledger:
    """One line a programme, in the order given, and the total. The total's available days are
    unknown if those of any programme are."""

    programmes: tuple[Days, ...]
    total: Days

    @property
    def over_estimated(self) -> tuple[str, ...]:
        """By how much each programme is over: "3 over at CSP". So for the others below."""
        return tuple(_over(n.programme, n.unplanned) for n in self.programmes if n.over_estimated)

    @property
    def over_agreed(self) -> tuple[str, ...]:
        return tuple(_over(n.programme, n.remaining) for n in self.programmes if n.over_agreed)

    @property
    def over_delivered(self) -> tuple[str, ...]:
        lines = (line for line in self.programmes if line.over_delivered)
        return tuple(_over(n.programme, (n.agreed or 0) - n.delivered) for n in lines)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Every programme's own warnings: one programme's spare days do not cover another's."""
        return tuple(words for line in self.programmes for words in line.warnings)


@dataclass(frozen=True)
class StandardDays:
    """The support that serves one standard. An allocation serving several standards stands here
    in full under each, so these lines do not add up to the ledger, which counts it once:
    `shared` says that this line has such a one."""

    standard: int
    allocations: tuple[Allocation, ...]
    estimated: Decimal | None
    agreed: Decimal | None
    delivered: Decimal

    @property
    def shared(self) -> bool:
        return any(len(set(allocation.standards)) > 1 for allocation in self.allocations)

    @property
    def unquantified(self) -> int:
        """How many of its allocations have no days: asked for, without a figure."""
        return sum(not allocation.quantified for allocation in self.allocations)


def _over(programme: str, left: Decimal | None) -> str:
    return f"{plain(-left)} over at {programme}" if left else ""


@dataclass(frozen=True)
class AgreementProblem:
    """Why days cannot simply be agreed: `refused` (a confirmed entitlement) or to be acknowledged
    (an approximate one). `excess` is the days above what is available."""

    refused: bool
    excess: Decimal
    words: str


def ledger(entitlements: Iterable[Entitlement], allocations: Iterable[Allocation]) -> Ledger:
    """Return the days of each programme that is entitled or asked, and of all together. Raises
    ValueError where a programme has two entitlements."""
    allocations = tuple(allocations)
    by_programme: dict[str, Entitlement] = {}
    for entitlement in entitlements:
        if entitlement.programme in by_programme:
            raise ValueError(f"{entitlement.programme} has two entitlements.")
        by_programme[entitlement.programme] = entitlement
    for allocation in allocations:
        unstated = Entitlement(allocation.programme, None)
        by_programme.setdefault(allocation.programme, unstated)
    stated = [entitlement.days for entitlement in by_programme.values()]
    everything = Entitlement(
        ALL_PROGRAMMES,
        None if None in stated else _sum(stated),
        any(entitlement.approximate for entitlement in by_programme.values()),
    )
    return Ledger(
        tuple(
            _line(
                entitlement,
                [a for a in allocations if a.programme == entitlement.programme],
            )
            for entitlement in by_programme.values()
        ),
        _line(everything, allocations),
    )


def by_standard(
    allocations: Iterable[Allocation], standards: Iterable[int]
) -> tuple[StandardDays, ...]:
    """Return a line for every standard in order, also for those nothing was asked for."""
    allocations = tuple(allocations)
    serving = {
        number: tuple(a for a in allocations if number in a.standards)
        for number in sorted(set(standards))
    }
    return tuple(StandardDays(number, found, *_sums(found)) for number, found in serving.items())


def days_left(
    entitlement: Entitlement, agreed_elsewhere: Decimal, proposed: Decimal
) -> Decimal | None:
    """Return what remains to be agreed after `proposed` days, when the programme's other
    allocations have `agreed_elsewhere`; below 0 if that is too much, None where no number of days
    was stated."""
    return _less(entitlement.days, agreed_elsewhere + proposed)


def agreement_problem(
    entitlement: Entitlement, agreed_elsewhere: Decimal, proposed: Decimal
) -> AgreementProblem | None:
    """Return what stands against agreeing `proposed` days (see `days_left`); None if nothing
    does."""
    left = days_left(entitlement, agreed_elsewhere, proposed)
    if left is None or left >= 0:
        return None
    consequence = (
        "The entitlement is approximate, so you can go on if you confirm that you know this."
        if entitlement.approximate
        else "The entitlement is confirmed, so fewer days must be agreed."
    )
    words = (
        f"Agreeing {days(proposed)} here, with {days(agreed_elsewhere)} agreed elsewhere, "
        f"is {days(-left)} more than the {entitlement.words} available "
        f"from {entitlement.programme}. {consequence}"
    )
    return AgreementProblem(not entitlement.approximate, -left, words)


def entitlement_problem(entitlement: Entitlement, agreed: Decimal) -> str:
    """Return why a programme cannot confirm fewer days than are `agreed` already; "" if it can."""
    left = days_left(entitlement, agreed, Decimal())
    if entitlement.approximate or left is None or left >= 0:
        return ""
    return (
        f"With {entitlement.programme}, {days(-left)} more than {entitlement.words} would be "
        f"agreed ({days(agreed)} in all). Agree fewer days first, or say that the number is "
        "approximate."
    )


def read_days(text: str) -> Decimal:
    """Return the days that somebody wrote: "2", "2.5", "2½", "1/4", "two and a half days".

    Raises ValueError, in words for them, for what is no number of days or is not in quarters.
    """
    words = text.casefold().strip()
    for written, figures in WRITTEN:
        words = re.sub(written, figures, words)
    found = IN_FIGURES.fullmatch(" ".join(words.split()))
    if found is None:
        raise ValueError(NOT_DAYS)
    if found["figure"] is None:
        return Decimal(found["whole"] or 0) + Decimal(found["part"]) / Decimal(found["of"])
    figure = Decimal(found["figure"])
    below = figure - figure % QUARTER
    if figure != below:
        near = f"{plain(below)} or {plain(below + QUARTER)}"
        raise ValueError(f"Days are counted in quarters. Enter {near} instead of {plain(figure)}")
    return figure


def _line(entitlement: Entitlement, allocations: Sequence[Allocation]) -> Days:
    estimated, agreed, delivered = _sums(allocations)
    return Days(
        entitlement.programme,
        entitlement.days,
        entitlement.approximate,
        estimated,
        agreed,
        delivered,
        allocations=len(allocations),
        unquantified=sum(not allocation.quantified for allocation in allocations),
    )


def _sums(
    allocations: Sequence[Allocation],
) -> tuple[Decimal | None, Decimal | None, Decimal]:
    return (
        _sum(a.estimated for a in allocations),
        _sum(a.agreed for a in allocations),
        sum((a.delivered for a in allocations), Decimal()),
    )


def _sum(figures: Iterable[Decimal | None]) -> Decimal | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known, Decimal()) if known else None


def _less(whole: Decimal | None, part: Decimal | None) -> Decimal | None:
    return None if whole is None else whole - (part or 0)


def _over_delivered(agreed: Decimal | None, delivered: Decimal) -> str:
    if delivered <= (agreed or 0):
        return ""
    return f"{days(delivered)} delivered, more than the {days(agreed, missing='0 days')} agreed."


def _require_quarter_days(figure: Decimal | None) -> None:
    if figure is None:
        return
    if not isinstance(figure, Decimal):
        raise TypeError("Days are a Decimal.")
    if figure < 0 or figure % QUARTER:
        raise ValueError("Days are quarter days, and never below 0.")

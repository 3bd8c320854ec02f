"""Blocks that print the change plan: the table by standard, what answers each priority, days."""

from collections.abc import Iterable
from decimal import Decimal

from changeplan.allocation import Days
from changeplan.plan import Entry, PlannedAction, Support
from changeplan.tracing import line
from partnership.numbers import counted, days, in_words, listing
from partnership.richtext import ItemList, Paragraph, RichText, Run, parse, text
from standards.analysis import StandardAverage

from ..document import Column, Item, NumberedParagraph, Prose, Subheading, Table
from ..models import Block
from .facts import Facts, NothingToShow
from .figures import written
from .findings import NO_PRIORITY
from .numbering import Numbers
from .scores import shown, titled

NO_SUPPORT = "The plan asks for no support."
TEXTS = ("Current status", 6), ("Actions", 10)


def plan_table(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """The whole plan, a row for every standard; a row may be taller than a page. A plan on an
    exercise without scores has no column for them."""
    averages = {average.standard: average for average in _averages(facts)}
    programmes = [offered.programme for offered in facts.plan.entitlements]
    last = Column(programmes[0] if len(programmes) == 1 else "Support", 7)
    score = (Column("Score", 2, numeric=True),) if averages else ()
    texts = tuple(Column(name, share) for name, share in TEXTS)
    rows = tuple(
        (
            titled(entry.standard),
            *([text(shown(averages[entry.standard.number]))] if averages else []),
            _status(entry),
            _actions(entry),
            _supports(entry),
        )
        for entry in facts.plan.entries
    )
    if not rows:
        raise NothingToShow("The plan has no standards.")
    yield Prose(written(facts, block.text))
    columns = (Column("Commissioning standard", 5), *score, *texts, last)
    yield Table(facts.plan.plan.title, columns, rows, breakable=True)


def _averages(facts: Facts) -> Iterable[StandardAverage]:
    return facts.results.averages if facts.results.has_scores else ()


def priority_actions(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """Each action under its own heading, the support for it, and the priorities it answers: with
    the line from each to what is done about it, once."""
    if not facts.plan.priorities:
        raise NothingToShow(NO_PRIORITY)
    if block.text:
        yield NumberedParagraph(numbers.next(), written(facts, block.text))
    lines = {priority.finding.pk: f"{line(priority)}." for priority in facts.plan.priorities}
    told: set[int] = set()
    for priority in facts.plan.priorities:
        for planned in priority.actions:
            if planned.action.pk not in told:
                told.add(planned.action.pk)
                yield from _recommended(planned, numbers)
                yield from _answers(planned, lines, numbers)
        if not priority.actions:
            yield Subheading("", priority.finding.title)
            yield NumberedParagraph(numbers.next(), text(lines[priority.finding.pk]))


def days_total(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """How many days are estimated in how many allocations, out of how many."""
    yield Prose(text(days_words(facts.plan.ledger.total)) + written(facts, block.text))


def days_words(total: Days) -> str:
    """Return the ledger's total as a sentence."""
    if not total.allocations:
        return NO_SUPPORT
    count = (
        f"{in_words(total.allocations)} {'allocation' if total.allocations == 1 else 'allocations'}"
    )
    if total.estimated is None:
        return f"The plan asks for support in {count}; no number of days has been stated."
    limit = f", out of {total.available_words} available" if total.available is not None else ""
    return f"The plan asks for an estimated {days(total.estimated)} in {count}{limit}."


def days_table(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """Every allocation with what it serves and its days, and the totals."""
    columns = Column("Support for", 6), Column("Standards", 2), *_figures()
    rows = tuple(_day_row(support) for support in facts.plan.support)
    if not rows:
        raise NothingToShow(NO_SUPPORT)
    total = facts.plan.ledger.total
    figures = total.estimated, total.agreed, total.delivered
    last = (text("Total", bold=True), (), *(text(_figure(figure)) for figure in figures))
    yield Prose(written(facts, block.text))
    yield Table("Days of support", columns, (*rows, last), note=days_words(total))


def _figures() -> tuple[Column, ...]:
    return tuple(Column(name, 2, numeric=True) for name in ("Estimated", "Agreed", "Delivered"))


def _figure(value: Decimal | None) -> str:
    return days(value, missing="Not stated").removesuffix(" days").removesuffix(" day")


def _day_row(support: Support) -> tuple[RichText, ...]:
    asked = support.allocation
    return (
        text(asked.purpose),
        text(listing(support.standards) if support.standards else ""),
        text(_figure(asked.estimated)),
        text(_figure(asked.agreed)),
        text(_figure(support.delivered)),
    )


def _status(entry: Entry) -> RichText:
    return tuple(part for statement in entry.status for part in parse(statement))


def _actions(entry: Entry) -> RichText:
    return tuple(part for planned in entry.actions for part in _action(planned))


def _action(planned: PlannedAction) -> RichText:
    """The heading in bold, the detail, and whatever is known of who and when."""
    action = planned.action
    heading = Paragraph((Run(f"Action: {action.heading}", bold=True),))
    return (heading, *parse(action.detail), *text(_responsibility(planned)))


def _responsibility(planned: PlannedAction) -> str:
    action = planned.action
    known = {
        "Lead": action.lead,
        "Owner": action.owner_name,
        "Monitored by": action.monitored_by,
        "Reports to": action.reports_to,
        "Starts": action.start,
        "Due": action.due,
        "Repeated": action.recurrence,
    }
    return ". ".join(f"{label}: {value}" for label, value in known.items() if value)


def _supports(entry: Entry) -> RichText:
    """The support asked for; “none asked” where there are actions and none is, which is not 0."""
    found = tuple(part for support in entry.support for part in _support(support))
    relied = tuple(part for words in entry.relied_on for part in _relied_on(words))
    if found or not entry.actions:
        return found + relied
    return text("None asked.") + relied


def _relied_on(words: str) -> RichText:
    return (Paragraph((Run("Relies on support placed elsewhere: ", italic=True),)), *parse(words))


def _support(support: Support) -> RichText:
    asked = support.allocation
    figure = Run(_sentence(support.days_words), bold=True)
    areas = tuple(text(area) for area in asked.focus_areas)
    events = f" {counted(asked.events, asked.get_form_display().lower())}." if asked.events else ""
    return (
        Paragraph((Run(f"{asked.purpose}. "), figure, Run(events))),
        *parse(asked.detail),
        *((ItemList(areas),) if areas else ()),
    )


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _recommended(planned: PlannedAction, numbers: Numbers) -> Iterable[Item]:
    yield Subheading("", planned.action.heading)
    yield from numbers.each(parse(planned.action.detail))
    for support in planned.support:
        named = Run(f"{support.entitlement.programme}: ", bold=True)
        first, *rest = _support(support)
        runs = first.runs if isinstance(first, Paragraph) else ()
        yield NumberedParagraph(numbers.next(), (Paragraph((named, *runs)), *rest))
    said = f"Action {planned.action.number}. {_responsibility(planned)}".strip()
    yield NumberedParagraph(numbers.next(), text(said))


def _answers(planned: PlannedAction, lines: dict[int, str], numbers: Numbers) -> Iterable[Item]:
    """The priorities that an action answers; each line is told with the first of its actions."""
    for finding in planned.priorities:
        said = f"Answers improvement priority {finding.number}, {finding.title}."
        told = lines.pop(finding.pk, "")
        yield NumberedParagraph(numbers.next(), text(f"{said} {told}".strip()))

"""The figures that a writer's text may hold, as the blocks print them."""

from collections.abc import Callable

from partnership.numbers import days, display, in_words, listing
from partnership.richtext import RichText, parse
from standards.analysis import Ranking
from standards.models import Finding

from ..models import Paper
from ..placeholders import AVERAGE, NOT_KNOWN, PLACEHOLDERS, fill, fill_markdown
from .facts import Facts, NothingToShow


def figures(paper: Paper) -> dict[str, str]:
    """Return every placeholder with its value as it is shown now, those of each standard's
    average included; NOT_KNOWN where nobody has recorded what it needs."""
    facts = Facts(paper)
    standards = facts.results.standards if paper.exercise or paper.plan else ()
    names = [*PLACEHOLDERS, *(f"{AVERAGE} {standard.number}" for standard in standards)]
    return {name: figure(facts, name) for name in names}


def figure(facts: Facts, name: str) -> str:
    """Return the value of one placeholder, NOT_KNOWN where it has none."""
    try:
        if name.startswith(AVERAGE):
            return _average(facts, int(name.removeprefix(AVERAGE))) or NOT_KNOWN
        return VALUES[name](facts) or NOT_KNOWN
    except NothingToShow:
        return NOT_KNOWN


def written(facts: Facts, markdown: str) -> RichText:
    """Return what somebody wrote for this paper, with its figures in place."""
    return fill(parse(markdown), lambda name: figure(facts, name))


def put_in_words(paper: Paper, markdown: str) -> str:
    """Return a text of the paper as Markdown with its figures as they are shown now."""
    facts = Facts(paper)
    return fill_markdown(markdown, lambda name: figure(facts, name))


def _average(facts: Facts, number: int) -> str:
    row = facts.results.row(number)
    return display(row.average.value) if row else ""


def _titles(facts: Facts, ranking: Ranking) -> str:
    """Return "3 (We have the right governance) and 10 (…)"."""
    titles = {standard.number: standard.title for standard in facts.results.standards}
    return listing(f"{number} ({titles[number]})" for number in ranking.standards)


def _range(facts: Facts) -> str:
    low, high = facts.results.lowest(1).cut, facts.results.strongest(1).cut
    return f"{low} to {high}" if low is not None else ""


def _found(kind: Finding.Kind) -> Callable[[Facts], str]:
    return lambda facts: in_words(len(facts.findings_of(kind)))


def _sessions(facts: Facts) -> str:
    dates = [str(session.date) for session in facts.sessions_held if session.date]
    return listing(dict.fromkeys(dates)) if dates else ""


def _counted(number: int) -> str:
    """A source that printed its averages alone does not say how many groups there were."""
    return in_words(number) if number else ""


def _available(facts: Facts) -> str:
    total = facts.plan.ledger.total
    return "" if total.available is None else total.available_words


VALUES: dict[str, Callable[[Facts], str]] = {
    "number of standards": lambda facts: str(len(facts.results.standards)),
    "number of groups": lambda facts: _counted(len(facts.results.material.groups)),
    "number of participants": lambda facts: _counted(facts.results.material.participants),
    "lowest average": lambda facts: display(facts.results.lowest(1).cut),
    "lowest standards": lambda facts: _titles(facts, facts.results.lowest(1)),
    "highest average": lambda facts: display(facts.results.strongest(1).cut),
    "highest standards": lambda facts: _titles(facts, facts.results.strongest(1)),
    "range of averages": _range,
    "number of strengths": _found(Finding.Kind.STRENGTH),
    "number of themes": _found(Finding.Kind.THEME),
    "number of improvement priorities": _found(Finding.Kind.PRIORITY),
    "number of actions": lambda facts: in_words(len(facts.plan.actions)),
    "days available": _available,
    "days estimated": lambda facts: days(facts.plan.ledger.total.estimated),
    "days agreed": lambda facts: days(facts.plan.ledger.total.agreed),
    "days delivered": lambda facts: days(facts.plan.ledger.total.delivered),
    "days remaining": lambda facts: days(facts.plan.ledger.total.remaining),
    "date of the exercise": lambda facts: str(facts.exercise.date or ""),
    "dates of the sessions": _sessions,
}

"""Builds one frozen BoardPaper from the records: the only place where a paper queries.

A block of the paper becomes items here, by its kind; the renderers see the items alone.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import cast

from partnership.richtext import RichText, parse, text

from ..document import Asked, BoardPaper, Field, Item, Prose, Section, Table, printable
from ..house import settings_of, style_of
from ..kinds import BlockKind, FrontSheetSource
from ..models import Block, FrontSheetField, Paper, Recommendation
from ..models import Section as SectionRecord
from ..placeholders import fill_markdown
from . import decisions, findings, narrative, plans, scores, timeline
from .facts import Facts, NothingToShow
from .figures import figure, written
from .numbering import Numbers, letter

Builder = Callable[[Facts, Block, Numbers], Iterable[Item]]

BUILDERS: dict[BlockKind, Builder] = {
    BlockKind.PARAGRAPH: narrative.paragraph,
    BlockKind.PROSE: narrative.prose,
    BlockKind.RECOMMENDATIONS: narrative.recommendations,
    BlockKind.SCORE_RANGE: scores.score_range,
    BlockKind.AVERAGING_METHOD: scores.averaging_method,
    BlockKind.COHORT_COMPARISON: scores.cohort_comparison,
    BlockKind.STRONGEST: scores.strongest,
    BlockKind.LOWEST: scores.lowest,
    BlockKind.SCORE_CHART: scores.score_chart,
    BlockKind.THEMES: findings.themes,
    BlockKind.STRENGTHS: findings.strengths,
    BlockKind.PRIORITIES: findings.priorities,
    BlockKind.PRIORITY_ACTIONS: plans.priority_actions,
    BlockKind.PLAN_TABLE: plans.plan_table,
    BlockKind.DAYS_TOTAL: plans.days_total,
    BlockKind.DAYS_TABLE: plans.days_table,
    BlockKind.SCORES_TABLE: scores.scores_table,
    BlockKind.CHANGE_SINCE: scores.change_since,
    BlockKind.ACTION_TIMELINE: timeline.action_timeline,
    BlockKind.DECISIONS_SO_FAR: decisions.decisions_so_far,
}


def build(paper: Paper) -> BoardPaper:
    """Return everything the paper says, as it stands now. At most 25 queries, however long."""
    facts = Facts(paper)
    sections = [s for s in facts.sections if not s.is_appendix]
    appendices = [s for s in facts.sections if s.is_appendix]
    said = BoardPaper(
        slug=paper.slug,
        title=paper.title,
        kind=paper.get_kind_display(),
        partnership=facts.partnership.name,
        body_name=str(paper.addressed_to or ""),
        front_sheet=tuple(_field(facts, field) for field in facts.front_sheet),
        sections=tuple(_sections(facts, sections)),
        appendices=tuple(_appendix(facts, s, n) for n, s in enumerate(appendices)),
        author=paper.author or facts.partnership.name,
        style=style_of(settings_of(facts.partnership)),
        hides_contacts=paper.hides_contacts,
        asked=tuple(_asked(facts, each) for each in facts.recommendations),
    )
    return cast(BoardPaper, printable(said))


def _asked(facts: Facts, recommendation: Recommendation) -> Asked:
    words = fill_markdown(recommendation.text, lambda name: figure(facts, name))
    return Asked(recommendation.identifier, words)


def _sections(facts: Facts, sections: Iterable[SectionRecord]) -> Iterator[Section]:
    """Number the sections from 1, leaving out those that say they have no number."""
    numbers = count(1)
    for place, section in enumerate(sections, 1):
        number = str(next(numbers)) if section.is_numbered else ""
        items = _items(facts, section, Numbers(number))
        yield Section(f"section-{place}", number, section.heading, items, _lies_across(items))


def _appendix(facts: Facts, section: SectionRecord, place: int) -> Section:
    mark = letter(place)
    items = _items(facts, section, Numbers(mark))
    key, number = f"appendix-{mark.lower()}", f"Appendix {mark}"
    exempt = _exempt(section)
    return Section(key, number, section.heading, items, _lies_across(items), exempt)


def _lies_across(items: Iterable[Item]) -> bool:
    return any(isinstance(item, Table) and item.lies_across for item in items)


def _exempt(section: SectionRecord) -> RichText:
    """Return under which paragraph an appendix is not for publication, and the test."""
    if not section.is_exempt:
        return ()
    paragraph = section.get_exempt_under_display()
    law = "of Part 1 of Schedule 12A to the Local Government Act 1972"
    words = text(f"Not for publication: exempt under paragraph {paragraph}, {law}.")
    return words + parse(section.public_interest)


def _items(facts: Facts, section: SectionRecord, numbers: Numbers) -> tuple[Item, ...]:
    return tuple(item for block in section.blocks.all() for item in _block(facts, block, numbers))


def _block(facts: Facts, block: Block, numbers: Numbers) -> tuple[Item, ...]:
    """Return what the block prints; an empty paragraph, such as a lead-in left out, is dropped."""
    given = numbers.given
    try:
        items = tuple(BUILDERS[BlockKind(block.kind)](facts, block, numbers))
    except NothingToShow as missing:
        numbers.given = given
        return (Prose(text(str(missing)), says_nothing=True),)
    return tuple(item for item in items if item != Prose(()))


def _field(facts: Facts, field: FrontSheetField) -> Field:
    paper = facts.paper
    item, lead = paper.agenda_item, facts.lead_organisation
    values = {
        FrontSheetSource.TITLE: paper.title,
        FrontSheetSource.MEETING_DATE: str(item.meeting.date) if item else "",
        FrontSheetSource.AGENDA_ITEM: item.mark if item else "",
        FrontSheetSource.LEAD_PARTNER: str(lead or ""),
        FrontSheetSource.PURPOSE: paper.get_purpose_display() if paper.purpose else "",
        FrontSheetSource.REPORT_OF: paper.author,
        FrontSheetSource.BODY: str(paper.addressed_to or ""),
    }
    source = FrontSheetSource(field.source)
    value = written(facts, field.value) if source is FrontSheetSource.TEXT else text(values[source])
    return Field(field.label, value, field.is_contact)

"""What should be looked at before a paper is issued. It informs, and leads to what mends it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.urls import reverse
from django.utils.timezone import localdate

from changeplan.models import PlanVersion
from partnership.dates import day_words
from partnership.models import Meeting
from partnership.numbers import counted
from partnership.richtext import plain_text
from standards.versions import made_from

from ..clearances import asked_of
from ..content.facts import Facts
from ..document import BoardPaper, Prose
from ..document import Section as Printed
from ..house import settings_of
from ..kinds import BlockKind, Implication
from ..models import AgendaItem, Block, Paper, Recommendation, Section
from .changed_figures import Moved, moved_figures, unknown_figures


@dataclass(frozen=True)
class Check:
    """One thing to look at, in words. `where` is the id of the part of the draft it is about, "" of
    the whole; `href` the page that mends it, and `mends` what to do there. `block`: its writer can
    say that the words are still right."""

    about: str
    words: str
    href: str = ""
    mends: str = ""
    where: str = ""
    block: Block | None = None


@dataclass(frozen=True)
class Chapter:
    """Checks about the same thing."""

    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class _Looked:
    """A paper as it is looked over: its records, and what they print."""

    paper: Paper
    content: BoardPaper
    facts: Facts
    sections: Sequence[tuple[Section, Printed]]
    recommendations: Sequence[Recommendation] = field(default_factory=list)

    def at(self, name: str, *more: str) -> str:
        """Return the address of one of the paper's pages."""
        where = [self.paper.partnership.slug, self.paper.identifier, *more]
        return reverse(f"papers:{name}", args=where)


def checks(paper: Paper, content: BoardPaper) -> tuple[Check, ...]:
    """Return what is missing or doubtful in a paper that is to be issued, in the order of CHAPTERS.
    `content` is what it says now."""
    facts = Facts(paper)
    printed = (*content.sections, *content.appendices)
    looked = _Looked(
        paper,
        content,
        facts,
        tuple(zip(facts.sections, printed, strict=True)),
        facts.recommendations,
    )
    return tuple(check for chapter in CHAPTERS for check in chapter(looked))


def chapters(found: Iterable[Check]) -> tuple[Chapter, ...]:
    """Return checks by what they are about."""
    return tuple(Chapter(title, tuple(some)) for title, some in groupby(found, lambda c: c.about))


def _meeting(looked: _Looked) -> Iterator[Check]:
    about, paper = "The meeting", looked.paper
    if paper.addressed_to is None:
        details = looked.at("about"), "Say which"
        yield Check(about, "It does not say which body it goes to.", *details)
    if paper.agenda_item is None:
        yield Check(about, "It stands on no agenda.", looked.at("paper_agenda"), "Place it")
        return
    item, meeting = paper.agenda_item, paper.agenda_item.meeting
    if meeting.removed_at:
        words = f"The meeting on {meeting.date} is called off."
        yield Check(about, words, looked.at("paper_agenda"), "Place it on another agenda")
    elif item.kind != AgendaItem.Kind.LATE and (late := _lateness(meeting)):
        mends = "Put it there as a late item, with the chair’s reason"
        yield Check(about, late, looked.at("paper_agenda"), mends)


def _lateness(meeting: Meeting) -> str:
    due = meeting.notice
    if due is None or not due.is_short(localdate()):
        return ""
    days = counted(due.days, "clear day")
    return (
        f"It is late for the meeting on {meeting.date}: with {days} of notice it had to be "
        f"published by {day_words(due.deadline)}."
    )


def _front_sheet(looked: _Looked) -> Iterator[Check]:
    about, href = "The front sheet", looked.at("front_sheet")
    for line in looked.content.front_sheet:
        if not plain_text(line.value).strip():
            words = f"The front sheet says nothing after “{line.label}”."
            yield Check(about, words, href, "Fill it in")


def _sections(looked: _Looked) -> Iterator[Check]:
    about = "Sections"
    for section, printed in looked.sections:
        href = f"{looked.at('compose')}#section-{section.identifier}"
        if not printed.items:
            words = f"{_name(printed)} is empty."
            yield Check(about, words, href, "Write it", printed.key)
        for item in printed.items:
            if isinstance(item, Prose) and item.says_nothing:
                words = f"{_name(printed)}: {plain_text(item.body)}"
                yield Check(about, words, href, "Look at it", printed.key)
    for name in _unspoken(looked):
        words = f"There is no section on {name.label.lower()}."
        href = f"{looked.at('section_new')}?implication={name.value}"
        yield Check(about, words, href, "Add one")


def _unspoken(looked: _Looked) -> list[Implication]:
    """Return the implications of which the partnership's papers speak, and this one does not."""
    said = {section.implication for section, _ in looked.sections}
    asked = settings_of(looked.paper.partnership).implications
    return [Implication(name) for name in asked if name not in said]


def _figures(looked: _Looked) -> Iterator[Check]:
    about = "Figures"
    made = made_from(looked.paper.results_version)
    if made and made.corrections:
        yield Check(
            about,
            "The results were corrected after this paper was begun: its tables show the corrected "
            "figures; check what its paragraphs say.",
            looked.at("compose"),
            "Look through the paper",
        )
    keys = {section.pk: printed.key for section, printed in looked.sections}
    for moved in moved_figures(looked.facts, looked.sections):
        yield _moved(about, looked, moved, keys[moved.block.section_id])
    for section, printed in looked.sections:
        for block in section.blocks.all():
            for name in unknown_figures(looked.facts, block.text):
                words = f"{_name(printed)}: nobody has recorded the {name} yet."
                href = looked.at("block_edit", block.identifier)
                yield Check(about, words, href, "Edit the text", printed.key)


def _moved(about: str, looked: _Looked, moved: Moved, key: str) -> Check:
    where = f"Paragraph {moved.number}" if moved.number else "A text without a number"
    words = f"{where} was written when the {moved.name} was {moved.was}. It is {moved.now} now."
    href = looked.at("block_edit", moved.block.identifier)
    return Check(about, words, href, "Edit the text", key, moved.block)


def _recommendations(looked: _Looked) -> Iterator[Check]:
    about, paper, asked = "Recommendations", looked.paper, looked.recommendations
    new = looked.at("recommendation_new")
    if paper.purpose == Paper.Purpose.DECISION and not asked:
        yield Check(about, "It is for decision, and recommends nothing.", new, "Add one")
    showing = [s for s, _ in looked.sections for b in s.blocks.all() if _shows(b)]
    if asked and not showing:
        words = "No section prints the recommendations."
        yield Check(about, words, looked.at("compose"), "Add that block")
    if asked and showing and all(section.is_exempt for section in showing):
        words = (
            "The recommendations stand in an exempt appendix alone, but the record of decisions "
            "shows them to everybody."
        )
        yield Check(about, words, looked.at("compose"), "Move them")
    for each in asked:
        if each.approves_plan and not _is_before_the_board(paper):
            words = f"Recommendation {each.number} approves a plan that is not before the board."
            yield Check(about, words, _plan(looked), "Submit the plan")
        for name in unknown_figures(looked.facts, each.text):
            words = f"Recommendation {each.number}: nobody has recorded the {name} yet."
            href = looked.at("recommendation_edit", each.identifier)
            yield Check(about, words, href, "Edit it")


def _shows(block: Block) -> bool:
    return block.kind == BlockKind.RECOMMENDATIONS


def _is_before_the_board(paper: Paper) -> bool:
    waiting = PlanVersion.objects.filter(plan=paper.plan_id, outcome=PlanVersion.Outcome.PENDING)
    return waiting.exists()


def _plan(looked: _Looked) -> str:
    plan = looked.paper.plan
    if plan is None:
        return looked.at("compose")
    return reverse("changeplan:plan", args=[looked.paper.partnership.slug, plan.identifier])


def _clearances(looked: _Looked) -> Iterator[Check]:
    known = set(looked.paper.clearances.values_list("name", flat=True))
    for name in asked_of(looked.paper):
        if name not in known:
            href = f"{looked.at('before_issue')}#clearances"
            yield Check("Clearances", f"It is not cleared by: {name}.", href, "Record it")


def _name(section: Printed) -> str:
    return f"{section.number} {section.heading}".strip()


CHAPTERS = (_meeting, _front_sheet, _sections, _figures, _recommendations, _clearances)

"""What should be looked at before a paper is issued. It informs; only a missing renderer blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.timezone import localdate

from partnership.dates import day_words
from partnership.numbers import counted
from partnership.richtext import plain_text
from standards.versions import made_from

from .document import BoardPaper, Prose, Section
from .models import Paper


@dataclass(frozen=True)
class Check:
    """One thing to look at, in words; `where` is the part of the paper's page it is about, ""
    where it is about the whole."""

    words: str
    where: str = ""


def checks(paper: Paper, content: BoardPaper) -> tuple[Check, ...]:
    """Return what is missing or doubtful in a paper that is to be issued."""
    return (*_meeting(paper), *_front_sheet(content), *_sections(content), *_figures(paper))


def _meeting(paper: Paper) -> Iterator[Check]:
    if paper.addressed_to is None:
        yield Check("It does not say which body it goes to.")
    if paper.agenda_item is None:
        yield Check("It stands on no agenda.")
        return
    meeting = paper.agenda_item.meeting
    if (due := meeting.notice) and due.is_short(localdate()):
        days = counted(due.days, "clear day")
        yield Check(
            f"It is late for the meeting on {meeting.date}: with {days} of notice it had to be "
            f"published by {day_words(due.deadline)}."
        )


def _front_sheet(content: BoardPaper) -> Iterator[Check]:
    for field in content.front_sheet:
        if not plain_text(field.value).strip():
            yield Check(f"The front sheet says nothing after “{field.label}”.")


def _sections(content: BoardPaper) -> Iterator[Check]:
    for section in content.sections + content.appendices:
        if not section.items:
            yield Check(f"{_name(section)} is empty.", section.key)
        for item in section.items:
            if isinstance(item, Prose) and _is_missing(item):
                yield Check(f"{_name(section)}: {plain_text(item.body)}", section.key)


def _is_missing(item: Prose) -> bool:
    """Whether a block printed that it has nothing to show (see content.facts.NothingToShow)."""
    return plain_text(item.body).startswith("No change plan has been named")


def _figures(paper: Paper) -> Iterator[Check]:
    made = made_from(paper.results_version)
    if made and made.corrections:
        yield Check(
            "The results were corrected after this paper was begun: its tables show the corrected "
            "figures; check what its paragraphs say."
        )


def _name(section: Section) -> str:
    return f"{section.number} {section.heading}".strip()

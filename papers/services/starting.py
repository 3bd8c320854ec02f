"""Starting a paper: its kind brings the sections, drafted from what the records say."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from changeplan.models import ChangePlan
from partnership import order, records
from partnership.models import Group, Partnership, User
from partnership.permissions import membership_of
from partnership.rules import RuleBroken
from standards.models import Exercise
from standards.services.results import latest_version

from ..content.figures import figures
from ..house import settings_of
from ..kinds import FrontSheetSource, Implication
from ..models import (
    AgendaItem,
    Block,
    FrontSheetField,
    Paper,
    PaperSettings,
    Recommendation,
    Section,
)
from ..starts import STARTS, Draft, DraftBlock, drafted
from ..starts_facts import facts_for

LONGEST_SLUG = 70  # leaves room for a number behind it


@transaction.atomic
def start_paper(
    *,
    partnership: Partnership,
    kind: str,
    title: str = "",
    exercise: Exercise | None = None,
    plan: ChangePlan | None = None,
    addressed_to: Group | None = None,
    agenda_item: AgendaItem | None = None,
    by: User,
) -> Paper:
    """Make a draft paper of a kind, a key of `STARTS`, with its front sheet and its sections. It
    takes the exercise from the plan and the body from the agenda item where none is given, and the
    kind's usual title where `title` is empty.

    Raises RuleBroken where the kind needs an exercise that has closed, or a plan, and has none, or
    where something belongs to another partnership or to another exercise.
    """
    order.hold(partnership)  # two may start papers of one title at once
    exercise = exercise or (plan.exercise if plan else None)
    body = addressed_to or (agenda_item.meeting.group if agenda_item else None)
    _require_own(partnership, exercise, plan, body, agenda_item)
    _require_material(kind, exercise, plan)
    author = _job(partnership, by)
    start = drafted(STARTS[kind], facts_for(partnership, exercise, plan, body, author))
    given = {"kind": kind, "title": title.strip() or start.title}
    about = {"exercise": exercise, "plan": plan, "addressed_to": body, "agenda_item": agenda_item}
    paper = records.create(
        Paper,
        by=by,
        slug=_free_slug(partnership, given["title"]),
        partnership=partnership,
        purpose=start.purpose,
        results_version=latest_version(exercise) if exercise else None,
        author=author,
        **given,
        **about,
    )
    _fill(paper, start, by)
    return paper


def _fill(paper: Paper, start: Draft, by: User) -> None:
    settings = settings_of(paper.partnership)
    _add_front_sheet(paper, settings, by)
    _add_sections(paper, start, settings, by)
    _add_recommendations(paper, start, by)


def _require_own(partnership: Partnership, *given: Any) -> None:
    owners = [getattr(each, "partnership_id", partnership.pk) for each in given]
    owners += [each.meeting.group.partnership_id for each in given if isinstance(each, AgendaItem)]
    if any(owner != partnership.pk for owner in owners):
        raise RuleBroken("Choose from what belongs to this partnership.")


def _require_material(kind: str, exercise: Exercise | None, plan: ChangePlan | None) -> None:
    if kind == Paper.Kind.CHANGE_PLAN and plan is None:
        raise RuleBroken("Choose the change plan that the paper is about.")
    if kind != Paper.Kind.BLANK and exercise is None:
        raise RuleBroken("Choose the exercise that the paper is about.")
    if exercise and not exercise.is_closed:
        raise RuleBroken(f"{exercise.title} has not closed, and its results may still change.")
    if plan and exercise and plan.exercise_id != exercise.pk:
        raise RuleBroken("That change plan follows from another exercise. Choose the two alike.")


def _free_slug(partnership: Partnership, title: str) -> str:
    """Return an address for the title that no other paper has; its files are named by it."""
    stem = f"{partnership.slug}-{slugify(title) or 'paper'}"[:LONGEST_SLUG].strip("-")
    taken = set(Paper.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def _job(partnership: Partnership, by: User) -> str:
    """Return the writer's "Commissioning Officer, Exampleshire County Council"."""
    membership = membership_of(by, partnership)
    if membership is None:
        return ""
    parts = (membership.job_title, str(membership.organisation or ""))
    return ", ".join(filter(None, parts))[:200] if membership.job_title else ""


def _add_front_sheet(paper: Paper, settings: PaperSettings, by: User) -> None:
    """Give the paper the partnership's lines; a contact is its writer until somebody says else."""
    for number, line in enumerate(settings.front_sheet, 1):
        is_text = line["source"] == FrontSheetSource.TEXT
        contact = paper.author if is_text and line.get("is_contact") else ""
        records.create(
            FrontSheetField,
            by=by,
            paper=paper,
            number=number,
            label=line["label"],
            source=line["source"],
            is_contact=bool(line.get("is_contact")),
            value=contact,
        )


def _add_sections(paper: Paper, start: Draft, settings: PaperSettings, by: User) -> None:
    """Add the kind's sections, one for each of the partnership's implications, the appendices. Of
    implications nobody knows yet what to say: their sections wait, and a check names them."""
    seen = figures(paper)
    body = [section for section in start.sections if not section.is_appendix]
    for number, section in enumerate(body, 1):
        values = {"heading": section.heading, "is_numbered": section.is_numbered}
        made = records.create(Section, by=by, paper=paper, number=number, **values)
        _add_blocks(made, section.blocks, seen, by)
    for number, name in enumerate(settings.implications, len(body) + 1):
        implication = Implication(name)
        values = {"heading": implication.label, "implication": implication.value}
        records.create(Section, by=by, paper=paper, number=number, **values)
    appendices = [section for section in start.sections if section.is_appendix]
    for number, section in enumerate(appendices, 1):
        values = {"heading": section.heading, "is_appendix": True}
        made = records.create(Section, by=by, paper=paper, number=number, **values)
        _add_blocks(made, section.blocks, seen, by)


def _add_blocks(
    section: Section, blocks: Iterable[DraftBlock], seen: dict[str, str], by: User
) -> None:
    for number, block in enumerate(blocks, 1):
        records.create(
            Block,
            by=by,
            section=section,
            number=number,
            kind=block.kind,
            text=block.text,
            count=block.count,
            figures=seen if block.text else {},
        )


def _add_recommendations(paper: Paper, start: Draft, by: User) -> None:
    """Ask the body that the paper goes to, or else the partnership's board."""
    board = Group.objects.filter(partnership=paper.partnership, kind=Group.Kind.BOARD).first()
    asked_of = paper.addressed_to or board
    if asked_of is None:
        return
    actions = list(paper.plan.actions.all()) if paper.plan else []
    for number, asked in enumerate(start.recommendations, 1):
        records.create(
            Recommendation,
            by=by,
            paper=paper,
            number=number,
            asked_of=asked_of,
            text=asked.text,
            approves_plan=asked.approves_plan,
            actions=actions if asked.names_actions else [],
        )

"""Writing a paper: its sections and appendices, the blocks in them, and its recommendations.

Whoever writes holds the paper first. What is removed keeps its number and leaves a gap, so that it
comes back where it stood. A paper that was issued is written on like a draft: its readers see the
last issue until there is another.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from changeplan.models import Action
from partnership import order, records
from partnership.history import MOVED
from partnership.models import Group, Removable, User
from partnership.rules import RuleBroken

from ..content.figures import figures
from ..kinds import BlockKind, ExemptionParagraph
from ..models import Block, Decision, Paper, Recommendation, Section
from ..placeholders import check

Part = TypeVar("Part", Section, Block, Recommendation)
Figures = Mapping[str, str]
NARRATIVE = (BlockKind.PARAGRAPH, BlockKind.PROSE)
GONE = "This section was removed meanwhile. Bring it back first."


@transaction.atomic
def add_section(
    *,
    paper: Paper,
    heading: str,
    by: User,
    is_appendix: bool = False,
    after: Section | None = None,
    **values: Any,
) -> Section:
    """Add a section, or an appendix, behind `after`, or the last of its kind; return it."""
    order.hold(paper)
    rows = paper.sections.filter(is_appendix=is_appendix)
    number = order.next_number(rows)
    fitting = _fitting({"heading": heading, "is_appendix": is_appendix} | values)
    made = records.create(Section, by=by, paper=paper, number=number, **fitting)
    return _behind(made, after, paper, rows, by)


@transaction.atomic
def change_section(
    *, section: Section, changes: Mapping[str, Any], version: int, by: User
) -> Section:
    """Change a section's heading, or what it is. Raises StaleVersion where somebody else was
    faster, ValidationError for an exempt appendix that does not say why."""
    current = records.hold(section, within="paper")
    return records.change(current, changes=_fitting(changes), version=version, by=by, held=True)


@transaction.atomic
def move_section(*, section: Section, to: int, by: User) -> None:
    """Put a section at a place (from 1) among the sections, an appendix among the appendices."""
    rows = section.paper.sections.filter(is_appendix=section.is_appendix)
    order.move(section, within=section.paper, siblings=rows, to=to, by=by)


@transaction.atomic
def remove_section(*, section: Section, version: int, by: User) -> Section:
    """Take a section away with all that is in it; `restore_section` brings it back whole."""
    order.hold(section.paper)
    return records.remove(section, version=version, by=by)


@transaction.atomic
def restore_section(*, section: Section, by: User) -> Section:
    """Bring a section back to where it stood. Raises RuleBroken where the paper has another
    section on the same implications by now."""
    order.hold(section.paper)
    rows = section.paper.sections.filter(is_appendix=section.is_appendix)
    same = section.implication and section.paper.sections.filter(implication=section.implication)
    if same and same.exclude(pk=section.pk).exists():
        raise RuleBroken("The paper has a section on these implications already.")
    return order.bring_back(section, within=section.paper, siblings=rows, by=by)


@transaction.atomic
def add_block(
    *,
    section: Section,
    by: User,
    kind: str = BlockKind.PARAGRAPH,
    text: str = "",
    count: int | None = None,
    after: Block | None = None,
    seen: Figures | None = None,
) -> Block:
    """Add a block behind `after`, or the last of its section, and return it. `seen` are the
    figures that its writer saw, by placeholder; where they are not known, those of now.

    Raises ValidationError for a placeholder that there is not, RuleBroken in a section that was
    removed.
    """
    order.hold(section.paper)
    if records.hold(section).removed_at:
        raise RuleBroken(GONE)
    number = order.next_number(section.blocks.all())
    values = {"kind": kind, "count": count} | _written(section.paper, text, seen)
    made = records.create(Block, by=by, section=section, number=number, **values)
    return _behind(made, after, section, section.blocks.all(), by)


@transaction.atomic
def change_block(
    *,
    block: Block,
    changes: Mapping[str, Any],
    version: int,
    by: User,
    seen: Figures | None = None,
) -> Block:
    """Change a block. A paragraph may lose or take its number; what shows data stays what it is.
    Raises StaleVersion where somebody else was faster; ValidationError like `add_block`."""
    current = records.hold(block, within="section__paper")
    kind = changes.get("kind", current.kind)
    if kind != current.kind and not {kind, current.kind} <= set(NARRATIVE):
        raise RuleBroken("A block stays what it is. Remove it, and add another.")
    values = dict(changes)
    if "text" in changes:
        values |= _written(block.section.paper, changes["text"], seen)
    return records.change(current, changes=values, version=version, by=by, held=True)


@transaction.atomic
def move_block(*, block: Block, to: int, by: User) -> None:
    """Put a block at a place (from 1) of its section. Place 0 is the end of the section before,
    and one place beyond the last the start of the section after; at the ends of the paper it
    stays."""
    order.hold(block.section.paper)
    rows = block.section.blocks.all()
    step = -1 if to < 1 else 1 if to > rows.count() else 0
    other = _neighbour(block.section, step) if step else None
    if other is not None and rows.filter(pk=block.pk).exists():
        block = records.hold(block)
        block.section, block.number = other, order.next_number(other.blocks.all())
        records.put(block, by=by, reason=MOVED)
        rows, to = other.blocks.all(), 1 if step > 0 else block.number
    order.move(block, within=block.section, siblings=rows, to=to, by=by)


@transaction.atomic
def remove_block(*, block: Block, version: int, by: User) -> Block:
    """Take a block away; `restore_block` brings it back."""
    order.hold(block.section.paper)
    return records.remove(block, version=version, by=by)


@transaction.atomic
def restore_block(*, block: Block, by: User) -> Block:
    """Bring a block back to where it stood. Raises RuleBroken while its section is removed."""
    order.hold(block.section.paper)
    if block.section.removed_at:
        raise RuleBroken(f"“{block.section}” was removed too. Bring that back first.")
    rows = block.section.blocks.all()
    return order.bring_back(block, within=block.section, siblings=rows, by=by)


@transaction.atomic
def add_recommendation(
    *,
    paper: Paper,
    asked_of: Group,
    text: str,
    by: User,
    actions: Iterable[Action] = (),
    approves_plan: bool = False,
) -> Recommendation:
    """Add a recommendation behind the others, and return it. Raises RuleBroken for a body or an
    action of somebody else, and for approving a plan that the paper has not."""
    order.hold(paper)
    given = {"asked_of": asked_of, "actions": list(actions), "approves_plan": approves_plan}
    _require_own(paper, given)
    check(text)
    number = order.next_number(paper.recommendations.all())
    return records.create(Recommendation, by=by, paper=paper, number=number, text=text, **given)


@transaction.atomic
def change_recommendation(
    *, recommendation: Recommendation, changes: Mapping[str, Any], version: int, by: User
) -> Recommendation:
    """Change a recommendation. What was decided on it keeps the words that were decided on.
    Raises StaleVersion where somebody else was faster; RuleBroken like `add_recommendation`."""
    current = records.hold(recommendation, within="paper")
    _require_own(recommendation.paper, changes)
    check(changes.get("text", ""))
    return records.change(current, changes=changes, version=version, by=by, held=True)


@transaction.atomic
def move_recommendation(*, recommendation: Recommendation, to: int, by: User) -> None:
    """Put a recommendation at a place (from 1) among those of its paper."""
    paper = recommendation.paper
    order.move(recommendation, within=paper, siblings=paper.recommendations.all(), to=to, by=by)


@transaction.atomic
def remove_recommendation(
    *, recommendation: Recommendation, version: int, by: User
) -> Recommendation:
    """Take a recommendation away; `restore_recommendation` brings it back. Raises RuleBroken once
    something was decided on it."""
    order.hold(recommendation.paper)
    if Decision.objects.filter(recommendation=recommendation).exists():
        raise RuleBroken("There is a decision on this recommendation: it stays in the paper.")
    return records.remove(recommendation, version=version, by=by)


@transaction.atomic
def restore_recommendation(*, recommendation: Recommendation, by: User) -> Recommendation:
    """Bring a recommendation back to where it stood."""
    paper = recommendation.paper
    order.hold(paper)
    rows = paper.recommendations.all()
    return order.bring_back(recommendation, within=paper, siblings=rows, by=by)


def _written(paper: Paper, text: str, seen: Figures | None) -> dict[str, Any]:
    """Return a text, checked, with the figures that its writer saw."""
    check(text)
    known = {} if not text else figures(paper) if seen is None else dict(seen)
    return {"text": text, "figures": known}


def _fitting(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out why an appendix is exempt where it is not."""
    if values.get("is_exempt", True):
        return dict(values)
    return dict(values) | {"exempt_under": ExemptionParagraph.NONE, "public_interest": ""}


def _behind(
    made: Part, after: Removable | None, within: Any, rows: "QuerySet[Part]", by: User
) -> Part:
    """Put what was just made, which stands last, behind another of the same."""
    if after is None:
        return made
    place = rows.filter(number__lte=_number(after, rows)).count()
    if place < rows.count() - 1:
        order.move(made, within=within, siblings=rows, to=place + 1, by=by)
        made.refresh_from_db(fields=["number"])
    return made


def _number(record: Any, rows: "QuerySet[Any]") -> int:
    """Return the number that a record has now: others may have moved it."""
    found = rows.filter(pk=record.pk).values_list("number", flat=True).first()
    return order.next_number(rows) if found is None else found


def _neighbour(section: Section, step: int) -> Section | None:
    """Return the section before (-1) or after (1), as readers meet them; None at the ends."""
    rows = list(section.paper.sections.order_by("is_appendix", "number"))
    place = rows.index(section) + step if section in rows else -1
    return rows[place] if 0 <= place < len(rows) else None


def _require_own(paper: Paper, values: Mapping[str, Any]) -> None:
    """A form offers nothing else; a command may come with anything."""
    body = values.get("asked_of")
    if body and body.partnership_id != paper.partnership_id:
        raise RuleBroken("Only a body of this partnership can be asked.")
    if any(action.plan_id != paper.plan_id for action in values.get("actions", ())):
        raise RuleBroken("A recommendation is about actions of the paper's own plan.")
    if values.get("approves_plan") and paper.plan_id is None:
        raise RuleBroken("This paper has no plan to approve.")

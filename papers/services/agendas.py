"""A meeting's agenda: its items in order, and the papers that stand on them.

Items are numbered within their meeting, without gaps. Whoever adds, moves, removes or brings back
one, or puts a paper on one, holds the meeting first, and the paper after it.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from partnership import order, records
from partnership.models import Meeting, User
from partnership.rules import RuleBroken, checked_text

from ..models import AgendaItem, Paper

LATE = AgendaItem.Kind.LATE


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    by: User,
    kind: str = AgendaItem.Kind.ORDINARY,
    printed: str = "",
    late_reason: str = "",
) -> AgendaItem:
    """Add an item behind the others. Raises RuleBroken for a meeting that was called off and for a
    late item without the chair's reason; ValidationError, by field, for wrong values."""
    _hold(meeting)
    given = {"title": title, "kind": kind, "printed": printed, "late_reason": late_reason}
    number = order.next_number(_items(meeting))
    return records.create(AgendaItem, by=by, meeting=meeting, number=number, **_fitting(given))


@transaction.atomic
def change_item(
    *, item: AgendaItem, changes: Mapping[str, Any], version: int, by: User
) -> AgendaItem:
    """Change an item's title, kind, printed number or the reason why it is late. Raises like
    `add_item`, and StaleVersion where somebody else was faster."""
    current = records.hold(item)
    if current.removed_at:
        raise records.StaleVersion(current)
    known = {"kind": current.kind, "late_reason": current.late_reason}
    given = _fitting(known | dict(changes))
    return records.change(current, changes=given, version=version, by=by, held=True)


def move_item(*, item: AgendaItem, to: int, by: User) -> None:
    """Put an item at the place `to`, from 1, on its agenda."""
    order.move(item, within=item.meeting, siblings=_items(item.meeting), to=to, by=by)


@transaction.atomic
def remove_item(*, item: AgendaItem, version: int, by: User) -> AgendaItem:
    """Take an item off the agenda; the others move up. It comes back by `restore_item`.

    Raises RuleBroken while papers stand on it and once a paper was issued for it; StaleVersion
    where somebody else was faster.
    """
    order.hold(item.meeting)
    if item.issues.exists():
        raise RuleBroken("A paper was issued for this item. It stays on the agenda.")
    if item.papers.exists():
        raise RuleBroken("Papers stand on this item. Take them off first.")
    removed = records.remove(item, version=version, by=by)
    rows = _items(item.meeting).select_for_update(of=("self",)).order_by("number")
    order.renumber(list(rows), by=by)
    return removed


@transaction.atomic
def restore_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """Bring a removed item back, to the place that it had."""
    return order.bring_back(item, within=item.meeting, siblings=_items(item.meeting), by=by)


@transaction.atomic
def copy_standing(*, meeting: Meeting, by: User) -> list[AgendaItem]:
    """Add the standing items of the same body's last meeting that had any, in their order, save
    those that are there already. Raises RuleBroken where there is nothing to copy."""
    if not (found := standing_missing(_hold(meeting))):
        raise RuleBroken("No standing item of an earlier meeting is missing here.")
    number = order.next_number(_items(meeting))
    return [
        records.create(
            AgendaItem,
            by=by,
            meeting=meeting,
            number=place,
            title=each.title,
            kind=AgendaItem.Kind.STANDING,
        )
        for place, each in enumerate(found, number)
    ]


def standing_missing(meeting: Meeting) -> list[AgendaItem]:
    """Return the standing items of the last meeting of the same body before this one that had any,
    in their order, save those that are on its agenda already. Two queries."""
    if meeting.date.precision == "words":
        return []
    there = {title.casefold() for title in _items(meeting).values_list("title", flat=True)}
    earlier = AgendaItem.objects.filter(
        kind=AgendaItem.Kind.STANDING,
        meeting__group=meeting.group_id,
        meeting__removed_at=None,
        meeting__date__lt=meeting.date,
    )
    found = list(earlier.order_by("-meeting__date", "-meeting", "number"))
    last = [each for each in found if each.meeting_id == found[0].meeting_id]
    return [each for each in last if each.title.casefold() not in there]


@transaction.atomic
def place_paper(*, paper: Paper, item: AgendaItem, by: User, late_reason: str = "") -> Paper:
    """Put a paper on an item, from where it stood, and return it. With `late_reason`, the chair's,
    the item becomes a late one.

    Raises RuleBroken for an agenda of another partnership, for an item that is gone, and for a
    meeting that was called off.
    """
    _hold(item.meeting)
    current = records.hold(item)
    if current.removed_at:
        raise RuleBroken("Somebody removed this item. Choose another.")
    if item.meeting.group.partnership_id != paper.partnership_id:
        raise RuleBroken("That is not a meeting of this partnership.")
    if late_reason := checked_text(late_reason).strip():
        late = {"kind": LATE, "late_reason": late_reason}
        records.change(current, changes=late, version=current.version, by=by, held=True)
    return _put(paper, current, by)


@transaction.atomic
def place_anew(
    *, paper: Paper, meeting: Meeting, by: User, title: str = "", late_reason: str = ""
) -> Paper:
    """Put a paper on a new item at the end of a meeting's agenda, under the paper's own title
    unless another is given. Raises like `place_paper`."""
    kind = LATE if late_reason.strip() else AgendaItem.Kind.ORDINARY
    item = add_item(
        meeting=meeting, title=title or paper.title, kind=kind, late_reason=late_reason, by=by
    )
    return place_paper(paper=paper, item=item, by=by)


@transaction.atomic
def take_off(*, paper: Paper, item: AgendaItem, by: User) -> Paper:
    """Take a paper off an item and return it. One that stands elsewhere by now stays there."""
    return _put(paper, None, by, only_from=item)


def _put(
    paper: Paper, item: AgendaItem | None, by: User, only_from: AgendaItem | None = None
) -> Paper:
    held = records.hold(paper)
    if held.agenda_item == item or (only_from and held.agenda_item_id != only_from.pk):
        return held
    changes = {"agenda_item": item}
    return records.change(held, changes=changes, version=held.version, by=by, held=True)


def _hold(meeting: Meeting) -> Meeting:
    order.hold(meeting)
    current: Meeting = Meeting.everything.get(pk=meeting.pk)
    if current.removed_at:
        raise RuleBroken("This meeting was called off. Bring it back first, or choose another.")
    return current


def _items(meeting: Meeting) -> "models.QuerySet[AgendaItem]":
    return AgendaItem.objects.filter(meeting=meeting)


def _fitting(values: Mapping[str, Any]) -> dict[str, Any]:
    """Check texts, and leave out the reason where an item is not late."""
    given = {n: checked_text(v) if isinstance(v, str) else v for n, v in values.items()}
    given["late_reason"] = given["late_reason"].strip() if given["kind"] == LATE else ""
    if given["kind"] == LATE and not given["late_reason"]:
        raise RuleBroken("Give the chair’s reason for taking the item late.")
    return given

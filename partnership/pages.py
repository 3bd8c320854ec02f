"""What the partnership's own pages show, finished for their templates."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .models import Document, Group, Meeting, Membership, Partnership
from .numbers import counted

NEAR = 7  # days before a deadline within which a page calls it near


@dataclass(frozen=True)
class Branch:
    """A group with the groups below it."""

    group: Group
    sub_groups: tuple["Branch", ...]


@dataclass(frozen=True)
class Calendar:
    """A partnership's meetings: those to come, soonest first; those held, latest first; and those
    whose date is known in words alone, of which nothing more can be said."""

    coming: tuple[Meeting, ...]
    held: tuple[Meeting, ...]
    in_words: tuple[Meeting, ...]


@dataclass(frozen=True)
class Due:
    """When the papers of a meeting must be out to give its `days` clear days of notice. `tag` says
    that the deadline is near or past, "" while there is time; `tone` as in tags."""

    deadline: date
    days: int
    tag: str
    tone: str
    is_past: bool


def due(meeting: Meeting, today: date) -> Due | None:
    """Return by when the papers of a meeting to come must be out; None where its day is not known
    or it is over."""
    asked = meeting.notice
    if asked is None or meeting.date.is_past(today):
        return None
    left, tag, tone = (asked.deadline - today).days, "", "neutral"
    if left < 0:
        tag, tone = "Deadline passed", "danger"
    elif left <= NEAR:
        tag, tone = (f"{counted(left, 'day')} left" if left else "Today"), "warning"
    return Due(asked.deadline, asked.days, tag, tone, left < 0)


def called_off(partnership: Partnership, after: date | None) -> tuple[Meeting, ...]:
    """Return the meetings that were called off, in order: those that would still be to come after
    a day, or all. One query."""
    found = Meeting.everything.filter(group__partnership=partnership, removed_at__isnull=False)
    gone = sorted(found.select_related("group", "removed_by"), key=lambda each: each.date.sort_key)
    return tuple(each for each in gone if after is None or not each.date.is_past(after))


def group_tree(partnership: Partnership) -> tuple[Branch, ...]:
    """Return the groups that answer to none, each with those below it. One query."""
    below: dict[int | None, list[Group]] = defaultdict(list)
    for group in partnership.groups.order_by("pk"):
        below[group.parent_id].append(group)
    return _branches(below, None)


def members(partnership: Partnership) -> tuple[Membership, ...]:
    """Return today's members by name, with their seats. Two queries."""
    found = partnership.memberships.current().select_related("user", "organisation")
    return tuple(found.order_by("user__name", "pk").prefetch_related("seats__group"))


def calendar(meetings: Iterable[Meeting], today: date) -> Calendar:
    """Return meetings in their order, parted by whether they are over."""
    in_order = sorted(meetings, key=lambda meeting: (meeting.date.sort_key, meeting.pk))
    dated = [meeting for meeting in in_order if meeting.date.precision != "words"]
    held = [meeting for meeting in dated if meeting.date.is_past(today)]
    return Calendar(
        tuple(meeting for meeting in dated if not meeting.date.is_past(today)),
        tuple(reversed(held)),
        tuple(meeting for meeting in in_order if meeting.date.precision == "words"),
    )


def documents(partnership: Partnership) -> tuple[Document, ...]:
    """Return the documents in the order of their dates, those without a date last. One query."""
    found = partnership.documents.select_related("meeting__group")
    return tuple(
        sorted(found, key=lambda d: (d.date is None, d.date.sort_key if d.date else (), d.pk))
    )


def _branches(below: dict[int | None, list[Group]], parent: int | None) -> tuple[Branch, ...]:
    return tuple(Branch(group, _branches(below, group.pk)) for group in below.get(parent, []))

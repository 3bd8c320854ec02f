"""A meeting's agenda as pages show it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.timezone import localdate

from partnership.models import Meeting, User
from partnership.pages import Due, due

from ..models import AgendaItem, IssuedPaper, Paper


@dataclass(frozen=True)
class PaperShown:
    """A paper on an item: the issue that was put to this meeting, if any, and where it stands
    now, if elsewhere. `is_late`: it gives the meeting less notice than is due."""

    paper: Paper
    issue: IssuedPaper | None
    now_on: AgendaItem | None
    is_late: bool

    @property
    def tag(self) -> tuple[str, str]:
        """Its state in a word, and the tone of the tag."""
        if self.paper.state == Paper.State.DRAFT:
            return "Draft", "waiting"
        return ("Issued", "done") if self.issue else ("To be issued again", "waiting")


@dataclass(frozen=True)
class ItemShown:
    """An item with those of its papers that its reader may know of. `to_follow`: one more is to
    come. `is_late`: a paper gives short notice, and the item does not say why."""

    item: AgendaItem
    papers: tuple[PaperShown, ...]
    to_follow: bool
    is_late: bool


@dataclass(frozen=True)
class Agenda:
    """The agenda of a meeting; `due` is None when it is over or its day is not known."""

    meeting: Meeting
    items: tuple[ItemShown, ...]
    due: Due | None


def agenda(meeting: Meeting, reader: User | AnonymousUser) -> Agenda:
    """Return a meeting's agenda as `reader` may know it, in four queries. A paper that was issued
    for the meeting stays on it, also where it has come to stand on a later one."""
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("number"))
    asked = due(meeting, localdate())
    issues = IssuedPaper.objects.filter(agenda_item__in=items).defer("content").order_by("number")
    put: dict[tuple[int, int], list[IssuedPaper]] = defaultdict(list)
    for issue in issues:
        put[issue.agenda_item_id or 0, issue.paper_id].append(issue)
    known = Paper.objects.visible_to(reader).filter(
        Q(agenda_item__in=items) | Q(pk__in={paper for _, paper in put})
    )
    papers = list(known.select_for_paper().order_by("pk"))
    hidden = _hidden(items, papers)
    is_over = meeting.date.is_past(localdate())
    return Agenda(
        meeting,
        tuple(_item(item, papers, put, item.pk in hidden and not is_over, asked) for item in items),
        asked,
    )


def is_short(meeting: Meeting) -> bool:
    """Whether a paper published today gives the meeting less notice than is due."""
    asked = due(meeting, localdate())
    return asked is not None and asked.is_past


def _hidden(items: Iterable[AgendaItem], known: Iterable[Paper]) -> set[int | None]:
    """Return the items with drafts that are not among the papers known."""
    drafts = Paper.objects.filter(agenda_item__in=items, state=Paper.State.DRAFT)
    others = drafts.exclude(pk__in=[paper.pk for paper in known])
    return set(others.values_list("agenda_item", flat=True))


def _item(
    item: AgendaItem,
    papers: Iterable[Paper],
    put: dict[tuple[int, int], list[IssuedPaper]],
    has_hidden: bool,
    asked: Due | None,
) -> ItemShown:
    here = [
        _paper(paper, item, put.get((item.pk, paper.pk), []), asked)
        for paper in papers
        if paper.agenda_item_id == item.pk or (item.pk, paper.pk) in put
    ]
    waits = item.kind == AgendaItem.Kind.TO_FOLLOW and not any(each.issue for each in here)
    says_why = item.kind == AgendaItem.Kind.LATE
    is_late = not says_why and any(each.is_late for each in here)
    return ItemShown(item, tuple(here), has_hidden or waits, is_late)


def _paper(
    paper: Paper, item: AgendaItem, issues: list[IssuedPaper], asked: Due | None
) -> PaperShown:
    published: date = localdate(issues[0].issued_at) if issues else localdate()
    moved = paper.agenda_item if paper.agenda_item_id != item.pk else None
    late = moved is None and asked is not None and published > asked.deadline
    return PaperShown(paper, issues[-1] if issues else None, moved, late)

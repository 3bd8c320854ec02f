"""The plan's actions as a list that can be narrowed and sorted, with what was last reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from partnership.dates import day_words
from partnership.filters import Filter
from partnership.numbers import counted

from .. import words
from ..filtering import action_filters, action_sort, matching, ordered
from ..models import Action, ChangePlan, ProgressUpdate
from ..plan import PlanFacts, PlannedAction
from ..words import Tag

HEADINGS = {"": "Action", "owner": "Owner", "due": "Due", "status": "Status"}


@dataclass(frozen=True)
class Column:
    """A heading by which the list can be sorted; `current` where it is."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class ListedAction:
    """A row. `lead` is "" where it says the same as the owner; `update` is Markdown."""

    action: Action
    href: str
    serves: str
    owner: str
    lead: str
    due: str
    tags: tuple[Tag, ...]
    reported: str
    update: str


@dataclass(frozen=True)
class ActionsPage:
    """Everything the page shows. `filters` end with the order; `found` says how many, `narrowed`
    to what: "" for all."""

    plan: ChangePlan
    filters: tuple[Filter, ...]
    columns: tuple[Column, ...]
    found: str
    narrowed: str
    rows: tuple[ListedAction, ...]
    has_actions: bool


def actions_page(facts: PlanFacts, query: Mapping[str, str]) -> ActionsPage:
    """Return the list, in one query more than the plan took."""
    today = localdate()
    filters = action_filters(facts, query)
    sort = action_sort(query)
    found = ordered(matching(facts.actions, filters, today), sort.chosen)
    latest = _latest(facts.plan)
    narrowed = [f"{each.label.lower()}: {each.words}" for each in filters if each.chosen]
    return ActionsPage(
        facts.plan,
        (*filters, sort),
        _columns(facts.plan, filters, sort.chosen),
        _count(len(found), len(facts.actions)),
        "; ".join(narrowed),
        tuple(_row(facts.plan, planned, latest.get(planned.action.pk)) for planned in found),
        bool(facts.actions),
    )


def _count(found: int, of: int) -> str:
    every = counted(of, "action")
    return every if found == of else f"{found} of {every}"


def _columns(plan: ChangePlan, filters: Sequence[Filter], sort: str) -> tuple[Column, ...]:
    """Sorting keeps what the list is narrowed to."""
    kept = {filter.name: filter.chosen for filter in filters if filter.chosen}
    home = words.address(plan, "actions")
    return tuple(
        Column(label, f"{home}?{urlencode({**kept, 'sort': name})}", name == sort)
        for name, label in HEADINGS.items()
    )


def _latest(plan: ChangePlan) -> dict[int, ProgressUpdate]:
    same = ProgressUpdate.objects.filter(action=OuterRef("action")).order_by("-date", "-pk")
    found = ProgressUpdate.objects.filter(action__plan=plan, pk=Subquery(same.values("pk")[:1]))
    return {update.action_id: update for update in found}


def _row(plan: ChangePlan, planned: PlannedAction, update: ProgressUpdate | None) -> ListedAction:
    action = planned.action
    return ListedAction(
        action,
        words.address(plan, "action", action.identifier),
        words.standards(planned.standards).capitalize(),
        action.owner_name,
        action.lead,
        "; ".join(filter(None, (str(action.due or ""), action.recurrence))),
        words.action_tags(action, localdate()),
        day_words(update.date) if update else "",
        update.text if update else "",
    )

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
    """A row. `lead` is "" where it says the same as the owner; `update` is Markdown; `change` is
    the address of its form, "" for who may not change it."""

    action: Action
    href: str
    serves: str
    owner: str
    lead: str
    due: str
    tags: tuple[Tag, ...]
    reported: str
    update: str
    change: str


@dataclass(frozen=True)
class ActionsPage:
    """Everything the page shows. `filters` end with the order; `found` says how many, `narrowed`
    to what: "" for all; `edits`: its reader may change the actions now."""

    plan: ChangePlan
    filters: tuple[Filter, ...]
    columns: tuple[Column, ...]
    found: str
    narrowed: str
    rows: tuple[ListedAction, ...]
    has_actions: bool
    edits: bool


def actions_page(facts: PlanFacts, query: Mapping[str, str], *, may_edit: bool) -> ActionsPage:
    """Return the list, in one query more than the plan took."""
    today, edits = localdate(), may_edit and facts.plan.is_editable
    filters = action_filters(facts, query)
    sort = action_sort(query)
    found = ordered(matching(facts.actions, filters, today), sort.chosen)
    latest = _latest(facts.plan)
    return ActionsPage(
        facts.plan,
        (*filters, sort),
        _columns(facts.plan, filters, sort.chosen),
        how_many(len(found), len(facts.actions)),
        narrowed_to(filters),
        tuple(_row(facts, planned, latest.get(planned.action.pk), edits) for planned in found),
        bool(facts.actions),
        edits,
    )


def how_many(found: int, of: int) -> str:
    """Return how many of the plan's actions are shown."""
    every = counted(of, "action")
    return every if found == of else f"{found} of {every}"


def narrowed_to(filters: Sequence[Filter]) -> str:
    """Return what was chosen of the filters, "" where nothing was."""
    return "; ".join(f"{each.label.lower()}: {each.words}" for each in filters if each.chosen)


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


def _row(
    facts: PlanFacts, planned: PlannedAction, update: ProgressUpdate | None, edits: bool
) -> ListedAction:
    plan, action = facts.plan, planned.action
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
        words.address(plan, "action_edit", action.identifier) if edits else "",
    )

"""The history of a plan and of what is in it: of which records, in which words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

from django.core.paginator import Page
from django.db.models import CharField, QuerySet, Value

from partnership import filters, history
from partnership.filters import Filter
from partnership.history import Kind, Line, Link, Source
from partnership.models import Removable, User
from partnership.numbers import counted
from partnership.richtext import parse, plain_text

from .. import words
from ..models import (
    Action,
    ChangePlan,
    StatusStatement,
    SupportAllocation,
    SupportDelivery,
    SupportEntitlement,
)

CONFIRM = "question whether it still stands"


def _beginning(text: str) -> str:
    return shorten(plain_text(parse(text)), 90, placeholder=" …")


PLAN = Kind(
    "plan",
    "plan",
    ChangePlan,
    {
        "title": "title",
        "arrangement": "arrangement",
        "state": "state",
        "approved_meeting": "meeting that approved it",
        "minute_reference": "minute",
    },
    lambda row: "The plan itself",
    ("approved_meeting__group",),
)
ACTION = Kind(
    "action",
    "action",
    Action,
    {
        "heading": "headline",
        "detail": "detail",
        "success": "meaning of success for children and families",
        "lead_group": "lead group",
        "lead_organisation": "lead organisation",
        "owner": "owner",
        "owner_title": "owner’s job title",
        "monitored_by": "group that monitors it",
        "reports_to": "group it reports to",
        "start": "start date",
        "due": "due date",
        "recurrence": "recurrence",
        "target_score": "target score",
        "status": "status",
        "rating": "rating",
        "relied_on_support": "support relied on",
        "to_confirm": CONFIRM,
    },
    lambda row: row.heading,
    ("owner__user",),
    {
        "standards": Link("standards", "number"),
        "priorities": Link("improvement priorities", "title"),
        "depends_on": Link("actions it waits for", "heading"),
    },
)
STATEMENT = Kind(
    "statement",
    "statement",
    StatusStatement,
    {"text": "statement", "to_confirm": CONFIRM},
    lambda row: f"Standard {row.entry.standard.number}: {_beginning(row.text)}",
    ("entry__standard",),
)
ENTITLEMENT = Kind(
    "entitlement",
    "programme",
    SupportEntitlement,
    {
        "programme": "programme",
        "short_name": "short name",
        "provider": "provider",
        "days": "days available",
        "is_approximate": "question whether the days are approximate",
        "condition": "condition",
        "period": "period",
    },
    lambda row: row.programme,
)
ALLOCATION = Kind(
    "allocation",
    "support",
    SupportAllocation,
    {
        "entitlement": "programme",
        "purpose": "purpose",
        "detail": "detail",
        "form": "form",
        "events": "number of events",
        "focus_areas": "focus areas",
        "estimated": "estimated days",
        "agreed": "agreed days",
        "confirmed_for_provider_by": "person who confirmed for the provider",
        "confirmed_on": "date of the provider’s confirmation",
        "area_approved_at": "meeting that approved the area",
        "area_minute": "minute of the area’s approval",
        "action": "action",
    },
    lambda row: row.purpose,
    ("area_approved_at__group",),
    {"standards": Link("standards", "number")},
)
DELIVERY = Kind(
    "delivery",
    "delivery",
    SupportDelivery,
    {"date": "date", "days": "days", "delivered_by": "deliverer", "note": "note"},
    lambda row: row.allocation.purpose,
    ("allocation",),
)
LABELS = {
    PLAN: "The plan itself",
    STATEMENT: "Current status",
    ACTION: "Actions",
    ENTITLEMENT: "Support programmes",
    ALLOCATION: "Support asked for",
    DELIVERY: "Days delivered",
}
KINDS = {kind.key: kind for kind in LABELS}
OWN_PAGES = {"action", "statement", "allocation"}


@dataclass(frozen=True)
class HistoryRow:
    """A line, the address of its record's own history, and that of bringing the record back: ""
    where there is none, or nothing to bring back."""

    line: Line
    href: str
    bring_back: str = ""


@dataclass(frozen=True)
class HistoryPage:
    """Everything the page shows. `of` is the record whose history it is, "" for the whole plan;
    `found` the number of lines in words."""

    plan: ChangePlan
    of: str
    found: str
    rows: tuple[HistoryRow, ...]
    page: "Page[Any]"
    filters: tuple[Filter, ...] = ()
    clear: str = ""


def plan_sources(plan: ChangePlan) -> tuple[Source, ...]:
    """Return the plan and all that is or was in it."""
    within: dict[Kind, dict[str, Any]] = {
        PLAN: {"id": plan.pk},
        STATEMENT: {"entry__plan": plan},
        ACTION: {"plan": plan},
        ENTITLEMENT: {"plan": plan},
        ALLOCATION: {"entitlement__plan": plan},
        DELIVERY: {"allocation__entitlement__plan": plan},
    }
    return tuple((kind, kind.rows.filter(**found)) for kind, found in within.items())


def record_sources(record: Removable) -> tuple[Source, ...]:
    """Return one record, and what was delivered of support."""
    kind = next(kind for kind in LABELS if kind.model is type(record))
    own = (kind, kind.rows.filter(id=record.pk))
    if kind is not ALLOCATION:
        return (own,)
    return (own, (DELIVERY, DELIVERY.rows.filter(allocation=record.pk)))


def plan_history(plan: ChangePlan, query: Mapping[str, str], *, may_edit: bool) -> HistoryPage:
    """Return a page of the plan's whole history, narrowed to a person and a kind of record."""
    every = plan_sources(plan)
    known = {user.identifier: user for user in history.people(every)}
    people = ((key, user.name) for key, user in known.items())
    kinds = ((kind.key, label) for kind, label in LABELS.items())
    who = filters.chosen(query, "who", "Who", people)
    what = filters.chosen(query, "what", "What", kinds)
    sources = [source for source in every if what.chosen in ("", source[0].key)]
    page, rows = _rows(plan, sources, query, known.get(who.chosen))
    return HistoryPage(
        plan,
        "",
        counted(page.paginator.count, "change"),
        _with_return(plan, rows) if may_edit else rows,
        page,
        (who, what),
        words.address(plan, "history") if who.chosen or what.chosen else "",
    )


def record_history(
    plan: ChangePlan, record: Removable, query: Mapping[str, str], *, may_edit: bool
) -> HistoryPage:
    """Return a page of one record's history."""
    page, rows = _rows(plan, record_sources(record), query)
    found = counted(page.paginator.count, "change")
    rows = _with_return(plan, rows) if may_edit else rows
    return HistoryPage(plan, str(record), found, rows, page)


def _rows(
    plan: ChangePlan, sources: Sequence[Source], query: Mapping[str, str], who: User | None = None
) -> tuple["Page[Any]", tuple[HistoryRow, ...]]:
    page, lines = history.page_of(sources, query, who)
    return page, tuple(HistoryRow(line, _own_page(plan, line)) for line in lines)


def _own_page(plan: ChangePlan, line: Line) -> str:
    if line.kind not in OWN_PAGES or not line.name:
        return ""
    return words.address(plan, f"{line.kind}_history", line.identifier)


def _with_return(plan: ChangePlan, rows: Sequence[HistoryRow]) -> tuple[HistoryRow, ...]:
    """Let the latest removal of what is still removed be undone, while the plan may change;
    deliveries are facts, and come back always. One query, if any."""
    removals: dict[tuple[str, int], HistoryRow] = {}
    for row in rows:
        if row.line.removed and (plan.is_editable or row.line.kind == DELIVERY.key):
            removals.setdefault((row.line.kind, row.line.record), row)
    gone = _still_gone(removals)
    undone = {id(row) for place, row in removals.items() if place in gone}
    return tuple(
        replace(
            row, bring_back=words.address(plan, "removal_undo", row.line.kind, row.line.identifier)
        )
        if id(row) in undone
        else row
        for row in rows
    )


def _still_gone(places: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for kind, record in places:
        wanted[kind].append(record)
    queries = [_gone(KINDS[kind], keys) for kind, keys in wanted.items()]
    return set(queries[0].union(*queries[1:], all=True)) if queries else set()


def _gone(kind: Kind, keys: Sequence[int]) -> "QuerySet[Any]":
    removed: Any = kind.model.everything.filter(pk__in=keys, removed_at__isnull=False)  # type: ignore[attr-defined]
    return removed.order_by().annotate(kind=Value(kind.key, CharField())).values_list("kind", "pk")

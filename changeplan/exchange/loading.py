"""The plan as it stands, from its records: what an export writes, and a file is compared with.

Lean, since a whole export takes at most ten queries: `plan_facts` fetches more than files tell.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Expression, F, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast

from partnership.models import Membership
from partnership.numbers import display, plain
from standards.models import Exercise, Finding, Standard

from ..models import Action, ActionLink, ChangePlan, StatusStatement, SupportAllocation
from ..scores import NO_SCORES, Scores, scores_on
from .current import (
    Body,
    CurrentAction,
    CurrentPlan,
    CurrentPriority,
    CurrentStandard,
    CurrentSupport,
)
from .fields import BY_KEY

PEOPLE = "lead_group", "lead_organisation", "owner__user", "monitored_by", "reports_to"


class Link(NamedTuple):
    """What belongs to a record: `number` puts it in order, or is all there is to tell."""

    owner: int
    number: int
    words: str


Links = Mapping[str, list[Link]]
Of = Callable[[str, int], list[Link]]


def current_plan(plan: ChangePlan, *, with_scores: bool = True) -> CurrentPlan:
    """Return the plan in the words of an export, without what cells can name. Three queries, and
    three more for scores."""
    links = _links(plan)
    scores = _scores(plan.exercise, links["standard"]) if with_scores else NO_SCORES
    owned: defaultdict[tuple[str, int], list[Link]] = defaultdict(list)
    for kind, found in links.items():
        for link in sorted(found, key=lambda link: link.number):
            owned[kind, link.owner].append(link)
    standards = sorted(links["standard"], key=lambda link: link.number)
    actions = plan.actions.select_related(*PEOPLE).order_by("number")
    return CurrentPlan(
        tuple(_standard(link, owned["status", link.owner], scores) for link in standards),
        tuple(_action(action, lambda kind, pk: owned[kind, pk]) for action in actions),
        tuple(_support(asked, owned["asked", asked.pk]) for asked in _supports(plan)),
    )


def plan_to_compare(plan: ChangePlan) -> CurrentPlan:
    """Return the plan with all that cells can name, as an import compares it; one query more."""
    found = _nameable(plan)
    priorities = sorted((int(more), key, name) for key, name, more in found["priority"])
    return replace(
        current_plan(plan),
        priorities=tuple(CurrentPriority(key, number, name) for number, key, name in priorities),
        bodies=tuple(
            Body(kind, key, tuple(each for each in (name, more) if each))
            for kind in ("group", "organisation", "member", "programme")
            for key, name, more in sorted(found[kind], key=lambda each: int(each[0]))
        ),
    )


def _nameable(plan: ChangePlan) -> Mapping[str, list[tuple[str, str, str]]]:
    """Return the priorities and bodies that cells can name, by kind: key, name, and its short name
    or its number."""
    partnership = plan.partnership
    priorities = plan.exercise.findings.filter(kind=Finding.Kind.PRIORITY)
    members = Membership.objects.current().filter(partnership=partnership)
    rows = _names(priorities, "priority", "identifier", "title", "number").union(
        _names(partnership.groups, "group", "pk", "name", "short_name"),
        _names(partnership.organisations, "organisation", "pk", "name", "short_name"),
        _names(members, "member", "pk", "user__name"),
        _names(plan.entitlements, "programme", "pk", "programme", "short_name"),
        all=True,
    )
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind, *names in rows:
        found[kind].append(tuple(names))
    return found


def _names(found: Any, kind: str, key: str, name: str, more: str = "") -> QuerySet:
    told = {"held": _text(key), "called": _text(name), "also": _text(more)}
    rows = found.order_by().annotate(sort=Value(kind), **told)
    return rows.values_list("sort", "held", "called", "also")


def _text(field: str) -> Expression:
    return Cast(F(field), TextField()) if field else Value("", TextField())


def _links(plan: ChangePlan) -> Links:
    """Return standards, statements and every link between records, by kind; one query."""
    named = ActionLink.objects.filter(action__plan=plan)
    serves = named.filter(standard__isnull=False)
    answers = named.filter(priority__isnull=False, priority__removed_at=None)
    waits = named.filter(waits_for__isnull=False, waits_for__removed_at=None)
    asked = SupportAllocation.standards.through.objects.filter(
        supportallocation__entitlement__plan=plan
    )
    status = StatusStatement.objects.filter(entry__plan=plan)
    rows = _rows(
        plan.entries.all(), "standard", "standard_id", "standard__number", "standard__marked_title"
    ).union(
        _rows(status, "status", "entry__standard_id", "number", "text"),
        _rows(serves, "serves", "action_id", "standard__number"),
        _rows(answers, "answers", "action_id", "priority__number", "priority__title"),
        _rows(waits, "waits", "action_id", "waits_for__number", "waits_for__identifier"),
        _rows(asked, "asked", "supportallocation_id", "standard__number"),
        all=True,
    )
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for kind, *link in rows:
        links[kind].append(Link(*link))
    return links


def _rows(found: QuerySet, kind: str, owner: str, number: str, words: str = "") -> QuerySet:
    told = {"owns": F(owner), "place": F(number), "said": _text(words)}
    return (
        found.order_by()
        .annotate(kind=Value(kind), **told)
        .values_list("kind", "owns", "place", "said")
    )


def _supports(plan: ChangePlan) -> QuerySet[SupportAllocation]:
    kept = Q(deliveries__removed_at=None)
    found = SupportAllocation.objects.filter(entitlement__plan=plan, entitlement__removed_at=None)
    return (
        found.select_related("entitlement", "action")
        .annotate(delivered=Sum("deliveries__days", filter=kept))
        .order_by("entitlement_id", "number")
    )


def _scores(exercise: Exercise, links: list[Link]) -> Scores:
    standards = [
        Standard(pk=s.owner, number=s.number, framework_id=exercise.framework_id) for s in links
    ]
    return scores_on(exercise, standards)


def _standard(link: Link, status: list[Link], scores: Scores) -> CurrentStandard:
    average, change = scores.averages.get(link.number), scores.changes.get(link.number)
    return CurrentStandard(
        link.number,
        Standard(marked_title=link.words).title,
        display(average.displayed) if average else "",
        change.words if change and scores.compared else "",
        tuple(statement.words for statement in status),
    )


def _action(action: Action, of: Of) -> CurrentAction:
    serves = tuple(link.number for link in of("serves", action.pk))
    values = {
        "headline": action.heading,
        "detail": action.detail,
        "action_standards": _numbers(serves),
        "priorities": "\n".join(f"{p.number}. {p.words}" for p in of("answers", action.pk)),
        "success": action.success,
        "lead": action.lead,
        "owner": action.owner_name,
        "monitored_by": str(action.monitored_by or ""),
        "reports_to": str(action.reports_to or ""),
        "start": str(action.start or ""),
        "due": str(action.due or ""),
        "recurrence": action.recurrence,
        "depends_on": ", ".join(link.words for link in of("waits", action.pk)),
        "target_score": _figure(action.target_score),
        "action_status": _label("action_status", action.status),
        "rating": _label("rating", action.rating),
        "relied_on": action.relied_on_support,
    }
    return CurrentAction(action.identifier, action.number, serves, values)


def _support(asked: SupportAllocation, links: list[Link]) -> CurrentSupport:
    serves = tuple(link.number for link in links)
    values = {
        "programme": asked.entitlement.programme,
        "purpose": asked.purpose,
        "support_detail": asked.detail,
        "form": _label("form", asked.form),
        "events": "" if asked.events is None else str(asked.events),
        "focus_areas": "\n".join(asked.focus_areas),
        "estimated": _figure(asked.estimated),
        "agreed": _figure(asked.agreed),
        "delivered": _figure(asked.delivered),  # type: ignore[attr-defined]  # annotated
        "support_standards": _numbers(serves),
    }
    action = asked.action
    reference = action.identifier if action and action.removed_at is None else ""
    return CurrentSupport(asked.identifier, reference, serves, values)


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _figure(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _label(key: str, stored: str) -> str:
    return BY_KEY[key].choices[stored][0]

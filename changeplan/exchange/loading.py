"""The plan as it stands, from its records: what an export writes, and a file is compared with.

Lean, since a whole export takes at most ten queries: `plan_facts` fetches more than files tell.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Cast

from partnership.models import Membership
from partnership.numbers import display, plain
from standards.models import Exercise, Finding, Standard

from ..models import Action, ChangePlan, StatusStatement, SupportAllocation
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
    """Return the plan with all that cells can name, as an import compares it. Scores are told,
    not compared."""
    priorities, bodies = _nameable(plan)
    current = current_plan(plan, with_scores=False)
    return replace(current, priorities=priorities, bodies=bodies)


def _nameable(plan: ChangePlan) -> tuple[tuple[CurrentPriority, ...], tuple[Body, ...]]:
    """Return the improvement priorities, and the bodies that cells can name; five queries."""
    found = plan.exercise.findings.filter(kind=Finding.Kind.PRIORITY).order_by("number")
    priorities = [CurrentPriority(f.identifier, f.number, f.title) for f in found]
    partnership = plan.partnership
    members = Membership.objects.current().filter(partnership=partnership).select_related("user")
    return tuple(priorities), (
        *(
            _body("group", group.pk, group.name, group.short_name)
            for group in partnership.groups.all()
        ),
        *(
            _body("organisation", o.pk, o.name, o.short_name)
            for o in partnership.organisations.all()
        ),
        *(_body("member", member.pk, member.user.name) for member in members),
        *(_body("programme", e.pk, e.programme, e.short_name) for e in plan.entitlements.all()),
    )


def _body(kind: str, key: int, *names: str) -> Body:
    return Body(kind, str(key), tuple(name for name in names if name))


def _links(plan: ChangePlan) -> Links:
    """Return standards, statements and every link between records, by kind; one query."""
    serves = Action.standards.through.objects.filter(action__plan=plan)
    answers = Action.priorities.through.objects.filter(action__plan=plan, finding__removed_at=None)
    waits = Action.depends_on.through.objects.filter(
        from_action__plan=plan, to_action__removed_at=None
    )
    asked = SupportAllocation.standards.through.objects.filter(
        supportallocation__entitlement__plan=plan
    )
    status = StatusStatement.objects.filter(entry__plan=plan)
    rows = _rows(
        plan.entries, "standard", "standard_id", "standard__number", "standard__marked_title"
    ).union(
        _rows(status, "status", "entry__standard_id", "number", "text"),
        _rows(serves, "serves", "action_id", "standard__number"),
        _rows(answers, "answers", "action_id", "finding__number", "finding__title"),
        _rows(waits, "waits", "from_action_id", "to_action__number", "to_action__identifier"),
        _rows(asked, "asked", "supportallocation_id", "standard__number"),
        all=True,
    )
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for kind, *link in rows:
        links[kind].append(Link(*link))
    return links


def _rows(found: QuerySet, kind: str, owner: str, number: str, words: str = "") -> QuerySet:
    said = Cast(F(words), TextField()) if words else Value("", TextField())
    told = found.order_by().annotate(kind=Value(kind), owns=F(owner), place=F(number), said=said)
    return told.values_list("kind", "owns", "place", "said")


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

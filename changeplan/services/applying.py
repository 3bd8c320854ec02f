"""The steps of a proposal made so, one after the other, through the plan's own services."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.core.exceptions import ValidationError

from partnership.dates import PreciseDate
from partnership.models import Group, Membership, Organisation, User
from partnership.rules import RuleBroken
from standards.models import Finding, Standard

from ..allocation import AgreementProblem
from ..exchange.current import Body
from ..exchange.fields import Part
from ..exchange.proposal import Proposal, Step, Value, Verdict
from ..models import Action, ChangePlan, SupportAllocation, SupportEntitlement
from . import actions, days, support
from .days import Agreement, Unacknowledged
from .statements import put_statements

# What a column is called in the models, where it is not the same.
ACTION_FIELDS = {
    "headline": "heading",
    "detail": "detail",
    "success": "success",
    "recurrence": "recurrence",
    "target_score": "target_score",
    "action_status": "status",
    "rating": "rating",
    "relied_on": "relied_on_support",
}
SUPPORT_FIELDS = {
    "purpose": "purpose",
    "support_detail": "detail",
    "form": "form",
    "events": "events",
    "estimated": "estimated",
}
IMPORTED = "Imported from a file"


@dataclass(frozen=True)
class Made:
    """A record that an import made or changed: `key` is a standard's number, or the reference of
    an action or of support."""

    part: str
    verdict: str
    key: str
    title: str

    def to_json(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, str]) -> "Made":
        return cls(**kept)


def apply(
    plan: ChangePlan, proposal: Proposal, acknowledged: Decimal, by: User
) -> tuple[Made, ...]:
    """Make and change what the proposal says, in its order, and return each record. The caller
    holds the plan, in one transaction, and undoes it where this raises Unacknowledged: for more
    days above what is approximately available than were `acknowledged`."""
    work = _Work(plan, by)
    steps = [step for step in proposal.steps if step.verdict != Verdict.LEFT]
    made = [work.do(step) for step in steps]
    work.let_wait()
    if (problem := work.problem) and problem.excess > acknowledged:
        raise Unacknowledged(problem)
    return tuple(made)


class _Work:
    """What was made so far, and what the plan's records are found by."""

    def __init__(self, plan: ChangePlan, by: User) -> None:
        self.plan, self.by = plan, by
        self.actions: dict[str, Action] = {each.identifier: each for each in plan.actions.all()}
        asked = SupportAllocation.objects.filter(entitlement__plan=plan)
        asked = asked.select_related("entitlement__plan")
        self.support: dict[str, SupportAllocation] = {each.identifier: each for each in asked}
        self.programmes: dict[str, SupportEntitlement] = {}
        self.waiting: list[tuple[str, tuple[str, ...]]] = []
        self.passed: dict[int, AgreementProblem] = {}  # approximate entitlements, by key
        self.ways: dict[Part, Callable[[Step], str]] = {
            Part.STANDARD: self._standard,
            Part.ACTION: self._action,
            Part.SUPPORT: self._support,
        }
        self.readers: dict[str, Callable[[Value], dict[str, Any]]] = {
            "start": lambda value: {"start": _date(value)},
            "due": lambda value: {"due": _date(value)},
            "lead": self._lead,
            "owner": self._owner,
            "monitored_by": lambda value: {"monitored_by": self._group(value)},
            "reports_to": lambda value: {"reports_to": self._group(value)},
            "priorities": lambda value: {
                "priorities": [self.priorities[key] for key in _words(value)]
            },
        }

    @cached_property
    def standards(self) -> dict[int, Standard]:
        return {each.number: each for each in self.plan.exercise.framework.standards.all()}

    @cached_property
    def priorities(self) -> dict[str, Finding]:
        found = self.plan.exercise.findings.filter(kind=Finding.Kind.PRIORITY)
        return {finding.identifier: finding for finding in found}

    @property
    def problem(self) -> AgreementProblem | None:
        """Return what stands against the days agreed, of all programmes together."""
        found = list(self.passed.values())
        total = sum((each.excess for each in found), Decimal())
        return AgreementProblem(False, total, " ".join(p.words for p in found)) if found else None

    def do(self, step: Step) -> Made:
        try:
            key = self.ways[step.part](step)
        except (RuleBroken, ValidationError) as refused:
            said = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            raise RuleBroken(f"“{step.title}”: {' '.join(said)}") from None
        return Made(step.part, step.verdict, key, step.title)

    def let_wait(self) -> None:
        """Say what waits for what, once everything is there."""
        for key, others in self.waiting:
            changes = {"depends_on": [self.actions[other] for other in others]}
            self._change_action(key, changes)

    def _standard(self, step: Step) -> str:
        (number,) = step.standards
        entry = self.plan.entries.get(standard=self.standards[number])
        statements = step.values["status"]
        put_statements(entry=entry, texts=_words(statements), by=self.by)
        return str(number)

    def _action(self, step: Step) -> str:
        values = self._action_values(step)
        if step.verdict == Verdict.MADE:
            made = actions.add_action(plan=self.plan, values=values, by=self.by)
            self.actions[made.identifier] = self.actions[step.key] = made
        elif values:
            self._change_action(step.key, values)
        if "depends_on" in step.values:
            self.waiting.append((step.key, _words(step.values["depends_on"])))
        return self.actions[step.key].identifier

    def _change_action(self, key: str, changes: Mapping[str, Any]) -> None:
        action = self.actions[key]
        self.actions[key] = self.actions[action.identifier] = actions.edit_action(
            action=action, changes=changes, version=action.version, by=self.by
        )

    def _action_values(self, step: Step) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in step.values.items():
            if key in ACTION_FIELDS:
                values[ACTION_FIELDS[key]] = value
            elif key in self.readers:
                values |= self.readers[key](value)
        if "action_standards" in step.values or step.verdict == Verdict.MADE:
            values["standards"] = [self.standards[number] for number in step.standards]
        return values

    def _group(self, value: Value) -> Group | None:
        return self._groups[value.key] if isinstance(value, Body) else None

    def _lead(self, value: Value) -> dict[str, Any]:
        leads: dict[str, Any] = {"lead_group": None, "lead_organisation": None}
        if isinstance(value, Body) and value.kind == "group":
            leads["lead_group"] = self._groups[value.key]
        elif isinstance(value, Body):
            leads["lead_organisation"] = self._organisations[value.key]
        return leads

    def _owner(self, value: Value) -> dict[str, Any]:
        if isinstance(value, Body):
            return {"owner": self._members[value.key], "owner_title": ""}
        return {"owner": None, "owner_title": str(value or "")}

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {str(group.pk): group for group in self.plan.partnership.groups.all()}

    @cached_property
    def _organisations(self) -> dict[str, Organisation]:
        return {str(each.pk): each for each in self.plan.partnership.organisations.all()}

    @cached_property
    def _members(self) -> dict[str, Membership]:
        return {str(each.pk): each for each in self.plan.partnership.memberships.current()}

    def _support(self, step: Step) -> str:
        values = self._support_values(step)
        if step.verdict == Verdict.MADE:
            programme = values.pop("entitlement")
            asked = support.add_allocation(entitlement=programme, values=values, by=self.by)
        else:
            asked = self.support[step.key]
            if values:
                asked = support.edit_allocation(
                    allocation=asked, changes=values, version=asked.version, by=self.by
                )
        if "agreed" in step.values:
            asked = self._agree(asked, step.values["agreed"])
        self.support[step.key] = self.support[asked.identifier] = asked
        return asked.identifier

    def _support_values(self, step: Step) -> dict[str, Any]:
        given = step.values
        values: dict[str, Any] = {
            name: given[key] for key, name in SUPPORT_FIELDS.items() if key in given
        }
        if "focus_areas" in given:
            values["focus_areas"] = list(_words(given["focus_areas"]))
        if "action" in given:
            values["action"] = self.actions.get(str(given["action"]))
        if "support_standards" in given or step.verdict == Verdict.MADE:
            values["standards"] = [self.standards[number] for number in step.standards]
        if "programme" in given:
            values["entitlement"] = self._programme(given["programme"])
        return values

    def _programme(self, value: Value) -> SupportEntitlement:
        """Return a programme of the plan, or one to be made by this name, once."""
        if isinstance(value, Body):
            return self.plan.entitlements.get(pk=value.key)
        name = str(value)
        if name not in self.programmes:
            self.programmes[name] = support.add_entitlement(
                plan=self.plan, values={"programme": name}, by=self.by
            )
        return self.programmes[name]

    def _agree(self, asked: SupportAllocation, value: Value) -> SupportAllocation:
        """Days that a file says are agreed pass the same rules as any. Whether an approximate
        entitlement may be passed is asked once, when all that the file agrees is known."""
        self.passed.pop(asked.entitlement_id, None)
        if value is None:
            return days.withdraw_agreement(
                allocation=asked, version=asked.version, by=self.by, reason=IMPORTED
            )
        agreement = Agreement(Decimal(str(value)), confirmed_by="", confirmed_on=None)
        agree = partial(days.agree_days, allocation=asked, version=asked.version, by=self.by)
        try:
            return agree(agreement=agreement)
        except Unacknowledged as too_many:
            self.passed[asked.entitlement_id] = too_many.problem
            return agree(agreement=replace(agreement, acknowledged=too_many.problem.excess))


def _date(value: Value) -> PreciseDate | None:
    return PreciseDate(str(value)) if value else None


def _words(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()

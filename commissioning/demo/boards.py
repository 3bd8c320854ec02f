"""What became of the demonstration's plans before the board: the versions that were put to it, and
what has changed in the one that is in work since."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from changeplan.models import Action, ChangePlan, PlanVersion, StatusStatement
from changeplan.services.states import begin_version, keep_version, settle_version
from papers.models import Decision
from partnership import order, records
from partnership.loading import Loader
from partnership.models import Membership, User
from partnership.roles import Permission, roles_with

NOTICE = timedelta(days=12)  # before the meeting that decided
UNKNOWN = "Put to the board, on a day that this service does not know."


def put_to_the_board(loader: Loader, branch: Mapping[str, Any]) -> Iterator[str]:
    """Keep version 1 of each plan that was submitted or approved, unless that is done; yield the
    keys of those plans."""
    for key in branch:
        if (ChangePlan, key) in loader.left_out:
            continue
        plan: Any = loader.find(ChangePlan, key)
        if not plan.is_editable and not plan.versions.exists():
            _keep(plan)
            yield key


def revise(loader: Loader, key: str, revision: Mapping[str, Any]) -> None:
    """Begin the plan's next version, and change in it what the file says."""
    plan: Any = loader.find(ChangePlan, key)
    by: Any = loader.find(User, revision["by"])
    begin_version(plan=plan, by=by)
    for name, changes in revision["actions"].items():
        action: Any = loader.find(Action, name)
        records.change(action, changes=changes, version=action.version, by=by)
    for standard, said in revision["status"].items():
        entry = plan.entries.get(standard__number=standard)
        number = order.next_number(entry.status.all())
        records.create(StatusStatement, by=by, entry=entry, number=number, text=said)


def _keep(plan: ChangePlan) -> None:
    """A plan submitted on an unknown day counts as submitted when it was loaded."""
    if plan.approved_at and plan.approved_by:
        at, by = plan.approved_at, plan.approved_by
        version = keep_version(plan=plan, note="", by=_manager(plan), at=at - NOTICE)
        version.meeting, version.minute_reference = plan.approved_meeting, plan.minute_reference
        settle_version(version, PlanVersion.Outcome.APPROVED, at=at, by=by)
        approving = {"recommendation__approves_plan": True, "outcome": Decision.Outcome.APPROVED}
        for each in Decision.objects.filter(recommendation__paper__plan=plan, **approving):
            effect = {"plan_version": version}
            records.change(each, changes=effect, version=each.version, by=by)
    else:
        version = keep_version(plan=plan, note="", by=_manager(plan), at=timezone.now())
        version.record = UNKNOWN
        version.save()


def _manager(plan: ChangePlan) -> User:
    found = Membership.objects.filter(
        partnership=plan.partnership, role__in=roles_with(Permission.EDIT_PLAN)
    )
    return found.order_by("-role", "pk").select_related("user")[0].user

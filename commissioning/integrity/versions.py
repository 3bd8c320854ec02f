"""Rules about the versions of a plan that were put to the board."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from changeplan.models import ChangePlan, PlanVersion
from changeplan.snapshot import digest

from .rules import Rule

APPROVED = PlanVersion.objects.filter(plan=OuterRef("pk"), outcome=PlanVersion.Outcome.APPROVED)

VERSIONS = [
    Rule(
        ChangePlan,
        Q(~Exists(APPROVED), approved_at__isnull=False),
        "{title} is approved, and no version of it is.",
    ),
    Rule(
        PlanVersion,
        Q(outcome=PlanVersion.Outcome.PENDING) & ~Q(plan__state=ChangePlan.State.SUBMITTED),
        "{plan__title}: version {number} is before the board, and the plan is {plan__state}.",
    ),
]


def versions_moved() -> Iterator[str]:
    """Yield the versions whose content is no longer what was put to the board."""
    for version in PlanVersion.objects.select_related("plan").order_by("pk").iterator(20):
        if digest(version.content) != version.digest:
            yield f"{version.plan}: version {version.number} is not as it was put to the board."

"""A file is taken into a plan: kept while its sender decides, then made so, all or nothing."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from partnership.models import User
from partnership.records import StaleVersion
from partnership.rules import RuleBroken, checked_text

from ..exchange.correcting import Corrections, corrected, signature
from ..exchange.current import CurrentPlan
from ..exchange.loading import plan_to_compare
from ..exchange.proposal import Proposal, propose
from ..exchange.sheet import Sheet
from ..models import ChangePlan, PlanImport
from .applying import Made, apply
from .holding import hold_to_edit

KEPT_FOR = timedelta(days=30)
LONGEST_NAME = 200  # characters
AGAIN = (
    "Somebody changed the plan since you looked. Nothing is imported yet: look again at what the "
    "file would make of it now."
)


class Overtaken(RuleBroken):
    """Somebody changed the plan since its importer looked at what the file would make of it."""


@transaction.atomic
def start_import(
    *, plan: ChangePlan, file_name: str, sheet: Sheet, columns: Mapping[str, int], by: User
) -> PlanImport:
    """Keep what was read of a file for its sender, and forget what is older than 30 days."""
    hold_to_edit(plan)
    PlanImport.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR).delete()
    return PlanImport.objects.create(
        plan=plan,
        file_name=checked_text(file_name)[-LONGEST_NAME:],
        format=sheet.format,
        rows=sheet.to_json(),
        columns=dict(columns),
        sent_by=by,
    )


@transaction.atomic
def choose_columns(*, sent: PlanImport, columns: Mapping[str, int]) -> PlanImport:
    """Say which column holds which field. What was corrected before is forgotten."""
    current = _waiting(sent)
    current.columns = dict(columns)
    current.rows = {**current.rows, "corrections": {}}
    current.save(update_fields=["columns", "rows"])
    return current


@transaction.atomic
def keep_corrections(*, sent: PlanImport, corrections: Corrections) -> PlanImport:
    """Keep what the sender corrected, for when they come back."""
    current = _waiting(sent)
    current.rows = {**current.rows, "corrections": corrections.to_json()}
    current.save(update_fields=["rows"])
    return current


@transaction.atomic
def apply_import(
    *, sent: PlanImport, seen: str, acknowledged: Decimal | None = None, by: User
) -> tuple[Made, ...]:
    """Make of the plan what the file says, as corrected, and return what was made and changed.

    `seen` is the signature of the proposal that its sender looked at, and `acknowledged` by how
    many days they know that approximate entitlements are passed. Raises Overtaken where the plan
    has changed since, Unacknowledged for more days than that, RuleBroken for what else the plan
    does not allow; then nothing is changed."""
    hold_to_edit(sent.plan)
    current = _waiting(sent)
    proposal, standing = compared(current)
    if signature(proposal) != seen:
        raise Overtaken(AGAIN)
    result = corrected(proposal, corrections_of(current), standing)
    if result.problems:
        raise RuleBroken("Correct what is marked first.")
    try:
        made = apply(current.plan, result.proposal, acknowledged or Decimal(), by)
    except StaleVersion:
        raise Overtaken(AGAIN) from None
    current.applied_at = timezone.now()
    current.rows = {"made": [each.to_json() for each in made]}
    current.save(update_fields=["applied_at", "rows"])
    return made


@transaction.atomic
def forget_import(*, sent: PlanImport) -> None:
    """Forget a file that nobody will import; the plan stays as it is."""
    _waiting(sent).delete()


def sheet_of(sent: PlanImport) -> Sheet:
    """Return what was read of the file. Raises RuleBroken once it is in the plan."""
    if sent.applied_at:
        raise RuleBroken("This file is in the plan already. Send it again to import it again.")
    return Sheet.from_json(sent.rows)


def corrections_of(sent: PlanImport) -> Corrections:
    """Return what its sender corrected so far."""
    return Corrections.from_json(sent.rows.get("corrections", {}))


def compared(sent: PlanImport) -> tuple[Proposal, CurrentPlan]:
    """Return what the file, as it was sent, would make of the plan, and the plan as it stands."""
    current = plan_to_compare(sent.plan)
    return propose(sheet_of(sent), sent.columns, current), current


def made_by(sent: PlanImport) -> tuple[Made, ...]:
    """Return what an import made and changed; () before it is confirmed."""
    kept: list[dict[str, Any]] = sent.rows.get("made", [])
    return tuple(Made.from_json(each) for each in kept)


def _waiting(sent: PlanImport) -> PlanImport:
    current = PlanImport.objects.select_for_update().get(pk=sent.pk)
    sheet_of(current)
    current.plan = sent.plan
    return current

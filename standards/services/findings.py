"""What the officers conclude: findings, the comments they rest on, and who raised them.

Findings are numbered within their kind, attributions within their finding, without gaps: whoever
adds, moves, removes or brings back one holds the exercise, or the finding. They may be written
before and after an exercise closes: its results are frozen, its conclusions are not.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction

from partnership import order, records
from partnership.models import Removable, User
from partnership.rules import RuleBroken, checked_text

from ..comments import comments_of
from ..models import Attribution, Comment, Exercise, Finding

Values = Mapping[str, Any]


@transaction.atomic
def make_finding(*, exercise: Exercise, kind: str, values: Values, by: User) -> Finding:
    """Add a finding behind the others of its kind. `values` are its title, text (Markdown),
    standards and comments. Raises RuleBroken for a comment that may not be told."""
    order.hold(exercise)
    given = _checked(values) | {"exercise": exercise, "kind": kind}
    _require_told(exercise, given.get("comments", ()))
    number = order.next_number(exercise.findings.filter(kind=kind))
    return records.create(Finding, by=by, number=number, **given)


@transaction.atomic
def edit_finding(*, finding: Finding, changes: Values, version: int, by: User) -> Finding:
    """Change a finding, its standards or its sources. Raises StaleVersion where somebody else was
    faster, RuleBroken for a comment that may not be told or once the finding is removed."""
    given = _checked(changes)
    _require_kept(Finding, finding)
    _require_told(finding.exercise, given.get("comments", ()))
    return records.change(finding, changes=given, version=version, by=by)


@transaction.atomic
def link_comments(*, finding: Finding, comments: Iterable[Comment], by: User) -> Finding:
    """Let a finding rest on more comments, beside those it rests on already."""
    order.hold(finding)
    current = _require_kept(Finding, finding)
    wanted = list(comments)
    _require_told(finding.exercise, wanted)
    known = list(current.comments.all())
    if {each.pk for each in wanted} <= {each.pk for each in known}:
        return current
    both = {"comments": [*known, *wanted]}
    return records.change(current, changes=both, version=current.version, by=by)


def move_finding(*, finding: Finding, to: int, by: User) -> None:
    """Put a finding at the place `to`, from 1, among those of its kind."""
    alike = finding.exercise.findings.filter(kind=finding.kind)
    order.move(finding, within=finding.exercise, siblings=alike, to=to, by=by)


@transaction.atomic
def remove_finding(*, finding: Finding, version: int, by: User) -> Finding:
    """Take a finding away; the others move up. It comes back by `restore_finding`."""
    alike = finding.exercise.findings.filter(kind=finding.kind)
    return _remove(finding, finding.exercise, alike, version, by)


@transaction.atomic
def restore_finding(*, finding: Finding, by: User) -> Finding:
    """Bring a removed finding back, to the place that it had."""
    alike = finding.exercise.findings.filter(kind=finding.kind)
    return order.bring_back(finding, within=finding.exercise, siblings=alike, by=by)


@transaction.atomic
def make_attribution(*, finding: Finding, values: Values, by: User) -> Attribution:
    """Say who raised a finding, behind those who are named already. `values` are a working group,
    a cohort or a category, or none of them; strength, point, reservation, and the name that the
    source has for the raiser. Raises RuleBroken for a body of another exercise."""
    order.hold(finding)
    _require_kept(Finding, finding)
    given = _checked(values)
    _require_own(finding.exercise, given)
    number = order.next_number(finding.attributions.all())
    return records.create(Attribution, by=by, finding=finding, number=number, **given)


@transaction.atomic
def edit_attribution(
    *, attribution: Attribution, changes: Values, version: int, by: User
) -> Attribution:
    """Change who raised a finding, and how. Raises like `edit_finding`."""
    given = _checked(changes)
    _require_kept(Attribution, attribution)
    _require_own(attribution.finding.exercise, given)
    return records.change(attribution, changes=given, version=version, by=by)


def move_attribution(*, attribution: Attribution, to: int, by: User) -> None:
    """Put an attribution at the place `to`, from 1, among those of its finding."""
    finding = attribution.finding
    order.move(attribution, within=finding, siblings=finding.attributions.all(), to=to, by=by)


@transaction.atomic
def remove_attribution(*, attribution: Attribution, version: int, by: User) -> Attribution:
    """Take an attribution away; it comes back by `restore_attribution`."""
    finding = attribution.finding
    return _remove(attribution, finding, finding.attributions.all(), version, by)


@transaction.atomic
def restore_attribution(*, attribution: Attribution, by: User) -> Attribution:
    """Bring a removed attribution back, to the place that it had."""
    finding = attribution.finding
    return order.bring_back(attribution, within=finding, siblings=finding.attributions.all(), by=by)


def _checked(values: Values) -> dict[str, Any]:
    return {n: checked_text(v) if isinstance(v, str) else v for n, v in values.items()}


def _require_kept(model: type[Removable], record: Any) -> Any:
    """Return the record as it is now."""
    current = model.everything.get(pk=record.pk)
    if current.removed_at:
        raise records.StaleVersion(current)
    return current


def _require_told(exercise: Exercise, comments: Iterable[Comment]) -> None:
    wanted = {comment.pk for comment in comments}
    if wanted and comments_of(exercise).filter(pk__in=wanted).count() != len(wanted):
        raise RuleBroken("One of these comments is not there to be used. Pick again.")


def _require_own(exercise: Exercise, values: Values) -> None:
    group, cohort = values.get("working_group"), values.get("cohort")
    bodies = [group.cohort] if group else [], [cohort] if cohort else []
    if any(body.exercise_id != exercise.pk for found in bodies for body in found):
        raise RuleBroken("Choose a working group or a cohort of this exercise.")


def _remove(
    record: Any, parent: models.Model, alike: "models.QuerySet[Any]", version: int, by: User
) -> Any:
    order.hold(parent)
    removed = records.remove(record, version=version, by=by)
    order.renumber(list(alike.select_for_update(of=("self",)).order_by("number")), by=by)
    return removed

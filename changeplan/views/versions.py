"""The versions of a plan: the list, one of them, and what differs between two."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from partnership.numbers import counted
from partnership.permissions import can
from partnership.roles import Permission

from .. import pages
from ..comparing import Comparison, compare
from ..models import ChangePlan, PlanVersion
from ..plan import plan_facts
from ..services.states import content_of
from ..snapshot import Content
from . import find_known, plan_page

NOW = "now"
Outcome = PlanVersion.Outcome


@login_required
def versions(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    _, plan = find_known(request, slug, identifier)
    cards = pages.version_cards(plan, _known(request, plan).defer("content"))
    return plan_page(request, plan, "versions", cards=cards, compares=_is_live(plan))


@login_required
def version(request: HttpRequest, slug: str, identifier: str, number: int) -> HttpResponse:
    _, plan = find_known(request, slug, identifier)
    found = get_object_or_404(_known(request, plan), number=number)
    page = pages.version_page(found)
    return plan_page(request, plan, "versions/version", tab="versions", page=page)


@login_required
def changes(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """What differs between two versions, or between one and the plan now: without a choice,
    between the version in force, or the last there is, and the plan now."""
    _, plan = find_known(request, slug, identifier)
    known = list(_known(request, plan).defer("content"))
    choices = {str(version.number): f"Version {version.number}" for version in known}
    if _is_live(plan):
        choices[NOW] = "The plan now"
    before, after = _asked(request, known, choices)
    compared = before and after and compare(_content(plan, before), _content(plan, after))
    return plan_page(
        request,
        plan,
        "versions/changes",
        tab="versions",
        comparison=compared,
        choices=choices,
        before=before,
        after=after,
        said=compared and _said(compared, choices[before], choices[after]),
    )


def _said(comparison: Comparison, before: str, after: str) -> str:
    """Return "3 changes from version 1 to the plan now"."""
    found = counted(comparison.count, "change") if comparison.count else "No changes"
    return f"{found} from {before.lower()} to {after.lower()}."


def _known(request: HttpRequest, plan: ChangePlan) -> "QuerySet[PlanVersion]":
    """Return the versions that the reader may see: what was withdrawn or returned is for those who
    work on the plan."""
    found = plan.versions.order_by("number")
    if can(request.user, Permission.VIEW_DRAFT_PLAN, plan.partnership):
        return found
    return found.filter(outcome__in=[Outcome.APPROVED, Outcome.PENDING])


def _is_live(plan: ChangePlan) -> bool:
    return bool(plan.is_live)


def _asked(
    request: HttpRequest, known: list[PlanVersion], choices: dict[str, str]
) -> tuple[str, str]:
    """Return what is compared with what, "" where there is nothing yet. 404 for no such version."""
    if not known:
        return "", ""
    approved = [each for each in known if each.outcome == Outcome.APPROVED]
    before = request.GET.get("from") or str((approved or known)[-1].number)
    after = request.GET.get("to") or list(choices)[-1]
    if before not in choices or after not in choices:
        raise Http404("There is no such version.")
    return before, after


def _content(plan: ChangePlan, which: str) -> Content:
    if which == NOW:
        return content_of(plan_facts(plan))
    return plan.versions.get(number=which).content

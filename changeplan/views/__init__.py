"""A partnership's change plans: how every page finds its plan, and what stands around it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from partnership.models import Partnership
from partnership.permissions import can, require
from partnership.roles import Permission
from partnership.views import find_partnership

from .. import words
from ..models import ChangePlan
from ..services.holding import STANDS

TABS = {
    "plan": "The plan",
    "days": "Consultancy days",
    "completeness": "Completeness",
}
WORKERS_TABS = {"history": "History"}  # for those who work on plans


def find_plan(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, ChangePlan]:
    """Return the plan and its partnership, 404 for whoever may not know of it."""
    partnership = find_partnership(request, slug, Permission.VIEW_PLAN)
    known = ChangePlan.objects.visible_to(request.user).select_related(
        "exercise__framework",
        "exercise__previous",
        "results_version__exercise",
        "approved_meeting__group",
    )
    plan = get_object_or_404(known, partnership=partnership, identifier=identifier)
    plan.partnership = partnership
    return partnership, plan


def find_to_edit(request: HttpRequest, slug: str, identifier: str) -> ChangePlan:
    """Return a plan that the reader may change now: 403 with the reason for who may not, or while
    it is before the board or approved."""
    partnership, plan = find_plan(request, slug, identifier)
    require(request.user, Permission.EDIT_PLAN, partnership)
    if not plan.is_editable:
        raise PermissionDenied(STANDS)
    return plan


def plan_page(
    request: HttpRequest, plan: ChangePlan, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with `changeplan/<name>.html`, with the plan's own navigation around it.
    `name` is the tab too, where there is one of that name."""
    partnership = plan.partnership
    crumbs = [
        (partnership.name, partnership.get_absolute_url()),
        ("Change plans", reverse("changeplan:plans", args=[partnership.slug])),
    ]
    if name != "plan":
        crumbs.append((plan.title, words.address(plan)))
    works = can(request.user, Permission.VIEW_DRAFT_PLAN, partnership)
    tabs = [
        {"label": label, "href": words.address(plan, tab), "current": tab == name}
        for tab, label in (TABS | WORKERS_TABS if works else TABS).items()
    ]
    around = {"partnership": partnership, "crumbs": crumbs, "tabs": tabs, "plan": plan}
    return render(request, f"changeplan/{name}.html", around | context, status=status)

"""A partnership's change plans: how every page finds its plan, and what stands around it."""

from functools import reduce
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from partnership.leading import Elsewhere
from partnership.models import Partnership
from partnership.permissions import can, require
from partnership.roles import Permission
from partnership.views import find_partnership

from .. import words
from ..models import ChangePlan
from ..services.holding import stands
from ..services.states import approved_version

TABS = {
    "plan": "The plan",
    "actions": "Actions",
    "timeline": "Timeline",
    "days": "Consultancy days",
    "completeness": "Completeness",
    "versions": "Versions",
}
SHOWN_WITH = (  # what the pages around a plan tell of it
    *("exercise__framework", "exercise__previous", "results_version__exercise"),
    "approved_meeting__group",
)
WORKERS_TABS = {"history": "History"}  # for those who work on plans


def find_plan(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, ChangePlan]:
    """Return the plan and its partnership, 404 for whoever may not know of it. Who may not read it
    as it is now, because a new version is in work, is led to the one that was approved."""
    partnership, plan = find_known(request, slug, identifier)
    if not plan.is_live:
        _lead_to_approved(request, plan)
    return partnership, plan


def _lead_to_approved(request: HttpRequest, plan: ChangePlan) -> NoReturn:
    if (version := approved_version(plan)) is None:
        raise Http404("No version of the plan was approved.")
    if request.method not in ("GET", "HEAD"):
        raise PermissionDenied("A new version of this plan is in work.")
    raise Elsewhere(words.address(plan, "version", version.number))


def find_known(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, ChangePlan]:
    """Return a plan of which the reader may know, for pages that show its versions alone."""
    partnership = find_partnership(request, slug, Permission.VIEW_PLAN)
    known = ChangePlan.objects.visible_to(request.user).as_shown_to(request.user)
    found = known.select_related(*SHOWN_WITH)
    plan = get_object_or_404(found, partnership=partnership, identifier=identifier)
    plan.partnership = partnership
    return partnership, plan


def sees_scores(request: HttpRequest, plan: ChangePlan) -> bool:
    """Whether the reader may see the scores that the plan was made from: all, once it is closed."""
    early = Permission.VIEW_OPEN_RESULTS
    return plan.exercise.is_closed or can(request.user, early, plan.partnership)


def find_to_edit(request: HttpRequest, slug: str, identifier: str) -> ChangePlan:
    """Return a plan that the reader may change now: 403 with the reason for who may not, or while
    it is before the board or approved."""
    _, plan = find_plan(request, slug, identifier)
    return _to_edit(request, plan)


def _to_edit(request: HttpRequest, plan: ChangePlan) -> ChangePlan:
    require(request.user, Permission.EDIT_PLAN, plan.partnership)
    if why := stands(plan):
        raise PermissionDenied(why)
    return plan


def find_part_to_edit(
    request: HttpRequest,
    slug: str,
    identifier: str,
    parts: "QuerySet[Any]",
    within: str,
    /,
    **which: Any,
) -> tuple[ChangePlan, Any]:
    """Return a plan like `find_to_edit`, and one of its parts, in one query: `within` leads from
    the part to the plan, as "entry__plan"; `which` says which part it is. Whoever may not change
    the plan is answered as for the plan, whether there is such a part or not."""
    partnership = find_partnership(request, slug, Permission.VIEW_PLAN)
    known = ChangePlan.objects.visible_to(request.user).filter(partnership=partnership)
    of = {f"{within}__in": known.filter(identifier=identifier)}
    around = (f"{within}__{name}" for name in SHOWN_WITH)
    part = parts.select_related(*around).filter(**of, **which).first()
    if part is None or not can(request.user, Permission.EDIT_PLAN, partnership):
        find_to_edit(request, slug, identifier)
        raise Http404("The plan has no such part.")
    found: ChangePlan = reduce(getattr, within.split("__"), part)
    found.partnership = partnership
    return _to_edit(request, found.as_it_is()), part


def plan_page(
    request: HttpRequest,
    plan: ChangePlan,
    name: str,
    *,
    status: int = 200,
    tab: str = "",
    **context: Any,
) -> HttpResponse:
    """Answer with `changeplan/<name>.html`, with the plan's own navigation around it.
    `tab` is that which the page stands under, where it is no tab by name itself."""
    partnership = plan.partnership
    crumbs = [
        (partnership.name, partnership.get_absolute_url()),
        ("Change plans", reverse("changeplan:plans", args=[partnership.slug])),
    ]
    if name != "plan":
        title = plan.title_shown
        crumbs.append((title, words.address(plan)))
    if tab:
        crumbs.append((TABS[tab], words.address(plan, tab)))
    known = _tabs(request, plan)
    tabs = [
        {"label": label, "href": words.address(plan, each), "current": each in (name, tab)}
        for each, label in known.items()
    ]
    around = {"partnership": partnership, "crumbs": crumbs, "tabs": tabs, "plan": plan}
    around["sees_history"] = "history" in known
    around["may_write"] = can(request.user, Permission.COMPOSE_PAPER, partnership)
    return render(request, f"changeplan/{name}.html", around | context, status=status)


def _tabs(request: HttpRequest, plan: ChangePlan) -> dict[str, str]:
    """Return the pages of the plan that the reader may read; "The plan" leads to the approved
    version where they may not read more."""
    if not plan.is_live:
        return {name: TABS[name] for name in ("plan", "versions")}
    works = can(request.user, Permission.VIEW_DRAFT_PLAN, plan.partnership)
    return TABS | WORKERS_TABS if works else TABS

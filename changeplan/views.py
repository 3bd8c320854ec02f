"""A partnership's change plans: the list, a plan, its days, its completeness, one action."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from partnership.models import Partnership
from partnership.permissions import can
from partnership.roles import Permission
from partnership.views import find_partnership

from . import pages, words
from .models import ChangePlan
from .plan import plan_facts

TABS = {"plan": "The plan", "days": "Consultancy days", "completeness": "Completeness"}


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


@login_required
def plans(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PLAN)
    known = ChangePlan.objects.visible_to(request.user).filter(partnership=partnership)
    cards = [
        pages.plan_card(plan)
        for plan in known.select_related("partnership", "exercise", "approved_meeting__group")
    ]
    crumbs = [(partnership.name, partnership.get_absolute_url())]
    context = {"partnership": partnership, "crumbs": crumbs, "cards": cards}
    return render(request, "changeplan/plans.html", context)


@login_required
def plan(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, found = find_plan(request, slug, identifier)
    shown = found.exercise.is_closed or can(request.user, Permission.VIEW_OPEN_RESULTS, partnership)
    page = pages.plan_page(plan_facts(found), with_scores=shown)
    return _page(request, found, "plan", page)


@login_required
def days(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    _, found = find_plan(request, slug, identifier)
    return _page(request, found, "days", pages.days_page(plan_facts(found)))


@login_required
def completeness(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    _, found = find_plan(request, slug, identifier)
    page = pages.completeness_page(plan_facts(found))
    return _page(request, found, "completeness", page)


@login_required
def action(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    _, found = find_plan(request, slug, identifier)
    facts = plan_facts(found)
    planned = facts.action(action)
    if planned is None:
        raise Http404("The plan has no such action.")
    return _page(request, found, "action", pages.action_page(facts, planned))


def _page(request: HttpRequest, plan: ChangePlan, name: str, page: object) -> HttpResponse:
    """Answer with `changeplan/<name>.html`, with the plan's own navigation around it."""
    partnership = plan.partnership
    crumbs = [
        (partnership.name, partnership.get_absolute_url()),
        ("Change plans", reverse("changeplan:plans", args=[partnership.slug])),
    ]
    if name != "plan":
        crumbs.append((plan.title, words.address(plan)))
    tabs = [
        {"label": label, "href": words.address(plan, tab), "current": tab == name}
        for tab, label in TABS.items()
    ]
    context = {"partnership": partnership, "crumbs": crumbs, "tabs": tabs, "page": page}
    return render(request, f"changeplan/{name}.html", context)

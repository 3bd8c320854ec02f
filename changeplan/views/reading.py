"""Reading plans: the list, a plan, its days, its completeness, one action."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from partnership.permissions import can
from partnership.roles import Permission
from partnership.views import find_partnership

from .. import pages
from ..models import ChangePlan
from ..plan import plan_facts
from . import find_plan, plan_page


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
    return plan_page(request, found, "plan", page=page)


@login_required
def days(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    _, found = find_plan(request, slug, identifier)
    return plan_page(request, found, "days", page=pages.days_page(plan_facts(found)))


@login_required
def completeness(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    _, found = find_plan(request, slug, identifier)
    page = pages.completeness_page(plan_facts(found))
    return plan_page(request, found, "completeness", page=page)


@login_required
def action(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    _, found = find_plan(request, slug, identifier)
    facts = plan_facts(found)
    planned = facts.action(action)
    if planned is None:
        raise Http404("The plan has no such action.")
    return plan_page(request, found, "action", page=pages.action_page(facts, planned))

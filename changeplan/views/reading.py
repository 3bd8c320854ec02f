"""Reading plans: the list, a plan, its days, its completeness, one action."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from partnership.permissions import can
from partnership.roles import Permission
from partnership.views import find_partnership

from .. import pages
from ..filtering import action_filters
from ..models import ChangePlan
from ..plan import plan_facts
from . import find_plan, plan_page, sees_scores
from .progress import may_report


@login_required
def plans(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PLAN)
    known = ChangePlan.objects.visible_to(request.user).as_shown_to(request.user)
    cards = [
        pages.plan_card(plan)
        for plan in known.filter(partnership=partnership).select_related(
            "partnership", "exercise", "approved_meeting__group"
        )
    ]
    crumbs = [(partnership.name, partnership.get_absolute_url())]
    context = {"partnership": partnership, "crumbs": crumbs, "cards": cards}
    context["may_make"] = can(request.user, Permission.EDIT_PLAN, partnership)
    return render(request, "changeplan/plans.html", context)


@login_required
def plan(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, found = find_plan(request, slug, identifier)
    may_edit = can(request.user, Permission.EDIT_PLAN, partnership)
    facts = plan_facts(found)
    page = pages.plan_page(facts, with_scores=sees_scores(request, found), may_edit=may_edit)
    decides = can(request.user, Permission.DECIDE_PLAN, partnership)
    states = pages.states(facts, page.scores, edits=may_edit, decides=decides)
    filters = action_filters(facts, {})
    return plan_page(request, found, "plan", page=page, states=states, filters=filters)


@login_required
def days(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, found = find_plan(request, slug, identifier)
    hands = pages.days_hands(found, can(request.user, Permission.EDIT_PLAN, partnership))
    page = pages.days_page(plan_facts(found))
    return plan_page(request, found, "days", page=page, hands=hands)


@login_required
def completeness(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, found = find_plan(request, slug, identifier)
    may_edit = can(request.user, Permission.EDIT_PLAN, partnership)
    page = pages.completeness_page(plan_facts(found), may_edit=may_edit)
    return plan_page(request, found, "completeness", page=page)


@login_required
def action(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    partnership, found = find_plan(request, slug, identifier)
    facts = plan_facts(found)
    planned = facts.action(action)
    if planned is None:
        raise Http404("The plan has no such action.")
    may_edit = found.is_editable and can(request.user, Permission.EDIT_PLAN, partnership)
    reports = may_report(request, planned.action)
    page = pages.action_page(facts, planned)
    return plan_page(request, found, "action", page=page, may_edit=may_edit, may_report=reports)

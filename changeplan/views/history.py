"""Who changed what in a plan, for those who work on it; and undoing a removal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from partnership.models import Removable
from partnership.permissions import can, require
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.views import signed_in

from .. import words
from ..models import Action, ChangePlan, StatusStatement, SupportAllocation
from ..pages.history import KINDS, HistoryPage, plan_history, record_history
from ..services.restoring import RESTORED, bring_back
from . import find_plan, plan_page


@login_required
def history(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    plan, may_edit = _find(request, slug, identifier)
    return _shown(request, plan_history(plan, request.GET, may_edit=may_edit))


@login_required
def action_history(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    return _of_record(request, slug, identifier, Action, action)


@login_required
def statement_history(
    request: HttpRequest, slug: str, identifier: str, statement: str
) -> HttpResponse:
    return _of_record(request, slug, identifier, StatusStatement, statement)


@login_required
def allocation_history(
    request: HttpRequest, slug: str, identifier: str, support: str
) -> HttpResponse:
    return _of_record(request, slug, identifier, SupportAllocation, support)


@login_required
@require_POST
def removal_undo(
    request: HttpRequest, slug: str, identifier: str, kind: str, record: str
) -> HttpResponse:
    partnership, plan = find_plan(request, slug, identifier)
    require(request.user, Permission.EDIT_PLAN, partnership)
    model: Any = KINDS[kind].model if kind in KINDS else None
    if model not in RESTORED:
        raise Http404("Nothing of this kind can be brought back.")
    found = _record(plan, model, record)
    try:
        bring_back(found, by=signed_in(request))
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        messages.success(request, f"“{found}” is back in the plan.")
    return redirect(_way_back(request, plan))


def _way_back(request: HttpRequest, plan: ChangePlan) -> str:
    """Return the page that the button was on, where it is one of this plan, else the history."""
    asked = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    within = asked.startswith(words.address(plan)) and asked.isprintable()
    return asked if is_ours and within else words.address(plan, "history")


def _find(request: HttpRequest, slug: str, identifier: str) -> tuple[ChangePlan, bool]:
    """Return the plan, and whether the reader may bring back what was removed from it."""
    partnership, plan = find_plan(request, slug, identifier)
    require(request.user, Permission.VIEW_DRAFT_PLAN, partnership)
    return plan, can(request.user, Permission.EDIT_PLAN, partnership)


def _record(plan: ChangePlan, model: type[Removable], identifier: str) -> Removable:
    """Return a record of the plan, also one that was removed; 404 where there is none."""
    within: Any = {RESTORED[model]: plan}
    return get_object_or_404(model.everything, identifier=identifier, **within)


def _of_record(
    request: HttpRequest, slug: str, identifier: str, model: type[Removable], key: str
) -> HttpResponse:
    plan, may_edit = _find(request, slug, identifier)
    record = _record(plan, model, key)
    return _shown(request, record_history(plan, record, request.GET, may_edit=may_edit))


def _shown(request: HttpRequest, page: HistoryPage) -> HttpResponse:
    return plan_page(request, page.plan, "history", page=page)

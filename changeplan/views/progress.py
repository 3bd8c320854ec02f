"""Reporting progress on an action: its owner, and whoever may change the plan."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from partnership.editing import edit
from partnership.permissions import can
from partnership.roles import Permission
from partnership.views import signed_in

from .. import words
from ..forms.progress import ProgressForm
from ..models import Action, ProgressUpdate
from ..services.progress import report_progress
from . import find_plan, plan_page


def may_report(request: HttpRequest, action: Action) -> bool:
    """Whether the reader owns the action, or may change plans."""
    owner = action.owner
    mine = owner is not None and owner.user_id == request.user.pk
    return mine or can(request.user, Permission.EDIT_PLAN, action.plan.partnership)


@login_required
def progress(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    _, plan = find_plan(request, slug, identifier)
    known = plan.actions.select_related("owner")
    found = get_object_or_404(known, identifier=action)
    found.plan = plan
    if not may_report(request, found):
        raise PermissionDenied("The owner of an action reports on it, or a manager of the plan.")

    def report(given: dict[str, Any]) -> ProgressUpdate:
        return report_progress(action=found, by=signed_in(request), **given)

    sent = edit(request, ProgressForm(request.POST or None, action=found), report)
    back = words.address(plan, "action", found.identifier)
    if sent.record is not None:
        messages.success(request, "Your report is recorded.")
        return redirect(back)
    form: Any = sent.form
    form.cancel_href = back
    return plan_page(request, plan, "action_progress", status=sent.status, form=form, action=found)

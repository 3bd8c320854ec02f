"""Making a plan, and speaking for what was carried over into it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from partnership.editing import edit
from partnership.models import Partnership
from partnership.permissions import require
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.views import find_partnership, signed_in
from standards.models import Exercise

from .. import pages, words
from ..forms.carrying import CarriedActionForm, CarriedStatementForm
from ..forms.making import MakePlanForm
from ..models import Action, ChangePlan, StatusStatement
from ..services.carrying import Carried, confirm_carried, drop_carried
from ..services.making import make_plan
from . import find_plan, find_to_edit, plan_page

PLACES = {  # what a plan of each arrangement has a place for
    ChangePlan.Arrangement.BY_STANDARD: "standard",
    ChangePlan.Arrangement.BY_PRIORITY: "improvement priority",
}


@login_required
def make(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PLAN)
    require(request.user, Permission.EDIT_PLAN, partnership)
    typed = request.POST if request.method == "POST" else None
    form = MakePlanForm(typed, partnership=partnership, initial=_asked_for(request, partnership))
    form.cancel_href = reverse("changeplan:plans", args=[slug])
    sent = edit(request, form, lambda given: make_plan(by=signed_in(request), **given))
    if (plan := sent.record) is not None:
        each = PLACES[plan.arrangement]
        messages.success(request, f"{plan.title} is made, with a place for every {each}.")
        return redirect(words.address(plan, "carried" if plan.previous else "plan"))
    crumbs = [
        (partnership.name, partnership.get_absolute_url()),
        ("Change plans", form.cancel_href),
    ]
    context = {"partnership": partnership, "crumbs": crumbs, "form": sent.form}
    context["can_make"] = sent.form.fields["exercise"].queryset.exists()  # type: ignore[attr-defined]
    return render(request, "changeplan/making/make.html", context, status=sent.status)


@login_required
def carried(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    partnership, plan = find_plan(request, slug, identifier)
    require(request.user, Permission.EDIT_PLAN, partnership)
    return plan_page(request, plan, "making/carried", page=pages.carried_page(plan))


@login_required
def carried_edit(
    request: HttpRequest, slug: str, identifier: str, kind: str, record: str
) -> HttpResponse:
    plan = find_to_edit(request, slug, identifier)
    found = _find(plan, kind, record)
    form_of = CarriedActionForm if kind == "action" else CarriedStatementForm
    typed = request.POST if request.method == "POST" else None
    form = form_of(typed, instance=found, initial={"version": found.version})
    form.cancel_href = words.address(plan, "carried")
    sent = edit(request, form, lambda given: _confirm(request, _find(plan, kind, record), given))
    if sent.record is not None:
        messages.success(request, "Saved and confirmed.")
        return redirect(words.address(plan, "carried"))
    return plan_page(
        request,
        plan,
        "making/carried_edit",
        status=sent.status,
        heading="Change and confirm",
        kicker=plan.title,
        form=sent.form,
        differences=sent.differences,
    )


@login_required
def carried_settle(
    request: HttpRequest, slug: str, identifier: str, kind: str, record: str
) -> HttpResponse:
    """Confirm one as it is, or drop it: the two buttons beside it."""
    plan = find_to_edit(request, slug, identifier)
    if request.method != "POST":
        return redirect(words.address(plan, "carried"))
    found = _find(plan, kind, record)
    given = {"version": _number(request.POST.get("version"))}
    drops = request.POST.get("settle") == "drop"
    try:
        if drops:
            drop_carried(carried=found, version=given["version"], by=signed_in(request))
        else:
            _confirm(request, found, given)
    except StaleVersion:
        messages.warning(request, "Somebody else was faster. See how it reads now.")
    except RuleBroken as broken:
        messages.warning(request, str(broken))
    else:
        messages.success(request, "Dropped." if drops else "Confirmed.")
    return redirect(f"{words.address(plan, 'carried')}#next")


def _asked_for(request: HttpRequest, partnership: Partnership) -> dict[str, Any]:
    """Return the exercise that the address names, and a title that names it too."""
    named = request.GET.get("exercise", "")
    known = Exercise.objects.visible_to(request.user).filter(partnership=partnership)
    found = known.filter(identifier=named).first() if named.isalnum() else None
    return {"exercise": found.pk, "title": f"Change plan: {found.title}"[:200]} if found else {}


def _find(plan: ChangePlan, kind: str, record: str) -> Carried:
    """Return what was carried over and waits, 404 for anything else."""
    waiting: dict[str, Any] = {
        "action": plan.actions.filter(to_confirm=True),
        "status": StatusStatement.objects.filter(entry__plan=plan, to_confirm=True),
    }
    found: Action | StatusStatement | None = None
    if kind in waiting:
        found = waiting[kind].filter(identifier=record).first()
    if found is None:
        raise Http404("Nothing of this waits to be confirmed.")
    return found


def _confirm(request: HttpRequest, found: Carried, given: dict[str, Any]) -> Carried:
    version = given.pop("version") or 0
    return confirm_carried(carried=found, changes=given, version=version, by=signed_in(request))


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 9 else 0

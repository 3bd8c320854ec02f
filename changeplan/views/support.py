"""Support programmes, and what is asked of them: added, changed, ordered, removed, brought back."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from partnership import links
from partnership.editing import edit
from partnership.models import Removable
from partnership.permissions import can
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.submitting import Submitted
from partnership.views import signed_in

from .. import pages, words
from ..forms.offered import Offers
from ..forms.support import AllocationForm, EntitlementForm, RemovalForm
from ..models import ChangePlan, SupportAllocation, SupportEntitlement
from ..services import support as services
from . import find_part_to_edit, find_plan, find_to_edit, inplace, plan_page

FIRST = "Name the programme that the support comes from; then say what it is for."


@login_required
def entitlement_new(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    plan = find_to_edit(request, slug, identifier)

    def add(given: dict[str, Any]) -> SupportEntitlement:
        del given["version"]
        return services.add_entitlement(plan=plan, values=given, by=signed_in(request))

    sent = edit(request, EntitlementForm(request.POST or None), add)
    if sent.record is not None:
        return said(request, f"{sent.record} is added.", words.address(plan, "days"))
    return form_page(request, plan, sent, "Add a support programme")


@login_required
def entitlement_edit(
    request: HttpRequest, slug: str, identifier: str, programme: str
) -> HttpResponse:
    plan, found = _find_programme(request, slug, identifier, programme)

    def change(given: dict[str, Any]) -> SupportEntitlement:
        version = given.pop("version") or 0
        return services.edit_entitlement(
            entitlement=found, changes=given, version=version, by=signed_in(request)
        )

    sent = edit(request, EntitlementForm(request.POST or None, instance=copy.copy(found)), change)
    if sent.record is not None:
        return said(request, "Saved.", words.address(plan, "days"))
    return form_page(request, plan, sent, f"Edit {found}")


@login_required
def entitlement_remove(
    request: HttpRequest, slug: str, identifier: str, programme: str
) -> HttpResponse:
    plan, found = _find_programme(request, slug, identifier, programme)

    def remove(**given: Any) -> SupportEntitlement:
        return services.remove_entitlement(entitlement=found, **given)

    return removal(request, plan, found, remove, back=words.address(plan, "days"))


@login_required
def allocation(request: HttpRequest, slug: str, identifier: str, support: str) -> HttpResponse:
    partnership, plan = find_plan(request, slug, identifier)
    known = asked_of(plan).select_related("agreed_by", "area_approved_at__group")
    found = get_object_or_404(known, identifier=support)
    may = can(request.user, Permission.EDIT_PLAN, partnership)
    return plan_page(
        request,
        plan,
        "support/allocation",
        tab="days",
        heading=found.purpose,
        page=pages.support_page(plan, found),
        strip=pages.strip(plan, found),
        hands=pages.support_hands(plan, found, may),
    )


@login_required
def allocation_new(
    request: HttpRequest, slug: str, identifier: str, number: int = 0, action: str = ""
) -> HttpResponse:
    """Ask for support: for a standard or an action, in its row of the plan, or for neither."""
    plan = find_to_edit(request, slug, identifier)
    form = AllocationForm(request.POST or None, plan=plan)
    if not form.offers.of("programmes"):
        messages.info(request, FIRST)
        return _lead(request, words.address(plan, "entitlement_new"))
    part = _begin(request, form, number, action)

    def add(given: dict[str, Any]) -> SupportAllocation:
        del given["version"]
        programme = given["entitlement"]
        return services.add_allocation(entitlement=programme, values=given, by=signed_in(request))

    sent, in_plan = edit(request, form, add), bool(number or action)
    if inplace.is_within(request) or (in_plan and sent.record is not None):
        return _in_place(request, plan, sent, part, "The support is asked for.")
    if sent.record is not None:
        return said(request, "The support is asked for.", _page(plan, sent.record))
    back = f"{words.address(plan)}#{part.row}" if in_plan else ""
    return form_page(request, plan, sent, part.heading, back=back)


@login_required
def allocation_edit(request: HttpRequest, slug: str, identifier: str, support: str) -> HttpResponse:
    plan, found = _find_support(request, slug, identifier, support)

    def change(given: dict[str, Any]) -> SupportAllocation:
        version = given.pop("version") or 0
        return services.edit_allocation(
            allocation=found, changes=given, version=version, by=signed_in(request)
        )

    form = AllocationForm(request.POST or None, plan=plan, instance=copy.copy(found))
    sent = edit(request, form, change)
    if inplace.is_within(request):
        row = f"support-{found.identifier}"
        part = inplace.Part(f"Support: {found.purpose}", row, row)
        return _in_place(request, plan, sent, part, "Saved.")
    if sent.record is not None:
        return said(request, "Saved.", _page(plan, found))
    strip = pages.strip(plan, found)
    return form_page(request, plan, sent, f"Edit {found}", back=_page(plan, found), strip=strip)


@login_required
@require_POST
def allocation_move(request: HttpRequest, slug: str, identifier: str, support: str) -> HttpResponse:
    plan, found = _find_support(request, slug, identifier, support)
    place = request.POST.get("to", "")

    def move() -> None:
        to = int(place) if place.isascii() and place.isdigit() and len(place) < 6 else found.number
        services.move_allocation(allocation=found, to=to, by=signed_in(request))

    back = f"{words.address(plan, 'days')}#support-{found.identifier}"
    return attempt(request, move, f"{found} is moved.", back)


@login_required
def allocation_remove(
    request: HttpRequest, slug: str, identifier: str, support: str
) -> HttpResponse:
    plan, found = _find_support(request, slug, identifier, support)

    def remove(**given: Any) -> SupportAllocation:
        return services.remove_allocation(allocation=found, **given)

    return removal(request, plan, found, remove, back=words.address(plan, "days"))


def asked_of(plan: ChangePlan) -> "QuerySet[SupportAllocation]":
    """Return what is asked of the plan's programmes."""
    return _asked().filter(entitlement__plan=plan)


def _asked() -> "QuerySet[SupportAllocation]":
    return SupportAllocation.objects.select_related("entitlement", "action")


def _find_support(
    request: HttpRequest, slug: str, plan: str, support: str
) -> tuple[ChangePlan, SupportAllocation]:
    known, within = links.known(_asked()), "entitlement__plan"
    return find_part_to_edit(request, slug, plan, known, within, identifier=support)


def _find_programme(
    request: HttpRequest, slug: str, plan: str, programme: str
) -> tuple[ChangePlan, SupportEntitlement]:
    known = SupportEntitlement.objects.all()
    return find_part_to_edit(request, slug, plan, known, "plan", identifier=programme)


def form_page(
    request: HttpRequest,
    plan: ChangePlan,
    sent: Submitted,
    heading: str,
    *,
    back: str = "",
    strip: pages.Strip | None = None,
    **context: Any,
) -> HttpResponse:
    """Answer with a form about days, with the ledger beside it."""
    form: Any = sent.form
    form.cancel_href = back or words.address(plan, "days")
    return plan_page(
        request,
        plan,
        "support/form",
        tab="days",
        status=sent.status,
        form=form,
        differences=sent.differences,
        heading=heading,
        strip=strip or pages.strip(plan),
        **context,
    )


def removal(
    request: HttpRequest,
    plan: ChangePlan,
    record: Removable,
    remove: Callable[..., Any],
    *,
    back: str,
) -> HttpResponse:
    """Ask why something is taken away, then take it away."""
    form: Any = RemovalForm(request.POST or None, initial={"version": record.version})
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, signed_in(request)

        def act() -> None:
            remove(version=given["version"] or 0, by=by, reason=given["reason"])

        return attempt(request, act, f"{record} is removed. It can be brought back.", back)
    form.submit_label, form.cancel_href = "Remove it", back
    status = 422 if form.is_bound else 200
    return plan_page(
        request,
        plan,
        "support/remove",
        tab="days",
        status=status,
        form=form,
        heading=f"Remove {record}?",
        strip=pages.strip(plan),
    )


def attempt(request: HttpRequest, act: Callable[[], None], done: str, back: str) -> HttpResponse:
    """Do what a button asks for, and go back: with what was done, or why it is not possible."""
    try:
        act()
    except (RuleBroken, StaleVersion) as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect(back)


def said(request: HttpRequest, done: str, back: str) -> HttpResponse:
    """Say that something is done, and go back."""
    messages.success(request, done)
    return redirect(back)


def _page(plan: ChangePlan, allocation: SupportAllocation) -> str:
    return words.address(plan, "allocation", allocation.identifier)


def _in_place(
    request: HttpRequest, plan: ChangePlan, sent: Submitted, part: inplace.Part, saved: str
) -> HttpResponse:
    """Answer within the plan: with the form, or with what `saved` says once it is."""
    if sent.record is not None:
        return inplace.done(request, plan, saved, part.row)
    return inplace.form_page(request, plan, sent, part)


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to another page, also from within the plan."""
    within = inplace.is_within(request)
    return HttpResponseClientRedirect(address) if within else redirect(address)


def _begin(request: HttpRequest, form: AllocationForm, number: int, action: str) -> inplace.Part:
    """Fill in what the form is asked for with, and return its place in the plan: that of a
    standard, that of an action, or below the others. 404 where there is no such one."""
    in_plan = {"standard": str(number or ""), "action": action} if number or action else None
    known = _asked_for(in_plan or request.GET, form.offers)
    form.initial.update(known)
    if (number and not known["standards"]) or (action and not known["action"]):
        raise Http404("The plan has no such standard or action.")
    if number:
        row, about = f"standard-{number}", f" for standard {number}"
    elif action:
        row, about = f"action-{action}", f" for “{known['action'].heading}”"
    else:
        row, about = "other", ""
    return inplace.Part(f"Ask for support{about}", f"support-new-{row}", row)


def _asked_for(wanted: Mapping[str, str], offers: Offers) -> dict[str, Any]:
    """Return what the way to the form says already: `programme`, `action` and `standard`."""
    programmes = offers.of("programmes")
    programme = (each for each in programmes if each.identifier == wanted.get("programme"))
    action = (each for each in offers.of("actions") if each.identifier == wanted.get("action"))
    served = [s.pk for s in offers.of("standards") if str(s.number) == wanted.get("standard")]
    return {
        "entitlement": next(programme, programmes[0]),
        "action": next(action, None),
        "standards": served,
    }

"""What was agreed, approved and delivered: recorded while a plan is in work, and afterwards."""

import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.permissions import require
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.submitting import FieldRefused, Submitted
from partnership.views import signed_in

from .. import pages, words
from ..forms.support import AgreementForm, AreaForm, DeliveryForm, RemovalForm
from ..models import ChangePlan, SupportAllocation, SupportDelivery
from ..services import days as services
from . import find_plan
from .support import asked_of, attempt, form_page, removal, said


def find_to_record(
    request: HttpRequest, slug: str, identifier: str, support: str
) -> tuple[ChangePlan, SupportAllocation, str]:
    """Return a plan, support that it asks for, and the address of that."""
    partnership, plan = find_plan(request, slug, identifier)
    require(request.user, Permission.EDIT_PLAN, partnership)
    found = get_object_or_404(asked_of(plan), identifier=support)
    found.entitlement.plan = plan
    return plan, found, words.address(plan, "allocation", found.identifier)


@login_required
def agreement(request: HttpRequest, slug: str, identifier: str, support: str) -> HttpResponse:
    plan, found, back = find_to_record(request, slug, identifier, support)
    shown = copy.copy(found)
    shown.agreed = found.estimated if found.agreed is None else found.agreed
    form = AgreementForm(request.POST or None, instance=shown)
    sent = edit(request, form, lambda given: _agree(request, found, form, given))
    if sent.record is not None:
        return said(request, "The days are agreed.", back)
    context: dict[str, Any] = {
        "strip": pages.agreeing_strip(plan, found, form.proposed),
        "found": found,
        "withdraw": words.address(plan, "agreement_withdraw", support) if found.agreed_at else "",
    }
    return form_page(request, plan, sent, "Agree days", back=back, **context)


def _agree(
    request: HttpRequest, allocation: SupportAllocation, form: AgreementForm, given: dict[str, Any]
) -> SupportAllocation:
    """Agree the days, or let the form ask whether its writer knows that they are too many. Says
    at which field of it a refusal is mended."""
    agreed = services.Agreement(
        given["agreed"],
        given["confirmed_for_provider_by"],
        given["confirmed_on"],
        given["acknowledged"],
    )
    version, by = given["version"] or 0, signed_in(request)
    try:
        return services.agree_days(allocation=allocation, agreement=agreed, version=version, by=by)
    except services.Unacknowledged as asked:
        form.fields["acknowledged"].ask(asked.problem)  # type: ignore[attr-defined]
        raise FieldRefused(str(asked), "acknowledged") from asked
    except RuleBroken as refused:
        raise FieldRefused(str(refused), "agreed") from refused


@login_required
@require_POST
def agreement_withdraw(
    request: HttpRequest, slug: str, identifier: str, support: str
) -> HttpResponse:
    _, found, back = find_to_record(request, slug, identifier, support)
    form = RemovalForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0

    def withdraw() -> None:
        services.withdraw_agreement(allocation=found, version=version or 0, by=signed_in(request))

    return attempt(request, withdraw, "The agreement is withdrawn.", back)


@login_required
def area(request: HttpRequest, slug: str, identifier: str, support: str) -> HttpResponse:
    plan, found, back = find_to_record(request, slug, identifier, support)

    def approve(given: dict[str, Any]) -> SupportAllocation:
        return services.approve_area(
            allocation=found,
            meeting=given["area_approved_at"],
            minute=given["area_minute"],
            version=given["version"] or 0,
            by=signed_in(request),
        )

    form = AreaForm(request.POST or None, plan=plan, instance=copy.copy(found))
    sent = edit(request, form, approve)
    if sent.record is not None:
        return said(request, "Saved.", back)
    return _beside(request, plan, found, sent, "The board’s approval", back)


@login_required
def delivery_new(request: HttpRequest, slug: str, identifier: str, support: str) -> HttpResponse:
    plan, found, back = find_to_record(request, slug, identifier, support)

    def record(given: dict[str, Any]) -> SupportDelivery:
        del given["version"]
        return services.record_delivery(allocation=found, values=given, by=signed_in(request))

    sent = edit(request, DeliveryForm(request.POST or None), record)
    if sent.record is not None:
        return _delivered(request, plan, found, back)
    return _beside(request, plan, found, sent, "Record a delivery", back)


@login_required
def delivery_edit(
    request: HttpRequest, slug: str, identifier: str, support: str, delivery: str
) -> HttpResponse:
    plan, found, back = find_to_record(request, slug, identifier, support)
    given_before = get_object_or_404(found.deliveries, identifier=delivery)

    def change(given: dict[str, Any]) -> SupportDelivery:
        version = given.pop("version") or 0
        return services.edit_delivery(
            delivery=given_before, changes=given, version=version, by=signed_in(request)
        )

    form = DeliveryForm(request.POST or None, instance=copy.copy(given_before))
    sent = edit(request, form, change)
    if sent.record is not None:
        return _delivered(request, plan, found, back)
    return _beside(request, plan, found, sent, "Edit a delivery", back)


@login_required
def delivery_remove(
    request: HttpRequest, slug: str, identifier: str, support: str, delivery: str
) -> HttpResponse:
    plan, found, back = find_to_record(request, slug, identifier, support)
    gone = get_object_or_404(found.deliveries, identifier=delivery)

    def remove(**given: Any) -> SupportDelivery:
        return services.remove_delivery(delivery=gone, **given)

    return removal(request, plan, gone, remove, back=back)


def _beside(
    request: HttpRequest,
    plan: ChangePlan,
    allocation: SupportAllocation,
    sent: Submitted,
    heading: str,
    back: str,
) -> HttpResponse:
    """Answer with a form about support, with the ledger of its programme beside it."""
    strip = pages.strip(plan, allocation)
    return form_page(request, plan, sent, heading, back=back, strip=strip, found=allocation)


def _delivered(
    request: HttpRequest, plan: ChangePlan, allocation: SupportAllocation, back: str
) -> HttpResponse:
    """Say that a delivery is saved, and loudly if more is delivered than was agreed."""
    messages.success(request, "Saved.")
    if warning := pages.over_delivered(allocation):
        messages.warning(request, warning)
    return redirect(back)

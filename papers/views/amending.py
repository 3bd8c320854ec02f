"""What a board wants changed in a plan: written down with its decision, settled by the managers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from changeplan.comparing import Comparison
from changeplan.models import Action, ChangePlan
from changeplan.views import find_plan
from partnership.editing import edit
from partnership.models import Partnership
from partnership.permissions import can, require
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.rules import RuleBroken
from partnership.views import posted_number, signed_in

from ..forms.deciding import AmendmentForm
from ..models import Amendment
from ..pages.amendments import asked_of_plan
from ..services import amending as services
from . import crumbs
from .deciding import address, find_decision, find_to_record

STALE = "Somebody has changed this since you read it. Nothing is changed yet: compare the texts."


@login_required
def decision_amend(request: HttpRequest, slug: str, identifier: str, decision: str) -> HttpResponse:
    """Say with a decision what the board wants changed in the plan: first of what, then how."""
    partnership, paper = find_to_record(request, slug, identifier)
    if paper.plan is None:
        raise Http404("This paper is about no plan.")
    found = find_decision(paper, decision)
    action, field = _chosen(request, paper.plan)
    now = services.words_now(action, field)
    form = AmendmentForm(request.POST or None, initial={"text": now})

    def add(given: dict[str, Any]) -> Amendment:
        by = signed_in(request)
        return services.add_amendment(decision=found, action=action, field=field, by=by, **given)

    form.cancel_href = here = request.path
    sent = edit(request, form, add)
    if sent.record is not None:
        messages.success(request, "The amendment is added.")
        return redirect(here)
    context = {
        "partnership": partnership,
        "crumbs": [*crumbs(paper), ("Decisions", address(paper))],
        "paper": paper,
        "decision": found,
        "amendments": found.amendments.select_related("action"),
        "actions": paper.plan.actions.order_by("number"),
        "fields": Amendment.Field.choices[1:],
        "chosen": action,
        "field": field,
        "now": now,
        "form": form if "field" in request.GET else None,
    }
    return render(request, "papers/amend.html", context, status=sent.status)


@login_required
@require_POST
def amendment_drop(
    request: HttpRequest, slug: str, identifier: str, decision: str, amendment: str
) -> HttpResponse:
    _, paper = find_to_record(request, slug, identifier)
    found = get_object_or_404(find_decision(paper, decision).amendments.all(), identifier=amendment)
    try:
        services.drop_amendment(amendment=found, by=signed_in(request))
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return redirect("papers:decision_amend", slug, identifier, decision)


@login_required
def amendments(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """What boards want changed in a plan, and what became of it."""
    partnership, plan = _find_asked(request, slug, identifier)
    return _page(request, partnership, plan)


@login_required
@require_POST
def amendment_settle(
    request: HttpRequest, slug: str, identifier: str, amendment: str
) -> HttpResponse:
    """Make an amendment, or say that it was made by hand, or why it is not."""
    partnership, plan = _find_asked(request, slug, identifier)
    require(request.user, Permission.EDIT_PLAN, partnership)
    known = Amendment.objects.filter(decision__recommendation__paper__plan=plan)
    found = get_object_or_404(
        known.select_related("decision__recommendation__paper__plan"), identifier=amendment
    )
    try:
        messages.success(request, _settle(request, found))
    except StaleVersion:
        return _page(request, partnership, plan, stale=found)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return redirect(f"{_address(plan)}#amendment-{found.identifier}")


@login_required
@require_POST
def amended_version(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Form the version in which the amendments stand."""
    partnership, plan = _find_asked(request, slug, identifier)
    require(request.user, Permission.EDIT_PLAN, partnership)
    with_others, by = bool(request.POST.get("others")), signed_in(request)
    try:
        version = services.form_version(plan=plan, with_others=with_others, by=by)
    except services.OthersGoIn as refused:
        return _page(request, partnership, plan, others=refused.others)
    except (RuleBroken, StaleVersion) as refused:
        messages.error(request, str(refused))
        return redirect(_address(plan))
    messages.success(request, f"Version {version.number} is formed, and approved as amended.")
    return redirect("changeplan:version", slug, plan.identifier, version.number)


def _settle(request: HttpRequest, found: Amendment) -> str:
    """Do what the pressed button says, and return what is done."""
    by, how = signed_in(request), request.POST.get("how", "")
    if how == "make":
        services.make_amendment(amendment=found, version=posted_number(request), by=by)
        return "The change is made."
    if how == "made":
        services.mark_made(amendment=found, by=by)
        return "Marked as made."
    if how == "decline":
        reason = request.POST.get("reason", "")
        services.decline_amendment(amendment=found, reason=reason, by=by)
        return "Recorded: it is not made."
    if how == "reopen":
        services.reopen_amendment(amendment=found, by=by)
        return "The amendment is open again. The plan stays as it is."
    raise Http404("There is no such button.")


def _page(
    request: HttpRequest,
    partnership: Partnership,
    plan: ChangePlan,
    stale: Amendment | None = None,
    others: Comparison | None = None,
) -> HttpResponse:
    slug = partnership.slug
    context = {
        "partnership": partnership,
        "crumbs": [
            ("Change plans", reverse("changeplan:plans", args=[slug])),
            (plan.title, reverse("changeplan:plan", args=[slug, plan.identifier])),
        ],
        "plan": plan,
        "page": asked_of_plan(plan),
        "may_edit": can(request.user, Permission.EDIT_PLAN, partnership),
        "stale": stale,
        "stale_words": STALE,
        "others": others,
    }
    status = 409 if stale or others else 200
    return render(request, "papers/amendments.html", context, status=status)


def _find_asked(request: HttpRequest, slug: str, identifier: str) -> tuple[Partnership, ChangePlan]:
    partnership, plan = find_plan(request, slug, identifier)
    require(request.user, Permission.VIEW_DRAFT_PLAN, partnership)
    return partnership, plan


def _chosen(request: HttpRequest, plan: ChangePlan) -> tuple[Action | None, str]:
    """Return the action and the field that the address chooses: none of both for words alone."""
    identifier = request.GET.get("action", "").replace("\0", "")
    action = plan.actions.filter(identifier=identifier).first() if identifier else None
    field = request.GET.get("field", "")
    known = action and field in Amendment.Field.values
    return action, field if known else ""


def _address(plan: ChangePlan) -> str:
    return reverse("papers:amendments", args=[plan.partnership.slug, plan.identifier])

"""The steps of a plan between its manager and the board: one page for each, to think again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from partnership.editing import edit
from partnership.permissions import require
from partnership.roles import Permission
from partnership.views import signed_in

from .. import words
from ..forms.states import ApproveForm, ReasonForm, ReturnForm, StepForm, SubmitForm
from ..models import ChangePlan
from ..services import states
from . import find_plan, plan_page


@dataclass(frozen=True)
class Step:
    """A step: what it is called, what will happen, who may take it, and what says that it is
    done. `states` are those from which it leads; `of_version`: it is about the version that is
    before the board."""

    title: str
    effects: tuple[str, ...]
    permission: Permission
    form: type[StepForm]
    service: Callable[..., Any]
    done: str
    states: tuple[str, ...]
    of_version: bool = False


NOT_NOW = "What you were about to do is not possible now."
State = ChangePlan.State
EDITABLE = State.DRAFT, State.RETURNED
BEFORE_THE_BOARD = (State.SUBMITTED,)

STEPS = {
    "submit": Step(
        "Submit to the board",
        (
            "The plan as it is now becomes a version, which never changes.",
            "The plan stands still until the board has decided, or you withdraw it.",
            "Board members and observers can read it.",
        ),
        Permission.EDIT_PLAN,
        SubmitForm,
        states.submit_plan,
        "The plan is before the board.",
        EDITABLE,
    ),
    "withdraw": Step(
        "Withdraw the plan",
        (
            "The version before the board stays in the list, marked as withdrawn.",
            "The plan can be changed again.",
        ),
        Permission.EDIT_PLAN,
        ReasonForm,
        states.withdraw_plan,
        "The plan is withdrawn, and can be changed.",
        BEFORE_THE_BOARD,
        of_version=True,
    ),
    "approve": Step(
        "Record the approval",
        (
            "This version is in force from now on.",
            "A plan of an earlier cycle, from which this one started, is superseded.",
        ),
        Permission.DECIDE_PLAN,
        ApproveForm,
        states.approve_plan,
        "The approval is recorded.",
        BEFORE_THE_BOARD,
        of_version=True,
    ),
    "return": Step(
        "Record that the board returned the plan",
        ("The plan can be changed again, and its manager reads why.",),
        Permission.DECIDE_PLAN,
        ReturnForm,
        states.return_plan,
        "The plan is returned, and can be changed.",
        BEFORE_THE_BOARD,
        of_version=True,
    ),
    "begin": Step(
        "Begin a new version",
        (
            "The plan can be changed again.",
            "The approved version stays in force.",
            "Board members and observers read that one until the next is submitted.",
        ),
        Permission.EDIT_PLAN,
        StepForm,
        states.begin_version,
        "A new version is in work. The approved one stays in force.",
        (State.APPROVED,),
    ),
    "drop": Step(
        "Leave it at the approved version",
        ("Nothing has been changed since the approval, so nothing is lost.",),
        Permission.EDIT_PLAN,
        StepForm,
        states.drop_version,
        "The plan stands as it was approved.",
        EDITABLE,
    ),
    "supersede": Step(
        "Take the plan out of force",
        (
            "The plan is superseded, and can never be changed again. Everybody can still read it.",
            "Do this where another plan has taken its place without having started from it.",
        ),
        Permission.DECIDE_PLAN,
        ReasonForm,
        states.supersede_plan,
        "The plan is superseded.",
        (State.APPROVED,),
    ),
}


@login_required
def step(request: HttpRequest, slug: str, identifier: str, step: str) -> HttpResponse:
    partnership, plan = find_plan(request, slug, identifier)
    if (chosen := STEPS.get(step)) is None:
        raise Http404("There is no such step.")
    require(request.user, chosen.permission, partnership)
    if request.method == "GET" and plan.state not in chosen.states:
        raise PermissionDenied(f"This plan is: {plan.get_state_display().lower()}. {NOT_NOW}")
    pending = plan.versions.filter(outcome="pending").defer("content").first()
    initial = {"number": pending.number if pending else None}
    typed = request.POST if request.method == "POST" else None
    form = chosen.form(typed, partnership=partnership, initial=initial)
    form.submit_label, form.cancel_href = chosen.title, words.address(plan)
    sent = edit(request, form, lambda given: _take(request, plan, chosen, given))
    if sent.record is not None:
        messages.success(request, chosen.done)
        return redirect(words.address(plan))
    return plan_page(
        request, plan, "step", status=sent.status, form=sent.form, step=chosen, pending=pending
    )


def _take(request: HttpRequest, plan: ChangePlan, step: Step, given: dict[str, Any]) -> Any:
    number = given.pop("number")
    about = {"number": number or 0} if step.of_version else {}
    return step.service(plan=plan, by=signed_in(request), **given, **about)

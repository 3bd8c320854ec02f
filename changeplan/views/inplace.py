"""Forms that open within the plan's page, as `partnership.inplace` does it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from partnership import inplace
from partnership.inplace import Part, Place, is_within
from partnership.submitting import Submitted

from .. import words
from ..models import ChangePlan
from . import plan_page

__all__ = ["Part", "done", "form_page", "is_within", "passed", "press"]


def form_page(
    request: HttpRequest, plan: ChangePlan, sent: Submitted, part: Part, **context: Any
) -> HttpResponse:
    """Answer with a form: as a page, or as the part that htmx asked for."""
    return inplace.form_page(request, _place(request, plan), sent, part, **context)


def done(request: HttpRequest, plan: ChangePlan, said: str, row: str) -> HttpResponse:
    """Answer what was saved with the plan as it is now, narrowed as its reader had it."""
    return inplace.done(request, _place(request, plan), said, row)


def press(
    request: HttpRequest,
    plan: ChangePlan,
    act: Callable[[], Any],
    said: str,
    row: str,
    shown: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Do what a button asks for, and answer like `done`; where it cannot be, say why. `shown` says
    which row is to be seen then, for what `act` returned: `row` where it is not given."""
    return inplace.press(request, _place(request, plan), act, said, row, shown)


def passed(request: HttpRequest, siblings: Any) -> Any:
    """Return the neighbour that a button names to be moved past, 404 where there is none."""
    return get_object_or_404(siblings, identifier=request.POST.get("past", "").replace("\0", ""))


def _place(request: HttpRequest, plan: ChangePlan) -> Place:
    return Place(
        words.address(plan),
        partial(plan_page, request, plan, "plan_form"),
        "changeplan/plan_form_part.html",
        {"plan": plan, "partnership": plan.partnership},
    )

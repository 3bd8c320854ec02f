"""Forms that open within the plan's page, and are pages of their own where no script runs.

htmx asks for the part alone and puts it into the row (static/js/inplace.js); saved, it asks for the
plan's page again and takes the rows from it. Both ways go through the same addresses and views.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import reselect, reswap, retarget

from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from partnership.submitting import Submitted

from .. import words
from ..models import ChangePlan
from . import plan_page


@dataclass(frozen=True)
class Part:
    """A form of a row: its heading; `into`, the id of the part of the page in which it opens; and
    `row`, the id of what takes the focus when it is saved."""

    heading: str
    into: str
    row: str


def form_page(
    request: HttpRequest, plan: ChangePlan, sent: Submitted, part: Part, **context: Any
) -> HttpResponse:
    """Answer with a form: as a page, or as the part that htmx asked for."""
    form: Any = sent.form
    form.address = request.path
    form.form_id = "form"
    form.cancel_href = home(plan, part.row)
    context |= {"form": form, "part": part, "differences": sent.differences}
    if not request.htmx:  # type: ignore[attr-defined]
        return plan_page(request, plan, "plan_form", status=sent.status, **context)
    form.form_id = f"form-{part.into}"
    form.auto_id = f"{part.into}-%s"
    around = {"plan": plan, "partnership": plan.partnership, "in_place": True}
    place = "changeplan/plan_form_part.html"
    response = render(request, place, around | context, status=sent.status)
    if sent.status == 200:
        return response
    own = f"#place-{part.into}"
    return reselect(reswap(retarget(response, own), "outerHTML"), own)


def done(request: HttpRequest, plan: ChangePlan, said: str, row: str) -> HttpResponse:
    """Answer what was saved with the plan as it is now, narrowed as its reader had it."""
    messages.success(request, said)
    shown = request.htmx.current_url_abs_path  # type: ignore[attr-defined]
    address = words.address(plan)
    if shown and shown.split("?")[0] == address:
        return redirect(shown)
    return redirect(home(plan, row))


def passed(request: HttpRequest, siblings: Any) -> Any:
    """Return the neighbour that a button names to be moved past, 404 where there is none."""
    return get_object_or_404(siblings, identifier=request.POST.get("past", "").replace("\0", ""))


def home(plan: ChangePlan, row: str) -> str:
    """Return the address of a row of the plan."""
    return f"{words.address(plan)}#{row}"


def press(request: HttpRequest, plan: ChangePlan, act: Any, said: str, row: str) -> HttpResponse:
    """Do what a button asks for, and answer like `done`; where it cannot be, say why."""
    try:
        act()
    except (RuleBroken, StaleVersion) as refused:
        messages.error(request, str(refused))
        return redirect(home(plan, row))
    return done(request, plan, said, row)

"""Starting a paper, and saying what it is about."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from changeplan.models import ChangePlan
from partnership.editing import edit
from partnership.models import Group, Partnership
from partnership.permissions import require
from partnership.roles import Permission
from partnership.views import find_partnership, signed_in
from standards.models import Exercise

from ..forms.starting import AboutForm, StartForm
from ..models import Paper
from ..services.fronting import change_facts
from ..services.starting import start_paper
from . import crumbs, find_paper


@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    require(request.user, Permission.COMPOSE_PAPER, partnership)
    form = StartForm(
        request.POST or None, partnership=partnership, initial=_asked_for(request, partnership)
    )
    form.cancel_href = reverse("papers:papers", args=[slug])
    by = signed_in(request)
    sent = edit(request, form, lambda given: start_paper(partnership=partnership, by=by, **given))
    if (paper := sent.record) is not None:
        messages.success(request, "The paper is started, drafted from what is recorded.")
        return redirect("papers:compose", slug, paper.identifier)
    context = {
        "partnership": partnership,
        "crumbs": [("Papers", form.cancel_href)],
        "form": sent.form,
    }
    return render(request, "papers/start.html", context, status=sent.status)


@login_required
def about(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    paper = find_to_front(request, slug, identifier)
    form = AboutForm(request.POST or None, instance=find_to_front(request, slug, identifier))
    form.cancel_href = reverse("papers:paper", args=[slug, identifier])

    def change(given: dict[str, Any]) -> Paper:
        version, by = given.pop("version") or 0, signed_in(request)
        return change_facts(paper=paper, changes=given, version=version, by=by)

    sent = edit(request, form, change)
    if sent.record is not None:
        messages.success(request, "Saved.")
        return redirect(form.cancel_href)
    context = {
        "partnership": paper.partnership,
        "crumbs": crumbs(paper),
        "kicker": paper.title,
        "heading": "About this paper",
        "form": sent.form,
        "differences": sent.differences,
    }
    return render(request, "form_page.html", context, status=sent.status)


def find_to_front(request: HttpRequest, slug: str, identifier: str) -> Paper:
    """Return a paper to one who may write papers."""
    partnership, paper = find_paper(request, slug, identifier)
    require(request.user, Permission.COMPOSE_PAPER, partnership)
    return paper


def _asked_for(request: HttpRequest, partnership: Partnership) -> dict[str, Any]:
    """Return the kind, the exercise and the plan that the address names, where a plan brings its
    own exercise; else the last exercise. It usually goes to the board."""
    kind, named = request.GET.get("kind", ""), request.GET.get("exercise", "")
    asked: dict[str, Any] = {"kind": kind if kind in Paper.Kind.values else Paper.Kind.RESULTS}
    exercises = Exercise.objects.visible_to(request.user).filter(partnership=partnership)
    plans = ChangePlan.objects.visible_to(request.user).filter(partnership=partnership)
    if named.isalnum():
        asked["exercise"] = exercises.filter(identifier=named).first()
    if (named := request.GET.get("plan", "")).isalnum():
        asked["plan"] = plans.filter(identifier=named).select_related("exercise").first()
        asked["exercise"] = asked["plan"] and asked["plan"].exercise
    asked["exercise"] = asked.get("exercise") or exercises.closed().first()
    asked["addressed_to"] = partnership.groups.filter(kind=Group.Kind.BOARD).first()
    return asked

"""What the working groups said, standard by standard, and the comments picked for a finding."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from partnership import drafts
from partnership.editing import edit
from partnership.models import Draft
from partnership.numbers import counted
from partnership.permissions import can, require
from partnership.roles import Permission
from partnership.views import signed_in

from ..comments import comments_by_standard
from ..forms import FilterForm, PickForm
from ..models import Comment, Exercise
from ..services.findings import link_comments
from . import address, exercise_page, find_exercise, shows_results


@login_required
def comments(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_exercise(request, slug, identifier, Permission.VIEW_COMMENTS)
    if request.method == "POST":
        require(request.user, Permission.EDIT_FINDINGS, found.partnership)
        return _pick(request, found)
    if not can(request.user, Permission.EDIT_FINDINGS, found.partnership):
        return _page(request, found)
    form = PickForm(exercise=found)
    drafts.restore(request, form)
    return _page(request, found, form)


def _page(
    request: HttpRequest, exercise: Exercise, form: PickForm | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the comments, narrowed as the address says; with `form` they can be picked."""
    filters = FilterForm(request.GET, exercise=exercise, auto_id="filter_%s")
    said = comments_by_standard(exercise, **filters.narrowed())
    shown = {str(comment.pk) for each in said for comment in each.comments}
    picked = form.picked() if form else set()
    return exercise_page(
        request,
        exercise,
        "comments",
        status=status,
        said=said,
        contents=[(each.label, f"#{each.key}") for each in said],
        shows_findings=shows_results(request, exercise),
        filters=filters,
        filtered=bool(filters.chosen()),
        form=form,
        picked=picked,
        unseen=sorted(picked - shown),
        first=said[0].comments[0].pk if said else None,
    )


def _pick(request: HttpRequest, exercise: Exercise) -> HttpResponse:
    """Do what one of the buttons under the comments says with those that are picked."""
    wanted = request.POST.get("do")
    if wanted == "show":
        return _show(request, exercise)
    if wanted == "none":
        drafts.forget(place=request.path, by=signed_in(request))
        return redirect(request.get_full_path())
    form = PickForm(request.POST, exercise=exercise)
    act = _add if wanted == "add" else _carry
    sent = edit(request, form, lambda given: act(request, exercise, given))
    if sent.record is None:
        return _page(request, exercise, form, sent.status)
    there = address(exercise, "finding_new") if wanted != "add" else request.get_full_path()
    return redirect(there)


def _show(request: HttpRequest, exercise: Exercise) -> HttpResponse:
    """Narrow the comments, and keep what is picked also where it is not shown any more."""
    kept = {name: request.POST.getlist(name) for name in ("comments", "finding")}
    if kept["comments"]:
        drafts.keep(place=request.path, fields=kept, by=signed_in(request))
    else:
        drafts.forget(place=request.path, by=signed_in(request))
    chosen = FilterForm(request.POST, exercise=exercise).chosen()
    return redirect(f"{request.path}?{urlencode(chosen)}")


def _carry(request: HttpRequest, exercise: Exercise, given: dict[str, Any]) -> Draft:
    """Take the picked comments along to a new finding, which is a draft until it is saved."""
    picked: Iterable[Comment] = given["comments"]
    standards = {str(comment.standard_id) for comment in picked if comment.standard_id}
    fields = {"comments": [str(comment.pk) for comment in picked], "standards": sorted(standards)}
    place = address(exercise, "finding_new")
    return drafts.add(place=place, fields=fields, by=signed_in(request))


def _add(request: HttpRequest, exercise: Exercise, given: dict[str, Any]) -> Any:
    finding = given["finding"]
    linked = link_comments(finding=finding, comments=given["comments"], by=signed_in(request))
    name = f"{finding.get_kind_display().lower()} {finding.number}"
    what = counted(len(given["comments"]), "comment")
    messages.success(request, f"{what} added to {name}: “{finding}”.")
    return linked

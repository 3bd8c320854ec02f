"""What the officers conclude, and what it rests on: read, written, ordered, removed."""

import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.permissions import can
from partnership.records import StaleVersion
from partnership.roles import Permission
from partnership.views import moved_to, posted_number, signed_in

from ..conclusions import findings_of, removed_findings
from ..forms import FindingForm
from ..models import Exercise, Finding
from ..pages.history import findings_history
from ..services import findings as services
from . import address, exercise_page, find_exercise, find_results, shows_comments
from .setup import refused


def find_to_conclude(request: HttpRequest, slug: str, identifier: str) -> Exercise:
    """Return an exercise whose findings the user may change, 403 else."""
    return find_exercise(request, slug, identifier, Permission.EDIT_FINDINGS)


def find_finding(request: HttpRequest, slug: str, identifier: str, finding: str) -> Finding:
    """Return a finding that the user may change, also a removed one, with its exercise."""
    exercise = find_to_conclude(request, slug, identifier)
    found = get_object_or_404(Finding.everything, exercise=exercise, identifier=finding)
    found.exercise = exercise
    return found


def find_kept(request: HttpRequest, slug: str, identifier: str, finding: str) -> Finding:
    """The same, 404 for a removed one."""
    found = find_finding(request, slug, identifier, finding)
    if found.removed_at:
        raise Http404("This finding was removed.")
    return found


@login_required
def findings(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_results(request, slug, identifier)
    may_edit = can(request.user, Permission.EDIT_FINDINGS, found.partnership)
    sources = shows_comments(request, found)
    return exercise_page(
        request,
        found,
        "findings",
        said=findings_of(found, with_comments=sources),
        with_sources=sources,
        may_edit=may_edit,
        removed=removed_findings(found) if may_edit else (),
    )


@login_required
def findings_past(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    """Who changed which finding, for those who may change them."""
    found = find_to_conclude(request, slug, identifier)
    past = findings_history(found, request.GET)
    return exercise_page(request, found, "findings/history", past=past)


@login_required
def finding_new(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    found = find_to_conclude(request, slug, identifier)
    form = FindingForm(request.POST or None, exercise=found)
    form.submit_label, form.cancel_href = "Save the finding", address(found, "findings")
    sent = edit(request, form, lambda given: _make(request, found, given))
    if sent.record is None:
        if form.draft and not any(form[name].value() for name in ("title", "text")):
            form.draft = None  # comments that were picked, and nothing typed yet
        return _form_page(request, found, "findings/new", sent)
    messages.success(request, f"{sent.record.get_kind_display()} {sent.record.number} is saved.")
    if sent.record.kind == Finding.Kind.PRIORITY:
        return redirect(finding_address(sent.record, "attributions"))
    return redirect(place_of(sent.record))


def _make(request: HttpRequest, exercise: Exercise, given: dict[str, Any]) -> Finding:
    values = {name: given[name] for name in ("title", "text", "standards", "comments")}
    by = signed_in(request)
    return services.make_finding(exercise=exercise, kind=given["kind"], values=values, by=by)


@login_required
def finding_edit(request: HttpRequest, slug: str, identifier: str, finding: str) -> HttpResponse:
    found = find_kept(request, slug, identifier, finding)
    mine: dict[str, Any] = {"exercise": found.exercise, "instance": copy.copy(found)}
    form = FindingForm(request.POST or None, **mine)
    form.cancel_href = place_of(found)
    sent = edit(request, form, lambda given: _edit(request, found, given))
    if sent.record is None:
        return _form_page(request, found.exercise, "findings/edit", sent, finding=found)
    messages.success(request, "Saved.")
    return redirect(place_of(found))


def _edit(request: HttpRequest, finding: Finding, given: dict[str, Any]) -> Finding:
    version = given.pop("version") or 0
    by = signed_in(request)
    return services.edit_finding(finding=finding, changes=given, version=version, by=by)


@login_required
@require_POST
def finding_move(request: HttpRequest, slug: str, identifier: str, finding: str) -> HttpResponse:
    found = find_kept(request, slug, identifier, finding)
    services.move_finding(finding=found, to=posted_number(request, "to"), by=signed_in(request))
    last = found.exercise.findings.filter(kind=found.kind).count()
    moved = moved_to(request, found, last)
    return redirect(f"{address(found.exercise, 'findings')}#{moved}")


@login_required
@require_POST
def finding_remove(request: HttpRequest, slug: str, identifier: str, finding: str) -> HttpResponse:
    found = find_kept(request, slug, identifier, finding)
    try:
        services.remove_finding(
            finding=found, version=posted_number(request), by=signed_in(request)
        )
    except StaleVersion as why:
        return refused(request, found.exercise, str(why), place_of(found), "Look at it again")
    messages.success(request, f"“{found}” is removed. You can bring it back.")
    return redirect(f"{address(found.exercise, 'findings')}#back-{found.identifier}")


@login_required
@require_POST
def finding_restore(request: HttpRequest, slug: str, identifier: str, finding: str) -> HttpResponse:
    found = find_finding(request, slug, identifier, finding)
    back = services.restore_finding(finding=found, by=signed_in(request))
    messages.success(request, f"“{back}” is back.")
    return redirect(place_of(back))


def finding_address(finding: Finding, name: str, *more: object) -> str:
    """Return the address of one of a finding's pages."""
    return address(finding.exercise, name, finding.identifier, *more)


def place_of(finding: Finding) -> str:
    """Return where a finding stands on the page of all."""
    return f"{address(finding.exercise, 'findings')}#{finding.kind}-{finding.number}"


def _form_page(
    request: HttpRequest, exercise: Exercise, name: str, sent: Any, **context: Any
) -> HttpResponse:
    context |= {"form": sent.form, "differences": sent.differences}
    return exercise_page(request, exercise, name, status=sent.status, **context)

"""Who raised a finding, how strongly, in whose words."""

import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.records import StaleVersion
from partnership.submitting import Submitted
from partnership.views import moved_to, posted_number, signed_in

from ..forms import AttributionForm
from ..models import Attribution, Finding
from ..services import findings as services
from . import exercise_page
from .findings import find_kept, finding_address
from .setup import refused


def find_attribution(
    request: HttpRequest, slug: str, identifier: str, finding: str, attribution: str
) -> Attribution:
    """Return who raised a finding that the user may change, also one that was removed."""
    kept = find_kept(request, slug, identifier, finding)
    found = get_object_or_404(Attribution.everything, finding=kept, identifier=attribution)
    found.finding = kept
    return found


@login_required
def attributions(request: HttpRequest, slug: str, identifier: str, finding: str) -> HttpResponse:
    found = find_kept(request, slug, identifier, finding)
    form = AttributionForm(request.POST or None, exercise=found.exercise)
    form.submit_label = "Add"
    sent = edit(request, form, lambda given: _make(request, found, given))
    if sent.record is None:
        return _page(request, found, sent)
    messages.success(request, f"Added: {sent.record}.")
    return redirect(finding_address(found, "attributions"))


def _page(request: HttpRequest, finding: Finding, sent: Submitted) -> HttpResponse:
    known = Attribution.everything.filter(finding=finding)
    rows = list(known.select_related("working_group", "cohort", "removed_by"))
    return exercise_page(
        request,
        finding.exercise,
        "findings/raised",
        status=sent.status,
        finding=finding,
        form=sent.form,
        raised=sorted((row for row in rows if not row.removed_at), key=lambda row: row.number),
        removed=[row for row in rows if row.removed_at],
    )


def _make(request: HttpRequest, finding: Finding, given: dict[str, Any]) -> Attribution:
    values = {name: value for name, value in given.items() if name != "version"}
    return services.make_attribution(finding=finding, values=values, by=signed_in(request))


@login_required
def attribution_edit(
    request: HttpRequest, slug: str, identifier: str, finding: str, attribution: str
) -> HttpResponse:
    found = find_attribution(request, slug, identifier, finding, attribution)
    kept = found.finding
    mine: dict[str, Any] = {"exercise": kept.exercise, "instance": copy.copy(found)}
    form = AttributionForm(request.POST or None, **mine)
    form.cancel_href = finding_address(kept, "attributions")
    sent = edit(request, form, lambda given: _edit(request, found, given))
    if sent.record is not None:
        messages.success(request, "Saved.")
        return redirect(form.cancel_href)
    context = {"finding": kept, "form": form, "differences": sent.differences}
    name = "findings/raiser"
    return exercise_page(request, kept.exercise, name, status=sent.status, **context)


def _edit(request: HttpRequest, attribution: Attribution, given: dict[str, Any]) -> Attribution:
    version = given.pop("version") or 0
    by = signed_in(request)
    return services.edit_attribution(attribution=attribution, changes=given, version=version, by=by)


@login_required
@require_POST
def attribution_move(
    request: HttpRequest, slug: str, identifier: str, finding: str, attribution: str
) -> HttpResponse:
    found = find_attribution(request, slug, identifier, finding, attribution)
    to = posted_number(request, "to")
    services.move_attribution(attribution=found, to=to, by=signed_in(request))
    moved = moved_to(request, found, found.finding.attributions.count())
    return redirect(f"{finding_address(found.finding, 'attributions')}#{moved}")


@login_required
@require_POST
def attribution_remove(
    request: HttpRequest, slug: str, identifier: str, finding: str, attribution: str
) -> HttpResponse:
    found = find_attribution(request, slug, identifier, finding, attribution)
    home, version = finding_address(found.finding, "attributions"), posted_number(request)
    try:
        services.remove_attribution(attribution=found, version=version, by=signed_in(request))
    except StaleVersion as why:
        return refused(request, found.finding.exercise, str(why), home, "Look at it again")
    messages.success(request, f"{found} is removed. You can bring it back.")
    return redirect(f"{home}#back-{found.identifier}")


@login_required
@require_POST
def attribution_restore(
    request: HttpRequest, slug: str, identifier: str, finding: str, attribution: str
) -> HttpResponse:
    found = find_attribution(request, slug, identifier, finding, attribution)
    back = services.restore_attribution(attribution=found, by=signed_in(request))
    messages.success(request, f"{back} is back.")
    return redirect(f"{finding_address(found.finding, 'attributions')}#raised-{back.identifier}")

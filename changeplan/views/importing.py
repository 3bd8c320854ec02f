"""A plan that stands in a file comes in: sent, its columns matched, checked row by row, made so."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from partnership.submitting import Submitted, submit
from partnership.views import signed_in

from .. import words
from ..exchange.columns import guess
from ..exchange.reading import read
from ..exchange.sheet import Unreadable
from ..exchange.template import without_examples
from ..forms.importing import CheckForm, ColumnsForm, UploadForm
from ..models import ChangePlan, PlanImport
from ..pages import importing as pages
from ..services import importing as services
from ..services.days import Unacknowledged
from . import find_to_edit, plan_page

STEPS = ("Send the file", "Match the columns", "Check and import")
EMPTY = "The table has no rows under its headings. Fill some in and send the file again."


@login_required
def import_new(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    plan = find_to_edit(request, slug, identifier)
    form = UploadForm()
    sent = Submitted(form)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        sent = submit(form, lambda given: _start(request, plan, given["file"]))
        if sent.record:
            return redirect(_address(sent.record, "import_columns"))
    mine = plan.imports.filter(sent_by=signed_in(request), applied_at=None)
    page: dict[str, Any] = {
        "form": sent.form,
        "steps": STEPS,
        "waiting": pages.waiting_imports(plan, mine),
        "templates": pages.template_files(plan),
    }
    return plan_page(request, plan, "importing/new", status=sent.status, **page)


@login_required
def import_columns(request: HttpRequest, slug: str, identifier: str, sent: str) -> HttpResponse:
    found = _find(request, slug, identifier, sent)
    if found.applied_at:
        return redirect(_address(found, "import_done"))
    sheet = services.sheet_of(found)
    form = ColumnsForm(request.POST or None, sheet=sheet, columns=found.columns)
    tried = Submitted(form)
    if request.method == "POST":
        tried = submit(form, lambda _: services.choose_columns(sent=found, columns=form.columns))
        if tried.record:
            return redirect(_address(found, "import_check"))
    page = pages.columns_page(sheet)
    return _page(request, found, "columns", status=tried.status, form=form, page=page)


@login_required
def import_check(request: HttpRequest, slug: str, identifier: str, sent: str) -> HttpResponse:
    found = _find(request, slug, identifier, sent)
    if found.applied_at:
        return redirect(_address(found, "import_done"))
    proposal, current = services.compared(found)
    kept = services.corrections_of(found)
    form = CheckForm(request.POST or None, proposal=proposal, plan=current, kept=kept)
    tried = Submitted(form)
    if request.method == "POST":
        tried = submit(form, lambda _: _decide(request, found, form))
        if tried.record:
            return redirect(_address(found, "import_check"))
    page = pages.check_page(form)
    return _page(request, found, "check", status=tried.status, form=form, page=page)


@login_required
def import_done(request: HttpRequest, slug: str, identifier: str, sent: str) -> HttpResponse:
    found = _find(request, slug, identifier, sent)
    if not found.applied_at:
        return redirect(_address(found, "import_check"))
    return _page(request, found, "done", page=pages.done_page(found, services.made_by(found)))


@login_required
@require_POST
def import_forget(request: HttpRequest, slug: str, identifier: str, sent: str) -> HttpResponse:
    found = _find(request, slug, identifier, sent)
    services.forget_import(sent=found)
    messages.success(request, f"{found.file_name} is forgotten. The plan is as it was.")
    return redirect(words.address(found.plan, "import_new"))


def _start(request: HttpRequest, plan: ChangePlan, file: UploadedFile) -> PlanImport:
    """Read the file and keep what is in it. Raises ValidationError, in the words of the reader."""
    name = file.name or ""
    try:
        sheet = without_examples(read(name, file.read()))
    except Unreadable as refused:
        raise ValidationError(str(refused)) from None
    if not sheet.rows:
        raise ValidationError(EMPTY)
    by = signed_in(request)
    return services.start_import(
        plan=plan, file_name=name, sheet=sheet, columns=guess(sheet), by=by
    )


def _decide(request: HttpRequest, sent: PlanImport, form: CheckForm) -> PlanImport:
    """Keep what was corrected and, where that was asked for, make it so."""
    services.keep_corrections(sent=sent, corrections=form.corrections)
    if "apply" in request.POST:
        seen, knows = request.POST.get("seen", ""), form.cleaned_data["acknowledged"]
        try:
            services.apply_import(sent=sent, seen=seen, acknowledged=knows, by=signed_in(request))
        except Unacknowledged as asked:
            form.fields["acknowledged"].ask(asked.problem)  # type: ignore[attr-defined]
            raise
    return sent


def _find(request: HttpRequest, slug: str, identifier: str, sent: str) -> PlanImport:
    """Return what the reader sent to be imported; others know nothing of it."""
    plan = find_to_edit(request, slug, identifier)
    found = get_object_or_404(plan.imports, identifier=sent, sent_by=signed_in(request))
    found.plan = plan
    return found


def _address(sent: PlanImport, name: str) -> str:
    return words.address(sent.plan, name, sent.identifier)


def _page(
    request: HttpRequest, sent: PlanImport, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    return plan_page(
        request, sent.plan, f"importing/{name}", status=status, sent=sent, steps=STEPS, **context
    )

"""The front sheet of a paper, line by line. A line is found by its key: its number moves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.records import StaleVersion
from partnership.views import signed_in

from ..forms.starting import LineForm
from ..models import FrontSheetField, Paper
from ..services import fronting as services
from . import crumbs
from .starting import find_to_front


@login_required
def front_sheet(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    paper = find_to_front(request, slug, identifier)
    context = {
        "partnership": paper.partnership,
        "crumbs": crumbs(paper),
        "paper": paper,
        "lines": list(paper.front_sheet.all()),
    }
    return render(request, "papers/front_sheet.html", context)


@login_required
def line_new(request: HttpRequest, slug: str, identifier: str) -> HttpResponse:
    paper = find_to_front(request, slug, identifier)

    def add(given: dict[str, Any]) -> FrontSheetField:
        del given["version"]
        return services.add_line(paper=paper, values=given, by=signed_in(request))

    return _form_page(request, paper, LineForm(request.POST or None), add)


@login_required
def line_edit(request: HttpRequest, slug: str, identifier: str, line: str) -> HttpResponse:
    paper = find_to_front(request, slug, identifier)

    def change(given: dict[str, Any]) -> FrontSheetField:
        version, by = given.pop("version") or 0, signed_in(request)
        found = _find_line(paper, line)
        return services.change_line(line=found, changes=given, version=version, by=by)

    form = LineForm(request.POST or None, instance=_find_line(paper, line))
    return _form_page(request, paper, form, change)


@login_required
@require_POST
def line_move(request: HttpRequest, slug: str, identifier: str, line: str) -> HttpResponse:
    paper = find_to_front(request, slug, identifier)
    to = _number(request.POST.get("to", ""))
    services.move_line(line=_find_line(paper, line), to=to, by=signed_in(request))
    return redirect(f"{_address(paper)}#line-{line}")


@login_required
@require_POST
def line_remove(request: HttpRequest, slug: str, identifier: str, line: str) -> HttpResponse:
    paper = find_to_front(request, slug, identifier)
    found, version = _find_line(paper, line), _number(request.POST.get("version", ""))
    try:
        services.remove_line(line=found, version=version, by=signed_in(request))
    except StaleVersion as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{found.label}” is taken off the front sheet.")
    return redirect(_address(paper))


def _form_page(request: HttpRequest, paper: Paper, form: LineForm, act: Any) -> HttpResponse:
    form.cancel_href = _address(paper)
    sent = edit(request, form, act)
    if sent.record is not None:
        messages.success(request, "Saved.")
        return redirect(_address(paper))
    context = {
        "partnership": paper.partnership,
        "crumbs": [*crumbs(paper), ("Front sheet", _address(paper))],
        "kicker": paper.title,
        "heading": "A line of the front sheet",
        "form": sent.form,
        "differences": sent.differences,
    }
    return render(request, "form_page.html", context, status=sent.status)


def _find_line(paper: Paper, key: str) -> FrontSheetField:
    return get_object_or_404(paper.front_sheet.select_related("paper"), pk=int(key))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0


def _address(paper: Paper) -> str:
    return reverse("papers:front_sheet", args=[paper.partnership.slug, paper.identifier])

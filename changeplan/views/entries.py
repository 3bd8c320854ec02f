"""Writing the current status of a standard, statement by statement."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from partnership.editing import edit
from partnership.views import signed_in

from ..forms.entries import StatementForm
from ..models import ChangePlan, PlanEntry, StatusStatement
from ..pages.rows import neighbours
from ..services import entries as services
from . import find_part_to_edit
from .inplace import Part, done, form_page, passed, press


@login_required
def statement_new(request: HttpRequest, slug: str, identifier: str, number: int) -> HttpResponse:
    known, which = PlanEntry.objects.all(), {"standard__number": number}
    plan, entry = find_part_to_edit(request, slug, identifier, known, "plan", **which)

    def add(given: dict[str, Any]) -> StatusStatement:
        return services.add_statement(entry=entry, text=given["text"], by=signed_in(request))

    row = f"standard-{number}"
    sent = edit(request, StatementForm(request.POST or None), add)
    if sent.record is not None:
        return done(request, plan, "The statement is added.", row)
    part = Part(f"Current status of standard {number}: one more statement", f"new-{number}", row)
    return form_page(request, plan, sent, part)


@login_required
def statement_edit(
    request: HttpRequest, slug: str, identifier: str, statement: str
) -> HttpResponse:
    plan, found = _find(request, slug, identifier, statement)

    def change(given: dict[str, Any]) -> StatusStatement:
        version, by = given.pop("version") or 0, signed_in(request)
        return services.edit_statement(statement=found, version=version, by=by, **given)

    sent = edit(request, StatementForm(request.POST or None, statement=found), change)
    if sent.record is not None:
        return done(request, plan, "Saved.", _row(found))
    heading = f"Current status of standard {found.entry.standard.number}"
    part = Part(heading, f"statement-{found.identifier}", _row(found))
    return form_page(request, plan, sent, part, moves=_moves(found), statement=found)


@login_required
@require_POST
def statement_move(
    request: HttpRequest, slug: str, identifier: str, statement: str
) -> HttpResponse:
    plan, found = _find(request, slug, identifier, statement)
    past = passed(request, found.entry.status)

    def move() -> None:
        services.move_statement(statement=found, past=past, by=signed_in(request))

    return press(request, plan, move, "Moved.", _row(found))


@login_required
@require_POST
def statement_remove(
    request: HttpRequest, slug: str, identifier: str, statement: str
) -> HttpResponse:
    plan, found = _find(request, slug, identifier, statement)

    def remove() -> None:
        services.remove_statement(statement=found, version=found.version, by=signed_in(request))

    said = "The statement is removed. “Retired and removed” brings it back."
    return press(request, plan, remove, said, _row(found))


def _find(
    request: HttpRequest, slug: str, identifier: str, statement: str
) -> tuple[ChangePlan, StatusStatement]:
    known = StatusStatement.objects.select_related("entry__standard")
    return find_part_to_edit(request, slug, identifier, known, "entry__plan", identifier=statement)


def _row(statement: StatusStatement) -> str:
    return f"standard-{statement.entry.standard.number}"


def _moves(statement: StatusStatement) -> dict[str, str]:
    siblings = list(statement.entry.status.order_by("number").values_list("identifier", flat=True))
    gone = statement.identifier not in siblings  # since it was found
    return {} if gone else neighbours(siblings, siblings.index(statement.identifier))

"""The log of decisions: of a partnership, by meeting, and of one action."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from changeplan.models import ChangePlan
from changeplan.views import find_plan
from partnership import filters, sheets
from partnership.models import Group, Partnership
from partnership.permissions import can
from partnership.richtext import parse, plain_text
from partnership.roles import Permission
from partnership.views import find_partnership

from ..decisions import effect, known, log, on_action, present_words
from ..models import Decision, Paper

HEADINGS = (
    *("Meeting", "Date", "Paper", "Recommendation", "Asked", "Decided", "As amended"),
    *("Deferred to", "Conditions", "Minute", "Present", "Quorum", "Confirmed", "Effect"),
)


@login_required
def decision_log(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of the partnership's bodies, by meeting, the latest first."""
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    narrowed = _filters(request, partnership)
    query = request.GET.urlencode()
    context = {
        "partnership": partnership,
        "crumbs": [("Papers", reverse("papers:papers", args=[slug]))],
        "meetings": log(_narrowed(_known(request, partnership), narrowed), _plans(request)),
        "filters": narrowed,
        "clear": request.path if any(each.chosen for each in narrowed) else "",
        "download": reverse("papers:decision_log_download", args=[slug])
        + (f"?{query}" if query else ""),
    }
    return render(request, "papers/decision_log.html", context)


@login_required
def decision_log_download(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, narrowed in the same way, as a CSV file."""
    partnership = find_partnership(request, slug, Permission.VIEW_PAPER)
    found = _narrowed(_known(request, partnership), _filters(request, partnership))
    rows = tuple(
        _row(each) for meeting in log(found, _plans(request)) for each in meeting.decisions
    )
    content = sheets.csv_file(sheets.Sheet("Decisions", HEADINGS, rows))
    response = HttpResponse(content, content_type=sheets.CONTENT_TYPES[sheets.CSV])
    response["Content-Disposition"] = 'attachment; filename="decisions.csv"'
    return response


@login_required
def action_decisions(request: HttpRequest, slug: str, identifier: str, action: str) -> HttpResponse:
    """What was decided on one action, or on the plan while it was a part of it."""
    partnership, plan = find_plan(request, slug, identifier)
    found = get_object_or_404(plan.actions.all(), identifier=action)
    visible = Paper.objects.visible_to(request.user).filter(partnership=partnership)
    home = reverse("changeplan:action", args=[slug, plan.identifier, found.identifier])
    context = {
        "partnership": partnership,
        "crumbs": [
            ("Decisions", reverse("papers:decision_log", args=[slug])),
            (found.heading, home),
        ],
        "action": found,
        "meetings": log(
            on_action(found).filter(recommendation__paper__in=visible), _plans(request)
        ),
    }
    return render(request, "papers/decisions_on_action.html", context)


def _known(request: HttpRequest, partnership: Partnership) -> "QuerySet[Decision]":
    papers = Paper.objects.visible_to(request.user).filter(partnership=partnership)
    return known(papers, with_open=can(request.user, Permission.RECORD_DECISION, partnership))


def _plans(request: HttpRequest) -> "QuerySet[ChangePlan]":
    return ChangePlan.objects.visible_to(request.user)


def _filters(request: HttpRequest, partnership: Partnership) -> list[filters.Filter]:
    taken = _known(request, partnership).order_by()
    bodies = Group.objects.filter(meetings__in=taken.values("meeting")).distinct()
    dates: Any = taken.values_list("meeting__date", flat=True).distinct()
    years = {date.stored[:4] for date in dates if date.precision != "words"}
    options = {
        "body": ("Body", [(str(group.pk), group.name) for group in bodies.order_by("name")]),
        "outcome": ("Decision", Decision.Outcome.choices),
        "year": ("Year", [(year, year) for year in sorted(years, reverse=True)]),
    }
    return [filters.chosen(request.GET, name, *given) for name, given in options.items()]


def _narrowed(found: "QuerySet[Decision]", narrowed: list[filters.Filter]) -> "QuerySet[Decision]":
    lookups = {"body": "meeting__group", "outcome": "outcome", "year": "meeting__date__startswith"}
    chosen = {lookups[each.name]: each.chosen for each in narrowed if each.chosen}
    return found.filter(**chosen)


def _row(decision: Decision) -> tuple[sheets.Cell, ...]:
    asked = decision.recommendation
    quorate = decision.was_quorate
    confirmed = decision.confirmed_at
    return (
        decision.meeting.group.name,
        str(decision.meeting.date),
        asked.paper.title,
        asked.number,
        _plain(decision.asked),
        decision.get_outcome_display(),
        _plain(decision.amended),
        str(decision.deferred_to or ""),
        _plain(decision.conditions),
        decision.minute_reference,
        present_words(decision),
        "" if quorate is None else "Yes" if quorate else "No",
        f"{confirmed:%Y-%m-%d}" if confirmed else "To be confirmed",
        effect(decision),
    )


def _plain(markdown: str) -> str:
    return plain_text(parse(markdown))

"""A plan as plain JSON: what a version keeps for ever, what the API gives, what is compared.

Everything a manager reads is in it: words as they read then, figures as decimal strings, and each
statement, action, improvement priority and support under its identifier. Nothing in it is looked
up again later, so that a version stays as it was put to the board.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from partnership.dates import day_words
from partnership.numbers import display
from standards.models import Attribution

from .allocation import Days
from .models import SupportDelivery, SupportEntitlement
from .plan import Entry, PlanFacts, PlannedAction, Priority, Support
from .scores import Scores

Content = dict[str, Any]
FORMAT = 1  # raise it where what is kept changes, so that old versions can still be told


def snapshot(facts: PlanFacts, scores: Scores) -> Content:
    """Return the plan's content. Pure: the same facts and scores give the same content."""
    plan, version = facts.plan, facts.plan.results_version
    actions = {planned.action.pk: planned.action.identifier for planned in facts.actions}
    return {
        "format": FORMAT,
        "title": plan.title,
        "arrangement": plan.arrangement,
        "exercise": plan.exercise.title,
        "results_version": version.number if version else None,
        "highest_score": scores.high,
        "entries": [_entry(entry, scores) for entry in facts.entries],
        "actions": [_action(planned) for planned in facts.actions],
        "priorities": [_priority(priority) for priority in facts.priorities],
        "programmes": [_programme(offered) for offered in facts.entitlements],
        "support": [_support(asked, actions) for asked in facts.support],
        "ledger": {
            "programmes": [_days(line) for line in facts.ledger.programmes],
            "total": _days(facts.ledger.total),
            "warnings": list(facts.ledger.warnings),
        },
        "gaps": [
            {"kind": gap.kind.value, "standard": gap.standard, "key": gap.key, "words": gap.words}
            for gap in facts.gaps
        ],
    }


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content in hexadecimal; databases may keep its keys in any order."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _entry(entry: Entry, scores: Scores) -> Content:
    number = entry.standard.number
    average, change = scores.averages.get(number), scores.changes.get(number)
    before = change.previous if change else None
    return {
        "number": number,
        "title": entry.standard.marked_title,
        "score": (display(average.displayed) or None) if average else None,
        "change": change.words if change and scores.compared else "",
        "previous": display(before) or None,
        "status": [{"identifier": s.identifier, "text": s.text} for s in entry.statements],
        "actions": [planned.action.identifier for planned in entry.actions],
        "support": [asked.allocation.identifier for asked in entry.support],
    }


def _action(planned: PlannedAction) -> Content:
    action = planned.action
    return {
        "identifier": action.identifier,
        "number": action.number,
        "heading": action.heading,
        "detail": action.detail,
        "success": action.success,
        "standards": list(planned.standards),
        "priorities": [finding.identifier for finding in planned.priorities],
        "lead": action.lead,
        "owner": action.owner_name,
        "monitored_by": str(action.monitored_by or ""),
        "reports_to": str(action.reports_to or ""),
        "start": action.start.stored if action.start else None,
        "start_words": str(action.start or ""),
        "due": action.due.stored if action.due else None,
        "due_words": str(action.due or ""),
        "recurrence": action.recurrence,
        "depends_on": list(planned.depends_on),
        "target_score": _figure(action.target_score),
        "status": action.status,
        "status_words": action.get_status_display(),
        "rating": action.rating,
        "rating_words": action.get_rating_display() if action.rating else "",
        "relied_on_support": action.relied_on_support,
    }


def _priority(priority: Priority) -> Content:
    finding = priority.finding
    return {
        "identifier": finding.identifier,
        "number": finding.number,
        "title": finding.title,
        "text": finding.text,
        "raised_by": [_raised(attribution) for attribution in priority.raised_by],
        "actions": [planned.action.identifier for planned in priority.actions],
    }


def _raised(attribution: Attribution) -> Content:
    strength = attribution.get_strength_display() if attribution.strength else ""
    return {
        "who": attribution.raiser or "Unattributed",
        "strength": strength.lower(),
        "point": attribution.point,
        "reservation": attribution.reservation,
    }


def _programme(offered: SupportEntitlement) -> Content:
    return {
        "identifier": offered.identifier,
        "programme": offered.programme,
        "short_name": offered.short_name,
        "provider": offered.provider,
        "days": _figure(offered.days),
        "is_approximate": offered.is_approximate,
        "condition": offered.condition,
        "period": offered.period,
    }


def _support(asked: Support, actions: Mapping[int, str]) -> Content:
    allocation = asked.allocation
    confirmed, area = allocation.confirmed_on, allocation.area_approved_at
    return {
        "identifier": allocation.identifier,
        "number": allocation.number,
        "programme": asked.programme,
        "purpose": allocation.purpose,
        "detail": allocation.detail,
        "form": allocation.form,
        "form_words": allocation.get_form_display(),
        "events": allocation.events,
        "focus_areas": list(allocation.focus_areas),
        "action": actions.get(allocation.action_id or 0),
        "standards": list(asked.standards),
        "estimated": _figure(allocation.estimated),
        "agreed": _figure(allocation.agreed),
        "confirmed_for_provider_by": allocation.confirmed_for_provider_by,
        "confirmed_on": confirmed.isoformat() if confirmed else None,
        "confirmed_words": day_words(confirmed) if confirmed else "",
        "area_approved_at": str(area or ""),
        "area_minute": allocation.area_minute,
        "delivered": _figure(asked.delivered),
        "deliveries": [_delivery(delivery) for delivery in asked.deliveries],
    }


def _delivery(delivery: SupportDelivery) -> Content:
    return {
        "identifier": delivery.identifier,
        "date": delivery.date.isoformat(),
        "date_words": day_words(delivery.date),
        "days": _figure(delivery.days),
        "delivered_by": delivery.delivered_by,
        "note": delivery.note,
    }


def _days(line: Days) -> Content:
    figures = "available", "estimated", "agreed", "delivered", "unplanned", "remaining"
    return {
        "programme": line.programme,
        "approximate": line.approximate,
        "allocations": line.allocations,
        "unquantified": line.unquantified,
        **{name: _figure(getattr(line, name)) for name in figures},
    }


def _figure(value: Decimal | None) -> str | None:
    """Return "2", "2.5" or "-1", the same for the same value; None where no figure was given."""
    return None if value is None else format(value.normalize(), "f")

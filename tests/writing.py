"""Writing in a plan, as a browser does: addresses, what a form sends, where buttons lead."""

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from changeplan.models import Action, ChangePlan

MOST_TO_SAVE = 12  # queries for a row
IN_PLACE = {"HX-Request": "true"}


def address(plan: ChangePlan, name: str = "plan", *more: object) -> str:
    return reverse(f"changeplan:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def cost(client: Client, address: str, sent: dict[str, Any], **options: Any) -> int:
    """How many queries it takes to save a form, its session and its user among them; beginning and
    ending transactions is not counted."""
    with CaptureQueriesContext(connection) as taken:
        assert client.post(address, sent, **options).status_code == 302
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(marks) for query in taken.captured_queries)


def posting(response, ending: str) -> list[str]:
    """Where the forms of a page lead, those whose address ends so."""
    found = re.findall(r'<form[^>]*action="([^"]+)"', response.content.decode())
    return [each for each in found if each.endswith(f"/{ending}/")]


def typed(action: Action | None = None, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the form of an action, with what its writer changed."""
    sent: dict[str, Any] = {"heading": "Do it", "status": "not_started", "rating": ""}
    if action:
        sent |= {"heading": action.heading, "detail": action.detail, "version": action.version}
        sent |= {"status": action.status, "rating": action.rating}
        for name in ("standards", "priorities", "depends_on"):
            sent[name] = [row.pk for row in getattr(action, name).all()]
    return sent | changes

"""What the tests of decisions share: what is decided, when, and where it is read."""

from django.urls import reverse

from papers.models import Paper
from partnership.dates import PreciseDate
from partnership.models import Meeting
from tests import factories as make

APPROVED = {"outcome": "approved", "minute_reference": "12"}
DEFERRED = {"outcome": "deferred", "deferred_to": PreciseDate("2024-09")}


def met(board, day: str) -> Meeting:
    return Meeting.objects.get(pk=make.meeting(board, day).pk)


def address(paper: Paper, name: str, *more: object) -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def on_action(action) -> str:
    slug = action.plan.partnership.slug
    return reverse(
        "papers:action_decisions", args=[slug, action.plan.identifier, action.identifier]
    )

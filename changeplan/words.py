"""How a plan's facts read: tags with their tones, days, events, and where things stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from partnership.numbers import counted, listing, plain

from .allocation import Days
from .models import Action, ChangePlan, SupportAllocation

STATE_TONES = {
    ChangePlan.State.DRAFT: "waiting",
    ChangePlan.State.SUBMITTED: "active",
    ChangePlan.State.APPROVED: "done",
    ChangePlan.State.RETURNED: "warning",
    ChangePlan.State.SUPERSEDED: "neutral",
}
STATUS_TONES = {
    Action.Status.NOT_STARTED: "waiting",
    Action.Status.IN_PROGRESS: "active",
    Action.Status.COMPLETE: "done",
    Action.Status.PAUSED: "neutral",
}
RATING_TONES = {
    Action.Rating.GREEN: "done",
    Action.Rating.AMBER: "warning",
    Action.Rating.RED: "danger",
}
EVENTS = {
    SupportAllocation.Form.WORKSHOP: "workshop",
    SupportAllocation.Form.SESSION: "group session",
    SupportAllocation.Form.TRAINING: "training event",
    SupportAllocation.Form.REVIEW: "review",
    SupportAllocation.Form.OTHER: "event",
}


@dataclass(frozen=True)
class Tag:
    """A word with a shape and a colour, as components/tag.html draws it."""

    text: str
    tone: str


def address(plan: ChangePlan, name: str = "plan", *more: object) -> str:
    """Return the address of one of a plan's pages; `plan.partnership` is at hand."""
    return reverse(f"changeplan:{name}", args=[plan.partnership.slug, plan.identifier, *more])


def state_tag(plan: ChangePlan) -> Tag:
    return tag_of_state(plan.state)


def tag_of_state(state: str) -> Tag:
    known = ChangePlan.State(state)
    return Tag(str(known.label), STATE_TONES[known])


def reported_tags(status: str, rating: str) -> tuple[Tag, ...]:
    """Return the status, and the rating where there is one."""
    is_now, rated = Action.Status(status), Action.Rating(rating)
    tags = (Tag(str(is_now.label), STATUS_TONES[is_now]),)
    return (*tags, Tag(str(rated.label), RATING_TONES[rated])) if rated else tags


def action_tags(action: Action, today: date) -> tuple[Tag, ...]:
    """Return status and rating, and "Overdue" where it is."""
    tags = reported_tags(action.status, action.rating)
    return (*tags, Tag("Overdue", "danger")) if action.is_overdue(today) else tags


def events(allocation: SupportAllocation) -> str:
    """Return "2 workshops", "Training", or "" for a form that says nothing."""
    form = SupportAllocation.Form(allocation.form)
    if allocation.events:
        return counted(allocation.events, EVENTS[form])
    return "" if form == SupportAllocation.Form.OTHER else str(form.label)


def standards(numbers: tuple[int, ...]) -> str:
    """Return "standard 2" or "standards 2, 3 and 7"; "" for none."""
    noun = "standard" if len(numbers) == 1 else "standards"
    return f"{noun} {listing(numbers)}" if numbers else ""


def available(line: Days, missing: str = "Not stated") -> str:
    """Return "Approximately 20", "20", or `missing`."""
    if line.available is None:
        return missing
    return f"{'Approximately ' if line.approximate else ''}{plain(line.available)}"


def figure(value: Decimal | None, missing: str = "None") -> str:
    """Return a number of days for a table cell; `missing` where no figure was given."""
    return missing if value is None else plain(value)

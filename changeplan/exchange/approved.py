"""A plan as it was put to the board, in the words of an export."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from partnership.numbers import display
from standards.models import Standard

from .current import CurrentAction, CurrentPlan, CurrentStandard, CurrentSupport
from .fields import BY_KEY


def plan_of_version(content: Mapping[str, Any]) -> CurrentPlan:
    """Return what a version keeps (`changeplan.snapshot`) as an export writes it."""
    titles = {
        each["identifier"]: f"{each['number']}. {each['title']}" for each in content["priorities"]
    }
    programmes = {
        each["short_name"] or each["programme"]: each["programme"] for each in content["programmes"]
    }
    return CurrentPlan(
        tuple(_standard(entry) for entry in content["entries"]),
        tuple(_action(action, titles) for action in content["actions"]),
        tuple(_support(asked, programmes) for asked in content["support"]),
    )


def _standard(entry: Mapping[str, Any]) -> CurrentStandard:
    title = Standard(marked_title=entry["title"]).title
    status = tuple(statement["text"] for statement in entry["status"])
    score = display(Decimal(entry["score"])) if entry["score"] else ""
    return CurrentStandard(entry["number"], title, score, entry["change"], status)


def _action(action: Mapping[str, Any], titles: Mapping[str, str]) -> CurrentAction:
    values = {
        "headline": action["heading"],
        "detail": action["detail"],
        "action_standards": _numbers(action["standards"]),
        "priorities": "\n".join(titles[key] for key in action["priorities"]),
        "success": action["success"],
        "lead": action["lead"],
        "owner": action["owner"],
        "monitored_by": action["monitored_by"],
        "reports_to": action["reports_to"],
        "start": action["start_words"],
        "due": action["due_words"],
        "recurrence": action["recurrence"],
        "depends_on": ", ".join(action["depends_on"]),
        "target_score": action["target_score"] or "",
        "action_status": _label("action_status", action["status"]),
        "rating": _label("rating", action["rating"]),
        "relied_on": action["relied_on_support"],
    }
    return CurrentAction(action["identifier"], action["number"], tuple(action["standards"]), values)


def _support(asked: Mapping[str, Any], programmes: Mapping[str, str]) -> CurrentSupport:
    serves = tuple(asked["standards"])
    values = {
        "programme": programmes.get(asked["programme"], asked["programme"]),
        "purpose": asked["purpose"],
        "support_detail": asked["detail"],
        "form": _label("form", asked["form"]),
        "events": "" if asked["events"] is None else str(asked["events"]),
        "focus_areas": "\n".join(asked["focus_areas"]),
        "estimated": asked["estimated"] or "",
        "agreed": asked["agreed"] or "",
        "delivered": "" if asked["delivered"] == "0" else asked["delivered"],
        "support_standards": _numbers(serves),
    }
    return CurrentSupport(asked["identifier"], asked["action"] or "", serves, values)


def _numbers(numbers: list[int] | tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _label(key: str, stored: str) -> str:
    return BY_KEY[key].choices[stored][0]

"""What the plan's pages show: finished values, frozen, for the templates."""

from .action import ActionPage, action_page
from .completeness import CompletenessPage, completeness_page
from .days import DaysPage, days_page
from .plan import PlanCard, PlanPage, plan_card, plan_page

__all__ = [
    "ActionPage",
    "CompletenessPage",
    "DaysPage",
    "PlanCard",
    "PlanPage",
    "action_page",
    "completeness_page",
    "days_page",
    "plan_card",
    "plan_page",
]

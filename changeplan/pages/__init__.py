"""What the plan's pages show: finished values, frozen, for the templates."""

from .action import ActionPage, RemovedPage, action_page, removed_page
from .carrying import CarriedPage, carried_page
from .completeness import CompletenessPage, completeness_page
from .days import DaysPage, days_page
from .hands import Hands, days_hands, support_hands
from .ledger import Strip, agreeing_strip, strip
from .plan import PlanCard, PlanPage, plan_card, plan_page
from .priority import PriorityPage, priority_page
from .states import States, states
from .support import SupportPage, over_delivered, support_page
from .versions import VersionCard, VersionPage, version_cards, version_page

__all__ = [
    "ActionPage",
    "CarriedPage",
    "CompletenessPage",
    "DaysPage",
    "Hands",
    "PlanCard",
    "PlanPage",
    "PriorityPage",
    "RemovedPage",
    "States",
    "Strip",
    "SupportPage",
    "VersionCard",
    "VersionPage",
    "action_page",
    "agreeing_strip",
    "carried_page",
    "completeness_page",
    "days_hands",
    "days_page",
    "over_delivered",
    "plan_card",
    "plan_page",
    "priority_page",
    "removed_page",
    "states",
    "strip",
    "support_hands",
    "support_page",
    "version_cards",
    "version_page",
]

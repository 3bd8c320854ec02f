"""The change plan: entries, actions, and the support programme's days."""

from .imports import PlanImport
from .plans import Action, ActionLink, ChangePlan, PlanEntry, ProgressUpdate, StatusStatement
from .support import SupportAllocation, SupportDelivery, SupportEntitlement
from .versions import PlanVersion

__all__ = [
    "Action",
    "ActionLink",
    "ChangePlan",
    "PlanEntry",
    "PlanImport",
    "PlanVersion",
    "ProgressUpdate",
    "StatusStatement",
    "SupportAllocation",
    "SupportDelivery",
    "SupportEntitlement",
]

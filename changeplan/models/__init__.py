"""The change plan: entries, actions, and the support programme's days."""

from .plans import Action, ChangePlan, PlanEntry, ProgressUpdate, StatusStatement
from .support import SupportAllocation, SupportDelivery, SupportEntitlement

__all__ = [
    "Action",
    "ChangePlan",
    "PlanEntry",
    "ProgressUpdate",
    "StatusStatement",
    "SupportAllocation",
    "SupportDelivery",
    "SupportEntitlement",
]

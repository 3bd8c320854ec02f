"""The facilitator's forms."""

from .live import NOT_APPLICABLE, CorrectionForm, RecorderForm, ReopenForm
from .setup import ExerciseForm, FacilitatorForm, GroupForm, LevelForm, SessionForm

__all__ = [
    "NOT_APPLICABLE",
    "CorrectionForm",
    "ExerciseForm",
    "FacilitatorForm",
    "GroupForm",
    "LevelForm",
    "RecorderForm",
    "ReopenForm",
    "SessionForm",
]

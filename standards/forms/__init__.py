"""The facilitator's forms."""

from .live import NOT_APPLICABLE, CorrectionForm, RecorderForm, ReopenForm
from .setup import ExerciseForm, FacilitatorForm, GroupForm, LevelForm, SessionForm
from .submitting import Difference, Submitted, submit

__all__ = [
    "NOT_APPLICABLE",
    "CorrectionForm",
    "Difference",
    "ExerciseForm",
    "FacilitatorForm",
    "GroupForm",
    "LevelForm",
    "RecorderForm",
    "ReopenForm",
    "SessionForm",
    "Submitted",
    "submit",
]

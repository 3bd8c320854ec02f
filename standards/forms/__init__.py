"""The facilitator's forms."""

from .findings import AttributionForm, FilterForm, FindingForm, PickForm
from .live import NOT_APPLICABLE, CorrectionForm, RecorderForm, ReopenForm
from .setup import ExerciseForm, FacilitatorForm, GroupForm, LevelForm, SessionForm

__all__ = [
    "NOT_APPLICABLE",
    "AttributionForm",
    "CorrectionForm",
    "ExerciseForm",
    "FacilitatorForm",
    "FilterForm",
    "FindingForm",
    "GroupForm",
    "LevelForm",
    "PickForm",
    "RecorderForm",
    "ReopenForm",
    "SessionForm",
]

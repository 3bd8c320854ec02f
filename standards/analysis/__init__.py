"""The arithmetic of an exercise: plain Python on Decimals, frozen values in and out."""

from .averaging import (
    CohortAverages,
    GroupScore,
    Method,
    PublishedFigure,
    StandardAverage,
    averages,
    cohort_averages,
    mean,
)
from .change import StandardChange, changes
from .cohorts import CohortGap, Consistency, cohort_gaps, consistently_lower
from .coverage import Cells, Completeness, GroupCompleteness, completeness
from .disagreement import Discussion, Spread, consensus, discuss_first, spread
from .ranking import Ranking, band, bands, lowest, strongest

__all__ = [
    "Cells",
    "CohortAverages",
    "CohortGap",
    "Completeness",
    "Consistency",
    "Discussion",
    "GroupCompleteness",
    "GroupScore",
    "Method",
    "PublishedFigure",
    "Ranking",
    "Spread",
    "StandardAverage",
    "StandardChange",
    "averages",
    "band",
    "bands",
    "changes",
    "cohort_averages",
    "cohort_gaps",
    "completeness",
    "consensus",
    "consistently_lower",
    "discuss_first",
    "lowest",
    "mean",
    "spread",
    "strongest",
]

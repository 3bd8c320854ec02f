"""Frameworks of standards, exercises, working groups, votes, scores and findings."""

from .exercises import Cohort, Exercise, Facilitator, Participant, Session, WorkingGroup
from .findings import Attribution, Finding, ReportedComparison
from .frameworks import SCALE_HIGH, SCALE_LOW, Domain, Framework, ScaleLevel, Standard
from .scores import Comment, PublishedScore, Score, Vote

__all__ = [
    "SCALE_HIGH",
    "SCALE_LOW",
    "Attribution",
    "Cohort",
    "Comment",
    "Domain",
    "Exercise",
    "Facilitator",
    "Finding",
    "Framework",
    "Participant",
    "PublishedScore",
    "ReportedComparison",
    "ScaleLevel",
    "Score",
    "Session",
    "Standard",
    "Vote",
    "WorkingGroup",
]

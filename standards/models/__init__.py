"""Frameworks of standards, exercises, working groups, votes, scores and findings."""

from .exercises import Cohort, Exercise, Participant, Session, WorkingGroup
from .findings import Attribution, Finding, ReportedComparison
from .frameworks import Domain, Framework, ScaleLevel, Standard
from .scores import Comment, PublishedScore, Score, Vote

__all__ = [
    "Attribution",
    "Cohort",
    "Comment",
    "Domain",
    "Exercise",
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

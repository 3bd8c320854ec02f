"""Frameworks of standards, exercises, working groups, votes, scores and findings."""

from .exercises import Cohort, Exercise, Facilitator, Participant, Session, WorkingGroup
from .findings import Attribution, Finding, ReportedComparison
from .frameworks import Domain, Framework, ScaleLevel, ScaleWording, Standard
from .room import Answer, JoinFailures, Pulse, ResultsVersion, Reveal
from .scores import Comment, PublishedScore, Score, Vote

__all__ = [
    "Answer",
    "Attribution",
    "Cohort",
    "Comment",
    "Domain",
    "Exercise",
    "Facilitator",
    "Finding",
    "Framework",
    "JoinFailures",
    "Participant",
    "PublishedScore",
    "Pulse",
    "ReportedComparison",
    "ResultsVersion",
    "Reveal",
    "ScaleLevel",
    "ScaleWording",
    "Score",
    "Session",
    "Standard",
    "Vote",
    "WorkingGroup",
]

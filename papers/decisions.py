"""Decisions as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from partnership.models import Meeting

from .models import Decision, Paper, Recommendation


@dataclass(frozen=True)
class Decided:
    """A recommendation with its decisions, the first first; `open` is the one still to be
    confirmed, `may_decide` says whether another can be recorded now."""

    recommendation: Recommendation
    decisions: tuple[Decision, ...]

    @property
    def open(self) -> Decision | None:
        return next((each for each in self.decisions if not each.is_confirmed), None)


@dataclass(frozen=True)
class MeetingLog:
    """What one meeting decided, in the order of papers and recommendations."""

    meeting: Meeting
    decisions: tuple[Decision, ...]


def decided(paper: Paper, with_open: bool) -> tuple[Decided, ...]:
    """Return the paper's recommendations with their decisions, in two queries. Those still open
    only where the reader records them."""
    known = _known(with_open).select_related("meeting__group", "confirmed_by").order_by("pk")
    found = paper.recommendations.select_related("asked_of").order_by("number")
    found = found.prefetch_related(Prefetch("decisions", known))
    return tuple(Decided(each, tuple(each.decisions.all())) for each in found)


def log(papers: "QuerySet[Paper]", with_open: bool) -> tuple[MeetingLog, ...]:
    """Return the decisions on the papers by meeting, the latest meeting first: one query."""
    found: Iterable[Decision] = (
        _known(with_open)
        .filter(recommendation__paper__in=papers)
        .select_related("meeting__group", "recommendation__paper__partnership")
        .order_by("-meeting__date", "-meeting", "recommendation__paper", "recommendation__number")
    )
    return tuple(
        MeetingLog(meeting, tuple(each)) for meeting, each in groupby(found, lambda d: d.meeting)
    )


def _known(with_open: bool) -> "QuerySet[Decision]":
    known = Decision.objects.all()
    return known if with_open else known.filter(confirmed_at__isnull=False)

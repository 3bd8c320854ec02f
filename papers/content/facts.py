"""What a paper's blocks may need to know, fetched when first asked for and then once.

The queries are as many for twelve actions as for two hundred.
"""

from functools import cached_property

from django.db.models import Prefetch

from changeplan.plan import PlanFacts, plan_facts
from partnership.models import Organisation, Partnership
from standards.models import Attribution, Exercise, Finding, ReportedComparison, Session
from standards.results import Results, results_for

from ..decisions import so_far
from ..models import Decision, FrontSheetField, Paper, Recommendation
from ..models import Section as SectionRecord


class NothingToShow(Exception):
    """A block has no record to show; the message is printed in its place, as a Prose that
    `says_nothing`."""


class Facts:
    """The records behind one paper. Blocks read it; nothing writes to it."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    @property
    def partnership(self) -> Partnership:
        return self.paper.partnership

    @cached_property
    def lead_organisation(self) -> Organisation | None:
        return self.partnership.organisations.filter(is_lead=True).first()

    @cached_property
    def front_sheet(self) -> list[FrontSheetField]:
        return list(self.paper.front_sheet.all())

    @cached_property
    def sections(self) -> list[SectionRecord]:
        return list(self.paper.sections.prefetch_related("blocks"))

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        return list(self.paper.recommendations.select_related("asked_of"))

    @property
    def exercise(self) -> Exercise:
        """The exercise, or its plan's. Raises NothingToShow where a block shows one and the paper
        has none."""
        if found := self.paper.exercise or (self.paper.plan and self.paper.plan.exercise):
            return found
        raise NothingToShow("No exercise has been named for this paper.")

    @cached_property
    def results(self) -> Results:
        return results_for(self.exercise)

    @property
    def scored(self) -> Results:
        """The results. Raises NothingToShow where there is no score."""
        if not self.results.has_scores:
            raise NothingToShow("No standard has been scored.")
        return self.results

    @cached_property
    def sessions_held(self) -> list[Session]:
        return list(self.exercise.sessions.order_by("number"))

    @cached_property
    def reported_comparisons(self) -> list[ReportedComparison]:
        found = self.exercise.reported_comparisons.select_related("lower", "higher")
        return list(found.prefetch_related("exceptions"))

    @cached_property
    def _findings(self) -> list[Finding]:
        raisers = Attribution.objects.select_related("working_group", "cohort")
        found = self.exercise.findings.order_by("number")
        return list(found.prefetch_related(Prefetch("attributions", raisers)))

    def findings_of(self, kind: Finding.Kind) -> list[Finding]:
        """Return the exercise's findings of a kind, in order."""
        return [finding for finding in self._findings if finding.kind == kind]

    @cached_property
    def plan(self) -> PlanFacts:
        """The plan. Raises NothingToShow where a block shows one and the paper has none."""
        if self.paper.plan is None:
            raise NothingToShow("No change plan has been named for this paper.")
        return plan_facts(self.paper.plan)

    @cached_property
    def decisions(self) -> list[Decision]:
        """What was decided so far on the exercise or the plan, the latest meeting first."""
        return list(so_far(self.paper))

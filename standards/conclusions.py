"""The findings of an exercise as pages show them."""

from dataclasses import dataclass

from django.db.models import Prefetch

from .models import Attribution, Comment, Exercise, Finding


@dataclass(frozen=True)
class Findings:
    """An exercise's findings by kind, each in the order of its numbers."""

    strengths: tuple[Finding, ...]
    themes: tuple[Finding, ...]
    priorities: tuple[Finding, ...]

    @property
    def any(self) -> bool:
        return bool(self.strengths or self.themes or self.priorities)

    @property
    def kinds(self) -> tuple[tuple[str, str, tuple[Finding, ...]], ...]:
        """The kinds that there are: heading, anchor and findings."""
        kinds = (
            ("Strengths", "strengths", self.strengths),
            ("Themes", "themes", self.themes),
            ("Improvement priorities", "priorities", self.priorities),
        )
        return tuple(kind for kind in kinds if kind[2])

    @property
    def raisers(self) -> list[str]:
        """Everybody who raised an improvement priority, in the order in which they appear: the
        exercise's groups and cohorts, then others; points without a raiser come last."""
        raised = [each for finding in self.priorities for each in finding.attributions.all()]
        in_order = sorted(raised, key=lambda each: (not each.raiser, bool(each.category)))
        return list(dict.fromkeys(_body(each) for each in in_order))

    @property
    def raised(self) -> list[tuple[Finding, list[Attribution | None]]]:
        """Each improvement priority with its attribution to each of the raisers, None where they
        did not raise it."""
        rows = []
        for finding in self.priorities:
            by_raiser = {_body(each): each for each in finding.attributions.all()}
            rows.append((finding, [by_raiser.get(raiser) for raiser in self.raisers]))
        return rows

    @property
    def tiles(self) -> list[dict[str, object]]:
        return [
            {"label": heading, "value": len(found), "note": "", "href": f"#{anchor}"}
            for heading, anchor, found in self.kinds
        ]


def findings_of(exercise: Exercise, with_comments: bool = False) -> Findings:
    """Return the findings with who raised them and the standards they concern, in three queries;
    with the comments they rest on in one more."""
    raisers = Attribution.objects.select_related("working_group", "cohort").order_by("number")
    found = exercise.findings.order_by("number").prefetch_related(
        Prefetch("attributions", raisers), "standards"
    )
    if with_comments:
        sources = Comment.objects.told().select_related("working_group", "standard")
        found = found.prefetch_related(Prefetch("comments", sources))
    kinds: dict[str, list[Finding]] = {kind: [] for kind in Finding.Kind.values}
    for finding in found:
        kinds[finding.kind].append(finding)
    return Findings(*(tuple(kinds[kind]) for kind in ("strength", "theme", "priority")))


def removed_findings(exercise: Exercise) -> list[Finding]:
    """Return what was removed and can be brought back, the latest first. One query."""
    gone = Finding.everything.filter(exercise=exercise, removed_at__isnull=False)
    return list(gone.select_related("removed_by").order_by("-removed_at"))


def _body(attribution: Attribution) -> str:
    """Return who stands behind an attribution, whatever the source calls them there."""
    known = attribution.working_group or attribution.cohort or attribution.category
    return str(known or attribution.named_as or "Nobody named")

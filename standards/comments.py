"""What the working groups said, standard by standard."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from .models import Comment, Exercise, Standard

Side = Comment.Side


@dataclass(frozen=True)
class Said:
    """What was said of one standard, or of none in particular."""

    standard: Standard | None
    comments: tuple[Comment, ...]

    @property
    def label(self) -> str:
        """How the page's contents name it."""
        return f"Standard {self.standard.number}" if self.standard else "In general"

    @property
    def key(self) -> str:
        """Its anchor on the page."""
        return f"standard-{self.standard.number}" if self.standard else "general"

    @property
    def working_well(self) -> tuple[Comment, ...]:
        return self._on(Side.WORKING_WELL)

    @property
    def to_improve(self) -> tuple[Comment, ...]:
        return self._on(Side.TO_IMPROVE)

    @property
    def evidence(self) -> tuple[Comment, ...]:
        return self._on(Side.EVIDENCE)

    def _on(self, side: Side) -> tuple[Comment, ...]:
        return tuple(comment for comment in self.comments if comment.side == side)


@dataclass(frozen=True)
class Spoken:
    """How many comments there are on one standard, by side."""

    working_well: int = 0
    to_improve: int = 0
    evidence: int = 0

    @property
    def any(self) -> bool:
        return bool(self.working_well or self.to_improve or self.evidence)


def comments_by_standard(exercise: Exercise, **narrowed: object) -> list[Said]:
    """Return the exercise's comments, or those of which `narrowed` is true (standard=…, side=…,
    working_group=…); general ones come last. Two queries."""
    known = comments_of(exercise).filter(**narrowed).prefetch_related("findings")
    by_standard: dict[Standard | None, list[Comment]] = defaultdict(list)
    for comment in known:
        by_standard[comment.standard].append(comment)
    return [Said(place, tuple(comments)) for place, comments in by_standard.items()]


def comments_of(exercise: Exercise) -> QuerySet[Comment]:
    """Return what more than its author may read, with its group and standard: by standard,
    general ones last, then by group."""
    known = Comment.objects.told().filter(working_group__session__exercise=exercise)
    return known.select_related(
        "working_group__cohort", "working_group__session", "standard"
    ).order_by(
        F("standard__number").asc(nulls_last=True),
        "working_group__session__number",
        "working_group__number",
        "pk",
    )


def comment_counts(exercise: Exercise) -> dict[int, Spoken]:
    """Return how much was said of each standard of which anything was, by number. One query."""
    told = Comment.objects.told().filter(
        working_group__session__exercise=exercise, standard__isnull=False
    )
    rows = told.order_by().values_list("standard__number", "side").annotate(Count("pk"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for number, side, count in rows:
        found[number][side] = count
    return {number: Spoken(**sides) for number, sides in found.items()}

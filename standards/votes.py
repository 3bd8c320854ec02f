"""How the members of each working group voted, as counts: a person's vote stays private."""

from collections import Counter
from dataclasses import dataclass

from .analysis import Spread, spread
from .material import Material
from .models import Exercise, Standard, Vote
from .models.frameworks import SCALE_HIGH, SCALE_LOW

SCALE = tuple(range(SCALE_LOW, SCALE_HIGH + 1))


@dataclass(frozen=True)
class Ballot:
    """One group's last round on one standard. `counts` follow the scale, lowest first."""

    group: str
    counts: tuple[int, ...]
    passes: int
    not_applicable: int
    spread: Spread | None


def ballots(exercise: Exercise, standard: Standard, material: Material) -> tuple[Ballot, ...]:
    """Return the last votes of every group that voted, in the order of the groups; nothing while
    the exercise is not closed. One query."""
    if not exercise.is_closed:
        return ()
    votes = Vote.objects.filter(
        standard=standard, participant__working_group__session__exercise=exercise
    ).select_related("participant")
    last = {vote.participant_id: vote for vote in votes.order_by("round")}
    by_group: dict[int, list[Vote]] = {group.pk: [] for group in material.groups}
    for vote in last.values():
        by_group[vote.participant.working_group_id].append(vote)
    return tuple(_ballot(material.names[key], cast) for key, cast in by_group.items() if cast)


def _ballot(group: str, votes: list[Vote]) -> Ballot:
    values = [vote.value for vote in votes if vote.value is not None]
    kinds = Counter(vote.kind for vote in votes)
    return Ballot(
        group,
        tuple(values.count(point) for point in SCALE),
        kinds[Vote.Kind.PASS],
        kinds[Vote.Kind.NOT_APPLICABLE],
        spread(values),
    )

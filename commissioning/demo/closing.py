"""What happened as the demonstration's exercises closed, which its files do not say: the votes were
revealed, and the results frozen."""

from standards.models import Exercise, Participant, ResultsVersion, Reveal, Vote
from standards.services.results import freeze_results


def close(exercise: Exercise) -> ResultsVersion | None:
    """Reveal the votes of a closed exercise and freeze its results, unless that is done; return
    its first results. None for an exercise that has not closed."""
    if not (exercise.closed_at and exercise.closed_by):
        return None
    if first := exercise.frozen.order_by("number").first():
        return first
    _reveal(exercise)
    first = freeze_results(exercise=exercise, reason="", by=exercise.closed_by)
    ResultsVersion.objects.filter(pk=first.pk).update(at=exercise.closed_at)
    return first


def _reveal(exercise: Exercise) -> None:
    """Reveal every round in which anybody voted, as the groups' recorders."""
    recorders = Participant.objects.filter(
        working_group__session__exercise=exercise, is_recorder=True
    ).select_related("user")
    by_group = {recorder.working_group_id: recorder.user for recorder in recorders}
    votes = Vote.objects.filter(participant__working_group__in=by_group)
    rounds = votes.order_by().values_list("participant__working_group", "standard", "round")
    Reveal.objects.bulk_create(
        Reveal(working_group_id=group, standard_id=standard, round=number, by=by_group[group])
        for group, standard, number in rounds.distinct()
    )

"""What the records say that a new paper's first words are made of, as words by name.

A fact that the records do not have is "": an exercise may have no scores, no session, no plan.
"""

from collections import Counter
from collections.abc import Iterator

from changeplan.models import ChangePlan
from partnership.dates import PreciseDate
from partnership.models import Group, Partnership
from partnership.numbers import counted, days, in_words, listing
from standards.comments import comment_counts, comments_of
from standards.models import Comment, Exercise, Finding, Session
from standards.results import Results, results_for
from standards.scale import SCALE_HIGH, SCALE_LOW

from .models import Paper

YES = "yes"
MOST_SAID = 3
KINDS = {"strengths": "strength", "themes": "theme", "priorities": "improvement priority"}
PLURALS = {"improvement priority": "improvement priorities"}
NAMES = (
    "body", "writer", "exercise", "framework", "standards", "low", "high", "sittings", "scorers",
    "scores", "words_alone", "cohorts", "previous", "said", "comments", "well", "improve",
    "most_said", "findings", *KINDS, "plan", "actions", "programmes", "answers", "reported",
    "reported_on", "reported_to",
)  # fmt: skip


def facts_for(
    partnership: Partnership,
    exercise: Exercise | None,
    plan: ChangePlan | None,
    body: Group | None,
    writer: str = "",
) -> dict[str, str]:
    """Return every fact of `NAMES`, as it stands now."""
    known = {"body": _bare(body.name) if body else "partnership", "writer": writer}
    if exercise:
        known |= _of_exercise(exercise) | _of_results(results_for(exercise)) | _of_words(exercise)
        known |= _of_report(exercise)
    if plan:
        known |= _of_plan(plan)
    known["answers"] = YES if plan and known.get("priorities") else ""
    return dict.fromkeys(NAMES, "") | known


def _of_exercise(exercise: Exercise) -> dict[str, str]:
    sessions = exercise.sessions.prefetch_related("groups")
    return {
        "exercise": exercise.title,
        "framework": exercise.framework.name,
        "sittings": "; ".join(filter(None, map(_sitting, sessions))),
        "words_alone": "" if exercise.is_scored else YES,
    }


def _sitting(session: Session) -> str:
    """Return "the Trust Board and the Commissioning Strategy Group on 8 February 2010"."""
    groups = listing(_the(group.name) for group in session.groups.all())
    return f"{groups} {_when(session.date)}".strip() if groups else ""


def _when(date: PreciseDate | None) -> str:
    words = {"day": "on ", "month": "in ", "year": "in ", "words": ""}
    return f"{words[date.precision]}{date}" if date else ""


def _of_results(results: Results) -> dict[str, str]:
    groups = len(results.material.groups)
    known = {"standards": in_words(len(results.standards))}
    if not results.has_scores:
        return known
    known |= {"scores": YES, "low": str(SCALE_LOW), "high": str(SCALE_HIGH)}
    known["scorers"] = _live(groups, "working group", "number of groups") or "the partnership"
    known["cohorts"] = YES if len(results.cohorts) > 1 else ""
    known["previous"] = results.previous.title if results.previous else ""
    return known


def _of_words(exercise: Exercise) -> dict[str, str]:
    kinds = Counter(exercise.findings.values_list("kind", flat=True))
    found = {name: kinds[kind] for name, kind in zip(KINDS, Finding.Kind.values, strict=True)}
    told = {n: _live(found[n], KINDS[n], f"number of {_plural(KINDS[n])}") for n in KINDS}
    findings = listing(filter(None, told.values()))
    sides = Counter(comments_of(exercise).values_list("side", flat=True))
    known = told | {"findings": findings, "said": YES if findings or sides else ""}
    if sides:
        known["comments"] = counted(sides.total(), "comment")
        known["well"] = _digits(sides[Comment.Side.WORKING_WELL])
        known["improve"] = _digits(sides[Comment.Side.TO_IMPROVE])
        known["most_said"] = _most_said(exercise)
    return known


def _most_said(exercise: Exercise) -> str:
    """Return "standards 2, 3 and 10", "" where more than that were said as much of."""
    spoken = comment_counts(exercise).items()
    counts = {number: sum(vars(sides).values()) for number, sides in spoken}
    most = sorted(counts, key=lambda number: (-counts[number], number))
    if len(most) <= MOST_SAID or counts[most[MOST_SAID - 1]] == counts[most[MOST_SAID]]:
        return ""
    return f"standards {listing(sorted(most[:MOST_SAID]))}"


def _of_report(exercise: Exercise) -> dict[str, str]:
    """Return which paper on the results was put to which meeting before."""
    papers = Paper.objects.filter(exercise=exercise, kind=Paper.Kind.RESULTS).exclude(state="draft")
    known = papers.select_related("agenda_item__meeting__group").exclude(agenda_item=None)
    if (paper := known.order_by("-pk").first()) is None or paper.agenda_item is None:
        return {}
    meeting = paper.agenda_item.meeting
    values = (paper.title, str(meeting.date), _bare(meeting.group.name))
    return dict(zip(("reported", "reported_on", "reported_to"), values, strict=True))


def _of_plan(plan: ChangePlan) -> dict[str, str]:
    return {
        "plan": plan.title,
        "actions": _live(plan.actions.count(), "action", "number of actions"),
        "programmes": listing(_programmes(plan)),
    }


def _programmes(plan: ChangePlan) -> Iterator[str]:
    for given in plan.entitlements.all():
        yield f"{_the(given.programme)}{f' ({days(given.days)})' if given.days else ''}"


def _live(number: int, noun: str, placeholder: str) -> str:
    """Return "{{ number of groups }} working groups", a figure that stays live; "" for none."""
    if number < 2:
        return f"one {noun}" if number else ""
    return f"{{{{ {placeholder} }}}} {_plural(noun)}"


def _plural(noun: str) -> str:
    return PLURALS.get(noun, f"{noun}s")


def _digits(number: int) -> str:
    return str(number) if number else "none"


def _bare(name: str) -> str:
    return name.removeprefix("The ").removeprefix("the ")


def _the(name: str) -> str:
    return f"the {_bare(name)}"

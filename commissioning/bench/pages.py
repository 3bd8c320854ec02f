"""What pages take over a view that asks for session and user only."""

from collections.abc import Iterator
from functools import partial
from itertools import count

from django.urls import reverse

from changeplan.models import ChangePlan, StatusStatement
from papers.models import Paper

from .measuring import Figure, fetch, over_bare, signed_in_as

WORKED_IN = "exampleshire"  # a plan in work
READER = "manager@bromley.example.org"


def pages_over_bare(paper: Paper, runs: int) -> Iterator[Figure]:
    """The results page and the plan page over a view that asks for session and user only."""
    partnership, exercise, plan = paper.partnership, paper.exercise, paper.plan
    if exercise is None or plan is None:
        raise RuntimeError("The demonstration's paper has lost what it is about.")
    addresses = {
        "results page": reverse("standards:results", args=[partnership.slug, exercise.identifier]),
        "plan page": reverse("changeplan:plan", args=[partnership.slug, plan.identifier]),
    }
    reader = signed_in_as(READER)
    for name, address in addresses.items():
        yield over_bare(name, reader, partial(fetch, reader, address), runs)


def writing_over_bare(runs: int) -> Iterator[Figure]:
    """A manager's plan in work: its page of 24 actions, a statement saved, and its three files."""
    plan = ChangePlan.objects.get(partnership__slug=WORKED_IN)
    statement = StatusStatement.objects.filter(entry__plan=plan).first()
    if statement is None:
        raise RuntimeError("The plan says nothing yet.")
    where, turn = [WORKED_IN, plan.identifier], count(statement.version)
    edit = reverse("changeplan:statement_edit", args=[*where, statement.identifier])
    writer = signed_in_as(f"manager@{WORKED_IN}.example.org")

    def save() -> None:
        version = next(turn)
        fetch(writer, edit, {"text": f"Said for the {version}. time", "version": version})

    yield over_bare(
        "plan page with its controls", writer, partial(fetch, writer, _plan(where)), runs
    )
    yield over_bare("a statement saved", writer, save, runs)
    for name in ("csv", "xlsx", "docx"):
        file = reverse("changeplan:plan_download", args=[*where, name])
        yield over_bare(f"plan as {name}", writer, partial(fetch, writer, file), runs)


def _plan(where: list[str]) -> str:
    return reverse("changeplan:plan", args=where)

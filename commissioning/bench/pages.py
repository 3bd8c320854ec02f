"""What pages take over a view that asks for session and user only."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from django.test import Client
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
    """A manager's plan in work: its page of 24 actions, a statement saved, an action saved with
    other links each time, and its three files."""
    plan = ChangePlan.objects.get(partnership__slug=WORKED_IN)
    where, writer = [WORKED_IN, plan.identifier], signed_in_as(f"manager@{WORKED_IN}.example.org")
    page = partial(fetch, writer, reverse("changeplan:plan", args=where))
    yield over_bare("plan page with its controls", writer, page, runs)
    yield over_bare("a statement saved", writer, _saving_a_statement(plan, writer), runs)
    saving = _saving_an_action(plan, writer)
    yield over_bare("an action saved, and all that it is linked with", writer, saving, runs)
    for name in ("csv", "xlsx", "docx"):
        file = reverse("changeplan:plan_download", args=[*where, name])
        yield over_bare(f"plan as {name}", writer, partial(fetch, writer, file), runs)


def _saving_a_statement(plan: ChangePlan, writer: Client) -> Callable[[], None]:
    statement = StatusStatement.objects.filter(entry__plan=plan)[0]
    edit = _edit(plan, "statement_edit", statement.identifier)
    versions = count(statement.version)

    def save() -> None:
        version = next(versions)
        fetch(writer, edit, {"text": f"Said for the {version}. time", "version": version})

    return save


def _saving_an_action(plan: ChangePlan, writer: Client) -> Callable[[], None]:
    """Each time with other standards, other priorities, and waiting for another action."""
    *others, action = plan.actions.order_by("number")
    edit = _edit(plan, "action_edit", action.identifier)
    offered = {
        "standards": list(plan.exercise.framework.standards.values_list("pk", flat=True)),
        "priorities": list(
            plan.exercise.findings.filter(kind="priority").values_list("pk", flat=True)
        ),
        "depends_on": [other.pk for other in others[:2]],
    }
    versions = count(action.version)

    def save() -> None:
        version = next(versions)
        linked = {name: keys[version % 2 :: 2] for name, keys in offered.items()}
        said = {"heading": action.heading, "status": action.status, "rating": action.rating}
        fetch(writer, edit, {**said, **linked, "version": version})

    return save


def _edit(plan: ChangePlan, name: str, part: str) -> str:
    return reverse(f"changeplan:{name}", args=[WORKED_IN, plan.identifier, part])

"""Where a plan stands between its manager and the board, and what may be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from partnership.numbers import counted

from .. import words
from ..comparing import compare
from ..models import ChangePlan, PlanVersion
from ..plan import PlanFacts
from ..scores import Scores
from ..snapshot import snapshot

State, Outcome = ChangePlan.State, PlanVersion.Outcome

# In each state: the step, the label of its button, its kind, and whether the board's decision is
# recorded by it; else it is the manager's.
STEPS = {
    State.DRAFT: (("submit", "Submit to the board", "", False),),
    State.RETURNED: (("submit", "Submit again", "", False),),
    State.SUBMITTED: (
        ("approve", "Record the approval", "", True),
        ("return", "Record that it was returned", "secondary", True),
        ("withdraw", "Withdraw", "secondary", False),
    ),
    State.APPROVED: (
        ("begin", "Begin a new version", "secondary", False),
        ("supersede", "Take out of force", "secondary", True),
    ),
}
UNCHANGED = ("drop", "Leave it at the approved version", "secondary", False)


@dataclass(frozen=True)
class Step:
    """A button: its words, where it leads, and its kind as components/button_link.html takes it."""

    label: str
    href: str
    kind: str


@dataclass(frozen=True)
class States:
    """Where the plan stands, in sentences. `changed` is what differs from the version in force,
    `to_confirm` what was carried over and waits: both "" where there is nothing to say."""

    sentences: tuple[str, ...]
    reason: str
    versions: str
    versions_href: str
    changed: str
    changes_href: str
    to_confirm: str
    carried_href: str
    steps: tuple[Step, ...]


def states(facts: PlanFacts, scores: Scores, *, edits: bool, decides: bool) -> States:
    """Return where a plan stands, for a reader who edits it, or records what the board decides.
    Two queries: its versions, and the one in force while the next is in work."""
    plan = facts.plan
    versions = list(plan.versions.order_by("number").defer("content"))
    approved = next((v for v in reversed(versions) if v.outcome == Outcome.APPROVED), None)
    in_work = approved if plan.is_editable and plan.is_in_force else None
    changes = compare(in_work.content, snapshot(facts, scores)).count if in_work else 0
    waiting = _waiting(facts) if edits else 0
    returned = bool(versions) and plan.state == State.RETURNED
    return States(
        tuple(_sentences(plan, versions, in_work)),
        versions[-1].reason if returned else "",
        counted(len(versions), "version") if versions else "",
        words.address(plan, "versions"),
        _changed(changes, in_work.number) if in_work else "",
        words.address(plan, "changes"),
        f"{counted(waiting, 'part')} carried over still to confirm" if waiting else "",
        words.address(plan, "carried"),
        tuple(_steps(plan, edits, decides, unchanged=bool(in_work) and not changes)),
    )


def _waiting(facts: PlanFacts) -> int:
    statements = [each for entry in facts.entries for each in entry.statements]
    actions = [planned.action for planned in facts.actions]
    return sum(each.to_confirm for each in statements) + sum(each.to_confirm for each in actions)


def _sentences(
    plan: ChangePlan, versions: list[PlanVersion], in_work: PlanVersion | None
) -> Iterable[str]:
    """Yield what came of the last version, and what is in force meanwhile."""
    if in_work:
        yield f"Version {in_work.number} is in force. A new version is in work."
    if versions and versions[-1] != in_work:
        yield f"Version {versions[-1].number}: {versions[-1].record}"


def _changed(count: int, number: int) -> str:
    found = counted(count, "change") if count else "No changes yet"
    return f"{found} since version {number} was approved"


def _steps(plan: ChangePlan, edits: bool, decides: bool, *, unchanged: bool) -> Iterable[Step]:
    offered = STEPS.get(State(plan.state), ())
    for name, label, kind, is_decision in (*offered, UNCHANGED) if unchanged else offered:
        if decides if is_decision else edits:
            yield Step(label, words.address(plan, "step", name), kind)

"""Which record of the plan each action and each support of a file is: by its reference where the
file gives one, else by its words and the standards."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from .current import CurrentAction, CurrentPlan, CurrentSupport
from .drafts import ELSEWHERE, UNKNOWN, ActionDraft, Drafting, SupportDraft
from .headings import plain
from .steps import Doubt


class Referred(Protocol):
    """What a reference can name."""

    @property
    def reference(self) -> str: ...


R = TypeVar("R", bound=Referred)


def match(drafting: Drafting) -> None:
    """Find the records of the plan, and give every draft its key."""
    plan = drafting.plan
    taken: set[str] = set()
    for action in drafting.actions:
        action.current = _by_reference(plan.actions, action, taken)
        action.clears = drafting.exact and action.current is not None
    for action in drafting.actions:
        action.current = action.current or _action_by_words(plan, action, taken)
    for place, action in enumerate(drafting.actions, 1):
        action.key = action.current.reference if action.current else f"new-{place}"
    for asked in drafting.support:
        asked.current = _by_reference(plan.support, asked, taken)
        asked.clears = drafting.exact and asked.current is not None
    for asked in drafting.support:
        asked.current = asked.current or _support_by_words(plan, asked, taken)
    for place, asked in enumerate(drafting.support, len(drafting.actions) + 1):
        asked.key = asked.current.reference if asked.current else f"new-{place}"


def _by_reference(
    records: Iterable[R], draft: ActionDraft | SupportDraft, taken: set[str]
) -> R | None:
    if not draft.reference:
        return None
    for record in records:
        if record.reference == draft.reference and record.reference not in taken:
            taken.add(record.reference)
            return record
    field = "action" if isinstance(draft, ActionDraft) else "support"
    draft.doubts.append(Doubt(UNKNOWN.format(draft.reference), field))
    return None


def _action_by_words(
    plan: CurrentPlan, draft: ActionDraft, taken: set[str]
) -> CurrentAction | None:
    alike = [
        action
        for action in plan.actions
        if action.reference not in taken and _same(action.values["headline"], draft.headline)
    ]
    near = [each for each in alike if _meet(each.standards, draft.standards)]
    if alike and not near:
        draft.doubts.append(Doubt(ELSEWHERE, "headline"))
    for action in near[:1]:
        taken.add(action.reference)
    return near[0] if near else None


def _support_by_words(
    plan: CurrentPlan, draft: SupportDraft, taken: set[str]
) -> CurrentSupport | None:
    key = draft.action.key if draft.action else ""
    for asked in plan.support:
        placed = asked.action == key if key else _meet(asked.standards, draft.standards)
        if (
            placed
            and asked.reference not in taken
            and _same(asked.values["purpose"], draft.purpose)
        ):
            taken.add(asked.reference)
            return asked
    return None


def _same(one: str, other: str) -> bool:
    """Whether two headlines are the same but for capitals and signs."""
    return one.strip() == other.strip() or bool(plain(one) and plain(one) == plain(other))


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return bool(set(one) & set(other)) or not one or not other

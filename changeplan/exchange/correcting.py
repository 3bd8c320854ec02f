"""What a person corrects in a proposal before it is made so: rows left out, and doubtful values."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .current import CurrentPlan
from .fields import BY_KEY, Field, Kind
from .steps import Change, Proposal, ProposedRow, Step, Value, Verdict
from .taking import NotTaken, taken

MOST_CORRECTED = 500  # in one page; whoever has more mends the file
# The kinds of which a person can give another value in a line.
CORRECTABLE = {
    Kind.LINE, Kind.WHOLE, Kind.HALVES, Kind.DAYS, Kind.DATE, Kind.CHOICE, Kind.BODY, Kind.OWNER,
}  # fmt: skip


@dataclass(frozen=True)
class Corrections:
    """`skipped` are the places of rows in the proposal, from 0; `values` are the words given for
    doubtful values, by `name`."""

    skipped: frozenset[int] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"skipped": sorted(self.skipped), "values": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Corrections":
        return cls(frozenset(kept.get("skipped", ())), kept.get("values", {}))


@dataclass(frozen=True)
class Doubtful:
    """A value that a person can correct: `words` are those the file gives it now."""

    name: str
    row: int
    field: Field
    words: str
    step: Step


@dataclass(frozen=True)
class Corrected:
    """The proposal as corrected; `problems` are what cannot be taken, in words, by name."""

    proposal: Proposal
    problems: Mapping[str, str]


def signature(proposal: Proposal) -> str:
    """Return the same text for the same proposal, and another for any other."""
    return hashlib.sha256(repr(proposal).encode()).hexdigest()


def doubtful(proposal: Proposal) -> Iterator[Doubtful]:
    """Return the doubtful values that can be corrected, in the order of the rows."""
    for row, proposed in enumerate(proposal.rows):
        for place, step in enumerate(proposed.steps):
            for key in dict.fromkeys(doubt.field for doubt in step.doubts):
                known = BY_KEY.get(key)
                if known and known.kind in CORRECTABLE:
                    yield Doubtful(_name(row, place, key), row, known, _words(step, key), step)


def corrected(proposal: Proposal, corrections: Corrections, plan: CurrentPlan) -> Corrected:
    """Return the proposal with its doubtful values as they were corrected. A row that is left out
    keeps its place, without steps."""
    problems: dict[str, str] = {}
    rows: list[ProposedRow] = []
    for row, proposed in enumerate(proposal.rows):
        steps = () if row in corrections.skipped else tuple(enumerate(proposed.steps))
        put = tuple(
            _again(step, (row, place), corrections, plan, problems) for place, step in steps
        )
        rows.append(replace(proposed, steps=put))
    gone = _gone(proposal, corrections)
    freed = (replace(r, steps=tuple(_freed(step, gone) for step in r.steps)) for r in rows)
    return Corrected(replace(proposal, rows=tuple(freed)), problems)


def _again(
    step: Step,
    place: tuple[int, int],
    corrections: Corrections,
    plan: CurrentPlan,
    problems: dict[str, str],
) -> Step:
    for key in dict.fromkeys(doubt.field for doubt in step.doubts):
        name = _name(*place, key)
        if name in corrections.values:
            try:
                step = _put(step, BY_KEY[key], corrections.values[name], plan)
            except NotTaken as refused:
                problems[name] = str(refused)
    return step


def _name(row: int, step: int, key: str) -> str:
    return f"value-{row}-{step}-{key}"


def _words(step: Step, key: str) -> str:
    return next((change.new for change in step.changes if change.field == key), "")


def _put(step: Step, known: Field, words: str, plan: CurrentPlan) -> Step:
    """Give the step another value. Raises NotTaken for words that mean none."""
    words = words.strip()
    if words == _words(step, known.key):
        return step
    value = taken(known, words, plan)
    old = _old(step, known.key, plan)
    changes = tuple(change for change in step.changes if change.field != known.key)
    values = {key: given for key, given in step.values.items() if key != known.key}
    if words != old:
        changes += (Change(known.key, old, words),)
        values[known.key] = value
    if step.verdict == Verdict.MADE:
        return replace(step, values=values, changes=changes, title=_title(step, known, words))
    verdict = Verdict.CHANGED if changes else Verdict.LEFT
    return replace(step, values=values, changes=changes, verdict=verdict)


def _title(step: Step, known: Field, words: str) -> str:
    return words if known.key in ("headline", "purpose") else step.title


def _old(step: Step, key: str, plan: CurrentPlan) -> str:
    known = {action.reference: action.values for action in plan.actions}
    known |= {support.reference: support.values for support in plan.support}
    return known.get(step.key, {}).get(key, "")


def _gone(proposal: Proposal, corrections: Corrections) -> set[str]:
    """Return the keys of records that are not made, since their rows are left out."""
    skipped = (row for place, row in enumerate(proposal.rows) if place in corrections.skipped)
    return {step.key for row in skipped for step in row.steps if step.verdict == Verdict.MADE}


def _freed(step: Step, gone: set[str]) -> Step:
    values: dict[str, Value] = dict(step.values)
    if values.get("action") in gone:
        values["action"] = ""
    waits = values.get("depends_on")
    if isinstance(waits, tuple):
        values["depends_on"] = tuple(str(key) for key in waits if key not in gone)
    return replace(step, values=values)

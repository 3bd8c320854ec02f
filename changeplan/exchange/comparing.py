"""What the file says of each record against what the plan says: the steps of a proposal."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from partnership.dates import PreciseDate
from partnership.numbers import listing
from partnership.numbers import plain as figure

from .columns import Columns
from .current import Body, CurrentPlan, CurrentStandard
from .drafts import ActionDraft, Drafting, SupportDraft
from .fields import BY_KEY, FIELDS, Field, Kind, Part
from .headings import plain
from .splitting import statements
from .steps import Change, Doubt, Step, Value, Verdict
from .values import line, markdown, take, unchanged

# Told in ways of their own, or never taken.
APART = {"action", "action_standards", "depends_on", "support", "support_standards"}
NEVER_EMPTY = {"headline", "purpose", "programme", "action_status", "form"}
EMPTY: Mapping[Kind, Value] = {
    Kind.WHOLE: None, Kind.HALVES: None, Kind.DAYS: None, Kind.BODY: None, Kind.OWNER: None,
    Kind.PRIORITIES: (), Kind.ACTIONS: (), Kind.LIST: (),
}  # fmt: skip
UNNAMED_PROGRAMME = "Support programme"
WHICH = "The file does not say which programme: “{}” was taken."
NO_ACTIONS = "“{}” names {}, an action that neither the plan nor the file has."
TOO_LONG = "A statement of the status is too long, and the status was left as it is."


@dataclass
class Found:
    """What is to be set of a record, how it differs, and what is doubtful."""

    values: dict[str, Value] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def put(self, key: str, old: str, new: str, value: Value) -> None:
        self.values[key] = value
        self.changes.append(Change(key, old, new))

    def step(self, step: Step, doubts: Sequence[Doubt] = ()) -> Step:
        verdict = step.verdict
        if verdict == Verdict.LEFT and self.changes:
            verdict = Verdict.CHANGED
        return replace(
            step,
            verdict=verdict,
            values=self.values,
            changes=tuple(self.changes),
            doubts=(*doubts, *self.doubts),
        )


class Comparing:
    """Compares drafts, once all of them have their keys. `programme` is the name that the file
    gives the support programme, "" for none."""

    def __init__(
        self, plan: CurrentPlan, drafting: Drafting, columns: Columns, *, programme: str
    ) -> None:
        self.plan, self.columns, self.programme = plan, columns, programme
        self.form, self.exact = drafting.form, drafting.exact
        self._actions = drafting.actions
        self._numbers = {standard.number for standard in plan.standards}

    def standard(self, standard: CurrentStandard, told: Sequence[str]) -> Step:
        """Return what becomes of a standard's status, of which the file tells in so many cells."""
        old, new = "\n\n".join(standard.status), "\n\n".join(told)
        found = Found()
        known = BY_KEY["status"]
        if not unchanged(known, old, new, self.form, self.plan):
            given = statements(new, standard.status)
            if any(len(each) > known.longest for each in given):
                found.doubts.append(Doubt(TOO_LONG, "status"))
            else:
                found.put("status", old, "\n\n".join(given), given)
        verdict = Verdict.LEFT if old or not found.changes else Verdict.MADE
        number = standard.number
        return found.step(Step(Part.STANDARD, verdict, str(number), standard.title, (number,), {}))

    def action(self, draft: ActionDraft) -> Step:
        """Return what becomes of an action."""
        current = draft.current
        found = self._fields(draft, Part.ACTION, current.values if current else {})
        standards = self._known(draft.standards, "action_standards", found)
        if current:
            says = self.exact and "action_standards" in self.columns
            told = standards if says else (*current.standards, *standards)
            standards = tuple(sorted(set(told)))
            if standards != tuple(sorted(current.standards)):
                old, new = _numbers(current.standards), _numbers(standards)
                found.put("action_standards", old, new, standards)
        self._depends_on(draft, found)
        verdict = Verdict.LEFT if current else Verdict.MADE
        title = draft.headline or (current.values["headline"] if current else "")
        step = Step(Part.ACTION, verdict, draft.key, title, standards, {})
        return found.step(step, draft.doubts)

    def support(self, draft: SupportDraft) -> Step:
        """Return what becomes of support."""
        current = draft.current
        found = self._fields(draft, Part.SUPPORT, current.values if current else {})
        standards = self._known(draft.standards, "support_standards", found)
        key = draft.action.key if draft.action else ""
        if current is None:
            self._programme(draft, found)
            found.values["action"] = key
        elif self.exact:
            if standards != tuple(sorted(current.standards)):
                old, new = _numbers(current.standards), _numbers(standards)
                found.put("support_standards", old, new, standards)
            if key != current.action:
                found.put("action", current.action, key, key)
        else:
            standards = current.standards
        verdict = Verdict.LEFT if current else Verdict.MADE
        step = Step(Part.SUPPORT, verdict, draft.key, draft.purpose, standards, {})
        return found.step(step, draft.doubts)

    def _known(self, numbers: Sequence[int], key: str, found: Found) -> tuple[int, ...]:
        unknown = [number for number in numbers if number not in self._numbers]
        if unknown:
            found.doubts.append(Doubt(f"The exercise has no standard {listing(unknown)}.", key))
        return tuple(sorted(set(numbers) & self._numbers))

    def _fields(
        self, draft: ActionDraft | SupportDraft, part: Part, old: Mapping[str, str]
    ) -> Found:
        found = Found()
        for known in FIELDS:
            if known.part != part or known.key in APART or known.kind == Kind.SHOWN:
                continue
            words, before = draft.cells.get(known.key, ""), old.get(known.key, "")
            if self._same(known, before, words, draft):
                continue
            if words:
                self._take(known, before, words, found)
            elif draft.clears and known.key in self.columns and known.key not in NEVER_EMPTY:
                found.put(known.key, before, "", EMPTY.get(known.kind, ""))
        return found

    def _same(
        self, known: Field, before: str, words: str, draft: ActionDraft | SupportDraft
    ) -> bool:
        found_by = known.key in ("headline", "purpose") and draft.current
        if found_by and (not draft.clears or known.key not in self.columns):
            return True  # found by these very words, or not told at all
        return unchanged(known, before, words, self.form, self.plan)

    def _take(self, known: Field, before: str, words: str, found: Found) -> None:
        taken = take(known, words, self.form, self.plan)
        if taken.doubt:
            found.doubts.append(Doubt(f"“{known.heading}” {taken.doubt}", known.key))
        if not taken.fits:
            return
        value = taken.value
        if known.kind == Kind.TEXT and not self.exact:
            value = markdown(words)
        new = shown(known, value)
        if new != before:
            found.put(known.key, before, new, value)

    def _programme(self, draft: SupportDraft, found: Found) -> None:
        """Say which programme new support is asked of, where the row does not."""
        if "programme" in found.values:
            return
        known = [body for body in self.plan.bodies if body.kind == "programme"]
        names = {plain(name): body for body in reversed(known) for name in body.names}
        value: Body | str = names.get(plain(self.programme)) or (
            known[0] if known else self.programme or UNNAMED_PROGRAMME
        )
        if len(known) > 1 and plain(self.programme) not in names:
            found.doubts.append(Doubt(WHICH.format(known[0].names[0]), "programme"))
        found.put("programme", "", value.names[0] if isinstance(value, Body) else value, value)

    def _depends_on(self, draft: ActionDraft, found: Found) -> None:
        words = line(draft.cells.get("depends_on", ""), self.form)
        before = draft.current.values.get("depends_on", "") if draft.current else ""
        if not words and not (draft.clears and before and "depends_on" in self.columns):
            return
        keys, unknown = self._named(words)
        if unknown:
            heading = BY_KEY["depends_on"].heading
            words = NO_ACTIONS.format(heading, listing(f"“{each}”" for each in unknown))
            found.doubts.append(Doubt(words, "depends_on"))
        keys = [key for key in keys if key != draft.key]
        if set(keys) != set(self._named(before)[0]):
            found.put("depends_on", before, ", ".join(keys), tuple(keys))

    def _named(self, words: str) -> tuple[list[str], list[str]]:
        """Return the keys of the actions that words name, and the words that name none."""
        keys, unknown = [], []
        for name in re.findall(r"[^\s,;]+", words):
            key = self._key(name)
            if key:
                keys.append(key)
            elif name.lower() not in ("and", "action", "actions"):
                unknown.append(name)
        return list(dict.fromkeys(keys)), unknown

    def _key(self, name: str) -> str:
        for draft in self._actions:
            if name in (draft.reference, draft.number) and (draft.headline or draft.current):
                return draft.key
        for action in self.plan.actions:
            if name in (action.reference, str(action.number)):
                return action.reference
        return ""


def shown(known: Field, value: Value) -> str:
    """Return a value as an export writes it."""
    if isinstance(value, Body):
        return value.names[0]
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    if isinstance(value, Decimal):
        return figure(value)
    if known.kind == Kind.CHOICE:
        return known.choices[str(value)][0]
    if known.kind == Kind.DATE and value:
        return str(PreciseDate(str(value)))
    return "" if value is None else str(value)


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))

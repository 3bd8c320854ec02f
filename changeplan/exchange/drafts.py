"""The actions and the support that the rows of a file tell of, each once, as the file says it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .current import CurrentAction, CurrentPlan, CurrentSupport
from .fields import BY_KEY, Part
from .headings import plain
from .prose import purpose_of, support_in
from .splitting import SaidAction, actions_in
from .steps import Doubt
from .telling import Told
from .values import NONE, cell, line, lines, markdown, numbers_in

SHARED = "The row tells of {} actions: each takes its owner, dates and other columns."
SAME = "The same action stands under another standard too: it was taken for one."
MERGED = "The cell is merged over several rows: one action for several standards."
NO_ACTION = "The row has no action that its {} could belong to."
UNKNOWN = "The plan has no record with the reference {}: looked for by its words."
TWICE = "The file tells of this action twice: what it says here was passed over."
ELSEWHERE = "The plan has an action with this headline under another standard."
UNLINKED = "The row tells of several actions: the support was linked to its standard alone."
PROSE_FROM = 100  # characters; a longer purpose is prose


@dataclass(eq=False)
class ActionDraft:
    """An action. `cells` hold the words of the file; `current` is what it is in the plan, and
    `clears` says that an empty cell empties the field."""

    headline: str
    cells: dict[str, str]
    standards: list[int]
    reference: str = ""
    number: str = ""
    key: str = ""
    current: CurrentAction | None = None
    clears: bool = False
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(eq=False)
class SupportDraft:
    """Support; `action` is the draft that asks for it."""

    purpose: str
    cells: dict[str, str]
    standards: list[int]
    action: ActionDraft | None = None
    reference: str = ""
    key: str = ""
    current: CurrentSupport | None = None
    clears: bool = False
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class RowDraft:
    """A row with what is told there first."""

    told: Told
    standards: tuple[int, ...]
    doubts: list[Doubt]
    actions: list[ActionDraft] = field(default_factory=list)
    support: list[SupportDraft] = field(default_factory=list)


class Drafting:
    """Goes through the rows in order. `exact`: an export, or the template, whose cells hold what
    their headings say and nothing else."""

    def __init__(self, plan: CurrentPlan, form: str, *, exact: bool) -> None:
        self.plan, self.form, self.exact = plan, form, exact
        self.actions: list[ActionDraft] = []
        self.support: list[SupportDraft] = []
        self._row_actions: list[ActionDraft] = []

    def add(self, row: RowDraft) -> None:
        """Take in what a row tells."""
        told, named = row.told, []
        for draft in self._told_actions(row):
            known = self._known(draft)
            if known is None:
                self.actions.append(draft)
                row.actions.append(draft)
            named.append(known or draft)
        if "headline" in told.joined and not named:
            named = self._row_actions
            for draft in named:
                _serve(draft, row.standards, MERGED)
        self._row_actions = named
        self._add_support(row, named)

    def _told_actions(self, row: RowDraft) -> Iterator[ActionDraft]:
        cells = row.told.of(Part.ACTION)
        reference = line(cells.get("action", ""), self.form)
        number = line(cells.get("action_number", ""), self.form)
        if "headline" not in cells:
            others = set(cells) - {"action", "action_number"}
            if others and "headline" not in row.told.joined and not reference:
                names = ", ".join(f"“{BY_KEY[key].heading}”" for key in BY_KEY if key in others)
                row.doubts.append(Doubt(NO_ACTION.format(names), "headline"))
            if reference:
                yield ActionDraft("", cells, list(row.standards), reference, number)
            return
        found, doubt = self._split(cells)
        serves = numbers_in(line(cells.get("action_standards", ""), self.form)) or row.standards
        doubts = [Doubt(doubt, "headline")] if doubt else []
        if len(found) > 1 and set(cells) - {"headline", "detail", "action_standards"}:
            doubts.append(Doubt(SHARED.format(len(found)), "headline"))
        for said in found:
            detail = {"detail": said.detail} if said.detail else {}
            told = {**cells, "headline": cell(said.headline, self.form), **detail}
            yield ActionDraft(said.headline, told, list(serves), reference, number, doubts=doubts)
            doubts = []

    def _split(self, cells: dict[str, str]) -> tuple[list[SaidAction], str]:
        words, detail = cells["headline"], cells.get("detail", "")
        if self.exact:
            return [SaidAction(" ".join(lines(words, self.form)), detail)], ""
        found, doubt = actions_in(words)
        if len(found) == 1 and detail:
            more = "\n\n".join(each for each in (found[0].detail, markdown(detail)) if each)
            found = [SaidAction(found[0].headline, more)]
        return found, doubt

    def _known(self, draft: ActionDraft) -> ActionDraft | None:
        """Return the draft of the same action from a row before, which serves these standards
        too."""
        for other in self.actions:
            if draft.reference and draft.reference == other.reference:
                if set(draft.cells) - {"action", "action_number", "headline", "action_standards"}:
                    _twice(other, draft)
                return other
            if draft.reference or other.reference or not draft.headline:
                continue
            alike = plain(draft.headline) == plain(other.headline)
            detail = draft.cells.get("detail", "")
            if alike and not self.exact and detail in ("", other.cells.get("detail", "")):
                _serve(other, draft.standards, SAME)
                return other
        return None

    def _add_support(self, row: RowDraft, actions: list[ActionDraft]) -> None:
        cells = row.told.of(Part.SUPPORT)
        if "purpose" in row.told.joined and "purpose" not in cells and self.support:
            last = self.support[-1]
            last.standards += [n for n in row.standards if n not in last.standards]
            return
        says_none = line(cells.get("purpose", ""), self.form).lower() in NONE
        reference = line(cells.get("support", ""), self.form)
        if not cells.keys() - {"programme", "purpose"} and says_none:
            return
        draft = self._support(row, cells, actions)
        draft.reference = reference
        self.support.append(draft)
        row.support.append(draft)

    def _support(
        self, row: RowDraft, cells: dict[str, str], actions: list[ActionDraft]
    ) -> SupportDraft:
        own = numbers_in(line(cells.get("support_standards", ""), self.form))
        action = actions[0] if len(actions) == 1 else None
        standards = list(own or (() if self.exact and action else row.standards))
        draft = SupportDraft("", cells, standards, action)
        if len(actions) > 1:
            draft.doubts.append(Doubt(UNLINKED, "purpose"))
        if self.exact:
            draft.purpose = " ".join(lines(cells.get("purpose", ""), self.form))
        else:
            self._read_prose(draft)
        if not draft.purpose:
            numbers = ", ".join(map(str, row.standards))
            draft.purpose = action.headline if action else f"Support for standard {numbers}".strip()
            draft.doubts.append(Doubt("The file does not say what the support is for.", "purpose"))
        draft.cells = {**draft.cells, "purpose": cell(draft.purpose, self.form)}
        return draft

    def _read_prose(self, draft: SupportDraft) -> None:
        """Read days, events and focus areas out of the words, where no column tells them."""
        words = draft.cells.get("purpose", "")
        if not words:
            return
        said = support_in(words)
        is_prose = len(words) > PROSE_FROM or "\n" in words
        draft.purpose = said.purpose if is_prose else purpose_of(words)
        read = {
            "support_detail": said.detail if is_prose else "",
            "estimated": "" if said.days is None else str(said.days),
            "form": BY_KEY["form"].choices[said.form][0] if said.form != "other" else "",
            "events": str(said.events or ""),
            "focus_areas": cell("\n".join(said.focus_areas), self.form),
        }
        taken = {key: words for key, words in read.items() if words and key not in draft.cells}
        draft.cells = {**draft.cells, **taken}
        draft.doubts += [Doubt(words, key) for key, words in said.doubts.items() if key in taken]


def _serve(draft: ActionDraft, standards: "tuple[int, ...] | list[int]", why: str) -> None:
    more = [number for number in standards if number not in draft.standards]
    draft.standards += more
    if more and all(doubt.words != why for doubt in draft.doubts):
        draft.doubts.append(Doubt(why, "action_standards"))


def _twice(other: ActionDraft, draft: ActionDraft) -> None:
    own = {key: words for key, words in draft.cells.items() if key != "action_standards"}
    if any(other.cells.get(key, "") != words for key, words in own.items()):
        other.doubts.append(Doubt(TWICE, "headline"))

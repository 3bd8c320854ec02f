"""The actions and the support that the rows of a file tell of, each once, as the file says it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from .current import CurrentAction, CurrentPlan, CurrentSupport
from .fields import BY_KEY, Part
from .headings import plain
from .markdown import plain_lines
from .prose import OPENING, purpose_of, support_in
from .splitting import SaidAction, actions_in
from .steps import Doubt
from .telling import Told
from .values import cell, line, lines, markdown, numbers_in, says_nothing

SHARED = "The row tells of {} actions: each takes its owner, dates and other columns."
SAME = "The same action stands under another standard too: it was taken for one."
MERGED = "The cell is merged over several rows: one action for several standards."
NO_ACTION = "The row has no action that its {} could belong to."
UNKNOWN = "The plan has no record with the reference {}: looked for by its words."
TWICE = "The file tells of this action twice: what it says here was passed over."
ELSEWHERE = "The plan has an action with this headline under another standard."
UNLINKED = "The row tells of several actions: the support was linked to its standard alone."
DAYS_ALONE = re.compile(
    r"|[\s,;:(]*(?:with |for |at |over |using )?"
    r"(?:an? |around |about |approximately |up to |estimated )*"
    r"[\w½¼¾.,-]+(?: and a half)?(?: \w+)? days?(?: of(?: \w+)? support)?\)?",
    re.IGNORECASE,
)
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
        serves = numbers_in(line(cells.get("action_standards", ""), self.form)) or row.standards
        reference = line(cells.get("action", ""), self.form)
        number = line(cells.get("action_number", ""), self.form)
        if "headline" not in cells:
            others = set(cells) - {"action", "action_number"}
            if others and "headline" not in row.told.joined and not reference:
                names = ", ".join(f"“{BY_KEY[key].heading}”" for key in BY_KEY if key in others)
                row.doubts.append(Doubt(NO_ACTION.format(names), "headline"))
            if reference:
                yield ActionDraft("", cells, list(serves), reference, number)
            return
        if not self.exact and says_nothing(line(cells["headline"], self.form)):
            return
        found, doubt = self._split(cells)
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
            if _same_record(draft, other):
                _told_again(other, draft)
                return other
            if draft.reference or other.reference or not draft.headline:
                continue
            alike = plain(draft.headline) == plain(other.headline)
            if alike and not self.exact and not _clashes(other, draft):
                other.cells = {**draft.cells, **other.cells}
                _serve(other, draft.standards, SAME)
                return other
        return None

    def _add_support(self, row: RowDraft, actions: list[ActionDraft]) -> None:
        cells = row.told.of(Part.SUPPORT)
        if "purpose" in row.told.joined and "purpose" not in cells and self.support:
            last = self.support[-1]
            last.standards += [n for n in row.standards if n not in last.standards]
            return
        says_none = says_nothing(line(cells.get("purpose", ""), self.form))
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
            self._read_prose(draft, row.told.cells.keys())
        if not draft.purpose:
            numbers = ", ".join(map(str, row.standards))
            draft.purpose = action.headline if action else f"Support for standard {numbers}".strip()
            draft.doubts.append(Doubt("The file does not say what the support is for.", "purpose"))
        draft.cells = {**draft.cells, "purpose": cell(draft.purpose, self.form)}
        return draft

    def _read_prose(self, draft: SupportDraft, columns: Collection[str]) -> None:
        """Read days, events and focus areas out of the words, where no column tells them."""
        words = draft.cells.get("purpose", "")
        if not words:
            return
        said = support_in(words)
        is_prose = len(words) > PROSE_FROM or "\n" in words
        draft.purpose = said.purpose if is_prose else purpose_of(words)
        read = {
            "support_detail": said.detail if is_prose or _loses(words, draft.purpose) else "",
            "estimated": "" if said.days is None else str(said.days),
            "form": BY_KEY["form"].choices[said.form][0] if said.form != "other" else "",
            "events": str(said.events or ""),
            "focus_areas": cell("\n".join(said.focus_areas), self.form),
        }
        own = {*draft.cells, *(set(columns) - {"estimated"})}
        taken = {key: words for key, words in read.items() if words and key not in own}
        draft.cells = {**draft.cells, **taken}
        draft.doubts += [Doubt(words, key) for key, words in said.doubts.items() if key in taken]


def _loses(words: str, purpose: str) -> bool:
    """Whether a purpose leaves out more of the words than that so many days are asked for."""
    text = " ".join(" ".join(plain_lines(words)).split()).rstrip(".")
    begun = OPENING.sub("", text)
    return not (
        begun.lower().startswith(purpose.lower()) and DAYS_ALONE.fullmatch(begun[len(purpose) :])
    )


def _serve(draft: ActionDraft, standards: "tuple[int, ...] | list[int]", why: str) -> None:
    more = [number for number in standards if number not in draft.standards]
    draft.standards += more
    if more and all(doubt.words != why for doubt in draft.doubts):
        draft.doubts.append(Doubt(why, "action_standards"))


def _same_record(draft: ActionDraft, other: ActionDraft) -> bool:
    """Whether two rows of an export tell of one action: by its reference, or, where that column
    is gone, by its number and headline."""
    if draft.reference or other.reference:
        return draft.reference == other.reference
    return bool(draft.number and draft.headline) and (draft.number, draft.headline) == (
        other.number,
        other.headline,
    )


def _told_again(other: ActionDraft, draft: ActionDraft) -> None:
    """Take in what another row tells of the same action. An export tells all of it in one row and
    names it in the others; the fullest counts, wherever sorting has put it."""
    if _clashes(other, draft):
        other.doubts.append(Doubt(TWICE, "headline"))
    if len(draft.cells) > len(other.cells):
        other.headline, other.standards = draft.headline, draft.standards
        other.cells, draft.cells = draft.cells, other.cells
    other.cells = {**draft.cells, **other.cells}


def _clashes(one: ActionDraft, other: ActionDraft) -> bool:
    """Whether two rows say different things of an action."""
    return any(
        one.cells.get(key, words) != words
        for key, words in other.cells.items()
        if key not in ("headline", "action_standards")
    )

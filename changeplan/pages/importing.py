"""The pages on which a file comes into a plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.forms.boundfield import BoundField
from django.utils.timezone import localtime

from partnership.dates import day_words
from partnership.numbers import counted, listing

from .. import words
from ..exchange.correcting import signature
from ..exchange.fields import BY_KEY, Kind, Part
from ..exchange.proposal import Change, Proposal, ProposedRow, Step, Verdict
from ..exchange.sheet import DOCX, XLSX, Sheet
from ..forms.importing import CheckForm
from ..models import ChangePlan, PlanImport
from ..services.applying import Made
from ..words import Tag

PARTS = {Part.STANDARD: "Current status", Part.ACTION: "Action", Part.SUPPORT: "Support"}
NOUNS = {
    Part.STANDARD: ("standard’s status", "standards’ status"),
    Part.ACTION: ("action", "actions"),
    Part.SUPPORT: ("piece of support", "pieces of support"),
}
TAGS = {
    Verdict.MADE: Tag("New", "active"),
    Verdict.CHANGED: Tag("Changes", "warning"),
    Verdict.LEFT: Tag("Stays as it is", "neutral"),
}
DONE = {Verdict.MADE: Tag("New", "done"), Verdict.CHANGED: Tag("Changed", "done")}
KEYS = {"action", "depends_on", "priorities"}  # hold the keys of other records
RICH = {Kind.TEXT, Kind.STATEMENTS}


@dataclass(frozen=True)
class Waiting:
    """A file that its sender has not imported yet."""

    name: str
    sent: str
    href: str
    forget_href: str


@dataclass(frozen=True)
class ColumnsPage:
    """`rows` is how many the file has; `doubts` are about the file as a whole."""

    rows: str
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class CheckedValue:
    """A field of a record: what the plan says now, and what it will say. `rich` is Markdown."""

    label: str
    old: str
    new: str
    rich: bool


@dataclass(frozen=True)
class CheckedDoubt:
    """What to look at, and where it can be corrected."""

    words: str
    field: BoundField | None = None


@dataclass(frozen=True)
class CheckedStep:
    """A record that will be made, will change or stays."""

    part: str
    title: str
    tag: Tag
    is_new: bool
    stays: bool
    values: tuple[CheckedValue, ...]
    doubts: tuple[CheckedDoubt, ...]


@dataclass(frozen=True)
class CheckedRow:
    """A row of the file, and what follows from it. `quiet`: nothing does."""

    id: str
    heading: str
    place: str
    skip: BoundField
    is_skipped: bool
    steps: tuple[CheckedStep, ...]
    doubts: tuple[str, ...]
    quiet: bool


@dataclass(frozen=True)
class CheckPage:
    """Everything the page shows. `seen` says which proposal it is; `made` and `changed` are what
    the import would do, "" where it would do none of it."""

    seen: str
    made: str
    changed: str
    doubtful: int
    rows: tuple[CheckedRow, ...]
    quiet: tuple[CheckedRow, ...]
    doubts: tuple[str, ...]
    untouched: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        return not (self.made or self.changed)


@dataclass(frozen=True)
class MadeRow:
    """Something that was imported."""

    part: str
    tag: Tag
    title: str
    href: str


def waiting_imports(plan: ChangePlan, sent: Iterable[PlanImport]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            each.file_name,
            day_words(localtime(each.sent_at).date()),
            words.address(plan, "import_columns", each.identifier),
            words.address(plan, "import_forget", each.identifier),
        )
        for each in sent
    )


def template_files(plan: ChangePlan) -> tuple[dict[str, str], ...]:
    """Return the files to fill in, as components/downloads.html draws them."""
    return tuple(
        {"label": label, "href": words.address(plan, "import_template", format), "format": name}
        for label, format, name in (
            ("All columns, with choices to choose from", XLSX, "Excel"),
            ("The usual columns, as a table", DOCX, "Word"),
        )
    )


def columns_page(sheet: Sheet) -> ColumnsPage:
    return ColumnsPage(counted(len(sheet.rows), "row"), sheet.doubts)


def check_page(form: CheckForm) -> CheckPage:
    """Return the page of a proposal as it is corrected so far."""
    result = form.corrected.proposal
    pairs = zip(form.proposal.rows, result.rows, strict=True)
    names = _names(form)
    rows = [_row(place, both, form, names) for place, both in enumerate(pairs)]
    return CheckPage(
        signature(form.proposal),
        _counts(result, Verdict.MADE),
        _counts(result, Verdict.CHANGED),
        sum(bool(row.doubts or any(step.doubts for step in row.steps)) for row in rows),
        tuple(row for row in rows if not row.quiet),
        tuple(row for row in rows if row.quiet),
        tuple(doubt.words for doubt in result.doubts),
        result.untouched,
    )


def done_page(sent: PlanImport, made: Iterable[Made]) -> tuple[MadeRow, ...]:
    return tuple(
        MadeRow(PARTS[Part(m.part)], DONE[Verdict(m.verdict)], m.title, _href(sent.plan, m))
        for m in made
    )


def _href(plan: ChangePlan, made: Made) -> str:
    if made.part == Part.STANDARD:
        return f"{words.address(plan)}#standard-{made.key}"
    page = {Part.ACTION: "action", Part.SUPPORT: "allocation"}[Part(made.part)]
    return words.address(plan, page, made.key)


def _counts(proposal: Proposal, verdict: Verdict) -> str:
    counts = ((part, proposal.count(part, verdict)) for part in PARTS)
    return listing(counted(count, *NOUNS[part]) for part, count in counts if count)


def _row(
    place: int,
    both: tuple[ProposedRow, ProposedRow],
    form: CheckForm,
    names: Mapping[str, str],
) -> CheckedRow:
    proposed, _ = both
    skip = form[f"skip-{place}"]
    steps = tuple(_steps(place, both, form, names))
    doubts = tuple(doubt.words for doubt in proposed.doubts)
    is_skipped = place in form.corrections.skipped
    return CheckedRow(
        f"row-{place + 1}",
        words.standards(proposed.standards).capitalize() or "No standard",
        listing(proposed.places),
        skip,
        is_skipped,
        steps,
        doubts,
        quiet=not (is_skipped or doubts) and all(s.stays and not s.doubts for s in steps),
    )


def _steps(
    row: int,
    both: tuple[ProposedRow, ProposedRow],
    form: CheckForm,
    names: Mapping[str, str],
) -> Iterator[CheckedStep]:
    proposed, result = both
    for place, step in enumerate(proposed.steps):
        now = result.steps[place] if result.steps else step
        yield CheckedStep(
            PARTS[step.part],
            now.title,
            TAGS[now.verdict],
            now.verdict == Verdict.MADE,
            now.verdict == Verdict.LEFT,
            tuple(_value(change, names) for change in now.changes if not _titles(now, change)),
            tuple(_doubts(f"value-{row}-{place}", step, form)),
        )


def _titles(step: Step, change: Change) -> bool:
    """Whether a new record's value stands above it already."""
    return step.verdict == Verdict.MADE and change.new == step.title


def _doubts(prefix: str, step: Step, form: CheckForm) -> Iterator[CheckedDoubt]:
    """Return a step's doubts; the first about a field brings along where it is corrected."""
    shown: set[str] = set()
    for doubt in step.doubts:
        name = f"{prefix}-{doubt.field}"
        correctable = name in form.fields and name not in shown
        shown.add(name)
        yield CheckedDoubt(doubt.words, form[name] if correctable else None)


def _value(change: Change, names: Mapping[str, str]) -> CheckedValue:
    known = BY_KEY[change.field]
    label = "For the action" if change.field == "action" else known.heading
    both = (change.old, change.new)
    old, new = (_named(words, names) if change.field in KEYS else words for words in both)
    return CheckedValue(label, old, new, known.kind in RICH)


def _named(words: str, names: Mapping[str, str]) -> str:
    """Return what keys stand for, a line each; a line of words stays as it is."""
    return "\n".join(
        ", ".join(names.get(key, key) for key in line.split(", ")) for line in words.split("\n")
    )


def _names(form: CheckForm) -> dict[str, str]:
    """Return what the keys of a proposal stand for."""
    made = {step.key: f"“{step.title}”" for step in form.proposal.steps if step.part == Part.ACTION}
    there = {each.reference: f"“{each.values['headline']}”" for each in form.plan.actions}
    answered = {each.key: f"{each.number}. {each.title}" for each in form.plan.priorities}
    return made | there | answered

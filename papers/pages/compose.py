"""What the page shows on which a paper is written: the paper as its writer takes hold of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone

from partnership.models import Removable, User
from partnership.numbers import listing
from partnership.richtext import parse, plain_text

from ..content.numbering import letter
from ..kinds import BlockKind
from ..models import Block, IssuedPaper, Paper, Recommendation, Section

UNDO = timedelta(minutes=10)  # how long what one removed oneself is still shown in its place
MOST_NAMED = 3  # actions of a recommendation
NARRATIVE = (BlockKind.PARAGRAPH, BlockKind.PROSE)


@dataclass(frozen=True)
class Gone:
    """Something that was removed: what to call it, and the address that brings it back."""

    record: Any
    name: str
    bring_back: str

    @property
    def row(self) -> str:
        """The id that it has on the page once it is back."""
        return row_of(self.record)


@dataclass(frozen=True)
class Row:
    """A block or a recommendation at its place (from 1) among `last`. `name` is how its buttons
    name it; `first` and `end`: it cannot move further up or down. `gone` stood behind it."""

    record: Any
    name: str
    place: int
    last: int
    first: bool
    end: bool
    gone: tuple[Gone, ...] = ()
    shows: str = ""
    about: str = ""
    lists_recommendations: bool = False


@dataclass(frozen=True)
class SectionRow:
    """A section: its mark ("2", "Appendix A" or ""), and the id that it has in the paper."""

    record: Section
    mark: str
    key: str
    place: int
    last: int
    rows: tuple[Row, ...]
    gone_first: tuple[Gone, ...] = ()
    gone: tuple[Gone, ...] = ()


@dataclass(frozen=True)
class ComposePage:
    """Everything the page shows. `sections_gone` leave no other section of their kind behind, and
    `recommendations_gone` stood before the first; `loose`: no block prints the recommendations."""

    paper: Paper
    sections: tuple[SectionRow, ...]
    appendices: tuple[SectionRow, ...]
    recommendations: tuple[Row, ...]
    recommendations_gone: tuple[Gone, ...]
    sections_gone: tuple[Gone, ...]
    loose: bool
    removed: tuple[tuple[Removable, str], ...]
    issue: IssuedPaper | None

    @property
    def lists(self) -> tuple[tuple[SectionRow, ...], ...]:
        """The sections and the appendices, where there are any."""
        return tuple(filter(None, (self.sections, self.appendices)))


def address(paper: Paper, name: str = "compose", *more: object) -> str:
    """Return the address of one of the pages on which a paper is written."""
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def compose_page(paper: Paper, reader: User) -> ComposePage:
    """Return the page. Eight queries, however long the paper."""
    sections = list(paper.sections.prefetch_related("blocks"))
    removed = _removed(paper)
    fresh = _fresh(removed, reader)
    asked = list(paper.recommendations.select_related("asked_of").prefetch_related("actions"))
    shown = next((block for s in sections for block in s.blocks.all() if _asks(block)), None)
    rows = {
        is_appendix: tuple(_sections(list(group), sections, fresh, shown))
        for is_appendix, group in groupby(sections, lambda section: section.is_appendix)
    }
    return ComposePage(
        paper,
        rows.get(False, ()),
        rows.get(True, ()),
        tuple(_rows(asked, fresh.get(Recommendation, []), recommendation_name)),
        tuple(_between(fresh.get(Recommendation, []), None, asked[0] if asked else None)),
        tuple(g for g in fresh.get(Section, []) if not rows.get(g.record.is_appendix)),
        shown is None,
        tuple((gone.record, gone.bring_back) for gone in removed),
        paper.issues.order_by("-number").first(),
    )


def row_of(record: Any) -> str:
    """Return the id that a section, a block or a recommendation has on the page."""
    return f"{record._meta.model_name}-{record.identifier}"


def is_narrative(block: Block) -> bool:
    """Whether the block is a writer's own paragraph, and shows no data."""
    return block.kind in NARRATIVE


def block_name(block: Block) -> str:
    """Return how a button or a message names a block: its beginning, or what it shows."""
    if not is_narrative(block):
        return block.get_kind_display()
    words = plain_text(parse(block.text)).split()
    return f"“{' '.join(words[:6])}{' …' if len(words) > 6 else ''}”"


def section_name(section: Section) -> str:
    """Return how a button or a message names a section."""
    return f"“{section.heading}”"


def _asks(block: Block) -> bool:
    return block.kind == BlockKind.RECOMMENDATIONS


def _sections(
    rows: Sequence[Section],
    every: Sequence[Section],
    fresh: Mapping[type, list[Gone]],
    shown: Block | None,
) -> Iterator[SectionRow]:
    numbers, gone = count(1), fresh.get(Section, [])
    same = [each for each in gone if each.record.is_appendix == rows[0].is_appendix]
    for place, section in enumerate(rows):
        nth = letter(place)
        number = str(next(numbers)) if section.is_numbered and not section.is_appendix else ""
        mine = [g for g in fresh.get(Block, []) if g.record.section_id == section.pk]
        blocks = list(section.blocks.all())
        follows = rows[place + 1] if place + 1 < len(rows) else None
        yield SectionRow(
            section,
            f"Appendix {nth}" if section.is_appendix else number,
            f"appendix-{nth.lower()}" if section.is_appendix else f"section-{place + 1}",
            place + 1,
            len(rows),
            tuple(_rows(blocks, mine, block_name, section, every, shown)),
            tuple(_between(mine, None, blocks[0] if blocks else None)),
            tuple(_between(same, section if place else None, follows)),
        )


def _rows(
    records: Sequence[Any],
    gone: list[Gone],
    name: Callable[[Any], str],
    section: Section | None = None,
    every: Sequence[Section] = (),
    shown: Block | None = None,
) -> Iterator[Row]:
    last = len(records)
    for place, record in enumerate(records, 1):
        yield Row(
            record,
            name(record),
            place,
            last,
            place == 1 and (section is None or section == every[0]),
            place == last and (section is None or section == every[-1]),
            tuple(_between(gone, record, records[place] if place < last else None)),
            _shows(record),
            _about(record),
            record == shown,
        )


def _shows(record: Any) -> str:
    """Return what a block shows in words; "" for a paragraph."""
    if not isinstance(record, Block) or is_narrative(record):
        return ""
    return f"{record.get_kind_display()}{f': {record.count}' if record.count else ''}"


def recommendation_name(recommendation: Recommendation) -> str:
    """Return how a button or a message names a recommendation."""
    return f"recommendation {recommendation.number}"


def _about(record: Any) -> str:
    """Return the actions that a recommendation is about, by name or, where they are many, number;
    "" for a block."""
    if not isinstance(record, Recommendation) or not (actions := record.actions.all()):
        return ""
    if len(actions) > MOST_NAMED:
        return f"{len(actions)} actions of the plan"
    return listing(f"“{action.heading}”" for action in actions)


def _between(gone: Iterable[Gone], before: Any, after: Any) -> Iterator[Gone]:
    """Return what stood between two neighbours."""
    low = before.number if before else 0
    for each in gone:
        number = each.record.number
        if number >= low and (after is None or number < after.number):
            yield each


def _removed(paper: Paper) -> list[Gone]:
    """Return what was removed from the paper, the latest first, but for what went along."""
    of_block = {"section__paper": paper, "section__removed_at": None}
    known: tuple[tuple[str, Any, Callable[[Any], str]], ...] = (
        ("section_restore", Section.everything.filter(paper=paper), section_name),
        ("block_restore", Block.everything.filter(**of_block), block_name),
        (
            "recommendation_restore",
            Recommendation.everything.filter(paper=paper),
            recommendation_name,
        ),
    )
    gone = [
        Gone(record, name(record), address(paper, restore, record.identifier))
        for restore, rows, name in known
        for record in rows.exclude(removed_at=None).select_related("removed_by")
    ]
    return sorted(gone, key=lambda each: str(each.record.removed_at), reverse=True)


def _fresh(removed: Iterable[Gone], reader: User) -> dict[type, list[Gone]]:
    """Return what the reader removed a moment ago, by kind."""
    since = timezone.now() - UNDO
    found: dict[type, list[Gone]] = {}
    for each in removed:
        when = each.record.removed_at
        if each.record.removed_by == reader and when and when > since:
            found.setdefault(type(each.record), []).append(each)
    return found

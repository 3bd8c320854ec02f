"""What differs between two issues of a paper, part by part, in words. It reads nothing but two
papers, so it says of what is exempt no more than the versions that it is given."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from partnership.marking import Mark, Piece, marked
from partnership.richtext import ItemList, RichText

from .document import (
    BoardPaper,
    Chart,
    Item,
    NumberedParagraph,
    Prose,
    Section,
    Subheading,
    Table,
)

ALIKE = 0.5  # parts that share less of their words are two parts, not one that changed
MOST_PAIRS = 400  # pairs of parts that are tried for likeness; beyond, they are paired in order


class Kind(StrEnum):
    """What became of a part of the paper."""

    ADDED = "Added"
    REMOVED = "Removed"
    CHANGED = "Changed"
    MOVED = "Moved"


TONES = {
    Kind.ADDED: "done",
    Kind.REMOVED: "danger",
    Kind.CHANGED: "active",
    Kind.MOVED: "neutral",
}


@dataclass(frozen=True)
class Part:
    """A part of a paper as it is compared: what it is called ("Paragraph 4.1"), how it is found
    again beside its like, and its words, line by line."""

    name: str
    sort: str
    words: str


@dataclass(frozen=True)
class Change:
    """A part that was added, removed, changed or moved; `was` names it where it had another
    number."""

    kind: Kind
    name: str
    pieces: tuple[Piece, ...]
    was: str = ""

    @property
    def tone(self) -> str:
        """As components/tag.html takes it."""
        return TONES[self.kind]

    @property
    def words(self) -> str:
        """All that is shown of it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Chapter:
    """What differs in the front sheet, or in one section or appendix."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """Everything that differs, in the order in which the paper is read."""

    chapters: tuple[Chapter, ...]

    @property
    def count(self) -> int:
        """How many parts of the paper differ."""
        return sum(len(chapter.changes) for chapter in self.chapters)


def compare(before: BoardPaper, after: BoardPaper) -> Comparison:
    """Return what differs between two versions of the same paper. A paragraph that only took
    another number, since one before it came or went, has not changed."""
    found = [
        Chapter("Front sheet", tuple(_changes(_front(before), _front(after)))),
        *_chapters(before.sections, after.sections),
        *_chapters(before.appendices, after.appendices),
    ]
    return Comparison(tuple(chapter for chapter in _moved(found) if chapter.changes))


def _moved(chapters: Sequence[Chapter]) -> Iterator[Chapter]:
    """Tell of what went from one place and stands in another, word for word, once: where it
    stands now."""
    changes = [change for chapter in chapters for change in chapter.changes]
    came = Counter(change.words for change in changes if change.kind == Kind.ADDED)
    went: defaultdict[str, list[str]] = defaultdict(list)
    for change in changes:
        if change.kind == Kind.REMOVED and len(went[change.words]) < came[change.words]:
            went[change.words].append(change.name)
    gone = {words: len(names) for words, names in went.items()}
    for chapter in chapters:
        yield Chapter(chapter.title, tuple(_once(chapter.changes, gone, went)))


def _once(
    changes: Iterable[Change], gone: dict[str, int], went: Mapping[str, list[str]]
) -> Iterator[Change]:
    """Yield the changes, without so many that are `gone` by their words; what came in their stead
    takes the names that they `went` by."""
    for change in changes:
        if change.kind == Kind.REMOVED and gone.get(change.words):
            gone[change.words] -= 1
        elif change.kind == Kind.ADDED and went.get(change.words):
            was, pieces = went[change.words].pop(0), (Piece(Mark.SAME, change.words),)
            yield Change(Kind.MOVED, change.name, pieces, was if was != change.name else "")
        else:
            yield change


def _front(paper: BoardPaper) -> list[Part]:
    head = {
        "Title": paper.title,
        "Body": paper.body_name,
        "Partnership": paper.partnership,
        "Kind of paper": paper.kind,
    }
    lines = [Part(name, name, words) for name, words in head.items()]
    return lines + [Part(f.label, f"line {f.label}", lines_of(f.value)) for f in paper.front_sheet]


def _chapters(before: Sequence[Section], after: Sequence[Section]) -> Iterator[Chapter]:
    """Sections are known again by their heading, else by what they say: their keys and numbers
    move when one is put before them."""
    old = [Part("", "text", _whole(section)) for section in before]
    new = [Part("", "text", _whole(section)) for section in after]
    names = ([s.heading for s in before], [s.heading for s in after])
    for was, now in _paired(old, new, SequenceMatcher(None, *names, autojunk=False)):
        had = before[was] if was is not None else None
        has = after[now] if now is not None else None
        named = has or had
        if named:
            title = f"{named.number} {named.heading}".strip()
            yield Chapter(title, tuple(_changes(_parts(had), _parts(has))))


def _parts(section: Section | None) -> list[Part]:
    """Return the parts of a section; its heading is one, and why it is exempt."""
    if section is None:
        return []
    heading = Part("Heading", "heading", section.heading)
    exempt = [Part("Not for publication", "exempt", lines_of(section.exempt))]
    said = (part for item in section.items for part in _said(item))
    return [heading, *(exempt if section.exempt else []), *said]


def _said(item: Item) -> Iterator[Part]:
    match item:
        case NumberedParagraph():
            yield Part(f"Paragraph {item.number}".strip(), "text", lines_of(item.body))
        case Prose():
            yield Part("Text", "text", lines_of(item.body))
        case Subheading():
            yield Part("Subheading", "subheading", f"{item.number} {item.text}".strip())
        case Table():
            yield from _table(item)
        case Chart():
            yield Part(f"Chart: {item.title}", "chart", item.alternative)


def _table(table: Table) -> Iterator[Part]:
    """Yield what stands around a table, and each of its rows, named by its first cell."""
    heads = [column.heading for column in table.columns]
    around = filter(None, [table.caption, ", ".join(heads), table.note])
    yield Part(f"Table: {table.caption}", "table", "\n".join(around))
    for row in table.rows:
        cells = [lines_of(cell) for cell in row]
        told = (f"{head}: {cell}" for head, cell in zip(heads, cells, strict=True) if cell)
        yield Part(f"Row: {' '.join(cells[0].split())}", f"row {table.caption}", "\n".join(told))


def _whole(section: Section) -> str:
    return "\n".join(part.words for part in _parts(section))


def _changes(before: list[Part], after: list[Part]) -> Iterator[Change]:
    keys = ([(p.sort, p.words) for p in before], [(p.sort, p.words) for p in after])
    for was, now in _paired(before, after, SequenceMatcher(None, *keys, autojunk=False)):
        old = before[was] if was is not None else None
        new = after[now] if now is not None else None
        if old and new:
            if old.words != new.words:
                name = old.name if old.name != new.name else ""
                yield Change(Kind.CHANGED, new.name, marked(old.words, new.words), name)
        elif new:
            yield Change(Kind.ADDED, new.name, marked("", new.words))
        elif old:
            yield Change(Kind.REMOVED, old.name, marked(old.words, ""))


def _paired(
    old: list[Part], new: list[Part], matcher: SequenceMatcher
) -> Iterator[tuple[int | None, int | None]]:
    """Yield each part beside its like, by place, in reading order; None where it has none."""
    for step, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            yield from zip(range(old_start, old_end), range(new_start, new_end), strict=True)
        else:
            yield from _likened(old, new, range(old_start, old_end), range(new_start, new_end))


def _likened(
    old: list[Part], new: list[Part], was: range, now: range
) -> Iterator[tuple[int | None, int | None]]:
    """Pair what is alike among parts that differ, keeping the order of both."""
    start = was.start
    for place in now:
        like = next((o for o in _near(was, start, now) if _alike(old[o], new[place])), None)
        if like is None:
            yield None, place
            continue
        yield from ((gone, None) for gone in range(start, like))
        yield like, place
        start = like + 1
    yield from ((gone, None) for gone in range(start, was.stop))


def _near(was: range, start: int, now: range) -> range:
    """Return the old parts to try: all that are left, or where they are many, the next alone."""
    few = len(was) * len(now) <= MOST_PAIRS
    return range(start, was.stop if few else min(start + 1, was.stop))


def _alike(old: Part, new: Part) -> bool:
    if old.sort != new.sort:
        return False
    if old.name == new.name and old.sort != "text":
        return True
    matcher = SequenceMatcher(None, old.words.split(), new.words.split(), autojunk=False)
    return matcher.quick_ratio() >= ALIKE  # words shared, in any order: the work is linear


def lines_of(rich: RichText) -> str:
    """Return the words of a rich text, with the signs of its lists and where its links lead, so
    that a change of those is seen too."""
    lines: list[str] = []
    for block in rich:
        if isinstance(block, ItemList):
            lines.extend(_items(block))
        else:
            lines.append("".join(f"{r.text} ({r.href})" if r.href else r.text for r in block.runs))
    return "\n".join(lines)


def _items(block: ItemList) -> Iterator[str]:
    for place, item in enumerate(block.items, block.start):
        yield f"{place}. {lines_of(item)}" if block.ordered else f"• {lines_of(item)}"

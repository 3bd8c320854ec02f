"""What stands in a cell of a Word table, as a rich text: what Word shows once every tracked change
is accepted. Text boxes, pictures, comments and hidden words are left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from partnership.richtext import Block, ItemList, Paragraph, RichText, Run, safe_href

from .archive import attribute, child, children, is_on, local, whole
from .docx_styles import Styles, list_place
from .grid import storable
from .markdown import written

SKIPPED = {
    "del", "moveFrom", "delText", "instrText", "drawing", "pict", "object", "AlternateContent",
    "txbxContent", "commentReference", "footnoteReference", "endnoteReference", "annotationRef",
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt",
}  # fmt: skip
SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
TYPED_NUMBER = re.compile(r"(\d{1,4})[.)]?\t\s*")


@dataclass(frozen=True)
class Item:
    """A paragraph; in a list, at which level, and with which number if it has numbers.
    `continues`: it goes on with the item before."""

    runs: tuple[Run, ...]
    level: int | None = None
    number: int | None = None
    continues: bool = False
    shown: str = ""


@dataclass(frozen=True)
class WordText:
    """How to read the words of a document: its styles, and where its links lead."""

    styles: Styles
    links: dict[str, str]

    def markdown(self, cell: Any) -> str:
        """Return what stands in a cell, or in a paragraph, as Markdown."""
        items = list(_typed(self._items(cell)))
        if len(items) == 1 and items[0].number is not None and not items[0].runs:
            return items[0].shown or f"{items[0].number}"  # Word counts the rows
        return written(_nested(items))

    def plain(self, element: Any) -> str:
        """Return the words alone, on one line."""
        return " ".join(" ".join(_words(item.runs) for item in self._items(element)).split())

    def _items(self, element: Any) -> Iterator[Item]:
        """Return the paragraphs; one whose end was deleted runs on into the next."""
        held: tuple[Run, ...] = ()
        found = [element] if local(element) == "p" else inside(element, "p", "tbl")
        for paragraph in found:
            if local(paragraph) == "tbl":
                yield from self._flat(paragraph)
                continue
            item = self._item(paragraph)
            if child(paragraph, "pPr", "rPr", "del") is not None:
                held += item.runs
                continue
            yield from _apart(replace(item, runs=held + item.runs))
            held = ()
        if held:
            yield Item(held)

    def _flat(self, table: Any) -> Iterator[Item]:
        """Return the rows of a table inside a cell, a paragraph for each."""
        for row in inside(table, "tr"):
            cells = [self.plain(cell) for cell in inside(row, "tc")]
            words = " – ".join(each for each in cells if each)
            if words:
                yield Item((Run(words),))

    def _item(self, paragraph: Any) -> Item:
        properties = child(paragraph, "pPr")
        style = self.styles.style(attribute(child(properties, "pStyle")))
        named, level = list_place(properties)
        list_id = style.list_id if named is None else named
        level = (style.level or 0) if level is None else level
        runs = tuple(self._runs(paragraph, Run("", bool(style.bold), bool(style.italic))))
        if style.name.startswith("list continue"):
            return Item(runs, _depth(style.name), continues=True)
        if not list_id:
            return Item(runs)
        ordered = self.styles.level(list_id, level).ordered
        number = self.styles.next_number(list_id, level) if ordered else None
        by_style = _depth(style.name) if style.name.startswith("list ") and named is None else 0
        shown = self.styles.shown(list_id, level) if number is not None else ""
        return Item(runs, max(level, by_style), number, shown=shown)

    def _runs(self, element: Any, style: Run) -> Iterator[Run]:
        for each in element:
            name = local(each)
            if text := _text(each, name):
                yield replace(style, text=text)
            elif name == "r":
                yield from self._run(each, style)
            elif name == "hyperlink":
                href = safe_href(self.links.get(attribute(each, "id"), ""))
                yield from self._runs(each, replace(style, href=href))
            elif name and name not in SKIPPED and not _is_hint(each):
                yield from self._runs(each, style)

    def _run(self, run: Any, style: Run) -> Iterator[Run]:
        properties = child(run, "rPr")
        if is_on(properties, "vanish"):
            return
        named = self.styles.style(attribute(child(properties, "rStyle")))
        bold, italic = is_on(properties, "b"), is_on(properties, "i")
        yield from self._runs(
            run,
            replace(
                style,
                bold=_said(bold, named.bold, style.bold),
                italic=_said(italic, named.italic, style.italic),
            ),
        )


def inside(element: Any, *names: str) -> Iterator[Any]:
    """Return the elements of these names in order, whatever they are wrapped in: the paragraphs
    and tables of a cell, the rows of a table, the cells of a row."""
    for each in element:
        name = local(each)
        if name in names:
            yield each
        elif name and name not in SKIPPED and not ("p" in names and _is_hint(each)):
            yield from inside(each, *names)


def _is_hint(element: Any) -> bool:
    """Whether nothing was entered in a control, and Word shows a hint there."""
    return local(element) == "sdt" and child(element, "sdtPr", "showingPlcHdr") is not None


def _text(element: Any, name: str) -> str:
    """Return the words that an element is itself, "" for none."""
    if name == "t":
        return storable(element.text or "")
    return storable(_chosen(element)) if name == "fldChar" else SIGNS.get(name, "")


def _chosen(field: Any) -> str:
    """Return what is chosen in a drop-down of an old form."""
    entries = child(field, "ffData", "ddList")
    listed = [attribute(each) for each in children(entries, "listEntry")]
    result = child(entries, "result") if entries is not None else None
    place = 0 if result is None else whole(attribute(result), 0, 100)
    return listed[place] if place < len(listed) else ""


def _said(*values: bool | None) -> bool:
    return next((value for value in values if value is not None), False)


def _depth(name: str) -> int:
    """Return the level that a list style is for: "list bullet 2" is for the second, which is 1."""
    last = name[-1]
    return int(last) - 1 if last.isascii() and last.isdigit() and last != "0" else 0


def _words(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _apart(item: Item) -> Iterator[Item]:
    """Return the paragraphs of one in which an empty line was made with line breaks."""
    found: list[list[Run]] = [[]]
    for run in item.runs:
        first, *more = re.split(r"\n[^\S\n]*\n\s*", run.text)
        found[-1].append(replace(run, text=first))
        found.extend([replace(run, text=words)] for words in more)
    yield replace(item, runs=tuple(found[0]))
    for runs in found[1:]:
        yield Item(tuple(runs), item.level, continues=item.level is not None)


def _typed(items: Iterable[Item]) -> Iterator[Item]:
    """Take a number that was typed before a tab for that of a list."""
    for item in items:
        number = TYPED_NUMBER.match(_words(item.runs)) if item.level is None else None
        rest = _without(item.runs, number.end()) if number else ()
        yield Item(rest, 0, int(number[1])) if number and _words(rest).strip() else item


def _without(runs: tuple[Run, ...], letters: int) -> tuple[Run, ...]:
    """Return the runs without so many letters at their beginning."""
    kept = []
    for run in runs:
        kept.append(replace(run, text=run.text[letters:]))
        letters = max(0, letters - len(run.text))
    return tuple(kept)


def _nested(items: list[Item]) -> RichText:
    """Return paragraphs and lists; what is deeper, or continues, stands inside the item before."""
    blocks: list[Block] = []
    place = 0
    while place < len(items):
        item = items[place]
        place += 1
        level = item.level
        if level is None:
            blocks.append(Paragraph(item.runs))
            continue
        inside = []
        while place < len(items) and _belongs(items[place], level):
            inside.append(_ended(items[place], level))
            place += 1
        body = (Paragraph(item.runs), *_nested(inside))
        if item.continues:  # with no item before it
            blocks.extend(body)
        else:
            blocks.append(ItemList((body,), item.number is not None, item.number or 1))
    return tuple(blocks)


def _belongs(item: Item, level: int) -> bool:
    return item.level is not None and (
        item.level > level or (item.continues and item.level == level)
    )


def _ended(item: Item, level: int) -> Item:
    """Make what continues an item a paragraph of it."""
    return replace(item, level=None) if item.continues and item.level == level else item

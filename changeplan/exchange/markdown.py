"""A rich text written as Markdown, so that `richtext.parse` gives the same text back."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter

from partnership.richtext import Block, ItemList, Paragraph, RichText, Run, parse, plain_text

Line = tuple[Run, ...]
Writer = Callable[[str], str]

MEANS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|\*|(?<![^\W_])_|_(?![^\W_])|[\[\]]|<(?=[A-Za-z])|&(?=#?\w+;)"
)
BEGINS_LIST = re.compile(r"^(\d{0,9})([-+.)])(?=\s|$)", re.MULTILINE)
PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?’“”‘–])*")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
SPACES = re.compile(r"[^\S\n]+")
BULLET = re.compile(r"[•·▪‣◦●○■□–—−➢✓\uf0b7\uf0a7-]\s+")


def written(rich: RichText) -> str:
    """Return the text as Markdown, as `tidy` has it: with as few signs as will do, or, where that
    is not the same text, with every sign there is."""
    tidied = tidy(rich)
    if not tidied or (len(tidied) == 1 and _is_plain(tidied[0])):
        return plain_text(tidied)
    plainly = _text(tidied, _light)
    return plainly if tidy(parse(plainly)) == tidied else _text(tidied, _heavy)


def _is_plain(block: Block) -> bool:
    """Whether it is words without a sign that Markdown could take for its own; most cells are."""
    runs = block.runs if isinstance(block, Paragraph) else ()
    return len(runs) == 1 and runs[0] == Run(runs[0].text) and bool(PLAIN.fullmatch(runs[0].text))


def same(one: str, other: str) -> bool:
    """Whether two Markdown texts say the same, however they are written. Where a numbered list
    starts does not count: Word forgets it easily."""
    return one == other or _unnumbered(tidy(parse(one))) == _unnumbered(tidy(parse(other)))


def tidy(rich: RichText) -> RichText:
    """Return the text as Word could hold it too: nothing blank, spaces one at a time and none at
    the ends of a line, styles on words alone, and lines that begin with a bullet as items."""
    found: list[Block] = []
    for block in rich:
        if isinstance(block, Paragraph):
            for part in _parts(block.runs):
                _add(found, part)
        elif items := tuple(item for each in block.items if (item := tidy(each))):
            _add(found, ItemList(items, block.ordered, block.start if block.ordered else 1))
    return tuple(found)


@lru_cache(2_000)
def plain_lines(markdown: str) -> tuple[str, ...]:
    """Return the lines of a Markdown text in plain words, an item with its number if it has one."""
    if not markdown:
        return ()
    found: list[str] = []
    for block in tidy(parse(markdown)):
        if isinstance(block, Paragraph):
            found.extend(block.plain.split("\n"))
            continue
        for number, item in enumerate(block.items, block.start):
            found.append(f"{f'{number}. ' if block.ordered else ''}{plain_text(item)}")
    return tuple(found)


def _add(found: list[Block], block: Block) -> None:
    """Add a block; a list that goes on with the one before becomes part of it."""
    before = found[-1] if found else None
    if isinstance(block, ItemList) and isinstance(before, ItemList):
        follows = not block.ordered or block.start == before.start + len(before.items)
        if block.ordered == before.ordered and follows:
            found[-1] = replace(before, items=before.items + block.items)
            return
    found.append(block)


def _parts(runs: Iterable[Run]) -> Iterator[Block]:
    """Return the paragraphs and the items that the lines of a paragraph are."""
    kept: list[Line] = []
    for line in (*_lines(runs), ()):
        bullet = BULLET.match(line[0].text) if line else None
        if kept and (bullet or not line):
            yield Paragraph(_joined(kept))
            kept = []
        if bullet:
            rest = _trimmed((replace(line[0], text=line[0].text[bullet.end() :]), *line[1:]))
            yield ItemList(((Paragraph(rest),),))
        elif line:
            kept.append(line)


def _joined(lines: list[Line]) -> Line:
    runs = [run for line in lines for run in (*line, Run("\n"))]
    return _merged(runs[:-1])


def _lines(runs: Iterable[Run]) -> Iterator[Line]:
    line: list[Run] = []
    for run in runs:
        first, *more = run.text.split("\n")
        line.append(replace(run, text=first))
        for words in more:
            yield _trimmed(line)
            line = [replace(run, text=words)]
    yield _trimmed(line)


def _trimmed(runs: Iterable[Run]) -> Line:
    """Return a line with styles on words alone and no space at its ends."""
    pieces = [run for run in runs if run.text]
    if len(pieces) == 1:
        words = SPACES.sub(" ", pieces[0].text.strip())
        return (replace(pieces[0], text=words),) if words else ()
    for place, run in enumerate(pieces[1:-1], 1):
        if run.text.isspace() and _style(pieces[place - 1]) == _style(pieces[place + 1]):
            pieces[place] = replace(pieces[place - 1], text=run.text)
    loose = [part for run in _merged(pieces) for part in _loosened(run)]
    line = _merged([replace(run, text=SPACES.sub(" ", run.text)) for run in _merged(loose)])
    if line:
        line = (replace(line[0], text=line[0].text.lstrip()), *line[1:])
        line = (*line[:-1], replace(line[-1], text=line[-1].text.rstrip()))
    return tuple(run for run in line if run.text)


def _loosened(run: Run) -> Iterator[Run]:
    """Take the spaces at the ends of a run out of its style."""
    words = run.text.strip()
    before, found, after = run.text.partition(words) if words else (run.text, "", "")
    yield from (Run(before), replace(run, text=found), Run(after))


def _merged(runs: Iterable[Run]) -> Line:
    alike = groupby((run for run in runs if run.text), _style)
    return tuple(replace(style, text="".join(run.text for run in same)) for style, same in alike)


def _style(run: Run) -> Run:
    return replace(run, text="")


def _unnumbered(rich: RichText) -> RichText:
    return tuple(
        replace(block, items=tuple(_unnumbered(item) for item in block.items), start=1)
        if isinstance(block, ItemList)
        else block
        for block in rich
    )


def _text(rich: RichText, write: Writer) -> str:
    """Write blocks, with a blank line between them. Of two lists in a row, the second takes the
    other sign, or they would be one."""
    signs = [False] * len(rich)
    for place, (before, block) in enumerate(pairwise(rich), 1):
        lists = [each.ordered for each in (before, block) if isinstance(each, ItemList)]
        if len(lists) == 2 and lists[0] == lists[1]:
            signs[place] = not signs[place - 1]
    pieces = [_block(block, write, sign) for block, sign in zip(rich, signs, strict=True)]
    return "\n\n".join(pieces)


def _block(block: Block, write: Writer, other_sign: bool) -> str:
    if isinstance(block, Paragraph):
        return BEGINS_LIST.sub(r"\1\\\2", _inline(block.runs, write))
    apart = "\n" if all(len(item) == 1 for item in block.items) else "\n\n"
    return apart.join(
        _item(item, block, number, write, other_sign)
        for number, item in enumerate(block.items, block.start)
    )


def _item(item: RichText, of: ItemList, number: int, write: Writer, other_sign: bool) -> str:
    sign = f"{number}{')' if other_sign else '.'}" if of.ordered else "*" if other_sign else "-"
    indent = " " * (len(sign) + 1)
    return f"{sign} " + _text(item, write).replace("\n", f"\n{indent}").replace(
        f"\n{indent}\n", "\n\n"
    )


def _inline(runs: Line, write: Writer) -> str:
    return "".join(
        _link(href, _bold(tuple(linked), write))
        for href, linked in groupby(runs, attrgetter("href"))
    )


def _link(href: str, words: str) -> str:
    target = re.sub(r"[\\<>]", r"\\\g<0>", href)
    return f"[{words}](<{target}>)" if href else words


def _bold(runs: Line, write: Writer) -> str:
    pieces = []
    for bold, alike in groupby(runs, attrgetter("bold")):
        words = "".join(_italic(run, write) for run in alike)
        pieces.append(f"**{words}**" if bold else words)
    return "".join(pieces)


def _italic(run: Run, write: Writer) -> str:
    return f"_{write(run.text)}_" if run.italic else write(run.text)


def _light(words: str) -> str:
    return MEANS.sub(r"\\\g<0>", words)


def _heavy(words: str) -> str:
    """Write the ends as numbers: they are what decides whether a sign beside them counts."""
    ends = {0, len(words) - 1}
    return "".join(
        f"&#{ord(letter)};"
        if place in ends and letter != "\n"
        else PUNCTUATION.sub(r"\\\g<0>", letter)
        for place, letter in enumerate(words)
    )

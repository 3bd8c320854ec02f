"""A cell split into its actions, with headlines and details, or into its statements of status."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from partnership.richtext import Block, ItemList, Paragraph, RichText, Run, parse, plain_text

from .markdown import tidy, written

LABEL = re.compile(
    r"(?:(?:recommended|proposed|key)\s+)?actions?\s*(?:\d+\s*)?[:–—-]\s*", re.IGNORECASE
)
TYPED = re.compile(r"(\d{1,2})[.)]\s+")
NUMBERED_LABEL = re.compile(r"action\s+\d+[.)]?\s+", re.IGNORECASE)
LONGEST_HEADLINE = 300  # characters
SEVERAL = "{} actions were found in this cell."
BULLETS = "The {} items of this list were taken as an action each."
FIRST_LINE = "The cell has several lines: the first was taken for the headline."
NO_HEADLINE = "The cell has no headline: its first sentence was taken."


@dataclass(frozen=True)
class SaidAction:
    """An action as a cell tells it: `headline` in plain words, `detail` in Markdown."""

    headline: str
    detail: str = ""


def actions_in(words: str) -> tuple[list[SaidAction], str]:
    """Return the actions that a cell tells of (Markdown), and what is doubtful about them."""
    blocks = list(_typed_lists(list(_lines_apart(tidy(parse(words))))))
    is_head = _labelled if any(map(_labelled, blocks)) else _bold
    heads = [place for place, block in enumerate(blocks) if is_head(block)]
    if heads:
        return _headed(blocks, heads)
    if len(blocks) == 1 and isinstance(blocks[0], ItemList) and len(blocks[0].items) > 1:
        return [_from_item(item) for item in blocks[0].items], BULLETS.format(len(blocks[0].items))
    return _unheaded(blocks)


def statements(words: str, kept: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the statements of a status (Markdown): a paragraph each, with the list that follows
    it. Those that stand in `kept` stay whole."""
    blocks = tidy(parse(words))
    known = [(tidy(parse(each)), each) for each in kept]
    found: list[str] = []
    while blocks:
        whole = next((k for k in known if k[0] and blocks[: len(k[0])] == k[0]), None)
        if whole:
            known.remove(whole)
        listed = len(blocks) > 1 and isinstance(blocks[1], ItemList)
        size = len(whole[0]) if whole else 2 if listed and isinstance(blocks[0], Paragraph) else 1
        found.append(whole[1] if whole else written(blocks[:size]))
        blocks = blocks[size:]
    return tuple(found)


def _typed_lists(blocks: list[Block]) -> Iterator[Block]:
    """Return the blocks; paragraphs with numbers typed before them, in order, are a list."""
    place = 0
    while place < len(blocks):
        items = tuple(_typed_items(blocks[place:]))
        yield ItemList(items, True) if len(items) > 1 else blocks[place]
        place += max(len(items), 1)


def _typed_items(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    for wanted, block in enumerate(blocks, 1):
        number = TYPED.match(block.plain) if isinstance(block, Paragraph) else None
        if not isinstance(block, Paragraph) or number is None or int(number[1]) != wanted:
            return
        yield (Paragraph(_without(block.runs, number.end())),)


def _without(runs: Sequence[Run], letters: int) -> tuple[Run, ...]:
    kept = []
    for run in runs:
        kept.append(replace(run, text=run.text[letters:]))
        letters = max(0, letters - len(run.text))
    return tuple(run for run in kept if run.text)


def _lines_apart(blocks: RichText) -> Iterator[Block]:
    """Return the blocks; a line that heads an action is a paragraph of its own."""
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield block
            continue
        kept: list[Paragraph] = []
        for line in _lines(block):
            if kept and (_labelled(line) or _bold(line) or _bold(kept[-1]) or _labelled(kept[-1])):
                yield _joined(kept)
                kept = []
            kept.append(line)
        if kept:
            yield _joined(kept)


def _lines(paragraph: Paragraph) -> list[Paragraph]:
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        first, *more = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=words)] for words in more)
    found = (tuple(run for run in line if run.text) for line in lines)
    return [Paragraph(line) for line in found if line]


def _joined(lines: list[Paragraph]) -> Paragraph:
    runs = [run for line in lines for run in (Run("\n"), *line.runs)]
    return Paragraph(tuple(runs[1:]))


def _labelled(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_label(block.plain))


def _only_label(block: Block) -> bool:
    return isinstance(block, Paragraph) and _labelled(block) and not _after_label(block.runs)


def _label(words: str) -> str:
    match = LABEL.match(words) or NUMBERED_LABEL.match(words)
    return match[0] if match else ""


def _bold(block: Block) -> bool:
    return isinstance(block, Paragraph) and all(
        run.bold or not re.search(r"\w", run.text) for run in block.runs
    )


def _headed(blocks: list[Block], heads: list[int]) -> tuple[list[SaidAction], str]:
    found = []
    for head, following in zip(heads, [*heads[1:], len(blocks)], strict=True):
        below = blocks[head + 1] if head + 1 < following else None
        if _only_label(blocks[head]) and isinstance(below, ItemList):
            found += [_from_item(item) for item in below.items]
            if found and (rest := blocks[head + 2 : following]):
                more = "\n\n".join(w for w in (found[-1].detail, written(tuple(rest))) if w)
                found[-1] = replace(found[-1], detail=more)
            continue
        found.append(_action(blocks[head], blocks[head + 1 : following]))
    before = blocks[: heads[0]]
    if before:  # what stands above the first headline belongs to it
        detail = "\n\n".join(each for each in (written(tuple(before)), found[0].detail) if each)
        found[0] = replace(found[0], detail=detail)
    return found, SEVERAL.format(len(found)) if len(found) > 1 else ""


def _action(head: Block, body: Sequence[Block]) -> SaidAction:
    """Return an action. After a label that stands alone, the next paragraph is the headline; what
    follows the bold words of a labelled paragraph is detail."""
    runs = _after_label(head.runs if isinstance(head, Paragraph) else ())
    if not runs and body and isinstance(body[0], Paragraph):
        runs, body = body[0].runs, body[1:]
    bold = 0
    while bold < len(runs) and (runs[bold].bold or not runs[bold].text.strip(" .:")):
        bold += 1
    lead, rest = (runs[:bold], runs[bold:]) if 0 < bold < len(runs) else (runs, ())
    more: tuple[Block, ...] = (Paragraph(rest),) if rest else ()
    return _fitted(_words(lead), (*more, *body))


def _after_label(runs: Sequence[Run]) -> tuple[Run, ...]:
    letters = len(_label("".join(run.text for run in runs)))
    kept = []
    for run in runs:
        kept.append(replace(run, text=run.text[letters:]))
        letters = max(0, letters - len(run.text))
    return tuple(run for run in kept if run.text)


def _words(runs: Sequence[Run]) -> str:
    return " ".join("".join(run.text for run in runs).split())


def _from_item(item: RichText) -> SaidAction:
    first = item[0]
    if isinstance(first, Paragraph):
        return _fitted(_words(first.runs), item[1:])
    return _fitted(plain_text(item), ())


def _unheaded(blocks: list[Block]) -> tuple[list[SaidAction], str]:
    if not blocks:
        return [], ""
    first, rest = blocks[0], blocks[1:]
    if not isinstance(first, Paragraph):
        said = _from_item(first.items[0])
        others = first.items[1:]
        more = (replace(first, items=others, start=first.start + 1),) if others else ()
        return [_fitted(said.headline, (*parse(said.detail), *more, *rest))], NO_HEADLINE
    lines = _lines(first)
    if len(lines) > 1 and not any(_goes_on(one, two) for one, two in pairwise(lines)):
        return [_fitted(_words(lines[0].runs), (_joined(lines[1:]), *rest))], FIRST_LINE
    long = len(first.plain) > LONGEST_HEADLINE
    return [_fitted(_words(first.runs), tuple(rest))], NO_HEADLINE if long else ""


def _goes_on(one: Paragraph, two: Paragraph) -> bool:
    """Whether a sentence runs over the end of a line."""
    return two.plain[:1].islower() and not re.search(r"[.:;!?]$", one.plain)


def _fitted(headline: str, detail: Sequence[Block]) -> SaidAction:
    """Return an action. A headline that is too long ends with its first sentence, or in "…", and
    is told whole in the detail."""
    whole = text = headline.strip().removesuffix(".") if _one_sentence(headline) else headline
    if len(text) > LONGEST_HEADLINE:
        text = first_sentence(text, LONGEST_HEADLINE)
        detail = (Paragraph((Run(whole),)), *detail)
    return SaidAction(text, written(tuple(detail)))


def _one_sentence(words: str) -> bool:
    return not re.search(r"[.!?]\s+\S", words.strip())


def first_sentence(words: str, longest: int) -> str:
    """Return the first sentence, cut after a word where it is longer."""
    sentence = re.split(r"(?<=[.!?;])\s", words.strip(), maxsplit=1)[0].rstrip(".;")
    if len(sentence) <= longest:
        return sentence
    return f"{sentence[: longest - 1].rsplit(' ', 1)[0]}…"

"""Two versions of a text as one, with the words marked that went and that came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\S+\s*|\s+")
AROUND = 12  # words left standing on either side of a change
ALIKE = 0.3  # texts that share less of their words change as a whole
MOST = 1500  # words in which changes are looked for one by one; the work grows with their square
LEFT_OUT = " … "


class Mark(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """Words with the same mark, spaces and line ends among them."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class _Word:
    """A word with the space behind it, and as much of both as counts."""

    counts: str
    text: str = field(compare=False)


Words = Sequence[_Word]


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """Return both texts as pieces in order. Long stretches that stayed are left out but for a few
    words around each change; texts that share little, or are very long, change as a whole. What
    stayed reads as it does now: the space around words counts where nothing else has changed."""
    spaced = before.split() == after.split()
    pieces = [
        piece for piece in _pieces(_words(before, spaced), _words(after, spaced)) if piece.text
    ]
    last = len(pieces) - 1
    return tuple(_abridged(piece, place == 0, place == last) for place, piece in enumerate(pieces))


def _words(text: str, spaced: bool) -> list[_Word]:
    return [_Word(part if spaced else part.strip(), part) for part in WORDS.findall(text)]


def _text(words: Words) -> str:
    return "".join(word.text for word in words)


def _same(old: Words, new: Words) -> Piece:
    """What stayed, with the space of now; the last word takes that of then, to touch no other."""
    pairs = zip(old, new, strict=True)
    return Piece(Mark.SAME, _text([b if b.text[-1:].isspace() else a for a, b in pairs]))


def _pieces(old: Words, new: Words) -> Iterator[Piece]:
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    yield _same(old[:head], new[:head])
    yield from _changes(old[head : len(old) - tail], new[head : len(new) - tail])
    yield _same(old[len(old) - tail :], new[len(new) - tail :])


def _shared(old: Words, new: Words) -> int:
    """Return how many words both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _changes(old: Words, new: Words) -> Iterator[Piece]:
    for step, old_start, old_end, new_start, new_end in _steps(old, new):
        if step == "equal":
            yield _same(old[old_start:old_end], new[new_start:new_end])
            continue
        yield Piece(Mark.GONE, _text(old[old_start:old_end]))
        yield Piece(Mark.NEW, _text(new[new_start:new_end]))


def _steps(old: Words, new: Words) -> Sequence[tuple[str, int, int, int, int]]:
    if max(len(old), len(new)) <= MOST:
        matcher = SequenceMatcher(None, old, new)
        if matcher.ratio() >= ALIKE:
            return matcher.get_opcodes()
    return [("replace", 0, len(old), 0, len(new))]


def _abridged(piece: Piece, is_first: bool, is_last: bool) -> Piece:
    """Keep the words next to a change: on both sides, but at the ends of the whole."""
    words = WORDS.findall(piece.text)
    before, after = (0 if is_first else AROUND), (0 if is_last else AROUND)
    if piece.mark != Mark.SAME or len(words) <= before + after + 1 or before == after == 0:
        return piece
    kept = "".join(words[:before]), "".join(words[len(words) - after :])
    return Piece(piece.mark, LEFT_OUT.join(kept))

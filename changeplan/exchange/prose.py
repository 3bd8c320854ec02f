"""Support as a paper asks for it in prose: what for, how many days, which events, on what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from partnership.richtext import Block, ItemList, Paragraph, parse, plain_text

from .markdown import tidy, written
from .splitting import first_sentence
from .words import days_in, events_in, form_in

LONGEST_PURPOSE = 300  # characters
OPENING = re.compile(
    r"^(?:it is (?:therefore )?)?(?:recommended|proposed|suggested|requested)(?: that)?\b.{0,90}?\b"
    r"(?:(?:is|be|are) )?(?:focus(?:s?ed)? on|directed (?:at|to)|targeted (?:at|on)|"
    r"arranged to|used (?:to|for)|provided (?:to|for))\s+",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r",?\s*(?:with|for|at|over|using|\()\s*(?:an? |around |about |approximately |up to )*"
    r"(?:estimated )?[\w½¼¾.,-]+(?: and a half)?(?: \w+){0,2} days?\b.*$",
    re.IGNORECASE,
)
AREAS = re.compile(r"\b(?:areas?|focus\w*|topics?|themes?|subjects?)\b[^.]*:?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class SaidSupport:
    """Support as prose tells it; `doubts` say by field what was read out of the words."""

    purpose: str
    detail: str
    days: Decimal | None
    form: str
    events: int | None
    focus_areas: tuple[str, ...]
    doubts: Mapping[str, str]


def support_in(words: str) -> SaidSupport:
    """Return the support that a cell (Markdown) asks for."""
    blocks = tidy(parse(words))
    areas, rest = _focus_areas(blocks)
    text = plain_text(blocks)
    days, doubts = days_in(text), {}
    if days:
        also = "".join(f", and also “{each}”" for each in days.others)
        doubts["estimated"] = f"Days were read from “{days.words}”{also}."
    if areas:
        doubts["focus_areas"] = f"{len(areas)} focus areas were read from the list."
    purpose = purpose_of(text)
    told = written(rest)
    return SaidSupport(
        purpose,
        "" if " ".join(plain_text(rest).split()).rstrip(".") == purpose else told,
        days.days if days else None,
        form_in(text),
        events_in(text),
        areas,
        doubts,
    )


def purpose_of(text: str) -> str:
    """Return what the first sentence says that support is for."""
    first = " ".join(text.split("\n", 1)[0].split())
    sentence = re.split(r"(?<=[^\W\d_]{2}[.!?])\s", first, maxsplit=1)[0]
    core = CLOSING.sub("", OPENING.sub("", sentence)).strip(" ,;:")
    core = core if len(core) > 10 else sentence
    return first_sentence(core[:1].upper() + core[1:], LONGEST_PURPOSE)


def _focus_areas(blocks: tuple[Block, ...]) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """Take out the list that follows words about areas or a focus."""
    for place, block in enumerate(blocks[1:], 1):
        before = blocks[place - 1]
        if (
            isinstance(block, ItemList)
            and isinstance(before, Paragraph)
            and AREAS.search(before.plain)
        ):
            items = tuple(" ".join(plain_text(item).split()).rstrip(";., ") for item in block.items)
            return items, (*blocks[:place], *blocks[place + 1 :])
    return (), blocks

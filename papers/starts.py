"""The kinds of paper that can be started: a table in starts.yaml, read here and filled in.

Nothing here knows the database. Facts come in as words, and sentences that lack theirs go out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import yaml

from .kinds import BlockKind, Implication

LIVE = {"scorers", "findings", "actions"}  # facts that hold placeholders of our own
# What is offered to whoever begins a section on implications; it stands nowhere until it is saved.
FIRST_WORDS = {
    Implication.FINANCIAL: "What is proposed costs … in …, and is paid for from … . It saves … .",
    Implication.LEGAL: "The power to do what is proposed comes from … . It has to follow … .",
    Implication.EQUALITY: "Those whom the proposals touch most are … . An assessment was made on …"
    " and found … .",
    Implication.RISK: "What could go wrong is … . It is kept in hand by … .",
    Implication.OTHER: "The proposals touch … as well: … .",
}
MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>])")
BEGINS_LIST = re.compile(r"^(\d*)([-+#.)])")
ENTITY = re.compile(r"&(?=#?\w+;)")


@dataclass(frozen=True)
class DraftBlock:
    """A block to make. `text` is Markdown."""

    kind: str
    text: str = ""
    count: int | None = None


@dataclass(frozen=True)
class DraftSection:
    """A section or an appendix to make."""

    heading: str
    blocks: tuple[DraftBlock, ...]
    is_appendix: bool = False
    is_numbered: bool = True


@dataclass(frozen=True)
class DraftRecommendation:
    """What the body is to be asked, in Markdown; `names_actions`: it is about all of the plan's."""

    text: str
    approves_plan: bool = False
    names_actions: bool = False


@dataclass(frozen=True)
class Draft:
    """All that a new paper begins with."""

    title: str
    purpose: str
    sections: tuple[DraftSection, ...]
    recommendations: tuple[DraftRecommendation, ...]


STARTS: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("starts.yaml").read_text(encoding="utf-8")
)


def drafted(start: Mapping[str, Any], facts: Mapping[str, str]) -> Draft:
    """Return what a kind of `STARTS` brings, its words filled in with the facts by name; "" is a
    fact that is missing."""
    asked = [
        DraftRecommendation(
            _words(each["text"], facts),
            each.get("approves_plan", False),
            each.get("names_actions", False),
        )
        for each in start.get("recommendations", ())
        if _holds(each, facts)
    ]
    return Draft(
        title=_line(start["title"], facts),
        purpose=start.get("purpose", ""),
        sections=tuple(_section(s, facts) for s in start["sections"] if _holds(s, facts)),
        recommendations=tuple(each for each in asked if each.text),
    )


def escaped(words: str) -> str:
    """Return words that somebody typed so that in Markdown they mean nothing but themselves, and
    hold no placeholder."""
    plain = MEANS_SOMETHING.sub(r"\\\1", " ".join(words.replace("{{", "{ {").split()))
    return BEGINS_LIST.sub(r"\1\\\2", ENTITY.sub(r"\\&", plain))


def _section(row: Mapping[str, Any], facts: Mapping[str, str]) -> DraftSection:
    return DraftSection(
        heading=_line(row["heading"], facts),
        blocks=tuple(_blocks(row.get("blocks", ()), facts)),
        is_appendix=row.get("is_appendix", False),
        is_numbered=row.get("is_numbered", True),
    )


def _blocks(rows: Any, facts: Mapping[str, str]) -> Iterator[DraftBlock]:
    for row in rows:
        conditions, text = _said(row)
        if not _holds(conditions, facts):
            continue
        words = _words(text, facts)
        kind = conditions.get("kind", BlockKind.PARAGRAPH.value)
        if words or kind not in (BlockKind.PARAGRAPH, BlockKind.PROSE):
            yield DraftBlock(kind, words, conditions.get("count"))


def _said(row: Any) -> tuple[Mapping[str, Any], Any]:
    """Return what a row of the table says of itself, and its words."""
    if isinstance(row, Mapping):
        return row, row.get("text", "")
    if isinstance(row, str):
        return {}, row
    conditions = next((part for part in row if isinstance(part, Mapping)), {})
    return conditions, [part for part in row if isinstance(part, str)]


def _holds(row: Mapping[str, Any], facts: Mapping[str, str]) -> bool:
    has_needed = "needs" not in row or bool(facts[row["needs"]])
    return has_needed and not ("lacks" in row and facts[row["lacks"]])


def _words(text: str | list[str], facts: Mapping[str, str]) -> str:
    """Return the sentences whose facts are known, filled in, as one paragraph of Markdown."""
    safe = {name: fact if name in LIVE else escaped(fact) for name, fact in facts.items()}
    sentences = [text] if isinstance(text, str) else text
    return " ".join(_filled(each, safe) for each in sentences if _is_known(each, facts))


def _line(text: str, facts: Mapping[str, str]) -> str:
    """Return a heading or a title, which is no Markdown, cut to what a heading holds."""
    return _filled(text, facts)[:200].strip(" :")


def _filled(text: str, facts: Mapping[str, str]) -> str:
    return Template(text).substitute(facts)


def _is_known(sentence: str, facts: Mapping[str, str]) -> bool:
    return all(facts[name] for name in Template(sentence).get_identifiers())

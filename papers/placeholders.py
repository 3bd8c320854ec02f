"""Figures inside a writer's text: {{ lowest average }} is printed as the figure stands.

A text is parsed first, and the values go into its runs: a value is never read as Markdown, nor as
another placeholder. Their names are words; blanks and capitals do not matter, but for the first
letter: {{ Number of groups }} prints "Seven", for the beginning of a sentence.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from itertools import groupby

from django.core.exceptions import ValidationError

from partnership.richtext import ItemList, Paragraph, RichText, Run, parse, plain_text

NOT_KNOWN = "[not known]"  # what is printed for a figure that nobody has recorded yet

PLACEHOLDERS = {
    "number of standards": "How many standards the framework has",
    "number of groups": "How many working groups scored",
    "number of participants": "How many people sat in the working groups",
    "lowest average": "The lowest average score",
    "lowest standards": "The standards that have it, by number and title",
    "highest average": "The highest average score",
    "highest standards": "The standards that have it, by number and title",
    "range of averages": "From the lowest to the highest: 2.3 to 3.3",
    "average of standard 1": "The average score of a standard: write its number for 1",
    "number of strengths": "How many strengths were named",
    "number of themes": "How many themes were named",
    "number of improvement priorities": "How many improvement priorities were named",
    "number of actions": "How many actions the plan has",
    "days available": "The days of support that are available to the plan",
    "days estimated": "The days that the plan asks for",
    "days agreed": "The days that were agreed",
    "days delivered": "The days that were delivered",
    "days remaining": "The days available that were not yet agreed",
    "date of the exercise": "When the exercise was",
    "dates of the sessions": "When its sessions were",
}
AVERAGE = "average of standard"
FIGURE = re.compile(r"\{\{([^{}]{0,200})\}\}")
SIGN = re.compile(r"([\\`*_\[\]<>&#])")
_numbered = re.compile(rf"{AVERAGE} [1-9][0-9]{{0,3}}", re.ASCII)


def check(text: str) -> None:
    """Look over a Markdown text. Raises ValidationError for a placeholder that is none of
    PLACEHOLDERS, naming it and the one that may be meant, and for one that is not closed."""
    problems = [_problem(found) for found in _written(parse(text))]
    if any("{{" in run.text for run in _leftovers(parse(text))):
        problems.append(
            "A figure is written between two pairs of braces, all of it in one style: "
            "{{ number of standards }}. Close every {{ with }}."
        )
    if wrong := list(dict.fromkeys(filter(None, problems))):
        raise ValidationError(wrong, code="placeholder")


def names_in(text: str) -> tuple[str, ...]:
    """Return the placeholders of a Markdown text by name, each once, in their order."""
    names = (_name(found) for found in _written(parse(text)))
    return tuple(name for name in dict.fromkeys(names) if _is_known(name))


def fill(body: RichText, value_of: Callable[[str], str]) -> RichText:
    """Return the text with each placeholder's value in its place; what is none stays as it is."""
    if "{{" not in plain_text(body):
        return body
    return _mapped(body, lambda run: replace(run, text=FIGURE.sub(_filling(value_of), run.text)))


def fill_markdown(text: str, value_of: Callable[[str], str]) -> str:
    """Return the Markdown text with the values in it, their signs escaped: for words that must
    stand as they were put."""
    return FIGURE.sub(lambda found: SIGN.sub(r"\\\1", _filling(value_of)(found)), text)


def _filling(value_of: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    def value(found: re.Match[str]) -> str:
        name = _name(found[1])
        if not _is_known(name):
            return found[0]
        words = value_of(name)
        return words[:1].upper() + words[1:] if found[1].lstrip()[:1].isupper() else words

    return value


def _name(written: str) -> str:
    return " ".join(written.split()).lower()


def _is_known(name: str) -> bool:
    return name in PLACEHOLDERS or _numbered.fullmatch(name) is not None


def _problem(written: str) -> str:
    name = _name(written)
    if _is_known(name):
        return ""
    near = get_close_matches(name, PLACEHOLDERS, 1, cutoff=0.5)
    meant = f" Do you mean {{{{ {near[0]} }}}}?" if near else " Choose one from the list."
    return f"There is no figure called “{name}”.{meant}"


def _written(body: RichText) -> Iterator[str]:
    for run in _runs(body):
        yield from (found[1] for found in FIGURE.finditer(run.text))


def _leftovers(body: RichText) -> Iterator[Run]:
    return (replace(run, text=FIGURE.sub("", run.text)) for run in _runs(body))


def _runs(body: RichText) -> Iterator[Run]:
    for block in body:
        if isinstance(block, Paragraph):
            yield from _joined(block.runs)
        else:
            for item in block.items:
                yield from _runs(item)


def _mapped(body: RichText, change: Callable[[Run], Run]) -> RichText:
    return tuple(
        Paragraph(tuple(map(change, _joined(block.runs))))
        if isinstance(block, Paragraph)
        else ItemList(
            tuple(_mapped(item, change) for item in block.items), block.ordered, block.start
        )
        for block in body
    )


def _joined(runs: tuple[Run, ...]) -> Iterator[Run]:
    """Join neighbours of one style: a line end within a placeholder parts it in two."""
    for style, same in groupby(runs, lambda run: replace(run, text="")):
        yield replace(style, text="".join(run.text for run in same))

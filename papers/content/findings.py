"""Blocks that say what the groups found: themes, strengths, priorities and who raised them."""

from collections.abc import Iterable
from itertools import groupby

from partnership.numbers import in_words, listing
from partnership.richtext import ItemList, Paragraph, RichText, Run, parse, text
from standards.models import Attribution, Finding

from ..document import Item, NumberedParagraph, Prose, Subheading
from ..models import Block
from .facts import Facts, NothingToShow
from .figures import written
from .numbering import Numbers

NO_PRIORITY = "No improvement priority has been recorded."


def themes(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    found = _known(facts, Finding.Kind.THEME, "No theme has been recorded.")
    lead = written(facts, block.text) or _counted(found, "theme")
    yield NumberedParagraph(numbers.next(), lead)
    yield Prose(_list(found))


def strengths(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    found = _known(facts, Finding.Kind.STRENGTH, "No strength has been recorded.")
    lead = written(facts, block.text) or _counted(found, "strength")
    yield NumberedParagraph(numbers.next(), lead)
    yield Prose(_list(found, ordered=True))


def priorities(facts: Facts, block: Block, numbers: Numbers) -> Iterable[Item]:
    """Each improvement priority under its own heading: what it says, then who raised it."""
    found = _known(facts, Finding.Kind.PRIORITY, NO_PRIORITY)
    if block.text:
        yield NumberedParagraph(numbers.next(), written(facts, block.text))
    for finding in found:
        yield Subheading("", f"{finding.number}. {finding.title}")
        yield from numbers.each(parse(finding.text))
        raised = raised_by(list(finding.attributions.all()))
        if raised:
            yield NumberedParagraph(numbers.next(), raised)


def _known(facts: Facts, kind: Finding.Kind, words: str) -> list[Finding]:
    """Return the findings of a kind. Raises NothingToShow, in these words, where there is none."""
    if found := facts.findings_of(kind):
        return found
    raise NothingToShow(words)


def raised_by(attributions: list[Attribution]) -> RichText:
    """Return who raised a priority: one line, or a list where they made points of their own."""
    if not attributions:
        return ()
    if not any(a.point or a.reservation for a in attributions):
        return text(f"Raised {_by_strength(attributions)}.")
    items = tuple(_attribution(attribution) for attribution in attributions)
    return (*text("Raised by:"), ItemList(items))


def _by_strength(attributions: list[Attribution]) -> str:
    """Return "by partners, particularly the Board and the commissioning managers"."""
    groups = groupby(attributions, lambda attribution: attribution.strength)
    said = [f"{strength} {listing(map(str, group))}".strip() for strength, group in groups]
    words = f"by {', '.join(said)}"
    alone = "by particularly "
    return f"particularly by {words.removeprefix(alone)}" if words.startswith(alone) else words


def raiser(attribution: Attribution) -> str:
    """Return "many Partnership Board members", "particularly the Board", "not attributed"."""
    if not attribution.raiser:
        return "not attributed"
    strength = attribution.get_strength_display().lower() if attribution.strength else ""
    return f"{strength} {attribution.raiser}".strip()


def _attribution(attribution: Attribution) -> RichText:
    name = raiser(attribution)
    first = Run(name[0].upper() + name[1:], bold=True)
    points = [*parse(attribution.point)]
    if attribution.reservation:
        points += _led("with a reservation: ", parse(attribution.reservation))
    if not points or not isinstance(points[0], Paragraph):
        return (Paragraph((first,)), *points)
    return (Paragraph((first, Run(": "), *points[0].runs)), *points[1:])


def _led(words: str, body: RichText) -> RichText:
    head = body[0]
    if not isinstance(head, Paragraph):
        return (Paragraph((Run(words),)), *body)
    return (Paragraph((Run(words), *head.runs)), *body[1:])


def _counted(findings: list[Finding], noun: str) -> RichText:
    """Return "Four strengths were named:" where the officer wrote no lead of their own."""
    plural = len(findings) != 1
    count = in_words(len(findings)).capitalize()
    return text(f"{count} {noun}{'s were' if plural else ' was'} named:")


def _list(findings: list[Finding], ordered: bool = False) -> RichText:
    """Return findings as a list: title in bold where there is one, then the text."""
    return (ItemList(tuple(_said(finding) for finding in findings), ordered),)


def _said(finding: Finding) -> RichText:
    body = parse(finding.text)
    if not finding.title:
        return body
    if body and isinstance(body[0], Paragraph):
        title = (Run(finding.title, bold=True), Run(": "))
        return (Paragraph((*title, *body[0].runs)), *body[1:])
    return (*text(finding.title), *body)

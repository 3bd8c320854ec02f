"""Papers with a block of every kind on records of every kind, and what they say, fact by fact."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from io import BytesIO

from django.utils import timezone
from pypdf import PdfReader

from changeplan.models import ChangePlan
from papers import docx, html, pdf
from papers.document import (
    BoardPaper,
    Chart,
    Item,
    NumberedParagraph,
    Prose,
    Section,
    Subheading,
    Table,
)
from papers.kinds import FrontSheetSource
from papers.models import AgendaItem, Block, Paper
from papers.placeholders import PLACEHOLDERS
from partnership.models import Partnership
from partnership.richtext import Paragraph, RichText
from standards.models import Attribution, Finding
from tests import factories as make

RENDERERS = {
    "html": lambda paper: html.page(paper).encode(), "pdf": pdf.render, "docx": docx.render,
}  # fmt: skip
FIGURES = "The figures:\n\n" + "\n".join(f"- {name}: {{{{ {name} }}}};" for name in PLACEHOLDERS)


def whole_paper(partnership: Partnership, rows: int = 1, **fields) -> Paper:
    """A paper on two exercises, findings, a plan and an earlier decision, `rows` of each."""
    plan = whole_plan(partnership)
    for _ in range(rows):
        grow(plan)
    board = make.group(partnership, name="The Trust Board")
    meeting = make.meeting(board, "2024-05-16")
    item = AgendaItem.objects.create(meeting=meeting, number=9, title="The plan")
    given = {"addressed_to": board, "agenda_item": item, "author": "Commissioning manager"}
    made = make.paper(plan, **given | {"purpose": Paper.Purpose.DECISION} | fields)
    for number, source in enumerate(FrontSheetSource, 1):
        text = "Ask *{{ number of groups }}* officers" if source == FrontSheetSource.TEXT else ""
        made.front_sheet.create(number=number, label=source.label, source=source, value=text)
    for number in range(1, rows + 1):
        made.recommendations.create(
            number=number, asked_of=board, text="Agree that {{ days estimated }} **are needed**"
        )
    sections = made.sections.order_by("is_appendix", "number")
    Block.objects.create(section=sections[0], number=98, text=FIGURES)
    return Paper.objects.select_for_paper().get(pk=made.pk)


def whole_plan(partnership: Partnership) -> ChangePlan:
    """A plan on an exercise that followed another, with days of support."""
    first = make.scored_exercise(partnership)
    again = make.exercise(
        partnership, framework=first.framework, previous=first, date="2024-02", is_scored=True
    )
    make.scores(make.working_group(again, "Table one", people=2), "3.5", "3", "4")
    make.scores(make.working_group(again, "Managers", "Operational", people=1), "2", "3", None)
    plan = make.plan(again, title="Strategic commissioning change plan")
    make.entitlement(plan)
    return plan


def grow(plan: ChangePlan) -> None:
    """One more of everything that a paper tells of a plan and its exercise."""
    exercise, number = plan.exercise, plan.actions.count() + 1
    found = {
        kind: Finding.objects.create(
            exercise=exercise, kind=kind, number=number, title=f"{kind.label} {number}",
            text=f"What was said of {kind.label.lower()} {number}, and *why*.",
        )
        for kind in Finding.Kind
    }  # fmt: skip
    Attribution.objects.create(
        finding=found[Finding.Kind.PRIORITY], number=1, category="Partners", point="A directory."
    )
    action = make.action(
        plan, f"Do the thing {number}", (1, 2), start="2024-04", due="2024-09-30",
        detail="First this.\n\n- then that;\n- and that.",
    )  # fmt: skip
    action.priorities.add(found[Finding.Kind.PRIORITY])
    asked = make.support(
        plan.entitlements.get(), f"A workshop {number}", (1,), action=action,
        estimated=Decimal("0.25"), agreed=Decimal("0.25"),
    )  # fmt: skip
    make.delivery(asked, "0.25")
    make.status(plan, 1, f"It is so, in {number} ways.")
    decide(plan, number)


def decide(plan: ChangePlan, number: int) -> None:
    """A decision on an earlier paper."""
    earlier = make.paper(plan, title=f"Earlier paper {number}")
    make.decision(
        earlier, outcome="amended", asked="note it", amended="note it **twice**",
        minute_reference=f"{number}/24", confirmed_at=timezone.now(), confirmed_by=make.user(),
    )  # fmt: skip


def leaves(paper: BoardPaper, file: bytes) -> list[str]:
    """The words of each page of the PDF, without blanks and what stands above and below them."""
    pages = [squeezed(leaf.extract_text()) for leaf in PdfReader(BytesIO(file)).pages]
    head = squeezed(paper.running_title)
    return [re.sub(r"Page\d+of\d+$", "", words.replace(head, "")) for words in pages]


def undrawn(paper: BoardPaper, words: str) -> str:
    """Return what is left of the words that a PDF says besides a paper's facts, without the words
    in its charts, bullets and numbers of lists, and the heads of tables over again."""
    items = [item for each in paper.sections + paper.appendices for item in each.items]
    charts = [chart.svg for chart in items if isinstance(chart, Chart)]
    drawn = [unescape(w) for svg in charts for w in re.findall(r">([^<]+)</text", svg)]
    heads = [" ".join(c.heading for c in t.columns) for t in items if isinstance(t, Table)]
    for each in sorted(map(squeezed, drawn + heads), key=len, reverse=True):
        words = words.replace(each, "")
    return re.sub(r"[•\d.]", "", words)


def facts_of(paper: BoardPaper) -> list[str]:
    """Everything the paper says in words, in the order in which it is read; without blanks."""
    return [squeezed(fact) for fact in _facts(paper) if squeezed(fact)]


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def left_over(words: str, facts: list[str]) -> str:
    """Return what stands between the facts; fails where one is missing or out of its order."""
    rest, place, words = [], 0, squeezed(words)
    for fact in facts:
        found = words.find(fact, place)
        assert found >= 0, f"{fact!r} is not in {words[place : place + 300]!r}"
        rest.append(words[place:found])
        place = found + len(fact)
    return "".join([*rest, words[place:]])


def _facts(paper: BoardPaper) -> Iterator[str]:
    yield from (paper.body_name or paper.partnership, paper.title, paper.kind_line)
    for field in paper.front_sheet:
        yield from (field.label, *_rich(field.value))
    for section in paper.sections:
        yield from _section(section, section.number)
    for appendix in paper.appendices:
        yield from _section(appendix, f"{appendix.number}:")


def _section(section: Section, number: str) -> Iterator[str]:
    yield f"{number} {section.heading}"
    yield from _rich(section.exempt)
    for item in section.items:
        yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    match item:
        case NumberedParagraph():
            yield from (item.number, *_rich(item.body))
        case Subheading():
            yield f"{item.number} {item.text}"
        case Prose():
            yield from _rich(item.body)
        case Chart():
            yield item.title
        case _:
            yield from (item.caption, *(column.heading for column in item.columns))
            yield from (fact for row in item.rows for cell in row for fact in _rich(cell))
            yield item.note


def _rich(body: RichText) -> Iterator[str]:
    for block in body:
        if isinstance(block, Paragraph):
            yield block.plain
        else:
            for item in block.items:
                yield from _rich(item)

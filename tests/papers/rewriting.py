"""Writes a paper that was started until it says what another says: as an officer would, through
the services, one thing at a time."""

from papers.kinds import FrontSheetSource
from papers.models import Block, Paper, Section
from papers.services import composing, fronting
from papers.services.starting import start_paper
from partnership.models import User

FACTS = ("title", "purpose", "author", "addressed_to", "plan", "hides_contacts")


def rewritten(model: Paper, by: User) -> Paper:
    """Start a paper of the model's kind, and change it into what the model says."""
    paper = start_paper(
        partnership=model.partnership,
        kind=model.kind,
        exercise=model.exercise,
        plan=model.plan,
        addressed_to=model.addressed_to,
        agenda_item=model.agenda_item,
        by=by,
    )
    facts = {name: getattr(model, name) for name in FACTS}
    fronting.change_facts(paper=paper, changes=facts, version=paper.version, by=by)
    _front_sheet(paper, model, by)
    _recommendations(paper, model, by)
    for is_appendix in (False, True):
        wanted = list(model.sections.filter(is_appendix=is_appendix))
        _sections(paper, wanted, is_appendix, by)
    return Paper.objects.select_for_paper().get(pk=paper.pk)


def _front_sheet(paper: Paper, model: Paper, by: User) -> None:
    lines = zip(paper.front_sheet.all(), model.front_sheet.all(), strict=True)
    for line, wanted in lines:
        if wanted.source == FrontSheetSource.TEXT:
            changes = {n: getattr(wanted, n) for n in ("label", "source", "value", "is_contact")}
            fronting.change_line(line=line, changes=changes, version=line.version, by=by)


def _recommendations(paper: Paper, model: Paper, by: User) -> None:
    for each in paper.recommendations.all():
        composing.remove_recommendation(recommendation=each, version=each.version, by=by)
    for each in model.recommendations.all():
        values = {"asked_of": each.asked_of, "actions": list(each.actions.all())}
        composing.add_recommendation(paper=paper, text=each.text, by=by, **values)


def _sections(paper: Paper, wanted: list[Section], is_appendix: bool, by: User) -> None:
    there = {each.heading: each for each in paper.sections.filter(is_appendix=is_appendix)}
    for heading in there.keys() - {each.heading for each in wanted}:
        section = there[heading]
        composing.remove_section(section=section, version=section.version, by=by)
    for place, model in enumerate(wanted, 1):
        values = {"is_appendix": is_appendix, "is_numbered": model.is_numbered}
        section = there.get(model.heading) or composing.add_section(
            paper=paper, heading=model.heading, by=by, **values
        )
        composing.move_section(section=section, to=place, by=by)
        _blocks(section, list(model.blocks.all()), by)


def _blocks(section: Section, wanted: list[Block], by: User) -> None:
    """Change a block where there is one of its kind, else add one; then put it in its place."""
    spare = list(section.blocks.all())
    for place, model in enumerate(wanted, 1):
        block = next((each for each in spare if each.kind == model.kind), None)
        values = {"text": model.text, "count": model.count}
        if block:
            spare.remove(block)
            composing.change_block(block=block, changes=values, version=block.version, by=by)
        else:
            block = composing.add_block(section=section, kind=model.kind, by=by, **values)
        composing.move_block(block=block, to=place, by=by)
    for block in spare:
        current = Block.objects.get(pk=block.pk)
        composing.remove_block(block=current, version=current.version, by=by)

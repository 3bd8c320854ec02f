"""The page on which a paper is written, its forms and its buttons."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from papers.kinds import BlockKind
from papers.models import Block, Paper, Recommendation, Section
from papers.services import composing
from papers.services.issuing import issue
from partnership.models import Draft
from tests import factories as make
from tests.pages import MOST_QUERIES, assert_queries_stay, chosen, ids, queries, words
from tests.writing import IN_PLACE, MOST_TO_SAVE, cost, posting

MOST_TO_BUILD = 25  # the figures are read from what a paper is made from
CAST = (
    "administrator",
    "manager",
    "officer",
    "board_member",
    "observer",
    "facilitator",
    "outsider",
)
BUTTONS = ("move", "remove", "restore")


@pytest.fixture
def paper(exercise) -> Paper:
    """A draft with every kind of block, an appendix and a recommendation."""
    paper = make.paper(make.plan(exercise))
    paper.recommendations.create(
        number=1, asked_of=make.group(paper.partnership), text="approve it"
    )
    return paper


@pytest.fixture
def writing(client, officer) -> Client:
    client.force_login(officer)
    return client


def address(paper: Paper, name: str = "compose", *more: object) -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def paragraph(paper: Paper) -> Block:
    return Block.objects.get(section__paper=paper, kind=BlockKind.PARAGRAPH)


def sent(text: str, version: int = 1, **more) -> dict:
    return {"text": text, "kind": "paragraph", "version": version} | more


def seen(client: Client, paper: Paper) -> str:
    """The figures that stood beside a text, as its form sends them back."""
    beside = client.get(address(paper, "figures"), headers=IN_PLACE).content.decode()
    return re.search(r'name="seen" value="([^"]+)"', beside)[1]


def test_the_page_shows_the_paper_and_the_page_that_readers_will_see(writing, paper):
    page = writing.get(address(paper))

    shown = words(page)
    assert "1 Findings" in shown
    assert "Appendix A Plan" in shown
    assert "About Paragraph." in shown
    assert "The change plan, by standard" in shown
    assert "is asked to approve it" in shown
    assert f'src="{address(paper, "draft")}"' in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_a_section_an_appendix_a_paragraph_and_a_block_are_added(writing, paper):
    writing.post(address(paper, "section_new"), {"heading": "Next", "is_numbered": "on"})
    section = paper.sections.get(heading="Next")
    new = address(paper, "block_new", section.identifier, "paragraph")
    answer = writing.post(new, {"text": "A *first*.", "kind": "prose"})
    made = section.blocks.get()
    assert answer["Location"] == f"{address(paper)}#block-{made.identifier}"
    below = address(paper, "block_below", made.identifier, "block")
    writing.post(below, {"kind": "lowest", "text": "These:", "count": "3"})
    writing.post(address(paper, "appendix_new"), {"heading": "Notes"})

    rows = list(section.blocks.values_list("kind", "text", "count"))
    assert rows == [("prose", "A *first*.", None), ("lowest", "These:", 3)]
    shown = words(writing.get(address(paper)))
    assert "2 Next" in shown
    assert "Appendix B Notes" in shown
    assert "Lowest standards: 3" in shown


def test_blocks_are_offered_with_what_they_show_and_whether_there_is_any(writing, paper):
    section = paper.sections.first()
    make.action(paper.plan, due="2027-05")
    form = writing.get(address(paper, "block_new", section.identifier, "block"))

    shown = words(form)
    assert "since the exercise before. Nothing to show yet: there was no exercise before." in shown
    assert "The actions with a date, in the order of their dates. Decisions so far" in shown
    assert "The whole change plan: score, status, actions, support." in shown
    assert (
        writing.get(address(paper, "block_new", section.identifier, "nothing")).status_code == 404
    )


def test_a_paragraph_is_changed_and_keeps_the_figures_seen(writing, paper):
    edit = address(paper, "block_edit", paragraph(paper).identifier)
    assert f'href="{address(paper, "figures")}"' in writing.get(edit).content.decode()
    beside = words(writing.get(address(paper, "figures"), headers=IN_PLACE))
    assert "{{ number of standards }} Put in the figure" in beside
    listed = words(writing.get(address(paper, "figures")))
    assert "{{ number of standards }} How many standards the framework has. Now: 3" in listed
    assert "Now: 3" in beside

    writing.post(edit, sent("It says {{ number of standards }}.", seen=seen(writing, paper)))
    assert paragraph(paper).figures["number of standards"] == "3"
    writing.post(edit, sent("Forged.", 2, seen="number of standards: 7"))
    assert paragraph(paper).figures["number of standards"] == "3"

    answer = writing.post(edit, sent("It says {{ number of stars }}.", 3))
    assert answer.status_code == 422
    assert "There is no figure called “number of stars”" in answer.content.decode()
    assert paragraph(paper).text == "Forged."


def test_two_who_write_the_same_paragraph_see_both_texts(writing, paper, manager):
    edit = address(paper, "block_edit", paragraph(paper).identifier)
    composing.change_block(
        block=paragraph(paper), changes={"text": "Theirs."}, version=1, by=manager
    )

    answer = writing.post(edit, sent("Mine."), headers=IN_PLACE)
    assert answer.status_code == 409
    assert "Theirs." in answer.content.decode()
    assert "Mine." in answer.content.decode()
    again = writing.post(edit, sent("Mine.") | chosen(answer, ""), headers=IN_PLACE)
    assert again.status_code == 409
    assert "Choose which text stands: " in again.content.decode()
    assert "Theirs." in again.content.decode()
    assert paragraph(paper).text == "Theirs."

    writing.post(edit, sent("About Paragraph.", kind="prose"))  # another field: both are kept
    changed = Block.objects.get(section__paper=paper, text="Theirs.")
    assert changed.kind == BlockKind.PROSE


def test_what_was_typed_comes_back_from_its_draft(writing, paper, officer):
    edit = address(paper, "block_edit", paragraph(paper).identifier)
    Draft.objects.create(user=officer, place=edit, fields={"text": ["Half typed"]})

    assert "Half typed" in writing.get(edit).content.decode()


def test_an_appendix_says_why_it_is_exempt(writing, paper):
    appendix = paper.sections.get(is_appendix=True)
    edit = address(paper, "section_edit", appendix.identifier)
    given = {"heading": "Prices", "is_exempt": "on", "version": 1}

    refused = writing.post(edit, given)
    assert refused.status_code == 422
    assert "Choose the paragraph that it is exempt under" in refused.content.decode()
    writing.post(edit, given | {"exempt_under": "3", "public_interest": "They bid again."})

    assert "Not for publication" in words(writing.get(address(paper)))


def test_a_section_on_implications_is_written_once(writing, paper):
    new = address(paper, "section_new")
    assert 'value="Legal implications"' in writing.get(f"{new}?implication=legal").content.decode()
    given = {"heading": "Legal implications", "is_numbered": "on", "implication": "legal"}

    assert writing.post(new, given).status_code == 302
    again = writing.post(new, given | {"heading": "Law"})

    assert again.status_code == 422
    assert "has a section on these implications already" in again.content.decode()
    assert paper.sections.get(implication="legal").heading == "Legal implications"


def test_recommendations_are_written_on_the_same_page(writing, paper):
    action = make.action(paper.plan, "Agree one plan")
    asked = paper.recommendations.get()
    edit = address(paper, "recommendation_edit", asked.identifier)
    assert "approve it" in writing.get(edit).content.decode()
    given = {"asked_of": asked.asked_of_id, "text": "agree it", "version": 1}
    writing.post(edit, given | {"actions": [action.pk], "approves_plan": "on"})
    writing.post(address(paper, "recommendation_new"), given | {"text": "note it"})

    shown = words(writing.get(address(paper)))
    assert (
        "agree it To approve this is to approve the change plan. About “Agree one plan”." in shown
    )
    assert "2. " in shown
    assert "note it" in shown


def test_what_is_removed_is_undone_where_it_stood(writing, paper):
    for row in (paragraph(paper), paper.recommendations.get(), paper.sections.first()):
        kind = row._meta.model_name
        remove = address(paper, f"{kind}_remove", row.identifier)
        answer = writing.post(remove, {"version": 1})
        assert answer["Location"] == f"{address(paper)}#gone-{row.identifier}"
        page = writing.get(address(paper))
        assert f"gone-{row.identifier}" in ids(page)
        back = address(paper, f"{kind}_restore", row.identifier)
        assert set(posting(page, "bring-back")) == {back}
        assert writing.post(back)["Location"].endswith(f"#{kind}-{row.identifier}")
        assert f"{kind}-{row.identifier}" in ids(writing.get(address(paper)))

    stale = address(paper, "block_remove", paragraph(paper).identifier)
    writing.post(stale, {"version": 1})
    assert paragraph(paper).removed_at is None


def test_buttons_put_things_in_order(writing, paper):
    kinds = list(paper.sections.first().blocks.values_list("kind", flat=True))
    writing.post(address(paper, "block_move", paragraph(paper).identifier), {"to": "2"})
    assert list(paper.sections.first().blocks.values_list("kind", flat=True))[:2] == kinds[1::-1]

    for to in ("", "up", "9" * 30, "-1", "1\0"):
        move = address(paper, "block_move", paragraph(paper).identifier)
        assert writing.post(move, {"to": to}).status_code == 404


def test_an_issued_paper_is_written_on_while_readers_see_the_issue(writing, paper, officer):
    issue(paper=paper, by=officer)
    writing.post(address(paper, "block_edit", paragraph(paper).identifier), sent("Corrected."))

    assert "Readers see issue 1 of" in words(writing.get(address(paper)))
    assert "Corrected." not in words(writing.get(address(paper, "paper")))


def test_the_history_tells_who_wrote_what(writing, paper, officer):
    writing.post(address(paper, "block_edit", paragraph(paper).identifier), sent("Anew."))

    shown = words(writing.get(address(paper, "history")))
    assert f"{officer.name} changed the text" in shown
    assert "Findings: Anew." in shown


def test_only_those_who_write_papers_press_its_buttons(paper, request):
    rows = {"section": paper.sections.first(), "block": paragraph(paper)}
    rows["recommendation"] = paper.recommendations.get()
    found = {}
    for who in CAST:
        client = Client()
        client.force_login(request.getfixturevalue(who))
        found[who] = {
            client.post(
                address(paper, f"{kind}_{button}", row.identifier), {"to": 1, "version": 9}
            ).status_code
            for kind, row in rows.items()
            for button in BUTTONS
        }
    allowed, hidden = {302}, {404}
    assert found == dict.fromkeys(CAST[:3], allowed) | dict.fromkeys(CAST[3:], hidden) | {
        "facilitator": {403}
    }


def test_another_papers_parts_are_not_found_here(writing, paper, exercise):
    other = make.paper(make.plan(exercise))
    theirs = paragraph(other).identifier

    assert writing.get(address(paper, "block_edit", theirs)).status_code == 404
    assert writing.post(address(paper, "block_restore", theirs)).status_code == 404


def test_hostile_and_endless_texts_are_told_apart_from_words(writing, paper):
    edit = address(paper, "block_edit", paragraph(paper).identifier)
    writing.post(edit, sent("<script>alert(1)</script> [x](javascript:alert(1))"))

    page = writing.get(address(paper)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page
    assert writing.post(edit, sent("x" * 20_001, 2)).status_code == 422
    assert writing.post(edit, sent("a\0b", 2)).status_code == 422
    assert writing.post(address(paper, "section_new"), {"heading": "a\0"}).status_code == 422


def test_the_page_takes_as_many_queries_for_ten_times_the_blocks(writing, paper, officer):
    def grow() -> None:
        section = paper.sections.first()
        blocks = [
            Block(section=section, number=number, text=f"Paragraph {number}.")
            for number in range(100, 300)
        ]
        Block.objects.bulk_create(blocks)
        Recommendation.objects.bulk_create(
            Recommendation(paper=paper, number=n, asked_of=make.group(paper.partnership), text="x")
            for n in range(10, 20)
        )
        Section.objects.bulk_create(
            Section(paper=paper, number=n, heading=f"Section {n}") for n in range(10, 20)
        )

    assert_queries_stay(writing, [address(paper), address(paper, "history")], grow)


def test_a_paragraph_is_opened_and_saved_in_few_queries(writing, paper):
    edit = address(paper, "block_edit", paragraph(paper).identifier)
    given = sent("Anew.", seen=seen(writing, paper))

    section = paper.sections.first().identifier
    new = [
        ("recommendation_new",),
        ("block_new", section, "paragraph"),
        ("block_new", section, "block"),
    ]
    for form in (edit, *(address(paper, *each) for each in new)):
        assert queries(writing, form) <= MOST_QUERIES
    assert queries(writing, address(paper, "figures")) <= MOST_TO_BUILD
    assert cost(writing, edit, given, headers=IN_PLACE) <= MOST_TO_SAVE

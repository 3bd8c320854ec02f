"""Starting a paper: every kind from anybody's data, drafted in words that hold."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command

from papers.content import build
from papers.models import Paper, PaperSettings
from papers.pages.checks import checks
from papers.placeholders import check
from papers.services.starting import start_paper
from papers.storage import dump
from partnership.models import User
from partnership.richtext import plain_text
from partnership.roles import Role
from partnership.rules import RuleBroken
from standards.models import Exercise, Finding
from tests import factories as make
from tests import pages
from tests.papers.rewriting import rewritten

HOSTILE = "A *bold* [x](javascript:alert(1)) {{ lowest average }} {{ no such }} <script> board"


def started(partnership, by, kind="results", **given) -> Paper:
    paper = start_paper(partnership=partnership, kind=kind, by=by, **given)
    return Paper.objects.select_for_paper().get(pk=paper.pk)


def said(paper: Paper) -> str:
    """Every word of the paper's paragraphs, lists and headings."""
    content = build(paper)
    parts = content.sections + content.appendices
    bodies = [plain_text(i.body) for s in parts for i in s.items if hasattr(i, "body")]
    return "\n".join([content.title, *(s.heading for s in parts), *bodies])


def content(paper: Paper) -> str:
    """Everything the paper holds, but for the identifiers of its charts and recommendations."""
    held = re.sub("scores-[0-9a-z]{12}", "scores", json.dumps(dump(build(paper))))
    return re.sub('"identifier": "[0-9a-z]{12}"', "", held)


def headings(paper: Paper) -> list[str]:
    return list(paper.sections.values_list("heading", flat=True))


def test_a_results_paper_gives_facts_of_the_exercise_and_leaves_figures_live(
    partnership, exercise, officer
):
    board = make.group(partnership, name="The Board", kind="board")
    exercise.sessions.get().groups.set([board])
    paper = started(partnership, officer, exercise=exercise, addressed_to=board)
    words = said(paper)
    assert "the Board on 8 February 2024" in words
    assert "how three working groups scored the three standards" in words
    assert "The Board is asked to note the results of the exercise" in words
    make.working_group(exercise, "A fourth table")
    assert "how four working groups scored" in said(paper)


@pytest.mark.parametrize("kind", ["results", "evaluation", "blank"])
@pytest.mark.parametrize("of", ["nothing", "words", "no session"])
def test_every_kind_can_be_made_of_little(partnership, officer, kind, of):
    exercise = make.exercise(partnership, is_scored=of != "words")
    if of == "words":
        found = {"number": 1, "text": "We share one plan."}
        Finding.objects.create(exercise=exercise, kind="strength", **found)
    if of == "no session":
        exercise.sessions.all().delete()
    paper = started(partnership, officer, kind, exercise=exercise)
    words = said(paper)
    assert "$" not in words
    assert "[not known]" not in words
    assert "None" not in words.replace("None recorded.", "")
    if of == "words" and kind != "blank":
        assert "We share one plan." in words


def test_a_change_plan_paper_asks_to_approve_the_plan_with_all_its_actions(
    partnership, exercise, manager
):
    plan = make.plan(exercise)
    actions = [make.action(plan, standards=(1,)) for _ in range(2)]
    board = make.group(partnership)
    paper = started(partnership, manager, "change_plan", plan=plan)
    asked = paper.recommendations.get()
    assert (asked.asked_of, asked.approves_plan) == (board, True)
    assert list(asked.actions.all()) == actions
    assert paper.exercise == exercise
    assert "It names two actions." in said(paper)


def test_names_that_people_typed_mean_nothing_in_a_text(partnership, exercise, officer):
    Exercise.objects.filter(pk=exercise.pk).update(title=HOSTILE[:200])
    exercise.refresh_from_db()
    board = make.group(partnership, name=HOSTILE, kind="board")
    paper = started(partnership, officer, exercise=exercise, addressed_to=board)
    for section in paper.sections.all():
        for block in section.blocks.all():
            check(block.text)
    assert "*bold* [x](javascript:alert(1)) { { lowest average }} { { no such }} <script>" in said(
        paper
    )


def test_implications_wait_for_words_and_a_check_says_so(partnership, exercise, officer):
    PaperSettings.objects.create(partnership=partnership, implications=["legal", "risk"])
    paper = started(partnership, officer, exercise=exercise)
    assert [h for h in headings(paper) if "implications" in h] == [
        "Legal implications",
        "Risk implications",
    ]
    found = " ".join(each.words for each in checks(paper, build(paper)))
    assert "Legal implications is empty" in found
    assert "Risk implications is empty" in found


def test_the_first_words_on_implications_are_offered_and_stand_nowhere_yet(
    client, partnership, exercise, officer
):
    paper = started(partnership, officer, exercise=exercise)
    section = paper.sections.get(implication="financial")
    client.force_login(officer)
    where = f"/p/northshire/papers/{paper.identifier}/compose/sections/{section.identifier}"
    assert "is paid for from …" in client.get(f"{where}/new-paragraph/").content.decode()
    assert not section.blocks.exists()


def test_the_front_sheet_begins_with_the_partnerships_lines_and_the_writer(partnership, exercise):
    lines = [
        {"label": "Meeting date", "source": "meeting_date"},
        {"label": "Ask", "source": "text", "is_contact": True},
        {"label": "Wards", "source": "text"},
    ]
    PaperSettings.objects.create(partnership=partnership, front_sheet=lines)
    writer = make.member(partnership, Role.OFFICER, job_title="Commissioning Officer")
    paper = started(partnership, writer, exercise=exercise)
    fields = paper.front_sheet.values_list("label", "source", "value", "is_contact")
    assert list(fields) == [
        ("Meeting date", "meeting_date", "", False),
        ("Ask", "text", "Commissioning Officer", True),
        ("Wards", "text", "", False),
    ]
    assert paper.author == "Commissioning Officer"


def test_two_papers_of_one_title_have_addresses_of_their_own(partnership, exercise, officer):
    slugs = [
        started(partnership, officer, exercise=exercise, title=title).slug
        for title in ("Results", "Results", "تقرير", "x" * 300)
    ]
    assert slugs[:3] == ["northshire-results", "northshire-results-2", "northshire-paper"]
    assert len(slugs[3]) <= 80


@pytest.mark.parametrize(
    ("kind", "what", "why"),
    [
        ("results", "open", "has not closed"),
        ("results", "none", "Choose the exercise"),
        ("change_plan", "no plan", "Choose the change plan"),
        ("change_plan", "other plan", "another exercise"),
        ("results", "elsewhere", "belongs to this partnership"),
    ],
)
def test_a_paper_is_not_started_without_what_its_kind_needs(
    partnership, exercise, officer, kind, what, why
):
    given = {
        "open": lambda: {"exercise": make.exercise(partnership, state="open")},
        "none": dict,
        "no plan": lambda: {"exercise": exercise},
        "other plan": lambda: {
            "exercise": exercise,
            "plan": make.plan(make.exercise(partnership)),
        },
        "elsewhere": lambda: {"exercise": make.exercise(make.partnership())},
    }[what]()
    with pytest.raises(RuleBroken, match=why):
        started(partnership, officer, kind, **given)
    assert not Paper.objects.exists()


@pytest.mark.parametrize("slug", ["bromley-change-plan", "medway-evaluation"])
def test_an_officer_could_have_written_the_two_papers_of_2010(db, slug):
    call_command("load_demo", force=True, stdout=StringIO())
    model = Paper.objects.select_for_paper().get(slug=slug)
    by = User.objects.get(email=f"officer@{model.partnership.slug}.example.org")
    paper = rewritten(model, by)
    paper.slug = model.slug
    assert content(paper) == content(model)


def test_from_results_to_a_started_paper_in_two_steps(client, partnership, exercise, officer):
    client.force_login(officer)
    address = f"/p/northshire/exercises/{exercise.identifier}/results/"
    link = f"/p/northshire/papers/start/?kind=results&amp;exercise={exercise.identifier}"
    assert link in client.get(address).content.decode()
    page = client.get(link.replace("&amp;", "&"))
    assert f'<option value="{exercise.pk}" selected' in page.content.decode()
    sent = client.post("/p/northshire/papers/start/", {"kind": "results", "exercise": exercise.pk})
    paper = Paper.objects.get()
    assert sent.url == f"/p/northshire/papers/{paper.identifier}/compose/"


def test_a_form_says_beside_the_field_what_is_missing(client, exercise, officer):
    client.force_login(officer)
    for kind, why in (
        ("change_plan", "Choose the change plan"),
        ("results", "Choose the exercise"),
    ):
        answer = client.post("/p/northshire/papers/start/", {"kind": kind, "title": "T"})
        assert answer.status_code == 422
        assert why in answer.content.decode()


def test_starting_is_linked_from_the_plan_for_those_who_write(client, exercise, officer, observer):
    plan = make.plan(exercise, state="submitted")
    address = f"/p/northshire/plans/{plan.identifier}/"
    for person, linked in ((officer, True), (observer, False)):
        client.force_login(person)
        answer = client.get(address)
        assert (f"plan={plan.identifier}" in answer.content.decode()) is linked
        assert pages.words(answer)

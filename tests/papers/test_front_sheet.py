"""What a paper says of itself, and its front sheet line by line."""

import pytest

from papers.content import build
from papers.models import FrontSheetField, Paper
from papers.services import fronting
from partnership.records import StaleVersion
from partnership.richtext import plain_text
from partnership.rules import RuleBroken
from tests import factories as make


@pytest.fixture
def paper(exercise, officer) -> Paper:
    """A draft whose front sheet has the lines a, b and c."""
    paper = make.paper(make.plan(exercise))
    for label in "abc":
        values = {"label": label, "source": "text", "value": f"say {label}"}
        fronting.add_line(paper=paper, values=values, by=officer)
    return paper


def address(paper: Paper, rest: str = "front-sheet/") -> str:
    return f"/p/northshire/papers/{paper.identifier}/{rest}"


def lines(paper: Paper) -> list[tuple[int, str]]:
    return list(paper.front_sheet.values_list("number", "label"))


def line(paper: Paper, label: str) -> FrontSheetField:
    return paper.front_sheet.select_related("paper").get(label=label)


def test_a_line_is_added_changed_moved_and_taken_off_without_a_script(client, paper, officer):
    client.force_login(officer)
    sent = {"label": "Wards", "source": "text", "value": "All", "is_contact": "on"}
    assert client.post(address(paper, "front-sheet/new/"), sent).status_code == 302
    wards = line(paper, "Wards")
    assert (wards.number, wards.is_contact) == (4, True)
    at = address(paper, f"front-sheet/{wards.pk}/")
    assert client.post(at, sent | {"label": "Ward", "version": "1"}).status_code == 302
    client.post(f"{at}move/", {"to": "1"})
    client.post(address(paper, f"front-sheet/{line(paper, 'b').pk}/remove/"), {"version": "1"})
    assert lines(paper) == [(1, "Ward"), (2, "a"), (3, "c")]
    assert 'value="All"' not in client.get(address(paper)).content.decode()


def test_words_go_with_a_text_alone(paper, officer):
    changes = {"label": "Title", "source": "title", "value": "typed", "is_contact": False}
    fronting.change_line(line=line(paper, "a"), changes=changes, version=1, by=officer)
    assert plain_text(build(paper).front_sheet[0].value) == paper.title


def test_two_who_change_a_line_see_both_texts(client, paper, officer, manager):
    changed = line(paper, "a")
    theirs = {"label": "a", "source": "text", "value": "theirs", "is_contact": False}
    fronting.change_line(line=changed, changes=theirs, version=1, by=manager)
    client.force_login(officer)
    sent = {"label": "a", "source": "text", "value": "mine", "version": "1"}
    answer = client.post(address(paper, f"front-sheet/{changed.pk}/"), sent)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "theirs" in shown
    assert "mine" in shown
    with pytest.raises(StaleVersion):
        fronting.remove_line(line=changed, version=1, by=officer)


def test_whoever_took_a_line_off_is_in_its_history(paper, officer):
    gone = line(paper, "a")
    key = gone.pk
    fronting.remove_line(line=gone, version=1, by=officer)
    last = FrontSheetField.history.filter(id=key).latest()
    assert (last.history_type, last.history_user) == ("-", officer)


def test_a_front_sheet_has_an_end(paper, officer):
    for _ in range(fronting.MOST_LINES - 3):
        fronting.add_line(paper=paper, values={"label": "x", "source": "title"}, by=officer)
    with pytest.raises(RuleBroken, match="at most 20 lines"):
        fronting.add_line(paper=paper, values={"label": "x", "source": "title"}, by=officer)


def test_a_line_of_another_paper_is_not_found(client, paper, officer):
    other = make.paper(paper.plan)
    client.force_login(officer)
    key = line(paper, "a").pk
    for rest in (f"front-sheet/{key}/", "front-sheet/999999999/"):
        assert client.get(address(other, rest)).status_code == 404
    for button in ("move", "remove"):
        assert client.post(address(other, f"front-sheet/{key}/{button}/")).status_code == 404
    assert len(lines(paper)) == 3


def test_only_those_who_write_papers_move_and_remove(client, paper, board_member, outsider):
    Paper.objects.filter(pk=paper.pk).update(state=Paper.State.PUBLISHED)
    key = line(paper, "a").pk
    for person, status in ((board_member, 403), (outsider, 404)):
        client.force_login(person)
        for button in ("move", "remove"):
            found = client.post(address(paper, f"front-sheet/{key}/{button}/"), {"version": "1"})
            assert found.status_code == status


def test_a_paper_says_what_it_is_about(client, paper, officer):
    body = make.group(paper.partnership)
    client.force_login(officer)
    sent = {"title": "A new title", "purpose": "discussion", "author": "Head of Commissioning"}
    sent |= {"addressed_to": body.pk, "plan": paper.plan_id, "version": "1"}
    assert client.post(address(paper, "about/"), sent).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.purpose, paper.addressed_to) == ("A new title", "discussion", body)
    assert not paper.hides_contacts
    assert client.post(address(paper, "about/"), sent | {"title": "Mine"}).status_code == 409


def test_a_paper_keeps_to_its_partnership_its_exercise_and_its_plan(paper, officer):
    elsewhere = make.group(make.partnership())
    other = make.plan(make.exercise(paper.partnership))
    for changes, why in (
        ({"addressed_to": elsewhere}, "body of this partnership"),
        ({"plan": other}, "another exercise"),
        ({"plan": None}, "Name the change plan"),
    ):
        with pytest.raises(RuleBroken, match=why):
            fronting.change_facts(paper=paper, changes=changes, version=1, by=officer)

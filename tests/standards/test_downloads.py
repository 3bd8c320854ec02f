"""The results as files: every column, for those who may have it."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from partnership.roles import Permission, Role, roles_with
from standards.models import Comment, PublishedScore, Reveal, Vote
from standards.services.results import freeze_results
from tests import factories as make
from tests.pages import queries

MOST = 10


def address(exercise, name: str = "results_download", *more: str) -> str:
    place = [exercise.partnership.slug, exercise.identifier, *more]
    return reverse(f"standards:{name}", args=place)


def read(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def rows(client, user, exercise) -> list[dict[str, str]]:
    client.force_login(user)
    return read(client.get(address(exercise, "results_download", "csv")))


def book(client, user, exercise):
    client.force_login(user)
    response = client.get(address(exercise, "results_download", "xlsx"))
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def table(sheet) -> list[dict[str, object]]:
    headings, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, line, strict=True)) for line in lines]


@pytest.fixture
def voted(exercise):
    """`exercise`, where Table one voted on standard 1 and revealed it, and on 2 and did not."""
    group = exercise.sessions.get().working_groups.get(name="Table one")
    first, second, _ = exercise.framework.standards.order_by("number")
    members = list(group.participants.all())
    for member, value in zip(members[:2], (2, 4), strict=True):
        Vote.objects.create(participant=member, standard=first, value=value)
        Vote.objects.create(participant=member, standard=second, value=value)
    Vote.objects.create(participant=members[2], standard=first, kind="pass")
    Reveal.objects.create(working_group=group, standard=first, round=1, by=members[0].user)
    return exercise


def test_csv_has_a_row_for_every_standard_with_its_average_exact_and_displayed(
    client, observer, exercise
):
    first, second, third = rows(client, observer, exercise)
    assert (first["Standard"], first["Title"]) == ("1", "We share one plan")
    assert [row["Average"] for row in (first, second, third)] == ["2.5", "3.0", "4.5"]
    assert [row["Exact average"] for row in (first, second, third)] == ["2.5", "3", "4.5"]
    assert [row["Groups in the average"] for row in (first, second, third)] == ["3", "2", "2"]
    assert (second["Groups not applicable"], third["Groups not scored"]) == ("1", "1")
    assert first["Method"] == "Mean of groups"


def test_csv_says_each_groups_score_or_why_there_is_none(client, board_member, exercise):
    first, second, third = rows(client, board_member, exercise)
    assert (first["Score of Table one"], first["Score of Managers"]) == ("3", "1.5")
    assert second["Score of Table two"] == "Not applicable"
    assert second["Reason of Table two"] == "Not ours to do."
    assert (third["Score of Table two"], third["Reason of Table two"]) == ("Not scored", "")


def test_csv_says_cohorts_and_spread(client, observer, exercise):
    first = rows(client, observer, exercise)[0]
    assert (first["Average of Strategic"], first["Average of Operational"]) == ("3.0", "1.5")
    assert first["Gap between cohorts"] == "1.5"
    assert [first[name] for name in ("Lowest score", "Highest score", "Range")] == [
        "1.5", "3", "1.5",
    ]  # fmt: skip
    assert first["Standard deviation"].startswith("0.7071067811")
    assert first["Consensus"].startswith("0.7")


def test_one_score_alone_has_no_range(client, observer, partnership):
    exercise = make.exercise(partnership)
    make.scores(make.working_group(exercise, "Table one"), "3", "4", None)
    first, _, third = rows(client, observer, exercise)
    assert (first["Lowest score"], first["Range"], first["Consensus"]) == ("3", "", "")
    assert (third["Average"], third["Lowest score"]) == ("Not scored", "")


def test_csv_says_what_changed_since_the_exercise_before(client, observer, exercise):
    later = make.exercise(exercise.partnership, framework=exercise.framework, previous=exercise)
    make.scores(make.working_group(later, "Table one"), "2", "3", None)
    found = rows(client, observer, later)
    assert [row["Average last time"] for row in found] == ["2.5", "3.0", "4.5"]
    assert [row["Change"] for row in found] == ["-0.5", "0.0", ""]
    assert "Change" not in rows(client, observer, exercise)[0]


def test_csv_counts_revealed_votes_alone(client, observer, voted):
    first, second, _ = rows(client, observer, voted)
    names = [f"Votes for {point} in Table one" for point in range(1, 6)]
    names += ["Passes in Table one", "Votes for not applicable in Table one"]
    assert [first[name] for name in names] == ["0", "1", "0", "1", "0", "1", "0"]
    assert [second[name] for name in names] == [""] * 7
    assert not [name for name in first if "Votes" in name and "Managers" in name]


def test_reasons_and_comments_are_for_those_who_may_read_them(client, observer, exercise):
    group = exercise.sessions.get().working_groups.first()
    make.comment(group, 1, "The board listens.")
    assert "Reason of Table two" not in rows(client, observer, exercise)[0]
    assert book(client, observer, exercise).sheetnames == ["Results"]
    assert client.get(address(exercise, "comments_download")).status_code == 403


def test_xlsx_holds_numbers_as_numbers_and_comments_on_a_second_sheet(
    client, board_member, exercise
):
    group = exercise.sessions.get().working_groups.get(name="Managers")
    make.comment(group, 3, "=SUM(A1) is what we say.", "to_improve")
    Comment.objects.create(working_group=group, side="working_well", text="A good morning.")
    found = book(client, board_member, exercise)
    assert found.sheetnames == ["Results", "Comments"]
    first = table(found["Results"])[0]
    assert (first["Standard"], first["Average"], first["Score of Managers"]) == (1, 2.5, 1.5)
    one, general = table(found["Comments"])
    assert one == {
        "Standard": 3, "Title": "Standard title 3", "Side": "To be improved",
        "Comment": "=SUM(A1) is what we say.", "Working group": "Managers",
        "Cohort": "Operational", "Session": "First session",
    }  # fmt: skip
    assert (general["Standard"], general["Title"]) == (None, "In general")
    assert found["Comments"]["D2"].data_type != "f"


def test_comments_csv_guards_what_could_be_a_formula(client, board_member, exercise):
    group = exercise.sessions.get().working_groups.first()
    make.comment(group, 1, "=1+1")
    client.force_login(board_member)
    (found,) = read(client.get(address(exercise, "comments_download")))
    assert found["Comment"] == "'=1+1"


def test_comments_that_nobody_else_may_read_yet_are_in_no_file(client, manager, partnership):
    room = make.open_room(partnership)
    member = room.working_groups.get().participants.first()
    mine = make.comment(member.working_group, 1, "Still mine.")
    Comment.objects.filter(pk=mine.pk).update(participant=member)
    client.force_login(manager)
    assert read(client.get(address(room.exercise, "comments_download"))) == []
    assert table(book(client, manager, room.exercise)["Comments"]) == []


def test_file_says_which_version_of_the_results_it_holds(client, observer, manager, exercise):
    assert rows(client, observer, exercise)[0]["Results version"] == "Not closed"
    freeze_results(exercise=exercise, reason="", by=manager)
    assert {row["Results version"] for row in rows(client, observer, exercise)} == {"1"}


def test_published_figures_have_no_columns_of_groups(client, observer, partnership):
    exercise = make.exercise(partnership, averaging="recorded_figures")
    make.working_group(exercise, "Board")
    standard = exercise.framework.standards.get(number=1)
    PublishedScore.objects.create(exercise=exercise, standard=standard, value="3.2")
    first, second, _ = rows(client, observer, exercise)
    assert (first["Average"], second["Average"]) == ("3.2", "Not scored")
    assert not [name for name in first if "Board" in name or "Range" in name]


def test_exercise_without_scores_downloads_its_findings(client, observer, partnership):
    exercise = make.exercise(partnership, is_scored=False)
    make.priority(exercise, "Needs assessment", text="Shared by all.")
    (found,) = rows(client, observer, exercise)
    assert (found["Kind"], found["Number"], found["Title"]) == (
        "Improvement priority", "1", "Needs assessment",
    )  # fmt: skip


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_same_results_make_the_same_file(client, manager, exercise, format):
    client.force_login(manager)
    first, second = (client.get(address(exercise, "results_download", format)) for _ in range(2))
    assert first.content == second.content
    assert first["Content-Disposition"] == f'attachment; filename="results.{format}"'


@pytest.mark.parametrize("format", ["pdf", "html", "XLSX"])
def test_other_formats_are_not_found(client, manager, exercise, format):
    client.force_login(manager)
    assert client.get(address(exercise, "results_download", format)).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_results_of_an_open_exercise_are_for_few(client, partnership, role):
    exercise = make.scored_exercise(partnership, state="open")
    user = make.member(partnership, role)
    exercise.facilitators.add(user)
    client.force_login(user)
    status = client.get(address(exercise, "results_download", "csv")).status_code
    few = roles_with(Permission.VIEW_OPEN_RESULTS)
    assert status == (200 if role in few else 404 if role == Role.GUEST else 403)


def test_files_take_few_queries_for_ten_times_the_rows(client, manager, voted):
    voted.previous = make.scored_exercise(voted.partnership, framework=voted.framework)
    voted.save()
    client.force_login(manager)
    names = (("results_download", "csv"), ("results_download", "xlsx"), ("comments_download",))
    addresses = [address(voted, *name) for name in names]
    before = [queries(client, each) for each in addresses]
    for place in range(30):
        group = make.working_group(voted, f"More {place}", f"Cohort {place}", people=2)
        make.comment(make.scores(group, "3", "4", "5"), 1, "Well said.")
    assert [queries(client, each) for each in addresses] == before
    assert max(before) <= MOST, before

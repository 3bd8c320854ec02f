"""Findings and who raised them, as the services keep them."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnership import records
from partnership.models import User
from partnership.rules import LONGEST_TEXT, RuleBroken
from standards.models import Attribution, Comment, Exercise, Finding
from standards.services import findings as services
from tests import factories as make
from tests.races import at_once
from tests.tables import Table


@pytest.fixture
def comment(exercise: Exercise) -> Comment:
    group = exercise.sessions.get().working_groups.get(name="Managers")
    return make.comment(group, 3, "Nobody knows who decides.", "to_improve")


def found(exercise: Exercise, by: User, title: str, kind: str = "theme", **values) -> Finding:
    given = {"title": title} | values
    return services.make_finding(exercise=exercise, kind=kind, values=given, by=by)


def titles(exercise: Exercise, kind: str = "theme") -> list[str]:
    rows = exercise.findings.filter(kind=kind).order_by("number")
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    return [row.title for row in rows]


def test_a_finding_keeps_its_sources_and_is_numbered_within_its_kind(exercise, officer, comment):
    standards = list(exercise.framework.standards.filter(number=3))
    found(exercise, officer, "Meetings")
    made = found(exercise, officer, "Deciding", comments=[comment], standards=standards)
    other = found(exercise, officer, "Say who decides", "priority")

    assert (made.number, other.number, made.version) == (2, 1, 1)
    assert list(made.comments.all()) == [comment]
    line = made.history.get()
    assert line.history_user == officer
    assert line.comments == [comment.pk]


def test_findings_of_a_closed_exercise_can_be_written(exercise, officer):
    assert exercise.is_closed
    made = found(exercise, officer, "Meetings")

    changed = services.edit_finding(
        finding=made, changes={"text": "Monthly"}, version=1, by=officer
    )

    assert (changed.text, changed.version) == ("Monthly", 2)


def test_a_comment_that_is_not_told_yet_is_no_source(partnership, officer):
    table = Table(partnership)
    private = table.say("Mine alone", seat=table.seats[1])
    made = found(table.session.exercise, officer, "Meetings")

    with pytest.raises(RuleBroken):
        services.link_comments(finding=made, comments=[private], by=officer)
    with pytest.raises(RuleBroken):
        found(table.session.exercise, officer, "Other", comments=[private])
    with pytest.raises(RuleBroken):
        services.edit_finding(finding=made, changes={"comments": [private]}, version=1, by=officer)

    table.votes("3")
    services.link_comments(finding=made, comments=[private], by=officer)
    assert list(made.comments.all()) == [private]


def test_a_comment_of_another_exercise_is_no_source(exercise, partnership, officer, comment):
    elsewhere = make.scored_exercise(partnership)

    with pytest.raises(RuleBroken):
        found(elsewhere, officer, "Meetings", comments=[comment])
    assert not elsewhere.findings.exists()


def test_linked_comments_stand_beside_the_others(exercise, officer, comment):
    group = comment.working_group
    more = [make.comment(group, 1, "One"), make.comment(group, 2, "Two")]
    made = found(exercise, officer, "Deciding", comments=[comment])

    services.link_comments(finding=made, comments=[comment, more[0]], by=officer)
    again = services.link_comments(finding=made, comments=more, by=officer)

    assert again.version == 3
    assert services.link_comments(finding=made, comments=more, by=officer).version == 3
    assert set(again.comments.all()) == {comment, *more}


@pytest.mark.parametrize("kind", ["strength", "theme", "priority"])
@pytest.mark.parametrize("values", [{}, {"text": ""}])
def test_a_finding_says_something(exercise, officer, kind, values):
    with pytest.raises(ValidationError):
        services.make_finding(exercise=exercise, kind=kind, values=values, by=officer)


def test_an_improvement_priority_has_a_title(exercise, officer):
    with pytest.raises(ValidationError):
        found(exercise, officer, "", "priority", text="Something")
    assert found(exercise, officer, "", "theme", text="Something").number == 1


@pytest.mark.parametrize("text", ["a\x00b", "x" * (LONGEST_TEXT + 1)])
def test_a_text_that_cannot_be_stored_is_refused_in_words(exercise, officer, text):
    with pytest.raises(RuleBroken, match=r"cannot be stored|longer than"):
        found(exercise, officer, "Title", text=text)


def test_a_finding_moves_among_its_kind_alone(exercise, officer):
    for title in ("One", "Two", "Three"):
        made = found(exercise, officer, title)
    found(exercise, officer, "A strength", "strength")

    services.move_finding(finding=made, to=1, by=officer)

    assert titles(exercise) == ["Three", "One", "Two"]
    assert titles(exercise, "strength") == ["A strength"]


def test_a_removed_finding_leaves_no_gap_and_comes_back_to_its_place(exercise, officer, comment):
    found(exercise, officer, "One")
    second = found(exercise, officer, "Two", comments=[comment])
    found(exercise, officer, "Three")

    gone = services.remove_finding(finding=second, version=1, by=officer)
    assert titles(exercise) == ["One", "Three"]

    back = services.restore_finding(finding=gone, by=officer)
    assert titles(exercise) == ["One", "Two", "Three"]
    assert (back.number, list(back.comments.all())) == (2, [comment])
    assert services.restore_finding(finding=gone, by=officer).number == 2


def test_nobody_removes_or_changes_what_moved_on(exercise, officer, manager):
    made = found(exercise, officer, "One")
    services.edit_finding(finding=made, changes={"title": "New"}, version=1, by=manager)

    with pytest.raises(records.StaleVersion):
        services.remove_finding(finding=made, version=1, by=officer)
    services.remove_finding(finding=made, version=2, by=officer)
    for act in (
        lambda: services.edit_finding(finding=made, changes={"title": "X"}, version=3, by=officer),
        lambda: services.link_comments(finding=made, comments=[], by=officer),
        lambda: services.make_attribution(finding=made, values={"category": "A"}, by=officer),
    ):
        with pytest.raises(records.StaleVersion):
            act()


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps=st.lists(st.tuples(st.sampled_from(["move", "remove", "restore"]),
                                st.integers(0, 3), st.integers(-1, 6)), max_size=8))  # fmt: skip
def test_numbers_stay_a_permutation_whatever_is_done(exercise, officer, steps):
    Finding.everything.all().delete()
    rows = [found(exercise, officer, f"Theme {place}") for place in range(4)]
    for act, which, to in steps:
        row = Finding.everything.get(pk=rows[which].pk)
        if act == "move":
            services.move_finding(finding=row, to=to, by=officer)
        elif act == "restore":
            services.restore_finding(finding=row, by=officer)
        elif not row.removed_at:
            services.remove_finding(finding=row, version=row.version, by=officer)
        titles(exercise)


@pytest.mark.django_db(transaction=True)
def test_findings_made_and_moved_at_once_stay_in_order(exercise, officer):
    rows = [found(exercise, officer, f"Theme {place}") for place in range(3)]
    made = at_once(
        *(lambda n=n: found(exercise, officer, f"New {n}") for n in range(3)),
        *(lambda row=row: services.move_finding(finding=row, to=1, by=officer) for row in rows),
        lambda: services.remove_finding(finding=rows[0], version=1, by=officer),
    )

    assert not [each for each in made if isinstance(each, Exception)]
    assert len(titles(exercise)) == 5


@pytest.mark.django_db(transaction=True)
def test_comments_linked_at_once_are_all_kept(exercise, officer, comment):
    group = comment.working_group
    more = [make.comment(group, 1, f"Comment {place}") for place in range(8)]
    made = found(exercise, officer, "Deciding", comments=[comment])

    done = at_once(
        *(
            lambda each=each: services.link_comments(finding=made, comments=[each], by=officer)
            for each in more
        )
    )

    assert not [each for each in done if isinstance(each, Exception)]
    assert set(made.comments.all()) == {comment, *more}
    made.refresh_from_db()
    assert made.version == 9


@pytest.fixture
def priority(exercise, officer) -> Finding:
    return found(exercise, officer, "Say who decides", "priority")


def raised(finding: Finding, by: User, **values) -> Attribution:
    return services.make_attribution(finding=finding, values=values, by=by)


def test_a_priority_is_raised_by_a_group_a_cohort_somebody_else_or_nobody(
    exercise, officer, priority, comment
):
    group = comment.working_group
    raised(priority, officer, working_group=group, strength="particularly")
    raised(priority, officer, cohort=group.cohort, reservation="Less operational.")
    raised(priority, officer, category="Head teachers", strength="many")
    raised(priority, officer, point="Put it on the website.")

    found = list(priority.attributions.order_by("number"))
    assert [each.number for each in found] == [1, 2, 3, 4]
    assert [str(each) for each in found] == [
        "Managers", "Operational", "Head teachers", "Unattributed",
    ]  # fmt: skip


def test_a_body_of_another_exercise_raised_nothing_here(partnership, officer, priority):
    elsewhere = make.working_group(make.exercise(partnership), "Others")

    for body in ({"working_group": elsewhere}, {"cohort": elsewhere.cohort}):
        with pytest.raises(RuleBroken):
            raised(priority, officer, **body)
    mine = raised(priority, officer, category="Partners")
    with pytest.raises(RuleBroken):
        services.edit_attribution(
            attribution=mine, changes={"working_group": elsewhere}, version=1, by=officer
        )


def test_attributions_are_changed_moved_removed_and_brought_back(officer, priority):
    one, two, three = (raised(priority, officer, category=name) for name in ("A", "B", "C"))
    changed = services.edit_attribution(
        attribution=two, changes={"strength": "some"}, version=1, by=officer
    )
    assert (changed.strength, changed.version) == ("some", 2)

    services.move_attribution(attribution=three, to=1, by=officer)
    services.remove_attribution(attribution=one, version=1, by=officer)
    assert [str(each) for each in priority.attributions.order_by("number")] == ["C", "B"]

    one.refresh_from_db()
    services.restore_attribution(attribution=one, by=officer)
    assert [str(each) for each in priority.attributions.order_by("number")] == ["C", "A", "B"]

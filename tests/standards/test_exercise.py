"""An exercise, the list of exercises, what was said, and one standard."""

import pytest
from django.urls import reverse

from standards.models import Attribution, Finding, Reveal, Vote
from tests import factories as make
from tests.pages import assert_queries_stay, fragments, ids, words


def address(exercise, name="exercise", *more) -> str:
    slug = exercise.partnership.slug
    if name == "exercises":
        return reverse("standards:exercises", args=[slug])
    return reverse(f"standards:{name}", args=[slug, exercise.identifier, *more])


def get(client, user, exercise, name="exercise", *more):
    client.force_login(user)
    return client.get(address(exercise, name, *more))


@pytest.fixture
def said(exercise) -> Finding:
    """A priority raised in several ways, resting on a comment, with a strength beside it."""
    group = exercise.sessions.get().working_groups.get(name="Managers")
    comment = make.comment(group, 3, "Nobody knows **who decides**.", "to_improve")
    make.comment(group, 3, "The board listens.")
    Finding.objects.create(exercise=exercise, kind="strength", number=1, text="Families take part.")
    found = make.priority(exercise, "Say who decides", text="One page will do.")
    found.standards.set(exercise.framework.standards.filter(number=3))
    found.comments.add(comment)
    Attribution.objects.create(
        finding=found,
        number=1,
        working_group=group,
        strength="particularly",
        point="Short, please.",
    )
    Attribution.objects.create(
        finding=found, number=2, category="Head teachers", reservation="No more meetings."
    )
    Attribution.objects.create(finding=found, number=3, point="Put it on the website.")
    return found


@pytest.fixture
def in_words(partnership):
    """An exercise without scores."""
    exercise = make.exercise(partnership, is_scored=False)
    make.working_group(exercise, "The board")
    return exercise


def test_exercise_says_what_it_is(client, observer, exercise):
    exercise.purpose = "To see **how far** we are."
    exercise.save()
    exercise.domains.set(exercise.framework.domains.all())
    exercise.sessions.update(venue="Town hall", is_joint=True)
    exercise.sessions.get().groups.add(make.group(exercise.partnership, name="Trust Board"))
    text = words(get(client, observer, exercise))
    for fact in (
        "To see how far we are.",
        "A framework (A publisher)",
        "What it looked at Governance",
        "First session 8 February 2024, Town hall: Trust Board (joint)",
        "Closed",
        "every group counting equally",
        "3 working groups, 9 people",
    ):
        assert fact in text


def test_exercise_says_who_has_scored_what(client, observer, exercise):
    text = words(get(client, observer, exercise))
    assert "8 of 9 answers are in." in text
    assert "Table two Strategic 2 2 of 3 (1 not applicable) Standard 3" in text
    assert "Managers Operational 4 3 of 3 Complete" in text


def test_exercise_counts_people_against_those_expected(client, observer, exercise):
    exercise.sessions.get().working_groups.filter(name="Managers").update(expected=6)
    assert "Managers Operational 4 of 6 expected" in words(get(client, observer, exercise))


def test_exercise_leads_to_the_one_before(client, observer, exercise):
    later = make.exercise(exercise.partnership, previous=exercise)
    assert address(exercise) in get(client, observer, later).content.decode()


def test_exercise_without_sessions_says_what_will_come(client, observer, exercise):
    later = make.exercise(exercise.partnership, state="planned")
    later.sessions.all().delete()
    assert "No session yet" in words(get(client, observer, later))


def test_exercise_without_scores_has_no_word_of_scoring(client, observer, in_words):
    text = words(get(client, observer, in_words))
    assert "Still to score" not in text
    assert "answers are in" not in text


def test_exercise_offers_no_results_before_it_closes(client, observer, partnership):
    exercise = make.scored_exercise(partnership, state="open")
    page = get(client, observer, exercise).content.decode()
    assert address(exercise, "results") not in page
    assert address(exercise, "findings") not in page


def test_exercises_are_listed_latest_first_with_their_headlines(client, observer, exercise):
    exercise.date = "2024-02"
    exercise.save()
    make.exercise(exercise.partnership, title="The year before", date="2023-02")
    text = words(get(client, observer, exercise, "exercises"))
    assert text.index("Self-assessment") < text.index("The year before")
    assert "February 2024, 3 working groups, 9 people" in text
    assert "Strongest 4.5 Standard 3 Lowest 2.5 Standard 1" in text
    assert "Nothing has been scored yet." in text


def test_exercises_keep_open_results_from_an_observer(client, observer, partnership):
    exercise = make.scored_exercise(partnership, state="open")
    text = words(get(client, observer, exercise, "exercises"))
    assert "Results are shown when the exercise closes." in text
    assert "Strongest" not in text


def test_exercises_of_an_invited_facilitator_are_those_that_name_them(client, invited, exercise):
    make.exercise(exercise.partnership, title="Another one")
    text = words(get(client, invited, exercise, "exercises"))
    assert "Self-assessment" in text
    assert "Another one" not in text


def test_exercises_may_be_none_yet(client, observer, partnership):
    client.force_login(observer)
    page = client.get(reverse("standards:exercises", args=[partnership.slug]))
    assert "No exercise yet" in words(page)


def test_findings_say_who_raised_them_and_how(client, board_member, exercise, said):
    text = words(get(client, board_member, exercise, "findings"))
    for fact in (
        "Families take part.",
        "Say who decides One page will do. Concerns standard 3",
        "Managers Particularly Short, please.",
        "Head teachers Reservation: No more meetings.",
        "Nobody named Put it on the website.",
        "Nobody knows who decides.",
    ):
        assert fact in text


def test_findings_show_an_observer_no_comment(client, observer, exercise, said):
    text = words(get(client, observer, exercise, "findings"))
    assert "Say who decides" in text
    assert "Nobody knows who decides" not in text


def test_findings_and_comments_lead_to_each_other(client, manager, exercise, said):
    findings = get(client, manager, exercise, "findings")
    comments = get(client, manager, exercise, "comments")
    comment = said.comments.get()
    assert f"{address(exercise, 'comments')}#comment-{comment.identifier}" in str(findings.content)
    assert f"comment-{comment.identifier}" in ids(comments)
    assert f"{address(exercise, 'findings')}#priority-1" in str(comments.content)
    assert "priority-1" in ids(findings)


def test_findings_may_be_none_yet(client, observer, exercise):
    assert "No findings yet" in words(get(client, observer, exercise, "findings"))


def test_comments_stand_under_their_standard_and_side(client, board_member, exercise, said):
    page = get(client, board_member, exercise, "comments")
    text = words(page)
    assert (
        "Standard 3 Standard title 3 Working well The board listens. Managers, Operational" in text
    )
    assert "To be improved Nobody knows who decides. Managers, Operational" in text
    assert fragments(page) <= ids(page)


def test_comments_on_no_standard_come_last(client, board_member, exercise, said):
    group = exercise.sessions.get().working_groups.first()
    group.comments.create(side="working_well", text="A good morning’s work.")
    text = words(get(client, board_member, exercise, "comments"))
    assert text.index("Standard title 3") < text.index("In general Working well A good morning’s")


def test_comments_of_an_open_exercise_do_not_name_findings(client, board_member, exercise, said):
    exercise.state, exercise.closed_at, exercise.closed_by = "open", None, None
    exercise.save()
    assert "Improvement priority 1" not in words(get(client, board_member, exercise, "comments"))


def test_comments_may_be_none_yet(client, board_member, exercise):
    assert "No comments yet" in words(get(client, board_member, exercise, "comments"))


def test_results_in_words_have_no_table_of_scores(client, observer, in_words):
    Finding.objects.create(exercise=in_words, kind="strength", number=1, text="Families take part.")
    found = make.priority(in_words, "Say who decides")
    board = in_words.sessions.get().working_groups.get()
    Attribution.objects.create(
        finding=found, number=1, working_group=board, named_as="Board members", strength="many"
    )
    text = words(get(client, observer, in_words, "results"))
    assert "Families take part." in text
    assert "Who raised what Improvement priority The board 1. Say who decides Many" in text
    for word in ("Average", "Not scored", "Consensus", "Not applicable"):
        assert word not in text


def test_results_in_words_may_be_none_yet(client, observer, in_words):
    assert "No results yet" in words(get(client, observer, in_words, "results"))


def test_standard_shows_each_group_with_its_reason(client, board_member, exercise):
    text = words(get(client, board_member, exercise, "standard", 2))
    assert "Average 3.0 Level 3 in words" in text
    assert "Table two Strategic n/a Not ours to do." in text
    assert "Managers Operational 2 None recorded" in text
    assert "Strategic scored 2.0 above Operational." in text
    assert "3 Level 3 in words Reached" in text


def test_standard_keeps_reasons_and_comments_from_an_observer(client, observer, exercise, said):
    text = words(get(client, observer, exercise, "standard", 2))
    assert "Not ours to do." not in text
    assert "What was said" not in text


def test_standard_shows_what_was_said_of_it_alone(client, board_member, exercise, said):
    assert "The board listens." in words(get(client, board_member, exercise, "standard", 3))
    assert "No comment was recorded" in words(get(client, board_member, exercise, "standard", 2))


def test_standard_leads_to_its_neighbours(client, observer, exercise):
    page = get(client, observer, exercise, "standard", 2).content.decode()
    assert address(exercise, "standard", 1) in page
    assert address(exercise, "standard", 3) in page


@pytest.mark.parametrize("number", [0, 4])
def test_standard_that_the_framework_has_not_is_not_found(client, observer, exercise, number):
    assert get(client, observer, exercise, "standard", number).status_code == 404


def test_standard_of_an_exercise_without_scores_is_not_found(client, observer, in_words):
    assert get(client, observer, in_words, "standard", 1).status_code == 404


def test_pages_take_as_many_queries_for_ten_times_the_rows(client, manager, exercise, said):
    exercise.previous = make.scored_exercise(exercise.partnership, framework=exercise.framework)
    exercise.save()
    make.scores(make.working_group(exercise.previous, "Table"), "3", "4", "5")
    names = ("exercises", "exercise", "results", "findings", "comments")
    addresses = [*(address(exercise, name) for name in names), address(exercise, "standard", 3)]

    def grow() -> None:
        for place in range(2, 30):
            group = make.scores(make.working_group(exercise, f"More {place}", people=2), "3", "4")
            finding = make.priority(exercise, f"Priority {place}", place)
            finding.standards.set(exercise.framework.standards.all())
            finding.comments.add(make.comment(group, 3, "Well said."), *said.comments.all())
            Attribution.objects.create(finding=finding, number=1, working_group=group)
            Attribution.objects.create(finding=finding, number=2, cohort=group.cohort)
            for each in group.participants.all():
                standard = exercise.framework.standards.get(number=3)
                Vote.objects.create(participant=each, standard=standard, value=4)
            Reveal.objects.create(working_group=group, standard=standard, round=1, by=manager)
        for _ in range(10):
            make.scored_exercise(exercise.partnership)

    client.force_login(manager)
    assert_queries_stay(client, addresses, grow)

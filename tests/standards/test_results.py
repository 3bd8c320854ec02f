"""The results of an exercise: what follows from its records, and the page that says so."""

from decimal import Decimal

import pytest
from django.urls import reverse

from standards.models import PublishedScore, ReportedComparison, ScaleLevel
from standards.results import averages_of, results_for
from tests import factories as make
from tests.pages import fragments, ids, words


def get(client, user, exercise):
    client.force_login(user)
    slug = exercise.partnership.slug
    return client.get(reverse("standards:results", args=[slug, exercise.identifier]))


@pytest.fixture
def published(partnership):
    """An exercise known by its printed averages and one reported comparison alone."""
    exercise = make.exercise(partnership, averaging="recorded_figures")
    strategic = make.working_group(exercise, "Board").cohort
    operational = make.working_group(exercise, "Managers", "Operational").cohort
    standards = list(exercise.framework.standards.all())
    for standard, value in zip(standards, ("3.2", "2.3", "3.2"), strict=True):
        PublishedScore.objects.create(exercise=exercise, standard=standard, value=Decimal(value))
    compared = ReportedComparison.objects.create(
        exercise=exercise, lower=operational, higher=strategic
    )
    compared.exceptions.add(standards[2])
    return exercise


def again(exercise, *averages: str, **fields):
    """A later exercise on the same framework, of one group."""
    later = make.exercise(
        exercise.partnership, framework=exercise.framework, previous=exercise, **fields
    )
    make.scores(make.working_group(later, "Table one"), *averages)
    return later


def test_results_leave_missing_and_not_applicable_scores_out(exercise):
    first, second, third = results_for(exercise).rows
    assert (first.average.displayed, first.average.n) == (Decimal("2.5"), 3)
    assert (second.average.displayed, second.not_applicable) == (Decimal("3.0"), ("Table two",))
    assert (third.average.displayed, third.missing) == (Decimal("4.5"), ("Table two",))


def test_results_name_the_level_that_an_average_has_reached(exercise):
    levels = [row.level.wording for row in results_for(exercise).rows]
    assert levels == ["Level 2 in words", "Level 3 in words", "Level 4 in words"]


def test_results_tell_groups_of_one_name_apart_by_their_session(exercise):
    second = exercise.sessions.create(number=2, title="Second session")
    cohort = exercise.cohorts.first()
    second.working_groups.create(number=1, name="Table one", cohort=cohort)
    groups = [row.group for row in results_for(exercise).by_group]
    assert groups == [
        "Table one (First session)", "Table two", "Managers", "Table one (Second session)",
    ]  # fmt: skip


def test_results_compare_with_the_exercise_before(exercise):
    later = again(exercise, "3", "3", None)
    words = [change.words for change in results_for(later).changes]
    assert words == ["+0.5", "no change", "not comparable"]


def test_results_compare_with_nothing_of_another_framework(exercise, partnership):
    later = make.scored_exercise(partnership, previous=exercise)
    assert results_for(later).changes == ()


def test_results_compare_with_nothing_that_was_never_scored(partnership, exercise):
    unscored = make.exercise(partnership, framework=exercise.framework)
    later = again(unscored, "3", "3", "3")
    assert results_for(later).previous is None


def test_averages_of_keep_exercises_apart(exercise):
    later = again(exercise, "1", "1", "1")
    found = averages_of([exercise, later])
    assert [average.displayed for average in found[later.pk]] == [Decimal("1.0")] * 3
    assert found[exercise.pk] == results_for(exercise).averages


def test_results_page_says_averages_spread_and_level(client, observer, exercise):
    text = words(get(client, observer, exercise))
    assert "Standard 1 We share one plan 2.5 3 1.5 to 3 0.73 2: Level 2 in words" in text
    assert "Standard 2 Standard title 2 3.0 2 of 3 2 to 4" in text
    assert "Standard 3 Standard title 3 4.5 2 of 3 4 to 5" in text
    assert "4: Level 4 in words (our wording)" in text
    assert "every group counting equally" in text


def test_results_page_draws_the_mark_of_every_group(client, observer, exercise):
    html = get(client, observer, exercise).content.decode()
    for mark in ("Table one: 3.0", "Managers: 1.5", "Table one: 5.0", "Managers: 4.0"):
        assert html.count(f"<title>{mark}</title>") == 2  # wide and narrow


def test_results_page_says_what_to_discuss_first_and_why(client, observer, exercise):
    text = words(get(client, observer, exercise))
    assert (
        "Standard title 2 Scores run from 2 to 4. Strategic scored 2.0 above Operational." in text
    )
    assert "Lowest: Managers. Highest: Table one." in text


def test_results_page_says_that_a_cohort_is_consistently_lower(client, observer, exercise):
    text = words(get(client, observer, exercise))
    assert "Operational scored lower than Strategic on all 3 standards." in text
    assert "Strategic 3.0 4.0 5.0 Operational 1.5 2.0 4.0 Gap 1.5 2.0 1.0" in text


def test_results_page_lists_ties_at_the_cut_and_says_so(client, observer, partnership):
    exercise = make.exercise(partnership, standards=5)
    make.scores(make.working_group(exercise, "Table one"), "4", "3", "2", "2", "2")
    text = words(get(client, observer, exercise))
    assert (
        "Five standards are listed rather than three: standards 3, 4 and 5 are level at 2.0."
        in text
    )


def test_results_page_shows_not_applicable_without_and_with(client, board_member, exercise):
    text = words(get(client, board_member, exercise))
    assert "Without: 3.0 of 2 groups. With: 1 of 3 groups (33%) said not applicable." in text
    assert "Table two: “Not ours to do.”" in text


def test_results_page_keeps_reasons_from_those_who_may_not_read_comments(
    client, observer, exercise
):
    assert "Not ours to do." not in words(get(client, observer, exercise))


def test_results_page_names_the_groups_that_have_not_scored(client, observer, exercise):
    text = words(get(client, observer, exercise))
    assert "Not scored by Table two." in text
    assert "Table two Strategic 3 n/a –" in text


def test_results_page_shows_change_since_the_exercise_before(client, observer, exercise):
    later = again(exercise, "3", "3", None, title="Second assessment", averaging="mean_of_cohorts")
    text = words(get(client, observer, later))
    assert "Change since Self-assessment" in text
    assert "Self-assessment 2.5 3.0 4.5 Second assessment 3.0 3.0 – Change +0.5 0.0 –" in text
    assert "The two exercises average differently" in text


def test_results_page_lists_the_standards_that_moved(client, observer, exercise):
    later = again(exercise, "3", "2", None)
    text = words(get(client, observer, later))
    assert "Up Standard 1 We share one plan +0.5, to 3.0" in text
    assert "Down Standard 2 Standard title 2 −1.0, to 2.0" in text
    assert "Standard 3 cannot be compared." in text


def test_results_page_lists_what_moved_furthest_first(client, observer, partnership):
    before = make.exercise(partnership, standards=5)
    make.scores(make.working_group(before, "Table one"), "3", "3", "3", "3", "3")
    text = words(get(client, observer, again(before, "3", "3.5", "4", "4", "4.5")))
    assert text.index("Standard title 5 +1.5") < text.index("Standard title 3 +1.0")
    assert text.index("Standard title 3 +1.0") < text.index("Standard title 4 +1.0")
    assert "Also standard 2 (+0.5). Down No standard. No change on standard 1." in text


def test_results_page_counts_what_was_said_by_standard_and_side(client, board_member, exercise):
    group = exercise.sessions.get().working_groups.first()
    make.comment(group, 1, "The board listens.")
    make.comment(group, 1, "The minutes.", "evidence")
    make.comment(group, 3, "Nobody decides.", "to_improve")
    page = get(client, board_member, exercise)
    text = words(page)
    assert "Working well 1 0 0 To be improved 0 0 1 Evidence 1 0 0" in text
    comments = reverse("standards:comments", args=[exercise.partnership.slug, exercise.identifier])
    assert f"{comments}#standard-3" in page.content.decode()
    assert f"{comments}#standard-2" not in page.content.decode()


def test_results_page_tells_an_observer_nothing_of_comments(client, observer, exercise):
    make.comment(exercise.sessions.get().working_groups.first(), 1, "The board listens.")
    page = get(client, observer, exercise)
    assert "What was said" not in words(page)
    assert "results-comments.csv" not in page.content.decode()


def test_comments_lead_to_the_scores_of_their_group(client, board_member, exercise):
    group = exercise.sessions.get().working_groups.first()
    make.comment(group, 1, "The minutes.", "evidence")
    place = [exercise.partnership.slug, exercise.identifier]
    client.force_login(board_member)
    page = client.get(reverse("standards:comments", args=place))
    assert "Evidence The minutes. Table one, Strategic" in words(page)
    anchor = f"group-{group.identifier}"
    assert f"{reverse('standards:results', args=place)}#{anchor}" in page.content.decode()
    assert anchor in ids(get(client, board_member, exercise))


def test_results_page_of_published_figures_invents_no_group(client, observer, published):
    text = words(get(client, observer, published))
    assert "Only the averages were published" in text
    assert "Standard 2 Standard title 2 2.3 2: Level 2 in words" in text
    assert "Each group’s scores" not in text
    assert "Consensus" not in text


def test_results_page_repeats_a_reported_comparison_with_its_exceptions(
    client, observer, published
):
    text = words(get(client, observer, published))
    assert "Operational scored consistently lower than Strategic, except on standard 3." in text


def test_results_page_tells_our_own_wording_from_the_frameworks(client, observer, exercise):
    text = words(get(client, observer, exercise))
    assert "3 Level 3 in words 4 Level 4 in words (our wording)" in text


def test_results_page_without_own_wording_does_not_explain_it(client, observer, exercise):
    exercise.framework.levels.update(origin=ScaleLevel.Origin.FRAMEWORK)
    assert "our wording" not in words(get(client, observer, exercise)).lower()


def test_results_page_leads_only_to_places_that_exist(client, manager, exercise, published):
    for each in (exercise, again(exercise, "3", None, None), published):
        page = get(client, manager, each)
        assert fragments(page) <= ids(page)


def test_results_page_says_what_it_will_hold(client, manager, partnership):
    text = words(get(client, manager, make.exercise(partnership)))
    assert "Nothing has been scored yet" in text
    assert "0.0" not in text


@pytest.mark.parametrize("who", ["manager", "officer", "administrator"])
def test_results_so_far_are_marked_as_such(client, partnership, who, request):
    exercise = make.scored_exercise(partnership, state="open")
    text = words(get(client, request.getfixturevalue(who), exercise))
    assert "Results so far" in text


@pytest.mark.parametrize("who", ["board_member", "observer"])
def test_results_of_an_open_exercise_are_refused(client, partnership, who, request):
    exercise = make.scored_exercise(partnership, state="open")
    assert get(client, request.getfixturevalue(who), exercise).status_code == 403

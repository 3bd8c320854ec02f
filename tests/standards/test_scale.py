"""What the scores mean, in a partnership's own words."""

import pytest
from django.urls import reverse

from standards.models import Exercise, ScaleLevel, ScaleWording
from tests import factories as make
from tests.pages import words
from tests.standards.running import of_exercise

OURS = "Families would say so too"


@pytest.fixture
def level(exercise) -> ScaleLevel:
    return exercise.framework.levels.get(value=3)


def address(exercise: Exercise, *value: int) -> str:
    name = "standards:scale_level" if value else "standards:scale"
    return reverse(name, args=[exercise.partnership.slug, exercise.framework.slug, *value])


def word(client, exercise: Exercise, text: str, version: int = 0):
    return client.post(address(exercise, 3), {"wording": text, "version": version})


def test_scale_says_whose_words_each_level_is_in(client, manager, exercise, level):
    client.force_login(manager)
    assert word(client, exercise, OURS).status_code == 302
    page = words(client.get(address(exercise)))
    assert "Level 1 Level 1 in words (this service’s words)" in page
    assert "Level 2 Level 2 in words (the framework’s words)" in page
    assert f"Level 3 {OURS} (your own words)" in page


def test_own_words_stand_wherever_levels_are_shown(client, manager, exercise, level):
    client.force_login(manager)
    seat = make.open_room(exercise.partnership, framework=exercise.framework)
    group = seat.working_groups.get()
    word(client, exercise, OURS)
    places = [
        of_exercise(exercise, "results"),
        of_exercise(exercise, "standard", 1),
        reverse("room:sheet", args=[group.identifier]),
    ]
    for place in places:
        page = words(client.get(place))
        assert OURS in page
        assert "Level 3 in words" not in page
    client.force_login(group.participants.first().user)
    assert OURS in words(client.get(reverse("room:standard", args=[group.identifier, 1])))


def test_own_words_are_those_of_one_partnership(client, manager, exercise, outsider):
    other = outsider.memberships.get().partnership
    elsewhere = make.scored_exercise(other, framework=exercise.framework)
    client.force_login(manager)
    word(client, exercise, OURS)
    client.force_login(outsider)
    assert "Level 3 in words" in words(client.get(of_exercise(elsewhere, "results")))


def test_scale_level_goes_back_to_the_words_it_had(client, manager, exercise, level):
    client.force_login(manager)
    word(client, exercise, OURS)
    word(client, exercise, "Others", 1)
    assert ScaleWording.objects.get().history.count() == 2
    word(client, exercise, " ", 2)
    assert not ScaleWording.objects.exists()
    assert "Level 3 in words" in words(client.get(address(exercise)))


def test_scale_level_shows_both_texts_where_somebody_was_faster(client, manager, exercise, level):
    client.force_login(manager)
    word(client, exercise, "Theirs")
    response = word(client, exercise, "Mine")
    assert response.status_code == 409
    assert all(text in response.text for text in ("Theirs", "Mine"))
    assert ScaleWording.objects.get().wording == "Theirs"


def test_scale_level_keeps_a_text_that_is_too_long(client, manager, exercise, level):
    client.force_login(manager)
    response = word(client, exercise, "long " * 50)
    assert response.status_code == 422
    assert "long long" in response.text
    assert not ScaleWording.objects.exists()

"""Coming into a session on a telephone: by code or QR code, as a member, as a guest, or back."""

import re

import pytest
from django.urls import reverse

from partnership.models import Membership, User
from partnership.roles import Role
from standards.models import Participant
from standards.services.joining import MOST_FAILURES, add_person
from standards.services.sessions import close_session
from tests import factories as make
from tests.pages import words

GUEST = {"name": "Gwen", "organisation": "Parents’ forum"}


@pytest.fixture
def room(partnership):
    return make.open_room(partnership, groups=2, people=2)


@pytest.fixture
def table(room):
    return room.working_groups.get(name="Table 1")


def key_page(room, name: str = "join_key") -> str:
    return reverse(f"room:{name}", args=[room.join_key])


def as_guest(client, room, table, **given):
    return client.post(
        key_page(room), GUEST | {"working_group": table.identifier} | given, follow=True
    )


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaced"])
def test_join_takes_the_code_however_it_is_typed(client, room, typed):
    code = room.join_code
    shapes = {"lower": code.lower(), "spaced": code.replace("-", " ").lower()}
    answer = client.post(reverse("room:join"), {"code": shapes.get(typed, typed.format(code))})
    assert answer["Location"] == key_page(room)


def test_join_says_in_words_what_is_wrong_with_a_code(client, room):
    answer = client.post(reverse("room:join"), {"code": "AAAA-BBBB"})
    assert answer.status_code == 422
    assert "That is not the code of an open session" in answer.content.decode()
    answer = client.post(reverse("room:join"), {"code": ""})
    assert "Enter code of your session" in answer.content.decode()


def test_join_stops_guessing_and_the_qr_code_still_works(client, room):
    wrong = room.join_code[:-1] + ("3" if room.join_code[-1] != "3" else "4")
    answers = [client.post(reverse("room:join"), {"code": wrong}) for _ in range(MOST_FAILURES + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [422, 429]
    assert "Use the QR code" in answers[-1].content.decode()
    assert client.get(key_page(room)).status_code == 200


def test_link_of_a_closed_session_says_so_and_asks_for_a_code(client, room, manager):
    address = key_page(room)
    close_session(session=room, version=room.version, by=manager)
    answer = client.get(address)
    assert answer.status_code == 404
    assert "no longer in use" in answer.content.decode()
    assert 'name="code"' in answer.content.decode()


def test_join_page_names_the_groups_with_who_is_there_and_expected(client, room, table):
    table.expected = 6
    table.save()
    text = words(client.get(key_page(room)))
    assert "Table 1 (2 people here of 6 expected)" in text
    assert "Table 2 (2 people here)" in text


@pytest.mark.parametrize(
    ("shown", "said"),
    [(True, "Your name will be shown with your votes"), (False, "Your votes stay without your")],
)
def test_join_page_says_before_joining_whether_names_are_shown(client, partnership, shown, said):
    room = make.open_room(partnership, shows_names=shown)
    assert said in words(client.get(key_page(room)))


def test_guest_joins_is_signed_in_and_told_the_personal_code(client, room, table):
    before = client.session.session_key
    page = as_guest(client, room, table)
    seat = Participant.objects.get(user__name="Gwen")
    assert page.request["PATH_INFO"] == reverse("room:group", args=[table.identifier])
    assert seat.working_group == table
    assert seat.personal_code in words(page)
    assert Membership.objects.get(user=seat.user).role == Role.GUEST
    assert client.session.session_key != before
    assert int(client.session["_auth_user_id"]) == seat.user_id


def test_guest_is_told_what_is_missing(client, room, table):
    answer = as_guest(client, room, table, name="")
    assert answer.status_code == 422
    assert "Enter your name" in answer.content.decode()
    assert not User.objects.filter(email=None).exists()


def test_guest_may_see_nothing_but_the_room(client, room, table, partnership):
    as_guest(client, room, table)
    for address in (
        reverse("overview", args=[partnership.slug]),
        reverse("standards:exercises", args=[partnership.slug]),
        reverse("partnership:people", args=[partnership.slug]),
    ):
        assert client.get(address).status_code in (403, 404)


def test_member_joins_by_their_account_and_simply_comes_back(client, room, table, board_member):
    client.force_login(board_member)
    page = client.get(key_page(room))
    assert "You are signed in as Board member" in words(page)
    client.post(key_page(room), {"working_group": table.identifier})
    seat = Participant.objects.get(user=board_member)
    assert (seat.working_group, seat.personal_code) == (table, "")
    assert client.get(key_page(room))["Location"] == reverse("room:group", args=[table.identifier])


def test_signing_in_leads_back_to_joining(client, room, board_member):
    board_member.set_password("a long pass phrase")
    board_member.save()
    page = client.get(key_page(room)).content.decode()
    assert f"{reverse('account_login')}?next={key_page(room).replace('/', '%2F')}" in page
    given = {"login": board_member.email, "password": "a long pass phrase"}
    answer = client.post(f"{reverse('account_login')}?next={key_page(room)}", given)
    assert answer["Location"] == key_page(room)


def test_observer_is_told_why_they_cannot_join(client, room, table, observer):
    client.force_login(observer)
    answer = client.post(key_page(room), {"working_group": table.identifier})
    assert answer.status_code == 422
    assert "An observer looks on" in answer.content.decode()


def test_group_of_another_session_is_no_choice(client, room, partnership, board_member):
    elsewhere = make.open_room(partnership).working_groups.get()
    client.force_login(board_member)
    answer = client.post(key_page(room), {"working_group": elsewhere.identifier})
    assert answer.status_code == 422
    assert not Participant.objects.filter(user=board_member).exists()


def test_guest_comes_back_on_another_device_by_code_never_by_name(client, room, table):
    as_guest(client, room, table)
    seat = Participant.objects.get(user__name="Gwen")
    client.logout()
    answer = client.post(key_page(room, "join_back"), {"personal_code": "Gwen"})
    assert answer.status_code == 422
    code = seat.personal_code
    answer = client.post(key_page(room, "join_back"), {"personal_code": f"{code[:3]} {code[3:]}"})
    assert answer["Location"] == reverse("room:group", args=[table.identifier])
    assert int(client.session["_auth_user_id"]) == seat.user_id
    as_guest(client, room, table)
    assert Participant.objects.filter(user__name="Gwen").count() == 1


def test_guesses_of_personal_codes_are_stopped(client, room):
    wrong = {"personal_code": "AAAAAA"}
    answers = [client.post(key_page(room, "join_back"), wrong) for _ in range(MOST_FAILURES + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [422, 429]


def test_who_comes_back_on_a_device_votes_for_themselves(client, room, table, manager):
    person = add_person(working_group=table, name="Dewi", by=manager)
    client.post(key_page(room, "join_back"), {"personal_code": person.personal_code})
    person.refresh_from_db()
    assert person.has_device


def test_place_can_be_changed_until_the_first_vote(client, room, table):
    as_guest(client, room, table)
    other = room.working_groups.get(name="Table 2")
    change = reverse("room:change", args=[table.identifier])
    assert "Change working group" in words(client.get(change))
    client.post(change, {"working_group": other.identifier})
    seat = Participant.objects.select_related("working_group__session__exercise", "user").get(
        user__name="Gwen"
    )
    assert seat.working_group == other
    make.vote(seat)
    change = reverse("room:change", args=[other.identifier])
    answer = client.post(change, {"working_group": table.identifier})
    assert answer.status_code == 422
    assert "You have voted or commented in Table 2" in answer.content.decode()


def test_old_page_of_a_group_leads_to_the_new_one(client, room, table):
    as_guest(client, room, table)
    other = room.working_groups.get(name="Table 2")
    client.post(
        reverse("room:change", args=[table.identifier]), {"working_group": other.identifier}
    )
    answer = client.get(reverse("room:group", args=[table.identifier]))
    assert answer["Location"] == reverse("room:group", args=[other.identifier])


def test_whoever_is_not_signed_in_is_led_to_join_and_back(client, room, table):
    address = reverse("room:group", args=[table.identifier])
    answer = client.get(address, follow=True)
    assert answer.request["PATH_INFO"] == reverse("room:join")
    assert "You are not signed in on this device" in words(answer)
    assert f"{reverse('account_login')}?next={address.replace('/', '%2F')}" in str(answer.content)
    elsewhere = client.get(f"{reverse('room:join')}?next=https://elsewhere.example.org/")
    assert "elsewhere.example.org" not in str(elsewhere.content)


def form_token(answer) -> str:
    """What names the form to join by, as the page holds it."""
    return re.search(r'name="token" value="([\w-]+)"', answer.content.decode())[1]


def test_a_double_tap_on_join_makes_one_guest(client, room, table):
    given = {"token": form_token(client.get(key_page(room)))}
    first = as_guest(client, room, table, **given)
    # The second tap left the page before the first was answered, so without its cookie.
    second = as_guest(type(client)(), room, table, **given)
    assert first.redirect_chain == second.redirect_chain
    assert User.objects.filter(email=None, name="Gwen").count() == 1
    assert Participant.objects.filter(working_group=table, user__email=None).count() == 1


def test_every_form_to_join_by_is_another(client, room, table):
    tokens = {form_token(client.get(key_page(room))) for _ in range(3)}
    assert len(tokens) == 3
    for token in sorted(tokens):
        as_guest(type(client)(), room, table, token=token)
    assert User.objects.filter(email=None, name="Gwen").count() == 3


def test_a_form_to_join_by_keeps_its_name_when_something_is_missing(client, room, table):
    token = form_token(client.get(key_page(room)))
    answer = as_guest(client, room, table, name="", token=token)
    assert answer.status_code == 422
    assert form_token(answer) == token


def test_joining_again_from_the_same_device_leads_back_to_the_seat(client, room, table):
    first = as_guest(client, room, table)
    again = as_guest(client, room, table, name="Gwendolen", token="another-form")
    assert client.get(key_page(room))["Location"] == first.redirect_chain[-1][0]
    assert again.redirect_chain == first.redirect_chain
    assert User.objects.filter(email=None).count() == 1


def test_who_left_with_the_device_is_not_joined_as_again(client, room, table):
    given = {"token": form_token(client.get(key_page(room)))}
    as_guest(client, room, table, **given)
    client.post(reverse("room:leave", args=[table.identifier]))
    as_guest(client, room, table, name="Harry", **given)
    assert set(User.objects.filter(email=None).values_list("name", flat=True)) == {"Gwen", "Harry"}


@pytest.mark.parametrize("token", ["", "\x00", "a b", "x" * 41])
def test_join_takes_no_other_token(client, room, table, token):
    answer = as_guest(client, room, table, token=token)
    assert answer.status_code == (200 if not token else 422)

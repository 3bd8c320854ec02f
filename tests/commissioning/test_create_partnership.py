"""The first partnership of an installation, through to its administrator's first page."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from partnership.models import Membership, Partnership, User
from partnership.roles import Role
from standards.models import Framework

GIVEN = {"slug": "northshire", "administrator": "Admin@Example.org"}


def create(name: str = "Northshire Partnership", **options) -> str:
    said = StringIO()
    call_command("create_partnership", name, stdout=said, **GIVEN | options)
    return said.getvalue()


def test_it_makes_the_partnership_its_administrator_and_the_standards(db):
    said = create(administrator_name="Alex Example")

    partnership = Partnership.objects.get()
    member = Membership.objects.get()
    assert (partnership.name, partnership.slug) == ("Northshire Partnership", "northshire")
    assert partnership.short_name == "Northshire Partnership"
    assert (member.partnership, member.role) == (partnership, Role.ADMINISTRATOR)
    assert (member.user.email, member.user.name) == ("admin@example.org", "Alex Example")
    assert Framework.objects.get(slug="csp").standards.count() == 12
    assert "Northshire Partnership is at /p/northshire/" in said


def test_nobody_can_sign_in_before_a_password_is_chosen(db):
    create()

    assert not User.objects.get().has_usable_password()


def test_the_printed_path_lets_the_administrator_choose_a_password_once(client, db):
    path = create().splitlines()[-1]
    password = "a long enough passphrase"

    form = client.get(path, follow=True)
    action = form.redirect_chain[-1][0]
    client.post(action, {"password1": password, "password2": password})
    client.logout()
    client.post(reverse("account_login"), {"login": "admin@example.org", "password": password})

    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert client.get("/p/northshire/").status_code == 200
    client.logout()
    assert b"This link no longer works" in client.get(path, follow=True).content


def test_a_person_who_has_an_account_keeps_name_and_password(db):
    user = User.objects.create_user("admin@example.org", "Sam Example", "a long passphrase")

    said = create(administrator_name="Another Name")

    user.refresh_from_db()
    assert user.name == "Sam Example"
    assert user.check_password("a long passphrase")
    assert user.memberships.get().role == Role.ADMINISTRATOR
    assert "has an account already" in said
    assert "/accounts/" not in said


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"slug": "north shire"}, "Slug: Enter a valid “slug”"),
        ({"slug": "n" * 61}, "Slug: Ensure this value has at most 60 characters"),
        ({"name": "  "}, "Name: This field cannot be blank."),
        ({"name": "North\0shire"}, "The text holds a character that cannot be stored"),
        ({"administrator": "nobody"}, "Email: Enter a valid email address."),
        ({"administrator": ""}, "Enter an e-mail address."),
        ({"framework": "no-such"}, "There is no framework “no-such”. Choose one of: csp."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(db, options, message):
    with pytest.raises(CommandError) as caught:
        create(**options)

    assert message in str(caught.value)
    assert not Partnership.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "Another Partnership"}, "Slug: Partnership with this Slug already exists."),
        ({"slug": "another"}, "Name: Partnership with this Name already exists."),
    ],
)
def test_a_name_or_slug_that_is_taken_is_refused(db, options, message):
    create()

    with pytest.raises(CommandError) as caught:
        create(**{"administrator": "second@example.org"} | options)

    assert str(caught.value) == message
    assert User.objects.count() == Partnership.objects.count() == 1

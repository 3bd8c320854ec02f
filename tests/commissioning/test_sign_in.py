"""Signing in: with a password always, at one click only in the demonstration."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from partnership.models import User

ADDRESS = "manager@bromley.example.org"


@pytest.fixture
def people(db):
    call_command("load_demo", force=True, stdout=StringIO())


def test_one_click_signs_in_each_demonstration_user(people, client, settings):
    settings.DEMO = True
    offered = client.get(reverse("account_login")).content.decode()
    for user in User.objects.filter(memberships__isnull=False).distinct()[:30]:
        if f'value="{user.email}"' not in offered:
            continue
        answer = client.post(reverse("demo_sign_in"), {"email": user.email})
        assert answer["Location"] == reverse("home")
        assert user.name in client.get(reverse("home")).content.decode()
    assert offered.count("example.org") >= 18


def test_one_click_is_not_there_outside_the_demonstration(people, client):
    assert ADDRESS not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("demo_sign_in"), {"email": ADDRESS}).status_code == 404
    assert client.get(reverse("home")).status_code == 302


def test_one_click_never_signs_in_a_real_address(db, client, settings):
    settings.DEMO = True
    real = "@".join(("ann", "council.example"))  # no such address is kept in these files
    User.objects.create_user(real, "Ann")
    for address in (real, "", "nobody@bromley.example.org", "\x00"):
        answer = client.post(reverse("demo_sign_in"), {"email": address})
        assert answer.status_code == 404, address
    assert client.get(reverse("home")).status_code == 302


def test_one_click_needs_a_post(people, client, settings):
    settings.DEMO = True
    assert client.get(reverse("demo_sign_in"), {"email": ADDRESS}).status_code == 405


def test_address_is_taken_however_it_is_typed(db, client):
    User.objects.create_user("ann@northshire.example.org", "Ann", "a long pass phrase")
    typed = {"login": "Ann@Northshire.example.ORG", "password": "a long pass phrase"}
    assert client.post(reverse("account_login"), typed)["Location"] == reverse("home")


def test_nobody_signs_up(db, client):
    given = {"email": "eve@example.org", "password1": "a long pass", "password2": "a long pass"}
    client.post(reverse("account_signup"), given)
    assert not User.objects.exists()

"""Signing in and out, and choosing a password, in our own pages."""

import re

import pytest
from django.core import mail
from django.urls import reverse

pytestmark = pytest.mark.django_db

OPEN = ["account_login", "account_reset_password", "account_reset_password_done", "account_signup",
        "account_inactive", "account_email_verification_sent"]  # fmt: skip


@pytest.mark.parametrize("name", OPEN)
def test_an_account_page_has_one_heading_and_the_same_words_in_its_title(client, name):
    html = client.get(reverse(name)).content.decode()
    headings = [h.strip() for h in re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)]
    assert len(headings) == 1
    assert f"<title>{headings[0]} – Commissioning standards</title>" in html
    assert "style=" not in html
    assert "<script>" not in html


def test_a_wrong_password_is_said_at_the_head_of_the_page_and_in_its_title(
    client, django_user_model
):
    answer = client.post(reverse("account_login"), {"login": "a@example.org", "password": "wrong"})
    html = answer.content.decode()
    assert "<title>Error: Sign in" in html
    assert "There is a problem" in html


def test_an_empty_sign_in_links_each_error_to_its_box(client):
    html = client.post(reverse("account_login"), {}).content.decode()
    for target in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'<input type="{"email" if "login" in target else "password"}"' in html
        assert f'id="{target}"' in html
    assert 'href="#id_login"' in html
    assert 'href="#id_password"' in html


def test_a_password_can_be_reset_from_the_link_in_the_message(client, officer):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    assert "Choose a new password" in page.content.decode()
    new = "a quite different phrase 7"
    posted = {"password1": new, "password2": new}
    done = client.post(page.redirect_chain[-1][0], posted, follow=True).content.decode()
    assert "Your password has been changed" in done
    officer.refresh_from_db()
    assert officer.check_password(new)
    again = client.get(link, follow=True).content.decode()
    assert "This link no longer works" in again


def test_an_address_without_an_account_learns_nothing(client):
    answer = client.post(reverse("account_reset_password"), {"email": "x@example.org"}, follow=True)
    assert "If there is an account with that address" in answer.content.decode()

"""The bar at the head of a partnership's pages: which section a page lies in."""

import lxml.html
import pytest
from django.urls import reverse

from changeplan.models import ChangePlan
from tests import factories as make


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("overview", "Overview"),
        ("standards:exercises", "Exercises"),
        ("changeplan:plans", "Change plans"),
        ("papers:amendments", "Change plans"),
        ("papers:papers", "Papers"),
        ("papers:decision_log", "Papers"),
        ("partnership:meetings", "Meetings"),
        ("papers:meeting_new", "Meetings"),
        ("papers:agenda", "Meetings"),
        ("partnership:people", "People"),
    ],
)
def test_the_section_that_a_page_lies_in_is_marked(client, manager, partnership, name, section):
    plan = make.plan(make.exercise(partnership), state=ChangePlan.State.DRAFT)
    more = {
        "papers:amendments": plan.identifier,
        "papers:agenda": make.meeting(make.group(partnership)).identifier,
    }
    client.force_login(manager)
    address = reverse(name, args=[partnership.slug, *([more[name]] if name in more else [])])

    page = lxml.html.fromstring(client.get(address).content.decode())

    current = page.xpath("//nav//a[@aria-current='true']")
    assert [" ".join(each.text_content().split()) for each in current] == [section]

"""Every link of the site leads somewhere, for everybody who is shown it."""

from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client

from partnership.models import User
from partnership.roles import Role
from standards.services.joining import join_as_guest
from tests import factories as make
from tests.journeys.walk import walk

MOST = 8  # pages of each kind that are visited
MAKING = 202  # a file that a worker has still to make
pytestmark = pytest.mark.one_database  # every address is asked on both by test_permissions
# An administrator and an officer see what a manager sees: one partnership is enough for them.
EVERYWHERE = {Role.MANAGER, Role.BOARD_MEMBER, Role.OBSERVER, Role.INVITED_FACILITATOR}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.GUEST])
def test_every_link_leads_somewhere(demo, role: Role):
    pages = {}
    users = User.objects.filter(memberships__role=role)
    if role not in EVERYWHERE:
        users = users.filter(memberships__partnership__slug="medway")
    for user in users:
        client = Client()
        client.force_login(user)
        found = {address: (status, anchors) for address, status, anchors in walk(client, most=MOST)}
        lost = [a for a, (status, _) in found.items() if status not in (200, MAKING)]
        assert lost == [], user.email
        pages |= found
    assert len(pages) > 10
    assert list(dangling(pages)) == []


def test_anonymous_reader_reaches_the_public_pages(demo, client: Client):
    found = {address: status for address, status, _ in walk(client, "/accounts/login/")}
    assert {"/accessibility/", "/privacy/", "/help/"} <= found.keys()
    assert set(found.values()) <= {200, 302}


def dangling(pages):
    """Yield the links whose fragment is no id of the page they lead to."""
    for address, (_, anchors) in pages.items():
        for link in anchors.links:
            target, fragment = urldefrag(urljoin(address, link))
            known = pages.get(target)
            if fragment and known and known[1].ids and fragment not in known[1].ids:
                yield address, link


def test_a_guest_is_led_to_the_working_group_and_nowhere_else(partnership, client: Client):
    session = make.open_room(partnership)
    guest = join_as_guest(
        session=session,
        working_group=session.working_groups.get(),
        name="Gwen",
        organisation="Parents’ forum",
    )
    client.force_login(guest.user)
    found = {address: status for address, status, _ in walk(client)}
    assert set(found.values()) == {200}
    assert f"/room/{guest.working_group.identifier}/" in found
    assert not any(address.startswith("/p/") for address in found)

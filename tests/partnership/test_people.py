"""People and groups, meetings and documents."""

import pytest
from django.urls import reverse

from partnership.models import Document, GroupMembership, Membership, Organisation
from partnership.roles import Role
from tests import factories as make
from tests.pages import assert_queries_stay, fragments, ids, words


def get(client, user, partnership, name):
    client.force_login(user)
    return client.get(reverse(f"partnership:{name}", args=[partnership.slug]))


@pytest.fixture
def board(partnership):
    return make.group(partnership, name="Trust Board", short_name="TB")


def test_people_show_groups_under_their_parents(client, observer, partnership, board):
    below = make.group(partnership, name="Strategy Group", kind="sub_group", parent=board)
    make.group(
        partnership, name="Needs Group", kind="sub_group", parent=below, about="Finds *needs*."
    )
    make.group(partnership, name="Providers", kind="forum")
    text = words(get(client, observer, partnership, "people"))
    assert (
        "Trust Board (TB) Board Strategy Group Sub-group Needs Group Sub-group Finds needs. "
        "Providers Forum" in text
    )


def test_people_show_partner_bodies_the_lead_first(client, observer, partnership):
    Organisation.objects.create(partnership=partnership, name="A Trust", kind="health")
    Organisation.objects.create(partnership=partnership, name="The Council", is_lead=True)
    text = words(get(client, observer, partnership, "people"))
    assert text.index("The Council Leads") < text.index("A Trust Health")


def test_people_show_members_to_those_who_may_see_them(client, manager, partnership, board):
    body = Organisation.objects.create(partnership=partnership, name="The Council")
    chair = make.member(partnership, Role.BOARD_MEMBER, "Ash", organisation=body, job_title="Head")
    membership = Membership.objects.get(user=chair)
    GroupMembership.objects.create(membership=membership, group=board, is_chair=True)
    text = words(get(client, manager, partnership, "people"))
    assert f"Ash {chair.email} Board member Head, The Council Trust Board (chair)" in text


@pytest.mark.parametrize("who", ["board_member", "observer", "facilitator"])
def test_people_keep_members_and_addresses_from_others(client, manager, partnership, who, request):
    text = words(get(client, request.getfixturevalue(who), partnership, "people"))
    assert manager.email not in text
    assert "Members" not in text


def test_people_leave_out_expired_members(client, manager, partnership):
    gone = make.member(partnership, Role.OFFICER, "Gone", expires_on="2020-01-01")
    assert gone.email not in words(get(client, manager, partnership, "people"))


def test_people_say_what_an_empty_page_will_hold(client, observer, partnership):
    text = words(get(client, observer, partnership, "people"))
    assert "No group yet" in text
    assert "No partner body yet" in text


def test_meetings_stand_in_order_with_their_precision(client, observer, partnership, board):
    make.meeting(board, "2008-07", outcome="Endorsed the **framework**.")
    make.meeting(board, "2010-02-08", is_special=True, title="Exercise").joint_with.add(
        make.group(partnership, name="Strategy Group")
    )
    make.meeting(board, "2999-03-01")
    make.meeting(board, "later this year")
    text = words(get(client, observer, partnership, "meetings"))
    assert "Coming 1 March 2999 Trust Board" in text
    assert "Without a full date later this year Trust Board" in text
    assert (
        "Held 8 February 2010 Trust Board: Exercise, 8 February 2010: agenda Special meeting, "
        "joint with Strategy Group July 2008 Trust Board, July 2008: agenda Endorsed the framework."
        in text
    )


def test_documents_say_their_standing_and_meeting(client, observer, partnership, board):
    meeting = make.meeting(board, "2008-07")
    Document.objects.create(
        partnership=partnership, title="The framework", kind="strategy", standing="endorsed",
        date="2008-07", meeting=meeting,
    )  # fmt: skip
    Document.objects.create(partnership=partnership, title="The plan", kind="plan")
    page = get(client, observer, partnership, "meetings")
    text = words(page)
    assert "The framework Strategy or framework, endorsed July 2008, Trust Board" in text
    assert text.index("Strategy or framework, endorsed") < text.index("The plan Plan")
    assert fragments(page) <= ids(page)


def test_meetings_say_what_an_empty_page_will_hold(client, observer, partnership):
    text = words(get(client, observer, partnership, "meetings"))
    assert "No meeting yet" in text
    assert "No document yet" in text


def test_pages_take_as_many_queries_for_ten_times_the_rows(client, manager, partnership, board):
    body = Organisation.objects.create(partnership=partnership, name="The Council")

    def more(times: int) -> None:
        for place in range(times):
            group = make.group(partnership, parent=board)
            person = make.member(partnership, Role.OFFICER, organisation=body)
            GroupMembership.objects.create(
                membership=Membership.objects.get(user=person), group=group
            )
            meeting = make.meeting(group, f"2024-03-{place + 1:02}")
            meeting.joint_with.add(board)
            Document.objects.create(
                partnership=partnership, title=f"Plan {group.pk}", kind="plan", meeting=meeting
            )

    more(1)
    names = ("people", "meetings")
    addresses = [reverse(f"partnership:{name}", args=[partnership.slug]) for name in names]
    client.force_login(manager)
    assert_queries_stay(client, addresses, lambda: more(10))

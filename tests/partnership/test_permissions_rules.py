"""Who may do what: the table of roles, and the questions asked of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from partnership.models import Membership, Partnership, User
from partnership.permissions import can, membership_of, require, role_of
from partnership.roles import ROLES, Permission, Role, roles_with
from tests import factories as make

READ = {
    Permission.VIEW_PARTNERSHIP,
    Permission.VIEW_EXERCISE,
    Permission.VIEW_PLAN,
    Permission.VIEW_PAPER,
}
DRAFTS = {Permission.VIEW_DRAFT_PLAN, Permission.VIEW_DRAFT_PAPER}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GUEST}))
def test_every_role_but_a_guest_may_see_its_partnership(role: Role):
    assert Permission.VIEW_PARTNERSHIP in ROLES[role]


def test_a_guest_takes_part_in_a_working_group_and_nothing_else():
    assert ROLES[Role.GUEST] == {Permission.TAKE_PART}


def test_a_board_member_reads_what_is_finished_and_the_comments_and_takes_part():
    more = {Permission.VIEW_COMMENTS, Permission.VIEW_EXEMPT, Permission.TAKE_PART}
    assert ROLES[Role.BOARD_MEMBER] == READ | more


def test_an_observer_reads_what_is_finished_and_nothing_else():
    assert ROLES[Role.OBSERVER] == READ


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.INVITED_FACILITATOR])
def test_a_facilitator_sees_no_plan_no_paper_and_no_member(role: Role):
    seen = ROLES[role]

    assert not seen & (DRAFTS | {Permission.VIEW_PLAN, Permission.VIEW_PAPER})
    assert Permission.VIEW_MEMBERS not in seen


def test_a_facilitator_sets_exercises_up_and_who_is_invited_only_runs_them():
    more = ROLES[Role.FACILITATOR] - ROLES[Role.INVITED_FACILITATOR]

    assert more == {Permission.SET_UP_EXERCISE}


@pytest.mark.parametrize("permission", sorted(DRAFTS | {Permission.VIEW_MEMBERS}))
def test_drafts_and_addresses_are_for_those_who_work_on_them(permission: Permission):
    assert roles_with(permission) == [Role.ADMINISTRATOR, Role.MANAGER, Role.OFFICER]


@pytest.mark.parametrize("permission", Permission)
def test_somebody_holds_every_permission(permission: Permission):
    assert Role.ADMINISTRATOR in roles_with(permission)


@pytest.mark.parametrize("role", Role)
def test_a_member_may_do_what_the_table_says_and_no_more(partnership: Partnership, role: Role):
    user = make.member(partnership, role)

    assert role_of(user, partnership) == role
    assert {each for each in Permission if can(user, each, partnership)} == ROLES[role]


def test_a_refusal_names_the_partnership_and_what_was_asked(observer: User, partnership):
    with pytest.raises(PermissionDenied) as caught:
        require(observer, Permission.VIEW_DRAFT_PLAN, partnership)

    assert str(caught.value) == (
        "Your role in Northshire Partnership does not let you see a change plan that is still a "
        "draft."
    )


def test_who_may_is_not_refused(officer: User, partnership: Partnership):
    require(officer, Permission.VIEW_DRAFT_PLAN, partnership)


def test_outsiders_and_strangers_have_no_role(outsider: User, partnership: Partnership):
    for stranger in (outsider, AnonymousUser()):
        assert role_of(stranger, partnership) is None
        assert not any(can(stranger, each, partnership) for each in Permission)
        assert not Partnership.objects.visible_to(stranger).filter(pk=partnership.pk).exists()


@pytest.mark.parametrize(("days", "current"), [(-1, False), (0, True), (1, True)])
def test_a_membership_ends_after_its_last_day(partnership: Partnership, days: int, current: bool):
    last = timezone.localdate() + timedelta(days=days)
    user = make.member(partnership, Role.MANAGER, expires_on=last)

    assert (role_of(user, partnership) is not None) is current
    assert Partnership.objects.visible_to(user).exists() is current
    assert Membership.objects.current().filter(user=user).exists() is current


def test_an_administrator_of_one_is_a_stranger_in_another(administrator: User):
    other = make.partnership()

    assert not can(administrator, Permission.VIEW_PARTNERSHIP, other)
    assert list(Partnership.objects.visible_to(administrator)) != [other]


def test_a_person_may_have_a_role_in_each_of_two(partnership: Partnership, observer: User):
    other = make.partnership()
    Membership.objects.create(user=observer, partnership=other, role=Role.MANAGER)

    assert set(Partnership.objects.visible_to(observer)) == {partnership, other}
    assert role_of(observer, partnership) == Role.OBSERVER
    assert role_of(observer, other) == Role.MANAGER


def test_a_membership_is_looked_up_once(
    manager: User, partnership: Partnership, django_assert_num_queries
):
    with django_assert_num_queries(1):
        for permission in Permission:
            can(manager, permission, partnership)
        assert membership_of(manager, partnership).role == Role.MANAGER

"""Laws of the days, over generated histories, and of people who agree them at the same moment."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies as st

from changeplan.models import ChangePlan, SupportAllocation, SupportEntitlement
from changeplan.plan import days_of, plan_facts
from changeplan.services import days as facts
from changeplan.services import support as services
from partnership.models import User
from partnership.records import StaleVersion
from partnership.rules import RuleBroken
from tests import factories as make
from tests.races import at_once

EXAMPLES = max(hypothesis.settings.default.max_examples // 2, 20)
PROGRAMMES = ("CSP", "Fund")

quarters = st.integers(0, 24).map(lambda n: Decimal(n) / 4)
some = quarters.filter(bool)
place = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("offer"), st.sampled_from(PROGRAMMES), st.none() | some, st.booleans()),
    st.tuples(st.just("ask"), st.sampled_from(PROGRAMMES), st.none() | some),
    st.tuples(st.just("agree"), place, quarters, st.none() | some),
    st.tuples(st.just("withdraw"), place),
    st.tuples(st.just("deliver"), place, some),
    st.tuples(st.just("undo"), place),
    st.tuples(st.just("move"), place, st.sampled_from(PROGRAMMES)),
    st.tuples(st.just("remove"), place),
    st.tuples(st.just("restore"), place),
)


@dataclass
class World:
    """A plan with two programmes, and a manager who does one thing after another."""

    plan: ChangePlan
    by: User

    def programme(self, name: str) -> SupportEntitlement:
        return SupportEntitlement.objects.get(plan=self.plan, programme=name)

    def asked(self, at: int, *, kept: bool = True) -> SupportAllocation | None:
        every = SupportAllocation.everything.filter(entitlement__plan=self.plan)
        found = every.filter(removed_at__isnull=kept).order_by("pk")
        return found[at % len(found)] if found else None

    def act(self, name: str, *given) -> None:
        """One step; what the rules refuse changes nothing."""
        with suppress(RuleBroken):
            getattr(self, name)(*given)

    def offer(self, name: str, days: Decimal | None, approximate: bool) -> None:
        programme = self.programme(name)
        changes = {"days": days, "is_approximate": approximate}
        services.edit_entitlement(
            entitlement=programme, changes=changes, version=programme.version, by=self.by
        )

    def ask(self, name: str, days: Decimal | None) -> None:
        values = {"purpose": "Help", "estimated": days}
        services.add_allocation(entitlement=self.programme(name), values=values, by=self.by)

    def agree(self, at: int, days: Decimal, acknowledged: Decimal | None) -> None:
        if asked := self.asked(at):
            agreement = facts.Agreement(days, "Lead", date(2024, 6, 1), acknowledged)
            facts.agree_days(
                allocation=asked, agreement=agreement, version=asked.version, by=self.by
            )

    def withdraw(self, at: int) -> None:
        if asked := self.asked(at):
            facts.withdraw_agreement(allocation=asked, version=asked.version, by=self.by)

    def deliver(self, at: int, days: Decimal) -> None:
        if asked := self.asked(at):
            values = {"date": date(2024, 6, 10), "days": days, "delivered_by": "Team"}
            facts.record_delivery(allocation=asked, values=values, by=self.by)

    def undo(self, at: int) -> None:
        if (asked := self.asked(at)) and (last := asked.deliveries.last()):
            facts.remove_delivery(delivery=last, version=last.version, by=self.by)

    def move(self, at: int, name: str) -> None:
        if asked := self.asked(at):
            changes = {"entitlement": self.programme(name)}
            services.edit_allocation(
                allocation=asked, changes=changes, version=asked.version, by=self.by
            )

    def remove(self, at: int) -> None:
        if asked := self.asked(at):
            services.remove_allocation(allocation=asked, version=asked.version, by=self.by)

    def restore(self, at: int) -> None:
        if gone := self.asked(at, kept=False):
            services.restore_allocation(allocation=gone, by=self.by)


def quarter_days(rows, column: str) -> int:
    """The sum of a column as it lies in the table, where days rest as whole quarters."""
    return sum(int(value * 4) for value in rows.values_list(column, flat=True) if value is not None)


@hypothesis.settings(
    max_examples=EXAMPLES,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@hypothesis.given(st.lists(steps, max_size=14))
def test_whatever_is_done_no_confirmed_entitlement_is_passed_and_the_ledger_adds_up(
    exercise, manager, history
):
    with transaction.atomic():
        world = World(make.plan(exercise), manager)
        for name in PROGRAMMES:
            make.entitlement(world.plan, "3", programme=name, short_name="")
        for step in history:
            world.act(*step)
            assert_no_confirmed_entitlement_is_passed(world.plan)
        assert_ledger_adds_up(world.plan)
        transaction.set_rollback(True)


def assert_no_confirmed_entitlement_is_passed(plan: ChangePlan) -> None:
    for programme in plan.entitlements.exclude(days=None).filter(is_approximate=False):
        assert quarter_days(programme.allocations, "agreed") <= programme.days * 4


def assert_ledger_adds_up(plan: ChangePlan) -> None:
    whole = plan_facts(plan)
    served = tuple(line for line in whole.days if line.allocations)
    assert days_of(plan) == (whole.ledger, served)
    for programme in plan.entitlements.all():
        line = next(e for e in whole.ledger.programmes if e.programme == programme.programme)
        asked = programme.allocations
        for figure in ("estimated", "agreed"):
            assert (getattr(line, figure) or 0) * 4 == quarter_days(asked, figure)
        delivered = sum(quarter_days(each.deliveries, "days") for each in asked.all())
        assert line.delivered * 4 == delivered
        numbers = asked.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, line.allocations + 1))
        if line.available is not None:
            assert line.remaining == line.available - (line.agreed or 0)


def agree(allocation: SupportAllocation, days: str, by: User) -> SupportAllocation:
    agreement = facts.Agreement(Decimal(days), "Lead", date(2024, 6, 1))
    return facts.agree_days(allocation=allocation, agreement=agreement, version=1, by=by)


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_the_last_day_is_never_agreed_twice(exercise, manager, officer, soak: bool):
    for _ in range(60 if soak else 4):
        programme = make.entitlement(make.plan(exercise), "3")
        make.support(programme, "Before", agreed="2")
        rivals = [make.support(programme, name) for name in ("One", "Other", "Third")]

        found = at_once(
            partial(agree, rivals[0], "1", manager),
            partial(agree, rivals[1], "1", officer),
            partial(agree, rivals[2], "0.25", officer),
        )

        refused = [each for each in found if isinstance(each, Exception)]
        assert all(isinstance(each, RuleBroken) for each in refused)
        assert len(refused) in (1, 2)
        assert all("more than the 3 days" in str(each) for each in refused)
        assert_no_confirmed_entitlement_is_passed(programme.plan)


@pytest.mark.django_db(transaction=True)
def test_days_are_not_agreed_while_the_programme_confirms_fewer(exercise, manager, officer):
    for _ in range(4):
        programme = make.entitlement(make.plan(exercise), "3")
        asked = make.support(programme, "One")

        at_once(
            partial(agree, asked, "3", manager),
            partial(
                services.edit_entitlement,
                entitlement=programme,
                changes={"days": Decimal(2)},
                version=1,
                by=officer,
            ),
        )

        assert_no_confirmed_entitlement_is_passed(programme.plan)


@pytest.mark.django_db(transaction=True)
def test_eight_who_agree_the_same_support_lose_nothing(exercise, manager):
    asked = make.support(make.entitlement(make.plan(exercise), "30"), "One")

    found = at_once(*(partial(agree, asked, str(days), manager) for days in range(1, 9)))

    saved = [each for each in found if isinstance(each, SupportAllocation)]
    assert len(saved) == 1
    assert sum(isinstance(each, StaleVersion) for each in found) == 7
    asked.refresh_from_db()
    assert (asked.agreed, asked.version) == (saved[0].agreed, 2)


@pytest.mark.django_db(transaction=True)
def test_support_asked_for_at_once_keeps_an_order(exercise, manager):
    programme = make.entitlement(make.plan(exercise), "30")
    values = {"purpose": "Help"}
    ask = partial(services.add_allocation, entitlement=programme, values=values, by=manager)

    at_once(ask, ask, ask, ask)

    numbers = programme.allocations.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]

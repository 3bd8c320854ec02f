"""The days of a support programme."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changeplan.allocation import (
    Allocation,
    Entitlement,
    agreement_problem,
    by_standard,
    ledger,
)
from tests.growing import many

CSP = "Commissioning Support Programme"

quarters = st.integers(0, 120).map(lambda n: Decimal(n) / 4)
maybe = st.one_of(st.none(), quarters)
programmes = st.sampled_from(["CSP", "Regional offer"])
entitlements = st.lists(
    st.builds(Entitlement, programmes, maybe, st.booleans()),
    max_size=2,
    unique_by=lambda entitlement: entitlement.programme,
)
standards = st.lists(st.integers(1, 4), max_size=3, unique=True).map(tuple)
allocation = st.builds(Allocation, programmes, standards, maybe, maybe, quarters)
allocations = many(allocation)


def days(value):
    return None if value is None else Decimal(value)


def asked(estimated=None, agreed=None, delivered="0", serves=(1,), programme=CSP):
    return Allocation(programme, serves, days(estimated), days(agreed), Decimal(delivered))


def only(found):
    (line,) = found.programmes
    return line


@given(entitlements, allocations, st.randoms())
def test_ledger_does_not_depend_on_the_order_of_allocations(entitled, asked_for, random):
    found = ledger(entitled, asked_for)
    shuffled = ledger(entitled, random.sample(asked_for, len(asked_for)))
    assert found.total == shuffled.total
    assert set(found.programmes) == set(shuffled.programmes)


@given(entitlements, allocations)
def test_ledger_loses_no_day_and_invents_none(entitled, asked_for):
    found = ledger(entitled, asked_for)
    for figure in ("estimated", "agreed", "delivered"):
        given_days = [getattr(a, figure) for a in asked_for if getattr(a, figure) is not None]
        lines = [getattr(line, figure) for line in found.programmes]
        assert sum(n or 0 for n in lines) == sum(given_days) == (getattr(found.total, figure) or 0)
    for line in (*found.programmes, found.total):
        if line.available is not None:
            assert line.remaining + (line.agreed or 0) == line.available
            assert line.unplanned + (line.estimated or 0) == line.available


@given(entitlements, allocations, allocation)
def test_adding_an_allocation_never_raises_what_remains(entitled, asked_for, more):
    before = ledger(entitled, asked_for)
    after = ledger(entitled, [*asked_for, more])
    for figure in ("remaining", "unplanned"):
        old = {line.programme: getattr(line, figure) for line in before.programmes}
        for line in after.programmes:
            new = getattr(line, figure)
            assert (new is None) == (old.get(line.programme) is None)
            assert new is None or new <= old[line.programme]


@given(entitlements, allocations)
def test_days_that_nobody_gave_stay_unknown(entitled, asked_for):
    found = ledger(entitled, asked_for)
    for line in found.programmes:
        mine = [a for a in asked_for if a.programme == line.programme]
        assert (line.estimated is None) == all(a.estimated is None for a in mine)
        assert (line.agreed is None) == all(a.agreed is None for a in mine)
        assert line.unquantified == sum(a.estimated is None and a.agreed is None for a in mine)
        stated = [e.days for e in entitled if e.programme == line.programme]
        assert line.available == (stated[0] if stated else None)
    everything = [line.available for line in found.programmes]
    unknown = not everything or None in everything
    assert found.total.available == (None if unknown else sum(everything))


@given(allocations, st.randoms())
def test_standard_lists_in_full_what_serves_it_and_the_ledger_counts_it_once(asked_for, random):
    for line in by_standard(random.sample(asked_for, len(asked_for)), range(1, 5)):
        mine = [a for a in asked_for if line.standard in a.standards]
        assert len(line.allocations) == len(mine)
        assert (line.estimated or 0) == sum(a.estimated or 0 for a in mine)
        assert (line.agreed or 0) == sum(a.agreed or 0 for a in mine)
        assert line.delivered == sum(a.delivered for a in mine)
        assert line.shared == any(len(a.standards) > 1 for a in mine)


def test_allocation_serving_two_standards_is_in_the_total_once():
    workshop = asked("4", "3", "1", serves=(1, 2))
    lines = by_standard([workshop], [2, 1, 3])
    assert [(n.standard, n.estimated) for n in lines] == [(1, 4), (2, 4), (3, None)]
    assert [n.shared for n in lines] == [True, True, False]
    assert ledger([], [workshop]).total.estimated == 4


def test_bromley_asks_for_twelve_days_of_approximately_twenty():
    asked_for = [asked(n, serves=(s,)) for s, n in ((1, 2), (2, 4), (6, 2), (8, 2), (10, 2))]
    found = ledger([Entitlement(CSP, Decimal(20), approximate=True)], asked_for)
    line = only(found)
    assert (line.allocations, line.estimated, line.agreed, line.delivered) == (5, 12, None, 0)
    assert (line.remaining, line.unplanned, line.to_deliver) == (20, 8, None)
    assert line.available_words == "approximately 20 days"
    assert found.warnings == ()
    none_asked = [n.standard for n in by_standard(asked_for, range(1, 13)) if n.estimated is None]
    assert none_asked == [3, 4, 5, 7, 9, 11, 12]


def test_medway_asks_for_support_without_days():
    line = only(ledger([], [Allocation(CSP, ())] * 3))
    assert (line.allocations, line.unquantified) == (3, 3)
    assert (line.available, line.estimated, line.remaining) == (None, None, None)
    assert line.delivered == 0
    assert (line.available_words, line.warnings) == ("an unstated number of days", ())


def test_standard_says_how_much_of_its_support_has_no_days():
    (line,) = by_standard([asked(), asked("2"), asked(), asked(agreed="1")], [1])
    assert (line.unquantified, line.estimated) == (2, 2)


def test_days_run_over_are_said_in_figures():
    confirmed = [Entitlement(CSP, Decimal(10))]
    found = ledger(confirmed, [asked("6", "6", "6.5"), asked("6.5", "5", "5")])
    line = only(found)
    assert (line.over_estimated, line.over_agreed, line.over_delivered) == (True, True, True)
    assert found.warnings == (
        f"{CSP}: 12.5 days estimated, more than the 10 days available.",
        f"{CSP}: 11 days agreed, more than the 10 days available.",
        f"{CSP}: 11.5 days delivered, more than the 11 days agreed.",
    )


def test_days_used_to_the_last_are_not_run_over():
    found = ledger([Entitlement(CSP, Decimal(10))], [asked("10", "10", "10")])
    assert (only(found).remaining, found.warnings) == (0, ())


def test_delivery_without_agreement_is_over():
    line = only(ledger([], [asked(delivered="1")]))
    assert line.warnings == (f"{CSP}: 1 day delivered, more than the 0 days agreed.",)


def test_spare_days_of_one_programme_do_not_cover_another():
    entitled = [Entitlement("Small", Decimal(1)), Entitlement("Large", Decimal(50))]
    found = ledger(entitled, [asked("2", programme="Small")])
    assert not found.total.over_estimated
    assert len(found.warnings) == 1


def test_total_is_approximate_if_any_of_it_is():
    exact, rough = Entitlement("A", Decimal(1)), Entitlement("B", Decimal(2), approximate=True)
    assert ledger([exact, rough], []).total.available_words == "approximately 3 days"
    assert ledger([exact], []).total.available_words == "1 day"


def test_standards_are_listed_by_number():
    assert [line.standard for line in by_standard([], [16, 9, 16])] == [9, 16]


def test_programme_has_one_entitlement():
    with pytest.raises(ValueError, match="two entitlements"):
        ledger([Entitlement(CSP, Decimal(1)), Entitlement(CSP, Decimal(1))], [])


@pytest.mark.parametrize("figure", ["0.1", "-1", "2.3"])
def test_days_are_quarter_days(figure):
    for make in (lambda n: Entitlement(CSP, n), lambda n: asked("1", n), asked):
        with pytest.raises(ValueError, match="quarter"):
            make(Decimal(figure))
    with pytest.raises(TypeError):
        Entitlement(CSP, 2.5)


@given(quarters, st.booleans(), quarters, quarters)
def test_agreeing_is_a_problem_exactly_above_what_is_available(stated, approximate, other, new):
    problem = agreement_problem(Entitlement(CSP, stated, approximate), other, new)
    assert (problem is not None) == (other + new > stated)
    if problem:
        assert problem.refused != approximate
        assert problem.excess == other + new - stated


def test_agreeing_more_than_a_confirmed_entitlement_is_refused_with_figures():
    problem = agreement_problem(Entitlement("CSP", Decimal(10)), Decimal(8), Decimal("2.5"))
    assert problem.refused
    assert problem.words == (
        "Agreeing 2.5 days here, with 8 days agreed elsewhere, is 0.5 days more than the 10 days "
        "available from CSP. The entitlement is confirmed, so fewer days must be agreed."
    )


def test_agreeing_more_than_an_approximate_entitlement_asks_for_confirmation():
    problem = agreement_problem(Entitlement("CSP", Decimal(20), True), Decimal(20), Decimal(1))
    assert not problem.refused
    assert "is 1 day more than the approximately 20 days available from CSP" in problem.words
    assert problem.words.endswith("if you confirm that you know this.")


def test_agreeing_without_a_stated_entitlement_passes_nothing():
    assert agreement_problem(Entitlement(CSP, None), Decimal(50), Decimal(50)) is None

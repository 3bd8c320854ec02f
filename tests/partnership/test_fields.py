"""Steps, dates with a precision and identifiers, as both databases keep them."""

from decimal import Decimal
from itertools import count

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Max, Sum
from hypothesis import given
from hypothesis import strategies as st

from changeplan.models import ChangePlan, SupportEntitlement
from partnership.dates import PreciseDate
from partnership.fields import IDENTIFIER_LETTERS, PreciseDateField, StepField, new_identifier
from partnership.models import Document, Meeting, Partnership, User
from standards.models import Exercise, PublishedScore
from tests import factories as make

QUARTERS, TENTHS = StepField(per_one=4), StepField(per_one=10)
serial = count(1)


@pytest.fixture
def plan(exercise: Exercise) -> ChangePlan:
    return ChangePlan.objects.create(
        partnership=exercise.partnership, exercise=exercise, title="Change plan"
    )


def entitle(plan: ChangePlan, days: object) -> SupportEntitlement:
    programme = f"Programme {next(serial)}"
    return SupportEntitlement.objects.create(plan=plan, programme=programme, days=days)


@pytest.mark.parametrize("days", ["0.25", "2", "12.75", "20.00", "536870911.75"])
def test_days_come_back_as_they_were_saved(plan: ChangePlan, days: str):
    saved = entitle(plan, Decimal(days))

    found = SupportEntitlement.objects.get(pk=saved.pk).days

    assert isinstance(found, Decimal)
    assert found == Decimal(days)


def test_no_figure_stays_no_figure(plan: ChangePlan):
    saved = entitle(plan, None)

    assert SupportEntitlement.objects.get(pk=saved.pk).days is None


def test_steps_rest_in_the_database_as_whole_numbers(plan: ChangePlan):
    entitle(plan, Decimal("2.75"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT days FROM changeplan_supportentitlement")
        assert cursor.fetchone() == (11,)


def test_a_sum_of_steps_is_exact(plan: ChangePlan):
    exercise = plan.exercise
    for standard in exercise.framework.standards.all():
        PublishedScore.objects.create(exercise=exercise, standard=standard, value=Decimal("3.1"))
    for _ in range(10):
        entitle(plan, Decimal("0.25"))

    assert exercise.published_scores.aggregate(total=Sum("value"))["total"] == Decimal("9.3")
    found = plan.entitlements.aggregate(total=Sum("days"), most=Max("days"))
    assert found == {"total": Decimal("2.5"), "most": Decimal("0.25")}


def test_an_empty_sum_is_no_figure(plan: ChangePlan):
    assert plan.entitlements.aggregate(total=Sum("days"))["total"] is None


def test_steps_are_found_and_ordered_by_their_decimals(plan: ChangePlan):
    for days in ("10", "2.25", "9.75"):
        entitle(plan, Decimal(days))
    days = plan.entitlements.order_by("days").values_list("days", flat=True)

    assert list(days) == [Decimal("2.25"), Decimal("9.75"), Decimal(10)]
    assert list(days.filter(days=Decimal("9.75"))) == [Decimal("9.75")]
    assert list(days.filter(days__gt="2.25", days__lte=10)) == [Decimal("9.75"), Decimal(10)]
    assert list(days.filter(days__in=[Decimal("2.25"), 10])) == [Decimal("2.25"), Decimal(10)]
    assert list(days.filter(days__range=(2, 9))) == [Decimal("2.25")]
    assert list(days.filter(days=F("days"))) == list(days)


def test_a_lookup_between_two_steps_is_refused():
    with pytest.raises(ValidationError, match=r"in steps of 0\.25"):
        SupportEntitlement.objects.filter(days__gt=Decimal("2.3"))


@pytest.mark.parametrize(
    ("per_one", "value", "message"),
    [
        (1, "2.5", "Enter a number in steps of 1."),
        (2, "3.3", "Enter a number in steps of 0.5."),
        (4, Decimal("0.1"), "Enter a number in steps of 0.25."),
        (10, 3.14, "Enter a number in steps of 0.1."),
        (2, "3.5" + "0" * 40 + "1", "Enter a number in steps of 0.5."),
        (2, "1E-1000000", "Enter a number in steps of 0.5."),
        (2, "1E+1000000", "Enter a smaller number."),
        (2, "1E+30", "Enter a smaller number."),
        (4, "536870912", "Enter a smaller number."),
        (4, "three", "Enter a number."),
        (4, "NaN", "Enter a number."),
        (4, "-Infinity", "Enter a number."),
        (4, True, "Enter a number."),
    ],
)
def test_a_value_that_is_no_step_is_refused_in_plain_words(per_one, value, message):
    field = StepField(per_one=per_one)

    for door in (field.to_python, field.get_prep_value):
        with pytest.raises(ValidationError) as caught:
            door(value)
        assert caught.value.messages == [message]


def test_a_value_between_two_steps_is_not_saved(plan: ChangePlan):
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        entitle(plan, Decimal("2.3"))

    assert caught.value.messages == ["Enter a number in steps of 0.25."]
    assert not plan.entitlements.exists()


@given(st.integers(-(2**31) + 1, 2**31 - 1))
def test_every_whole_number_of_steps_survives_the_way_there_and_back(steps: int):
    for field in (QUARTERS, TENTHS):
        value = field.from_db_value(steps, None, None)
        assert value == Decimal(steps) / field.per_one
        assert field.get_prep_value(value) == steps
        assert field.get_prep_value(str(value)) == steps


@given(st.text() | st.decimals() | st.floats())
def test_no_value_does_anything_but_convert_or_be_refused(value: object):
    try:
        steps = QUARTERS.get_prep_value(value)
    except ValidationError:
        return
    assert steps is None or QUARTERS.from_db_value(steps) == Decimal(str(value))


def test_a_form_offers_the_places_of_the_step():
    assert [StepField(per_one=n).formfield().decimal_places for n in (1, 2, 4, 10)] == [0, 1, 2, 1]


def test_a_record_survives_being_written_out_and_read_in(plan: ChangePlan):
    saved = entitle(plan, Decimal("2.75"))
    meeting = make.meeting(make.group(plan.partnership), "2011-04")

    written = serializers.serialize("json", [saved, meeting])
    found = [each.object for each in serializers.deserialize("json", written)]

    assert (found[0].days, found[1].date) == (Decimal("2.75"), PreciseDate("2011-04"))


@pytest.mark.parametrize("stored", ["2010-05-17", "2011-04", "2011", "later this year", "À Noël"])
def test_a_date_of_every_precision_comes_back_as_it_was_saved(partnership: Partnership, stored):
    meeting = make.meeting(make.group(partnership), stored)

    assert Meeting.objects.get(pk=meeting.pk).date == PreciseDate(stored)
    assert Meeting.objects.get(date=PreciseDate(stored)) == meeting
    assert Meeting.objects.get(date=stored) == meeting


def test_an_unknown_date_is_none_and_stays_none(partnership: Partnership):
    Document.objects.create(partnership=partnership, title="A plan", kind=Document.Kind.PLAN)

    document = Document.objects.get()
    document.full_clean()
    assert document.date is None


def test_dates_come_in_order_unknown_first_and_words_last(partnership: Partnership):
    stored = ["later this year", "2011-04", "2010-05-17", "2011", "", "2010-11-01", "2010"]
    for date in stored:
        Document.objects.create(
            partnership=partnership, title=f"Plan {date}", kind=Document.Kind.PLAN, date=date
        )

    found = Document.objects.order_by("date").values_list("date", flat=True)

    assert [date.stored if date else "" for date in found] == [
        "",
        "2010",
        "2010-05-17",
        "2010-11-01",
        "2011",
        "2011-04",
        "later this year",
    ]


@pytest.mark.parametrize("wrong", ["2010-02-30", "2010-13", "0000", "17/5/2010", "…", "2010-5-17"])
def test_a_date_that_does_not_exist_is_refused_in_plain_words(wrong: str):
    with pytest.raises(ValidationError, match="Enter a date that exists"):
        PreciseDateField().to_python(wrong)


def test_a_date_in_too_many_words_is_refused_on_both_databases():
    with pytest.raises(ValidationError, match="in fewer words"):
        PreciseDateField().get_prep_value("soon " * 21)


def test_a_meeting_without_a_date_is_refused_in_plain_words(partnership: Partnership):
    meeting = Meeting(group=make.group(partnership))

    with pytest.raises(ValidationError) as caught:
        meeting.full_clean()

    assert caught.value.message_dict["date"] == ["Enter a date."]


def test_a_meeting_with_a_date_is_accepted(partnership: Partnership):
    Meeting(group=make.group(partnership), date=" 2010-05-17 ").full_clean()
    Meeting(group=make.group(partnership), date=PreciseDate("2010-05-17")).full_clean()


def test_identifiers_are_readable_and_tell_nothing(db):
    people = [make.user() for _ in range(20)]
    identifiers = {person.identifier for person in people}

    assert len(identifiers) == 20
    assert all(len(each) == 12 and set(each) <= set(IDENTIFIER_LETTERS) for each in identifiers)
    assert not set(IDENTIFIER_LETTERS) & set("aeiou01l")
    assert User.objects.get(identifier=people[3].identifier) == people[3]


def test_two_identifiers_are_never_alike():
    assert len({new_identifier() for _ in range(2000)}) == 2000

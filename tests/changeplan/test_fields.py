"""The fields of the plan's forms: days and lines."""

from decimal import Decimal

import pytest

from changeplan.forms.fields import DaysField, LinesField


@pytest.mark.parametrize(
    ("typed", "days"),
    [("2", "2"), ("2.5", "2.5"), ("2½", "2.5"), ("1/4", "0.25"), ("two and a half", "2.5")],
)
def test_days_are_read_as_people_write_them(typed, days):
    assert DaysField().clean(typed) == Decimal(days)


def test_days_are_shown_as_short_as_they_are():
    assert DaysField().prepare_value(Decimal("2.50")) == "2.5"
    assert DaysField(required=False).clean("  ") is None


def test_lines_are_a_list_without_bullets():
    assert LinesField(required=False).clean(" • One\r\n\r\n– Two – parts\n") == [
        "One",
        "Two – parts",
    ]
    assert LinesField().prepare_value(["One", "Two"]) == "One\nTwo"

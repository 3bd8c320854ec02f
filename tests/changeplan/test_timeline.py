"""When actions begin and end: as known, drawn, and as a page."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import resvg_py
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from changeplan.models import ChangePlan
from changeplan.timeline import PER_PICTURE, Dated, timeline
from partnership.dates import PreciseDate
from partnership.timelines import NARROW, WIDE, Axis, Span, Tone
from partnership.timelines import timeline as draw
from tests import factories as make
from tests.pages import assert_queries_stay, words

TODAY = date(2027, 3, 15)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</svg><script>alert('x')</script> & \x00\ud800 日本語 " * 9


def dated(key: str = "a", start: str = "", due: str = "", **fields) -> Dated:
    begins, ends = (PreciseDate(day) if day else None for day in (start, due))
    return Dated(key, f"Action {key}", begins, ends, **fields)


def span(start: str = "", due: str = "", **fields) -> Span:
    (found,) = timeline([dated(start=start, due=due, **fields)], TODAY).spans
    return found


def days(*values: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(value) for value in values)


@pytest.mark.parametrize(
    ("start", "due", "ends", "sure"),
    [
        ("2027-02-01", "2027-03-10", ("2027-02-01", "2027-03-10"), ("2027-02-01", "2027-03-10")),
        ("2027-02", "2027-05", ("2027-02-01", "2027-05-31"), ("2027-02-28", "2027-05-01")),
        ("2027", "2027", ("2027-01-01", "2027-12-31"), None),
        ("", "2027-06", ("2027-06-01", "2027-06-30"), None),
        ("2027-06-01", "2027-05-01", ("2027-05-01", "2027-06-01"), None),
    ],
)
def test_an_action_takes_the_days_that_its_dates_may_mean(start, due, ends, sure):
    found = span(start, due)

    assert (found.first, found.last) == days(*ends)
    assert found.sure == (days(*sure) if sure else None)
    assert not found.open_end


@pytest.mark.parametrize(
    ("due", "note"),
    [("", "From 1 February 2027"), ("next summer", "1 February 2027 to next summer")],
)
def test_an_action_that_ends_on_no_known_day_runs_to_the_end_of_the_picture(due, note):
    line = timeline([dated("a", "2027-02-01", due), dated("b", due="2027-08-10")], TODAY)

    (open_one,) = (each for each in line.spans if each.open_end)
    assert (open_one.key, open_one.last) == ("a", date(2027, 8, 31))
    assert open_one.note == note


@pytest.mark.parametrize(
    ("fields", "tone", "note"),
    [
        ({}, Tone.RUNNING, "Due June 2027"),
        ({"complete": True}, Tone.DONE, "Complete: due June 2027"),
        ({"overdue": True}, Tone.LATE, "Overdue: due June 2027"),
    ],
)
def test_how_an_action_stands_is_said_in_words_and_shape(fields, tone, note):
    found = span(due="2027-06", **fields)

    assert (found.tone, found.note) == (tone, note)


def test_actions_stand_by_date_and_apart_without_one():
    line = timeline(
        [
            dated("words", due="later this year"),
            dated("late", due="2027-12"),
            dated("none"),
            dated("soon", due="2027-04-01"),
        ],
        TODAY,
    )

    assert [each.key for each in line.spans] == ["soon", "late"]
    assert [action.key for action in line.in_words] == ["words"]
    assert [action.key for action in line.undated] == ["none"]


def test_axis_holds_whole_months_and_today_where_it_is_near():
    near = timeline([dated(due="2027-05-20")], TODAY).axis
    far = timeline([dated(due="2011-04")], TODAY).axis

    assert near == Axis(date(2027, 3, 1), date(2027, 5, 31), TODAY)
    assert far == Axis(date(2011, 4, 1), date(2011, 4, 30), None)
    assert timeline([], TODAY).axis is None


def test_many_actions_are_parted_evenly_into_pictures():
    line = timeline([dated(str(n), due="2027-05") for n in range(2 * PER_PICTURE + 1)], TODAY)

    assert [len(part) for part in line.pictures] == [11, 11, 11]
    assert len(line.spans) == 33


@pytest.mark.parametrize(
    ("last", "most", "expected"),
    [
        (date(2027, 4, 30), 6, ["Jan 2027", "Feb 2027", "Mar 2027", "Apr 2027"]),
        (date(2028, 12, 31), 4, ["Jan 2027", "Jul 2027", "Jan 2028", "Jul 2028"]),
        (date(2036, 12, 31), 4, ["2028", "2031", "2034"]),
    ],
)
def test_ticks_are_months_or_years_and_few(last, most, expected):
    axis = Axis(date(2027, 1, 1), last)

    assert [label for _, label in axis.ticks(most)] == expected


some_days = st.dates(date.min, date.max)
precise = st.one_of(
    st.none(),
    st.just("once the board has met"),
    some_days.map(lambda day: day.isoformat()),
    some_days.map(lambda day: day.isoformat()[:7]),
    some_days.map(lambda day: day.isoformat()[:4]),
)


@given(st.lists(st.tuples(precise, precise), max_size=4), some_days)
def test_every_date_there_is_lies_on_the_axis(dates, today):
    actions = [dated(str(n), *(each or "" for each in pair)) for n, pair in enumerate(dates)]

    line = timeline(actions, today)

    assert len(line.spans) + len(line.in_words) + len(line.undated) == len(actions)
    for each in line.spans:
        assert line.axis.first <= each.first <= each.last <= line.axis.last
        ends = line.axis.share(each.first), line.axis.share(each.last, after=True)
        assert 0 <= ends[0] < ends[1] <= 1
    if line.axis:
        assert all(line.axis.first <= day <= line.axis.last for day, _ in line.axis.ticks(6))


@given(st.lists(st.tuples(precise, precise, st.text(max_size=200)), min_size=1, max_size=4))
def test_whatever_is_drawn_is_whole_within_its_frame(rows):
    actions = [
        Dated(str(n), label, start and PreciseDate(start), due and PreciseDate(due),
              overdue=n % 2 == 0, depends_on=(str(n - 1), "gone"))
        for n, (start, due, label) in enumerate(rows)
    ]  # fmt: skip
    line = timeline(actions, TODAY)
    if line.axis is None:
        return
    both = draw(line.spans, line.axis, "Title", "Description", "key")

    for svg, width in ((both.wide, WIDE), (both.narrow, 340)):
        root = ElementTree.fromstring(svg)
        for rect in (each for each in root if each.tag == f"{SVG}rect"):
            assert Decimal(rect.get("x")) >= 0
            assert Decimal(rect.get("x")) + Decimal(rect.get("width")) <= width


def test_hostile_words_are_drawn_as_words():
    line = timeline([Dated("a<b", HOSTILE, None, PreciseDate("2027-05"))], TODAY)
    both = draw(line.spans, line.axis, HOSTILE, HOSTILE, "key")

    for svg in (both.wide, both.narrow):
        assert "<script" not in svg
        assert resvg_py.svg_to_bytes(svg_string=svg)


def test_late_and_done_differ_in_shape_and_today_is_named():
    def shapes(tone: Tone) -> list[str]:
        one = Span("a", "Action", "", *days("2027-03-01", "2027-03-31"), None, tone)
        both = draw([one], Axis(one.first, one.last, TODAY), "Title", "", "key")
        assert "Today" in both.wide
        assert "Today" in both.narrow
        return [each.tag for each in ElementTree.fromstring(both.wide).iter()]

    assert len({tuple(shapes(tone)) for tone in Tone}) == len(Tone)
    assert NARROW < WIDE


@pytest.fixture
def plan(exercise, manager) -> ChangePlan:
    plan = make.plan(
        exercise, state="approved", approved_at="2027-01-01T12:00Z", approved_by=manager
    )
    first = make.action(plan, "Agree a strategy", due="2011-04")
    second = make.action(plan, "Train the board", start="2011-05", due="2011-09-30")
    second.depends_on.add(first)
    make.action(plan, "Review the training", due="once the board has met")
    make.action(plan, "Appoint a lead", status="complete")
    return plan


def address(plan: ChangePlan) -> str:
    return reverse("changeplan:timeline", args=[plan.partnership.slug, plan.identifier])


def test_page_draws_what_has_dates_and_tells_all_in_tables(client, observer, plan):
    client.force_login(observer)
    response = client.get(address(plan))
    page = words(response)

    assert response.content.decode().count("<figure") == 1
    assert "1. Agree a strategy Not given April 2011 Not started Overdue Nothing" in page
    assert "2. Train the board May 2011 30 September 2011 Not started Overdue 1. Agree a" in page
    assert "words alone Action Starts Due Status Waits for 3. Review the training" in page
    assert "without a date Action Starts Due Status Waits for 4. Appoint a lead" in page
    assert "lies long after these dates" in page


def test_page_is_narrowed_as_the_list_of_actions_is(client, observer, plan):
    client.force_login(observer)

    page = words(client.get(f"{address(plan)}?status=complete"))

    assert "1 of 4 actions – status: Complete" in page
    assert "4. Appoint a lead" in page
    assert "Train the board" not in page.split("Find")[-1].split("1 of 4 actions")[1]
    none = words(client.get(f"{address(plan)}?status=paused"))
    assert "No action fits" in none
    assert "0 of 4 actions" in none


def test_page_without_actions_says_what_it_will_hold(client, manager, exercise):
    client.force_login(manager)

    page = words(client.get(address(make.plan(exercise))))

    assert "No actions yet" in page


def test_today_is_drawn_when_it_is_near(client, manager, exercise):
    plan = make.plan(exercise)
    make.action(plan, due=(localdate() + timedelta(days=40)).isoformat())
    client.force_login(manager)

    response = client.get(address(plan))

    assert ">Today</text>" in response.content.decode()
    assert "not drawn" not in words(response)


def test_two_hundred_actions_take_as_many_queries_as_four(client, manager, plan):
    client.force_login(manager)

    def grow() -> None:
        for number in range(196):
            make.action(plan, due=f"2011-{number % 12 + 1:02}")

    assert_queries_stay(client, [address(plan)], grow)
    page = words(client.get(address(plan)))
    assert "Actions, 1 to 15 of 198 by date" in page

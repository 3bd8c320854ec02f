"""Findings in a browser: by keyboard alone, by dragging, without JavaScript, at every width."""

import pytest

from partnership.models import User
from standards.models import Exercise, Finding
from standards.services import findings as services
from tests import factories as make
from tests.journeys.test_every_page import faults_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def themes(exercise: Exercise, officer: User) -> list[Finding]:
    group = exercise.sessions.get().working_groups.first()
    comments = [make.comment(group, 1, f"Comment {place}") for place in range(3)]
    return [
        services.make_finding(
            exercise=exercise,
            kind="theme",
            values={"title": title, "comments": comments},
            by=officer,
        )
        for title in ("One", "Two", "Three")
    ]


@pytest.fixture
def there(exercise: Exercise) -> str:
    return f"/p/{exercise.partnership.slug}/exercises/{exercise.identifier}"


def shown(page) -> list[str]:
    return page.locator("#themes .app-finding__title > span:last-child").all_inner_texts()


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def press_moving(page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False])
def test_a_finding_moves_by_keyboard_and_keeps_the_focus(open_page, officer, themes, there, script):
    page = open_page(officer, java_script_enabled=script)
    page.goto(f"{there}/findings/")
    first = themes[0].identifier
    page.focus(f"#down-{first}")

    press_moving(page)
    assert shown(page) == ["Two", "One", "Three"]
    if script:
        assert focused(page) == f"down-{first}"
    press_moving(page)
    assert shown(page) == ["Two", "Three", "One"]
    if script:
        assert focused(page) == f"up-{first}"
    press_moving(page)
    assert shown(page) == ["Two", "One", "Three"]


def test_a_finding_is_dragged_to_its_place(open_page, officer, themes, there):
    page = open_page(officer)
    page.goto(f"{there}/findings/")
    handle = page.locator("#themes .app-arrange__handle")
    target = page.locator("#themes .app-finding").nth(2).bounding_box()

    for drop in (False, True):
        place = handle.nth(0).bounding_box()
        page.mouse.move(place["x"] + 8, place["y"] + 20)
        page.mouse.down()
        page.mouse.move(place["x"] + 8, target["y"] + target["height"] - 4, steps=6)
        assert shown(page) == ["Two", "Three", "One"]
        if not drop:
            page.keyboard.press("Escape")
            page.mouse.up()
            assert shown(page) == ["One", "Two", "Three"]
    with page.expect_navigation():
        page.mouse.up()

    assert shown(page) == ["Two", "Three", "One"]
    assert focused(page) == f"up-{themes[0].identifier}"


def test_a_finding_is_made_of_comments_by_keyboard_alone(open_page, officer, themes, there):
    page = open_page(officer)
    page.goto(f"{there}/comments/")
    page.focus("#id_comments_0")
    page.keyboard.press("Space")
    assert page.locator("[data-picked]").inner_text() == "1 comment picked"
    page.focus("button[value=make]")
    press_moving(page)
    page.focus("[name=kind][value=priority]")
    page.keyboard.press("Space")
    page.focus("[name=title]")
    page.keyboard.type("Say who decides")
    press_moving(page)

    page.wait_for_url("**/raised/")
    made = Finding.objects.get(kind="priority")
    assert (made.title, made.comments.count()) == ("Say who decides", 1)


def test_what_was_picked_is_still_picked_after_leaving(open_page, officer, themes, there):
    page = open_page(officer)
    page.goto(f"{there}/comments/")
    page.check("#id_comments_0", force=True)
    page.goto(f"{there}/findings/")
    page.wait_for_timeout(500)
    page.goto(f"{there}/comments/")

    assert page.locator("[data-picked]").inner_text() == "1 comment picked"
    assert page.is_checked("#id_comments_0")


def test_pages_that_write_findings_are_accessible_and_whole(open_page, officer, themes, there):
    one, two, _ = themes
    priority = services.make_finding(
        exercise=one.exercise, kind="priority", values={"title": "Say who decides"}, by=officer
    )
    raised = [
        services.make_attribution(finding=priority, values={"category": name}, by=officer)
        for name in ("Head teachers", "Parents", "Providers")
    ]
    services.remove_attribution(attribution=raised[2], version=1, by=officer)
    services.remove_finding(finding=two, version=1, by=officer)
    plan = make.plan(one.exercise, state="submitted")
    make.action(plan, "Publish one page").priorities.add(priority)
    page = open_page(officer)
    found = f"{there}/findings"
    pages = [
        f"{there}/comments/?standard=1",
        f"{found}/",
        f"{found}/new/",
        f"{found}/{one.identifier}/edit/",
        f"{found}/{priority.identifier}/raised/",
        f"{found}/{priority.identifier}/raised/{raised[0].identifier}/edit/",
        f"/p/{plan.partnership.slug}/plans/{plan.identifier}/priorities/{priority.identifier}/",
    ]

    faults = {address: faults_of(page, address) for address in pages}

    assert {address: found for address, found in faults.items() if found} == {}


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_a_long_comment_stands_beside_its_box(open_page, officer, exercise, themes, there, width):
    group = exercise.sessions.get().working_groups.first()
    comment = make.comment(group, 1, "A comment that takes several lines at any width. " * 6)
    services.link_comments(finding=themes[0], comments=[comment], by=officer)
    page = open_page(officer, viewport={"width": width, "height": 900})
    page.goto(f"{there}/findings/{themes[0].identifier}/edit/")

    for item in page.locator(".app-sources .govuk-checkboxes__item").all():
        box, said = (item.locator(part).bounding_box() for part in ("input", ".app-sources__said"))
        assert said["y"] < box["y"] + box["height"]
        assert said["x"] >= box["x"] + box["width"]

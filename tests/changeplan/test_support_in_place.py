"""Support asked for and changed where it stands in the plan: with a script, and without."""

import re
from html import unescape

import pytest
from playwright.sync_api import Page, expect

from changeplan.models import Action, ChangePlan, SupportAllocation
from partnership import records
from tests import factories as make
from tests.journeys.test_every_page import faults_at_widths
from tests.pages import MOST_QUERIES, ids, queries, words
from tests.writing import IN_PLACE, MOST_TO_SAVE, address, cost

TELEPHONE = {"width": 390, "height": 844}
CHANGE = re.compile(r"^Change\s+Help to agree$")
ASK = re.compile(r"^Ask for support\s+for standard 2$")


@pytest.fixture
def asked(plan) -> SupportAllocation:
    """Support for standards 1 and 2, in a plan whose first action serves both."""
    return make.support(make.entitlement(plan, "10"), "Help to agree", (1, 2), estimated="4")


@pytest.fixture
def by_priority(plan, action, asked) -> ChangePlan:
    """The same plan by improvement priority: the first action answers one, and asks for support."""
    ChangePlan.objects.filter(pk=plan.pk).update(arrangement="by_priority")
    action.priorities.add(make.priority(plan.exercise, "Say who decides"))
    asked.action = action
    asked.save()
    return plan


def sent(plan: ChangePlan, **more) -> dict:
    """What a browser sends of the form."""
    given = {"purpose": "Two workshops", "takes_form": "workshop", "events": "2"}
    return given | {"entitlement": plan.entitlements.get().pk} | more


def standard(plan: ChangePlan, number: int) -> int:
    return plan.exercise.framework.standards.get(number=number).pk


def ways_to_ask(plan: ChangePlan, action: Action) -> dict[str, str]:
    """The addresses of the form, by the part of the plan that it opens in."""
    return {
        "support-new-standard-2": address(plan, "allocation_new_for_standard", 2),
        f"support-new-action-{action.identifier}": address(
            plan, "allocation_new_for_action", action.identifier
        ),
        "support-new-other": address(plan, "allocation_new"),
    }


def opens(response) -> dict[str, str]:
    """The forms that a page opens in place: the address of each, and what it opens in."""
    html = unescape(response.content.decode())
    return dict(re.findall(r'hx-get="([^"]+)"\s+hx-target="#([^"]+)"', html))


def set_out_and_led_to(client, plan: ChangePlan, asked: SupportAllocation) -> tuple[int, int]:
    """How often the plan sets support out, and how often it only says where that is."""
    html, row = client.get(address(plan)).content.decode(), f"support-{asked.identifier}"
    led_to = re.findall(rf'Set out under\s+<a[^>]*href="#{row}"[^>]*>standard 1</a>', html)
    return html.count(f'id="{row}"'), len(led_to)


def test_a_plan_offers_to_ask_for_support_and_to_change_it_in_place(writing, plan, action, asked):
    page = writing.get(address(plan))
    known = opens(page)
    for into, place in ways_to_ask(plan, action).items():
        assert known[place] == into
        assert into in ids(page)
    change = address(plan, "allocation_edit", asked.identifier)
    assert known[change] == f"support-{asked.identifier}"
    assert f'href="{address(plan, "agreement", asked.identifier)}"' in page.content.decode()


def test_support_of_several_standards_is_set_out_once_and_led_to(writing, plan, asked):
    assert set_out_and_led_to(writing, plan, asked) == (1, 1)


def test_support_of_an_action_under_no_standard_is_set_out_under_its_own(writing, plan, asked):
    asked.action = plan.actions.get(heading="Think it over")
    asked.save()
    assert set_out_and_led_to(writing, plan, asked) == (1, 2)


def test_by_priority_support_is_changed_and_asked_for_under_its_action(
    writing, by_priority, action, asked
):
    page = writing.get(address(by_priority))
    known = opens(page)
    assert known[address(by_priority, "allocation_edit", asked.identifier)] in ids(page)
    ask = address(by_priority, "allocation_new_for_action", action.identifier)
    assert known[ask] in ids(page)
    assert set_out_and_led_to(writing, by_priority, asked) == (1, 0)


@pytest.mark.parametrize("headers", [IN_PLACE, {}])
def test_a_form_for_a_standard_or_an_action_says_so_already(writing, plan, action, asked, headers):
    for_standard, for_action, for_any = ways_to_ask(plan, action).values()
    html = [
        writing.get(place, headers=headers).content.decode()
        for place in (for_standard, for_action, for_any)
    ]
    assert ["Ask for support for standard 2" in page for page in html] == [True, False, False]
    assert f"Ask for support for “{action.heading}”" in html[1]
    ticked = [re.findall(r'name="standards" value="(\d+)"\s+checked', page) for page in html]
    assert ticked == [[str(standard(plan, 2))], [], []]
    chosen = [re.search(r'name="asked_by".*?</select>', page, re.DOTALL)[0] for page in html]
    own = f'<option value="{action.pk}" selected>'
    assert [own in choice for choice in chosen] == [False, True, False]


def test_only_in_place_the_form_comes_alone(writing, plan, action, asked):
    edit = {f"support-{asked.identifier}": address(plan, "allocation_edit", asked.identifier)}
    for into, place in (ways_to_ask(plan, action) | edit).items():
        alone = writing.get(place, headers=IN_PLACE).content.decode()
        assert "<html" not in alone
        assert f'id="place-{into}"' in alone
        assert f'action="{place}"' in alone
        page = words(writing.get(place))
        assert "Days of support" in page  # the ledger beside it
        own = IN_PLACE | {"HX-Current-URL": f"http://testserver{place}?x=1"}
        assert words(writing.get(place, headers=own)) == page


def test_what_the_way_to_the_form_names_is_the_plans(writing, plan, action, asked):
    elsewhere = make.action(make.plan(plan.exercise))
    for name, what in (
        ("allocation_new_for_standard", 99),
        ("allocation_new_for_action", elsewhere.identifier),
    ):
        assert writing.get(address(plan, name, what), headers=IN_PLACE).status_code == 404


def test_saved_in_place_the_plan_is_shown_as_its_reader_had_it(writing, plan, action, asked):
    shown = f"{address(plan)}?sort=due"
    here = IN_PLACE | {"HX-Current-URL": f"http://testserver{shown}"}
    for place in ways_to_ask(plan, action).values():
        answer = writing.post(place, sent(plan, asked_by=action.pk), headers=here)
        assert answer["Location"] == shown
        assert "The support is asked for." in words(writing.get(shown))
    edit = address(plan, "allocation_edit", asked.identifier)
    answer = writing.post(edit, sent(plan, version=1), headers=here)
    assert answer["Location"] == shown
    assert "Saved." in words(writing.get(shown))
    assert SupportAllocation.objects.filter(purpose="Two workshops").count() == 4


def test_without_a_script_a_row_of_the_plan_is_come_back_to(writing, plan, action, asked):
    for_standard, for_action, _ = ways_to_ask(plan, action).values()
    assert f'href="{address(plan)}#standard-2"' in writing.get(for_standard).content.decode()
    back = [writing.post(place, sent(plan))["Location"] for place in (for_standard, for_action)]
    row = f"action-{action.identifier}"
    assert back == [f"{address(plan)}#standard-2", f"{address(plan)}#{row}"]


def test_from_the_days_the_pages_of_the_days_are_come_back_to(writing, plan, asked):
    edit = address(plan, "allocation_edit", asked.identifier)
    new = writing.post(address(plan, "allocation_new"), sent(plan))
    made = SupportAllocation.objects.get(number=2)
    assert new["Location"] == address(plan, "allocation", made.identifier)
    changed = writing.post(edit, sent(plan, version=1))
    assert changed["Location"] == address(plan, "allocation", asked.identifier)


def test_what_is_wrong_comes_back_into_its_row(writing, plan, action, asked):
    edit = {f"support-{asked.identifier}": address(plan, "allocation_edit", asked.identifier)}
    for into, place in (ways_to_ask(plan, action) | edit).items():
        wrong = writing.post(place, sent(plan, purpose="", version=1), headers=IN_PLACE)
        assert (wrong.status_code, wrong["HX-Retarget"]) == (422, f"#place-{into}")
        assert "Enter what the support is for" in wrong.content.decode()


def test_two_in_the_same_support_see_both_texts_in_its_row(writing, plan, asked, officer):
    records.change(asked, changes={"purpose": "Theirs"}, version=1, by=officer)
    edit = address(plan, "allocation_edit", asked.identifier)
    given = sent(plan, purpose="Mine", version=1, standards=[standard(plan, 1), standard(plan, 2)])
    answer = writing.post(edit, given, headers=IN_PLACE)
    into = f"support-{asked.identifier}"
    assert (answer.status_code, answer["HX-Retarget"]) == (409, f"#place-{into}")
    html = answer.content.decode()
    assert "Theirs" in html
    assert f'form="form-{into}"' in html
    asked.refresh_from_db()
    assert asked.purpose == "Theirs"


def test_each_place_to_ask_in_keeps_a_draft_of_its_own(writing, plan, action, asked):
    edit = {"": address(plan, "allocation_edit", asked.identifier)}
    places = (edit | ways_to_ask(plan, action)).values()
    for number, place in enumerate(places):
        kept = {"place": place, "purpose": f"Half a thought {number}", "takes_form": "training"}
        assert writing.post("/drafts/", kept).status_code == 200
    for number, place in enumerate(places):
        for headers in (IN_PLACE, {}):
            html = writing.get(place, headers=headers).content.decode()
            assert f'value="Half a thought {number}"' in html
            assert re.search(r'name="takes_form" value="training"\s+checked', html)


def test_without_a_programme_asking_for_support_begins_with_one(writing, plan, action):
    first = address(plan, "entitlement_new")
    for place in ways_to_ask(plan, action).values():
        assert writing.get(place)["Location"] == first
        within = writing.get(place, headers=IN_PLACE)
        assert (within.status_code, within["HX-Redirect"]) == (200, first)
        assert "Name the programme that the support comes from" in words(writing.get(first))


@pytest.mark.parametrize("who", ["officer", "observer", "outsider"])
@pytest.mark.parametrize("headers", [IN_PLACE, {}])
def test_whoever_may_not_change_the_plan_is_refused(
    client, request, plan, action, asked, who, headers
):
    client.force_login(request.getfixturevalue(who))
    edit = address(plan, "allocation_edit", asked.identifier)
    for place in (edit, *ways_to_ask(plan, action).values()):
        assert client.get(place, headers=headers).status_code in (403, 404)
        assert client.post(place, sent(plan, version=1), headers=headers).status_code in (403, 404)
    page = client.get(address(plan)).content.decode()
    assert edit not in page
    assert "Ask for support" not in page
    assert SupportAllocation.objects.get().purpose == "Help to agree"


def test_while_the_plan_stands_its_rows_offer_no_change(writing, plan, action, asked):
    ChangePlan.objects.filter(pk=plan.pk).update(state="submitted")
    for page in (
        writing.get(address(plan)),
        writing.get(address(plan, "action", action.identifier)),
    ):
        assert "Ask for support" not in words(page)
        assert address(plan, "allocation_edit", asked.identifier) not in page.content.decode()


def test_the_page_of_an_action_leads_to_all_that_can_be_done_with_it(writing, plan, action, asked):
    page = writing.get(address(plan, "action", action.identifier)).content.decode()
    assert f'href="{address(plan, "allocation_new")}?action={action.identifier}"' in page
    assert f'href="{address(plan, "action_retire", action.identifier)}"' in page
    assert f'action="{address(plan, "action_copy", action.identifier)}"' in page


def test_a_copy_is_led_to(writing, plan, action):
    answer = writing.post(address(plan, "action_copy", action.identifier))
    copy = plan.actions.get(heading=f"Copy of {action.heading}")
    assert answer["Location"] == f"{address(plan)}#action-{copy.identifier}"
    assert f"action-{copy.identifier}" in ids(writing.get(address(plan)))


@pytest.mark.parametrize("rows", [1, 30])
def test_support_is_saved_in_place_in_few_queries_however_long_the_plan(
    writing, plan, action, asked, rows
):
    for number in range(rows):
        make.support(asked.entitlement, f"More {number}", (1, 2), action=make.action(plan))
    given = sent(plan, standards=[standard(plan, 2)], asked_by=action.pk)
    edit = address(plan, "allocation_edit", asked.identifier)

    ways = [edit, *ways_to_ask(plan, action).values()]
    taken = [cost(writing, way, given | {"version": 1}, headers=IN_PLACE) for way in ways]

    assert max(taken) <= MOST_TO_SAVE, taken
    assert queries(writing, address(plan)) <= MOST_QUERIES


@pytest.fixture
def telephone(live_server, open_page, manager, plan, asked) -> Page:
    page = open_page(manager, viewport=TELEPHONE)
    page.goto(address(plan))
    return page


def press(page: Page, name: "str | re.Pattern[str]", *, role: str = "link") -> None:
    """Go to what is named as the keyboard does, and press it."""
    page.get_by_role(role, name=name).focus()
    page.keyboard.press("Enter")


def test_support_is_changed_and_asked_for_by_keyboard_on_a_telephone(telephone, plan, asked):
    press(telephone, CHANGE)
    expect(telephone.locator(".app-place__heading:focus")).to_have_text("Support: Help to agree")
    telephone.get_by_label("What the support is for").fill("Help to decide")
    telephone.keyboard.press("Enter")
    row = telephone.locator(f"#support-{asked.identifier}")
    expect(row).to_contain_text("Help to decide")
    expect(row).to_be_focused()
    expect(telephone.locator("#said")).to_contain_text("Saved.")
    expect(telephone.locator("#said")).to_be_in_viewport()

    press(telephone, ASK)
    expect(telephone.locator(".app-place__heading:focus")).to_be_in_viewport()
    press(telephone, "Cancel")
    expect(telephone.get_by_role("link", name=ASK)).to_be_focused()
    telephone.keyboard.press("Enter")
    expect(telephone.locator(".app-place__heading:focus")).to_be_in_viewport()
    telephone.get_by_label("What the support is for").fill("Two workshops")
    press(telephone, "Save the support", role="button")
    expect(telephone.locator(".govuk-error-summary")).to_be_focused()
    telephone.get_by_label("Workshop", exact=True).focus()
    telephone.keyboard.press("Space")
    press(telephone, "Save the support", role="button")
    expect(telephone.locator("#standard-2")).to_contain_text("Two workshops")
    expect(telephone.locator("#standard-2 h3")).to_be_focused()
    assert telephone.url.endswith(address(plan))


def test_an_action_asks_for_support_without_leaving_its_row(telephone, plan, action):
    row = telephone.locator(f"#action-{action.identifier}")
    row.locator("summary").click()
    row.get_by_role("link", name="Ask for support").click()
    within = row.locator(".app-place")
    expect(within.get_by_label("The action that asks for it")).to_have_value(str(action.pk))
    expect(row.locator("h4").first).to_be_visible()
    within.get_by_label("What the support is for").fill("A review")
    within.get_by_label("Review", exact=True).check()
    within.get_by_role("button", name="Save the support").click()
    expect(telephone.locator("#standard-1")).to_contain_text("A review")
    assert SupportAllocation.objects.get(purpose="A review").action == action


def test_a_copy_is_seen_after_it_is_made(telephone, plan, action):
    row = telephone.locator(f"#action-{action.identifier}")
    row.locator("summary").click()
    row.get_by_role("button", name="Copy").click()
    copied = telephone.locator("h4", has_text=f"Copy of {action.heading}").first
    expect(copied).to_be_in_viewport()


def test_a_text_is_previewed_on_the_page_of_a_form_too(telephone, plan):
    telephone.goto(address(plan, "allocation_new_for_standard", 2))
    telephone.get_by_label(re.compile("^Detail")).fill("So **bold**.")
    telephone.get_by_role("button", name="Preview").click()
    expect(telephone.locator(".app-preview__text strong")).to_have_text("bold")


def test_the_plan_is_accessible_and_whole_with_forms_of_support_open(telephone):
    for name in (CHANGE, ASK):
        press(telephone, name)
        expect(telephone.locator(".app-place__heading:focus")).to_be_visible()
    expect(telephone.locator(".app-place")).to_have_count(2)
    assert faults_at_widths(telephone) == []

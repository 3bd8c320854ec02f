"""Every address of the site, and who gets what there. An address without a row fails."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from changeplan.models import Action, ChangePlan
from changeplan.services.states import keep_version
from papers.models import Paper
from papers.services.agendas import add_item
from standards.models import Session
from tests import factories as make

CAST = (
    "administrator",
    "manager",
    "officer",
    "board_member",
    "observer",
    "facilitator",
    "invited",
    "outsider",
    "anonymous",
)
EVERYONE = dict.fromkeys(CAST, 200)
SIGNED_IN = EVERYONE | {"anonymous": 302}
MEMBERS = SIGNED_IN | {"outsider": 404}
NOT_FACILITATORS = MEMBERS | {"facilitator": 403, "invited": 403}
NOT_OBSERVERS = MEMBERS | {"observer": 403}
WORKERS = NOT_FACILITATORS | {"board_member": 404, "observer": 404}
RUNNERS = MEMBERS | {"board_member": 403, "observer": 403}
SETTERS_UP = RUNNERS | {"invited": 403}
WORKERS_ALONE = SETTERS_UP | {"facilitator": 403}
PLAN_EDITORS = WORKERS | {"officer": 403}
DAYS_RECORDERS = NOT_FACILITATORS | dict.fromkeys(("officer", "board_member", "observer"), 403)
ITS_SENDER = PLAN_EDITORS | {"administrator": 404}  # the manager sent it
# A poll asks no more than whether one may run the exercise.
POLLS = RUNNERS | {"board_member": 404, "observer": 404, "anonymous": 404}
# In the room it counts who has a seat, and the board member has one. A paper record may also be
# written, and a sheet printed, by whoever runs the exercise.
SEATED = dict.fromkeys(CAST, 404) | {"board_member": 200, "anonymous": 302}
SEATED_OR_RUNNING = RUNNERS | {"board_member": 200, "observer": 404}
JOINING = EVERYONE | {"board_member": 302}  # straight on to the seat
API = EVERYONE | {"anonymous": 403}
API_MEMBERS = API | {"outsider": 404}
API_NOT_FACILITATORS = API_MEMBERS | {"facilitator": 403, "invited": 403}

# Address: (arguments by name, who gets which status). The arguments are made by `addresses`.
PAGES = {
    "home": ((), SIGNED_IN),
    "accessibility": ((), EVERYONE),
    "privacy": ((), EVERYONE),
    "help": ((), EVERYONE),
    "overview": (("slug",), MEMBERS),
    "partnership:people": (("slug",), MEMBERS),
    "partnership:meetings": (("slug",), MEMBERS),
    "partnership:meeting_new": (("slug",), WORKERS_ALONE),
    "partnership:meeting_rules": (("slug", "body"), WORKERS_ALONE),
    "partnership:meeting_edit": (("slug", "meeting"), WORKERS_ALONE),
    "partnership:meeting_call_off": (("slug", "meeting"), WORKERS_ALONE),
    "standards:exercises": (("slug",), MEMBERS),
    "standards:exercise": (("slug", "exercise"), MEMBERS),
    "standards:results": (("slug", "exercise"), MEMBERS),
    "standards:results_download": (("slug", "exercise", "table"), MEMBERS),
    "standards:comments_download": (("slug", "exercise"), NOT_OBSERVERS),
    "standards:findings": (("slug", "exercise"), MEMBERS),
    "standards:comments": (("slug", "exercise"), NOT_OBSERVERS),
    "standards:findings_history": (("slug", "exercise"), WORKERS_ALONE),
    "standards:finding_new": (("slug", "exercise"), WORKERS_ALONE),
    "standards:finding_edit": (("slug", "exercise", "finding"), WORKERS_ALONE),
    "standards:attributions": (("slug", "exercise", "finding"), WORKERS_ALONE),
    "standards:attribution_edit": (
        ("slug", "exercise", "finding", "attribution"),
        WORKERS_ALONE,
    ),
    "standards:standard": (("slug", "exercise", "number"), MEMBERS),
    "standards:exercise_new": (("slug",), SETTERS_UP),
    "standards:scale": (("slug", "framework"), SETTERS_UP),
    "standards:scale_level": (("slug", "framework", "number"), SETTERS_UP),
    "standards:exercise_edit": (("slug", "running"), RUNNERS),
    "standards:facilitators": (("slug", "running"), WORKERS_ALONE),
    "standards:exercise_close": (("slug", "running"), RUNNERS),
    "standards:session_new": (("slug", "running"), RUNNERS),
    "standards:session": (("slug", "session"), RUNNERS),
    "standards:session_edit": (("slug", "session"), RUNNERS),
    "standards:session_groups": (("slug", "session"), RUNNERS),
    "standards:session_group": (("slug", "session", "group"), RUNNERS),
    "standards:session_join": (("slug", "session"), RUNNERS),
    "standards:session_cards": (("slug", "session"), RUNNERS),
    "standards:session_board": (("slug", "session"), POLLS),
    "standards:session_projector": (("slug", "session"), RUNNERS),
    "standards:projector_poll": (("slug", "session"), POLLS),
    "standards:recorder": (("slug", "session", "group"), RUNNERS),
    "standards:score_reopen": (("slug", "session", "group", "number"), RUNNERS),
    "standards:score_correct": (
        ("slug", "closed_session", "closed_group", "number"),
        WORKERS_ALONE,
    ),
    "room:join": ((), EVERYONE),
    "room:join_key": (("key",), JOINING),
    "room:join_back": (("key",), EVERYONE),
    "room:group": (("group",), SEATED),
    "room:change": (("group",), SEATED),
    "room:people": (("group",), SEATED),
    "room:poll": (("group",), SEATED),
    "room:standard": (("group", "number"), SEATED),
    "room:record": (("group",), SEATED_OR_RUNNING | {"board_member": 403}),
    "room:sheet": (("group",), SEATED_OR_RUNNING),
    "changeplan:plans": (("slug",), NOT_FACILITATORS),
    "changeplan:plan": (("slug", "plan"), NOT_FACILITATORS),
    "changeplan:days": (("slug", "plan"), NOT_FACILITATORS),
    "changeplan:completeness": (("slug", "plan"), NOT_FACILITATORS),
    "changeplan:action": (("slug", "plan", "action"), NOT_FACILITATORS),
    "changeplan:priority": (("slug", "plan", "finding"), NOT_FACILITATORS),
    "changeplan:actions": (("slug", "plan"), NOT_FACILITATORS),
    "changeplan:timeline": (("slug", "plan"), NOT_FACILITATORS),
    "changeplan:history": (("slug", "plan"), WORKERS_ALONE),
    "changeplan:action_history": (("slug", "plan", "action"), WORKERS_ALONE),
    "changeplan:statement_history": (("slug", "plan", "statement"), WORKERS_ALONE),
    "changeplan:allocation_history": (("slug", "plan", "support"), WORKERS_ALONE),
    "changeplan:plan_download": (("slug", "plan", "table"), NOT_FACILITATORS),
    "changeplan:statement_new": (("slug", "draft_plan", "number"), PLAN_EDITORS),
    "changeplan:statement_edit": (("slug", "draft_plan", "draft_statement"), PLAN_EDITORS),
    "changeplan:action_new": (("slug", "draft_plan"), PLAN_EDITORS),
    "changeplan:action_new_for_standard": (("slug", "draft_plan", "number"), PLAN_EDITORS),
    "changeplan:action_new_for_priority": (("slug", "draft_plan", "finding"), PLAN_EDITORS),
    "changeplan:action_edit": (("slug", "draft_plan", "draft_action"), PLAN_EDITORS),
    "changeplan:action_retire": (("slug", "draft_plan", "draft_action"), PLAN_EDITORS),
    "changeplan:removed": (("slug", "draft_plan"), PLAN_EDITORS),
    "changeplan:progress": (
        ("slug", "plan", "action"),
        NOT_FACILITATORS | {"officer": 403, "board_member": 403, "observer": 403},
    ),
    "changeplan:entitlement_new": (("slug", "draft_plan"), PLAN_EDITORS),
    "changeplan:entitlement_edit": (("slug", "draft_plan", "draft_programme"), PLAN_EDITORS),
    "changeplan:entitlement_remove": (("slug", "draft_plan", "draft_programme"), PLAN_EDITORS),
    "changeplan:allocation": (("slug", "plan", "support"), NOT_FACILITATORS),
    "changeplan:allocation_new": (("slug", "draft_plan"), PLAN_EDITORS),
    "changeplan:allocation_edit": (("slug", "draft_plan", "draft_support"), PLAN_EDITORS),
    "changeplan:allocation_remove": (("slug", "draft_plan", "draft_support"), PLAN_EDITORS),
    "changeplan:agreement": (("slug", "plan", "support"), DAYS_RECORDERS),
    "changeplan:area": (("slug", "plan", "support"), DAYS_RECORDERS),
    "changeplan:delivery_new": (("slug", "plan", "support"), DAYS_RECORDERS),
    "changeplan:delivery_edit": (("slug", "plan", "support", "delivery"), DAYS_RECORDERS),
    "changeplan:delivery_remove": (("slug", "plan", "support", "delivery"), DAYS_RECORDERS),
    "changeplan:import_new": (("slug", "draft_plan"), PLAN_EDITORS),
    "changeplan:import_template": (("slug", "draft_plan", "book"), PLAN_EDITORS),
    "changeplan:import_columns": (("slug", "draft_plan", "sent"), ITS_SENDER),
    "changeplan:import_check": (("slug", "draft_plan", "sent"), ITS_SENDER),
    "changeplan:import_done": (("slug", "draft_plan", "imported"), ITS_SENDER),
    "changeplan:make": (
        ("slug",),
        NOT_FACILITATORS | {"officer": 403, "board_member": 403, "observer": 403},
    ),
    "changeplan:step": (
        ("slug", "plan", "step"),
        NOT_FACILITATORS | {"officer": 403, "board_member": 403, "observer": 403},
    ),
    "changeplan:versions": (("slug", "plan"), NOT_FACILITATORS),
    "changeplan:version": (("slug", "plan", "plan_version"), NOT_FACILITATORS),
    "changeplan:changes": (("slug", "plan"), NOT_FACILITATORS),
    "changeplan:carried": (("slug", "draft_plan"), PLAN_EDITORS),
    "changeplan:carried_edit": (("slug", "draft_plan", "kind", "carried"), PLAN_EDITORS),
    "papers:papers": (("slug",), NOT_FACILITATORS),
    "papers:start": (("slug",), WORKERS_ALONE),
    "papers:settings": (("slug",), WORKERS_ALONE | {"manager": 403}),
    "papers:logo": (("slug", "logo"), NOT_FACILITATORS),
    "papers:house_colour": (("slug", "colour"), NOT_FACILITATORS),
    "papers:about": (("slug", "paper"), WORKERS_ALONE),
    "papers:front_sheet": (("slug", "paper"), WORKERS_ALONE),
    "papers:line_new": (("slug", "paper"), WORKERS_ALONE),
    "papers:line_edit": (("slug", "paper", "line"), WORKERS_ALONE),
    "papers:agenda": (("slug", "meeting"), MEMBERS),
    "papers:agenda_item_new": (("slug", "meeting"), WORKERS_ALONE),
    "papers:agenda_item_edit": (("slug", "meeting", "item"), WORKERS_ALONE),
    "papers:agenda_paper": (("slug", "meeting", "item"), WORKERS_ALONE),
    "papers:paper_agenda": (("slug", "paper"), WORKERS_ALONE),
    "papers:paper": (("slug", "paper"), NOT_FACILITATORS),
    "papers:paper_download": (("slug", "paper", "format"), NOT_FACILITATORS),
    "papers:paper_file": (("slug", "paper", "format"), NOT_FACILITATORS),
    "papers:draft": (("slug", "paper"), WORKERS_ALONE),
    "papers:issue": (("slug", "paper"), WORKERS_ALONE),
    "papers:compose": (("slug", "paper"), WORKERS_ALONE),
    "papers:history": (("slug", "paper"), WORKERS_ALONE),
    "papers:section_new": (("slug", "paper"), WORKERS_ALONE),
    "papers:appendix_new": (("slug", "paper"), WORKERS_ALONE),
    "papers:section_below": (("slug", "paper", "section"), WORKERS_ALONE),
    "papers:section_edit": (("slug", "paper", "section"), WORKERS_ALONE),
    "papers:block_new": (("slug", "paper", "section", "what"), WORKERS_ALONE),
    "papers:block_below": (("slug", "paper", "block", "what"), WORKERS_ALONE),
    "papers:block_edit": (("slug", "paper", "block"), WORKERS_ALONE),
    "papers:recommendation_new": (("slug", "paper"), WORKERS_ALONE),
    "papers:recommendation_edit": (("slug", "paper", "asked"), WORKERS_ALONE),
    "papers:before_issue": (("slug", "paper"), WORKERS_ALONE),
    "papers:clearance_new": (("slug", "paper"), WORKERS_ALONE),
    "papers:clearance_withdraw": (("slug", "paper", "clearance"), WORKERS_ALONE),
    "papers:issues": (("slug", "paper"), NOT_FACILITATORS),
    "papers:issue_compare": (("slug", "paper"), NOT_FACILITATORS),
    "papers:issue_download": (("slug", "paper", "issue_number", "format"), NOT_FACILITATORS),
    "papers:decision_log": (("slug",), NOT_FACILITATORS),
    "papers:decision_log_download": (("slug",), NOT_FACILITATORS),
    "papers:action_decisions": (("slug", "plan", "action"), NOT_FACILITATORS),
    "papers:amendments": (("slug", "plan"), WORKERS_ALONE),
    "papers:decisions": (("slug", "paper"), NOT_FACILITATORS),
    "papers:decisions_record": (("slug", "undecided_paper"), WORKERS_ALONE),
    "papers:decision_amend": (("slug", "paper", "decision"), WORKERS_ALONE),
    "papers:decision_new": (("slug", "paper", "recommendation"), WORKERS_ALONE),
    "papers:decision_edit": (("slug", "paper", "decision"), WORKERS_ALONE),
    "api-index": ((), API),
    "api-schema": ((), API),
    "api-partnership-list": ((), API),
    "api-partnership-detail": (("slug",), API_MEMBERS),
    "api-exercise-list": ((), API),
    "api-exercise-detail": (("exercise",), API_MEMBERS),
    "api-exercise-results": (("exercise",), API_MEMBERS),
    "api-plan-list": ((), API),
    "api-plan-detail": (("plan",), API_NOT_FACILITATORS),
    "api-paper-list": ((), API),
    "api-paper-detail": (("paper",), API_NOT_FACILITATORS),
}
# Tested for each role in tests/standards/test_sessions.py and test_setup.py.
FACILITATORS_BUTTONS = {
    "standards:structure_copy",
    "standards:facilitator_remove",
    "standards:session_remove",
    "standards:session_open",
    "standards:session_close",
    "standards:session_code",
    "standards:session_offer",
    "standards:session_figures",
    "standards:group_remove",
}
# Tested for each role in tests/standards/test_room_buttons.py.
MEMBERS_BUTTONS = {
    "room:leave",
    "room:vote",
    "room:comment",
    "room:reveal",
    "room:agree",
    "room:reopen",
    "room:add_person",
    "room:claim",
    "room:new_code",
    "room:hand_over",
    "room:record_standard",
}
# Tested for each role in tests/standards/test_findings_raised.py.
FINDINGS_BUTTONS = {
    f"standards:{record}_{button}"
    for record in ("finding", "attribution")
    for button in ("move", "remove", "restore")
}
# Tested for each role in tests/changeplan/test_actions.py.
PLAN_BUTTONS = {
    "changeplan:statement_move",
    "changeplan:statement_remove",
    "changeplan:action_move",
    "changeplan:action_copy",
}
# Tested for each role in tests/changeplan/test_support_pages.py.
DAYS_BUTTONS = {"changeplan:allocation_move", "changeplan:agreement_withdraw"}
# Tested for each role in tests/partnership/test_meetings.py and tests/papers/test_agendas.py.
AGENDA_BUTTONS = {
    "partnership:meeting_bring_back",
    "papers:agenda_standing",
    "papers:agenda_item_move",
    "papers:agenda_item_remove",
    "papers:agenda_item_restore",
    "papers:agenda_paper_off",
}
# Tested for each role in tests/papers/test_composing_pages.py.
COMPOSING_BUTTONS = {
    f"papers:{record}_{button}"
    for record in ("section", "block", "recommendation")
    for button in ("move", "remove", "restore")
}
# The same addresses for a plan and a paper that are still drafts.
DRAFTS = {
    "changeplan:plan": (("slug", "draft_plan"), WORKERS),
    "changeplan:plan_download": (("slug", "draft_plan", "table"), WORKERS),
    "changeplan:days": (("slug", "draft_plan"), WORKERS),
    "changeplan:actions": (("slug", "draft_plan"), WORKERS),
    "changeplan:timeline": (("slug", "draft_plan"), WORKERS),
    "changeplan:history": (("slug", "draft_plan"), WORKERS),
    "papers:paper": (("slug", "draft_paper"), WORKERS),
    "papers:draft": (("slug", "draft_paper"), WORKERS),
    "papers:issue": (("slug", "draft_paper"), WORKERS),
    "papers:compose": (("slug", "draft_paper"), WORKERS),
    "papers:before_issue": (("slug", "draft_paper"), WORKERS),
    "papers:issues": (("slug", "draft_paper"), WORKERS),
    "papers:issue_compare": (("slug", "draft_paper"), WORKERS),
    "papers:paper_agenda": (("slug", "draft_paper"), WORKERS),
    "papers:paper_download": (("slug", "draft_paper", "format"), WORKERS),
    "papers:paper_file": (("slug", "draft_paper", "format"), WORKERS),
    "api-plan-detail": (
        ("draft_plan",),
        API_NOT_FACILITATORS | {"board_member": 404, "observer": 404},
    ),
    "api-paper-detail": (
        ("draft_paper",),
        API_NOT_FACILITATORS | {"board_member": 404, "observer": 404},
    ),
}
# Results of an exercise that is still open.
OPEN = {
    "standards:results": (
        ("slug", "open_exercise"),
        MEMBERS | {"board_member": 403, "observer": 403, "invited": 404},
    ),
    "standards:results_download": (
        ("slug", "open_exercise", "table"),
        MEMBERS | {"board_member": 403, "observer": 403, "invited": 404},
    ),
}
ENTRANCES = ("/accounts/login/", "/join/", "/room/")  # to sign in, to join, to one's own seat
POSTED = {
    "demo_sign_in",  # tested in tests/commissioning/test_sign_in.py
    "drafts:keep",  # and these in tests/partnership/test_drafts.py
    "drafts:discard",
    "papers:logo_drop",  # tested in tests/papers/test_house.py
    "papers:line_move",  # and these in tests/papers/test_front_sheet.py
    "papers:line_remove",
    "papers:file_check",  # and these in tests/papers/test_checks.py
    "papers:figures_checked",
    "papers:decision_confirm",  # and these in tests/papers/test_deciding.py
    "papers:decisions_confirm",
    "papers:decision_place",
    "papers:amendment_drop",  # and these in tests/papers/test_amending.py
    "papers:amendment_settle",
    "papers:amended_version",
    "changeplan:carried_settle",  # tested in tests/changeplan/test_carrying.py
    "changeplan:removal_undo",  # tested in tests/changeplan/test_history_pages.py
    "changeplan:import_forget",  # tested in tests/changeplan/exchange/test_importing_pages.py
}
OTHERS_WORK = ("account_",)  # django-allauth's own addresses


@pytest.fixture
def addresses(in_exercises, in_plans, in_papers, in_meetings) -> dict[str, str | int]:
    """What the addresses take, made for the partnership of the cast."""
    return in_exercises | in_plans | in_papers | in_meetings


@pytest.fixture
def in_exercises(partnership, exercise, invited, board_member) -> dict[str, str | int]:
    session = make.open_room(partnership)
    session.exercise.facilitators.add(invited)
    table = make.scores(session.working_groups.get(), "3")
    make.seat(table, board_member)
    closed = exercise.sessions.get()
    Session.objects.filter(pk=closed.pk).update(state="closed")
    finding = make.priority(exercise, "Say who decides")
    raised = finding.attributions.create(number=1, category="Head teachers")
    return {
        "slug": partnership.slug,
        "exercise": exercise.identifier,
        "open_exercise": make.exercise(partnership, state="open").identifier,
        "number": 1,
        "framework": exercise.framework.slug,
        "running": session.exercise.identifier,
        "session": session.identifier,
        "group": table.identifier,
        "key": session.join_key or "",
        "closed_session": closed.identifier,
        "closed_group": closed.working_groups.first().identifier,
        "finding": finding.identifier,
        "attribution": raised.identifier,
    }


@pytest.fixture
def plan(exercise) -> ChangePlan:
    return make.plan(exercise, state=ChangePlan.State.SUBMITTED)


@pytest.fixture
def draft(exercise) -> ChangePlan:
    return make.plan(exercise)


@pytest.fixture
def in_plans(plan, draft, manager) -> dict[str, str | int]:
    action = Action.objects.create(plan=plan, number=1, heading="Agree one plan")
    support = make.support(make.entitlement(plan), "A workshop")
    draft_support = make.support(make.entitlement(draft), "A workshop")
    return {
        "plan": plan.identifier,
        "draft_plan": draft.identifier,
        "action": action.identifier,
        "draft_action": make.action(draft).identifier,
        "draft_statement": make.status(draft, 1, "A plan is on its way.").identifier,
        "carried": make.action(draft, to_confirm=True).identifier,
        "kind": "action",
        "plan_version": keep_version(plan=plan, note="", by=manager, at=timezone.now()).number,
        "step": "withdraw",
        "statement": make.status(plan, 1, "A plan is in place.").identifier,
        "support": support.identifier,
        "delivery": make.delivery(support, "1").identifier,
        "draft_programme": draft_support.entitlement.identifier,
        "draft_support": draft_support.identifier,
        "sent": make.sent_file(draft, manager).identifier,
        "imported": make.sent_file(draft, manager, applied_at=timezone.now()).identifier,
    }


@pytest.fixture
def in_meetings(partnership, officer) -> dict[str, str | int]:
    board = make.group(partnership)
    meeting = make.meeting(board, "2999-03-14")
    item = add_item(meeting=meeting, title="Apologies", by=officer)
    return {"body": board.pk, "meeting": meeting.identifier, "item": item.identifier}


def _undecided(plan) -> Paper:
    """A paper that asks for a decision which nobody has recorded."""
    paper = make.paper(plan, state=Paper.State.PUBLISHED)
    board = make.group(plan.partnership)
    paper.recommendations.create(number=1, asked_of=board, text="note it")
    return paper


@pytest.fixture
def in_papers(plan, draft) -> dict[str, str | int]:
    paper = make.paper(plan, state=Paper.State.PUBLISHED)
    return {
        "paper": paper.identifier,
        "section": paper.sections.all()[0].identifier,
        "block": paper.sections.all()[0].blocks.all()[0].identifier,
        "what": "paragraph",
        "line": paper.front_sheet.create(number=1, label="Wards").pk,
        "logo": make.logo(plan.partnership).digest,
        "colour": "6b2d5c",
        "clearance": make.clearance(paper).identifier,
        "issue_number": make.issued(paper).number,
        "recommendation": "1",
        "decision": make.decision(paper).identifier,
        "asked": paper.recommendations.all()[0].identifier,
        "undecided_paper": _undecided(plan).identifier,
        "draft_paper": make.paper(draft).identifier,
        "format": "html",
        "table": "csv",
        "book": "xlsx",
    }


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        pytest.param(name, *row, id=f"{name}-{case}")
        for case, table in {"public": PAGES, "draft": DRAFTS, "open": OPEN}.items()
        for name, row in table.items()
    ],
)
def test_address_answers_each_role(name, arguments, expected, addresses, request):
    address = reverse(name, args=[addresses[argument] for argument in arguments])
    found = {}
    for who in CAST:
        client = Client()
        if who != "anonymous":
            client.force_login(request.getfixturevalue(who))
        response = client.get(address)
        found[who] = response.status_code
        if response.status_code == 302:
            assert response["Location"].startswith(ENTRANCES)
    assert found == expected


def test_every_address_has_a_row():
    named = set(_names(get_resolver().url_patterns))
    ours = {name for name in named if not name.startswith(OTHERS_WORK)}
    buttons = (
        FACILITATORS_BUTTONS | MEMBERS_BUTTONS | FINDINGS_BUTTONS | PLAN_BUTTONS | DAYS_BUTTONS
    )
    assert ours == PAGES.keys() | POSTED | buttons | AGENDA_BUTTONS | COMPOSING_BUTTONS
    assert DRAFTS.keys() | OPEN.keys() <= PAGES.keys()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_address_refuses_what_it_does_not_take(name, addresses, client, manager):
    client.force_login(manager)
    address = reverse(name, args=[addresses[argument] for argument in PAGES[name][0]])
    if "slug" in PAGES[name][0]:
        assert client.get(address.replace(addresses["slug"], "nowhere")).status_code == 404
    if "exercise" in PAGES[name][0]:
        assert client.get(address.replace(addresses["exercise"], "zzzz")).status_code == 404


def _names(patterns: list, namespace: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            found.append(f"{namespace}{pattern.name}")
    return found

"""Every address of the site, and who gets what there. An address without a row fails."""

import re

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
from tests.addresses import (
    AGENDA_BUTTONS,
    CAST,
    COMPOSING_BUTTONS,
    DAYS_BUTTONS,
    DRAFTS,
    ENTRANCES,
    FACILITATORS_BUTTONS,
    FINDINGS_BUTTONS,
    MEMBERS_BUTTONS,
    OPEN,
    PAGES,
    PLAN_BUTTONS,
    POSTED,
)

OTHERS_WORK = ("account_",)  # django-allauth's own addresses
NAMED = re.compile(r"<title>\s*[^\s–].*?</title>.*<h1[^>]*>(?!\s*</h1>)", re.DOTALL)
ROOMS = ("site", "api", "partnership", "standards", "changeplan", "papers")


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


@pytest.fixture
def clients(request) -> dict[str, Client]:
    """A client for everybody in the cast."""
    made = {who: Client() for who in CAST}
    for who in set(CAST) - {"anonymous"}:
        made[who].force_login(request.getfixturevalue(who))
    return made


@pytest.mark.parametrize("table", [PAGES, DRAFTS, OPEN], ids=["public", "draft", "open"])
@pytest.mark.parametrize("room", ROOMS)
def test_addresses_answer_each_role(room, table, addresses, clients):
    wrong = {}
    for name, (arguments, expected) in table.items():
        if room_of(name) == room:
            address = reverse(name, args=[addresses[argument] for argument in arguments])
            found = {who: answer(client, address) for who, client in clients.items()}
            if found != expected:
                wrong[name] = {who: found[who] for who in CAST if found[who] != expected[who]}
    assert wrong == {}


def answer(client: Client, address: str) -> int:
    response = client.get(address)
    if response.status_code == 302:
        assert response["Location"].startswith(ENTRANCES), address
    elif not response.streaming and b"<title>" in response.content:
        assert NAMED.search(response.content.decode()), f"{address}: no title or no heading"
    return response.status_code


def room_of(name: str) -> str:
    return name.partition(":")[0] if ":" in name else "api" if name.startswith("api") else "site"


def test_every_address_has_a_row():
    named = set(_names(get_resolver().url_patterns))
    ours = {name for name in named if not name.startswith(OTHERS_WORK)}
    buttons = (
        FACILITATORS_BUTTONS | MEMBERS_BUTTONS | FINDINGS_BUTTONS | PLAN_BUTTONS | DAYS_BUTTONS
    )
    assert ours == PAGES.keys() | POSTED | buttons | AGENDA_BUTTONS | COMPOSING_BUTTONS
    assert DRAFTS.keys() | OPEN.keys() <= PAGES.keys()


@pytest.mark.parametrize("room", ROOMS)
def test_addresses_refuse_what_they_do_not_take(room, addresses, client, manager):
    client.force_login(manager)
    found = {}
    for name, (arguments, _) in PAGES.items():
        for unknown in {"slug", "exercise"} & set(arguments) if room_of(name) == room else ():
            given = addresses | {unknown: "zzzzzzzzzzzz"}
            address = reverse(name, args=[given[argument] for argument in arguments])
            found[name, unknown] = client.get(address).status_code
    assert {place: status for place, status in found.items() if status != 404} == {}


def _names(patterns: list, namespace: str = "") -> list[str]:
    found: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            found.append(f"{namespace}{pattern.name}")
    return found

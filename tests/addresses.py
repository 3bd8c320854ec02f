"""Every address of the site, and who gets what there: rows for test_permissions.py."""

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
    "papers:meeting_new": (("slug",), WORKERS_ALONE),
    "papers:meeting_rules": (("slug", "body"), WORKERS_ALONE),
    "papers:meeting_edit": (("slug", "meeting"), WORKERS_ALONE),
    "papers:meeting_call_off": (("slug", "meeting"), WORKERS_ALONE),
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
    "changeplan:allocation_new_for_standard": (("slug", "draft_plan", "number"), PLAN_EDITORS),
    "changeplan:allocation_new_for_action": (("slug", "draft_plan", "draft_action"), PLAN_EDITORS),
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
    "papers:figures": (("slug", "paper"), WORKERS_ALONE),
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
    "papers:meeting_bring_back",
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
    "papers:figures": (("slug", "draft_paper"), WORKERS),
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

"""Addresses of a partnership's board papers, under /p/<slug>/."""

from django.urls import path, re_path

from .views import (
    agendas,
    amending,
    checking,
    clearing,
    comparing,
    composing,
    composing_blocks,
    composing_parts,
    deciding,
    deciding_log,
    files,
    front_sheet,
    house,
    issuing,
    meetings,
    reading,
    starting,
)

app_name = "papers"
COMPOSE = "papers/<slug:identifier>/compose"
SECTION = f"{COMPOSE}/sections/<slug:section>"
BLOCK = f"{COMPOSE}/blocks/<slug:block>"
RECOMMENDATION = f"{COMPOSE}/recommendations/<slug:recommendation>"
PARTS = {"section": SECTION, "block": BLOCK, "recommendation": RECOMMENDATION}
MOVED = {
    "move": ("move", composing_parts.part_move),
    "remove": ("remove", composing_parts.part_remove),
    "restore": ("bring-back", composing_parts.part_restore),
}
MEETING = "meetings/<slug:meeting>"
ITEM = f"{MEETING}/items/<slug:item>"
LINE = "^papers/(?P<identifier>[-a-zA-Z0-9_]+)/front-sheet/(?P<line>[0-9]{1,9})/"
urlpatterns = [
    path("meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("meetings/rules/<int:group>/", meetings.meeting_rules, name="meeting_rules"),
    path("meetings/<slug:identifier>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path(
        "meetings/<slug:identifier>/call-off/", meetings.meeting_call_off, name="meeting_call_off"
    ),
    path(
        "meetings/<slug:identifier>/bring-back/",
        meetings.meeting_bring_back,
        name="meeting_bring_back",
    ),
    path(f"{MEETING}/", agendas.agenda, name="agenda"),
    path(f"{MEETING}/standing/", agendas.agenda_standing, name="agenda_standing"),
    path(f"{MEETING}/items/new/", agendas.agenda_item_new, name="agenda_item_new"),
    path(f"{ITEM}/", agendas.agenda_item_edit, name="agenda_item_edit"),
    path(f"{ITEM}/move/", agendas.agenda_item_move, name="agenda_item_move"),
    path(f"{ITEM}/remove/", agendas.agenda_item_remove, name="agenda_item_remove"),
    path(f"{ITEM}/bring-back/", agendas.agenda_item_restore, name="agenda_item_restore"),
    path(f"{ITEM}/paper/", agendas.agenda_paper, name="agenda_paper"),
    path(
        f"{ITEM}/papers/<slug:identifier>/off/", agendas.agenda_paper_off, name="agenda_paper_off"
    ),
    path("papers/<slug:identifier>/agenda/", agendas.paper_agenda, name="paper_agenda"),
    path("papers/", reading.papers, name="papers"),
    path("papers/start/", starting.start, name="start"),
    path("papers/<slug:identifier>/about/", starting.about, name="about"),
    path("papers/<slug:identifier>/front-sheet/", front_sheet.front_sheet, name="front_sheet"),
    path("papers/<slug:identifier>/front-sheet/new/", front_sheet.line_new, name="line_new"),
    re_path(f"{LINE}$", front_sheet.line_edit, name="line_edit"),
    re_path(f"{LINE}move/$", front_sheet.line_move, name="line_move"),
    re_path(f"{LINE}remove/$", front_sheet.line_remove, name="line_remove"),
    path("papers/settings/", house.settings, name="settings"),
    path("papers/settings/logo/remove/", house.logo_drop, name="logo_drop"),
    re_path("^papers/logos/(?P<digest>[0-9a-f]{64}).png$", house.logo, name="logo"),
    re_path(
        "^papers/colours/(?P<colour>[0-9a-f]{6}).css$", house.house_colour, name="house_colour"
    ),
    path("decisions/", deciding_log.decision_log, name="decision_log"),
    path(
        "decisions/decisions.csv", deciding_log.decision_log_download, name="decision_log_download"
    ),
    path(
        "decisions/plans/<slug:identifier>/<slug:action>/",
        deciding_log.action_decisions,
        name="action_decisions",
    ),
    path("plans/<slug:identifier>/amendments/", amending.amendments, name="amendments"),
    path(
        "plans/<slug:identifier>/amendments/form/", amending.amended_version, name="amended_version"
    ),
    path(
        "plans/<slug:identifier>/amendments/<slug:amendment>/",
        amending.amendment_settle,
        name="amendment_settle",
    ),
    path("papers/<slug:identifier>/", reading.paper, name="paper"),
    path("papers/<slug:identifier>/draft/", reading.draft, name="draft"),
    path("papers/<slug:identifier>/issue/", issuing.issue, name="issue"),
    path("papers/<slug:identifier>/before-issue/", checking.before_issue, name="before_issue"),
    path("papers/<slug:identifier>/before-issue/file/", checking.file_check, name="file_check"),
    path(
        "papers/<slug:identifier>/before-issue/figures/<slug:block>/",
        checking.figures_checked,
        name="figures_checked",
    ),
    path("papers/<slug:identifier>/clearances/new/", clearing.clearance_new, name="clearance_new"),
    path(
        "papers/<slug:identifier>/clearances/<slug:clearance>/withdraw/",
        clearing.clearance_withdraw,
        name="clearance_withdraw",
    ),
    path("papers/<slug:identifier>/issues/", comparing.issues, name="issues"),
    path("papers/<slug:identifier>/issues/compare/", comparing.issue_compare, name="issue_compare"),
    path(
        "papers/<slug:identifier>/issues/<int:number>/file.<slug:format>",
        comparing.issue_download,
        name="issue_download",
    ),
    path("papers/<slug:identifier>/decisions/", deciding.decisions, name="decisions"),
    path(
        "papers/<slug:identifier>/decisions/record/",
        deciding.decisions_record,
        name="decisions_record",
    ),
    path(
        "papers/<slug:identifier>/decisions/confirm/",
        deciding.decisions_confirm,
        name="decisions_confirm",
    ),
    path(
        "papers/<slug:identifier>/decisions/new/<int:number>/",
        deciding.decision_new,
        name="decision_new",
    ),
    path(
        "papers/<slug:identifier>/decisions/<slug:decision>/",
        deciding.decision_edit,
        name="decision_edit",
    ),
    path(
        "papers/<slug:identifier>/decisions/<slug:decision>/confirm/",
        deciding.decision_confirm,
        name="decision_confirm",
    ),
    path(
        "papers/<slug:identifier>/decisions/<slug:decision>/place/",
        deciding.decision_place,
        name="decision_place",
    ),
    path(
        "papers/<slug:identifier>/decisions/<slug:decision>/amendments/",
        amending.decision_amend,
        name="decision_amend",
    ),
    path(
        "papers/<slug:identifier>/decisions/<slug:decision>/amendments/<slug:amendment>/drop/",
        amending.amendment_drop,
        name="amendment_drop",
    ),
    path(
        "papers/<slug:identifier>/file.<slug:format>", files.paper_download, name="paper_download"
    ),
    path("papers/<slug:identifier>/files/<slug:format>/", files.paper_file, name="paper_file"),
    path(f"{COMPOSE}/", composing.compose, name="compose"),
    path("papers/<slug:identifier>/history/", composing.history, name="history"),
    path(f"{COMPOSE}/figures/", composing_blocks.figures_beside, name="figures"),
    path(f"{COMPOSE}/new-section/", composing.section_new, name="section_new"),
    path(
        f"{COMPOSE}/new-appendix/",
        composing.section_new,
        {"is_appendix": True},
        name="appendix_new",
    ),
    path(f"{SECTION}/below/", composing.section_new, name="section_below"),
    path(f"{SECTION}/edit/", composing.section_edit, name="section_edit"),
    path(f"{SECTION}/new-<slug:what>/", composing_blocks.block_new, name="block_new"),
    path(f"{BLOCK}/below/<slug:what>/", composing_blocks.block_below, name="block_below"),
    path(f"{BLOCK}/edit/", composing_blocks.block_edit, name="block_edit"),
    path(f"{COMPOSE}/new-recommendation/", composing.recommendation_new, name="recommendation_new"),
    path(f"{RECOMMENDATION}/edit/", composing.recommendation_edit, name="recommendation_edit"),
    *(
        path(f"{part}/{way}/", view, {"kind": kind}, name=f"{kind}_{act}")
        for kind, part in PARTS.items()
        for act, (way, view) in MOVED.items()
    ),
]

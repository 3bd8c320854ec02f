"""Addresses of a partnership's change plans, under /p/<slug>/."""

from django.urls import path

from .views import (
    actions,
    actions_list,
    days,
    entries,
    exporting,
    history,
    importing,
    making,
    priorities,
    progress,
    reading,
    states,
    support,
    timeline,
    versions,
)

app_name = "changeplan"
DAYS = "plans/<slug:identifier>/days"
SUPPORT = f"{DAYS}/support/<slug:support>"
PROGRAMME = f"{DAYS}/programmes/<slug:programme>"
DELIVERY = f"{SUPPORT}/deliveries/<slug:delivery>"
PLAN = "plans/<slug:identifier>"
IMPORT = f"{PLAN}/import"
STATEMENT = f"{PLAN}/status/<slug:statement>"
ACTION = f"{PLAN}/actions/<slug:action>"
CARRIED = "plans/<slug:identifier>/carried/<slug:kind>/<slug:record>"

urlpatterns = [
    path("plans/", reading.plans, name="plans"),
    path("plans/new/", making.make, name="make"),
    path("plans/<slug:identifier>/", reading.plan, name="plan"),
    path("plans/<slug:identifier>/days/", reading.days, name="days"),
    path("plans/<slug:identifier>/completeness/", reading.completeness, name="completeness"),
    path(
        "plans/<slug:identifier>/change-plan.<slug:format>",
        exporting.plan_download,
        name="plan_download",
    ),
    path(f"{IMPORT}/", importing.import_new, name="import_new"),
    path(f"{IMPORT}/template.<slug:format>", exporting.template_download, name="import_template"),
    path(f"{IMPORT}/<slug:sent>/columns/", importing.import_columns, name="import_columns"),
    path(f"{IMPORT}/<slug:sent>/check/", importing.import_check, name="import_check"),
    path(f"{IMPORT}/<slug:sent>/done/", importing.import_done, name="import_done"),
    path(f"{IMPORT}/<slug:sent>/forget/", importing.import_forget, name="import_forget"),
    path("plans/<slug:identifier>/actions/", actions_list.actions_list, name="actions"),
    path("plans/<slug:identifier>/timeline/", timeline.timeline, name="timeline"),
    path("plans/<slug:identifier>/history/", history.history, name="history"),
    path(
        "plans/<slug:identifier>/history/<slug:kind>/<slug:record>/bring-back/",
        history.removal_undo,
        name="removal_undo",
    ),
    path(
        "plans/<slug:identifier>/status/<slug:statement>/history/",
        history.statement_history,
        name="statement_history",
    ),
    path(
        "plans/<slug:identifier>/days/support/<slug:support>/history/",
        history.allocation_history,
        name="allocation_history",
    ),
    path(f"{PLAN}/standards/<int:number>/status/new/", entries.statement_new, name="statement_new"),
    path(f"{STATEMENT}/edit/", entries.statement_edit, name="statement_edit"),
    path(f"{STATEMENT}/move/", entries.statement_move, name="statement_move"),
    path(f"{STATEMENT}/remove/", entries.statement_remove, name="statement_remove"),
    path(f"{PLAN}/actions/new/", actions.action_new, name="action_new"),
    path(
        f"{PLAN}/standards/<int:number>/actions/new/",
        actions.action_new,
        name="action_new_for_standard",
    ),
    path(
        f"{PLAN}/priorities/<slug:priority>/actions/new/",
        actions.action_new,
        name="action_new_for_priority",
    ),
    path(f"{PLAN}/priorities/<slug:priority>/", priorities.priority, name="priority"),
    path(f"{PLAN}/removed/", actions.removed, name="removed"),
    path(f"{ACTION}/edit/", actions.action_edit, name="action_edit"),
    path(f"{ACTION}/move/", actions.action_move, name="action_move"),
    path(f"{ACTION}/copy/", actions.action_copy, name="action_copy"),
    path(f"{ACTION}/retire/", actions.action_retire, name="action_retire"),
    path(f"{ACTION}/progress/", progress.progress, name="progress"),
    path("plans/<slug:identifier>/actions/<slug:action>/", reading.action, name="action"),
    path(
        "plans/<slug:identifier>/actions/<slug:action>/history/",
        history.action_history,
        name="action_history",
    ),
    path(f"{DAYS}/programmes/new/", support.entitlement_new, name="entitlement_new"),
    path(f"{PROGRAMME}/", support.entitlement_edit, name="entitlement_edit"),
    path(f"{PROGRAMME}/remove/", support.entitlement_remove, name="entitlement_remove"),
    path(f"{DAYS}/support/new/", support.allocation_new, name="allocation_new"),
    path(
        f"{PLAN}/standards/<int:number>/support/new/",
        support.allocation_new,
        name="allocation_new_for_standard",
    ),
    path(f"{ACTION}/support/new/", support.allocation_new, name="allocation_new_for_action"),
    path(f"{SUPPORT}/", support.allocation, name="allocation"),
    path(f"{SUPPORT}/edit/", support.allocation_edit, name="allocation_edit"),
    path(f"{SUPPORT}/move/", support.allocation_move, name="allocation_move"),
    path(f"{SUPPORT}/remove/", support.allocation_remove, name="allocation_remove"),
    path(f"{SUPPORT}/agree/", days.agreement, name="agreement"),
    path(f"{SUPPORT}/withdraw/", days.agreement_withdraw, name="agreement_withdraw"),
    path(f"{SUPPORT}/area/", days.area, name="area"),
    path(f"{SUPPORT}/deliveries/new/", days.delivery_new, name="delivery_new"),
    path(f"{DELIVERY}/", days.delivery_edit, name="delivery_edit"),
    path(f"{DELIVERY}/remove/", days.delivery_remove, name="delivery_remove"),
    path("plans/<slug:identifier>/state/<slug:step>/", states.step, name="step"),
    path("plans/<slug:identifier>/versions/", versions.versions, name="versions"),
    path("plans/<slug:identifier>/versions/<int:number>/", versions.version, name="version"),
    path("plans/<slug:identifier>/changes/", versions.changes, name="changes"),
    path("plans/<slug:identifier>/carried/", making.carried, name="carried"),
    path(f"{CARRIED}/", making.carried_edit, name="carried_edit"),
    path(f"{CARRIED}/settle/", making.carried_settle, name="carried_settle"),
]

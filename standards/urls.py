"""Addresses of a partnership's exercises, under /p/<slug>/."""

from django.urls import path

from .views import (
    attributions,
    comments,
    downloads,
    exercises,
    findings,
    live,
    results,
    scale,
    sessions,
    setup,
    standards,
)

app_name = "standards"
urlpatterns = [
    path("exercises/", exercises.exercises, name="exercises"),
    path("scale/<slug:framework>/", scale.scale, name="scale"),
    path("scale/<slug:framework>/<int:value>/", scale.scale_level, name="scale_level"),
    path("exercises/new/", setup.exercise_new, name="exercise_new"),
    path("exercises/<slug:identifier>/", exercises.exercise, name="exercise"),
    path("exercises/<slug:identifier>/results/", results.results, name="results"),
    path(
        "exercises/<slug:identifier>/results-comments.csv",
        downloads.comments_download,
        name="comments_download",
    ),
    path(
        "exercises/<slug:identifier>/results.<str:format>",
        downloads.results_download,
        name="results_download",
    ),
    path("exercises/<slug:identifier>/findings/", findings.findings, name="findings"),
    path(
        "exercises/<slug:identifier>/findings/history/",
        findings.findings_past,
        name="findings_history",
    ),
    path("exercises/<slug:identifier>/findings/new/", findings.finding_new, name="finding_new"),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/edit/",
        findings.finding_edit,
        name="finding_edit",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/move/",
        findings.finding_move,
        name="finding_move",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/remove/",
        findings.finding_remove,
        name="finding_remove",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/restore/",
        findings.finding_restore,
        name="finding_restore",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/raised/",
        attributions.attributions,
        name="attributions",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/raised/<slug:attribution>/edit/",
        attributions.attribution_edit,
        name="attribution_edit",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/raised/<slug:attribution>/move/",
        attributions.attribution_move,
        name="attribution_move",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/raised/<slug:attribution>/remove/",
        attributions.attribution_remove,
        name="attribution_remove",
    ),
    path(
        "exercises/<slug:identifier>/findings/<slug:finding>/raised/<slug:attribution>/restore/",
        attributions.attribution_restore,
        name="attribution_restore",
    ),
    path("exercises/<slug:identifier>/comments/", comments.comments, name="comments"),
    path(
        "exercises/<slug:identifier>/standards/<int:number>/", standards.standard, name="standard"
    ),
    path("exercises/<slug:identifier>/edit/", setup.exercise_edit, name="exercise_edit"),
    path("exercises/<slug:identifier>/copy/", setup.structure_copy, name="structure_copy"),
    path("exercises/<slug:identifier>/facilitators/", setup.facilitators, name="facilitators"),
    path(
        "exercises/<slug:identifier>/facilitators/<slug:person>/remove/",
        setup.facilitator_remove,
        name="facilitator_remove",
    ),
    path("exercises/<slug:identifier>/close/", setup.exercise_close, name="exercise_close"),
    path("exercises/<slug:identifier>/sessions/new/", sessions.session_new, name="session_new"),
    path("sessions/<slug:identifier>/", live.session, name="session"),
    path("sessions/<slug:identifier>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<slug:identifier>/remove/", sessions.session_remove, name="session_remove"),
    path("sessions/<slug:identifier>/open/", sessions.session_open, name="session_open"),
    path("sessions/<slug:identifier>/close/", sessions.session_close, name="session_close"),
    path("sessions/<slug:identifier>/code/", sessions.session_code, name="session_code"),
    path("sessions/<slug:identifier>/offer/", sessions.session_offer, name="session_offer"),
    path("sessions/<slug:identifier>/figures/", sessions.session_figures, name="session_figures"),
    path("sessions/<slug:identifier>/join/", sessions.session_join, name="session_join"),
    path("sessions/<slug:identifier>/cards/", sessions.session_cards, name="session_cards"),
    path("sessions/<slug:identifier>/board/", live.session_board, name="session_board"),
    path("sessions/<slug:identifier>/projector/", live.session_projector, name="session_projector"),
    path("sessions/<slug:identifier>/projector/poll/", live.projector_poll, name="projector_poll"),
    path("sessions/<slug:identifier>/groups/", sessions.session_groups, name="session_groups"),
    path(
        "sessions/<slug:identifier>/groups/<slug:group>/",
        sessions.session_group,
        name="session_group",
    ),
    path(
        "sessions/<slug:identifier>/groups/<slug:group>/remove/",
        sessions.group_remove,
        name="group_remove",
    ),
    path(
        "sessions/<slug:identifier>/groups/<slug:group>/recorder/", live.recorder, name="recorder"
    ),
    path(
        "sessions/<slug:identifier>/groups/<slug:group>/standards/<int:number>/reopen/",
        live.score_reopen,
        name="score_reopen",
    ),
    path(
        "sessions/<slug:identifier>/groups/<slug:group>/standards/<int:number>/correct/",
        live.score_correct,
        name="score_correct",
    ),
]

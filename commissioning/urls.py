"""Every address of the site, room by room."""

from django.urls import include, path

from . import overview, views

urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/", include("allauth.account.urls")),
    path("demonstration/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.help_page, name="help"),
    path("api/v1/", include("commissioning.api_urls")),
    path("drafts/", include("partnership.draft_urls")),
    path("", include("standards.room_urls")),
    path("p/<slug:slug>/", overview.overview, name="overview"),
    path("p/<slug:slug>/", include("partnership.urls")),
    path("p/<slug:slug>/", include("standards.urls")),
    path("p/<slug:slug>/", include("changeplan.urls")),
    path("p/<slug:slug>/", include("papers.urls")),
]

handler400 = "commissioning.errors.bad_request"
handler403 = "commissioning.errors.forbidden"
handler404 = "commissioning.errors.not_found"
handler500 = "commissioning.errors.server_error"

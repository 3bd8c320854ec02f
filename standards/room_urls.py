"""Addresses of the room: how one comes in, and what a member of a working group uses."""

from django.urls import path

from .views import answers, joining, people, polls, record, room

app_name = "room"
urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/<str:key>/", joining.join_key, name="join_key"),
    path("join/<str:key>/back/", joining.join_back, name="join_back"),
    path("room/<slug:group>/", room.group, name="group"),
    path("room/<slug:group>/change/", room.change, name="change"),
    path("room/<slug:group>/leave/", room.leave, name="leave"),
    path("room/<slug:group>/poll/", polls.poll, name="poll"),
    path("room/<slug:group>/people/", people.people, name="people"),
    path("room/<slug:group>/people/add/", people.add_person, name="add_person"),
    path("room/<slug:group>/people/claim/", people.claim, name="claim"),
    path("room/<slug:group>/people/<slug:person>/code/", people.new_code, name="new_code"),
    path("room/<slug:group>/people/<slug:person>/recorder/", people.hand_over, name="hand_over"),
    path("room/<slug:group>/record/", record.record, name="record"),
    path("room/<slug:group>/record/<int:number>/", record.record_standard, name="record_standard"),
    path("room/<slug:group>/sheet/", record.sheet, name="sheet"),
    path("room/<slug:group>/<int:number>/", room.standard, name="standard"),
    path("room/<slug:group>/<int:number>/vote/", answers.vote, name="vote"),
    path("room/<slug:group>/<int:number>/comment/", answers.comment, name="comment"),
    path("room/<slug:group>/<int:number>/reveal/", answers.reveal, name="reveal"),
    path("room/<slug:group>/<int:number>/agree/", answers.agree, name="agree"),
    path("room/<slug:group>/<int:number>/reopen/", answers.reopen, name="reopen"),
]

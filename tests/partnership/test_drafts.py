"""What is typed and not saved is kept, for its writer alone."""

import pytest
from django.test import Client

from partnership import drafts
from partnership.models import Draft, User
from partnership.rules import RuleBroken

PLACE = "/p/somewhere/plans/abc/edit/"


@pytest.fixture
def writing(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def test_a_draft_is_kept_and_said_so(writing, manager):
    fields = {"place": PLACE, "heading": "Half a", "standards": ["1", "2"], "version": "3"}
    answer = writing.post("/drafts/", fields)

    assert answer.status_code == 200
    assert answer.content.decode().startswith("Draft kept at ")
    kept = Draft.objects.get()
    assert (kept.user, kept.place) == (manager, PLACE)
    assert kept.fields == {"heading": ["Half a"], "standards": ["1", "2"], "version": ["3"]}


def test_the_last_draft_stands_and_saving_forgets_it(writing, manager, officer):
    for text in ("One", "Two"):
        drafts.keep(place=PLACE, fields={"heading": [text]}, by=manager)
    drafts.keep(place=PLACE, fields={"heading": ["The officer's"]}, by=officer)
    assert Draft.objects.get(user=manager).fields == {"heading": ["Two"]}

    drafts.forget(place=PLACE, by=manager)

    assert [draft.user for draft in Draft.objects.all()] == [officer]


def test_a_draft_can_be_discarded(writing, manager):
    drafts.keep(place=PLACE, fields={"heading": ["One"]}, by=manager)

    answer = writing.post("/drafts/discard/", {"place": PLACE})

    assert (answer.status_code, answer["Location"]) == (302, PLACE)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "place", ["", "//evil.example/p/", "https://evil.example/", "/accounts/", "/p/\0", "/p/" * 200]
)
def test_only_places_of_this_site_have_drafts(writing, place):
    assert writing.post("/drafts/", {"place": place, "a": "b"}).status_code == 422
    assert writing.post("/drafts/discard/", {"place": place})["Location"] == "/"
    assert not Draft.objects.exists()


def test_what_cannot_be_stored_or_is_too_long_is_no_error(writing, manager):
    assert writing.post("/drafts/", {"place": PLACE, "a": "one\0two"}).status_code == 200
    assert Draft.objects.get().fields == {"a": ["onetwo"]}
    long = {"place": PLACE, "a": "x" * (drafts.LONGEST + 1)}
    assert writing.post("/drafts/", long).status_code == 422
    with pytest.raises(RuleBroken, match="too long"):
        drafts.keep(place=PLACE, fields={"a": ["x" * (drafts.LONGEST + 1)]}, by=manager)


def test_the_oldest_drafts_go_first(manager):
    for number in range(drafts.MOST + 2):
        drafts.keep(place=f"/p/{number}/", fields={}, by=manager)

    kept = set(Draft.objects.values_list("place", flat=True))
    assert len(kept) == drafts.MOST
    assert f"/p/{drafts.MOST + 1}/" in kept
    assert "/p/0/" not in kept


def test_nobody_keeps_a_draft_without_signing_in(client, db):
    assert client.post("/drafts/", {"place": PLACE}).status_code == 302
    assert client.get("/drafts/").status_code in {302, 405}
    assert not Draft.objects.exists()

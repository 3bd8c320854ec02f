"""From comments to findings, and findings in order: the pages, as each role meets them."""

import pytest

from partnership.models import Draft
from standards.models import Finding
from standards.services import findings as services
from tests import factories as make
from tests.pages import assert_queries_stay, chosen, fragments, ids, words
from tests.standards.finding import address, at
from tests.tables import Table


@pytest.fixture
def said(exercise) -> dict:
    """Comments of two groups on two standards, by a word of theirs."""
    groups = exercise.sessions.get().working_groups
    managers, table = groups.get(name="Managers"), groups.get(name="Table one")
    return {
        "who": make.comment(managers, 3, "Nobody knows who decides.", "to_improve"),
        "board": make.comment(managers, 1, "The board listens."),
        "meetings": make.comment(table, 3, "Meetings help."),
    }


@pytest.fixture
def priority(exercise, officer, said) -> Finding:
    values = {"title": "Say who decides", "comments": [said["who"]]}
    return services.make_finding(exercise=exercise, kind="priority", values=values, by=officer)


@pytest.fixture
def working(client, officer):
    client.force_login(officer)
    return client


def keys(*comments) -> list[int]:
    return [comment.pk for comment in comments]


def typed(**changes) -> dict:
    return {"kind": "theme", "title": "", "text": "", "standards": [], "comments": []} | changes


def test_picked_comments_become_a_finding_that_shows_them(working, exercise, said):
    picked = keys(said["who"], said["meetings"])
    carried = working.post(address(exercise, "comments"), {"do": "make", "comments": picked})
    assert carried["Location"] == address(exercise, "finding_new")

    shown = working.get(carried["Location"])
    text = words(shown)
    for part in ("Nobody knows who decides.", "To be improved: Managers, Operational, standard 3"):
        assert part in text
    assert "The board listens." not in text
    standard = exercise.framework.standards.get(number=3)
    assert shown.context["form"]["standards"].value() == [str(standard.pk)]

    sent = typed(title="Deciding", comments=picked, standards=[standard.pk])
    saved = working.post(carried["Location"], sent)

    made = exercise.findings.get()
    assert saved["Location"] == f"{address(exercise)}#theme-1"
    assert set(made.comments.all()) == {said["who"], said["meetings"]}
    assert not Draft.objects.exists()
    page = words(working.get(address(exercise)))
    for part in ("Nobody knows who decides.", "Managers, standard 3", "Table one, standard 3"):
        assert part in page


def test_what_was_typed_stays_when_more_comments_are_picked(working, officer, exercise, said):
    place = address(exercise, "finding_new")
    typed_so_far = {"title": ["Half a title"], "comments": [str(said["board"].pk)]}
    Draft.objects.create(user=officer, place=place, fields=typed_so_far)

    working.post(address(exercise, "comments"), {"do": "make", "comments": keys(said["who"])})

    shown = working.get(place)
    assert 'value="Half a title"' in shown.content.decode()
    assert "Nobody knows who decides." in words(shown)
    assert "The board listens." in words(shown)


def test_picked_comments_are_added_to_a_finding(working, exercise, priority, said):
    sent = {"do": "add", "comments": keys(said["board"]), "finding": priority.identifier}
    answer = working.post(f"{address(exercise, 'comments')}?side=working_well", sent)

    assert answer["Location"] == f"{address(exercise, 'comments')}?side=working_well"
    assert set(priority.comments.all()) == {said["who"], said["board"]}
    assert "1 comment added to improvement priority 1" in words(working.get(answer["Location"]))


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"do": "make"}, "Pick the comments first"),
        ({"do": "add", "finding": "zzzz"}, "Pick the comments first"),
        ({"do": "add", "comments": ["picked"]}, "Choose the finding to add them to"),
        ({"do": "make", "comments": ["99999999999999999999"]}, "Choose from what is offered"),
        ({"do": "make", "comments": ["a\0b"]}, "Null characters are not allowed"),
        (
            {"do": "add", "comments": ["picked"], "finding": "a\0b"},
            "Null characters are not allowed",
        ),
    ],
)
def test_a_pick_that_is_not_possible_says_why(working, exercise, priority, said, sent, problem):
    chosen = [said["who"].pk if each == "picked" else each for each in sent.get("comments", ())]
    answer = working.post(address(exercise, "comments"), sent | {"comments": chosen})

    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert fragments(answer) <= ids(answer)
    assert priority.comments.count() == 1


def test_comments_are_narrowed_by_standard_side_and_group(working, exercise, said):
    group = said["meetings"].working_group.identifier
    everything = {"Nobody knows", "The board listens", "Meetings help"}
    for query, shown in {
        "": everything,
        "standard=3": {"Nobody knows", "Meetings help"},
        "standard=3&side=working_well": {"Meetings help"},
        f"group={group}": {"Meetings help"},
        "standard=general": set(),
        "standard=99&side=%00&group=zzzz": everything,
    }.items():
        text = words(working.get(f"{address(exercise, 'comments')}?{query}"))
        assert {each for each in everything if each in text} == shown, query
    one_side = words(working.get(f"{address(exercise, 'comments')}?side=to_improve"))
    assert "Nothing was recorded." not in one_side
    assert "No comment fits all of these." in words(
        working.get(f"{address(exercise, 'comments')}?standard=general")
    )


def test_what_is_picked_stays_picked_where_the_filter_hides_it(working, exercise, said):
    picked = keys(said["who"], said["board"])
    sent = {"do": "show", "comments": picked, "standard": "3", "side": "", "group": ""}
    answer = working.post(address(exercise, "comments"), sent)
    assert answer["Location"] == f"{address(exercise, 'comments')}?standard=3"

    page = working.get(answer["Location"])

    assert "2 comments picked" in words(page)
    assert "1 of them is not shown above" in words(page)
    assert page.content.decode().count("checked") == 1
    assert f'type="hidden" name="comments" value="{said["board"].pk}"' in page.content.decode()
    working.post(answer["Location"], {"do": "none"})
    assert "comments picked" not in words(working.get(address(exercise, "comments")))


def test_only_who_writes_findings_picks_comments(
    client, board_member, facilitator, observer, outsider, exercise, said
):
    for reader in (board_member, facilitator):
        client.force_login(reader)
        page = client.get(f"{address(exercise, 'comments')}?side=to_improve")
        assert "Nobody knows who decides." in words(page)
        assert "The board listens." not in words(page)
        assert 'name="comments"' not in page.content.decode()
    for reader, status in {
        board_member: 403,
        facilitator: 403,
        observer: 403,
        outsider: 404,
    }.items():
        client.force_login(reader)
        sent = {"do": "make", "comments": keys(said["who"])}
        assert client.post(address(exercise, "comments"), sent).status_code == status
    assert not Draft.objects.exists()


def test_what_one_person_wrote_is_not_to_be_picked_before_the_reveal(working, officer, partnership):
    table = Table(partnership)
    private = table.say("Mine alone", seat=table.seats[1])
    exercise = table.session.exercise

    assert "Mine alone" not in words(working.get(address(exercise, "comments")))
    for name, sent in {
        "comments": {"do": "make", "comments": keys(private)},
        "finding_new": typed(title="Deciding", comments=keys(private)),
    }.items():
        answer = working.post(address(exercise, name), sent)
        assert answer.status_code == 422
        assert "Mine alone" not in answer.content.decode()
    Draft.objects.create(
        user=officer,
        place=address(exercise, "finding_new"),
        fields={"comments": [str(private.pk)]},
    )
    assert "Mine alone" not in words(working.get(address(exercise, "finding_new")))


def test_sources_are_taken_off_by_unticking_them(working, priority, said):
    page = working.get(at(priority, "finding_edit"))
    assert "Nobody knows who decides." in words(page)

    sent = typed(title="Say who decides", version=1)
    answer = working.post(at(priority, "finding_edit"), sent)

    assert answer["Location"] == f"{address(priority.exercise)}#priority-1"
    assert not priority.comments.exists()


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        (typed(kind=""), "Choose what it is"),
        (typed(), "Enter a title or a description"),
        (typed(kind="priority", text="Words"), "an improvement priority has one"),
        (typed(title="x" * 301), "at most 300 characters"),
        (typed(title="a\0b"), "Null characters are not allowed"),
        (typed(text="x" * 20_001), "no more than 20,000 characters"),
    ],
)
def test_a_finding_that_cannot_be_saved_comes_back_as_typed(working, exercise, sent, problem):
    answer = working.post(address(exercise, "finding_new"), sent)

    assert answer.status_code == 422
    assert problem in answer.content.decode()
    assert fragments(answer) <= ids(answer)
    assert not exercise.findings.exists()


def test_two_who_change_the_same_finding_see_both_texts(working, manager, priority, said):
    services.edit_finding(finding=priority, changes={"title": "Theirs"}, version=1, by=manager)
    sent = typed(title="Mine", version=1, comments=keys(said["who"]))

    answer = working.post(at(priority, "finding_edit"), sent)

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Theirs" in text
    assert "Mine" in text
    priority.refresh_from_db()
    assert priority.title == "Theirs"


def test_two_who_change_the_sources_choose_between_them(working, manager, priority, said):
    services.link_comments(finding=priority, comments=[said["board"]], by=manager)
    mine = typed(title="Say who decides", version=1, comments=keys(said["who"], said["meetings"]))
    answer = working.post(at(priority, "finding_edit"), mine)
    assert answer.status_code == 409
    (both,) = answer.context["differences"]
    assert both.label == "What it rests on"
    assert "The board listens." in both.theirs
    assert "Meetings help." in both.yours

    unchosen = working.post(at(priority, "finding_edit"), mine | chosen(answer, ""))
    assert unchosen.status_code == 409
    assert {"id_comments-theirs", "id_comments-mine"} <= ids(unchosen)
    assert fragments(unchosen) <= ids(unchosen) | {"main"}
    again = mine | chosen(unchosen, "theirs")
    assert working.post(at(priority, "finding_edit"), again).status_code == 302
    assert set(priority.comments.all()) == {said["who"], said["board"]}


def test_text_and_sources_changed_apart_are_both_kept(working, manager, priority, said):
    services.link_comments(finding=priority, comments=[said["board"]], by=manager)
    sent = typed(title="Mine", version=1, comments=keys(said["who"]))

    assert working.post(at(priority, "finding_edit"), sent).status_code == 302

    priority.refresh_from_db()
    assert (priority.title, priority.version) == ("Mine", 3)
    assert set(priority.comments.all()) == {said["who"], said["board"]}


def test_findings_move_and_the_focus_stays_on_the_button(working, officer, exercise):
    rows = [
        services.make_finding(exercise=exercise, kind="theme", values={"title": t}, by=officer)
        for t in ("One", "Two", "Three")
    ]
    page = working.get(address(exercise))
    assert {f"up-{rows[1].identifier}", f"down-{rows[1].identifier}"} <= ids(page)
    assert f"up-{rows[0].identifier}" not in ids(page)

    for to, button in ((2, "up"), (1, "down"), (2, "down"), (3, "up"), (99, "up"), (0, "down")):
        answer = working.post(at(rows[2], "finding_move"), {"to": to})
        there, focus = answer["Location"].split("#")
        assert (there, focus) == (address(exercise), f"{button}-{rows[2].identifier}")
        assert focus in ids(working.get(there))
    order = exercise.findings.order_by("number").values_list("title", flat=True)
    assert list(order) == ["Three", "One", "Two"]


def test_a_removed_finding_is_brought_back(working, client, board_member, exercise, priority):
    answer = working.post(at(priority, "finding_remove"), {"version": 1})
    assert answer["Location"] == f"{address(exercise)}#back-{priority.identifier}"
    page = working.get(address(exercise))
    assert f"back-{priority.identifier}" in ids(page)
    assert "Removed by Officer" in words(page)
    assert working.get(at(priority, "finding_edit")).status_code == 404
    assert working.post(at(priority, "finding_move"), {"to": 1}).status_code == 404

    client.force_login(board_member)
    assert "Say who decides" not in words(client.get(address(exercise)))

    client.force_login(priority.history.last().history_user)
    working.post(at(priority, "finding_restore"))
    assert "priority-1" in ids(working.get(address(exercise)))


@pytest.mark.parametrize("version", ["0", "7", "", "x", "9" * 30])
def test_nobody_removes_what_they_have_not_seen(working, priority, version):
    answer = working.post(at(priority, "finding_remove"), {"version": version})

    assert answer.status_code == 409
    assert "changed by somebody else" in answer.content.decode()
    assert Finding.objects.filter(pk=priority.pk).exists()


def test_pages_take_few_queries_however_much_was_said(working, officer, exercise, priority, said):
    services.make_attribution(finding=priority, values={"category": "Partners"}, by=officer)
    services.remove_finding(
        finding=services.make_finding(
            exercise=exercise, kind="theme", values={"title": "Gone"}, by=officer
        ),
        version=1,
        by=officer,
    )
    group = said["who"].working_group

    def grow() -> None:
        more = [make.comment(group, 3, f"Comment {place}") for place in range(20)]
        for place in range(9):
            values = {"title": f"Theme {place}", "comments": more}
            services.make_finding(exercise=exercise, kind="theme", values=values, by=officer)
            services.make_attribution(finding=priority, values={"working_group": group}, by=officer)
        services.link_comments(finding=priority, comments=more, by=officer)

    pages = [
        address(exercise),
        address(exercise, "comments"),
        address(exercise, "finding_new"),
        at(priority, "finding_edit"),
        at(priority, "attributions"),
    ]
    assert_queries_stay(working, pages, grow)

"""Who reads which version of a paper: page, files, issues, comparison, API."""

from functools import cache

import pytest
from django.urls import reverse

from papers import docx, pdf
from papers.models import IssuedPaper, Paper
from papers.renditions import RENDERERS
from papers.services.composing import add_block, add_section, change_block
from papers.services.issuing import issue
from tests import factories as make
from tests import pages
from tests.papers.reading import everything_in
from tests.working import work

SECRET, LATER, CONTACT = "Xylophone tender", "Yodelling price", "zebedee@example.org"
FORMATS = ("html", "pdf", "docx")


print_once, write_once = cache(pdf.render), cache(docx.render)


@pytest.fixture(autouse=True)
def made_once(monkeypatch) -> None:
    """Every test has the same paper: make each of its files once for all."""
    monkeypatch.setitem(RENDERERS, "pdf", print_once)
    monkeypatch.setitem(RENDERERS, "docx", write_once)


@pytest.fixture
def paper(exercise, officer) -> Paper:
    """A paper issued twice, with a contact and an exempt appendix whose text was corrected."""
    made = Paper.objects.create(
        partnership=exercise.partnership, slug="guarded", title="Guarded", kind="blank"
    )
    made.front_sheet.create(number=1, label="Contact", value=CONTACT, is_contact=True)
    body = add_section(paper=made, heading="Summary", by=officer)
    add_block(section=body, text="All may read this.", by=officer)
    exempt = {"is_exempt": True, "exempt_under": "3", "public_interest": "The tender is open."}
    prices = add_section(paper=made, heading="Prices", is_appendix=True, by=officer, **exempt)
    block = add_block(section=prices, text=SECRET, by=officer)
    issue(paper=made, by=officer)
    change_block(block=block, changes={"text": f"{SECRET} {LATER}"}, version=1, by=officer)
    issue(paper=made, by=officer, note="A text put right.")
    work()
    made.refresh_from_db()
    return made


def address(paper: Paper, name: str, *more: object) -> str:
    return reverse(f"papers:{name}", args=[paper.partnership.slug, paper.identifier, *more])


def files(paper: Paper, query: str = "") -> list[tuple[str, str]]:
    """Return every address of a file of the paper, with its format."""
    found = [(address(paper, "paper_download", name) + query, name) for name in FORMATS]
    for number in (1, 2):
        found += [
            (address(paper, "issue_download", number, name) + query, name) for name in FORMATS
        ]
    return found


def read(client, paper: Paper, query: str = "") -> str:
    """Return all that a reader gets of a paper, the files unpacked."""
    seen = [
        client.get(address(paper, name)).content.decode()
        for name in ("paper", "issues", "issue_compare", "decisions")
    ]
    seen.append(client.get(address(paper, "issue_compare") + "?from=1&to=2").content.decode())
    seen.append(client.get(reverse("api-paper-detail", args=[paper.identifier])).content.decode())
    for href, name in files(paper, query):
        response = client.get(href)
        assert response.status_code == 200, href
        seen.append(everything_in(response.content, name))
    return "\n".join(seen)


def test_an_observer_reads_the_public_version_and_nothing_else(client, observer, paper):
    client.force_login(observer)
    for query in ("", "?for=public", "?for=members"):
        told = read(client, paper, query)
        for secret in (SECRET, LATER, CONTACT):
            assert secret not in told
    page = client.get(address(paper, "paper"))
    said = pages.words(page)
    assert "Appendix A: Prices" in said
    assert "exempt under paragraph 3" in said
    assert "The tender is open." in said
    assert "for=public" not in page.content.decode()
    assert client.get(address(paper, "draft")).status_code == 403
    assert client.get(address(paper, "draft") + "?for=public").status_code == 403
    compared = client.get(address(paper, "issue_compare") + "?from=1&to=2")
    assert "No changes from issue 1 to issue 2." in pages.words(compared)
    assert client.get(address(paper, "issue_compare") + "?to=now").status_code == 404


def test_a_board_member_reads_all_and_may_take_both(client, board_member, paper):
    client.force_login(board_member)
    page = client.get(address(paper, "paper"))
    for secret in (SECRET, LATER, CONTACT):
        assert secret in page.content.decode()
    assert "?for=public" in page.content.decode()
    compared = pages.words(client.get(address(paper, "issue_compare") + "?from=1&to=2"))
    assert "1 change from issue 1 to issue 2." in compared
    for href, name in files(paper):
        assert SECRET in everything_in(client.get(href).content, name)
    for href, name in files(paper, "?for=public"):
        assert SECRET not in everything_in(client.get(href).content, name)


def test_a_writer_looks_at_both_versions_of_the_draft(client, officer, paper):
    client.force_login(officer)
    members = client.get(address(paper, "draft")).content.decode()
    public = client.get(address(paper, "draft") + "?for=public").content.decode()
    assert SECRET in members
    assert CONTACT in members
    assert SECRET not in public
    assert CONTACT not in public


def test_the_issues_are_listed_with_files_that_never_change(client, officer, observer, paper):
    client.force_login(officer)
    rows = client.get(address(paper, "issues"))
    said = pages.words(rows)
    assert said.index("Issue 2") < said.index("Issue 1 ")
    assert "A text put right." in said
    assert f"by {officer.name}" in said
    first = paper.issues.get(number=1)
    assert first.files.count() == 6
    for kept in first.files.all():
        assert kept.digest[:12] in said
    taken = client.get(address(paper, "issue_download", 1, "pdf"))
    assert taken.content == bytes(first.files.get(format="pdf", audience="members").content)
    assert f'filename="{paper.slug}-issue-1.pdf"' in taken["Content-Disposition"]

    client.force_login(observer)
    said = pages.words(client.get(address(paper, "issues")))
    assert officer.name not in said
    assert first.files.get(format="pdf", audience="public").digest[:12] in said
    assert first.files.get(format="pdf", audience="members").digest[:12] not in said
    assert first.digest[:12] not in said


def test_what_is_compared_is_chosen(client, officer, paper):
    client.force_login(officer)
    said = pages.words(client.get(address(paper, "issue_compare")))
    assert "No changes from issue 2 to the draft now." in said
    body = paper.sections.get(heading="Summary")
    add_block(section=body, text="Something new.", by=officer)
    changed = client.get(address(paper, "issue_compare"))
    assert "1 change from issue 2 to the draft now." in pages.words(changed)
    assert "<ins>" in changed.content.decode()
    assert client.get(address(paper, "issue_compare") + "?from=7").status_code == 404
    assert client.get(address(paper, "issue_compare") + "?from=%00").status_code == 404
    assert client.get(address(paper, "issue_download", 7, "pdf")).status_code == 404
    assert client.get(address(paper, "issue_download", 1, "exe")).status_code == 404


def test_a_file_of_an_issue_that_is_not_made_yet_is_asked_for(client, officer, exercise):
    paper = make.paper(make.plan(exercise), state=Paper.State.PUBLISHED)
    issued = make.issued(paper)
    client.force_login(officer)
    href = address(paper, "issue_download", issued.number, "docx")

    waits = client.get(href, follow=True)
    assert "That file is being made." in pages.words(waits)
    assert not IssuedPaper.objects.get().files.exists()
    work()

    assert client.get(href).status_code == 200
    assert issued.files.get().format == "docx"


def test_a_paper_with_one_issue_has_nothing_to_compare_yet(client, board_member, exercise):
    paper = make.paper(make.plan(exercise), state=Paper.State.PUBLISHED)
    client.force_login(board_member)
    assert "Not issued yet" in pages.words(client.get(address(paper, "issues")))
    make.issued(paper)
    said = pages.words(client.get(address(paper, "issue_compare")))
    assert "Nothing to compare yet" in said
    assert pages.queries(client, address(paper, "issues")) <= pages.MOST_QUERIES


def test_what_was_asked_of_a_draft_is_no_file_of_the_issue(client, officer, exercise):
    paper = make.paper(make.plan(exercise))
    client.force_login(officer)
    asked = client.get(address(paper, "paper_download", "docx"), HTTP_ACCEPT="text/html")
    work(1)  # the draft's file
    section = paper.sections.get(heading="Findings")
    add_block(section=section, text="Said at the last moment.", by=officer)
    issue(paper=paper, by=officer)

    early = client.get(asked["Location"].replace("/files/docx/", "/file.docx"))
    assert "last moment" not in everything_in(early.content, "docx")
    work()

    kept = client.get(address(paper, "issue_download", 1, "docx"))
    assert "last moment" in everything_in(kept.content, "docx")

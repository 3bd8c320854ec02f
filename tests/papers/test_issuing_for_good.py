"""An issued paper's files are the same bytes, whatever becomes of what they were made from."""

import pytest

from papers import docx, html, pdf, renditions
from papers.kinds import Audience
from papers.models import Block, Paper, Rendition, Section
from papers.publishing import FORMATS, file_of, last_issue
from papers.services.issuing import issue
from partnership.models import Partnership
from standards.models import Finding, Score, Standard
from tests.papers.whole import whole_paper


@pytest.mark.django_db
def test_issued_bytes_stay_when_data_templates_and_cache_change(officer, partnership, monkeypatch):
    paper = whole_paper(partnership)
    paper.sections.filter(is_appendix=True).update(
        is_exempt=True, exempt_under="3", public_interest="Prices are **secret**."
    )
    issue(paper=paper, by=officer)
    paper.refresh_from_db()
    before = files(paper)
    assert len(set(before.values())) == len(FORMATS) * len(Audience)

    Standard.objects.update(marked_title="Renamed")
    Score.objects.all().delete()
    Finding.objects.all().delete()
    Block.objects.all().delete()
    Section.objects.update(heading="Renamed")
    Partnership.objects.update(name="Renamed")
    Paper.objects.update(title="Renamed")
    Rendition.objects.all().delete()
    for module in (html, pdf, docx):
        monkeypatch.setattr(module, "render", lambda paper: b"another template")
    monkeypatch.setattr(renditions, "RENDERERS", {})
    renditions.recipe.cache_clear()

    assert files(Paper.objects.get(pk=paper.pk)) == before
    assert last_issue(paper).files.count() == len(before)


def files(paper: Paper) -> dict[tuple[str, str], bytes]:
    return {(f, a): file_of(paper, f, a) for f in FORMATS for a in Audience.values}

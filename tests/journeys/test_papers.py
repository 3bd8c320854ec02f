"""A paper of each kind as its readers see it: accessible, and whole at every width."""

import pytest
from django.urls import reverse

from papers.models import Paper
from tests.journeys.test_every_page import faults_of
from tests.papers.whole import whole_paper


@pytest.mark.parametrize("kind", Paper.Kind.values)
def test_a_paper_of_every_kind_is_accessible_and_whole(
    live_server, partnership, officer, open_page, kind
):
    paper = whole_paper(partnership, rows=2, kind=kind)
    page = open_page(officer)
    for name in ("paper", "draft"):
        address = reverse(f"papers:{name}", args=[partnership.slug, paper.identifier])
        assert faults_of(page, address) == [], name

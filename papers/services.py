"""What is done to papers."""

from django.db import transaction

from .content import build
from .document import digest
from .models import IssuedPaper, Paper
from .storage import dump


@transaction.atomic
def issue(*, paper: Paper) -> IssuedPaper:
    """Keep what the paper says now, for good, as its next issue."""
    Paper.objects.select_for_update().get(pk=paper.pk)  # two may issue at once
    content = build(paper)
    last = paper.issues.order_by("-number").first()
    return IssuedPaper.objects.create(
        paper=paper,
        number=last.number + 1 if last else 1,
        content=dump(content),
        digest=digest(content),
    )

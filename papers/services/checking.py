"""Saying that a paragraph is still right although figures have moved since it was written."""

from django.db import transaction

from partnership import records
from partnership.models import User

from ..content.figures import figures
from ..models import Block


@transaction.atomic
def keep_figures(*, block: Block, version: int, by: User) -> Block:
    """Keep the figures of now as those that the block was written with.

    Raises StaleVersion where somebody changed the block since `version`: they may not have seen
    what was checked.
    """
    now = figures(block.section.paper)
    words = "Checked against the figures of now, and still right"
    changes = {"figures": now}
    return records.change(block, changes=changes, version=version, by=by, reason=words)

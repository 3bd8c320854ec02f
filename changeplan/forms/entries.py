"""The current status of a standard, as somebody writes it."""

from typing import Any

from partnership.forms import BaseForm
from partnership.markdown import MarkdownField
from partnership.submitting import version_field

from ..models import StatusStatement


class StatementForm(BaseForm):
    """One statement of the current status."""

    text = MarkdownField(label="What is in place, and what is not", rows=6)
    version = version_field()
    keeps_draft = True

    def __init__(self, *args: Any, statement: StatusStatement | None = None, **kwargs: Any) -> None:
        if statement:
            kwargs["initial"] = {"text": statement.text, "version": statement.version}
        super().__init__(*args, **kwargs)

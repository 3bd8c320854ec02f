"""What officers fill in about papers."""

from typing import Any

from django import forms

from partnership.forms import BaseForm

from ..models import IssuedPaper


class IssueForm(BaseForm):
    """Putting a paper to its meeting; a second time it has to say what changed."""

    note = forms.CharField(
        label="What changed since it was last issued",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers see this beside the corrected paper.",
    )

    def __init__(self, *args: Any, last: IssuedPaper | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = last is not None
        if last is None:
            self.fields["note"].widget = forms.HiddenInput()

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return "Issue the correction" if self.fields["note"].required else "Issue the paper"

"""What the "govuk" form templates ask of a field, and the small filters the components use."""

from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from partnership import charts, richtext
from partnership.forms import DateParts, ErrorLink, error_links, messages
from partnership.markdown import MarkdownField

register = template.Library()

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateParts, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file-upload"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)
DATE_BOXES = (("Day", "2"), ("Month", "2"), ("Year", "4"), ("Or in words", "20"))


@register.filter
def kind(field: BoundField) -> str:
    """Return which template part draws the field: "input" unless its widget says otherwise."""
    widget = field.field.widget
    return next((name for cls, name in KINDS if isinstance(widget, cls)), "input")


@register.filter
def control(field: BoundField) -> SafeString:
    """Return the field's own control with our classes and its description ids."""
    name = kind(field)
    own = field.field.widget.attrs.get("class", "")
    error = f" govuk-{name}--error" if field.errors else ""
    attrs: dict[str, Any] = {"class": f"govuk-{name}{error} {own}".strip(), "placeholder": False}
    if counted(field):
        attrs["class"] += " govuk-js-character-count"
        attrs |= {"maxlength": False, "aria-describedby": _counted_description(field)}
    return field.as_widget(attrs=attrs)


@register.filter
def counted(field: BoundField) -> int | None:
    """Return the most characters a textarea takes; None means that nothing is counted."""
    return getattr(field.field, "max_length", None) if kind(field) == "textarea" else None


@register.filter
def is_markdown(field: BoundField) -> bool:
    """Whether the field's text can be previewed."""
    return isinstance(field.field, MarkdownField)


@register.filter
def date_boxes(field: BoundField) -> list[dict[str, str]]:
    """Return the three boxes of a date, and a fourth where words will do: label, width, id, name
    and value of each."""
    drawn = field.field.widget.get_context(field.html_name, field.value(), {"id": field.auto_id})
    return [
        {"label": label, "width": width, "id": box["attrs"]["id"]}
        | {"name": box["name"], "value": box["value"] or ""}
        for (label, width), box in zip(DATE_BOXES, drawn["widget"]["subwidgets"], strict=False)
    ]


@register.filter(name="messages")
def messages_filter(field: BoundField) -> list[str]:
    """Return a field's errors as its summary words them."""
    return messages(field)


@register.filter(name="error_links")
def error_links_filter(form: Any) -> list[ErrorLink]:
    """Return a form's error links; nothing for a page without a form."""
    return error_links(form) if isinstance(form, forms.BaseForm | forms.BaseFormSet) else []


@register.filter
def rich_text(markdown: str) -> SafeString:
    """Return stored Markdown as safe HTML; `richtext.to_html` has cleaned it."""
    return mark_safe(richtext.to_html(richtext.parse(markdown or "")))  # nosec


@register.filter
def rich_line(markdown: str) -> SafeString:
    """Return a one-line Markdown text, such as a standard's title, without a paragraph."""
    html = richtext.runs_html(richtext.inline(markdown or ""))
    return mark_safe(html)  # nosec


@register.filter
def svg(picture: str) -> SafeString:
    """Return a picture of `partnership.charts` as it is: that module escapes what it is given."""
    return mark_safe(picture)  # nosec


@register.simple_tag
def score_bar(value: Decimal | None, high: Decimal) -> SafeString:
    """Return a small bar for a table cell. It adds nothing to the figure beside it, so it is
    hidden from assistive technology."""
    return mark_safe(charts.score_bar(value, high))  # nosec


def _counted_description(field: BoundField) -> str:
    return f"{field.auto_id}-info {field.aria_describedby or ''}".strip()

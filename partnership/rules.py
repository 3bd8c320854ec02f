"""When a service refuses: the reason, in words for the person who asked."""

from django.core.exceptions import ValidationError

from .text import clean_text

LONGEST_TEXT = 20_000  # characters, some eight pages: more is a paste that went wrong


class RuleBroken(Exception):
    """What was asked for is not possible now. The message says why, and what to do."""


def checked_text(text: str) -> str:
    """Return what somebody typed as it is stored. Raises RuleBroken for what cannot be."""
    if len(text) > LONGEST_TEXT:
        raise RuleBroken(f"The text is longer than {LONGEST_TEXT} characters. Shorten it.")
    try:
        return clean_text(text)
    except ValidationError as error:
        raise RuleBroken(error.messages[0]) from None

"""One door for text: what comes in from forms, the API, files and commands passes here."""

import unicodedata

from django.core.exceptions import ValidationError

ALLOWED_CONTROLS = {"\n", "\t"}
NOT_XML = {"\ufffe", "\uffff"}


def clean_text(value: str) -> str:
    """Return `value` with line ends as "\\n" and in Unicode NFC.

    Raises ValidationError for control characters (PostgreSQL refuses NUL, Word and Excel files
    refuse most others), for the two characters that XML leaves out, and for lone surrogates, which
    no database can store.
    """
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    for character in text:
        if character in ALLOWED_CONTROLS:
            continue
        if unicodedata.category(character) in ("Cc", "Cs") or character in NOT_XML:
            raise ValidationError(
                f"The text holds a character that cannot be stored (U+{ord(character):04X}). "
                "Remove it and try again.",
                code="control_character",
            )
    return text

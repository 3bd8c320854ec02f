"""One door for text."""

import unicodedata
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from partnership.text import clean_text


def cleaned(value: str) -> str | None:
    try:
        return clean_text(value)
    except ValidationError:
        return None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One\r\ntwo\rthree\nfour", "One\ntwo\nthree\nfour"),
        ("Cafe\u0301", "Café"),
        ("Tab\tand “quotes” – and\xa0space", "Tab\tand “quotes” – and\xa0space"),
        ("", ""),
        ("👩‍👧 family", "👩‍👧 family"),
    ],
)
def test_text_keeps_its_words_with_line_ends_and_accents_alike(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize("code", [0, 1, 8, 0x0B, 0x0C, 0x1B, 0x7F, 0x85, 0x9F, 0xD800, 0xFFFE])
def test_a_character_that_cannot_be_stored_is_refused_by_name(code: int):
    with pytest.raises(ValidationError) as caught:
        clean_text(f"One{chr(code)}two")

    assert caught.value.messages == [
        f"The text holds a character that cannot be stored (U+{code:04X}). Remove it and try again."
    ]


ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
@example("\ufeff\u2028\u200e\U0010ffff")
def test_what_passes_can_be_stored_and_passes_again(value: str):
    kept = cleaned(value)
    if kept is None:
        return
    assert clean_text(kept) == kept
    assert "\r" not in kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode().decode() == kept


@given(ANYTHING)
def test_what_passes_can_stand_in_word_and_excel_files(value: str):
    kept = cleaned(value)
    if kept is None:
        return
    Document().add_paragraph(kept)
    sheet = Workbook()
    sheet.active["A1"] = kept
    sheet.save(BytesIO())

"""Word files without a clock: the same document makes the same bytes."""

import io

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE

from .zips import without_times


def packed(document: WordDocument) -> bytes:
    """Return the file, its parts in their order but without a time."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # of python-docx's empty page
            del package.rels[key]
    written = io.BytesIO()
    document.save(written)
    return without_times(written.getvalue())

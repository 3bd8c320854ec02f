"""Zip files without a clock: the same parts make the same bytes, whenever they are written."""

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"  # where an Office file says when it was made
STAMP = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


def without_times(archive: bytes) -> bytes:
    """Return an Office file with its parts in their order, none of which says when it was made."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            words = source.read(name)
            if name == CORE:
                words = STAMP.sub(b"", words)
            target.writestr(zipfile.ZipInfo(name, EPOCH), words, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()

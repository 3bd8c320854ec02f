"""What WeasyPrint leaves out of a tagged PDF, added to its own objects before they are written.

WeasyPrint writes PDF/A-3a or PDF/UA-1; this makes a file both. ISO 14289-1 (PDF/UA-1) asks for a
scope on every header cell, an index of their identifiers, and running heads marked as artifacts;
ISO 19005-3 (PDF/A-3) wants readable metadata that explains the PDF/UA mark.
"""

import zlib
from typing import Any

import pydyf

PDF_UA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
CARRIAGE_RETURN = 13
PAGINATION = "<</Type /Pagination>>"


def finish(document: Any, pdf: pydyf.PDF, padding: int = 0) -> None:
    """Complete the tags and metadata of `pdf`; WeasyPrint calls this before it writes the file.
    `padding` adds as many empty objects, which changes how the file's index is packed."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    _tidy_lists(pdf, list(_reached(pdf, root).values()))
    tagged = _reached(pdf, root)
    _scope_headers(pdf, tagged)
    _index_identifiers(root, tagged)
    _mark_running_heads(pdf, root, tagged)
    _map_every_glyph(pdf)
    _declare(pdf)
    _leave_unpacked(pdf)
    for _ in range(padding):
        pdf.add_object(pydyf.Dictionary())


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object behind a reference such as b"12 0 R"."""
    return pdf.objects[int(reference.split()[0])]


def _reached(pdf: pydyf.PDF, root: pydyf.Dictionary) -> dict[int, pydyf.Dictionary]:
    """Every element of the tag tree by its object number. Running heads are outside the tree."""
    found: dict[int, pydyf.Dictionary] = {}
    waiting = [root]
    while waiting:
        for kid in waiting.pop()["K"]:
            if isinstance(kid, bytes):
                element = _at(pdf, kid)
                if element["Type"] == "/StructElem":
                    found[element.number] = element
                    waiting.append(element)
    return found


def _tidy_lists(pdf: pydyf.PDF, elements: list[pydyf.Dictionary]) -> None:
    """Give list items the only kids they may have: a label and one body."""
    for element in elements:
        if element.get("S") == "/L":
            _pair_terms(pdf, element)
        elif element.get("S") == "/LI":
            _wrap_bodies(pdf, element)


def _wrap_bodies(pdf: pydyf.PDF, item: pydyf.Dictionary) -> None:
    kids = {kid: _at(pdf, kid) for kid in item["K"]}
    loose = [kid for kid, element in kids.items() if element["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "P": item.reference}
    )
    pdf.add_object(body)
    for kid in loose:
        kids[kid]["P"] = body.reference
    item["K"] = pydyf.Array([kid for kid in item["K"] if kid not in loose] + [body.reference])


def _pair_terms(pdf: pydyf.PDF, items: pydyf.Dictionary) -> None:
    """Make the term and the value of a front sheet one item: WeasyPrint leaves them two."""
    bodies = [_at(pdf, kid)["K"] for kid in items["K"]]
    if len(bodies) % 2 or any(len(kids) != 1 for kids in bodies):
        return
    for term, value in zip(items["K"][::2], items["K"][1::2], strict=True):
        label, body = _at(pdf, term)["K"][0], _at(pdf, value)["K"][0]
        _at(pdf, label)["S"], _at(pdf, body)["P"] = "/Lbl", term
        _at(pdf, term)["K"].append(body)
        _at(pdf, value).clear()
    del items["K"][1::2]


def _scope_headers(pdf: pydyf.PDF, tagged: dict[int, pydyf.Dictionary]) -> None:
    for element in tagged.values():
        if element["S"] == "/TH":
            group = _at(pdf, _at(pdf, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _index_identifiers(root: pydyf.Dictionary, tagged: dict[int, pydyf.Dictionary]) -> None:
    named = {e["ID"].data: e for e in tagged.values() if "ID" in e}
    names = pydyf.Array()
    for name in sorted(named):
        names.extend((named[name]["ID"], named[name].reference))
    root["IDTree"] = pydyf.Dictionary({"Names": names})


def _mark_running_heads(
    pdf: pydyf.PDF, root: pydyf.Dictionary, tagged: dict[int, pydyf.Dictionary]
) -> None:
    """Turn the text of the page margins from untied tags into pagination artifacts."""
    pages = zip(pdf.pages["Kids"][::3], _at(pdf, root["ParentTree"])["Nums"][1::2], strict=False)
    for page, owners in pages:
        untied = set()
        for mark, owner in enumerate(owners):
            if int(owner.split()[0]) not in tagged:
                _at(pdf, owner).clear()
                owners[mark] = "null"
                untied.add(mark)
        _untag(_at(pdf, pdf.objects[page]["Contents"]).stream, untied)


def _untag(stream: list[Any], marks: set[int]) -> None:
    for place, part in enumerate(stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in marks:
            stream[place - 1] = "/Artifact"
            stream[place] = PAGINATION


def _map_every_glyph(pdf: pydyf.PDF) -> None:
    """Name the glyphs that share a letter with another, as the dots of Arabic do, as a joiner
    without a shape: an empty name is not allowed."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and b"begincmap" in part.stream:
            part.stream = [line.replace(b"> <>", b"> <034f>") for line in part.stream]


def _declare(pdf: pydyf.PDF) -> None:
    """Say "PDF/UA-1" in the metadata, readable without unpacking."""
    metadata = _at(pdf, pdf.catalog["Metadata"])
    metadata.compress = False
    metadata.stream = [
        part.replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>") for part in metadata.stream
    ]


def _leave_unpacked(pdf: pydyf.PDF) -> None:
    """Do not pack a stream whose packed form would end in a carriage return: before the line feed
    that follows, readers take the two for one line end and find the stream a byte short. The last
    byte of a packed stream is that of its checksum."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and part.compress:
            content = b"\n".join(pydyf._to_bytes(line) for line in part.stream)
            if zlib.adler32(content) % 256 == CARRIAGE_RETURN:
                part.compress = False

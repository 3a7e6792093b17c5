"""The structure tree: what a screen reader reads, and in which order.

Whatever is drawn is decoration (an artifact) until ``TaggedPdf.read`` says which element it belongs to, so nothing on
the paper can be left unmarked. With fpdf2's PDF/A-2u as the ground this gives PDF/A-2a and PDF/UA-1 in the same file.

fpdf2 has no such layer, so a few of its private names are used here; its version is pinned and a test guards them.
"""

from __future__ import annotations

import re
import zlib
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from fpdf.output import OutputProducer, PDFFontStream, PDFPage
from fpdf.prefs import ViewerPreferences
from fpdf.syntax import Name, PDFContentStream, PDFObject, PDFString

from bti.documents.quick import QuickPdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


_UA_METADATA: Final = """\
    <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
      <pdfuaid:part>1</pdfuaid:part>
    </rdf:Description>
    <rdf:Description rdf:about=""
        xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
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
          <pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
        </rdf:li></rdf:Seq></pdfaSchema:property>
      </rdf:li></rdf:Bag></pdfaExtension:schemas>
    </rdf:Description>
"""


class Mark(NamedTuple):
    """A stretch of drawn content on one page."""

    page: PDFPage
    number: int


class Element(PDFObject):
    """One element of the structure tree; its children stand in reading order."""

    def __init__(self, role: str, parent: PDFObject, *, alt: str = "", attributes: str = "") -> None:
        super().__init__()
        self.role = role
        self.parent = parent
        self.alt = alt
        self.attributes = attributes
        self.children: list[Element | Mark] = []

    def add(self, role: str, *, alt: str = "", attributes: str = "") -> Element:
        """Return a new element, read after those that are here already."""
        element = Element(role, self, alt=alt, attributes=attributes)
        self.children.append(element)
        return element

    def all(self) -> Iterator[Element]:
        """Yield this element and all below it in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all()

    def serialize(self, *_: object, **__: object) -> str:
        """Write the element as PDF; content on another page than the first is pointed out with its page."""
        home = next((child.page for child in self.children if isinstance(child, Mark)), None)
        page = f"/Pg {home.ref} " if home else ""
        alt = f"/Alt {spoken(self.alt)} " if self.alt else ""
        attributes_ = f"/A {self.attributes} " if self.attributes else ""
        children = " ".join([_child(child, home) for child in self.children])
        return (
            f"{self.id} 0 obj\n<</Type /StructElem /S /{self.role} /P {self.parent.ref} "
            f"{page}{alt}{attributes_}/K [{children}]>>\nendobj"
        )


def _child(child: Element | Mark, home: PDFPage | None) -> str:
    if isinstance(child, Element):
        return child.ref
    if child.page is home:
        return str(child.number)
    return f"<</Type /MCR /Pg {child.page.ref} /MCID {child.number}>>"


def attributes(owner: str, **values: str) -> str:
    """Return a structure attribute: ``attributes("Table", Scope="/Row")``."""
    return f"<</O /{owner} {' '.join(f'/{name} {value}' for name, value in values.items())}>>"


def spoken(text: str) -> str:
    """Return ``text`` as the PDF string an attribute holds."""
    return PDFString(text).serialize()


class Tree(PDFObject):
    """The root: one ``Document``, and for each page which element each of its marks belongs to."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Element("Document", self)
        self.pages: list[list[Element]] = []

    def serialize(self, *_: object, **__: object) -> str:
        """Write the root with its parent tree."""
        numbers = " ".join(f"{key} [{' '.join(mark.ref for mark in marks)}]" for key, marks in enumerate(self.pages))
        return (
            f"{self.id} 0 obj\n<</Type /StructTreeRoot /K [{self.document.ref}] "
            f"/ParentTree <</Nums [{numbers}]>> /ParentTreeNextKey {len(self.pages)}>>\nendobj"
        )


class TaggedPdf(QuickPdf):
    """A PDF in which all that is drawn is either read aloud as part of an element, or passed over as decoration."""

    def __init__(self, tree: Tree, *, title: str, language: str, made_at: datetime) -> None:
        self.tree = tree
        self._reading: Element | None = None
        super().__init__(enforce_compliance="PDF/A-2U")
        self.set_auto_page_break(auto=False)
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def read(self, element: Element | None) -> None:
        """Let what is drawn from here on belong to ``element``; to nothing that is read if None."""
        if element is self._reading:
            return
        self._reading = element
        if element is None:
            self._out("EMC /Artifact BMC")
            return
        marks = self.tree.pages[-1]
        element.children.append(Mark(self.pages[self.page], len(marks)))
        self._out(f"EMC /{element.role} <</MCID {len(marks)}>> BDC")
        marks.append(element)

    def header(self) -> None:
        """Begin each page as decoration."""
        page = self.pages[self.page]
        page.struct_parents = len(self.tree.pages)
        setattr(page, "tabs", Name("S"))  # noqa: B010 - a field of the page object that fpdf2 does not declare
        self.tree.pages.append([])
        self._reading = None
        self._out("/Artifact BMC")

    def footer(self) -> None:
        """Close what is open when the page is full; fpdf2 asks for it once a page, after all else."""
        self._out("EMC")
        self._reading = None

    def finished(self) -> bytes:
        """Return the file; nothing can be drawn afterwards."""
        return bytes(self.output(output_producer_class=_TaggedOutput))


class _TaggedOutput(OutputProducer):
    """Writes the structure tree, and metadata that say what the file is and follow the document's own clock."""

    def _add_structure_tree(self) -> PDFObject:
        tree = _tagged(self.fpdf).tree
        self._add_pdf_obj(tree, "structure_tree")
        for element in tree.document.all():
            self._add_pdf_obj(element, "structure_tree")
        return tree

    def _add_pdf_obj(self, pdf_obj: PDFObject, trace_label: str | None = None) -> int:
        if isinstance(pdf_obj, PDFContentStream):
            end_plainly(pdf_obj)
        return super()._add_pdf_obj(pdf_obj, trace_label)

    def _build_xmp_from_info(self) -> str:
        made_at = self.fpdf.creation_date.astimezone(UTC).isoformat(timespec="seconds")
        xmp = super()._build_xmp_from_info()
        xmp = re.sub(r'(xmp:(?:Modify|Metadata)Date)="[^"]*"', rf'\1="{made_at}"', xmp)
        xmp = xmp.replace("<pdfaid:conformance>U<", "<pdfaid:conformance>A<")
        return xmp.replace("  </rdf:RDF>", f"{_UA_METADATA}  </rdf:RDF>")


def end_plainly(stream: PDFContentStream) -> None:
    """Let no compressed stream end in a carriage return: with the newline that follows, it reads as the end of a line.

    Then the stream is one byte shorter than it says, which an archive's validator refuses. One stream in 256 is so.
    """
    packed = stream.content_stream()
    if stream.filter is None or not packed.endswith(b"\r"):
        return
    data = zlib.decompress(packed) + b" "
    stream._contents = zlib.compress(data)
    stream.length = len(stream._contents)
    if isinstance(stream, PDFFontStream):
        stream.length1 = len(data)


def _tagged(pdf: Any) -> TaggedPdf:
    if not isinstance(pdf, TaggedPdf):
        raise TypeError("Only a TaggedPdf has a structure tree to write.")
    return pdf

"""What makes a drawn file an archival one (PDF/A-2u, ISO 19005-2): metadata, and what its colours mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream

CREATOR = "Tajzia"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>ar</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00+03:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+03:00</xmp:ModifyDate>
<pdf:Producer>{creator}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself; `day` is the one on which its paper is drawn (Amman)."""

    title: str
    author: str
    day: date


def describe(document: Any, about: About) -> None:
    """The document's information dictionary: the same as its metadata will say."""
    document.setTitle(about.title)
    document.setSubject(about.title)
    document.setAuthor(about.author)
    document.setCreator(CREATOR)
    document.setProducer(CREATOR)
    # reportlab stamps invariant files with the year 2000; the day on which the paper is drawn is known.
    document.info._dateFormatter = lambda *_: f"D:{about.day:%Y%m%d}000000+03'00'"


def complete(document: Any, about: About) -> None:
    """Before it is saved: XMP metadata, and sRGB as what the page's colours mean."""
    values = {"title": about.title, "author": about.author, "creator": CREATOR, "day": about.day.isoformat()}
    packet = _PACKET.format(**{name: escape(value) for name, value in values.items()}).encode()
    catalogue = document.Catalog
    # The packet stands in the file unpacked, so that who knows nothing of PDF can find it.
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    catalogue.Metadata = document.Reference(PDFStream(kind, packet), "metadata")
    packed, profile = PDFDictionary({"N": 3, "Filter": PDFName("FlateDecode")}), _srgb()
    colours = document.Reference(PDFStream(packed, profile), "colours")
    document.say(
        "OutputIntents",
        "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {document.idToObjectNumberAndVersion[colours.name][0]} 0 R>>]",
    )


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    """The profile, packed, its time of making left out so that equal papers are equal bytes."""
    import zlib

    from PIL import ImageCms

    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes((0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    return zlib.compress(bytes(profile), 9)

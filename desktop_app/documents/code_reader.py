"""Finding the code of a certificate in a PDF or a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from unicodedata import category, normalize

from desktop_app.documents.plain import plain
from desktop_app.domain.certificate_check import CertifiedLicence
from desktop_app.texts.digits import scaled

_DPI = (300, 150)
_MOST_PAGES = 200


class NoPictureError(ValueError):
    """What was given is neither a PDF nor a picture that can be drawn."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """The text of a code, the page it stands on (from 1), and the page's own text ("" for a picture)."""

    text: str
    page: int
    page_text: str = ""


def is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def find_codes(content: bytes) -> tuple[FoundCode, ...]:
    """Every QR code in it, page by page. Raises NoPictureError."""
    return _in_pdf(content) if is_pdf(content) else _in_picture(content)


def _in_pdf(content: bytes) -> tuple[FoundCode, ...]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as why:
        raise NoPictureError("no PDF that can be opened") from why
    found: list[FoundCode] = []
    try:
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            for dpi in _DPI:
                texts = _codes_of(page.render(scale=dpi / 72, grayscale=True).to_pil())
                if texts:
                    words = page.get_textpage().get_text_bounded()
                    found += [FoundCode(text, number + 1, words) for text in texts]
                    break
    except (pypdfium2.PdfiumError, MemoryError, ValueError) as why:
        raise NoPictureError("a page that cannot be drawn") from why
    finally:
        document.close()
    return tuple(found)


def _in_picture(content: bytes) -> tuple[FoundCode, ...]:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content)) as picture:
            texts = _codes_of(picture.convert("L"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as why:
        raise NoPictureError("no picture that can be opened") from why
    return tuple(FoundCode(text, 1) for text in texts)


def _codes_of(picture: Any) -> list[str]:
    import zxingcpp

    return [
        one.text
        for one in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]


class ZxingCodeFinder:
    """`application.certificate_verifying.CodeFinder`."""

    def find(self, content: bytes) -> tuple[FoundCode, ...]:
        """Raises NoPictureError."""
        return find_codes(content)

    def says(self, page_text: str, licence: CertifiedLicence) -> bool:
        return says(page_text, licence)


def says(page_text: str, licence: CertifiedLicence) -> bool:
    """Whether the sheet's text has the licence's numbers, its last day, its area, and each word of the holder's name.

    Readers differ in the order of words and brackets on a line, not in the words. Whoever alters a sheet so that it
    looks different and has the old text underneath is not found by this: the code's own content is what counts.
    """
    text = _plain(page_text)
    wanted = [licence.number, f"{licence.valid_until:%d/%m/%Y}", scaled(licence.area, 2, arabic=False)]
    if licence.parent is not None:
        wanted.append(licence.parent)
    words = set(_WORD.findall(text))
    return all(one in text for one in wanted) and words.issuperset(_WORD.findall(_plain(plain(licence.holder))))


_WORD = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]+|[^\W\d_\u0600-\u06ff]+")
"""Letters of one script: between two scripts a reader may lose the space."""


def _plain(text: str) -> str:
    """Without direction marks, tatweel and vowel signs, as which readers tell them apart least."""
    return "".join(one for one in normalize("NFKD", text) if category(one) not in ("Mn", "Cf") and one != "\u0640")

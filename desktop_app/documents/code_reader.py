"""Finding the code of a certificate in a PDF or a picture."""

from __future__ import annotations

import re
from unicodedata import category, normalize

from desktop_app.application.certificate_verifying import GreyPicture, SeenPages
from desktop_app.documents.code_pages import SECONDS, FoundCode, codes_in_pdf, codes_in_picture, codes_of
from desktop_app.documents.look_apart import codes_apart
from desktop_app.documents.plain import plain
from desktop_app.domain.certificate_check import CertifiedLicence
from desktop_app.texts.digits import scaled


def is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def find_codes(content: bytes) -> tuple[FoundCode, ...]:
    """Every QR code in it, page by page, of a file that is known to be harmless. Raises NoPictureError."""
    found, _ = (codes_in_pdf if is_pdf(content) else codes_in_picture)(content, SECONDS)
    return tuple(found)


class ZxingCodeFinder:
    """`application.certificate_verifying.CodeFinder`. A look at one file takes `seconds` at most, and what drawing a
    last piece of a page takes; a PDF whose pages take longer to be read is given up some seconds later."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds

    def find(self, content: bytes, *, by_centre: bool = False) -> SeenPages:
        """Raises NoPictureError, OSError."""
        if not is_pdf(content):
            return SeenPages(*codes_in_picture(content, self._seconds))
        # A process of its own costs a third of a second.
        return SeenPages(*(codes_in_pdf if by_centre else codes_apart)(content, self._seconds))

    def find_in_picture(self, picture: GreyPicture) -> tuple[str, ...]:
        from PIL import Image

        return tuple(codes_of(Image.frombytes("L", (picture.width, picture.height), picture.dots)))

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

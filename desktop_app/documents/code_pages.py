"""The codes on the pages of a PDF or a picture, looked for in bounded time and memory whatever the file is."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import Structure
from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from time import monotonic
from typing import Any

from desktop_app.application.certificate_verifying import CannotReadError
from desktop_app.domain.certificate_check import DAMAGED_FILE, LOCKED_FILE, OTHER_FILE, TOO_LARGE_PICTURE, Judgement

SECONDS = 20.0
"""For one file; what has not been looked at by then is counted as unseen."""
_DPI = (300, 150)
_MOST_PAGES = 200
_SECONDS_TO_COUNT = 1.0
_MOST_DOTS = 12_000_000
"""Of a page as it is drawn: A4 at 300 dpi has 8.7 million. A larger page is drawn more coarsely."""
_PICTURES = ("JPEG", "PNG", "TIFF")
_ONE_AT_A_TIME = threading.Lock()
"""PDFium may not be called from two threads at once."""


@dataclass(frozen=True, slots=True)
class FoundCode:
    """The text of a code, the page it stands on (from 1), and the page's own text ("" for a picture)."""

    text: str
    page: int
    page_text: str = ""


class NoPictureError(CannotReadError):
    """What was given is neither a PDF nor a picture that can be drawn."""


def codes_in_pdf(content: bytes, seconds: float) -> tuple[list[FoundCode], int]:
    """The codes, and how many pages were not looked at. Raises NoPictureError."""
    import pypdfium2

    with _ONE_AT_A_TIME, _opened(content) as document:
        ends = monotonic() + seconds
        found: list[FoundCode] = []
        count = len(document)
        try:
            for number in range(min(count, _MOST_PAGES)):
                if monotonic() > ends:
                    return found, count - number
                page = document[number]
                try:
                    found += _on_page(page, number + 1, ends)
                except TimeoutError:
                    return found, count - number
                finally:
                    page.close()
        except (pypdfium2.PdfiumError, MemoryError, ValueError) as why:
            raise NoPictureError(DAMAGED_FILE) from why
        return found, max(0, count - _MOST_PAGES)


def can_be_drawn(content: bytes, number: int, seconds: float) -> bool:
    """False where drawing page `number` (from 0) does not end by then. Of a file without such a page it ends."""
    import pypdfium2

    try:
        with _ONE_AT_A_TIME, _opened(content) as document:
            if number < len(document):
                _drawn(document[number], 1.0, monotonic() + seconds)
    except TimeoutError:
        return False
    except (NoPictureError, pypdfium2.PdfiumError, ValueError):
        return True
    return True


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as why:
        locked = getattr(why, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise NoPictureError(LOCKED_FILE if locked else DAMAGED_FILE) from why
    try:
        yield document
    finally:
        document.close()


def _on_page(page: Any, number: int, ends: float) -> list[FoundCode]:
    for dpi in _DPI:
        texts = codes_of(_drawn(page, dpi / 72, ends))
        if texts:
            words = page.get_textpage().get_text_bounded()
            return [FoundCode(text, number, words) for text in texts]
    return []


def _drawn(page: Any, scale: float, ends: float) -> Any:
    """The page in grey, drawn in pieces so that one without end is given up. Raises TimeoutError."""
    import pypdfium2
    from pypdfium2 import raw

    across, down = page.get_size()
    scale = min(scale, sqrt(_MOST_DOTS / max(1.0, across * down)))
    width, height = max(1, int(across * scale)), max(1, int(down * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_Gray)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    pause = raw.IFSDK_PAUSE()
    pause.version = 1
    asked = _callback_of(raw.IFSDK_PAUSE, "NeedToPauseNow")(lambda _: monotonic() > ends)
    pause.NeedToPauseNow = asked
    flags = raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE
    try:
        state = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, flags, pause)
    finally:
        raw.FPDF_RenderPage_Close(page)
    if state == raw.FPDF_RENDER_TOBECONTINUED:
        raise TimeoutError
    return bitmap.to_pil()


def _callback_of(structure: type[Structure], name: str) -> Any:
    return next(kind for field, kind, *_ in structure._fields_ if field == name)


def codes_in_picture(content: bytes, seconds: float) -> tuple[list[FoundCode], int]:
    """As `codes_in_pdf`; a TIFF may hold several pages. Of one with more pages than can be counted in a moment it is
    told how many there are at least."""
    from PIL import Image, UnidentifiedImageError

    # A picture that would take all memory is refused by its head; what a telephone wrote wrongly beside it is its own.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    found: list[FoundCode] = []
    ends = monotonic() + seconds
    number = 0
    try:
        with Image.open(BytesIO(content), formats=_PICTURES) as picture:
            while number < _MOST_PAGES and (monotonic() <= ends or not number) and _turned_to(picture, number):
                _check_size(picture.size)
                number += 1
                found += [FoundCode(text, number) for text in _in_shades(picture)]
            return found, _pages_behind(picture, number)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as why:
        raise NoPictureError(TOO_LARGE_PICTURE) from why
    except UnidentifiedImageError as why:
        raise NoPictureError(_unknown(content)) from why
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as why:
        if isinstance(why, NoPictureError):
            raise
        raise NoPictureError(DAMAGED_FILE) from why


def _turned_to(picture: Any, number: int) -> bool:
    try:
        picture.seek(number)
    except EOFError:
        return False
    return True


def _pages_behind(picture: Any, number: int) -> int:
    """Pillow's own count takes the longer the more there are: minutes, for as many as a file of 40 MiB can hold."""
    ends, count = monotonic() + _SECONDS_TO_COUNT, 0
    while monotonic() <= ends and _turned_to(picture, number + count):
        count += 1
    return count


_MOST_PICTURE_DOTS = 80_000_000
"""A sheet of A4 at 600 dpi has 35 million."""
_COARSE_DOTS = 20_000_000


def _check_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > _MOST_PICTURE_DOTS:
        raise NoPictureError(TOO_LARGE_PICTURE)


def _in_shades(picture: Any) -> list[str]:
    dots = picture.width * picture.height
    shades = _on_white(picture) if picture.has_transparency_data else picture.convert("L")
    coarse = shades.reduce(round(sqrt(dots / _COARSE_DOTS)) + 1) if dots > _COARSE_DOTS else None
    return (codes_of(coarse) if coarse is not None else []) or codes_of(shades)


def _on_white(picture: Any) -> Any:
    """What nothing is drawn on is black by itself, as is a code that is drawn there."""
    from PIL import Image

    seen = picture.convert("LA")
    paper = Image.new("L", picture.size, 255)
    paper.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
    return paper


def _unknown(content: bytes) -> Judgement:
    """Whether what cannot be opened at least begins as a picture does."""
    heads = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*")
    return DAMAGED_FILE if content.startswith(heads) else OTHER_FILE


def codes_of(picture: Any) -> list[str]:
    """The texts of the QR codes on a PIL picture."""
    import zxingcpp

    return [
        one.text
        for one in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]

"""The part of `tajzia --self-test` that signs a sample certificate and checks it, by the program's own screen too."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.self_test import BrokenError

if TYPE_CHECKING:
    from desktop_app.application.certificate_trust import Trust

_MULTIMEDIA = "PySide6.QtMultimedia"


def verifying(folder: Path) -> str:
    """A sample certificate of a centre of this call is drawn and signed; its file, its picture and its code are valid
    by the lists of that centre, a scan of it is unsigned, it is of nobody known without them, and altered where one
    byte is another."""
    from desktop_app.application.certificate_trust import read_trust
    from desktop_app.bootstrap.papers import Press, certificate_verifier
    from desktop_app.cli.sample_certificates import sample_certificates, throw_away_centre
    from desktop_app.domain.certificate_check import Verdict

    now, keys = datetime.now(UTC), folder / "certificate-keys"
    certifier = throw_away_centre(keys, now)
    (content,) = sample_certificates(1, certifier, now)
    sheet = Press().certificate(content, certifier.seal("certificate", now))
    trust, verifier = read_trust(keys), certificate_verifier()
    changed = sheet[:-1000] + bytes([sheet[-1000] ^ 1]) + sheet[-999:]
    asked: tuple[tuple[str, bytes, Trust | None, Verdict], ...] = (
        ("its file", sheet, trust, Verdict.VALID),
        ("its picture", _pictured(sheet), trust, Verdict.VALID),
        ("a scan of it", _scanned(sheet), trust, Verdict.UNSIGNED),
        ("its code", content.code.encode("ascii"), trust, Verdict.VALID),
        ("its file without lists", sheet, None, Verdict.UNKNOWN_KEY),
        ("a changed file", changed, trust, Verdict.ALTERED),
    )
    for what, given, lists, wanted in asked:
        found = verifier.verify(given, lists, now).verdict
        if found is not wanted:
            raise BrokenError(f"{what} is called {found.value} and not {wanted.value}")
    return f"{len(asked)} verdicts on {content.number}"


def _scanned(sheet: bytes) -> bytes:
    """Its picture as a PDF that nobody has signed, which another process of the program looks at."""
    from io import BytesIO

    from PIL import Image

    held = BytesIO()
    Image.open(BytesIO(_pictured(sheet))).convert("L").save(held, "PDF", resolution=150)
    return held.getvalue()


def _pictured(sheet: bytes) -> bytes:
    """The first page as Qt draws it, as PNG."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
    from PySide6.QtPdf import QPdfDocument

    source, written, document = QBuffer(), QBuffer(), QPdfDocument()
    source.setData(QByteArray(sheet))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(source)
    image = document.render(0, QSize(1240, 1754))
    document.close()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    # What nothing is drawn on is left see-through, and that is black to a reader.
    from PySide6.QtGui import QColor, QImage, QPainter

    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    paper.save(written, "PNG")  # type: ignore[call-overload]
    return bytes(written.data().data())


@contextmanager
def without_multimedia() -> Iterator[None]:
    """As on a computer that lacks what reads cameras: importing it fails."""
    before = sys.modules.pop(_MULTIMEDIA, None)
    sys.modules[_MULTIMEDIA] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[_MULTIMEDIA]
        if before is not None:
            sys.modules[_MULTIMEDIA] = before


def camera_here() -> str:
    """Whether cameras can be used on this computer; it is no fault where they cannot."""
    from desktop_app.system.camera import QtCamera

    try:
        QtCamera().prepare()
    except OSError as why:
        return f"no cameras here ({why.__cause__})"
    return "cameras can be used here"

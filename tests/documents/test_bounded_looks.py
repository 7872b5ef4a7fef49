"""Whatever file is given to be checked: a plain word, in bounded time and memory."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from PIL import Image

from desktop_app.application.certificate_verifying import MOST_BYTES, CertificateVerifier, GreyPicture, Report
from desktop_app.bootstrap.papers import certificate_verifier
from desktop_app.bootstrap.workplace import make_workplace
from desktop_app.documents import look_apart
from desktop_app.documents.code_pages import FoundCode, can_be_drawn, codes_in_pdf
from desktop_app.documents.code_reader import ZxingCodeFinder
from desktop_app.documents.signature_reading import StrictSignatureReader
from desktop_app.domain.certificate_check import Verdict

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def report(content: bytes, seconds: float | None = None) -> Report:
    if seconds is None:
        return certificate_verifier().verify(content, None, NOW)
    return CertificateVerifier(ZxingCodeFinder(seconds), StrictSignatureReader()).verify(content, None, NOW)


def why(content: bytes, seconds: float | None = None) -> str:
    (one,) = report(content, seconds).findings
    assert one.judgement.verdict is Verdict.UNREADABLE
    return one.judgement.why.key


def pdf(pages: int, *, password: str = "", drawn: bytes = b"", size: tuple[int, int] = (595, 842)) -> bytes:
    held = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=size)
        page.Contents = document.make_stream(drawn)
        for _ in range(pages - 1):
            document.pages.append(page)
        kind = pikepdf.Encryption(user=password, owner=password) if password else None
        document.save(held, encryption=kind or False)
    return held.getvalue()


def png(width: int, height: int) -> bytes:
    """A white picture of any size that takes no room in the file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"\xff" * ((width + 7) // 8)
    squeezed = zlib.compressobj(1)
    data = b"".join(squeezed.compress(row) for _ in range(height)) + squeezed.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def picture(kind: str) -> bytes:
    held = io.BytesIO()
    Image.new("L", (300, 300), 255).save(held, kind)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "verify.empty_file"),
        (b"hello", "verify.other_file"),
        (b"PK\3\4 a word processor's file", "verify.other_file"),
        (picture("BMP"), "verify.other_file"),
        (picture("JPEG")[:400], "verify.damaged_file"),
        (picture("PNG")[:60], "verify.damaged_file"),
        (picture("TIFF")[:40], "verify.damaged_file"),
        (b"%PDF-1.7\nnothing else", "verify.damaged_file"),
        (picture("TIFF"), "verify.unreadable"),
        (bytes(MOST_BYTES + 1), "verify.too_big"),
    ],
)
def test_what_is_no_certificate_is_told_plainly(content: bytes, said: str) -> None:
    assert why(content) == said


def test_a_password_is_told() -> None:
    assert why(pdf(1, password="x")) == "verify.locked_file"


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (10_000, 9_500), (9_400, 9_400)])
def test_a_huge_picture_is_refused_by_its_head(width: int, height: int) -> None:
    content = png(width, height)
    assert len(content) < MOST_BYTES
    assert why(content) == "verify.too_large_picture"


def test_a_file_of_thousands_of_pages_is_looked_at_in_part() -> None:
    content = pdf(3_000)
    told = report(content, seconds=0.5)
    assert told.findings[0].judgement.why.key == "verify.not_all_seen"
    assert 2_800 <= told.unseen < 3_000


def test_a_tiff_of_more_pages_than_can_be_counted_is_looked_at_in_part() -> None:
    """Its table of contents by itself fills the file; to count them all would take minutes."""
    fields = ((256, 3, 1), (257, 3, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (278, 3, 1), (279, 4, 1))
    size = 2 + 12 * len(fields) + 4
    page = struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHII", tag, kind, 1, it) for tag, kind, it in fields)
    count = 300_000
    pages = (page + struct.pack("<I", 12 + at * size if at < count else 0) for at in range(1, count + 1))
    content = b"II*\0" + struct.pack("<I", 12) + b"\xff" * 4 + b"".join(pages)
    assert len(content) < MOST_BYTES
    told = report(content, seconds=0.2)
    assert told.findings[0].judgement.why.key == "verify.not_all_seen"
    assert 200 < told.unseen < count


def test_a_code_on_nothing_is_read_as_on_paper() -> None:
    import segno

    held = io.BytesIO()
    segno.make_qr("TJZ1:ONE").save(held, kind="png", scale=6, border=4)
    ink = Image.open(held).convert("L").point(lambda shade: 255 - shade)
    drawn, nothing = io.BytesIO(), Image.new("RGBA", ink.size)
    nothing.putalpha(ink)
    nothing.save(drawn, "PNG")
    assert [one.text for one in ZxingCodeFinder().find(drawn.getvalue()).codes] == ["TJZ1:ONE"]


def test_a_page_without_end_is_given_up() -> None:
    """Ten million strokes on one page: drawn to the end they would take minutes."""
    endless = pdf(2, drawn=b"0 0 m 595 842 l 100 10 l 300 840 l S\n" * 2_000_000)
    found, unseen = codes_in_pdf(endless, 0.2)
    assert (found, unseen) == ([], 2)


def test_an_enormous_page_is_drawn_coarsely() -> None:
    assert why(pdf(1, size=(14_400, 14_400))) == "verify.unreadable"


def test_a_code_on_each_page_of_a_scan_is_found() -> None:
    import segno

    pages = []
    for text in ("TJZ1:ONE", "TJZ1:TWO"):
        held = io.BytesIO()
        segno.make_qr(text).save(held, kind="png", scale=6, border=4)
        pages.append(Image.open(held).convert("L"))
    scan = io.BytesIO()
    pages[0].save(scan, "TIFF", save_all=True, append_images=pages[1:])
    seen = ZxingCodeFinder().find(scan.getvalue())
    assert tuple(seen.codes) == (FoundCode("TJZ1:ONE", 1), FoundCode("TJZ1:TWO", 2))
    grey = GreyPicture(pages[1].width, pages[1].height, pages[1].tobytes())
    assert ZxingCodeFinder().find_in_picture(grey) == ("TJZ1:TWO",)
    large = Image.new("L", (5_600, 5_600), 255)
    large.paste(pages[0], (4_000, 4_000))
    held = io.BytesIO()
    large.save(held, "PNG", compress_level=1)
    assert [one.text for one in ZxingCodeFinder().find(held.getvalue()).codes] == ["TJZ1:ONE"]


def unfolding(levels: int) -> bytes:
    """A page that shows ten of what shows ten of what shows ten… In the file each stands once."""
    held = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        inner = document.make_stream(
            b"0 0 1 1 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
        )
        for _ in range(levels):
            shows = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
            inner = document.make_stream(
                b"/F Do " * 10, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9], Resources=shows
            )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        page.Contents = document.make_stream(b"/F Do")
        document.save(held)
    return held.getvalue()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only time ends it, which takes long")
def test_a_small_file_that_unfolds_without_end_takes_only_its_own_process_down() -> None:
    assert why(unfolding(3)) == "verify.unreadable"
    content = unfolding(12)
    assert len(content) < 10_000
    assert why(content) == "verify.too_big"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only time ends it, which takes long")
def test_a_page_is_tried_before_it_is_drawn_in_the_program() -> None:
    trial = look_apart.ApartTrial()
    assert trial.stands(pdf(2), 1)
    assert not trial.stands(unfolding(12), 0)
    assert trial.stands(unfolding(12), 1), "there is no such page"
    assert trial.stands(pdf(1, password="x"), 0), "it is harmless, and others say what it is"
    assert trial.stands(b"%PDF-1.7", 0)


def test_a_page_without_end_stands_no_trial() -> None:
    endless = pdf(1, drawn=b"0 0 m 595 842 l 100 10 l 300 840 l S\n" * 200_000)
    assert not can_be_drawn(endless, 0, 0.0)
    assert can_be_drawn(pdf(1), 0, 20.0)


def test_a_workstation_tries_pages_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_apart, "own_command", lambda: (sys.executable, "-c", "raise SystemExit(3)"))
    any_: Any = SimpleNamespace(session=None)
    workplace = make_workplace(any_, any_, any_, any_, any_, any_, any_, Path(), Path())
    assert not workplace.page_trial.stands(pdf(1), 0)


def test_a_look_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look_apart, "_TO_BEGIN_SECONDS", 0.0)
    assert why(unfolding(1), seconds=0.001) == "verify.too_big"


def test_what_nobody_has_signed_is_looked_at_by_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what the centre has signed by this one, as nothing is to be feared of it."""
    content = pdf(1)
    assert ZxingCodeFinder().find(content) == ZxingCodeFinder().find(content, by_centre=True)
    monkeypatch.setattr(look_apart, "own_command", lambda: (sys.executable, "-c", "raise SystemExit(3)"))
    assert why(content) == "verify.too_big"
    assert ZxingCodeFinder().find(content, by_centre=True).codes == []


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory is bounded")
def test_the_process_that_looks_has_no_more_memory_than_it_is_given() -> None:
    """Time would end it too, but half a minute later, and with the computer's memory in it."""
    asked = (
        "from desktop_app.documents import look_apart\n"
        "look_apart._bound_memory()\n"
        "try:\n"
        "    bytearray(look_apart.MEMORY_BYTES)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout == "refused\n"

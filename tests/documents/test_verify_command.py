"""`tajzia certificate` and `tajzia verify`, as a program would call them."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from desktop_app.__main__ import SUBCOMMANDS
from desktop_app.cli.dispatch import dispatch
from desktop_app.cli.verify_trouble import trouble_with_file
from desktop_app.documents.code_reader import find_codes
from desktop_app.system.paths import usual_places
from desktop_app.texts.bidi import strip_marks
from desktop_app.texts.language import use


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("certificates")
    assert dispatch(SUBCOMMANDS, "open", ["certificate", "--sample", "--out", str(out), "--count", "9"]) == 0
    return out


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    use()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which no workstation has fetched lists."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


def verify(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    status = dispatch(SUBCOMMANDS, "open", ["verify", "--json", *map(str, words)])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["valid"] is (status == 0) is (told["verdict"] == "valid")
    return status, told


def sheets(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.pdf"))


def test_every_sample_is_valid_by_its_own_lists(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(sheets(folder)) == 9
    for sheet in sheets(folder):
        status, told = verify(capsys, sheet, "--keys", folder / "keys")
        assert (status, told["verdict"]) == (0, "valid"), (sheet, told)
        (one,) = told["certificates"]
        assert one["licence"]["number"] == sheet.stem
        assert one["licence"]["sample"] is True
        assert one["page"] == 1
        assert one["licence"]["holder"] in told["sentence"]
        assert 0 <= told["lists"]["age_seconds"] < 600


def test_a_process_that_has_signed_nothing_finds_it_valid_too(folder: Path) -> None:
    command = [sys.executable, "-m", "desktop_app", "verify", "--json", "--keys", str(folder / "keys")]
    done = subprocess.run([*command, str(sheets(folder)[0])], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (0, "valid"), done.stdout + done.stderr


def test_without_lists_the_key_is_unknown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = verify(capsys, sheets(folder)[0])
    assert (status, told["verdict"], told["lists"]) == (1, "unknown_key", None)
    assert told["certificates"][0]["licence"] is None, "what nobody proved is not told"


def test_the_lists_that_the_workstation_fetched_are_used(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = usual_places().certificate_lists
    held.mkdir(parents=True)
    for file in (folder / "keys").iterdir():
        (held / file.name).write_bytes(file.read_bytes())
    assert verify(capsys, sheets(folder)[0])[0] == 0


def test_another_centres_lists_do_not_know_it(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dispatch(SUBCOMMANDS, "open", ["certificate", "--sample", "--out", str(tmp_path)])
    capsys.readouterr()
    status, told = verify(capsys, sheets(folder)[0], "--keys", tmp_path / "keys")
    assert (status, told["verdict"]) == (1, "unknown_key")


def test_a_photograph_and_a_scanner_do_as_well(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = sheets(folder)[1]
    page = pypdfium2.PdfDocument(sheet)[0].render(scale=2.2).to_pil()
    photograph = tmp_path / "sheet.jpg"
    page.rotate(3, resample=Image.Resampling.BICUBIC, fillcolor=(200, 200, 200)).filter(
        ImageFilter.GaussianBlur(0.7)
    ).save(photograph)
    assert (
        verify(capsys, photograph, "--keys", folder / "keys")[1]["certificates"][0]["licence"]["number"] == sheet.stem
    )
    (found,) = find_codes(sheet.read_bytes())
    for scanned in (f"{found.text}\r\n", f"\ufeff{found.text}\n"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(scanned.encode())))
        status, told = verify(capsys, "-", "--keys", folder / "keys")
        assert (status, told["certificates"][0]["page"]) == (0, 0)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(found.text.replace("7", "8", 1).encode())))
    assert verify(capsys, "-", "--keys", folder / "keys")[1]["verdict"] == "altered"


def test_a_code_on_another_sheet_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A genuine code, cut out and put on a sheet that grants more."""
    import segno
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    (found,) = find_codes(sheets(folder)[0].read_bytes())
    held = io.BytesIO()
    segno.make_qr(found.text).save(held, kind="png", scale=4, border=4)
    held.seek(0)
    forged = tmp_path / "forged.pdf"
    canvas = Canvas(str(forged))
    canvas.drawString(50, 700, "Licence L-2026-01-999999 for everything")
    canvas.drawImage(ImageReader(held), 50, 300, 300, 300)
    canvas.save()
    status, told = verify(capsys, forged, "--keys", folder / "keys")
    assert (status, told["verdict"]) == (1, "altered")
    assert told["certificates"][0]["reason"] == "verify.sheet_differs"


def test_a_pdf_says_whether_it_is_signed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, bare, saved = sheets(folder)[0], tmp_path / "bare.pdf", tmp_path / "saved.pdf"
    _, told = verify(capsys, sheet, "--keys", folder / "keys")
    assert (told["file"]["state"], told["file"]["kind"]) == ("signed", "certificate")
    with pikepdf.open(sheet) as document:
        document.save(saved)
        del document.pages[0].Annots
        del document.Root.AcroForm
        document.save(bare)
    status, told = verify(capsys, saved, "--keys", folder / "keys")
    assert (status, told["verdict"], told["file"]["state"]) == (1, "altered", "broken")
    status, told = verify(capsys, bare, "--keys", folder / "keys")
    assert (status, told["verdict"], told["file"]["state"]) == (1, "unsigned", "unsigned")
    assert told["certificates"][0]["licence"]["number"] == sheet.stem
    assert "غير موقّع" in told["sentence"]


@pytest.mark.parametrize("content", [b"", b"no certificate", b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_holds_no_code_is_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    status, told = verify(capsys, file, "--keys", folder / "keys")
    assert (status, told["verdict"]) == (1, "unreadable")


def test_of_several_pages_the_worst_is_told(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = pikepdf.new()
    dispatch(SUBCOMMANDS, "open", ["certificate", "--sample", "--out", str(tmp_path)])
    capsys.readouterr()
    for file in (sheets(folder)[0], sheets(tmp_path)[0]):
        with pikepdf.open(file) as one:
            del one.pages[0].Annots
            both.pages.extend(one.pages)
    both.save(tmp_path / "both.pdf")
    status, told = verify(capsys, tmp_path / "both.pdf", "--keys", folder / "keys")
    assert (status, told["verdict"]) == (1, "unknown_key")
    assert [(one["page"], one["verdict"]) for one in told["certificates"]] == [(1, "unsigned"), (2, "unknown_key")]


def test_whoever_shows_a_code_alone_is_told_what_to_compare(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anybody can put a genuine code on a sheet of another shop."""
    sheet = sheets(folder)[1]
    _, told = verify(capsys, sheet, "--keys", folder / "keys")
    said = told["certificates"][0]["licence"]
    (found,) = find_codes(sheet.read_bytes())
    (tmp_path / "scanned").write_text(found.text, "ascii")
    command = ["verify", "--language", "en", "--keys", str(folder / "keys")]
    assert dispatch(SUBCOMMANDS, "open", [*command, str(tmp_path / "scanned")]) == 0
    shown = strip_marks(capsys.readouterr().out)
    assert "compare the sheet" in shown
    assert all(code in shown for code in said["vocations"])
    assert f"{said['area_hundredths_m2'] / 100:.2f}" in shown
    assert said["parent"] in shown
    assert dispatch(SUBCOMMANDS, "open", [*command, str(sheet)]) == 0
    assert "compare the sheet" not in capsys.readouterr().out, "this file is signed, and was read whole"


def test_lists_that_are_missing_or_changed_are_no_lists(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (sheets(folder)[0], "--keys", tmp_path / "lists")
    assert unchecked(capsys, *words) == "lists_missing"
    (tmp_path / "lists").mkdir()
    assert unchecked(capsys, *words) == "lists_missing"
    for file in (folder / "keys").iterdir():
        (tmp_path / "lists" / file.name).write_bytes(file.read_bytes())
    assert verify(capsys, *words)[0] == 0
    (tmp_path / "lists" / "revocations.cose").write_bytes((folder / "keys" / "keys.cose").read_bytes())
    assert unchecked(capsys, *words) == "lists_bad"
    (tmp_path / "lists" / "keys.cose").unlink()
    (tmp_path / "lists" / "keys.cose").mkdir()
    assert unchecked(capsys, *words) == "lists_unreadable"


def test_what_is_no_file_to_read_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert unchecked(capsys, tmp_path / "nothing.pdf") == "file_missing"
    assert unchecked(capsys, tmp_path) == "file_is_folder"
    too_long = tmp_path / f"{'n' * 300}.pdf"
    assert unchecked(capsys, too_long) == "file_unreadable"
    status = dispatch(SUBCOMMANDS, "open", ["verify", str(too_long)])
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert "ENAMETOOLONG" in told.err
    assert "تعذّرت قراءة الملف" in told.err


def test_a_file_that_one_may_not_read_is_told() -> None:
    told = trouble_with_file("a.pdf", PermissionError(13, "Permission denied"))
    assert told.kind == "file_forbidden"
    assert "a.pdf" in told.sentence


def unchecked(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """Which trouble kept it from being checked, as a program is told."""
    status, told = verify(capsys, *words)
    assert (status, told["verdict"]) == (2, "unchecked")
    assert set(told) == {"valid", "verdict", "trouble", "sentence"}
    assert re.search("[\u0600-\u06ff]", told["sentence"]), "a person is told in Arabic"
    assert "Errno" not in told["sentence"]
    return str(told["trouble"])


def test_a_person_is_told_in_arabic_and_how_old_the_lists_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatch(SUBCOMMANDS, "open", ["verify", str(sheets(folder)[0]), "--keys", str(folder / "keys")]) == 0
    said = capsys.readouterr().out
    assert "نموذج أصلي من البيانات التجريبية" in said
    assert "مضى على قوائم المفاتيح والإلغاءات أقل من ساعة" in said

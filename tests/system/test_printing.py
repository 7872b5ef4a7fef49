"""Printing through CUPS, against programs that stand in for `lp` and `lpstat` on the search path."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.application.ports.printing import NoPrinters, PrintingFailedError
from desktop_app.system import printing
from desktop_app.system.printing import CupsPrinting, RememberedPrinting, find_printing

PDF = bytes(range(256)) * 40

LPSTAT = """#!/bin/sh
case "$1" in
  -e) printf 'Back_office\\nCounter_1\\n\\n' ;;
  -d) printf 'system default destination: Counter_1\\n' ;;
esac
"""
LP = """#!/bin/sh
printf '%s\\n' "$@" > "{folder}/asked"
cat > "{folder}/taken"
"""
REFUSING = """#!/bin/sh
cat > /dev/null
echo 'lp: The printer or class does not exist.' >&2
exit 1
"""


def program(folder: Path, name: str, text: str) -> None:
    made = folder / name
    made.write_text(text.replace("{folder}", str(folder)))
    made.chmod(0o755)


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program(tmp_path, "lpstat", LPSTAT)
    program(tmp_path, "lp", LP)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_the_preferred_printer_comes_first(cups: Path) -> None:
    assert CupsPrinting().printers() == ("Counter_1", "Back_office")


def test_the_very_bytes_are_handed_over(cups: Path) -> None:
    CupsPrinting().print_file(PDF, "رخصة L-2026-08-000123", "Counter_1")
    assert (cups / "taken").read_bytes() == PDF
    assert (cups / "asked").read_text().split("\n")[:6] == ["-d", "Counter_1", "-t", "رخصة L-2026-08-000123", "--", "-"]


def test_a_refusal_is_told_with_what_the_printing_system_says(cups: Path) -> None:
    program(cups, "lp", REFUSING)
    with pytest.raises(PrintingFailedError, match="does not exist"):
        CupsPrinting().print_file(PDF, "title", "Nowhere")


def test_a_printing_system_that_hangs_is_not_waited_for(cups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(cups, "lp", "#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(printing, "_SECONDS", 0.2)
    with pytest.raises(PrintingFailedError, match="did not answer"):
        CupsPrinting().print_file(PDF, "title", "Counter_1")


def test_a_printing_system_that_is_gone_fails_clearly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintingFailedError):
        CupsPrinting().print_file(PDF, "title", "Counter_1")
    assert CupsPrinting().printers() == ()


def test_without_a_printing_system_there_are_no_printers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_printing(tmp_path / "printer")
    assert isinstance(found, NoPrinters)
    assert found.printers() == ()
    with pytest.raises(PrintingFailedError):
        found.print_file(PDF, "title", "")


def test_with_one_it_is_used(cups: Path) -> None:
    kept = cups / "printer"
    assert find_printing(kept).printers() == ("Counter_1", "Back_office")
    find_printing(kept).print_file(PDF, "title", "Back_office")
    assert (cups / "taken").read_bytes() == PDF


def test_the_printer_that_took_a_page_comes_first_from_then_on(cups: Path) -> None:
    kept = cups / "printer"
    find_printing(kept).print_file(PDF, "title", "Back_office")
    assert find_printing(kept).printers() == ("Back_office", "Counter_1")
    find_printing(kept).print_file(PDF, "title", "Counter_1")
    assert find_printing(kept).printers() == ("Counter_1", "Back_office")


def test_a_printer_that_refused_is_not_remembered(cups: Path) -> None:
    kept = cups / "printer"
    program(cups, "lp", REFUSING)
    with pytest.raises(PrintingFailedError):
        find_printing(kept).print_file(PDF, "title", "Back_office")
    assert not kept.exists()


def test_a_remembered_printer_that_is_gone_is_not_offered(cups: Path) -> None:
    kept = cups / "printer"
    kept.write_bytes(b"Sold_\xff")
    assert find_printing(kept).printers() == ("Counter_1", "Back_office")


def test_a_page_is_printed_where_the_choice_cannot_be_kept(cups: Path) -> None:
    RememberedPrinting(CupsPrinting(), cups / "no folder" / "printer").print_file(PDF, "title", "Back_office")
    assert (cups / "taken").read_bytes() == PDF

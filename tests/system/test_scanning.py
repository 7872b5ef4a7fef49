"""Scanning by SANE's `scanimage`: a stand-in of it that says what the real one says with its test backend."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.application.ports.scanning import NoScanning, Scanner, ScanningFailedError
from desktop_app.system.scanning import SaneScanning, find_scanning

FLATBED = Scanner("test:0", "Noname frontend-tester")


def page() -> bytes:
    held = io.BytesIO()
    Image.new("L", (20, 30), 200).save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def scanimage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a `scanimage` with this body where programs are looked for; `$HERE` holds page.png and the log of calls."""
    (tmp_path / "page.png").write_bytes(page())

    def make(body: str) -> Path:
        program = tmp_path / "scanimage"
        program.write_text(f'#!/bin/sh\nHERE="{tmp_path}"\necho "$@" >> "$HERE/calls"\n{body}\n')
        program.chmod(0o755)
        return tmp_path

    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return make


def test_scanners_are_named_and_a_page_comes_over_the_pipe(scanimage: Callable[[str], Path]) -> None:
    here = scanimage(
        'if [ "$1" = -f ]; then printf "test:0\\tNoname frontend-tester\\ntest:1\\t \\n"; else cat "$HERE/page.png"; fi'
    )
    found = find_scanning()
    assert found.possible
    assert found.scanners() == (FLATBED, Scanner("test:1", "test:1"))
    assert found.scan(FLATBED) == page()
    assert "-d test:0" in (here / "calls").read_text().splitlines()[-1]
    assert {file.name for file in here.iterdir()} == {"calls", "page.png", "scanimage"}, "no file of the page is left"


def test_a_scanner_that_does_not_know_the_wished_resolution_scans_as_it_can(scanimage: Callable[[str], Path]) -> None:
    scanimage(
        'case "$*" in *--resolution*) echo "scanimage: unrecognized option \'--mode\'" >&2; exit 1;; esac\n'
        'cat "$HERE/page.png"'
    )
    assert SaneScanning().scan(FLATBED) == page()


@pytest.mark.parametrize(
    "body",
    [
        'echo "scanimage: open of device test:0 failed: Invalid argument" >&2; exit 1',
        "exit 0",
        'echo "scanimage: sane_start: Document feeder out of documents" >&2; exit 7',
    ],
    ids=["gone", "no page", "empty feeder"],
)
def test_a_scanner_that_gives_no_page_is_told_as_the_environments_failure(
    scanimage: Callable[[str], Path], body: str
) -> None:
    scanimage(body)
    with pytest.raises(ScanningFailedError):
        SaneScanning().scan(FLATBED)


def test_without_the_program_nothing_is_offered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_scanning()
    assert isinstance(found, NoScanning)
    assert not found.possible
    assert found.scanners() == ()
    with pytest.raises(ScanningFailedError):
        SaneScanning().scanners()

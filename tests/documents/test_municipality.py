"""The settings file of a municipality: name, colours and logo on every paper, or a sentence on what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.__main__ import SUBCOMMANDS
from desktop_app.cli.dispatch import dispatch
from desktop_app.documents.certificate import draw_certificate
from desktop_app.documents.municipality import MunicipalityError, read_municipality, use_municipality
from desktop_app.documents.office_renderer import ReportlabOffice
from desktop_app.packaged import resources
from tests.documents import office_samples, samples
from tests.documents.archive_check import complaints
from tests.documents.reading import fields, has_field, pdftotext

GIVEN = """
name = ["بلدية إربد الكبرى", "Greater Irbid Municipality"]
department = ["قسم الرخص", "Licences"]
[colours]
accent = "#7A1020"
ink = "#101010"
muted = "#606060"
line = "#D0D0D0"
tint = "#F8F0F0"
mark = "#F4ECEC"
"""
LOGO = """
[logo]
box = [100, 50]
paths = ["M0 0 H100 V50 H0 Z"]
"""


@pytest.fixture(autouse=True)
def _the_packaged_one_again() -> Iterator[None]:
    yield
    use_municipality(None)


def test_name_and_colours_stand_on_every_paper(tmp_path: Path) -> None:
    file = tmp_path / "irbid.toml"
    file.write_text(GIVEN, encoding="utf-8")
    before = draw_certificate(samples.certificate())
    use_municipality(file)
    for pdf in (draw_certificate(samples.certificate()), ReportlabOffice().fee_notice(office_samples.fee_notice())):
        found = fields(pdftotext(pdf))
        assert has_field(found, "بلدية إربد الكبرى")
        assert has_field(found, "Greater Irbid Municipality")
        assert not has_field(found, "أمانة عمّان الكبرى")
        assert complaints(pdf) == []
        assert (0x7A, 0x10, 0x20) in _colours(pdf)
    use_municipality(None)
    assert draw_certificate(samples.certificate()) == before


def test_a_logo_takes_the_place_of_the_star(tmp_path: Path) -> None:
    file = tmp_path / "irbid.toml"
    file.write_text(GIVEN + LOGO, encoding="utf-8")
    use_municipality(file)
    pdf = draw_certificate(samples.certificate(sample=False))
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    middle = picture.width // 2
    # 30 points wide and 15 high, in the middle of the head.
    inked = [y for y in range(40, 80) if picture.getpixel((middle, y)) == (0x7A, 0x10, 0x20)]
    assert 13 <= len(inked) <= 16
    assert picture.getpixel((middle - 13, inked[7])) == (0x7A, 0x10, 0x20)
    assert complaints(pdf) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = 1", "colours.accent"),
        (GIVEN.replace("#7A1020", "red"), "colours.accent"),
        (GIVEN.replace('"Licences"', '""'), "department"),
        (GIVEN.replace('name = ["بلدية إربد الكبرى", "Greater Irbid Municipality"]', ""), "name"),
        (GIVEN + LOGO.replace("100, 50", "100, 0"), "logo"),
        (GIVEN + LOGO.replace("M0 0 H100 V50 H0 Z", ""), "logo"),
        (GIVEN + LOGO.replace("M0 0 H100 V50 H0 Z", "M0"), "logo"),
        (GIVEN + "[logo]\nbox = 5\n", "logo"),
        ("= =", "Invalid"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "irbid.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MunicipalityError, match=says):
        use_municipality(file)
    assert has_field(fields(pdftotext(draw_certificate(samples.certificate()))), "أمانة عمّان الكبرى")


def test_the_packaged_file_is_whole() -> None:
    assert read_municipality(resources() / "documents" / "municipality.toml").logo is None
    with pytest.raises(MunicipalityError):
        read_municipality(Path("/nowhere/at/all.toml"))


def test_the_command_takes_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "irbid.toml"
    file.write_text(GIVEN, encoding="utf-8")
    wanted = ["certificate", "--sample", "--out", str(tmp_path / "out"), "--municipality"]
    assert dispatch(SUBCOMMANDS, "open", [*wanted, str(file)]) == 0
    drawn = next((tmp_path / "out").glob("*.pdf")).read_bytes()
    assert has_field(fields(pdftotext(drawn)), "بلدية إربد الكبرى")
    assert dispatch(SUBCOMMANDS, "open", [*wanted, str(tmp_path / "none.toml")]) == 1
    assert dispatch(SUBCOMMANDS, "open", ["open", "--municipality", str(tmp_path / "none.toml")]) == 1
    assert "none.toml" in capsys.readouterr().err


def _colours(pdf: bytes) -> set[tuple[int, ...]]:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    return {pixel for _, pixel in picture.getcolors(picture.width * picture.height)}

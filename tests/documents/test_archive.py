"""The papers are files for an archive (PDF/A-2u), and their structure tree tells all that stands on them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from desktop_app.documents.certificate import draw_certificate, draw_certificates
from desktop_app.documents.receipt import draw_receipt
from desktop_app.documents.wording import wording
from tests.documents import golden, samples
from tests.documents.archive_check import complaints
from tests.documents.reading import structure
from tests.documents.seals import seal_of

PAPERS = {
    "certificate": draw_certificate(samples.certificate(count=7, signs=3)),
    "batch": draw_certificates([samples.certificate(name=name) for name in golden.NAMES[:3]]),
    "receipt": draw_receipt(samples.receipt(lines=24)),
    "signed certificate": draw_certificate(samples.certificate(), seal_of("certificate")),
    "signed receipt": draw_receipt(samples.receipt(), seal_of("receipt")),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_fit_for_an_archive(name: str) -> None:
    assert complaints(PAPERS[name]) == []


@pytest.mark.skipif(not shutil.which("verapdf"), reason="veraPDF is not installed")
@pytest.mark.parametrize("name", PAPERS)
def test_verapdf_agrees(name: str, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(PAPERS[name])
    done = subprocess.run(
        ["verapdf", "--flavour", "2u", "--format", "text", str(tmp_path / "paper.pdf")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("PASS"), done.stdout


def _break_structure(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


def _drop_intent(document: pikepdf.Pdf) -> None:
    del document.Root.OutputIntents


def _drop_metadata(document: pikepdf.Pdf) -> None:
    del document.Root.Metadata


def _other_title(document: pikepdf.Pdf) -> None:
    document.docinfo.Title = "another"


def _loose_font(document: pikepdf.Pdf) -> None:
    del document.pages[0].Resources.Font["/T1"].DescendantFonts[0].FontDescriptor.FontFile2


def _wide_letter(document: pikepdf.Pdf) -> None:
    document.pages[0].Resources.Font["/T1"].DescendantFonts[0].W[1][0] = 4


def _letter_without_text(document: pikepdf.Pdf) -> None:
    stream = document.pages[0].Resources.Font["/T1"].ToUnicode
    stream.write(stream.read_bytes().replace(b"<0001> <", b"<0001> <FEFF> % <", 1))


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))


def _ink_of_a_press(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n0 0 0 1 k 0 0 m 9 9 l S\n")


@pytest.mark.parametrize(
    "breaking",
    [
        _break_structure, _drop_intent, _drop_metadata, _other_title, _loose_font, _wide_letter, _letter_without_text,
        _script, _ink_of_a_press,
    ],
)  # fmt: skip
def test_the_check_finds_what_is_broken(breaking: Callable[[pikepdf.Pdf], None]) -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(PAPERS["certificate"])) as document:
        breaking(document)
        document.save(file, fix_metadata_version=False)
    assert complaints(file.getvalue())


def _filled_by_readers(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm.NeedAppearances = True


def _hidden(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots[0].F = 2


def _a_link_beside(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots.append(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link))


@pytest.mark.parametrize("breaking", [_filled_by_readers, _hidden, _a_link_beside])
def test_the_check_allows_a_signature_and_nothing_beside_it(breaking: Callable[[pikepdf.Pdf], None]) -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(PAPERS["signed certificate"])) as document:
        breaking(document)
        document.save(file, fix_metadata_version=False)
    assert complaints(file.getvalue())


@pytest.mark.parametrize("name", golden.NAMES)
def test_the_structure_tells_every_name_as_it_was_given(name: str) -> None:
    vocations = tuple(samples.vocation(one) for one in golden.VOCATIONS[:9])
    told = structure(draw_certificate(samples.certificate(name=name, vocations=vocations)))
    texts = [leaf.text for leaf in told]
    wanted = (name, *(one.name_ar for one in vocations), *golden.NUMBERS)
    assert [value for value in wanted if value not in texts] == []
    for leaf in told:
        # What an element says is what its codes show, however they are ordered.
        assert sorted(_letters(leaf.shown)) == sorted(_letters(leaf.text))


def test_the_tree_is_in_the_order_of_reading_and_knows_headings_and_languages() -> None:
    words = wording()
    told = structure(PAPERS["certificate"])
    texts = [leaf.text for leaf in told]
    order = [words.municipality.ar, words.label("licence_title").ar, "L-2026-08-000123", words.label("vocations").ar]
    assert [texts.index(text) for text in order] == sorted(texts.index(text) for text in order)
    roles = {leaf.text: leaf.role for leaf in told}
    assert roles[words.label("licence_title").ar] == "/H1"
    assert roles[words.label("vocations").ar] == "/H2"
    assert {leaf.language for leaf in told if leaf.text == words.municipality.en} == {"en"}
    assert {leaf.language for leaf in told if leaf.text == words.municipality.ar} == {"ar"}


def test_a_value_on_several_lines_is_one_element() -> None:
    long = golden.NAMES[40] + " " + golden.NAMES[41]
    told = structure(draw_certificate(samples.certificate(name=long)))
    assert long in [leaf.text for leaf in told]


def _letters(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u200e\u200f "), None))

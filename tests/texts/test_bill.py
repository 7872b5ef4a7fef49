"""Figures of a bill's lines in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_app import texts
from desktop_app.texts.bill import figure


@pytest.fixture(autouse=True)
def _arabic_again() -> Iterator[None]:
    before = texts.current().code
    yield
    texts.use(before)


@pytest.mark.parametrize(
    ("kept", "arabic", "english"),
    [
        ("120.50 m²", "١٢٠٫٥٠ م²", "120.50 m²"),
        ("3.000/m²", "٣٫٠٠٠ لكل م²", "3.000 per m²"),
        ("20.000 %", "٢٠٫٠٠٠ ٪", "20.000 %"),
        ("3", "٣", "3"),
        ("", "", ""),
    ],
)
def test_a_figure_is_written_as_the_language_does(kept: str, arabic: str, english: str) -> None:
    texts.use("ar")
    assert figure(kept) == arabic
    texts.use("en")
    assert texts.strip_marks(figure(kept)) == english

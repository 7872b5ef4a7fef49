"""The certificates that all are given to draw: every one of another person, and the words on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.application.ports.papers import CertificateContent
from tests.documents.reading import fields, has_field, pdftotext, unreadable
from tests.documents.samples import certificate
from tests.workplaces import NAMES


def contents(count: int) -> tuple[CertificateContent, ...]:
    made = []
    for at in range(count):
        content = certificate(
            name=f"{NAMES[at % len(NAMES)]}",
            number=f"L-2026-08-{at + 1:06d}",
            identity=f"98712{at:05d}",
            count=2 + at % 3,
        )
        made.append(replace(content, request_number=f"R-2026-08-{at + 1:06d}"))
    return tuple(made)


def gives_back(pdf: bytes, content: CertificateContent) -> bool:
    """Whether pdftotext says holder, number and every vocation exactly, and no character that is only a shape."""
    return _says(pdftotext(pdf), content)


def read_back(pdf: bytes, wanted: Sequence[CertificateContent]) -> int:
    """How many of `wanted`, a sheet for each, give back what stands on them. Raises ValueError for another number of
    pages."""
    pages = pdftotext(pdf).split("\f")[:-1]
    return sum(_says(page, content) for page, content in zip(pages, wanted, strict=True))


def _says(text: str, content: CertificateContent) -> bool:
    found = fields(text)
    wanted = [content.holder.name_ar, content.number, *(one.name_ar for one in content.vocations)]
    return all(has_field(found, value) for value in wanted) and not unreadable(text)

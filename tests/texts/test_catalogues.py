"""The catalogues: whole, in both languages, with the places filled and the grammar's six forms."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from desktop_app import packaged
from desktop_app.texts.catalogue import Catalogue, CatalogueMissing
from desktop_app.texts.language import LANGUAGES, Language
from tests.texts.sources import PACKAGE, places

DEV = runpy.run_path(str(PACKAGE.parent / "dev.py"), run_name="not_main")
LATIN = re.compile(r"[A-Za-z]{2,}")
AS_TYPED = re.compile(r"\{\w*\}|--[a-z-]+|tajzia( [a-z]+)+")
"""Places, and what is typed at a command line."""
NO_ARABIC = {
    "PDF", "JPEG", "PNG", "TIFF", "CSV", "Ctrl", "SMS", "JSON", "QR", "VIP", "Enter", "Esc", "Tab", "Delete",
    "Caps", "Lock",
}  # fmt: skip


def _keywords() -> dict[str, Any]:
    return dict(parse_keywords(DEV["TEXT_FUNCTIONS"].split()))


def _extracted() -> set[tuple[str | None, str]]:
    found = extract_from_dir(str(PACKAGE), keywords=_keywords())
    return {(context, ids[0] if isinstance(ids, tuple) else ids) for _, _, ids, _, context in found}


def _catalogue(code: str) -> Catalog:
    with (packaged.catalogues() / code / "LC_MESSAGES" / "tajzia.po").open("rb") as file:
        return read_po(file)


def _entries(code: str) -> list[Message]:
    return [entry for entry in _catalogue(code) if entry.id]


def _source(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _strings(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalogue_holds_what_the_sources_say_and_nothing_else(code: str) -> None:
    assert {(entry.context, _source(entry)) for entry in _entries(code)} == _extracted()


@pytest.mark.parametrize(("code", "forms"), [("ar", 6), ("en", 2)])
def test_every_entry_is_translated_in_every_form(code: str, forms: int) -> None:
    catalogue = _catalogue(code)
    assert catalogue.num_plurals == forms
    for entry in _entries(code):
        strings = _strings(entry)
        assert len(strings) == (forms if entry.pluralizable else 1), _source(entry)
        assert all(text.strip() for text in strings), _source(entry)
        assert not entry.fuzzy, _source(entry)


@pytest.mark.parametrize("code", LANGUAGES)
def test_places_match(code: str) -> None:
    for entry in _entries(code):
        wanted = places(_source(entry))
        for text in _strings(entry):
            # A form of a number may say the number in its word («يومان»), so it may leave {n} out.
            free = {"n"} if entry.pluralizable else set()
            assert places(text) | free == wanted | free, _source(entry)


def test_no_english_is_left_in_the_arabic() -> None:
    for entry in _entries("ar"):
        for text in _strings(entry):
            bare = AS_TYPED.sub("", text)
            assert not set(LATIN.findall(bare)) - NO_ARABIC, text


def test_the_arabic_plural_rule_is_the_grammars() -> None:
    translations = Catalogue.load("ar").translations
    rule = translations.plural  # type: ignore[attr-defined]
    assert [rule(n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 111, 200)] == [
        0, 1, 2, 3, 3, 4, 4, 5, 5, 5, 3, 4, 5,
    ]  # fmt: skip


def test_a_missing_catalogue_is_told_and_not_replaced_by_english(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMissing, match="ar"):
        Catalogue.load("ar", tmp_path)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        Language.load("fr")

"""The words that stand on every paper, read once from `resources/documents/papers.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desktop_app.documents.municipality import municipality
from desktop_app.packaged import resources


@dataclass(frozen=True, slots=True)
class Label:
    """One label in both languages."""

    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Labels and sentences in both languages."""

    sample: Label
    sample_mark: str
    _words: dict[str, Label]
    _letters: dict[str, Label]
    _identity: dict[str, Label]
    _method: dict[str, Label]

    @property
    def municipality(self) -> Label:
        return Label(*municipality().name)

    @property
    def department(self) -> Label:
        return Label(*municipality().department)

    @property
    def colours(self) -> dict[str, str]:
        """As ``#RRGGBB``."""
        return municipality().colours

    def label(self, key: str) -> Label:
        """Raises KeyError for a key that the file lacks, which is a bug."""
        return self._words[key]

    def sentence(self, key: str) -> Label:
        """What a letter says, in both languages. Raises KeyError for a key that the file lacks, which is a bug."""
        return self._letters[key]

    def identity(self, kind: str) -> Label:
        return self._identity[kind]

    def method(self, kind: str) -> Label:
        return self._method[kind]


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Raises FileNotFoundError where the program is incomplete."""
    with (resources() / "documents" / "papers.toml").open("rb") as file:
        read = tomllib.load(file)
    sample = read["sample"]
    return Wording(
        sample=Label(sample["ar"], sample["en"]),
        sample_mark=sample["mark"],
        _words=_labels(read["words"]),
        _letters=_labels(read["letters"]),
        _identity=_labels(read["identity"]),
        _method=_labels(read["method"]),
    )


def _labels(table: dict[str, Any]) -> dict[str, Label]:
    return {key: Label(*pair) for key, pair in table.items()}

"""The words that stand on every paper, in both languages: a paper speaks both, whichever the program speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from desktop_app.documents.municipality import municipality
from desktop_app.texts.language import Language
from desktop_app.texts.paper_words import IDENTITIES, METHODS, SAMPLE, SAMPLE_MARK, SENTENCES, WORDS


class Label(NamedTuple):
    """One label in both languages."""

    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Labels and sentences in both languages."""

    sample: Label
    sample_mark: str
    _words: Mapping[str, Label]
    _sentences: Mapping[str, Label]
    _identities: Mapping[str, Label]
    _methods: Mapping[str, Label]

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
        """Raises KeyError for a key that there is not, which is a bug."""
        return self._words[key]

    def sentence(self, key: str) -> Label:
        """What a letter says, in both languages. Raises KeyError for a key that there is not, which is a bug."""
        return self._sentences[key]

    def identity(self, kind: str) -> Label:
        return self._identities[kind]

    def method(self, kind: str) -> Label:
        return self._methods[kind]


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Raises CatalogueMissing where the program is incomplete."""
    arabic = Language.load("ar").catalogue

    def label(english: str) -> Label:
        return Label(arabic.translate(english, "paper"), english)

    def labels(table: Mapping[str, str]) -> dict[str, Label]:
        return {key: label(english) for key, english in table.items()}

    return Wording(
        sample=label(SAMPLE),
        sample_mark=label(SAMPLE_MARK).ar,
        _words=labels(WORDS),
        _sentences=labels(SENTENCES),
        _identities=labels(IDENTITIES),
        _methods=labels(METHODS),
    )

"""The language in use: one object, installed once at start and handed where it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop_app.texts.catalogue import Catalogue

DEFAULT = "ar"
LANGUAGES = ("ar", "en")


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its messages; ``arabic`` decides digits, months and direction."""

    code: str
    catalogue: Catalogue

    @property
    def arabic(self) -> bool:
        return self.code == "ar"

    @property
    def rtl(self) -> bool:
        return self.arabic

    @classmethod
    def load(cls, code: str, folder: Path | None = None) -> Language:
        """Raises ValueError for a language the program has not got, CatalogueMissing for a broken install."""
        if code not in LANGUAGES:
            raise ValueError(f"no such language: {code!r}")
        return _load(code, folder)


@cache
def _load(code: str, folder: Path | None) -> Language:
    """Each once: to find the same file again takes longer than to say a sentence."""
    return Language(code, Catalogue.load(code, folder))


_installed: list[Language] = []
_override: ContextVar[Language | None] = ContextVar("tajzia_language", default=None)


def use(code: str = DEFAULT) -> Language:
    """Install the language of this process. Bootstrap calls it once, before the first window."""
    language = Language.load(code)
    _installed[:] = [language]
    return language


@contextmanager
def using(code: str) -> Iterator[Language]:
    """Speak another language within a block: an English page, say, of a bilingual certificate."""
    language = Language.load(code)
    token = _override.set(language)
    try:
        yield language
    finally:
        _override.reset(token)


def current() -> Language:
    """Give the block's language, else the process's; Arabic where nobody has chosen yet."""
    chosen = _override.get()
    if chosen is not None:
        return chosen
    return _installed[0] if _installed else use(DEFAULT)

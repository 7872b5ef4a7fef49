"""Compiled message catalogues, read with the standard library's gettext."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from pathlib import Path

DOMAIN = "tajzia"


class CatalogueMissing(RuntimeError):
    """The compiled catalogue of a language is not where the program was installed."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All messages of one language; source strings are English."""

    code: str
    translations: gettext.NullTranslations

    @classmethod
    def load(cls, code: str, folder: Path | None = None) -> Catalogue:
        """Read ``<folder>/<code>/LC_MESSAGES/tajzia.mo``.

        Raises CatalogueMissing rather than falling back to English: a counter that silently
        turned English would be found out by its public.
        """
        if folder is None:
            from desktop_app import packaged

            folder = packaged.catalogues()
        try:
            # Its place is known: to have gettext look for it loads the locale module at every start.
            with (folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as compiled:
                found = gettext.GNUTranslations(compiled)
        except FileNotFoundError as error:
            raise CatalogueMissing(f"no compiled catalogue for {code!r} under {folder}") from error
        return cls(code, found)

    def translate(self, msgid: str, context: str | None = None) -> str:
        if context is None:
            return self.translations.gettext(msgid)
        return self.translations.pgettext(context, msgid)

    def ntranslate(self, singular: str, plural: str, n: int, context: str | None = None) -> str:
        """Give the form the language's grammar asks for ``n`` (Arabic has six)."""
        if context is None:
            return self.translations.ngettext(singular, plural, n)
        return self.translations.npgettext(context, singular, plural, n)

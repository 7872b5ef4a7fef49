"""Making the one QApplication: Arabic from the right, our typeface, our look, Qt's own dialogs translated."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app import texts
from desktop_app.ui.theme import Scheme, apply, fonts

NAME = "tajzia"
STYLE = "Fusion"

LOCALES = {
    "ar": QLocale(QLocale.Language.Arabic, QLocale.Country.Jordan),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


def make_application(
    argv: Sequence[str] | None = None,
    *,
    scheme: Scheme = Scheme.LIGHT,
    scale: float = 1.0,
) -> QApplication:
    """Make (or adopt) the application and dress it in the language already in use.

    Call ``texts.use`` before. Loads no icons: they come after the first paint.
    """
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
        app.setStyle(STYLE)
    else:
        # Said in words: the class QStyle, which 4 ms of a start go to, is not needed before the first paint.
        # The first word is the name that the desktop knows its windows by, however the program was started.
        app = QApplication([NAME, "-style", STYLE, *(argv or sys.argv)[1:]])
    app.setApplicationName(NAME)
    app.setDesktopFileName(NAME)
    app.setApplicationDisplayName(texts.tr("Tajzia"))
    speak(app)
    fonts.load()
    apply(app, scheme, scale)
    return app


def speak(app: QApplication) -> None:
    """Set direction, locale and Qt's own catalogue to the language in use."""
    language = texts.current()
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if language.rtl else Qt.LayoutDirection.LeftToRight)
    locale = LOCALES[language.code]
    QLocale.setDefault(locale)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator(app)
    # English is what Qt speaks untranslated, and its wheel brings no catalogue that says so.
    if language.code != "en" and translator.load(locale, "qtbase", "_", folder):
        app.installTranslator(translator)

"""PySide6's feature switches (`snake_case`, `true_property`) are not used here, so nobody need look for them.

Once it is loaded, PySide6 reads the source of every module that is imported after it, whoever it belongs to, to see
whether it names PySide6 and may therefore switch features. That was a twelfth of the way to the first queue page, on
the UI thread, and costs every screen again at its first visit.
"""

from __future__ import annotations


def leave_sources_unread() -> None:
    """From now on modules are imported without PySide6 reading their sources. They are all taken for such as may use
    PySide6 and switch nothing, which is what reading them would find.

    Where a version of PySide6 keeps the look elsewhere, nothing is changed and imports cost what they did.
    """
    import PySide6.QtCore  # noqa: F401  brings the look with it
    from shibokensupport import feature  # type: ignore[import-not-found]

    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_pyside


def _uses_pyside(_: object) -> bool:
    return True

"""Eastern (٠–٩) and Persian (۰–۹) digits become ASCII wherever something is typed."""

from __future__ import annotations

_TO_ASCII = {ord(c): str(i) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for i, c in enumerate(digits)}


def ascii_digits(text: str) -> str:
    """`text` with every Eastern or Persian digit as its ASCII one; all else as it was."""
    return text.translate(_TO_ASCII)

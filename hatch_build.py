"""Compiles the message catalogues: for the wheel as its build hook, for the source tree as a script."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[misc, unused-ignore, type-arg]
    """Puts compiled catalogues beside their sources before the wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the tree; `artifacts` in pyproject.toml takes the result into the wheel."""
        compile_catalogues(Path(self.root))


def compile_catalogues(root: Path) -> None:
    """Compile every `i18n/*/LC_MESSAGES/*.po` under `root`; each result appears whole or not at all."""
    for source in sorted(root.glob("i18n/*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        handle, unfinished = tempfile.mkstemp(dir=source.parent)
        with os.fdopen(handle, "wb") as file:
            write_mo(file, catalogue)
        Path(unfinished).chmod(0o644)
        Path(unfinished).replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent)

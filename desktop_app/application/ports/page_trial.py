"""Trying a page of a PDF that anybody may have made, before it is drawn in this program; as a port."""

from __future__ import annotations

from typing import Protocol


class PageTrial(Protocol):
    def stands(self, pdf: bytes, page: int) -> bool:
        """Whether reading and drawing this page (from 0) ends, and takes no more memory than a large scan does. What
        is damaged or locked, or has no such page, is harmless. Blocks; raises OSError where it cannot be tried."""


class NoTrial:
    """For papers of our own, and for a workplace that no stranger's files come to: a simulation's."""

    def stands(self, pdf: bytes, page: int) -> bool:
        return True

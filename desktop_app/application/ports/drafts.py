"""Typed but not yet given: raw form contents, kept at every pause of typing so that nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FormDraft:
    """The raw text of one form. `form` names the screen, `key` the record it is for ("new:<uuid>" for a new one)."""

    form: str
    key: str
    saved_at: datetime
    fields: dict[str, str]


class Drafts(Protocol):
    def save(self, draft: FormDraft) -> None: ...

    def find(self, form: str, key: str) -> FormDraft | None: ...

    def all_of(self, form: str) -> tuple[FormDraft, ...]: ...

    def discard(self, form: str, key: str) -> None: ...

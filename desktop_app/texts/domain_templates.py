"""English templates of the domain's messages by key."""

from __future__ import annotations

from desktop_app.texts.sentences import N_

TEMPLATES: dict[str, str] = {}

"""The named colours. A colour has a meaning or is not there; none is used without a word or an icon beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a colour says."""

    PLAIN = "plain"
    MUTED = "muted"
    ACCENT = "accent"
    LATE = "late"
    SOON = "soon"
    DONE = "done"
    BLOCKED = "blocked"


class Scheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as ``#rrggbb``. ``*_soft`` is the ground on which the colour of that name is read."""

    ink: str
    muted: str
    surface: str
    raised: str
    line: str
    field_line: str
    hover: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    late: str
    late_soft: str
    soon: str
    soon_soft: str
    done: str
    done_soft: str
    blocked: str
    blocked_soft: str

    def of(self, tone: Tone) -> str:
        """The ink of a tone."""
        return self.ink if tone is Tone.PLAIN else str(getattr(self, tone.value))

    def soft(self, tone: Tone) -> str:
        """The ground of a tone."""
        return self.surface if tone in (Tone.PLAIN, Tone.MUTED) else str(getattr(self, f"{tone.value}_soft"))


LIGHT = Colours(
    ink="#18262a",
    muted="#566569",
    surface="#f3f5f4",
    raised="#ffffff",
    line="#d9dfde",
    field_line="#8a999b",
    hover="#e9eeed",
    accent="#0e5a5e",
    accent_strong="#0a4649",
    accent_soft="#dfeceb",
    on_accent="#ffffff",
    late="#a3261d",
    late_soft="#fbe8e5",
    soon="#7d5200",
    soon_soft="#faf0d8",
    done="#1d6638",
    done_soft="#e2f1e6",
    blocked="#56468a",
    blocked_soft="#ece9f6",
)

DARK = Colours(
    ink="#e4ebea",
    muted="#a0afb1",
    surface="#141a1c",
    raised="#1c2427",
    line="#323e42",
    field_line="#73848a",
    hover="#273135",
    accent="#72c6bb",
    accent_strong="#94d8cf",
    accent_soft="#1d3a39",
    on_accent="#08211f",
    late="#ff9c8f",
    late_soft="#43221d",
    soon="#f0c365",
    soon_soft="#3a2f15",
    done="#86d49d",
    done_soft="#1b3825",
    blocked="#c3b7f0",
    blocked_soft="#2e2946",
)

HIGH_CONTRAST = Colours(
    ink="#000000",
    muted="#1f1f1f",
    surface="#ffffff",
    raised="#ffffff",
    line="#000000",
    field_line="#000000",
    hover="#e6e6e6",
    accent="#003538",
    accent_strong="#000000",
    accent_soft="#e0f4f3",
    on_accent="#ffffff",
    late="#7a0000",
    late_soft="#ffffff",
    soon="#4d3200",
    soon_soft="#ffffff",
    done="#003d17",
    done_soft="#ffffff",
    blocked="#2b1670",
    blocked_soft="#ffffff",
)

COLOURS = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.HIGH_CONTRAST: HIGH_CONTRAST}
